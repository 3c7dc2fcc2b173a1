"""An invented city of roles and people, the same for the same seed.

Everything in it is made up, and so are the shares: real postings say next to nothing about
access (2 % of 617 said anything), and a city of unknowns would prove nothing about a filter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from volunteer.domain.access import ASKED_OF_ORGANISATIONS, ASKED_OF_PEOPLE, Answer, Strength
from volunteer.domain.availability import PARTS, Availability, DatedSpan, Span
from volunteer.domain.interests import SECTORS, TASKS, Interests
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.matching_facts import PersonFacts, RoleFacts
from volunteer.domain.places import MUNICIPALITIES

_COMMON_LANGUAGES = ("nl", "fr", "en", "ar", "tr", "es")
_SIGNED = ("vgt", "sfb")


@dataclass(frozen=True, slots=True)
class Shares:
    """How often each answer is given; what remains is unknown."""

    yes: float = 0.35
    arrangeable: float = 0.15
    no: float = 0.25


@dataclass(frozen=True, slots=True)
class City:
    """Invented roles and people."""

    roles: tuple[RoleFacts, ...]
    people: tuple[PersonFacts, ...]
    today: date


def build(
    *, roles: int, people: int, seed: int = 1, shares: Shares | None = None, today: date = date(2027, 3, 1)
) -> City:
    """Return a city of so many roles and people; the same arguments give the same city."""
    random = Random(seed)
    organisations = [_identifier(random) for _ in range(max(1, roles // 4))]
    offered = tuple(_role(random, organisations, shares or Shares(), today) for _ in range(roles))
    return City(offered, tuple(_person(random, offered, today) for _ in range(people)), today)


def share_of_answers(roles: Sequence[RoleFacts]) -> Mapping[str, float]:
    """Return which part of all access answers is yes, arrangeable and no."""
    asked = len(roles) * len(ASKED_OF_ORGANISATIONS)
    return {
        answer.value: sum(list(role.answers.values()).count(answer) for role in roles) / asked
        for answer in Answer
    }


def _identifier(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)


def _role(random: Random, organisations: Sequence[UUID], shares: Shares, today: date) -> RoleFacts:
    starts_on, ends_on = _period(random, today)
    return RoleFacts(
        opportunity_id=_identifier(random),
        organisation_id=random.choice(organisations),
        answers=_answers(random, shares),
        languages_needed={
            code: random.randint(0, 3) for code in ("nl", "fr", "en") if random.random() < 0.25
        },
        languages_spoken=_team_languages(random),
        times=_times(random, today, most=4, unknown=0.2, flexible=0.1),
        starts_on=starts_on,
        ends_on=ends_on,
        position=_position(random) if random.random() < 0.9 else None,
        tasks=_some(random, tuple(TASKS), most=3),
        sectors=_some(random, tuple(SECTORS), most=2),
        wanted=random.choice((None, 1, 2, 5, 20)),
        taken=random.choice((0, 0, 0, 1, 2)),
        is_open=random.random() < 0.95,
        is_remote=random.random() < 0.05,
        extract_required=random.random() < 0.05,
    )


def _answers(random: Random, shares: Shares) -> dict[str, Answer]:
    unknown = 1 - shares.yes - shares.arrangeable - shares.no
    drawn = random.choices(
        (Answer.YES, Answer.ARRANGEABLE, Answer.NO, None),
        (shares.yes, shares.arrangeable, shares.no, unknown),
        k=len(ASKED_OF_ORGANISATIONS),
    )
    return {
        code: answer for code, answer in zip(ASKED_OF_ORGANISATIONS, drawn, strict=True) if answer is not None
    }


def _team_languages(random: Random) -> frozenset[str]:
    if random.random() < 0.2:
        return frozenset()
    spoken = {code for code in _COMMON_LANGUAGES if random.random() < 0.4}
    if random.random() < 0.15:
        spoken.add(random.choice(_SIGNED))
    return frozenset(spoken)


def _period(random: Random, today: date) -> tuple[date | None, date | None]:
    """Half go on for ever; others end some day, are over, or last a few days only, some of them now."""
    drawn = random.random()
    if drawn < 0.5:
        return None, None
    is_short = drawn > 0.9
    starts_on = today + timedelta(days=random.randint(-8, 8) if is_short else random.randint(-60, 60))
    return starts_on, starts_on + timedelta(
        days=random.randint(0, 5) if is_short else random.randint(30, 400)
    )


def _times(random: Random, today: date, *, most: int, unknown: float, flexible: float) -> Availability:
    """Some are unknown, a third of those in so many words; one in six names dates, beside a week or alone."""
    drawn = random.random()
    if drawn < unknown:
        return Availability(unsure=drawn < unknown / 3)
    if drawn < unknown + flexible:
        return Availability(flexible=True)
    dates = _dates(random, today) if drawn > 5 / 6 else ()
    if len(dates) > 1:
        return Availability(dates=dates)
    spans = []
    for _ in range(random.randint(1, most)):
        start, end = random.choice(tuple(PARTS.values()))
        shift = random.choice((0, 0, 15, 30))
        spans.append(Span(random.randrange(7), start + shift, end))
    return Availability(tuple(spans), dates=dates)


def _dates(random: Random, today: date) -> tuple[DatedSpan, ...]:
    """Dates of the next two months, and one now and then that is past."""
    days = [today + timedelta(days=random.randint(-5, 60)) for _ in range(random.randint(1, 4))]
    return tuple(DatedSpan(day, *random.choice(tuple(PARTS.values()))) for day in days)


def _position(random: Random) -> tuple[float, float]:
    centre = random.choice(tuple(MUNICIPALITIES.values())).position
    return (centre.latitude + random.uniform(-0.01, 0.01), centre.longitude + random.uniform(-0.015, 0.015))


def _some(random: Random, codes: Sequence[str], *, most: int) -> frozenset[str]:
    return frozenset(random.sample(codes, random.randint(0, most)))


def _person(random: Random, roles: Sequence[RoleFacts], today: date) -> PersonFacts:
    refusable = [role.opportunity_id for role in random.sample(roles, min(3, len(roles)))]
    return PersonFacts(
        candidate_id=_identifier(random),
        needs=_needs(random),
        languages=_levels(random),
        times=_times(random, today, most=8, unknown=0.15, flexible=0.15),
        position=_position(random) if random.random() < 0.85 else None,
        interests=Interests(
            can=_some(random, tuple(TASKS), most=4),
            want=_some(random, tuple(TASKS), most=4),
            learn=_some(random, tuple(TASKS), most=2),
            sectors=_some(random, tuple(SECTORS), most=4),
        ),
        refused=frozenset(refusable if random.random() < 0.2 else ()),
    )


def _needs(random: Random) -> dict[str, Strength]:
    """Most people have a need or two, some have none, some have many."""
    count = random.choice((0, 0, 1, 1, 2, 2, 3, 4, 6))
    return {
        code: random.choice((Strength.MUST, Strength.MUST, Strength.NICE))
        for code in random.sample(ASKED_OF_PEOPLE, count)
    }


def _levels(random: Random) -> dict[str, int]:
    levels = {code: random.randint(0, 4) for code in _COMMON_LANGUAGES if random.random() < 0.5}
    if random.random() < 0.3:
        levels[random.choice(tuple(LANGUAGES))] = 4
    return levels
