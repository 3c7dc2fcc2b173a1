"""What is asked and answered: a team gets its questions, who reported something hears what was done."""

from __future__ import annotations

from volunteer.domain.messages import MessageKind
from volunteer.handlers.reaction import Cause, Ports
from volunteer.models import AccessPlan, Account, Incident, Organisation, QuestionMail
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
        messages.tell_visitor(uow, incident, kind, cause_id=cause.event_id)


def of_questions(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Send the questions of one mail to everyone who answers for the organisation."""
    mail = uow.session.get(QuestionMail, cause.event.mail_id)
    if mail is not None:
        organisation = uow.session.get_one(Organisation, mail.organisation_id)
        messages.tell_who_answers(
            uow, organisation, MessageKind.QUESTIONS, about_id=mail.id, cause_id=cause.event_id
        )


def of_plan(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Remind the team that the day of its plan has come."""
    plan = uow.session.get(AccessPlan, cause.event.plan_id)
    if plan is not None:
        organisation = uow.session.get_one(Organisation, plan.organisation_id)
        messages.tell_who_answers(
            uow, organisation, MessageKind.PLAN_DUE, about_id=plan.id, cause_id=cause.event_id
        )
