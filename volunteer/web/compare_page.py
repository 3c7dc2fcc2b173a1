"""Two files side by side: where they differ, and what can be chosen there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from volunteer.models import Candidate
from volunteer.services.merging import ADDED_UP, COLUMNS, NEEDS, Pair, Take, added_up, both_have_needs
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.found_people import place_of
from volunteer.web.language import gettext as _
from volunteer.web.person_page import facts_of, reach_of


@dataclass(frozen=True, slots=True)
class Difference:
    """One question that both files answer, and differently."""

    field: str
    label: str
    stays: str
    """What the file says that stays; empty where it says nothing. So is ``goes``."""
    goes: str
    together: str
    """Both added up."""
    can_be_both: bool
    """Whether both answers can hold."""
    chosen: str

    @property
    def will_be(self) -> str:
        """What the one file will say."""
        return {Take.STAYS: self.stays, Take.GOES: self.goes, Take.BOTH: self.together}[Take(self.chosen)]


def differences(uow: UnitOfWork, pair: Pair, takes: Mapping[str, Take]) -> list[Difference]:
    """Where the files differ, in words; of what helps only that both hold it."""
    labels, one, other = _labels(), _said(uow, pair.stays), _said(uow, pair.goes)
    both = _said(uow, added_up(pair))
    found = [
        _difference(field, labels[field], (one[field], other[field], both[field]), takes)
        for field, columns in COLUMNS.items()
        if any(_differs(pair, column) for column in columns)
    ]
    if both_have_needs(uow, pair):
        closed = _("Not shown here")
        found.append(_difference(NEEDS, _("What helps"), (closed, closed, closed), takes))
    return found


def _differs(pair: Pair, column: str) -> bool:
    # Sealed alike is never the same: of a contact the hash tells.
    return not column.endswith("_sealed") and getattr(pair.stays, column) != getattr(pair.goes, column)


def _difference(field: str, label: str, said: tuple[str, str, str], takes: Mapping[str, Take]) -> Difference:
    one, other, both = said
    can_be_both = field in ADDED_UP
    usual = Take.BOTH if can_be_both else Take.STAYS
    take = takes.get(field, usual)
    chosen = usual if take is Take.BOTH and not can_be_both else take
    return Difference(field, label, one, other, both, can_be_both, chosen)


def _labels() -> dict[str, str]:
    return {
        "first_name": _("First name"),
        "language": _("Speaks"),
        "place": _("Where"),
        "way": _("Way there"),
        "tasks": _("What"),
        "times": _("When"),
        "often": _("How often"),
        "languages": _("Languages"),
        "contact": _("How we reach them"),
    }


def _said(uow: UnitOfWork, candidate: Candidate) -> dict[str, str]:
    facts, reach = facts_of(uow, candidate, unknown=""), reach_of(uow, candidate)
    wishes = [f"{label}: {facts[name]}" for name, label in _wishes().items() if facts[name]]
    return {
        "first_name": candidate.first_name,
        "language": facts["speaks"],
        "place": place_of(candidate),
        "tasks": ". ".join(wishes),
        "contact": ", ".join(filter(None, (reach.how, reach.contact))),
        **{name: facts[name] for name in ("way", "times", "often", "languages")},
    }


def _wishes() -> dict[str, str]:
    return {"can": _("Can"), "want": _("Wants"), "learn": _("Wants to learn")}
