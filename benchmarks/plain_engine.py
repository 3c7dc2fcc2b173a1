"""The whole work of the engine for one person in plain Python, role by role: a yardstick for its speed.

The same rules, the same eight terms, the same seats, and the same detail for the explanation. A test compares
what comes out with what the engine shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from volunteer.domain.access import OTHER_LANGUAGE, SIGN_LANGUAGE, Answer, NeedState, Strength, need_state
from volunteer.domain.availability import DatedSpan, Span
from volunteer.domain.commitment import closeness
from volunteer.domain.languages import COMFORTABLE_LEVEL, HIGHEST_LEVEL, SIGN_LANGUAGES
from volunteer.domain.matching_facts import PersonFacts, RoleFacts
from volunteer.domain.places import distance_km
from volunteer.matching import scoring
from volunteer.matching.closing import closed_answers
from volunteer.matching.hours import USUAL_TURN
from volunteer.matching.period import bounds, has_stated_hours, last_day, limiting_dates, limiting_spans
from volunteer.matching.scoring import HAND_WEIGHTS, SILENT
from volunteer.matching.suggesting import MOST_OF_ONE_ORGANISATION, PLACES_SHOWN, SURE_SEATS
from volunteer.matching.travel import estimated_minutes


@dataclass(frozen=True, slots=True)
class PlainRole:
    """A role with everything that is the same for everybody worked out before."""

    facts: RoleFacts
    answers: Mapping[str, Answer]
    is_available: bool
    spans: Sequence[Span]
    dates: Sequence[DatedSpan]
    period: tuple[int, int]
    timed: bool

    @classmethod
    def of(cls, facts: RoleFacts, today: date) -> PlainRole:
        """Work them out, as a snapshot does."""
        has_place = facts.wanted is None or facts.taken < facts.wanted
        return cls(
            facts=facts,
            answers=closed_answers(facts),
            is_available=facts.is_open and has_place and last_day(facts) >= today.toordinal(),
            spans=limiting_spans(facts, today),
            dates=limiting_dates(facts, today),
            period=bounds(facts),
            timed=has_stated_hours(facts),
        )


@dataclass(slots=True)
class PlainMatch:
    """One role as it would be shown, with what its explanation needs."""

    role: PlainRole
    tier: str
    score: float
    values: Mapping[str, float]
    parts: Mapping[str, float]
    states: Mapping[str, NeedState]
    language_questions: tuple[str, ...]
    suits: bool
    nice_met: int
    key: tuple[float, int, bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.key = (-round(self.score, 9), -self.nice_met, self.role.facts.opportunity_id.bytes)


def suggest(
    roles: Iterable[PlainRole], person: PersonFacts, today: date, limit: int = PLACES_SHOWN
) -> list[PlainMatch]:
    """Return the best roles; without the seat that is drawn by lot, as if nothing was shown before."""
    person = replace(person, times=person.times.since(today))
    found = [match for role in roles if (match := _match(role, person, today)) is not None]
    found.sort(key=lambda match: match.key)
    chosen = fill(found, limit)
    return sorted(chosen, key=lambda match: (match.tier == "C", match.key[0]))


def fill(found: Sequence[PlainMatch], limit: int) -> list[PlainMatch]:
    """Give out the seats, turn by turn; ``found`` is in order, best first."""
    chosen: list[PlainMatch] = []
    seen: Counter[UUID] = Counter()
    for wanted, up_to in _turns(limit):
        pool = (match for match in found if wanted(match) and not any(match is each for each in chosen))
        picked, passed_over = _pick(pool, up_to - len(chosen), seen)
        picked += passed_over[: max(0, up_to - len(chosen) - len(picked))]
        seen.update(match.role.facts.organisation_id for match in picked)
        chosen += picked
    return chosen


def _turns(limit: int) -> Iterator[tuple[Callable[[PlainMatch], bool], int]]:
    yield lambda match: match.tier != "C" and match.suits, limit
    yield lambda match: match.tier != "C", min(SURE_SEATS, limit)
    yield lambda match: match.tier == "C" and match.suits, limit
    yield lambda match: match.tier != "C", limit
    yield lambda match: match.tier == "C", limit


def _pick(
    pool: Iterator[PlainMatch], wanted: int, before: Counter[UUID]
) -> tuple[list[PlainMatch], list[PlainMatch]]:
    picked: list[PlainMatch] = []
    passed_over: list[PlainMatch] = []
    seen = before.copy()
    while len(picked) < wanted and (match := next(pool, None)) is not None:
        organisation = match.role.facts.organisation_id
        if seen[organisation] >= MOST_OF_ONE_ORGANISATION:
            passed_over.append(match)
        else:
            seen[organisation] += 1
            picked.append(match)
    return picked, passed_over


def _match(role: PlainRole, person: PersonFacts, today: date) -> PlainMatch | None:
    if not role.is_available or role.facts.opportunity_id in person.refused:
        return None
    states = {
        code: need_state(strength, _answer(role, person, code)) for code, strength in person.needs.items()
    }
    if NeedState.OUT in states.values():
        return None
    for code, level in role.facts.languages_needed.items():
        if person.languages.get(code, HIGHEST_LEVEL) < level:
            return None
    turn = best_turn(role, person, today)
    if turn == 0:
        return None
    return _scored(role, person, states, turn)


def _scored(role: PlainRole, person: PersonFacts, states: Mapping[str, NeedState], turn: float) -> PlainMatch:
    musts = [state for code, state in states.items() if person.needs[code] is Strength.MUST]
    arranged, asked = musts.count(NeedState.ARRANGE), musts.count(NeedState.ASK)
    needed = role.facts.languages_needed.items()
    untold = tuple(code for code, level in needed if level > 0 and code not in person.languages)
    minutes = _minutes(role.facts, person)
    values = dict(_values(role, person, turn, minutes, arranged + asked))
    weighing = {term: HAND_WEIGHTS.by_term[term] for term in values}
    whole = sum(weighing.values())
    parts = {term: values[term] * weighing[term] / whole for term in values}
    met = (NeedState.FITS, NeedState.ARRANGE)
    return PlainMatch(
        role=role,
        tier="C" if asked or untold else "B" if arranged else "A",
        score=sum(parts.values()),
        values=values,
        parts=parts,
        states=states,
        language_questions=untold,
        suits=_suits(role.facts, person, minutes),
        nice_met=sum(state in met for code, state in states.items() if person.needs[code] is Strength.NICE),
    )


def _answer(role: PlainRole, person: PersonFacts, code: str) -> Answer | None:
    team = role.facts.languages_spoken
    if code == OTHER_LANGUAGE:
        own = own_languages(person)
        return None if not own or not team else Answer.YES if own & team else Answer.NO
    if code == SIGN_LANGUAGE:
        signed = {each for each in SIGN_LANGUAGES if person.languages.get(each, 0) > 0}
        if signed & team:
            return Answer.YES
        return Answer.NO if team and not (signed or SIGN_LANGUAGES) & team else None
    return role.answers.get(code)


def own_languages(person: PersonFacts) -> set[str]:
    """What someone speaks well; where nothing is well, what they speak best."""
    threshold = min(max(person.languages.values(), default=0), COMFORTABLE_LEVEL)
    return {code for code, level in person.languages.items() if 0 < threshold <= level}


def best_turn(role: PlainRole, person: PersonFacts, today: date) -> float:
    """Return which part of a usual turn someone can do in the stretch that suits them best; 0 is never."""
    times = person.times
    to_come = [span.on for span in times.dates if span.on >= today]
    if times.flexible or not (times.spans or to_come):
        return 1.0
    at_any_time = not role.spans and not role.dates
    best = 0.0
    if times.spans:
        best = 1.0 if at_any_time else _best(role.spans, times.spans)
    for day in to_come:
        if role.period[0] <= day.toordinal() <= role.period[1]:
            best = max(best, 1.0 if at_any_time else _best(role.spans, times.on(day)))
    for on, start, end in role.dates:
        best = max(best, _best([Span(on.weekday(), start, end)], times.on(on)))
    return 1.0 if role.facts.times.flexible and best else best


def _best(spans: Sequence[Span], free: Sequence[Span]) -> float:
    best = 0.0
    for day, start, end in spans:
        shared = sum(
            max(0, min(end, other.end) - max(start, other.start)) for other in free if other.day == day
        )
        best = max(best, min(1.0, shared / min(end - start, USUAL_TURN)))
    return best


def _values(
    role: PlainRole, person: PersonFacts, turn: float, minutes: float | None, arranged: int
) -> Iterator[tuple[str, float]]:
    facts, interests = role.facts, person.interests
    if interests.tasks or person.unwanted_tasks:
        yield scoring.TASKS, _task_value(facts, person)
    if interests.sectors:
        yield (
            scoring.SECTORS,
            float(not interests.sectors.isdisjoint(facts.sectors)) if facts.sectors else SILENT,
        )
    if person.times.is_known:
        yield scoring.TIMES, turn if role.timed or facts.times.flexible else SILENT
    if person.position is not None:
        yield scoring.TRAVEL, _travel_value(person, minutes)
    if person.languages:
        shared = [level for code, level in person.languages.items() if code in facts.languages_spoken]
        yield scoring.LANGUAGE, max(shared) / HIGHEST_LEVEL if shared else SILENT
    if person.commitments:
        yield (
            scoring.COMMITMENT,
            closeness(facts.commitment, person.commitments) if facts.commitment else SILENT,
        )
    yield scoring.ARRANGEMENT, 1 / (1 + arranged)
    days = facts.answer_days
    slow, prompt = scoring.SLOW_DAYS, scoring.PROMPT_DAYS
    yield scoring.ANSWER_TIME, SILENT if days is None else min(1.0, max(0.0, (slow - days) / (slow - prompt)))


def _task_value(facts: RoleFacts, person: PersonFacts) -> float:
    interests = person.interests
    if not facts.tasks:
        return SILENT
    if not facts.tasks.isdisjoint(interests.want):
        return 1.0
    if not facts.tasks.isdisjoint(interests.learn):
        return scoring.LEARNING_VALUE
    if not facts.tasks.isdisjoint(interests.can):
        return scoring.ABILITY_VALUE
    return 0.0 if interests.tasks or not facts.tasks.isdisjoint(person.unwanted_tasks) else SILENT


def _minutes(facts: RoleFacts, person: PersonFacts) -> float | None:
    if facts.is_remote:
        return 0.0
    if person.position is None or facts.position is None:
        return None
    return estimated_minutes(distance_km(person.position, facts.position))


def _travel_value(person: PersonFacts, minutes: float | None) -> float:
    if minutes is None:
        return SILENT
    most = max(person.travel_minutes or scoring.USUAL_LIMIT_MINUTES, scoring.CLOSE_BY_MINUTES + 1)
    return min(1.0, max(0.0, (most - minutes) / (most - scoring.CLOSE_BY_MINUTES)))


def _suits(facts: RoleFacts, person: PersonFacts, minutes: float | None) -> bool:
    if person.position is not None and person.travel_minutes and (minutes or 0) > person.travel_minutes:
        return False
    tasks, sectors = person.interests.tasks, person.interests.sectors
    if facts.tasks.isdisjoint(tasks) and not facts.tasks.isdisjoint(person.unwanted_tasks):
        return False
    if not tasks and not sectors:
        return True
    return not tasks.isdisjoint(facts.tasks) or not sectors.isdisjoint(facts.sectors)
