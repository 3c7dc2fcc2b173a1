"""What a market has to give: seats of stands and interpreters, by slot, less what is given already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from volunteer.domain.access import Answer
from volunteer.domain.market_days import Rounds, StandState
from volunteer.domain.markets import PoolFacts, StandFacts
from volunteer.domain.matching_facts import RoleFacts
from volunteer.models import Market, MarketHelper, Stand
from volunteer.queries.timetables import Taken
from volunteer.services.organisations import gets_people

NO_ZONE = ""
Seats = tuple[int, ...]
SeatsByRound = Mapping[tuple[UUID, int], int]
"""How many, by stand and round."""


def stand_facts(
    stand: Stand, rounds: Rounds, taken: SeatsByRound, promised: SeatsByRound | None = None
) -> StandFacts:
    """Its seats by slot, less those that are ``taken``; while it is behind, those that are ``promised``."""
    closed, behind = away_rounds(stand, rounds), _behind(stand, rounds)
    seats = tuple(
        0
        if number is None or number in closed
        else min(stand.seats, (promised or {}).get((stand.id, number), 0))
        if number in behind
        else max(0, stand.seats - taken.get((stand.id, number), 0))
        for number in rounds.slots
    )
    return StandFacts(
        seats,
        stand.zone.letter if stand.zone else NO_ZONE,
        frozenset(stand.languages),
        nobody_new=frozenset(slot for slot, number in enumerate(rounds.slots) if number in behind),
    )


def closed_rounds(stand: Stand, rounds: Rounds) -> frozenset[int]:
    """When nobody new can come. One that runs whole rounds behind keeps who was promised, and no others."""
    return away_rounds(stand, rounds) | _behind(stand, rounds)


def away_rounds(stand: Stand, rounds: Rounds) -> frozenset[int]:
    """When nobody is there at all."""
    is_there = stand.state == StandState.CONFIRMED and gets_people(stand.organisation)
    return frozenset(stand.closed_rounds if is_there else range(rounds.count))


def _behind(stand: Stand, rounds: Rounds) -> frozenset[int]:
    behind = stand.late_minutes // rounds.minutes if stand.late_at else 0
    first = rounds.next_after(stand.late_at) if stand.late_at else 0
    return frozenset(range(first, first + behind))


def as_offer(market: Market, stand: Stand, sectors: Iterable[str]) -> RoleFacts:
    """A stand as the engine compares it: what is true in the hall, in its zone and at the stand itself."""
    there = [*market.access, *(stand.zone.access if stand.zone else []), *stand.access]
    answers = dict.fromkeys(there, Answer.YES) | dict.fromkeys(stand.not_access, Answer.NO)
    return RoleFacts(
        opportunity_id=stand.id,
        organisation_id=stand.organisation_id,
        answers=answers,
        languages_spoken=frozenset(stand.languages),
        tasks=frozenset(stand.tasks),
        sectors=frozenset(sectors),
    )


def pools(
    helpers: Sequence[MarketHelper],
    rounds: Rounds,
    taken: Collection[Taken],
    spoken: Iterable[frozenset[str]],
    understood: Sequence[frozenset[str]],
) -> tuple[PoolFacts, ...]:
    """Interpreters by language and slot, each in one language at a time.

    Whoever was promised to somebody speaks that language then. At all other times they speak the one that
    is wanted most: by the languages of visitors (``spoken``) beside those of each stand (``understood``).
    """
    promised = {(each.helper_id, each.round): each.interpreter for each in taken if each.helper_id}
    usual = _usual_languages(helpers, _wanted(spoken, understood))
    languages = sorted({*usual.values(), *(each.interpreter for each in taken if each.interpreter)})
    counts: Counter[tuple[str, int]] = Counter()
    for helper in helpers:
        for slot, number in enumerate(rounds.slots):
            if number is not None and number not in helper.away and helper.id in usual:
                counts[promised.get((helper.id, number)) or usual[helper.id], slot] += 1
    slots = range(len(rounds.slots))
    return tuple(PoolFacts(each, tuple(counts[each, slot] for slot in slots)) for each in languages)


def free_pools(
    helpers: Sequence[MarketHelper], rounds: Rounds, taken: Collection[Taken], languages: Iterable[str]
) -> tuple[PoolFacts, ...]:
    """What is free for one person alone: whoever is with nobody counts in each of their languages."""
    busy = {(each.helper_id, each.round) for each in taken}
    return tuple(
        PoolFacts(
            language,
            tuple(
                sum(
                    language in helper.languages
                    and number not in helper.away
                    and (helper.id, number) not in busy
                    for helper in helpers
                )
                if number is not None
                else 0
                for number in rounds.slots
            ),
        )
        for language in sorted(languages)
    )


def now_slot(now: datetime, rounds: Rounds) -> int:
    """The first slot that can still be planned."""
    following = rounds.next_after(now)
    return len(rounds.slots) if following == rounds.count else rounds.slot_of(following)


def _wanted(spoken: Iterable[frozenset[str]], understood: Sequence[frozenset[str]]) -> Counter[str]:
    """How many meetings each language would make possible in which nobody would understand the other."""
    wanted: Counter[str] = Counter()
    for languages, visitors in Counter(spoken).items():
        silent = sum(1 for each in understood if languages and each and not languages & each)
        for language in languages:
            wanted[language] += visitors * silent
    return wanted


def _usual_languages(helpers: Sequence[MarketHelper], wanted: Counter[str]) -> dict[UUID, str]:
    there: Counter[str] = Counter()
    usual = {}
    for helper in sorted(helpers, key=lambda each: (len(each.languages), each.id)):
        if helper.languages:
            chosen = max(sorted(helper.languages), key=lambda each: wanted[each] / (1 + there[each]))
            usual[helper.id] = chosen
            there[chosen] += 1
    return usual
