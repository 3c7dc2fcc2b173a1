"""What a stand may know of who comes: first name, languages, the number of a card, and what was shared.

Nothing of what helps anybody is read here, and nobody of a group has a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.languages import COMFORTABLE_LEVEL
from volunteer.domain.market_days import Share, VisitState
from volunteer.models import MarketHelper, MarketVisitor, Stand, Visit
from volunteer.models.base import field_name
from volunteer.queries import visits as queries
from volunteer.services import market_visitors
from volunteer.services.market_people import spoken_well
from volunteer.unit_of_work import UnitOfWork

_HELPER_NAME = field_name("market_helpers", "name_sealed")


@dataclass(frozen=True, slots=True)
class Guest:
    """One person who meets a stand, as far as it may know them."""

    visit_id: UUID
    round: int
    rounds: int
    state: VisitState
    stand_says: bool | None
    card: int
    name: str
    """A first name; empty for somebody of a group."""
    group_id: UUID | None
    group: str
    """Where their group comes from; empty for who comes by themselves."""
    languages: tuple[str, ...]
    """Codes of what they speak well."""
    learns: tuple[str, ...]
    """Codes of what they speak a little."""
    tasks: tuple[str, ...]
    """Task codes of what they like to do, if they share it."""
    interpreter: str
    """The language of the interpreter who comes along; empty for nobody."""
    interpreter_name: str


def of_stand(uow: UnitOfWork, stand: Stand) -> list[Guest]:
    """Everybody whom a stand meets, met or missed; by round, then by card."""
    return [guest_of(uow, visit) for visit in queries.at_stand(uow.session, stand.id)]


def helper_name(uow: UnitOfWork, helper: MarketHelper) -> str:
    """What somebody who helps is called."""
    return uow.keyring.open(helper.name_sealed, field=_HELPER_NAME)


def tasks_shared(visitor: MarketVisitor) -> tuple[str, ...]:
    """Codes of what they like to do, where they said that stands may read it."""
    if Share.TASKS not in visitor.shares:
        return ()
    candidate = visitor.candidate
    return tuple(candidate.tasks_want or candidate.tasks_can) if candidate else tuple(visitor.tasks)


def levels_of(visitor: MarketVisitor) -> Mapping[str, int]:
    """How well they speak what; of who has no file, everything they named is spoken well."""
    if visitor.candidate is not None:
        return visitor.candidate.languages
    named = visitor.languages or (visitor.group.languages if visitor.group else [])
    return dict.fromkeys(named, COMFORTABLE_LEVEL)


def guest_of(uow: UnitOfWork, visit: Visit) -> Guest:
    """Who comes to this meeting."""
    visitor, levels = visit.visitor, levels_of(visit.visitor)
    spoken, group = spoken_well(levels), visitor.group
    return Guest(
        visit_id=visit.id,
        round=visit.round,
        rounds=visit.rounds,
        state=VisitState(visit.state),
        stand_says=visit.stand_says,
        card=visitor.card,
        name=market_visitors.name_of(uow, visitor),
        group_id=visitor.group_id,
        group=(group.organisation.name if group.organisation else group.name) if group else "",
        languages=tuple(code for code in levels if code in spoken),
        learns=tuple(code for code, level in levels.items() if level > 0 and code not in spoken),
        tasks=tasks_shared(visitor),
        interpreter=visit.interpreter or "",
        interpreter_name=helper_name(uow, visit.helper) if visit.helper else "",
    )
