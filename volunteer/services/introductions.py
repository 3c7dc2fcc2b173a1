"""Introductions: asked by a person, sent when nothing is unknown any more, answered by the organisation."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError

from volunteer.domain import appointments, proposals
from volunteer.domain.access import FEATURES, Strength
from volunteer.domain.candidates import clean_words
from volunteer.domain.consent import GivenHow, sharing_with
from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.events import Event
from volunteer.domain.events.introductions import (
    IntroductionAccepted,
    IntroductionAsked,
    IntroductionDeclined,
    IntroductionFellThrough,
    IntroductionSent,
    IntroductionWithdrawn,
)
from volunteer.domain.introductions import EXPECTED, RUNNING, DeclineReason, IntroductionState, Step, after
from volunteer.domain.opportunities import OpportunityState
from volunteer.matching.suggesting import Match
from volunteer.models import Candidate, Introduction, Opportunity
from volunteer.models.base import field_name
from volunteer.queries import introductions as queries
from volunteer.queries.candidates import consents_in_force
from volunteer.queries.organisations import gets_people
from volunteer.services import candidates, needs, questions, remarks, suggestions
from volunteer.services.own_suggestions import own_suggestion
from volunteer.services.sharing import end_sharing, record_sharing, sharing_to_end
from volunteer.unit_of_work import UnitOfWork

LONGEST_WORDS = 300
_SHARED = field_name("introductions", "shared_sealed")
_REPLY = field_name("introductions", "reply_sealed")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person shares with one organisation: nothing but the first name unless they say so."""

    contact: bool = False
    needs: frozenset[str] = frozenset()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """What an organisation sees of a person, opened."""

    first_name: str
    words: str
    contact: str | None
    needs: tuple[tuple[str, Strength], ...]


def request(
    uow: UnitOfWork,
    candidate: Candidate,
    suggestion_id: UUID,
    choice: Choice,
    *,
    given_how: GivenHow = GivenHow.OWN_DEVICE,
    witness: str | None = None,
) -> Introduction:
    """The person wants to meet them (at the desk, before a ``witness``). What is unknown is asked first.

    Raises :class:`NotFound`, :class:`ImpossibleStep` when it runs already or the role no longer fits, and
    :class:`InvalidValue` for the words.
    """
    suggestion = own_suggestion(uow, candidate.id, suggestion_id)
    words = clean_words(choice.words, longest=LONGEST_WORDS, field="message")
    opportunity = suggestion.opportunity
    if queries.running_introduction(uow.session, candidate.id, opportunity.id):
        raise ImpossibleStep("You asked to meet them already.")
    match = suggestions.match_with(uow, candidate, opportunity.id)
    if match is None:
        raise ImpossibleStep("This role changed in the meantime and no longer fits. Look at the others.")
    choice = Choice(choice.contact, choice.needs & set(FEATURES), words)
    return begin(uow, candidate, opportunity, choice, match=match, given_how=given_how, witness=witness)


def begin(
    uow: UnitOfWork,
    candidate: Candidate,
    opportunity: Opportunity,
    choice: Choice,
    *,
    match: Match,
    given_how: GivenHow,
    witness: str | None = None,
) -> Introduction:
    """Write down that they want to meet, and what they share; what ``match`` leaves open is asked first.

    Raises :class:`ImpossibleStep` when one with this role runs already.
    """
    introduction = Introduction(
        id=uuid4(),
        candidate=candidate,
        opportunity=opportunity,
        organisation_id=opportunity.organisation_id,
        state=IntroductionState.ASKING,
        asked_at=uow.now,
        shared_sealed=_sealed(uow, choice),
    )
    _add_once(uow, introduction)
    record_sharing(uow, candidate, opportunity.organisation_id, given_how, witness)
    if match.questions:
        # The questions are opened a moment later, so that nothing stored says whose they are.
        uow.record(IntroductionAsked(introduction.id))
    else:
        take(uow, introduction, Step.CLEAR, IntroductionSent(introduction.id))
    return introduction


def reconsider(uow: UnitOfWork, organisation_id: UUID) -> None:
    """Look again at everyone who waits for this organisation: each goes out, falls through, or waits on.

    Whatever is still unknown becomes a question, unless it is one already: nobody waits for nothing.
    While the organisation is suspended or refused, everybody waits on.
    """
    if not gets_people(uow.session, organisation_id):
        return
    for introduction in queries.waiting_introductions(uow.session, organisation_id):
        match = suggestions.match_with(uow, introduction.candidate, introduction.opportunity_id)
        if match is None:
            take(uow, introduction, Step.FALL_THROUGH, IntroductionFellThrough(introduction.id))
            end_sharing(uow, introduction)
        elif not match.questions:
            take(uow, introduction, Step.CLEAR, IntroductionSent(introduction.id))
        else:
            # In one order for everybody, so that two who ask at once do not wait for each other.
            for code in sorted(match.questions):
                questions.open_for(uow, introduction.opportunity, code)


def accept(
    uow: UnitOfWork,
    organisation_id: UUID,
    introduction_id: UUID,
    *,
    words: str,
    agreed_at: datetime | None = None,
) -> None:
    """The organisation says yes: when and where. Raises as :func:`answerable`, ``check_yes``, for words."""
    introduction = answerable(uow, organisation_id, introduction_id, to_welcome=True)
    proposals.check_yes(agreed_at, stands=introduction.proposal is not None)
    reply = clean_words(words, longest=LONGEST_WORDS, field="reply")
    take(uow, introduction, Step.ACCEPT, IntroductionAccepted(introduction.id))
    introduction.reply_sealed = uow.keyring.seal(reply, field=_REPLY) if reply else None
    introduction.answered_at = uow.now
    agree(uow, introduction, agreed_at)


def agree(uow: UnitOfWork, introduction: Introduction, moment: datetime | None) -> None:
    """They meet then; ``None`` takes an agreed moment back. Raises :class:`InvalidValue`."""
    introduction.agreed_at = appointments.check(moment, now=uow.now) if moment else None
    introduction.agreed_changes += 1 if moment else 0


def decline(
    uow: UnitOfWork, organisation_id: UUID, introduction_id: UUID, *, reason: DeclineReason, words: str = ""
) -> None:
    """Not now, for a reason about the offer, and words that the desk reads. Raises as :func:`own_of`."""
    introduction = answerable(uow, organisation_id, introduction_id)
    take(uow, introduction, Step.DECLINE, IntroductionDeclined(introduction.id))
    introduction.decline_reason = reason
    remarks.write(uow, introduction, words)
    introduction.answered_at = uow.now
    end_sharing(uow, introduction)


def withdraw(uow: UnitOfWork, candidate: Candidate, introduction_id: UUID) -> None:
    """The person changed their mind, or stops. Raises :class:`NotFound` or :class:`ImpossibleStep`."""
    introduction = uow.session.get(
        Introduction, introduction_id, with_for_update=True, populate_existing=True
    )
    if introduction is None or introduction.candidate_id != candidate.id:
        raise NotFound("This introduction is not there any more.")
    was_accepted = introduction.state in EXPECTED
    take(uow, introduction, Step.WITHDRAW, IntroductionWithdrawn(introduction.id, was_accepted))
    for consent in sharing_to_end(uow, introduction):
        consent.withdrawn_at = uow.now


def own_of(uow: UnitOfWork, organisation_id: UUID, introduction_id: UUID) -> Introduction:
    """An introduction that this organisation may see. Raises :class:`NotFound` for any other.

    One that still waits for an answer is not theirs to see: the person said yes on condition.
    """
    return visible_to(uow, {organisation_id}, introduction_id)


def visible_to(uow: UnitOfWork, organisation_ids: Collection[UUID], introduction_id: UUID) -> Introduction:
    """The same for somebody who belongs to several organisations. Raises as :func:`own_of`."""
    introduction = uow.session.get(
        Introduction, introduction_id, with_for_update=True, populate_existing=True
    )
    if (
        introduction is None
        or introduction.organisation_id not in organisation_ids
        or introduction.sent_at is None
    ):
        raise NotFound("This introduction is not there any more.")
    return introduction


def choice_of(uow: UnitOfWork, introduction: Introduction) -> Choice:
    """What the person chose to share: the codes of needs, not whether they are needs still."""
    chosen = json.loads(uow.keyring.open(introduction.shared_sealed, field=_SHARED))
    return Choice(contact=chosen["contact"], needs=frozenset(chosen["needs"]), words=chosen["words"])


def change_choice(uow: UnitOfWork, introduction: Introduction, choice: Choice) -> None:
    """Put another choice in its place: from now on the organisation sees that."""
    introduction.shared_sealed = _sealed(uow, choice)


def shared_by(uow: UnitOfWork, introduction: Introduction, *, reader: str) -> Shared:
    """What the person chose to share with this organisation; opening needs is written in the journal.

    Of what ended, or of someone who took back their yes to sharing, nothing but the first name is left to
    see, also while another introduction to the same organisation runs.
    """
    candidate = introduction.candidate
    purpose = sharing_with(introduction.organisation_id)
    agrees = consents_in_force(uow.session, candidate.id, purpose, now=uow.now)
    if introduction.state not in RUNNING or not agrees:
        return Shared(first_name=candidate.first_name, words="", contact=None, needs=())
    choice = choice_of(uow, introduction)
    shown: tuple[tuple[str, Strength], ...] = ()
    if choice.needs:
        known = needs.read(uow, candidate, reader=reader, purpose="introduction")
        shown = tuple((code, known[code]) for code in sorted(choice.needs) if code in known)
    contact = candidates.contact_of(uow, candidate) if choice.contact else None
    return Shared(first_name=candidate.first_name, words=choice.words, contact=contact, needs=shown)


def reply_to(uow: UnitOfWork, introduction: Introduction) -> str:
    """What the organisation wrote back; empty when it wrote nothing."""
    return uow.keyring.open(introduction.reply_sealed, field=_REPLY) if introduction.reply_sealed else ""


def answerable(
    uow: UnitOfWork, organisation_id: UUID, introduction_id: UUID, *, to_welcome: bool = False
) -> Introduction:
    """One that this organisation may take a step with, or say yes to. Raises as :func:`own_of`, and
    :class:`ImpossibleStep` while it is suspended or refused, and for a yes where the role is closed.
    """
    introduction = own_of(uow, organisation_id, introduction_id)
    if not gets_people(uow.session, organisation_id):
        raise ImpossibleStep("We are looking into something first. Until then this introduction waits.")
    if to_welcome and introduction.opportunity.state == OpportunityState.CLOSED:
        raise ImpossibleStep("This role is closed. Open it again first, or say: not now.")
    return introduction


def _sealed(uow: UnitOfWork, choice: Choice) -> bytes:
    shared = {"contact": choice.contact, "needs": sorted(choice.needs), "words": choice.words}
    return uow.keyring.seal(json.dumps(shared), field=_SHARED)


def take(uow: UnitOfWork, introduction: Introduction, step: Step, event: Event) -> None:
    """Go on by one step, and say so. Raises :class:`ImpossibleStep`."""
    introduction.state = after(IntroductionState(introduction.state), step)
    introduction.proposal = None
    if introduction.state == IntroductionState.SENT:
        introduction.sent_at, introduction.returned_at = uow.now, None
    if introduction.state not in RUNNING:
        introduction.ended_at = uow.now
    uow.record(event)


def _add_once(uow: UnitOfWork, introduction: Introduction) -> None:
    """Write it now: of two at the same moment, the database refuses the second."""
    try:
        with uow.session.begin_nested():
            uow.session.add(introduction)
    except IntegrityError:
        raise ImpossibleStep("You asked to meet them already.") from None
