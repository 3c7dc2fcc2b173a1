"""What the dense screen of the desk offers, and what it is filled with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from volunteer.domain.access import Dimension
from volunteer.domain.consent import Purpose
from volunteer.domain.languages import LANGUAGES
from volunteer.translation import is_right_to_left
from volunteer.web import choices, neighbourhoods
from volunteer.web.choices import Choice
from volunteer.web.consent_words import aloud
from volunteer.web.extensions import current_core
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _

FIRST_LANGUAGES = ("nl", "fr", "en", "ar")


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language that somebody may speak."""

    code: str
    own: str
    here: str
    """Its name in the desk worker's language."""
    is_first: bool
    """Whether it stands there without being looked for."""


def offers(*, held: Collection[Purpose] = ()) -> dict[str, object]:
    """Everything there is to choose from; a yes that is ``held`` already is not asked for again."""
    reader = current_language()
    first = choices.first_tasks()
    return {
        "person_languages": [(code, LANGUAGES[code].own, is_right_to_left(code)) for code in offered()],
        "municipalities": choices.municipalities(),
        "towns": neighbourhoods.towns(),
        "tasks": [*first, *(task for _title, group in choices.task_groups() for task in group)],
        "first_tasks": {task.code for task in first},
        "tongues": [
            Tongue(code, each.own, each.label(reader), code in FIRST_LANGUAGES)
            for code, each in LANGUAGES.items()
        ],
        "how_often": choices.commitments(),
        "aloud": [each for each in aloud() if each.purpose not in held],
        "need_parts": need_parts() if Purpose.NEEDS not in held else [],
    }


def offered() -> tuple[str, ...]:
    """Languages in which we speak with people."""
    return current_core().settings.centre.languages


def need_parts() -> list[tuple[str, list[Choice]]]:
    """Everything that is asked about what helps, in its three parts."""
    titles = {
        Dimension.PHYSICAL: _("The place"),
        Dimension.INFORMATION: _("The explanation"),
        Dimension.SERVICE: _("The welcome"),
    }
    return [
        (title, [need for _title, group in choices.need_groups(dimension) for need in group])
        for dimension, title in titles.items()
    ]
