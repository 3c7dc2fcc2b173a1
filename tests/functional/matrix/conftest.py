"""One world for the whole matrix: nothing in it changes for long."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from tests.functional.matrix.world import World, built
from volunteer.cli.valkey import Valkey
from volunteer.services import accounts


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path, valkey: Valkey) -> Iterator[World]:
    """Everybody, and one thing of each sort."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        with built(tmp_path_factory.mktemp("matrix"), migrated_sqlite, valkey.url) as made:
            yield made
