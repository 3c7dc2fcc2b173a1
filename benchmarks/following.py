"""Following one changed role beside building the snapshot again: from facts, and through the database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from statistics import median

from sqlalchemy import select, update

from benchmarks.installation import installation
from benchmarks.invented_offer import fill
from benchmarks.report import Row, row
from volunteer.bootstrap import Core, make_silent_core
from volunteer.domain.events.opportunities import OpportunityChanged
from volunteer.evaluation.city import build
from volunteer.matching.catalogue import Catalogue
from volunteer.matching.following import built
from volunteer.matching.snapshot import Snapshot
from volunteer.models import Opportunity

ROLES = 10_000
CHANGES = 200
REBUILDS = 3


def measure() -> list[Row]:
    """Both, and that what was followed equals what was built."""
    return [_from_facts(), *(_through_the_database(kind) for kind in ("sqlite", "postgresql"))]


def _seconds(work: Callable[[], object], times: int) -> Iterator[float]:
    for _ in range(times):
        began = time.perf_counter()
        work()
        yield time.perf_counter() - began


def _row(name: str, change: float, rebuild: float) -> Row:
    return row(name, 1 / change, "changes/s", baseline="rebuilds", baseline_value=1 / rebuild)


def _from_facts() -> Row:
    city = build(roles=ROLES, people=0, seed=3)
    snapshot = Snapshot.build(city.roles, "0", today=city.today)
    fuller = [replace(role, taken=role.taken + 1) for role in city.roles[:CHANGES]]
    change = median(
        next(_seconds(partial(snapshot.changed, changed=[role], version="1"), 1)) for role in fuller
    )
    rebuild = median(_seconds(partial(Snapshot.build, city.roles, "1", today=city.today), REBUILDS))
    return _row(f"one of {ROLES:,} roles changed, in memory", change, rebuild)


def _through_the_database(kind: str) -> Row:
    with installation(kind) as settings:
        core = make_silent_core(settings)
        fill(core, roles=ROLES)
        catalogue = Catalogue()
        with core.units.read() as uow:
            catalogue.snapshot(uow)
            roles = uow.session.scalars(select(Opportunity.id).limit(CHANGES)).all()
        changes: list[float] = []
        for role_id in roles:
            with core.units.write() as uow:
                uow.session.execute(update(Opportunity).where(Opportunity.id == role_id).values(wanted=77))
                uow.record(OpportunityChanged(role_id))
            changes.extend(_seconds(partial(_look, core, catalogue), 1))
        with core.units.read() as uow:
            rebuilds = list(_seconds(partial(built, uow, uow.today), REBUILDS))
            assert catalogue.snapshot(uow).has_same_content(built(uow, uow.today).snapshot)
        core.close()
    return _row(f"one of {ROLES:,} roles changed, {kind}", median(changes), median(rebuilds))


def _look(core: Core, catalogue: Catalogue) -> None:
    with core.units.read() as uow:
        catalogue.snapshot(uow)
