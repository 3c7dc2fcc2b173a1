"""Where a visitor and a stand of a market both want to go on, as the desk sees it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.queries import visits as queries
from volunteer.services import market_interests, market_visitors
from volunteer.services.market_interests import Waits
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.introduction_cards import state_of
from volunteer.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class InterestRow:
    """Two who want to go on."""

    visit_id: UUID
    visitor_id: UUID
    who: str
    organisation: str
    candidate_id: UUID | None
    state: dict[str, str] | None
    """Of their introduction, as a pill."""
    missing: str
    """What is to be done first, in a sentence."""
    may_look_again: bool


def interest_rows(uow: UnitOfWork, market_id: UUID) -> list[InterestRow]:
    """Those first for whom nothing came yet."""
    rows = []
    for visit in queries.mutual(uow.session, market_id):
        waits = market_interests.waits_for(uow, visit)
        name = market_visitors.name_of(uow, visit.visitor)
        card = _("Card %(card)s", card=visit.visitor.card)
        rows.append(
            InterestRow(
                visit_id=visit.id,
                visitor_id=visit.visitor_id,
                who=f"{name} · {card}" if name else card,
                organisation=visit.stand.organisation.name,
                candidate_id=visit.visitor.candidate_id,
                state=(state_of(uow, visit.introduction) or {"name": "asked"})
                if visit.introduction
                else None,
                missing=_missing(waits) if waits else "",
                may_look_again=waits in {Waits.NO_ROLE, Waits.NO_FIT},
            )
        )
    return sorted(rows, key=lambda row: not row.missing)


def _missing(waits: Waits) -> str:
    return {
        Waits.GROUP: _("Their support worker knows who has this card, and was told."),
        Waits.NO_FILE: _("They have no file yet. We wrote to them how to begin one."),
        Waits.NO_WAY: _("They have no file, and we cannot reach them. They may come by."),
        Waits.NO_ROLE: _("The organisation has no open role. Call them."),
        Waits.NO_FIT: _("None of their open roles fits. Talk to both."),
    }[waits]
