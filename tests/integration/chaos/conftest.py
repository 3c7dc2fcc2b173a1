"""A house full of people who sign up, whose parts can be taken away one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from tests.integration.chaos.programs import Programs
from volunteer.bootstrap import Core, make_core
from volunteer.cli.valkey import Valkey
from volunteer.config import Settings
from volunteer.domain.opportunities import Place, Posting
from volunteer.models import Delivery
from volunteer.services import opportunities, organisations

ROLES = 5


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    """A Valkey of one's own, so that it can be stopped."""
    server = Valkey(tmp_path / "valkey")
    server.start()
    yield server
    server.child.kill()


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    """What the web works with, and a few roles to suggest."""
    made = make_core(settings)
    publish_roles(made)
    yield made
    made.close()


@pytest.fixture
def programs(settings: Settings, tmp_path: Path) -> Iterator[Programs]:
    """Workers and schedulers; what they said is shown when the test fails."""
    started = Programs(settings, tmp_path)
    yield started
    print(started.end())  # noqa: T201 - pytest shows it where it explains a failure


def publish_roles(core: Core) -> None:
    """Publish a few roles, also to workers that have looked already."""
    with core.units.write() as uow:
        organisation = organisations.add(uow, "Buurthuis De Lork", language="nl")
        uow.session.flush()
        for number in range(ROLES):
            posting = Posting(
                title=f"Koken in het buurthuis, tafel {number}",
                description="Samen soep koken voor de buurt.",
                language="nl",
                tasks=frozenset({"t.cook"}),
                place=Place(street="Plein 1", postal_code="1050", municipality="elsene"),
            )
            opportunities.post(uow, posting, organisation_id=organisation.id, said_by="desk")


def let_leases_run_out(core: Core) -> None:
    """Turn the clock for what is claimed; only call this while nobody works, but for the frozen."""
    with core.units.write() as uow:
        claimed = select(Delivery.id).where(Delivery.state == "claimed").with_for_update(skip_locked=True)
        uow.session.execute(
            update(Delivery)
            .where(Delivery.id.in_(claimed.scalar_subquery()))
            .values(due_at=uow.now - timedelta(seconds=1))
        )
