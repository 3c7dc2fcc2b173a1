"""What was reported was looked into: whoever wanted to hear of it is told."""

from __future__ import annotations

from volunteer.domain.messages import MessageKind
from volunteer.handlers.reaction import Cause, Ports
from volunteer.models import Account, Incident
from volunteer.queries.candidates import confirmed_candidate
from volunteer.services import messages
from volunteer.unit_of_work import UnitOfWork


def of_closed_incident(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell the reporter: in their file's own way, by mail to their account, or as a visitor asked."""
    incident = uow.session.get(Incident, cause.event.incident_id)
    if incident is None:
        return
    kind = MessageKind.INCIDENT_CLOSED
    candidate = confirmed_candidate(uow.session, incident.candidate_id) if incident.candidate_id else None
    account = uow.session.get(Account, incident.reporter_id) if incident.reporter_id else None
    if candidate is not None:
        messages.tell_candidate(uow, candidate, kind, about_id=incident.id, cause_id=cause.event_id)
    elif account is not None:
        messages.tell_account(uow, account, kind, about_id=incident.id, cause_id=cause.event_id)
    else:
        messages.tell_reporter(uow, incident, kind, cause_id=cause.event_id)
