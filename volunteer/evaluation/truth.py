"""What would come of it if somebody went there: nothing, liking it, starting, or staying.

This judges the engine, so it is written from what people do and imports nothing of ``matching``. It looks
at how things really are, not at what was told; it works with thresholds, and terms spoil or save one
another, where the engine adds. Everything in it is invented: no figure here was measured on real people.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt

from volunteer.domain.access import OTHER_LANGUAGE, SIGN_LANGUAGE, Strength
from volunteer.domain.commitment import STEPS, Commitment
from volunteer.domain.interests import SECTORS, TASKS
from volunteer.domain.languages import LANGUAGES, SIGN_LANGUAGES
from volunteer.domain.matching_facts import PersonFacts
from volunteer.evaluation import reality
from volunteer.evaluation.hidden import HiddenPerson
from volunteer.evaluation.town import Town

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

LIKED, BEGUN, KEPT = 0.5, 0.5, 0.6
"""From these values on somebody likes the work, starts, and is still there after three months."""
NOISE = (0.06, 0.06, 0.08)
"""Standard deviation of what nobody could know, for each of the three."""
DULL_PART = 0.3
"""How much the less loved tasks of a role weigh against the best one."""
RESCUE = 0.4
"""A cause one believes in makes up for so much of dull work."""
SKILLED = frozenset({"t.accounts", "t.ict", "t.interpret", "t.first_aid", "t.drive", "t.repair", "t.perform"})
"""Work that nobody starts with who cannot do it, unless somebody shows how."""


class Outcome(IntEnum):
    """What came of it; also the grade of a suggestion in NDCG."""

    NOTHING = 0
    LIKED = 1
    STARTED = 2
    STAYED = 3


@dataclass(frozen=True)
class Truth:
    """The outcome of every pair of one town; ``seed`` draws what nobody could know."""

    town: Town
    seed: int = 0

    def outcomes(self, person: int) -> npt.NDArray[np.int8]:
        """Return the outcome with each role, shape (N,), for the person with this number."""
        noise = np.random.default_rng([self.town.world.seed, self.seed, person])
        found, _ = self._values(person, noise.normal(0, 1, (3, len(self._roles))))
        return found

    def expected(self, person: int) -> Numbers:
        """Return what one could know who looks into every heart: outcome without noise, then by how much.

        Shape (N,). It is no method, but the ceiling for all of them.
        """
        found, lasting = self._values(person, np.zeros((3, len(self._roles))))
        values: Numbers = found + lasting / 2
        return values

    def _values(self, person: int, noise: Numbers) -> tuple[npt.NDArray[np.int8], Numbers]:
        facts, hidden = self.town.city.people[person], self.town.hidden_people[person]
        enjoyed = self._enjoyed(hidden)
        ease = self._ease(facts, hidden)
        likes = self._possible(facts, hidden) & (enjoyed + NOISE[0] * noise[0] >= LIKED)
        starts = likes & (ease + NOISE[1] * noise[1] >= BEGUN)
        lasting = 0.45 * enjoyed + 0.3 * self._roles.warmth + 0.25 * ease
        stays = starts & (lasting + NOISE[2] * noise[2] >= KEPT)
        found = (likes.astype(np.int8) + starts + stays).astype(np.int8)
        return found, lasting

    @cached_property
    def _roles(self) -> reality.Roles:
        return reality.Roles.of(self.town)

    def _possible(self, facts: PersonFacts, hidden: HiddenPerson) -> Flags:
        """Nobody starts where a need is not met, a needed language is not spoken or nobody is there."""
        roles = self._roles
        musts = [code for code, strength in facts.needs.items() if strength is Strength.MUST]
        asked = [reality.FEATURE_AT[code] for code in musts if code in reality.FEATURE_AT]
        possible: Flags = roles.open & ~roles.refuses[:, asked].any(axis=1)
        levels = np.array([hidden.levels.get(code, 0) for code in LANGUAGES])
        possible &= (roles.needed <= levels).all(axis=1)
        signed = [code for code in SIGN_LANGUAGES if hidden.levels.get(code, 0) > 0]
        spoken = [code for code, level in hidden.levels.items() if level >= 3]
        if SIGN_LANGUAGE in musts:
            possible &= roles.team[:, reality.languages(signed)].any(axis=1)
        if OTHER_LANGUAGE in musts:
            possible &= roles.team[:, reality.languages(spoken)].any(axis=1)
        return possible

    def _enjoyed(self, hidden: HiddenPerson) -> Numbers:
        """The best task carries a role, the dull ones drag on it; a cause, a mood and words change it."""
        roles = self._roles
        liking = np.array([hidden.liking[code] for code in TASKS])
        liked = np.where(roles.tasks, liking, 0.0)
        average = liked.sum(axis=1) / np.maximum(1, roles.tasks.sum(axis=1))
        work = (1 - DULL_PART) * liked.max(axis=1) + DULL_PART * average
        causes = np.array([hidden.causes[code] for code in SECTORS])
        cause = np.where(roles.sectors, causes, 0.0).max(axis=1)
        enjoyed = 1 - (1 - work) * (1 - RESCUE * cause)
        mood = roles.atmosphere @ np.array(hidden.taste) / roles.atmosphere.shape[1]
        silenced = hidden.shyness * (1 - self._comfort(hidden)) * np.where(roles.talkative, 0.9, 0.25)
        found: Numbers = enjoyed * np.clip(1 + mood, 0.5, 1.4) * (1 - silenced)
        return found

    def _comfort(self, hidden: HiddenPerson) -> Numbers:
        """0 to 1: how easily one talks with this team; a little will do where they help learners."""
        roles = self._roles
        levels = np.array([hidden.levels.get(code, 0) for code in LANGUAGES]) / 4
        comfort = np.where(roles.team, levels, 0.0).max(axis=1)
        helped = roles.practises & (comfort > 0)
        found: Numbers = np.where(helped, np.maximum(comfort, 0.75), comfort)
        return found

    def _ease(self, facts: PersonFacts, hidden: HiddenPerson) -> Numbers:
        """0 to 1: how easy starting is; the factors multiply, so that one bad one spoils it."""
        roles = self._roles
        minutes = roles.minutes_from(facts.position)
        shared, by_day = roles.shared_minutes(hidden.times)
        ease = _within(minutes, hidden.travel_minutes)
        ease *= np.interp(shared, [30, 60, 120], [0.0, 0.6, 1.0])
        late_and_far = ~by_day & (minutes > 25)
        ease *= np.where(late_and_far, 1 - 0.8 * hidden.evening_reluctance, 1.0)
        ease *= np.array([_commits(step, hidden.commitments) for step in STEPS])[roles.commitments]
        ease *= np.where(roles.answer_days > 2 * hidden.patience_days, 0.6, 1.0)
        skilled = roles.tasks & np.array([code in SKILLED for code in TASKS])
        lacking = skilled & np.array([code not in hidden.skills for code in TASKS])
        ease *= np.where(lacking.any(axis=1) & ~roles.shows, 0.55, 1.0)
        nice = [code for code, strength in facts.needs.items() if strength is Strength.NICE]
        unmet = roles.refuses[:, [reality.FEATURE_AT[code] for code in nice if code in reality.FEATURE_AT]]
        ease *= 0.92 ** unmet.sum(axis=1)
        return ease


def _within(minutes: Numbers, limit: float) -> Numbers:
    """Up to half of one's limit it is nothing, up to the limit a little, and soon after it is over."""
    found: Numbers = np.interp(minutes / limit, [0.5, 1.0, 1.2], [1.0, 0.8, 0.0])
    return found


def _commits(asked: Commitment, wished: Iterable[Commitment]) -> float:
    """Asking more than somebody wants frightens off; asking less disappoints a little."""
    steps = [STEPS.index(asked) - STEPS.index(each) for each in wished]
    values = {0: 1.0, 1: 0.6, 2: 0.15, 3: 0.0, -1: 0.9, -2: 0.7, -3: 0.5}
    return max(values[each] for each in steps)
