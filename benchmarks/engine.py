"""The engine beside plain Python, SQL, and merely adding up the numbers it looks at.

All sides do the same whole work: the filter, eight terms, the best eight with what their explanation needs.
Tests compare what comes out. Times are medians of turns taken one after the other: a noisy moment hits both.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import partial
from itertools import islice
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
import psutil
from sqlalchemy import create_engine

from benchmarks import plain_engine
from benchmarks.plain_engine import PlainRole
from benchmarks.report import Row, row
from benchmarks.sql_engine import SqlEngine
from tests.servers.postgresql import PostgreSQL
from volunteer.domain.availability import Availability
from volunteer.domain.matching_facts import PersonFacts
from volunteer.domain.places import MUNICIPALITIES
from volunteer.evaluation.city import City, build
from volunteer.matching.people import Person
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.suggesting import suggest

ROLES, PEOPLE = 10_000, 50_000
ASKED = 60
"""People whose searches are timed one by one."""
AT_A_TURN = 10
DIFFERENT = 2_000
"""So many different people are invented; everybody is these, over and over, each time somebody else."""
MEBIBYTE = 1024 * 1024

Search = Callable[[PersonFacts], object]


def measure() -> list[Row]:
    """Everything about one person and everybody; about three minutes."""
    city = at_home(build(roles=ROLES, people=DIFFERENT, seed=3))
    snapshot = Snapshot.build(city.roles, "bench", today=city.today)
    plain = [PlainRole.of(role, city.today) for role in city.roles]
    asked = [with_weekly_hours(person) for person in city.people[:ASKED]]
    return [
        _against_python(snapshot, plain, asked),
        *_against_sql(snapshot, plain, asked),
        _against_adding_up(snapshot, asked),
        *_everybody(snapshot, city.people),
    ]


def at_home(city: City) -> City:
    """The same city, its people placed as the service places them: at the centre of where they live."""
    centres = [municipality.position for municipality in MUNICIPALITIES.values()]
    placed = (
        replace(person, position=centres[number % len(centres)] if person.position else None)
        for number, person in enumerate(city.people)
    )
    return replace(city, people=tuple(placed))


def with_weekly_hours(person: PersonFacts) -> PersonFacts:
    """The same person without single dates, which the SQL query leaves out."""
    return replace(person, times=Availability(person.times.spans, flexible=person.times.flexible))


def columns_of(value: object) -> Iterator[npt.NDArray[np.generic]]:
    """Every array a snapshot consists of; the travel table, which is no role's, apart."""
    if isinstance(value, np.ndarray):
        yield value
    elif is_dataclass(value):
        for each in fields(value):
            if each.name != "travel":
                yield from columns_of(getattr(value, each.name))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _side_by_side(ours: Search, theirs: Search, people: Sequence[PersonFacts]) -> tuple[float, float]:
    """Median seconds of both: a few people on one side, then the same on the other.

    Each turn begins with searches that are not timed: in a service that runs, neither side starts cold.
    """
    times: list[tuple[float, float]] = []
    for start in range(0, len(people), AT_A_TURN):
        some = people[start : start + AT_A_TURN]
        times += zip(_turn(ours, some), _turn(theirs, some), strict=True)
    return median(first for first, _ in times), median(second for _, second in times)


def _turn(search: Search, people: Sequence[PersonFacts]) -> list[float]:
    for person in people:
        search(person)
    return [_seconds(partial(search, person)) for person in people]


def _searches(name: str, seconds: float, baseline: str, their_seconds: float) -> Row:
    return row(name, 1 / seconds, "searches/s", baseline=baseline, baseline_value=1 / their_seconds)


def _against_python(snapshot: Snapshot, plain: list[PlainRole], people: Sequence[PersonFacts]) -> Row:
    times = _side_by_side(
        lambda person: suggest(snapshot, person),
        lambda person: plain_engine.suggest(plain, person, snapshot.today),
        people,
    )
    return _searches(f"one person x {ROLES:,} roles", times[0], "plain Python", times[1])


def _against_sql(snapshot: Snapshot, plain: list[PlainRole], people: Sequence[PersonFacts]) -> Iterator[Row]:
    with TemporaryDirectory(prefix="schakel-bench-") as folder, PostgreSQL() as server:
        for name, url in (
            ("SQLite", f"sqlite:///{folder}/roles.sqlite"),
            ("PostgreSQL", server.create_database("bench")),
        ):
            engine = create_engine(url)
            sql = SqlEngine.filled(engine, plain)
            times = _side_by_side(
                lambda person: suggest(snapshot, person),
                partial(_asked_in_sql, sql),
                people,
            )
            yield _searches(f"one person x {ROLES:,} roles", times[0], f"one query, {name}", times[1])
            sql.connection.close()
            engine.dispose()


def _asked_in_sql(sql: SqlEngine, person: PersonFacts) -> object:
    return sql.suggest(Person.of(person))


def _against_adding_up(snapshot: Snapshot, people: Sequence[PersonFacts]) -> Row:
    columns = list(columns_of(snapshot))
    ours, theirs = _side_by_side(
        lambda person: suggest(snapshot, person), lambda _: _add_up(columns), [*people] * 5
    )
    name = f"one person x {ROLES:,} roles"
    return row(name, ours * 1e6, "µs", baseline="adding up the columns", baseline_value=theirs * 1e6)


def _add_up(columns: Iterable[npt.NDArray[np.generic]]) -> None:
    for column in columns:
        column.sum()


def _everybody(snapshot: Snapshot, people: Sequence[PersonFacts]) -> Iterator[Row]:
    """All people against all roles, each list made whole and let go; in between, the columns added up."""
    columns, process = list(columns_of(snapshot)), psutil.Process()
    before = most = process.memory_info().rss
    took = adding = 0.0
    for number, person in enumerate(islice(_over_and_over(people), PEOPLE)):
        took += _seconds(partial(suggest, snapshot, person))
        adding += _seconds(partial(_add_up, columns))
        if number % 1000 == 0:
            most = max(most, process.memory_info().rss)
    name = f"{PEOPLE:,} people x {ROLES:,} roles"
    yield row(name, took, "s", baseline="adding up the columns as often", baseline_value=adding)
    yield row(
        f"{name}: memory of the process",
        most / MEBIBYTE,
        "MiB",
        baseline="before",
        baseline_value=before / MEBIBYTE,
    )


def _over_and_over(people: Sequence[PersonFacts]) -> Iterator[PersonFacts]:
    random = Random(1)
    while True:
        yield random.choice(people)
