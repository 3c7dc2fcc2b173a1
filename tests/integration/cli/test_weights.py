"""``volunteer weights``: from too early, over a card that people read, to a release and the way back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.integration import invented_past
from tests.integration.commands import volunteer
from volunteer.bootstrap import Core, make_silent_core
from volunteer.config import Settings
from volunteer.domain.opportunities import Posting
from volunteer.learning.card import NEVER
from volunteer.models import WeightsVersion
from volunteer.services import opportunities, organisations, weights
from volunteer.unit_of_work import UnitOfWork


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    made = make_silent_core(settings)
    yield made
    made.close()


def roles(uow: UnitOfWork, number: int) -> list[tuple[UUID, UUID]]:
    made = []
    for index in range(number):
        organisation = organisations.add(uow, f"Huis {index}", language="nl").id
        posting = Posting(title="Koken", description="Soep.", language="nl")
        role = opportunities.post(uow, posting, organisation_id=organisation, said_by=f"account:{uuid4()}")
        made.append((role.id, organisation))
    return made


def live_through(core: Core, people: int) -> None:
    with core.units.write() as uow:
        invented_past.live_through(uow, roles(uow, 20), people=people)


def test_it_is_off_until_there_is_enough_to_learn_from(settings: Settings, core: Core) -> None:
    live_through(core, 6)
    refusal = volunteer(settings, "weights", "train", fails=True).output
    assert "Too early to learn" in refusal
    assert "100" in refusal
    assert "Nothing to learn yet" in volunteer(settings, "weights", "train", "--if-due").output
    assert "learned-1" not in volunteer(settings, "weights", "list").output


def test_a_version_is_trained_read_released_and_taken_back(settings: Settings, core: Core) -> None:
    live_through(core, 120)
    said = volunteer(settings, "weights", "train", "--if-due").output
    assert "learned-1 is trained" in said
    assert "cannot" not in said
    with core.units.read() as uow:
        assert weights.in_use(uow).version.startswith("hand")

    card = volunteer(settings, "weights", "card", "learned-1", "--markdown").stdout
    for part in ("# Weights learned-1", "| people | 120 |", "| travel |", NEVER, "better order: passed"):
        assert part in card
    assert "learned-1" in volunteer(settings, "weights", "card", "learned-1").output

    volunteer(settings, "weights", "release", "learned-1", "--by", "Yasmina")
    listed = volunteer(settings, "weights", "list").output
    assert re.search(r"learned-1 +│ in use +│ passed .* Yasmina", listed)
    with core.units.read() as uow:
        used = weights.in_use(uow)
        assert used.version == "learned-1"
        assert used.by_term["travel"] > 0.2
    assert "hand-" in volunteer(settings, "weights", "rollback").output
    with core.units.read() as uow:
        assert weights.in_use(uow).version.startswith("hand")
        assert weights.get(uow, "learned-1").state == "retired"


def test_once_a_week_is_enough(settings: Settings, core: Core) -> None:
    live_through(core, 120)
    with core.units.write() as uow:
        assert weights.training_is_due(uow)
        weights.keep(uow, "learned-1", {}, {}, card="")
        assert not weights.training_is_due(uow)
        uow.session.get_one(WeightsVersion, "learned-1").trained_at -= timedelta(days=7, minutes=1)
        uow.session.flush()
        assert weights.training_is_due(uow)


def test_what_a_guard_refused_is_not_released(settings: Settings, core: Core) -> None:
    refused = weights.Verdict(passed=False, words="People with needs would lose.")
    with core.units.write() as uow:
        weights.keep(uow, "learned-1", {}, {"needs": refused}, card="# Card")
    refusal = volunteer(settings, "weights", "release", "learned-1", "--by", "Tom", fails=True).output
    assert "People with needs would lose." in refusal
    assert "There are no weights" in volunteer(settings, "weights", "card", "learned-9", fails=True).output
