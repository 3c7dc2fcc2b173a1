"""Text messages that come back: an answer to the one question, STOP, or words for somebody to read."""

from __future__ import annotations

from collections.abc import Sequence

from volunteer.domain.candidates import Channel
from volunteer.domain.errors import ImpossibleStep, InvalidValue
from volunteer.domain.follow_ups import ASKED_FOR, Going
from volunteer.domain.messages import FOR_CANDIDATES, Recipient
from volunteer.domain.replies import Outcome, answer_in, says_stop
from volunteer.models import Candidate
from volunteer.queries import replies as queries
from volunteer.services import follow_ups, replies, subscriptions
from volunteer.services.contacts import likely_phone
from volunteer.unit_of_work import UnitOfWork


def take(uow: UnitOfWork, *, known_as: str, sender: str, text: str) -> Outcome:
    """Do what this text message says; the same one again, by the id the gateway knows it by, changes nothing.

    From a number we do not write to, nothing is kept.
    """
    people = _people(uow, sender)
    if not people:
        return Outcome.UNKNOWN
    if not replies.spend(uow, "text", known_as):
        return Outcome.REPEATED
    if says_stop(text):
        return _stop(uow, people)
    going = answer_in(text)
    if going is not None and _answers(uow, people, going):
        return Outcome.ANSWERED
    if not text.strip():
        return Outcome.EMPTY
    return _leave_to_desk(uow, people, text)


def _people(uow: UnitOfWork, sender: str) -> Sequence[Candidate]:
    """Whoever has this number; names and short numbers, which gateways show as senders, are nobody's."""
    try:
        number = likely_phone(sender)
    except InvalidValue:
        return ()
    return queries.people_behind(uow.session, uow.keyring.fingerprint(number, kind="candidate"))


def _stop(uow: UnitOfWork, people: Sequence[Candidate]) -> Outcome:
    """Whoever shares the phone does without too: the one who holds it said so."""
    for person in people:
        for topic in FOR_CANDIDATES:
            subscriptions.mute(uow, Recipient.CANDIDATE, person.id, topic)
    return Outcome.STOPPED


def _answers(uow: UnitOfWork, people: Sequence[Candidate], going: Going) -> bool:
    """Whether this answers the one question that was put to this number, now or with the same words before.

    With two open questions, of one person or of two with one phone, nobody knows which one is meant.
    """
    asked = queries.asked_by_text(uow.session, [person.id for person in people], after=uow.now - ASKED_FOR)
    waiting = [each for each in asked if follow_ups.is_open(uow, each)]
    if not waiting:
        return bool(asked) and asked[0].going == going
    if len(waiting) > 1:
        return False
    try:
        follow_ups.answer(uow, waiting[0].id, going, answered_by="reply")
    except ImpossibleStep:
        # Answered by the link at the same moment: what came first stands, unless this says something else.
        return waiting[0].going == going
    return True


def _leave_to_desk(uow: UnitOfWork, people: Sequence[Candidate], text: str) -> Outcome:
    """To whom we wrote last of those who share a phone is who most likely writes."""
    last = queries.newest_text_to(uow.session, [person.id for person in people])
    replies.keep(
        uow,
        text,
        channel=Channel.SMS,
        candidate_id=last.recipient_id if last else people[0].id,
        message_id=last.id if last else None,
    )
    return Outcome.TO_READ
