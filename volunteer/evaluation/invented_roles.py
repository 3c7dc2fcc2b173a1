"""Drawing organisations with several roles each, for an invented world."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from statistics import NormalDist
from uuid import UUID

from volunteer.domain.access import (
    ABOUT_THE_VENUE,
    ASKED_OF_ORGANISATIONS,
    NO_DUTCH_NEEDED,
    Answer,
)
from volunteer.domain.availability import Availability, Span
from volunteer.domain.commitment import STEPS, Commitment
from volunteer.domain.interests import TASKS
from volunteer.domain.matching_facts import RoleFacts
from volunteer.evaluation.hidden import HiddenRole
from volunteer.evaluation.trades import TRADES, Trade
from volunteer.evaluation.worlds import Neighbourhood, World

KM_IN_A_DEGREE = 111.2
SLIPS = 0.02
"""So many answers about access are not true: somebody thought there was a lift."""
RARE = frozenset(
    {
        "ph.parking_adapted",
        "ic.hearing_support",
        "ic.large_print_braille",
        "sv.women_group",
        "sv.children_welcome",
        "sv.costs_paid_first",
        "ph.assistance_dog",
    }
)
_NORMAL = NormalDist()
_SLOTS = ((9 * 60, 12 * 60), (10 * 60, 13 * 60), (13 * 60, 16 * 60), (14 * 60, 17 * 60), (9 * 60, 17 * 60))
_LATE_SLOTS = ((17 * 60, 20 * 60), (18 * 60, 21 * 60), (19 * 60, 22 * 60), (16 * 60, 18 * 60))
_VAGUE = {
    "nl": ("Kom bij onze ploeg", "Samen sterk in de buurt", "Donderdagploeg zoekt handen", "Vrijwilliger"),
    "fr": ("Rejoignez notre équipe", "Ensemble dans le quartier", "L’équipe du jeudi recrute", "Bénévole"),
}


@dataclass(frozen=True, slots=True)
class DrawnRole:
    """A role as the organisation tells it, as it really is, and the words of its posting."""

    facts: RoleFacts
    hidden: HiddenRole
    text: str


@dataclass(frozen=True, slots=True)
class _Organisation:
    identifier: UUID
    trade: Trade
    position: tuple[float, float]
    office: str
    languages: frozenset[str]
    openness: float
    """How far it gets in receiving people; standard normal, like ``building``."""
    building: float
    depth: float
    """Which share of the questions about access it answered."""
    mood: tuple[float, ...]
    warmth: float
    answer_days: float


def draw_roles(world: World, random: Random, number: int, today: date) -> Iterator[DrawnRole]:
    """Yield so many roles; organisations have one to seven of them."""
    left = number
    while left > 0:
        organisation = _organisation(world, random)
        several = min(left, random.choice((1, 1, 2, 2, 3, 4, 7)))
        for _ in range(several):
            yield _role(random, world, organisation, today)
        left -= several


def near(random: Random, place: Neighbourhood) -> tuple[float, float]:
    """Return a position (latitude, longitude in degrees) in a neighbourhood."""
    north, east = random.gauss(0, place.spread), random.gauss(0, place.spread)
    latitude, longitude = place.position
    return (
        latitude + north / KM_IN_A_DEGREE,
        longitude + east / (KM_IN_A_DEGREE * math.cos(math.radians(latitude))),
    )


def pick(random: Random, weights: Mapping[str, float]) -> str:
    """Return one of the keys, as often as its weight says."""
    return random.choices(tuple(weights), tuple(weights.values()))[0]


def _organisation(world: World, random: Random) -> _Organisation:
    places = world.neighbourhoods
    place = random.choices(places, [each.roles for each in places])[0]
    trade = TRADES[pick(random, {name: world.trades.get(name, 1.0) for name in TRADES})]
    office = pick(random, world.office)
    spoken = {office} | {code for code, share in place.tongues.items() if random.random() < 1.5 * share}
    if random.random() < 0.4:
        spoken.add("en")
    if random.random() < 0.04:
        spoken.add("vgt" if office == "nl" else "sfb")
    low, high = world.depth if random.random() < world.checked else (0.0, world.depth[0] / 5)
    openness = random.gauss(0, 1)
    return _Organisation(
        identifier=UUID(int=random.getrandbits(128), version=4),
        trade=trade,
        position=near(random, place),
        office=office,
        languages=frozenset(spoken),
        openness=openness,
        building=random.gauss(0, 1),
        depth=random.uniform(low, high),
        mood=tuple(_bounded(each + random.gauss(0, 0.3)) for each in trade.mood),
        warmth=_NORMAL.cdf(0.6 * openness + 0.8 * random.gauss(0, 1)),
        answer_days=round(random.lognormvariate(math.log(5), 0.8), 1),
    )


def _role(random: Random, world: World, organisation: _Organisation, today: date) -> DrawnRole:
    hidden = _hidden(random, world, organisation)
    main = random.choices(organisation.trade.tasks, [5, 4, 3, 2, 1, 1][: len(organisation.trade.tasks)])[0]
    also = [each for each in organisation.trade.tasks if each != main and random.random() < 0.25]
    tasks = [main, *also[:2]]
    remote = random.random() < (0.3 if main in {"t.listen", "t.media", "t.accounts", "t.office"} else 0.01)
    starts_on, ends_on = _period(random, hidden.commitment, today)
    wanted = random.choices((None, 1, 2, 3, 5, 10, 25), (10, 20, 25, 15, 15, 10, 5))[0]
    facts = RoleFacts(
        opportunity_id=UUID(int=random.getrandbits(128), version=4),
        organisation_id=organisation.identifier,
        answers=_told(random, hidden.answers, organisation.depth),
        languages_needed=_needed(random, organisation, tasks, hidden.answers),
        languages_spoken=hidden.languages if random.random() < 0.75 else frozenset(),
        times=_told_times(random, hidden.times),
        starts_on=starts_on,
        ends_on=ends_on,
        position=organisation.position if random.random() < 0.95 else None,
        commitment=hidden.commitment if random.random() < 0.8 else None,
        tasks=frozenset(tasks if random.random() < 0.93 else ()),
        sectors=frozenset(organisation.trade.sectors[: random.choice((1, 2, 3))]),
        wanted=wanted,
        taken=random.choice((0, 0, 0, 1)) if wanted else 0,
        answer_days=organisation.answer_days if random.random() < 0.6 else None,
        is_open=random.random() < 0.96,
        is_remote=remote,
        extract_required=main in {"t.children", "t.homework", "t.sport_coach"} and random.random() < 0.3,
    )
    return DrawnRole(facts, hidden, _text(random, organisation.office, tasks))


def _hidden(random: Random, world: World, organisation: _Organisation) -> HiddenRole:
    trade = organisation.trade
    return HiddenRole(
        answers=_really(random, world, organisation),
        languages=organisation.languages,
        times=_hours(random, trade.evenings),
        commitment=random.choices(STEPS, trade.lasting)[0],
        atmosphere=tuple(_bounded(each + random.gauss(0, 0.25)) for each in organisation.mood),
        warmth=_bounded(organisation.warmth + random.gauss(0, 0.1), lowest=0.0),
        answer_days=organisation.answer_days,
    )


def _really(random: Random, world: World, organisation: _Organisation) -> dict[str, Answer]:
    """Features of one building go together, and so do those of one team."""
    yes, no = _NORMAL.inv_cdf(1 - world.real_yes), _NORMAL.inv_cdf(world.real_no)
    found = {}
    for code in ASKED_OF_ORGANISATIONS:
        level = organisation.building if code in ABOUT_THE_VENUE else organisation.openness
        # A building is the same for all its roles; the work differs from role to role.
        luck = Random(f"{organisation.identifier}{code}").gauss(0, 1)
        value = 0.6 * level + 0.6 * luck + 0.53 * (luck if code in ABOUT_THE_VENUE else random.gauss(0, 1))
        value -= 0.6 if code in RARE else 0.0
        found[code] = Answer.YES if value > yes else Answer.NO if value < no else Answer.ARRANGEABLE
    return found


def _told(random: Random, really: Mapping[str, Answer], depth: float) -> dict[str, Answer]:
    told = {}
    for code, answer in really.items():
        if random.random() < depth:
            told[code] = answer if random.random() >= SLIPS else random.choice(tuple(Answer))
    return told


def _hours(random: Random, evenings: float) -> Availability:
    spans = []
    for _ in range(random.choice((1, 1, 1, 2, 2, 3))):
        late = random.random() < evenings
        at_the_weekend = late and random.random() < 0.4
        day = random.choice((5, 5, 6)) if at_the_weekend else random.randrange(5)
        spans.append(Span(day, *random.choice(_LATE_SLOTS if late and not at_the_weekend else _SLOTS)))
    return Availability(tuple(spans))


def _told_times(random: Random, really: Availability) -> Availability:
    drawn = random.random()
    if drawn < 0.12:
        return Availability()
    return Availability(flexible=True) if drawn < 0.2 else really


def _period(random: Random, commitment: Commitment, today: date) -> tuple[date | None, date | None]:
    if commitment is Commitment.ONCE:
        starts_on = today + timedelta(days=random.randint(-2, 60))
        return starts_on, starts_on + timedelta(days=random.choice((0, 0, 1, 2)))
    if random.random() < 0.75:
        return None, None
    starts_on = today + timedelta(days=random.randint(-90, 30))
    return starts_on, starts_on + timedelta(days=random.randint(100, 400))


def _needed(
    random: Random, organisation: _Organisation, tasks: Sequence[str], really: Mapping[str, Answer]
) -> dict[str, int]:
    """Work with words needs the language of the office more often, and at a higher level."""
    talk = {"t.paper_help", "t.listen", "t.homework", "t.teach", "t.read_aloud", "t.inform", "t.welcome"}
    talkative = bool(talk & set(tasks))
    if random.random() > (0.5 if talkative else 0.15):
        return {}
    if organisation.office == "nl" and really[NO_DUTCH_NEEDED] is Answer.YES:
        return {}
    return {organisation.office: random.choice((2, 3, 3) if talkative else (1, 1, 2))}


def _text(random: Random, language: str, tasks: Sequence[str]) -> str:
    """Return title and text; many titles say nothing of the work, as on real boards."""
    first = TASKS[tasks[0]]
    title = first.label(language) if random.random() < 0.6 else random.choice(_VAGUE[language])
    said = [TASKS[each].label(language) for each in tasks if random.random() < 0.7]
    return " ".join([title, *said])


def _bounded(value: float, lowest: float = -1.0) -> float:
    return min(1.0, max(lowest, value))
