"""What a timetable rests on: rounds, hall, stands and visitors, as they were when it was made.

Kept beside a plan as fingerprints, because it may say of somebody that they need something.
Seats, hours and interpreters are not in it: whoever publishes counts them again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from uuid import UUID

from volunteer.models import Market, MarketVisitor, Stand
from volunteer.services import market_rooms

Basis = Mapping[str, str]
"""A fingerprint of each, by what it is of."""
_HALL = "hall"


def basis_of(market: Market, visitors: Iterable[MarketVisitor], stands: Iterable[Stand]) -> dict[str, str]:
    """What a plan rests on that is made now."""
    rounds = market.rounds
    hours = {
        _round(number): _print(rounds.starts(number).timestamp(), rounds.ends(number).timestamp())
        for number in range(rounds.count)
    }
    walking = market.rules.get("walking") or {}
    return {
        **hours,
        _HALL: _print(*sorted(walking.items())),
        **{str(each.id): _of_stand(market, each) for each in stands},
        **{str(each.id): _of_visitor(each) for each in visitors},
    }


def rests_on(visitor_id: UUID, stand_id: UUID, rounds: Iterable[int]) -> Iterator[str]:
    """Yield whatever one meeting rests on."""
    yield from (_HALL, str(visitor_id), str(stand_id), *map(_round, rounds))


def changed(before: Basis, now: Basis) -> Collection[str]:
    """What is not any more as it was."""
    return {name for name, was in before.items() if now.get(name) != was}


def _round(number: int) -> str:
    return f"round:{number}"


def _of_stand(market: Market, stand: Stand) -> str:
    offer = market_rooms.as_offer(market, stand, ())
    zone = stand.zone.letter if stand.zone else market_rooms.NO_ZONE
    return _print(zone, *sorted(offer.languages_spoken), *sorted(offer.answers.items()))


def _of_visitor(visitor: MarketVisitor) -> str:
    """What they need stays sealed: whoever says something else of it is sealed anew."""
    file, group = visitor.candidate, visitor.group
    return _print(
        visitor.help_sealed,
        sorted(visitor.languages or (group.languages if group else [])),
        (file.needs_sealed, sorted(file.languages.items())) if file else None,
    )


def _print(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:16]
