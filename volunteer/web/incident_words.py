"""How reports are put in words: who said it, where it stands, what was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from volunteer.domain.incidents import IncidentState, Outcome, SaidAs
from volunteer.messages.incident_closed import said_done
from volunteer.models import Candidate
from volunteer.queries.incidents import incidents_of
from volunteer.services import incidents
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_day
from volunteer.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """One report in its reporter's own file."""

    number: int
    day: str
    organisation: str
    state: dict[str, str]
    """As the ``pill`` of the templates wants it."""
    done: str
    words: str


def own_incidents(uow: UnitOfWork, candidate: Candidate) -> list[IncidentLine]:
    """What this person reported from their file, the newest first."""
    return [
        IncidentLine(
            number=each.number,
            day=spoken_day(each.opened_at),
            organisation=each.organisation.name if each.organisation else "",
            state=_state(IncidentState(each.state)),
            done=said_done(each.outcome or "", _),
            words=incidents.done_about(uow, each),
        )
        for each in incidents_of(uow.session, candidate.id)
    ]


def _state(state: IncidentState) -> dict[str, str]:
    return {
        IncidentState.NEW: {"name": "asked", "text": _("We read it soon")},
        IncidentState.LOOKING: {"name": "asked", "text": _("We are looking into it")},
        IncidentState.CLOSED: {"name": "met", "text": _("We looked into it")},
    }[state]


def said_as() -> dict[str, str]:
    """In which role something was said, for the desk."""
    return {
        SaidAs.CANDIDATE: _("somebody from their file"),
        SaidAs.ORGANISATION: _("somebody of an organisation"),
        SaidAs.SUPPORT_WORKER: _("a support worker"),
        SaidAs.DESK: _("a colleague"),
        SaidAs.VISITOR: _("a visitor"),
    }


def outcomes(_: Callable[[str], str]) -> dict[str, str]:
    """What can have been done, in the words that the reporter gets."""
    return {each: said_done(each, _) for each in Outcome}
