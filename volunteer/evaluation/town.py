"""One world, drawn: what everybody knows of it, and what only the truth may look at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from random import Random

from volunteer.domain.interests import TASKS
from volunteer.domain.matching_facts import PersonFacts
from volunteer.evaluation.city import City
from volunteer.evaluation.hidden import HiddenPerson, HiddenRole
from volunteer.evaluation.invented_people import draw_person
from volunteer.evaluation.invented_roles import draw_roles
from volunteer.evaluation.worlds import World

TODAY = date(2027, 3, 1)
"""A Monday, the first day of the week that is played."""


@dataclass(frozen=True, slots=True)
class Town:
    """Invented roles and people; hidden sides, texts and searches stand in the order of the city's own."""

    world: World
    city: City
    hidden_roles: tuple[HiddenRole, ...]
    hidden_people: tuple[HiddenPerson, ...]
    texts: tuple[frozenset[str], ...]
    """Words of each posting."""


def build(world: World, *, roles: int, people: int, seed: int = 0, today: date = TODAY) -> Town:
    """Return the town of a world; the same arguments give the same town."""
    offer = Random(f"{world.seed} {seed} roles")
    drawn_roles = tuple(draw_roles(world, offer, max(1, round(roles * world.offer)), today))
    crowd = Random(f"{world.seed} {seed} people")
    drawn_people = tuple(draw_person(world, crowd) for _ in range(people))
    return Town(
        world=world,
        city=City(
            tuple(each.facts for each in drawn_roles), tuple(each.facts for each in drawn_people), today
        ),
        hidden_roles=tuple(each.hidden for each in drawn_roles),
        hidden_people=tuple(each.hidden for each in drawn_people),
        texts=tuple(words(each.text) for each in drawn_roles),
    )


def words(text: str) -> frozenset[str]:
    """Return the words of a text of four letters and more, in small letters."""
    return frozenset(re.findall(r"[^\W\d_]{4,}", text.casefold()))


def searched_words(person: PersonFacts) -> frozenset[str]:
    """Return what somebody would type: the names of the tasks they told, in the languages they read."""
    read = [code for code in ("nl", "fr", "en") if person.languages.get(code, 0) >= 2] or ["en"]
    return _names_of(person.interests.want | person.interests.learn or person.interests.can, read)


def _names_of(tasks: Iterable[str], languages: Iterable[str]) -> frozenset[str]:
    return frozenset().union(
        *(words(TASKS[task].label(language)) for task in tasks for language in languages)
    )
