"""What an organisation adds to its answers about access: the same for everybody who may come."""

from __future__ import annotations

from dataclasses import dataclass

from volunteer.domain.access import Answer
from volunteer.domain.opportunities import Scope
from volunteer.models import Opportunity
from volunteer.services import access_check
from volunteer.services.access_check import Place
from volunteer.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AccessNote:
    """One note, in the words of the organisation."""

    code: str
    text: str
    language: str | None
    """The language it is written in; ``None`` is not known."""


def notes_of(uow: UnitOfWork, opportunity: Opportunity) -> list[AccessNote]:
    """The notes that hold for this role, in the order of the check.

    All of them, whoever reads: a choice by what somebody needs would tell what that is.
    """
    place = Place(opportunity.organisation_id, Scope.OPPORTUNITY, opportunity.id, opportunity.venue_id)
    return [
        AccessNote(code, said.note, said.note_language)
        for code, each in access_check.standings(uow, place).items()
        if (said := each.counts) is not None and said.note and said.answer is not Answer.NO
    ]
