"""What pages offer to choose from, in the order and the groups in which people see it."""

from __future__ import annotations

from dataclasses import dataclass

from volunteer import times_in_words
from volunteer.domain.access import ASKED_OF_PEOPLE, FEATURES, Dimension
from volunteer.domain.commitment import Commitment
from volunteer.domain.interests import TASKS
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.places import MUNICIPALITIES
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _

OPEN_LANGUAGES = 12
"""So many languages have a row of their own; the others stand in a list."""

_FIRST_TASKS = ("t.cook", "t.garden", "t.children", "t.repair", "t.company", "t.sew")
_WITH_PEOPLE = (
    "t.welcome", "t.listen", "t.buddy", "t.accompany", "t.talk_table", "t.homework", "t.teach",
    "t.care_help", "t.first_aid",
)  # fmt: skip
_WITH_HANDS = (
    "t.serve", "t.hand_out", "t.sort", "t.shop", "t.clean", "t.diy", "t.carry", "t.craft", "t.perform",
    "t.photo",
)  # fmt: skip
_WITH_PAPER = (
    "t.paper_help", "t.interpret", "t.read_aloud", "t.office", "t.accounts", "t.media", "t.ict", "t.board",
)  # fmt: skip
_OUTSIDE = (
    "t.drive", "t.errands", "t.animals", "t.tidy_street", "t.event", "t.guide", "t.inform",
    "t.sport_coach", "t.activities",
)  # fmt: skip

_FIRST_NEEDS = {
    Dimension.PHYSICAL: (
        "ph.step_free_entrance", "ph.lift_or_ground", "ph.wheelchair_space", "ph.accessible_toilet",
        "ph.near_transport", "ph.seated_work", "ph.light_work", "ph.quiet_place",
    ),
    Dimension.INFORMATION: (
        "ic.plain_language", "ic.pictograms", "ic.show_by_doing", "ic.spoken_info", "ic.no_dutch_needed",
        "ic.practise_dutch", "ic.other_language", "ic.no_computer",
    ),
    Dimension.SERVICE: (
        "sv.talk_first", "sv.buddy", "sv.children_welcome", "sv.first_time_together", "sv.fixed_contact",
        "sv.trial", "sv.paperwork_help", "sv.costs_paid_first",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose, with its name in the reader's language."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class HowOften(Choice):
    """One way of helping, with what it comes to."""

    hint: str


Group = tuple[str | None, list[Choice]]
"""A folded group: its title (None: the page counts what is in it) and its choices."""


def first_tasks() -> list[Choice]:
    """The six tasks that everyone sees at once."""
    return [_task(code) for code in _FIRST_TASKS]


def task_groups() -> list[Group]:
    """The other tasks, in four groups; a task that no group names would be with people."""
    named = {*_FIRST_TASKS, *_WITH_HANDS, *_WITH_PAPER, *_OUTSIDE}
    with_people = (*_WITH_PEOPLE, *(code for code in TASKS if code not in {*named, *_WITH_PEOPLE}))
    return [
        (_("With people"), [_task(code) for code in with_people]),
        (_("With your hands"), [_task(code) for code in _WITH_HANDS]),
        (_("With paper or a computer"), [_task(code) for code in _WITH_PAPER]),
        (_("Outside and on the street"), [_task(code) for code in _OUTSIDE]),
    ]


def commitments() -> list[HowOften]:
    """How often somebody can help, from the lightest to the heaviest."""
    hints = {
        Commitment.ONCE: _("For one day, or for a party."),
        Commitment.SOMETIMES: _("Without a fixed day."),
        Commitment.MONTHS: _("For example every Tuesday until summer."),
        Commitment.LONG: _("You become part of the team."),
    }
    return [HowOften(each, commitment_name(each), hints[each]) for each in Commitment]


def commitment_name(commitment: Commitment) -> str:
    """How often that is, in the reader's language."""
    return times_in_words.how_often(commitment, current_language())


def need_groups(dimension: Dimension) -> list[Group]:
    """Everything that is asked of people in one dimension: eight at once, the rest folded."""
    first = _FIRST_NEEDS[dimension]
    rest = [code for code in needs_of(dimension) if code not in first]
    return [(None, [_need(code) for code in first]), (None, [_need(code) for code in rest])]


def needs_of(dimension: Dimension) -> list[str]:
    """Codes of the needs that are asked of people in one dimension."""
    return [code for code in ASKED_OF_PEOPLE if FEATURES[code].dimension is dimension]


def spoken_languages() -> list[tuple[str, str]]:
    """Languages with a row of their own, by their own name."""
    return [(code, each.own) for code, each in LANGUAGES.items()][:OPEN_LANGUAGES]


def other_languages() -> list[tuple[str, str]]:
    """Every other language, by its own name, with the reader's name for it where that differs."""
    reader = current_language()
    return [(code, _both_names(each.own, each.label(reader))) for code, each in LANGUAGES.items()][
        OPEN_LANGUAGES:
    ]


def municipalities() -> list[tuple[str, str]]:
    """Municipalities of the city by name, in alphabetical order of the reader's language."""
    reader = current_language()
    return sorted(
        ((code, each.label(reader)) for code, each in MUNICIPALITIES.items()), key=lambda pair: pair[1]
    )


def _task(code: str) -> Choice:
    return Choice(code, TASKS[code].label(current_language()))


def _need(code: str) -> Choice:
    return Choice(code, FEATURES[code].label(current_language()))


def _both_names(own: str, label: str) -> str:
    return own if own.casefold() == label.casefold() else f"{own} ({label})"
