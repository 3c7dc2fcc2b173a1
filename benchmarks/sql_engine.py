"""The whole work of the engine for one person as one SQL query: filter, eight terms, the best of each turn.

Tables are made as a database person would for this query: masks as whole numbers, a column for each language,
points on the unit sphere, hours in a table of their own with an index. People with single free dates are left
out: in SQL they would need a second query.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, Engine, RowMapping, text

from benchmarks.plain_engine import PlainMatch, PlainRole, fill
from benchmarks.sql_tables import fill_tables
from volunteer.domain.access import OTHER_LANGUAGE, SIGN_LANGUAGE, Answer, need_state
from volunteer.domain.commitment import STEPS, closeness
from volunteer.domain.languages import HIGHEST_LEVEL
from volunteer.domain.places import EARTH_RADIUS_KM
from volunteer.matching import scoring
from volunteer.matching.hours import USUAL_TURN
from volunteer.matching.masks import (
    ACCESS_BITS,
    LANGUAGE_BITS,
    SIGN_LANGUAGE_MASK,
    codes_in,
)
from volunteer.matching.people import Person
from volunteer.matching.scoring import HAND_WEIGHTS, SILENT
from volunteer.matching.suggesting import MOST_OF_ONE_ORGANISATION, PLACES_SHOWN
from volunteer.matching.travel import MINUTES_BEFORE_MOVING, MINUTES_PER_KM

_PER_TURN = PLACES_SHOWN * MOST_OF_ONE_ORGANISATION
"""So many of each turn leave the database; the seats are given out afterwards."""


@dataclass(frozen=True, slots=True)
class SqlEngine:
    """Roles in tables of one database; ``suggest`` asks them."""

    connection: Connection
    roles: Mapping[UUID, PlainRole]

    @classmethod
    def filled(cls, engine: Engine, roles: Sequence[PlainRole]) -> SqlEngine:
        """Make the tables and put the roles in; the connection stays open."""
        connection = engine.connect()
        fill_tables(connection, roles)
        return cls(connection, {role.facts.opportunity_id: role for role in roles})

    def suggest(self, person: Person, limit: int = PLACES_SHOWN) -> list[PlainMatch]:
        """Return the best roles, without the seat that is drawn by lot."""
        query = _Query(person, is_sqlite=self.connection.dialect.name == "sqlite")
        rows = self.connection.execute(text(query.text())).mappings().all()
        found = sorted((self._match(row, person) for row in rows), key=lambda match: match.key)
        return sorted(fill(found, limit), key=lambda match: (match.tier == "C", match.key[0]))

    def _match(self, row: RowMapping, person: Person) -> PlainMatch:
        values = {term: float(row[term]) for term in scoring.TERMS if row[term] is not None}
        whole = sum(HAND_WEIGHTS.by_term[term] for term in values)
        states = {
            code: need_state(strength, _answer(row, ACCESS_BITS[code]))
            for code, strength in person.facts.needs.items()
        }
        return PlainMatch(
            role=self.roles[UUID(bytes=bytes(row["id"]))],
            tier=row["tier"],
            score=float(row["score"]),
            values=values,
            parts={term: value * HAND_WEIGHTS.by_term[term] / whole for term, value in values.items()},
            states=states,
            language_questions=tuple(codes_in(row["untold"], LANGUAGE_BITS)),
            suits=bool(row["suits"]),
            nice_met=row["nice_met"],
        )


def _answer(row: RowMapping, bit: int) -> Answer | None:
    for answer, column in ((Answer.YES, "yes"), (Answer.ARRANGEABLE, "arrangeable"), (Answer.NO, "no")):
        if row[column] >> bit & 1:
            return answer
    return None


@dataclass(frozen=True, slots=True)
class _Query:
    """The text of the query for one person; every value in it is a number of ours."""

    person: Person
    is_sqlite: bool

    def text(self) -> str:
        """Return it whole."""
        terms = dict(self._terms())
        told = {term: value for term, value in terms.items() if value is not None}
        whole = sum(HAND_WEIGHTS.by_term[term] for term in told)
        score = " + ".join(f"{HAND_WEIGHTS.by_term[term] / whole!r} * {term}" for term in told)
        values = ", ".join(f"{terms[term] or 'NULL'} AS {term}" for term in scoring.TERMS)
        return f"""
        WITH {self._turns()}
        answered AS (SELECT bench_roles.*, {self._filled()} FROM bench_roles WHERE available = 1),
        fitting AS (
            SELECT answered.*, {self._turn()} AS turn, {self._minutes()} AS minutes,
                   needed & ~{self.person.told_languages} AS untold
            FROM answered {self._join()} WHERE {" AND ".join(self._conditions())}),
        valued AS (
            SELECT fitting.*, {values}, {self._count("arrangeable_p & {bit}", self.person.must)} AS arranged,
                   {self._count("~(yes_p | arrangeable_p | no_p) & {bit}", self.person.must)} AS asked,
                   {self._count("(yes_p | arrangeable_p) & {bit}", self.person.nice)} AS nice_met,
                   {self._suits()} AS suits
            FROM fitting),
        scored AS (
            SELECT valued.*, {score} AS score,
                   CASE WHEN asked > 0 OR untold <> 0 THEN 'C' WHEN arranged > 0 THEN 'B' ELSE 'A' END AS tier
            FROM valued),
        placed AS (
            SELECT scored.*, ROW_NUMBER() OVER (
                PARTITION BY CASE WHEN tier = 'C' THEN 1 ELSE 0 END, suits
                ORDER BY ROUND({self._exact("score")}, 9) DESC, nice_met DESC, id) AS place
            FROM scored)
        SELECT id, yes_p AS yes, arrangeable_p AS arrangeable, no_p AS no, untold, tier, score, suits,
               nice_met, {", ".join(scoring.TERMS)}
        FROM placed WHERE place <= {_PER_TURN}"""  # noqa: S608 - numbers of ours

    def _exact(self, value: str) -> str:
        return value if self.is_sqlite else f"CAST({value} AS NUMERIC)"

    def _least(self, one: str, other: str) -> str:
        return f"{'MIN' if self.is_sqlite else 'LEAST'}({one}, {other})"

    def _most(self, one: str, other: str) -> str:
        return f"{'MAX' if self.is_sqlite else 'GREATEST'}({one}, {other})"

    def _limits_hours(self) -> bool:
        return self.person.facts.times.is_known and not self.person.facts.times.flexible

    def _turns(self) -> str:
        """The stretch of each role that suits best, as a part of a usual turn."""
        if not self._limits_hours():
            return ""
        free = ", ".join(f"({day}, {start}, {stop})" for day, start, stop in self.person.facts.times.spans)
        shared = f"{self._least('hours.stop', 'free.stop')} - {self._most('hours.start', 'free.start')}"
        turn = self._least("hours.stop - hours.start", str(USUAL_TURN))
        part = self._least("1.0", f"SUM({self._most('0', shared)}) * 1.0 / MIN({turn})")
        return f"""
        free(weekday, start, stop) AS (VALUES {free}),
        stretches AS (
            SELECT hours.role AS role, hours.number, {part} AS part
            FROM bench_hours AS hours JOIN free ON free.weekday = hours.weekday
            GROUP BY hours.role, hours.number),
        turns AS (SELECT role, MAX(part) AS best FROM stretches GROUP BY role),"""  # noqa: S608 - numbers of ours

    def _join(self) -> str:
        return "LEFT JOIN turns ON turns.role = answered.id" if self._limits_hours() else ""

    def _turn(self) -> str:
        if not self._limits_hours():
            return "1.0"
        return "CASE WHEN limited = 0 THEN 1.0 ELSE COALESCE(turns.best, 0.0) END"

    def _filled(self) -> str:
        """The three masks as they are for this person."""
        yes, no, needs = "yes", "no", self.person.must | self.person.nice
        own, signed = self.person.own_languages, self.person.signed_languages
        if needs >> ACCESS_BITS[OTHER_LANGUAGE] & 1 and own:
            bit = 1 << ACCESS_BITS[OTHER_LANGUAGE]
            yes += f" | CASE WHEN team & {own} <> 0 THEN {bit} ELSE 0 END"
            no += f" | CASE WHEN team <> 0 AND team & {own} = 0 THEN {bit} ELSE 0 END"
        if needs >> ACCESS_BITS[SIGN_LANGUAGE] & 1:
            bit, possible = 1 << ACCESS_BITS[SIGN_LANGUAGE], signed or SIGN_LANGUAGE_MASK
            yes += f" | CASE WHEN team & {signed} <> 0 THEN {bit} ELSE 0 END"
            no += f" | CASE WHEN team <> 0 AND team & {possible} = 0 THEN {bit} ELSE 0 END"
        return f"{yes} AS yes_p, arrangeable AS arrangeable_p, {no} AS no_p"

    def _conditions(self) -> Iterator[str]:
        yield f"no_p & {self.person.must} = 0"
        for code, level in self.person.facts.languages.items():
            yield f"needs_{code} <= {level}"
        if self._limits_hours():
            yield "(limited = 0 OR turns.best > 0)"
        if self.person.facts.refused:
            hexed = (f"'{each.hex}'" for each in self.person.facts.refused)
            literals = (f"X{each}" if self.is_sqlite else f"decode({each}, 'hex')" for each in hexed)
            yield f"id NOT IN ({', '.join(literals)})"

    def _minutes(self) -> str:
        if self.person.vector is None:
            return "NULL"
        x, y, z = self.person.vector.tolist()
        chord = f"SQRT((x - {x!r}) * (x - {x!r}) + (y - {y!r}) * (y - {y!r}) + (z - {z!r}) * (z - {z!r}))"
        kilometres = f"{2 * EARTH_RADIUS_KM!r} * ASIN({self._least(f'{chord} / 2', '1.0')})"
        way = f"{MINUTES_BEFORE_MOVING!r} + {MINUTES_PER_KM!r} * {kilometres}"
        return f"CASE WHEN remote = 1 THEN 0.0 WHEN located = 1 THEN {way} END"

    def _suits(self) -> str:
        person = self.person
        wishes, most = person.want | person.learn | person.can, person.facts.travel_minutes
        by_work = f"(task_mask & {wishes} <> 0 OR sector_mask & {person.sectors} <> 0)"
        conditions = [by_work] if wishes or person.sectors else []
        unless_unwanted = f"(task_mask & {wishes} <> 0 OR task_mask & {person.unwanted} = 0)"
        conditions += [unless_unwanted] if person.unwanted else []
        conditions += [f"COALESCE(minutes, 0) <= {most}"] if most else []
        return f"CASE WHEN {' AND '.join(conditions) or '1 = 1'} THEN 1 ELSE 0 END"

    def _count(self, condition: str, mask: int) -> str:
        """How many of the bits of a mask fulfil a condition."""
        bits = [1 << bit for bit in range(mask.bit_length()) if mask >> bit & 1]
        counted = (f"CASE WHEN {condition.format(bit=bit)} <> 0 THEN 1 ELSE 0 END" for bit in bits)
        return " + ".join(counted) or "0"

    def _terms(self) -> Iterator[tuple[str, str | None]]:
        person, facts = self.person, self.person.facts
        wishes = person.want | person.learn | person.can
        tasks = f"""CASE WHEN task_mask = 0 THEN {SILENT} WHEN task_mask & {person.want} <> 0 THEN 1.0
            WHEN task_mask & {person.learn} <> 0 THEN {scoring.LEARNING_VALUE}
            WHEN task_mask & {person.can} <> 0 THEN {scoring.ABILITY_VALUE}
            WHEN task_mask & {person.unwanted} <> 0 THEN 0.0 ELSE {0.0 if wishes else SILENT} END"""
        yield scoring.TASKS, tasks if wishes | person.unwanted else None
        sectors = f"""CASE WHEN sector_mask = 0 THEN {SILENT}
            WHEN sector_mask & {person.sectors} <> 0 THEN 1.0 ELSE 0.0 END"""
        yield scoring.SECTORS, sectors if person.sectors else None
        times = f"CASE WHEN any_hours = 1 THEN 1.0 WHEN timed = 1 THEN turn ELSE {SILENT} END"
        yield scoring.TIMES, times if facts.times.is_known else None
        most = max(facts.travel_minutes or scoring.USUAL_LIMIT_MINUTES, scoring.CLOSE_BY_MINUTES + 1)
        nearness = f"({most} - minutes) / {most - scoring.CLOSE_BY_MINUTES!r}"
        travel = f"CASE WHEN minutes IS NULL THEN {SILENT} ELSE {self._between(nearness)} END"
        yield scoring.TRAVEL, travel if person.vector is not None else None
        levels = sorted(person.levels.items(), key=lambda each: -each[1])
        steps = " ".join(f"WHEN team & {1 << bit} <> 0 THEN {level / HIGHEST_LEVEL}" for bit, level in levels)
        yield scoring.LANGUAGE, f"CASE {steps} ELSE {SILENT} END" if levels else None
        wished = facts.commitments
        steps = " ".join(
            f"WHEN {number} THEN {closeness(step, wished)}" for number, step in enumerate(STEPS) if wished
        )
        yield scoring.COMMITMENT, f"CASE step {steps} ELSE {SILENT} END" if wished else None
        arranged = self._count("~(yes_p | no_p) & {bit}", person.must)
        yield scoring.ARRANGEMENT, f"1.0 / (1 + {arranged})"
        promptness = f"({scoring.SLOW_DAYS} - answer_days) / {scoring.SLOW_DAYS - scoring.PROMPT_DAYS}"
        answers = f"CASE WHEN answer_days IS NULL THEN {SILENT} ELSE {self._between(promptness)} END"
        yield scoring.ANSWER_TIME, answers

    def _between(self, value: str) -> str:
        return self._least("1.0", self._most("0.0", value))
