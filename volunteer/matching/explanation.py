"""Why a role is shown: the terms of the score and every need, as facts that can be said in any language.

A reason holds codes and numbers only, so it can be stored and said later in another language
(``sentences``). What is said is recomputed from the facts of the shown role.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from volunteer.domain.access import NeedState, Strength
from volunteer.domain.commitment import closeness
from volunteer.domain.interests import SECTORS, TASKS
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.matching_facts import PersonFacts, RoleFacts
from volunteer.domain.places import distance_km
from volunteer.matching import scoring
from volunteer.matching.moments import best_moment
from volunteer.matching.suggesting import Match
from volunteer.matching.travel import limit_is_exceeded

IN_FAVOUR_SHOWN = 2
SIMPLE_CONVERSATION = 2
FAR_KM = 8.0
FAR_MINUTES = 60
"""From here on the way is said to be far, unless the person told how far they will go."""
SAID_PROMPT_DAYS, SAID_SLOW_DAYS = 3, 10
"""An organisation that answers within the first is praised for it; a second or more is worth knowing."""
SMALL_PART = 0.5
"""Being free for less than this part of a turn is said as something against."""


class ReasonKind(StrEnum):
    """Where a reason stands: it fits, it is arranged, it is asked first, or it speaks against."""

    FITS = "fits"
    ARRANGE = "arrange"
    ASK = "ask"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; ``about`` says which sentence it is, ``values`` what varies in it (codes and numbers)."""

    kind: ReasonKind
    about: str
    values: Mapping[str, str | int] = field(default_factory=dict)


def explain(match: Match, person: PersonFacts, role: RoleFacts, today: date) -> tuple[Reason, ...]:
    """Return the two largest reasons in favour, every need with its state, and whatever speaks against.

    The match may be older than the facts: a need the person has dropped since is left out.
    """
    by_term = {term: reason for term, reason in _terms(match, person, role, today) if reason is not None}
    favourable = sorted(
        (term for term, reason in by_term.items() if reason.kind is ReasonKind.FITS),
        key=lambda term: -match.parts.get(term, 0.0),
    )
    against = [reason for reason in by_term.values() if reason.kind is ReasonKind.AGAINST]
    return (
        *(by_term[term] for term in favourable[:IN_FAVOUR_SHOWN]),
        *_needs(match, person),
        *(
            Reason(
                ReasonKind.AGAINST,
                "language_level",
                {"language": code, "level": role.languages_needed.get(code, 1)},
            )
            for code in match.language_questions
        ),
        *against,
        *([Reason(ReasonKind.AGAINST, "explored")] if match.explored else ()),
    )


_KINDS = {
    NeedState.FITS: ReasonKind.FITS,
    NeedState.ARRANGE: ReasonKind.ARRANGE,
    NeedState.ASK: ReasonKind.ASK,
    NeedState.MISSING: ReasonKind.AGAINST,
    NeedState.OUT: ReasonKind.AGAINST,
}


def _needs(match: Match, person: PersonFacts) -> Iterator[Reason]:
    for strength in (Strength.MUST, Strength.NICE):
        for code, state in match.needs.items():
            if person.needs.get(code) is not strength:
                continue
            if state is NeedState.ASK and code not in match.questions:
                # Nobody is going to ask the organisation about this one.
                yield Reason(ReasonKind.AGAINST, "need_unknown", {"need": code, "strength": strength.value})
            else:
                yield Reason(_KINDS[state], "need", {"need": code, "strength": strength.value})


def _terms(
    match: Match, person: PersonFacts, role: RoleFacts, today: date
) -> Iterator[tuple[str, Reason | None]]:
    tasks = _tasks(person, role)
    yield scoring.TASKS, tasks
    sectors = _sectors(person, role)
    # Saying both "other work" and "another field" would sound like a reproach.
    is_said_already = tasks is not None and tasks.kind is ReasonKind.AGAINST
    if sectors is None or sectors.kind is ReasonKind.FITS or not is_said_already:
        yield scoring.SECTORS, sectors
    yield scoring.TIMES, _times(person, role, today)
    yield scoring.TRAVEL, _travel(match, person, role)
    yield scoring.LANGUAGE, _language(person, role)
    yield scoring.COMMITMENT, _commitment(person, role)
    yield scoring.ANSWER_TIME, _answer_time(role)


def _tasks(person: PersonFacts, role: RoleFacts) -> Reason | None:
    interests = person.interests
    if not role.tasks:
        return None
    for about, chosen in (
        ("task_wanted", interests.want),
        ("task_to_learn", interests.learn),
        ("task_able", interests.can),
    ):
        for code in TASKS:
            if code in chosen and code in role.tasks:
                return Reason(ReasonKind.FITS, about, {"task": code})
    for code in TASKS:
        if code in person.unwanted_tasks and code in role.tasks:
            return Reason(ReasonKind.AGAINST, "task_unwanted", {"task": code})
    return Reason(ReasonKind.AGAINST, "task_other") if interests.tasks else None


def _sectors(person: PersonFacts, role: RoleFacts) -> Reason | None:
    if not person.interests.sectors or not role.sectors:
        return None
    for code in SECTORS:
        if code in person.interests.sectors and code in role.sectors:
            return Reason(ReasonKind.FITS, "sector", {"sector": code})
    return Reason(ReasonKind.AGAINST, "sector_other")


def _times(person: PersonFacts, role: RoleFacts, today: date) -> Reason | None:
    free = person.times.since(today)
    if not free.is_known or not role.times.is_known:
        return None
    if role.times.flexible:
        return Reason(ReasonKind.FITS, "hours_together")
    if free.flexible:
        return Reason(ReasonKind.FITS, "person_flexible")
    moment = best_moment(free, role, today)
    if moment is None:
        return None
    day = moment.day.isoformat() if isinstance(moment.day, date) else moment.day
    values = {"day": day, "start": moment.start, "end": moment.end}
    if moment.turn < SMALL_PART:
        return Reason(ReasonKind.AGAINST, "free_partly", values)
    return Reason(ReasonKind.FITS, "free", values)


def _travel(match: Match, person: PersonFacts, role: RoleFacts) -> Reason | None:
    if role.is_remote:
        return Reason(ReasonKind.FITS, "from_home")
    kilometres = distance_km(person.position, role.position) if person.position and role.position else None
    minutes, most = match.travel_minutes, person.travel_minutes
    way = _way(minutes, kilometres)
    if way is None:
        return None
    about, values = way
    if about != "very_near" and limit_is_exceeded(most, minutes, kilometres):
        return Reason(ReasonKind.AGAINST, f"{about}_too_far", values)
    is_far = (kilometres or 0) >= FAR_KM if minutes is None else minutes >= FAR_MINUTES
    if is_far and most is None:
        return Reason(ReasonKind.AGAINST, f"{about}_far", values)
    return Reason(ReasonKind.FITS, about, values)


def _way(minutes: float | None, kilometres: float | None) -> tuple[str, dict[str, str | int]] | None:
    """Return how the way is said: in minutes where a table has them, else in kilometres."""
    if minutes is not None:
        return "minutes", {"minutes": round(minutes)}
    if kilometres is None:
        return None
    return ("very_near", {}) if kilometres < 1 else ("near", {"kilometres": round(kilometres)})


def _language(person: PersonFacts, role: RoleFacts) -> Reason | None:
    shared = [code for code in LANGUAGES if code in role.languages_spoken and code in person.languages]
    if not shared:
        return None
    best = max(shared, key=lambda code: person.languages[code])
    level = person.languages[best]
    if level >= SIMPLE_CONVERSATION:
        return Reason(ReasonKind.FITS, "language_shared", {"language": best})
    if level > 0:
        return Reason(ReasonKind.AGAINST, "language_little", {"language": best})
    return Reason(ReasonKind.AGAINST, "language_none", {"language": best})


def _commitment(person: PersonFacts, role: RoleFacts) -> Reason | None:
    if role.commitment is None or not person.commitments:
        return None
    close = closeness(role.commitment, person.commitments)
    if close == 1:
        return Reason(ReasonKind.FITS, f"commitment_{role.commitment}")
    return None if close else Reason(ReasonKind.AGAINST, f"commitment_{role.commitment}_only")


def _answer_time(role: RoleFacts) -> Reason | None:
    if role.answer_days is None or SAID_PROMPT_DAYS < role.answer_days < SAID_SLOW_DAYS:
        return None
    if role.answer_days <= 1:
        return Reason(ReasonKind.FITS, "answers_next_day")
    days = {"days": math.ceil(role.answer_days)}
    if role.answer_days <= SAID_PROMPT_DAYS:
        return Reason(ReasonKind.FITS, "answers_soon", days)
    return Reason(ReasonKind.AGAINST, "answers_late", days)
