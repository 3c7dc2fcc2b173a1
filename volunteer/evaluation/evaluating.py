"""The whole evaluation: each world drawn, its week played by everybody, and everything measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from volunteer.evaluation import city, following, measures
from volunteer.evaluation.asking import ANSWERED, Step, answer, share_known, step
from volunteer.evaluation.groups import groups, lowest, needs
from volunteer.evaluation.judging import Grades, Quality, all_grades, figure, quality, spread, wrong
from volunteer.evaluation.measures import Numbers
from volunteer.evaluation.methods import METHODS, Method
from volunteer.evaluation.proof import prove
from volunteer.evaluation.results import Ahead, Evaluation, Facts, MethodReport, Proof, Size, WorldReport
from volunteer.evaluation.sure import existing, missed
from volunteer.evaluation.town import Town, build
from volunteer.evaluation.truth import Outcome, Truth
from volunteer.evaluation.week import Week, offers, play
from volunteer.evaluation.worlds import World
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.suggesting import suggest

Advance = Callable[[], object]
_Played = tuple[MethodReport, Quality, Week]
ROUNDS = 50
"""Rounds of changes after which the offer that was followed is compared with one built afresh."""


def evaluate(size: Size, *, version: str, advance: Advance = lambda: None) -> Evaluation:
    """Return everything measured; ``advance`` is called ``size.steps`` times on the way."""
    return Evaluation(
        version=version,
        size=size,
        proof=_proof(size, advance),
        worlds=tuple(_world(world, size, advance) for world in size.worlds),
    )


def _proof(size: Size, advance: Advance) -> Proof:
    invented = city.build(roles=size.roles, people=size.people, seed=1 + size.seed)
    snapshot = Snapshot.build(invented.roles, "proof", today=invented.today)
    found = prove(invented, lambda person: (advance(), suggest(snapshot, person))[1])
    return Proof(
        people=found.people,
        roles=len(invented.roles),
        answers=city.share_of_answers(invented.roles),
        shown=found.shown,
        by_tier={tier: found.by_tier[tier] for tier in "ABC"},
        violations=found.violations,
        examples=found.examples[:5],
    )


def _world(world: World, size: Size, advance: Advance) -> WorldReport:
    town = build(world, roles=size.roles, people=size.people, seed=size.seed)
    grades = all_grades(Truth(town, size.seed))
    of_days = offers(town, size.days)
    played = {method.code: _played(method, town, grades, of_days, advance) for method in METHODS}
    _, ours, week = played["engine"]
    exist = existing(town, week, of_days)
    return WorldReport(
        code=world.code,
        name=world.name,
        sentence=world.sentence,
        is_unseen=world.is_unseen,
        facts=_facts(town, grades),
        dots=_dots(town),
        methods=tuple(report for report, _, _ in played.values()),
        ahead=_ahead(played, world.seed),
        groups=tuple(groups(town, ours, exist, smallest=size.smallest_group)),
        lowest=lowest(town, ours, smallest=size.smallest_group),
        needs=tuple(needs(town, ours)),
        asking=tuple(_asking(town, grades, ours, size, advance)),
        sure=missed(exist, ours),
        rebuild=following.compare(town, rounds=min(ROUNDS, size.people), seed=size.seed),
    )


def _played(
    method: Method, town: Town, grades: Grades, of_days: Sequence[Snapshot], advance: Advance
) -> _Played:
    week = play(town, method.make(town), of_days, advance)
    found, seed = quality(town, week, grades), town.world.seed
    report = MethodReport(
        code=method.code,
        name=method.name,
        sentence=method.sentence,
        is_ours=method.is_ours,
        is_ceiling=method.is_ceiling,
        wrong=wrong(town, week),
        precision=figure(found.precision, seed=seed),
        ndcg=figure(found.ndcg, seed=seed),
        spread=spread(town, week),
    )
    return report, found, week


def _asking(town: Town, grades: Grades, told: Quality, size: Size, advance: Advance) -> list[Step]:
    steps = [step(town, told, answered=0.0, smallest=size.smallest_group)]
    engine = METHODS[0]
    for share in ANSWERED:
        answered = answer(town, share)
        week = play(answered, engine.make(answered), offers(answered, size.days), advance)
        steps.append(
            step(answered, quality(answered, week, grades), answered=share, smallest=size.smallest_group)
        )
    return steps


def _ahead(played: Mapping[str, _Played], seed: int) -> dict[str, Ahead]:
    others = [report for report, _, _ in played.values() if not report.is_ours and not report.is_ceiling]
    best = {
        "precision": max(others, key=lambda report: report.precision.value).code,
        "ndcg": max(others, key=lambda report: report.ndcg.value).code,
    }
    ours = played["engine"][1]
    return {
        measure: _ahead_of(
            played[code][0].name, _values(ours, measure), _values(played[code][1], measure), seed
        )
        for measure, code in best.items()
    }


def _values(found: Quality, measure: str) -> Numbers:
    return found.precision if measure == "precision" else found.ndcg


def _ahead_of(name: str, ours: Numbers, theirs: Numbers, seed: int) -> Ahead:
    difference = figure(ours - theirs, seed=seed)
    other = figure(theirs, seed=seed).value
    ratio = figure(ours, seed=seed).value / other if other else 0.0
    return Ahead(name, ratio, difference.value, difference.low, difference.high)


def _facts(town: Town, grades: Grades) -> Facts:
    roles, people = town.city.roles, town.city.people
    given = [answer for role in roles for answer in role.answers.values()]
    starts = grades >= Outcome.STARTED
    return Facts(
        people=len(people),
        roles=len(roles),
        organisations=len({role.organisation_id for role in roles}),
        known=share_known(town),
        yes=measures.share([each == "yes" for each in given]),
        no=measures.share([each == "no" for each in given]),
        with_hard_needs=measures.share(
            [any(s == "must" for s in person.needs.values()) for person in people]
        ),
        would_start=float(np.mean(starts)),
        with_nothing=measures.share(np.asarray(~starts.any(axis=1))),
    )


def _dots(town: Town, most: int = 260) -> tuple[tuple[float, float, bool], ...]:
    people = [(person.position, False) for person in town.city.people[:most]]
    roles = [(role.position, True) for role in town.city.roles[:most]]
    return tuple(
        (round(position[0], 4), round(position[1], 4), is_role)
        for position, is_role in (*people, *roles)
        if position is not None
    )
