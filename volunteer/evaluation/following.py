"""Is an offer that was brought up to date, change by change, the same as one built afresh?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from uuid import UUID

from volunteer.domain.access import ASKED_OF_ORGANISATIONS, Answer
from volunteer.domain.matching_facts import RoleFacts
from volunteer.evaluation.town import Town
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.suggesting import suggest

ASKED = 3
"""So many people are shown a list from both, after each round of changes."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of comparing, after each round of changes."""

    rounds: int
    changes: int
    offers_that_differ: int
    lists: int
    lists_that_differ: int


@dataclass(frozen=True, slots=True)
class _Round:
    changed: tuple[RoleFacts, ...]
    removed: tuple[UUID, ...]


def compare(town: Town, *, rounds: int, seed: int = 0) -> Comparison:
    """Change roles at random, follow each round, build afresh each time, and compare both."""
    random = Random(f"{town.world.seed} {seed} changes")
    roles = {role.opportunity_id: role for role in town.city.roles}
    followed = Snapshot.build(roles.values(), "0", today=town.city.today)
    offers = lists = unlike = 0
    changes = 0
    for number in range(1, rounds + 1):
        turn = _round(random, roles, town.city.roles)
        for _ in range(random.choice((1, 1, 2))):  # the same news may come twice
            followed = followed.changed(
                changed=turn.changed, removed=turn.removed, version=f"followed {number}"
            )
        roles.update({role.opportunity_id: role for role in turn.changed})
        for gone in turn.removed:
            roles.pop(gone, None)
        changes += len(turn.changed) + len(turn.removed)
        afresh = Snapshot.build(roles.values(), f"afresh {number}", today=town.city.today)
        offers += not followed.has_same_content(afresh)
        for person in random.sample(town.city.people, min(ASKED, len(town.city.people))):
            lists += 1
            unlike += suggest(followed, person) != suggest(afresh, person)
    return Comparison(rounds, changes, offers, lists, unlike)


def _round(random: Random, roles: dict[UUID, RoleFacts], once: tuple[RoleFacts, ...]) -> _Round:
    """One to five changes; roles that were removed may come back."""
    chosen = {role.opportunity_id: role for role in random.sample(once, min(len(once), random.randint(1, 5)))}
    removed = tuple(each for each in chosen if random.random() < 0.15)
    changed = tuple(
        _changed(random, roles.get(each, role), random.choice(once))
        for each, role in chosen.items()
        if each not in removed
    )
    return _Round(changed, removed)


def _changed(random: Random, role: RoleFacts, like: RoleFacts) -> RoleFacts:
    """One thing becomes as it is in another role, or one answer is given, changed or withdrawn."""
    return random.choice(tuple(_possible_changes(random, role, like)))


def _possible_changes(random: Random, role: RoleFacts, like: RoleFacts) -> Iterator[RoleFacts]:
    code = random.choice(ASKED_OF_ORGANISATIONS)
    others = {each: answer for each, answer in role.answers.items() if each != code}
    yield replace(role, answers={**others, code: random.choice(tuple(Answer))})
    yield replace(role, answers=others)
    yield replace(role, times=like.times, starts_on=like.starts_on, ends_on=like.ends_on)
    yield replace(role, languages_needed=like.languages_needed, languages_spoken=like.languages_spoken)
    yield replace(role, position=like.position, is_remote=like.is_remote)
    yield replace(role, tasks=like.tasks, sectors=like.sectors, commitment=like.commitment)
    yield replace(role, is_open=not role.is_open)
    yield replace(role, wanted=like.wanted, taken=like.taken, answer_days=like.answer_days)
