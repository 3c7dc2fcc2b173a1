"""Drawing people for an invented world: first who they are, then what they tell of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from types import MappingProxyType
from uuid import UUID

from volunteer.domain.access import Strength
from volunteer.domain.availability import PARTS, Availability, Span
from volunteer.domain.commitment import STEPS, Commitment
from volunteer.domain.interests import SECTORS, TASKS, Interests
from volunteer.domain.matching_facts import PersonFacts
from volunteer.evaluation.hidden import ATMOSPHERE, HiddenPerson
from volunteer.evaluation.invented_roles import near, pick
from volunteer.evaluation.trades import FAMILIES, TRADES
from volunteer.evaluation.worlds import World

PROFILES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "in a wheelchair": (
            "ph.step_free_entrance",
            "ph.accessible_toilet",
            "ph.lift_or_ground",
            "ph.wheelchair_space",
            "ph.step_free_stop",
        ),
        "tired soon": ("ph.seated_work", "ph.light_work", "sv.short_shifts", "ph.near_transport"),
        "sees little": ("ic.large_print_braille", "ic.spoken_info", "ph.near_transport"),
        "hears little": ("ic.hearing_support", "ic.text_contact", "ph.quiet_place"),
        "signs": ("ic.sign_language", "ic.text_contact"),
        "speaks no Dutch yet": ("ic.no_dutch_needed", "ic.plain_language", "ic.other_language"),
        "learns Dutch": ("ic.practise_dutch", "ic.plain_language", "ic.show_by_doing"),
        "went through a lot": ("ph.quiet_place", "sv.talk_first", "sv.fixed_contact", "sv.trial"),
        "needs it the same each time": ("sv.fixed_routine", "ph.quiet_place", "ic.pictograms"),
        "learns slowly": ("ic.show_by_doing", "ic.pictograms", "sv.support_person", "sv.short_task"),
        "has small children": ("sv.children_welcome", "sv.short_shifts", "sv.flexible_hours"),
        "is not online": ("ic.no_computer", "ic.phone_or_visit", "sv.paperwork_help"),
        "has little money": ("sv.costs_paid_first", "ph.near_transport"),
        "keeps the rules of a faith": ("sv.food_prayer", "sv.women_group"),
        "dares not come alone": ("sv.first_time_together", "sv.buddy", "sv.talk_first"),
    }
)
"""What makes volunteering harder, and which needs may come of it."""
NEEDED = 0.75
MUST = 0.6
"""How often a need of a profile is there, and is a must when it is."""
MISTAKEN = 0.12
"""So many wishes that were told turn out to be none."""


@dataclass(frozen=True, slots=True)
class DrawnPerson:
    """A person as they describe themselves, and as they would turn out to be."""

    facts: PersonFacts
    hidden: HiddenPerson


def draw_person(world: World, random: Random) -> DrawnPerson:
    """Return one person."""
    places = world.neighbourhoods
    place = random.choices(places, [each.people for each in places])[0]
    profiles = random.sample(tuple(PROFILES), random.choices(range(len(world.profiles)), world.profiles)[0])
    tongue = pick(random, place.tongues)
    hidden = _hidden(world, random, profiles, tongue)
    facts = PersonFacts(
        candidate_id=UUID(int=random.getrandbits(128), version=4),
        needs=_needs(random, profiles),
        languages=_told_levels(random, world, hidden.levels, tongue),
        times=_told_times(random, world, hidden.times),
        position=near(random, place) if random.random() < 0.95 else None,
        travel_minutes=_told_limit(random, world, hidden.travel_minutes),
        commitments=hidden.commitments if random.random() < world.tells else frozenset(),
        interests=_told_interests(random, world, hidden),
    )
    return DrawnPerson(facts, hidden)


def _hidden(world: World, random: Random, profiles: Sequence[str], tongue: str) -> HiddenPerson:
    affinity = {family: random.gauss(world.fond_of.get(family, 0.0), 0.9) for family in FAMILIES}
    drawn = {
        task: affinity[family] + random.gauss(0, 0.8) for family, tasks in FAMILIES.items() for task in tasks
    }
    skills = {task for task, value in drawn.items() if 0.5 * value + random.gauss(0, 1) > 0.9}
    wish = random.choices(range(len(STEPS)), (2, 4, 4, 3))[0]
    return HiddenPerson(
        liking={task: _share(1.4 * drawn[task] - 1.2) for task in TASKS},
        skills=frozenset(skills),
        causes=_causes(random, drawn),
        levels=_levels(world, random, profiles, tongue),
        times=_hours(random, world.at_work),
        travel_minutes=world.travel_minutes * random.lognormvariate(0, 0.35),
        commitments=frozenset({STEPS[wish], *_nearby(random, wish)}),
        taste=tuple(max(-1.0, min(1.0, random.gauss(0, 0.6))) for _ in ATMOSPHERE),
        shyness=random.betavariate(2, 2),
        evening_reluctance=random.betavariate(2, 2),
        patience_days=world.patience_days * random.lognormvariate(0, 0.5),
    )


def _share(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def _nearby(random: Random, wish: int) -> set[Commitment]:
    return {STEPS[each] for each in (wish - 1, wish + 1) if 0 <= each < len(STEPS) and random.random() < 0.35}


def _causes(random: Random, drawn: Mapping[str, float]) -> dict[str, float]:
    """Causes go a little with the work that is done for them."""
    found = {}
    for sector in SECTORS:
        works = [drawn[task] for trade in TRADES.values() if sector in trade.sectors for task in trade.tasks]
        found[sector] = _share(random.gauss(0, 1.2) + 0.5 * sum(works) / max(1, len(works)) - 0.5)
    return found


def _levels(world: World, random: Random, profiles: Sequence[str], tongue: str) -> dict[str, int]:
    levels = {}
    for code, share in world.office.items():
        levels[code] = random.choices((0, 1, 2, 3, 4), (1, 2, 3, 2 + share, 1 + 2 * share))[0]
    levels.setdefault("en", random.choices((0, 1, 2, 3, 4), (4, 3, 3, 2, 1))[0])
    if "speaks no Dutch yet" in profiles:
        levels["nl"] = random.choice((0, 0, 1))
    if "learns Dutch" in profiles:
        levels["nl"] = random.choice((1, 2))
    if "signs" in profiles:
        levels["vgt" if "nl" in world.office else "sfb"] = 4
    levels[tongue] = 4
    return levels


def _hours(random: Random, at_work: float) -> Availability:
    """At work: evenings and weekends. Else: some days, or school hours."""
    drawn = random.random()
    parts = tuple(PARTS.values())
    spans = []
    if drawn < at_work:
        spans = [Span(day, *parts[2]) for day in range(5) if random.random() < 0.5]
        spans += [Span(day, *random.choice(parts[:2])) for day in (5, 5, 6) if random.random() < 0.6]
    elif drawn < at_work + 0.15:
        spans = [Span(day, 9 * 60, 15 * 60) for day in (0, 1, 3, 4) if random.random() < 0.7]
    else:
        spans = [
            Span(day, *part)
            for day in range(7)
            for part in parts
            if random.random() < (0.15 if part is parts[2] or day > 4 else 0.5)
        ]
    return Availability(tuple(spans or [Span(2, *parts[1])]))


def _needs(random: Random, profiles: Sequence[str]) -> dict[str, Strength]:
    found: dict[str, Strength] = {}
    for profile in profiles:
        for code in PROFILES[profile]:
            if random.random() < NEEDED and found.get(code) is not Strength.MUST:
                found[code] = Strength.MUST if random.random() < MUST else Strength.NICE
    return found


def _told_levels(random: Random, world: World, levels: Mapping[str, int], tongue: str) -> dict[str, int]:
    return {
        code: level
        for code, level in levels.items()
        if code == tongue or random.random() < (1 + world.tells) / 2
    }


def _told_times(random: Random, world: World, times: Availability) -> Availability:
    if random.random() > world.tells:
        return Availability(flexible=True) if random.random() < 0.4 else Availability()
    return times


def _told_limit(random: Random, world: World, minutes: float) -> int | None:
    """What people say is round, and a little off."""
    if random.random() > world.tells:
        return None
    said = minutes * random.lognormvariate(0, 0.12)
    return min((10, 15, 20, 30, 45, 60, 90), key=lambda each: abs(each - said))


def _told_interests(random: Random, world: World, hidden: HiddenPerson) -> Interests:
    """The best liked tasks mostly; some that turn out wrong; some people know nothing yet."""
    if random.random() > 0.5 + world.tells / 2:
        return Interests()
    liked = sorted(hidden.liking, key=lambda task: -hidden.liking[task])[:7]
    want = {task for task in liked if hidden.liking[task] > 0.45 and random.random() < world.tells}
    want = {task if random.random() > MISTAKEN else random.choice(tuple(TASKS)) for task in sorted(want)}
    learn = {task for task in liked if task not in hidden.skills and random.random() < 0.25}
    can = {task for task in sorted(hidden.skills) if random.random() < 0.5 * world.tells}
    causes = sorted(hidden.causes, key=lambda sector: -hidden.causes[sector])[:3]
    return Interests(
        can=frozenset(can),
        want=frozenset(sorted(want - learn)[:5]),
        learn=frozenset(learn),
        sectors=frozenset(each for each in causes if random.random() < world.tells),
    )
