"""An invented town as columns, one row a role, as it really is; for the truth alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from volunteer.domain.access import ABOUT_THE_VENUE, ASKED_OF_ORGANISATIONS, NO_PAPERS_ASKED, Answer
from volunteer.domain.availability import Availability
from volunteer.domain.commitment import STEPS
from volunteer.domain.interests import SECTORS, TASKS
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.matching_facts import RoleFacts
from volunteer.evaluation.hidden import HiddenRole
from volunteer.evaluation.town import Town

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FEATURE_AT = {code: number for number, code in enumerate(ASKED_OF_ORGANISATIONS)}
"""Column of each access feature; what follows from languages has none."""
STEP = 15
"""Minutes; hours are counted in quarters."""
_QUARTERS = 24 * 60 // STEP
_DUSK = 17 * 60 // STEP
UNKNOWN_PLACE = 25.0
"""Minutes to a place of which the position is not known."""
TALKATIVE = frozenset(
    f"t.{each}"
    for each in (
        *("welcome", "company", "listen", "buddy", "accompany", "read_aloud", "paper_help", "interpret"),
        *("talk_table", "inform", "homework", "teach", "guide"),
    )
)
"""Work that is done with words."""


@dataclass(frozen=True)
class Roles:
    """Columns of N roles."""

    open: Flags
    tasks: Flags
    """(N, tasks)"""
    sectors: Flags
    """(N, sectors)"""
    refuses: Flags
    """(N, features): the answer is really no."""
    team: Flags
    """(N, languages): what the team really speaks."""
    needed: npt.NDArray[np.int8]
    """(N, languages): the lowest level that will do."""
    quarters: Flags
    """(N, 7 * 96): quarters of an hour of a week in which the work is."""
    positions: Numbers
    """(N, 2): degrees; NaN where unknown."""
    remote: Flags
    commitments: npt.NDArray[np.intp]
    atmosphere: Numbers
    """(N, moods)"""
    warmth: Numbers
    answer_days: Numbers
    talkative: Flags
    practises: Flags
    shows: Flags

    @classmethod
    def of(cls, town: Town) -> Self:
        """Return the columns of a town, in the order of its roles."""
        told, real = town.city.roles, town.hidden_roles
        return cls(
            open=np.array([_is_open(town, role) for role in told]),
            tasks=np.array([[code in role.tasks for code in TASKS] for role in told]),
            sectors=np.array([[code in role.sectors for code in SECTORS] for role in told]),
            refuses=np.array([_refused(*pair) for pair in zip(told, real, strict=True)]),
            team=np.array([[code in role.languages for code in LANGUAGES] for role in real]),
            needed=np.array(
                [[role.languages_needed.get(code, 0) for code in LANGUAGES] for role in told], np.int8
            ),
            quarters=np.array([_quarters(role.times) for role in real]),
            positions=np.array([role.position or (np.nan, np.nan) for role in told]),
            remote=np.array([role.is_remote for role in told]),
            commitments=np.array([STEPS.index(role.commitment) for role in real]),
            atmosphere=np.array([role.atmosphere for role in real]),
            warmth=np.array([role.warmth for role in real]),
            answer_days=np.array([role.answer_days for role in real]),
            talkative=np.array([bool(TALKATIVE & role.tasks) for role in told]),
            practises=np.array([role.answers["ic.practise_dutch"] is Answer.YES for role in real]),
            shows=np.array([role.answers["ic.show_by_doing"] is Answer.YES for role in real]),
        )

    def __len__(self) -> int:
        return len(self.open)

    def minutes_from(self, position: tuple[float, float] | None) -> Numbers:
        """Return minutes door to door, shape (N,): walking when near, else waiting, riding and changing."""
        if position is None:
            return np.where(self.remote, 0.0, UNKNOWN_PLACE)
        north = (self.positions[:, 0] - position[0]) * 111.2
        east = (self.positions[:, 1] - position[1]) * 111.2 * np.cos(np.radians(position[0]))
        kilometres = 1.3 * np.hypot(north, east)  # streets are no straight lines
        walking, riding = 12.5 * kilometres, 11 + 3.4 * kilometres + 4 * (kilometres > 5)
        minutes = np.where(np.isnan(kilometres), UNKNOWN_PLACE, np.minimum(walking, riding))
        return np.where(self.remote, 0.0, minutes)

    def shared_minutes(self, times: Availability) -> tuple[Numbers, Flags]:
        """Return minutes on the best common day, and whether any common time is before five; shape (N,)."""
        shared = (self.quarters & _quarters(times)).reshape(len(self), 7, _QUARTERS)
        by_day: Flags = np.asarray(shared[:, :, :_DUSK].any(axis=(1, 2)))
        minutes: Numbers = shared.sum(axis=2).max(axis=1) * float(STEP)
        return minutes, by_day


def languages(codes: Iterable[str]) -> list[int]:
    """Return the columns of these languages."""
    order = tuple(LANGUAGES)
    return [order.index(code) for code in codes]


def _is_open(town: Town, role: RoleFacts) -> bool:
    full = role.wanted is not None and role.taken >= role.wanted
    return role.is_open and not full and (role.ends_on is None or role.ends_on >= town.city.today)


def _refused(told: RoleFacts, real: HiddenRole) -> list[bool]:
    """At home no building stands in the way; the law's extract cannot be left out."""
    found = []
    for code in ASKED_OF_ORGANISATIONS:
        from_home = told.is_remote and code in ABOUT_THE_VENUE
        law = code == NO_PAPERS_ASKED and told.extract_required
        found.append(law or (real.answers[code] is Answer.NO and not from_home))
    return found


def _quarters(times: Availability) -> Flags:
    week = np.zeros(7 * _QUARTERS, dtype=np.bool_)
    for day, start, end in times.spans:
        week[day * _QUARTERS + start // STEP : day * _QUARTERS + end // STEP] = True
    return week
