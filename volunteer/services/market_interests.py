"""When both a visitor and a stand want to go on: what comes of it, and for whom it waits.

A yes of a visitor says in its own words that the stand then hears their first name, and no more than that is
shared. Why it is made as it is: docs/decisions/0064-both-want-to-go-on.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from volunteer.domain.afterwards import Answer, takes_answers
from volunteer.domain.candidates import CandidateState
from volunteer.domain.consent import GivenHow
from volunteer.domain.errors import ImpossibleStep, InvalidValue
from volunteer.domain.events.timetables import InterestMutual
from volunteer.domain.market_days import MarketState, VisitorKind, VisitorState, VisitState
from volunteer.domain.messages import MessageKind
from volunteer.domain.opportunities import OpportunityState
from volunteer.matching.suggesting import Match
from volunteer.models import Candidate, Introduction, MarketVisitor, Opportunity, Visit
from volunteer.queries import introductions as running
from volunteer.queries import market_visitors as people
from volunteer.queries import markets
from volunteer.queries import visits as queries
from volunteer.queries.candidates import kept_for_now
from volunteer.queries.messages import times_told_about
from volunteer.queries.opportunities import opportunities_of
from volunteer.queries.organisations import gets_people
from volunteer.queries.timetables import visitor_with_card
from volunteer.services import (
    candidates,
    introductions,
    market_more_time,
    market_visitors,
    suggestions,
    visits,
)
from volunteer.unit_of_work import UnitOfWork

_MOST_ROLES = 50
_ONE_CARD = {"key_share": True, "of": MarketVisitor}
"""Holds a card, and not its key, which whoever writes meetings of it holds."""


class Waits(StrEnum):
    """Why nothing came yet of what both want; somebody at the desk may help."""

    GROUP = "group"
    """Their support worker knows who has this card."""
    NO_FILE = "no_file"
    NO_WAY = "no_way"
    """Neither a file nor a way to reach them: they may come by."""
    NO_ROLE = "no_role"
    """The organisation has no open role."""
    NO_FIT = "no_fit"
    """It has some, and none of them fits."""


def introduce(uow: UnitOfWork, visit_id: UUID) -> Waits | None:
    """Both want to go on: bring them together in the best fitting role that is open. Harmless to repeat.

    Returns what is missing; ``None`` when nothing is, or when one of them changed their mind.
    Raises :class:`NotFound`.
    """
    visit = _with_file_held(uow, visit_id)
    if not is_mutual(visit) or visit.introduction_id is not None:
        return None
    candidate = visit.visitor.candidate
    if candidate is None or candidate.state != CandidateState.CONFIRMED:
        return waits_for(uow, visit)
    already = running.running_with(uow.session, candidate.id, visit.stand.organisation_id)
    if already:
        visit.introduction_id = already[0].id
        return None
    best = _best_role(uow, candidate, visit.stand.organisation_id)
    if best is None:
        return waits_for(uow, visit)
    visit.introduction_id = _begin(uow, visit, candidate, *best).id
    return None


def is_mutual(visit: Visit) -> bool:
    """Whether they met and both want to go on."""
    return visit.state == VisitState.MET and bool(visit.visitor_says and visit.stand_says)


def waits_for(uow: UnitOfWork, visit: Visit) -> Waits | None:
    """What is missing; ``None`` once they were brought together. Opens nothing of what anybody needs."""
    visitor = visit.visitor
    if visit.introduction_id is not None:
        return None
    if visitor.candidate is None:
        if visitor.group_id is not None:
            return Waits.GROUP
        return Waits.NO_FILE if visitor.channel else Waits.NO_WAY
    if visitor.candidate.state != CandidateState.CONFIRMED:
        return Waits.NO_FILE
    return Waits.NO_FIT if _open_roles(uow, visit.stand.organisation_id) else Waits.NO_ROLE


def try_again(uow: UnitOfWork, visit_id: UUID) -> None:
    """Look once more, as after a role opened. Raises :class:`NotFound`."""
    visit = visits.held(uow, visit_id)
    if is_mutual(visit) and visit.introduction_id is None:
        uow.record(InterestMutual(visit.id))


def may_begin_file(uow: UnitOfWork, visitor: MarketVisitor, *, is_own: bool) -> bool:
    """Whether a file that is begun from this card gets it: somebody waits for one, and its owner asks.

    Who left no way to reach them never got a link of their own: of them whoever has the card is the owner.
    """
    has_no_link = visitor.kind == VisitorKind.MEMBER or (
        visitor.channel is None and visitor.name_sealed is not None
    )
    if visitor.candidate_id is not None or visitor.state != VisitorState.REGISTERED:
        return False
    return (is_own or has_no_link) and any(
        is_mutual(visit) and visit.introduction_id is None
        for visit in queries.of_visitor(uow.session, visitor.id)
    )


def connect(uow: UnitOfWork, visitor_id: UUID, candidate: Candidate) -> bool:
    """Whoever has this card made a file: it leaves its group, and what waited for it goes on.

    Returns whether the card is theirs now.
    """
    if kept_for_now(uow.session, candidate.id) != candidate.id:
        return False
    known = uow.session.get(MarketVisitor, visitor_id)
    if known is not None:
        markets.held(uow.session, known.market_id)  # as whoever takes a card of a group away
    visitor = uow.session.get(MarketVisitor, visitor_id, with_for_update=_ONE_CARD, populate_existing=True)
    if visitor is None or visitor.candidate_id is not None or visitor.state != VisitorState.REGISTERED:
        return False
    if people.live_visitor(uow.session, visitor.market_id, MarketVisitor.candidate_id == candidate.id):
        return False
    visitor.candidate_id = candidate.id
    market_more_time.take_along(uow, visitor)
    visitor.kind = VisitorKind.CANDIDATE
    # From now on they decide and are told themselves: no support worker does so for them.
    visitor.group = None
    visitor.name_sealed = visitor.contact_sealed = visitor.contact_hash = visitor.channel = None
    uow.session.flush()
    for visit in queries.of_visitor(uow.session, visitor.id):
        if is_mutual(visit) and visit.introduction_id is None:
            uow.record(InterestMutual(visit.id))
    return True


def connect_number(uow: UnitOfWork, market_id: UUID, card: int, candidate: Candidate) -> MarketVisitor:
    """The desk says that the card with this number is of who has this file, also some weeks after the day.

    Raises :class:`InvalidValue` for a number that nobody has, a card of another file or of somebody else by
    what was told with it, and for somebody who has another card of this market.
    """
    visitor = visitor_with_card(uow.session, market_id, card)
    if visitor is not None and not _may_be_of(uow, visitor, candidate):
        raise InvalidValue(
            "The card with this number is of somebody with another first name. Look at the number again.",
            field="card",
        )
    if visitor is None or not connect(uow, visitor.id, candidate):
        raise InvalidValue("There is no card with this number that is still without a file.", field="card")
    return visitor


def _may_be_of(uow: UnitOfWork, visitor: MarketVisitor, candidate: Candidate) -> bool:
    """Whether nothing says that this card is of another person: 12 is quickly typed for 127.

    Who has no file yet told a first name with it, and maybe an address; one of a group told neither.
    """
    if visitor.candidate_id is not None or visitor.name_sealed is None:
        return True
    contact = market_visitors.contact_of(uow, visitor)
    is_called = market_visitors.name_of(uow, visitor).casefold() == candidate.first_name.casefold()
    return is_called or (contact is not None and contact == candidates.contact_of(uow, candidate))


def is_asked(uow: UnitOfWork, visitor: MarketVisitor) -> bool:
    """Whether the one question can be answered: the market was held, and they were there as far as we know.

    Whoever was thanked is asked, also when paper that was typed in later does not have them.
    """
    was_held = visitor.market.state == MarketState.OPEN and takes_answers(visitor.market.ends_at, uow.now)
    return was_held and (
        _was_seen(uow, visitor)
        or bool(times_told_about(uow.session, visitor.id, MessageKind.MARKET_THANKS))
        or (
            visitor.state == VisitorState.REGISTERED
            and visitor.id not in who_was_missed(uow, visitor.market_id)
        )
    )


def answer(uow: UnitOfWork, visitor_id: UUID, said: Answer) -> MarketVisitor:
    """Keep what they say to it, in place of what they said before. Raises :class:`ImpossibleStep`."""
    visitor = uow.session.get_one(MarketVisitor, visitor_id, with_for_update=_ONE_CARD)
    if not is_asked(uow, visitor):
        raise ImpossibleStep("This question is closed. You can always call us.")
    visitor.answer, visitor.answered_at = said, uow.now
    return visitor


def who_was_missed(uow: UnitOfWork, market_id: UUID) -> frozenset[UUID]:
    """Who was not at this market, as far as we know: nobody saw them at the door or at a stand.

    Where fewer than half were counted, paper has the rest, or nobody does: then it is whom somebody missed.
    """
    met = {each.visitor_id for each in queries.met_at(uow.session, market_id)}
    every = people.visitors_of(uow.session, market_id)
    away = [each for each in every if each.checked_in_at is None and each.id not in met]
    is_counted = len(away) * 2 <= len(every)
    return frozenset(each.id for each in away if is_counted or each.absent_at)


def _with_file_held(uow: UnitOfWork, visit_id: UUID) -> Visit:
    """One meeting, with the file of its visitor held and then its market. Raises :class:`NotFound`."""
    visitor = visits.found(uow, visit_id).visitor
    if visitor.candidate_id is not None:
        kept_for_now(uow.session, visitor.candidate_id)
    visit = visits.held(uow, visit_id)
    uow.session.refresh(visitor)  # it may have gone to another file meanwhile
    return visit


def _was_seen(uow: UnitOfWork, visitor: MarketVisitor) -> bool:
    return visitor.checked_in_at is not None or any(
        each.state == VisitState.MET for each in queries.of_visitor(uow.session, visitor.id)
    )


def _open_roles(uow: UnitOfWork, organisation_id: UUID) -> Sequence[Opportunity]:
    if not gets_people(uow.session, organisation_id):
        return []
    return opportunities_of(uow.session, organisation_id, limit=_MOST_ROLES, state=OpportunityState.OPEN)


def _best_role(
    uow: UnitOfWork, candidate: Candidate, organisation_id: UUID
) -> tuple[Opportunity, Match] | None:
    """What fits without a question comes first, then what fits best; a must-have is a wall."""
    fitting = [
        (role, match)
        for role in _open_roles(uow, organisation_id)
        if (match := suggestions.match_with(uow, candidate, role.id)) is not None
    ]
    return min(fitting, key=lambda each: (len(each[1].questions), -each[1].score), default=None)


def _begin(
    uow: UnitOfWork, visit: Visit, candidate: Candidate, role: Opportunity, match: Match
) -> Introduction:
    how = GivenHow(visit.visitor_said_how or GivenHow.OWN_DEVICE)
    witness = visit.settled_by if how is GivenHow.PAPER else None
    return introductions.begin(
        uow, candidate, role, introductions.Choice(), match=match, given_how=how, witness=witness
    )
