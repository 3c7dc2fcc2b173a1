"""With whom a visitor wants to go on, and how the day was, as their own page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.afterwards import Answer
from volunteer.domain.market_days import VisitState
from volunteer.models import MarketVisitor, Visit
from volunteer.queries import visits as queries
from volunteer.services import market_interests
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_hour
from volunteer.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class Interest:
    """One stand that they met, or are meeting."""

    visit_id: UUID
    organisation: str
    spot: str
    hour: str
    says: bool | None
    is_mutual: bool
    """Whether the stand wants to go on, too: nobody hears of a no."""
    is_begun: bool
    """Whether the two were brought together."""


@dataclass(frozen=True, slots=True)
class InterestPanel:
    """The part of their page about going on. Empty before their first meeting begins."""

    interests: tuple[Interest, ...]
    may_say: bool
    """Whether whoever reads this may answer."""
    needs_file: bool
    """Whether somebody wants to go on with them, a file is what is missing, and this reader may begin it."""
    is_asked: bool
    """Whether the one question can be answered."""
    answered: str | None
    answers: tuple[tuple[str, str, str], ...]
    """Code, face and word of each."""

    def __bool__(self) -> bool:
        return bool(self.interests) or self.is_asked


def interest_panel(uow: UnitOfWork, visitor: MarketVisitor, *, is_own: bool) -> InterestPanel:
    """What it shows to whoever opened this card."""
    begun = [
        visit
        for visit in queries.of_visitor(uow.session, visitor.id)
        if visit.state == VisitState.MET
        or (visit.state == VisitState.PLANNED and visitor.market.rounds.starts(visit.round) <= uow.now)
    ]
    may_say = may_answer(visitor, is_own=is_own)
    interests = tuple(_interest(visit, visitor) for visit in begun) if may_say else ()
    return InterestPanel(
        interests=interests,
        may_say=may_say,
        needs_file=market_interests.may_begin_file(uow, visitor, is_own=is_own),
        is_asked=may_say and market_interests.is_asked(uow, visitor),
        answered=visitor.answer,
        answers=(
            (Answer.YES, "mood-smile", _("Yes")),
            (Answer.PARTLY, "mood-neutral", _("A little")),
            (Answer.NOT_YET, "mood-sad", _("No")),
        ),
    )


def going_on(uow: UnitOfWork, cards: Iterable[MarketVisitor]) -> list[tuple[int, str]]:
    """Of these cards, who wants to go on with which organisation, and it with them, and waits for a file."""
    return [
        (card.card, visit.stand.organisation.name)
        for card in cards
        for visit in queries.of_visitor(uow.session, card.id)
        if market_interests.is_mutual(visit) and visit.introduction_id is None
    ]


def may_answer(visitor: MarketVisitor, *, is_own: bool) -> bool:
    """A card shows a route to whoever holds it. Where there is a file, only its owner speaks for it."""
    return is_own or visitor.candidate_id is None


def _interest(visit: Visit, visitor: MarketVisitor) -> Interest:
    stand = visit.stand
    return Interest(
        visit_id=visit.id,
        organisation=stand.organisation.name,
        spot=f"{stand.zone.letter}{stand.spot or ''}" if stand.zone else "",
        hour=spoken_hour(visitor.market.rounds.starts(visit.round)),
        says=visit.visitor_says,
        is_mutual=market_interests.is_mutual(visit),
        is_begun=visit.introduction_id is not None,
    )
