"""Gatherings in a list: when, what, and how full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from volunteer.models import Gathering
from volunteer.queries.gatherings import Counts, counts_of
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.gathering_words import GatheringCard, gathering_card, seats_left


@dataclass(frozen=True, slots=True)
class Listed:
    """One gathering with how many people stand where."""

    card: GatheringCard
    counts: Counts

    @property
    def free(self) -> int:
        """Seats that are nobody's; never less than none."""
        return max(0, self.card.seats - self.counts.coming - self.counts.offered)

    @property
    def seats_said(self) -> str:
        """How many seats are left, in a sentence."""
        return seats_left(self.free)


def listed(uow: UnitOfWork, gatherings: Sequence[Gathering]) -> list[Listed]:
    """These gatherings in the same order, counted together."""
    counted = counts_of(uow.session, [each.id for each in gatherings])
    return [Listed(gathering_card(uow, each), counted.get(each.id, Counts())) for each in gatherings]
