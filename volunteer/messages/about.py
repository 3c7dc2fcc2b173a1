"""What a message is about, looked up when it is sent: each kind has its own facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from volunteer.domain.access import FEATURES
from volunteer.domain.messages import MessageKind
from volunteer.domain.opportunities import TIME_TO_CONFIRM, OpportunityState
from volunteer.messages import market_people, market_stands, seats
from volunteer.messages.words import Facts
from volunteer.models import (
    AccessPlan,
    FollowUp,
    Incident,
    Introduction,
    Message,
    Opportunity,
    Organisation,
    QuestionMail,
    SuggestionList,
    SupportEntry,
    SupportLink,
)
from volunteer.queries.deliveries import stored_event
from volunteer.services import (
    incidents,
    introductions,
    passed_answers,
    pending_files,
    proposals,
    remarks,
    suggestions,
)
from volunteer.services.opportunity_texts import said_in
from volunteer.unit_of_work import UnitOfWork


def about(uow: UnitOfWork, message: Message, facts: Facts) -> Facts:
    """The facts with what the message is about; as they were where that is not there any more."""
    return _BY_KIND.get(MessageKind(message.kind), _introduction)(uow, message, facts)


def _first_list(uow: UnitOfWork, message: Message, facts: Facts) -> Facts:
    made = uow.session.get(SuggestionList, message.about_id)
    return replace(facts, count=len(made.suggestions) if made else 0)


def _renewed_list(uow: UnitOfWork, message: Message, facts: Facts) -> Facts:
    renewed = uow.session.get(SuggestionList, message.about_id)
    return replace(facts, count=len(suggestions.news_on(uow, renewed)) if renewed else 0)


def _failed_check(uow: UnitOfWork, message: Message, facts: Facts) -> Facts:
    found = stored_event(uow.session, message.about_id)
    return replace(facts, count=found.payload["roles"] if found else 0)


def _role(uow: UnitOfWork, message: Message, facts: Facts) -> Facts:
    role = uow.session.get(Opportunity, message.about_id)
    return replace(facts, role=role.title if role else "")


def _role_to_confirm(uow: UnitOfWork, message: Message, facts: Facts) -> Facts:
    return replace(_role(uow, message, facts), count=TIME_TO_CONFIRM.days)


def _team(uow: UnitOfWork, message: Message, facts: Facts) -> Facts:
    organisation = uow.session.get(Organisation, message.about_id)
    return replace(facts, organisation=organisation.name if organisation else "")


def _incident(uow: UnitOfWork, message: Message, facts: Facts) -> Facts:
    incident = uow.session.get(Incident, message.about_id)
    if incident is None:
        return facts
    done = incidents.done_about(uow, incident)
    return replace(facts, count=incident.number, outcome=incident.outcome or "", reply=done)


def _questions(uow: UnitOfWork, message: Message, facts: Facts) -> Facts:
    mail = uow.session.get(QuestionMail, message.about_id)
    organisation = uow.session.get(Organisation, mail.organisation_id) if mail else None
    return replace(facts, organisation=organisation.name if organisation else "")


def _plan(uow: UnitOfWork, message: Message, facts: Facts) -> Facts:
    plan = uow.session.get(AccessPlan, message.about_id)
    return replace(facts, what=FEATURES[plan.code].label(facts.language) if plan else "")


def _introduction(uow: UnitOfWork, message: Message, facts: Facts) -> Facts:
    introduction = uow.session.get(Introduction, message.about_id)
    return _of(uow, introduction, facts) if introduction else facts


def _of(uow: UnitOfWork, introduction: Introduction, facts: Facts) -> Facts:
    return replace(
        facts,
        first_name=introduction.candidate.first_name,
        role=said_in(introduction.opportunity, facts.language).title,
        organisation=introduction.opportunity.organisation.name,
        is_open=introduction.opportunity.state == OpportunityState.OPEN,
        reply=introductions.reply_to(uow, introduction),
        when=introduction.agreed_at,
    )


def _follow_up(uow: UnitOfWork, message: Message, facts: Facts) -> Facts:
    follow_up = uow.session.get(FollowUp, message.about_id)
    return _of(uow, follow_up.introduction, facts) if follow_up else facts


def _enrolled_by(uow: UnitOfWork, message: Message, facts: Facts) -> Facts:
    link = pending_files.link_of(uow, message.recipient_id)
    return replace(facts, organisation=link.organisation.name if link else "")


def _times(uow: UnitOfWork, message: Message, facts: Facts) -> Facts:
    introduction = uow.session.get(Introduction, message.about_id)
    if introduction is None:
        return facts
    return replace(_of(uow, introduction, facts), times=tuple(proposals.still_open(uow, introduction)))


def _passed_answer(uow: UnitOfWork, message: Message, facts: Facts) -> Facts:
    entry = uow.session.get(SupportEntry, message.about_id)
    link = uow.session.get(SupportLink, entry.link_id) if entry else None
    if entry is None or link is None:
        return facts
    state = passed_answers.state_of(uow, entry)
    return replace(
        facts,
        organisation=link.organisation.name,
        outcome=entry.kind,
        is_open=state.can_be_undone(uow.now),
        when=entry.chosen_at if state.stands else None,
    )


def _remark(uow: UnitOfWork, message: Message, facts: Facts) -> Facts:
    introduction = uow.session.get(Introduction, message.about_id)
    if introduction is None:
        return facts
    return replace(_of(uow, introduction, facts), reply=remarks.passed_on(uow, introduction))


_BY_KIND: Mapping[MessageKind, Callable[[UnitOfWork, Message, Facts], Facts]] = {
    MessageKind.SUGGESTIONS_READY: _first_list,
    MessageKind.NEW_SUGGESTIONS: _renewed_list,
    MessageKind.OFFER_CHECK_FAILED: _failed_check,
    MessageKind.NOT_EXPECTED: _role,
    MessageKind.STILL_TRUE: _role_to_confirm,
    MessageKind.ROLE_LAPSED: _role,
    MessageKind.SUSPENDED: _team,
    MessageKind.REINSTATED: _team,
    MessageKind.TEAM_INVITATION: _team,
    MessageKind.ACCESS_ASKED: _team,
    MessageKind.ORGANISATION_APPROVED: _team,
    MessageKind.REFERRER_APPROVED: _team,
    MessageKind.ORGANISATION_ASKED: _team,
    MessageKind.ORGANISATION_REFUSED: _team,
    MessageKind.INCIDENT_CLOSED: _incident,
    MessageKind.HOW_IS_IT: _follow_up,
    MessageKind.HOW_IS_IT_TEAM: _follow_up,
    MessageKind.QUESTIONS: _questions,
    MessageKind.PLAN_DUE: _plan,
    MessageKind.TIMES_PROPOSED: _times,
    MessageKind.REMARK: _remark,
    MessageKind.CONFIRM_FILE: _enrolled_by,
    MessageKind.PASSED_ANSWER: _passed_answer,
    MessageKind.FILE_DISAPPEARED: _team,
    **dict.fromkeys(seats.CHECKS, seats.about),
    **dict.fromkeys(market_people.CHECKS, market_people.about),
    **dict.fromkeys(market_stands.CHECKS, market_stands.about),
}
