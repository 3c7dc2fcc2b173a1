"""What people do at a stand: the same words and picture on a page, on a card and at the door."""

from __future__ import annotations

from dataclasses import dataclass

from volunteer.domain.interests import TASKS
from volunteer.models import Stand
from volunteer.web.gathering_words import Words, written_for


@dataclass(frozen=True, slots=True)
class Doing:
    """Words, and the picture beside them."""

    words: Words
    task: str
    """The code of the picture; empty without one."""


def doing_at(stand: Stand, language: str) -> Doing:
    """What people do at this stand, in ``language`` wherever that can be.

    The words of the stand, where it tells them in that language; else the task of the picture, by name;
    else its words in another language. The picture is the first of its tasks in the order of its own page.
    It is the same on every card: chosen by what its owner likes, it would tell that to whoever looks.
    """
    task = next((each for each in TASKS if each in stand.tasks), "")
    said = written_for(stand.offer, language)
    if task and (said.language or not said):
        said = Words(TASKS[task].label(language), None)
    return Doing(said, task)
