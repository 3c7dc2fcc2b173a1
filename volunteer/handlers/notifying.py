"""Writes the messages that events call for; sending them is a delivery of its own."""

from __future__ import annotations

from volunteer.domain.candidates import BY_HAND
from volunteer.domain.messages import MessageKind
from volunteer.handlers.reaction import Cause, Ports
from volunteer.models import Introduction
from volunteer.queries.candidates import confirmed_candidate, kept_for_now
from volunteer.services import messages, mornings
from volunteer.unit_of_work import UnitOfWork


def of_first_suggestions(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Give people the way back to their page, where a link can reach them; others got it on paper."""
    candidate = confirmed_candidate(uow.session, cause.event.candidate_id)
    if (
        candidate is None
        or not cause.event.is_first
        or candidate.channel in BY_HAND
        or candidate.origin == "demo"
    ):
        return
    messages.tell_candidate(
        uow, candidate, MessageKind.SUGGESTIONS_READY, about_id=cause.event.list_id, cause_id=cause.event_id
    )


def of_new_roles(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell a person who waits what newly fits, if they want to hear it, and not too often."""
    # Held, so that two messages at once are counted one after the other.
    candidate = confirmed_candidate(uow.session, cause.event.candidate_id, hold=True)
    news = mornings.News(by=frozenset(ports.senders), most_a_week=ports.centre.most_news_a_week)
    if candidate is not None and mornings.may_tell(uow, candidate, cause.event.list_id, news):
        messages.tell_candidate(
            uow,
            candidate,
            MessageKind.NEW_SUGGESTIONS,
            about_id=cause.event.list_id,
            cause_id=cause.event_id,
        )


def of_introduction(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell the organisation that somebody would like to meet them."""
    introduction = _introduction(cause, uow)
    if introduction is not None:
        organisation = introduction.opportunity.organisation
        messages.tell_organisation(uow, organisation, about_id=introduction.id, cause_id=cause.event_id)


def of_going_out(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell the person who said yes on condition that the condition is met."""
    introduction = _introduction(cause, uow)
    if introduction is not None and introduction.sent_at != introduction.asked_at:
        _tell(cause, uow, MessageKind.WENT_OUT)


def of_silence(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Remind whoever answers for an organisation that somebody waits."""
    _tell_who_answers(cause, uow, MessageKind.WAITS_FOR_ANSWER)


def of_withdrawal(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell an organisation that counts on somebody that they do not come any more."""
    if cause.event.was_accepted:
        _tell_team(cause, uow, MessageKind.WITHDRAWN)


def of_yes(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell the person that they are welcome."""
    _tell(cause, uow, MessageKind.ACCEPTED)


def of_not_now(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell the person that it is not for now."""
    _tell(cause, uow, MessageKind.DECLINED)


def of_missing(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell the person that the organisation says again when to come."""
    _tell(cause, uow, MessageKind.MISSED)


def of_stop(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell the person that it does not go on."""
    _tell(cause, uow, MessageKind.STOPPED)


def of_no(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell the person what came of our question."""
    _tell(cause, uow, MessageKind.FELL_THROUGH)


def of_failed_check(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell the administrators, once a night: every worker checks, and finds the same."""
    messages.tell_administrators(
        uow, MessageKind.OFFER_CHECK_FAILED, about_id=cause.event_id, cause_id=cause.event_id
    )


def of_move(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell the person that they meet at another moment, or that there is none for now."""
    _tell(cause, uow, MessageKind.MOVED)


def of_tomorrow(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Remind both sides of what they agreed."""
    _tell(cause, uow, MessageKind.REMINDER)
    _tell_team(cause, uow, MessageKind.TEAM_REMINDER)


def of_times(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell the person that they can choose when to meet; said once more where they did not."""
    _tell(cause, uow, MessageKind.TIMES_PROPOSED)


def of_choice(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell the organisation which of its times was chosen."""
    _tell_team(cause, uow, MessageKind.TIME_CHOSEN)


def of_no_time(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Ask whoever answers for the organisation for other times."""
    _tell_who_answers(cause, uow, MessageKind.NO_TIME_LEFT)


def of_remark(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell the person what the organisation wrote, which the desk read."""
    _tell(cause, uow, MessageKind.REMARK)


def _tell(cause: Cause, uow: UnitOfWork, kind: MessageKind) -> None:
    introduction = _introduction(cause, uow)
    if introduction is not None:
        messages.tell_candidate(
            uow, introduction.candidate, kind, about_id=introduction.id, cause_id=cause.event_id
        )


def _tell_team(cause: Cause, uow: UnitOfWork, kind: MessageKind) -> None:
    introduction = _introduction(cause, uow)
    if introduction is not None:
        organisation = introduction.opportunity.organisation
        messages.tell_members(uow, organisation, kind, about_id=introduction.id, cause_id=cause.event_id)


def _tell_who_answers(cause: Cause, uow: UnitOfWork, kind: MessageKind) -> None:
    introduction = _introduction(cause, uow)
    if introduction is not None:
        organisation = introduction.opportunity.organisation
        messages.tell_who_answers(uow, organisation, kind, about_id=introduction.id, cause_id=cause.event_id)


def _introduction(cause: Cause, uow: UnitOfWork) -> Introduction | None:
    """The introduction of which a message will hold the id: it stays until that message is in."""
    found = uow.session.get(Introduction, cause.event.introduction_id)
    return found if found and kept_for_now(uow.session, found.candidate_id) else None
