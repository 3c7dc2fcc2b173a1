"""Nothing sealed can be read in the database, and everything opens again after the keys were changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.integration.commands import volunteer
from volunteer import keyring
from volunteer.bootstrap import Core, make_silent_core
from volunteer.config import Settings
from volunteer.domain.access import Strength
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import NECESSARY, Purpose
from volunteer.models import Base, Candidate, Organisation
from volunteer.services import accounts, candidates, drafts, keys, needs, organisations

AT_ONCE = 20
PEOPLE = 30
"""More than one batch."""
SECRETS = ("ph.step_free_entrance", "+3247012", "amal@example.org", "kring@example.org", "draft-secret")


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    made = make_silent_core(settings)
    yield made
    made.engine.dispose()


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "AT_ONCE", AT_ONCE)


def _person(number: int) -> SignUp:
    return SignUp(
        first_name="Amal",
        language="nl",
        channel=Channel.SMS,
        contact=f"+3247012{number:04}",
        needs={"ph.step_free_entrance": Strength.MUST},
        consents=NECESSARY | {Purpose.NEEDS},
        external_id=f"p{number}",
    )


@pytest.fixture
def cookie(core: Core) -> str:
    """A database in which every kind of sealed column that a service writes is filled; a draft's cookie."""
    made = drafts.new_cookie()
    with core.units.write() as uow:
        for number in range(PEOPLE):
            candidates.enrol(uow, _person(number), origin="page")
        accounts.create(
            uow, name="Amal", email="amal@example.org", password="a good long password", language="nl"
        )
        organisation = organisations.add(uow, "De Kring", language="nl")
        organisations.set_email(uow, organisation, "kring@example.org")
        drafts.save(uow, made, {"first_name": "draft-secret"})
    return made


def _cells(core: Core) -> Iterator[bytes]:
    with core.units.read() as uow:
        for table in Base.metadata.sorted_tables:
            for row in uow.session.execute(select(table)):
                for cell in row:
                    yield cell if isinstance(cell, bytes) else json.dumps(cell, default=str).encode()


def _sealed(core: Core) -> list[bytes]:
    with core.units.read() as uow:
        columns = [each.column for each in keys.sealed_columns()]
        return [
            cell
            for column in columns
            for cell in uow.session.scalars(select(column).where(column.is_not(None)))
        ]


def _check_everything_opens(settings: Settings, cookie: str) -> None:
    core = make_silent_core(settings)
    with core.units.write() as uow:
        for person in uow.session.scalars(select(Candidate)):
            number = int((person.external_id or "").removeprefix("p"))
            assert candidates.contact_of(uow, person) == f"+3247012{number:04}"
            read = needs.read(uow, person, reader="test", purpose="test")
            assert read == {"ph.step_free_entrance": Strength.MUST}
        account = accounts.by_email(uow, "amal@example.org")
        assert account is not None
        assert accounts.email_of(uow, account) == "amal@example.org"
        assert drafts.load(uow, cookie) == {"first_name": "draft-secret"}
    core.engine.dispose()


def test_a_copy_of_the_database_gives_nothing_away(core: Core, cookie: str) -> None:
    found = {secret for cell in _cells(core) for secret in SECRETS if secret.encode() in cell}
    assert found == set()


def test_after_a_rotation_everything_is_sealed_with_the_new_key_and_opens(
    settings: Settings, core: Core, cookie: str
) -> None:
    before = _sealed(core)
    result = volunteer(settings, "keys", "rotate")
    assert f"{len(before)} values were sealed again" in result.output
    ring = keyring.load(settings.keys)
    after = _sealed(core)
    assert len(after) == len(before)
    assert all(ring.is_current(each) for each in after)
    _check_everything_opens(settings, cookie)


def test_retiring_leaves_one_key_and_everything_opens(settings: Settings, core: Core, cookie: str) -> None:
    volunteer(settings, "keys", "rotate")
    volunteer(settings, "keys", "retire", given="y\n")
    ring = json.loads((settings.keys / "ring.json").read_text("utf-8"))
    assert list(ring["sealing"]) == [ring["current"]]
    _check_everything_opens(settings, cookie)


def test_a_rotation_that_was_cut_off_goes_on_without_a_further_key(
    settings: Settings, core: Core, cookie: str
) -> None:
    """As after a kill: the new key stands in the ring, and one batch is done."""
    keyring.rotate(settings.keys)
    half_way = make_silent_core(settings)
    column = next(each for each in keys.sealed_columns() if each.field == "candidates.needs_sealed")
    with half_way.units.write() as uow:
        done = keys.reseal(uow, column, after=None)
    half_way.engine.dispose()
    assert done.resealed == AT_ONCE
    current = json.loads((settings.keys / "ring.json").read_text("utf-8"))["current"]
    result = volunteer(settings, "keys", "rotate")
    assert "A rotation was not finished" in result.output
    assert f"{len(_sealed(core)) - AT_ONCE} values were sealed again" in result.output
    assert json.loads((settings.keys / "ring.json").read_text("utf-8"))["current"] == current
    _check_everything_opens(settings, cookie)


def test_old_keys_are_not_dropped_while_something_needs_them(
    settings: Settings, core: Core, cookie: str
) -> None:
    keyring.rotate(settings.keys)
    result = volunteer(settings, "keys", "retire", "--yes", fails=True)
    assert "still sealed with an old key" in result.stderr
    _check_everything_opens(settings, cookie)


def test_a_process_that_runs_during_a_rotation_reads_and_seals_with_the_new_key(
    settings: Settings, core: Core, cookie: str
) -> None:
    volunteer(settings, "keys", "rotate")
    with core.units.write() as uow:
        person = uow.session.scalars(select(Candidate).where(Candidate.external_id == "p1")).one()
        assert candidates.contact_of(uow, person) == "+32470120001"
        fresh, _ = candidates.enrol(uow, _person(PEOPLE), origin="page")
        assert fresh.needs_sealed is not None
        assert keyring.load(settings.keys).is_current(fresh.needs_sealed)
    volunteer(settings, "keys", "retire", "--yes")
    _check_everything_opens(settings, cookie)


def test_a_change_made_at_the_same_moment_is_kept(settings: Settings, core: Core, cookie: str) -> None:
    """Between reading a value and writing it back, somebody else wrote another one."""
    keyring.rotate(settings.keys)
    rotating = make_silent_core(settings)
    column = next(each for each in keys.sealed_columns() if each.field == "organisations.email_sealed")
    with rotating.units.write() as uow:
        key = uow.session.scalars(select(Organisation.id)).one()
        read_before = uow.keyring.seal("old@example.org", field=column.field)
        keys._replace(uow, column, (key,), old=read_before, new=b"lost")
    rotating.engine.dispose()
    with core.units.read() as uow:
        sealed = uow.session.scalars(select(column.column)).one()
        assert uow.keyring.open(sealed, field=column.field) == "kring@example.org"


def test_a_value_that_no_key_opens_is_counted_and_the_rest_is_done(
    settings: Settings, core: Core, cookie: str
) -> None:
    elsewhere = keyring.create(settings.keys.parent / "elsewhere")
    with core.units.write() as uow:
        person = uow.session.scalars(select(Candidate).where(Candidate.external_id == "p1")).one()
        person.needs_sealed = elsewhere.seal("{}", field="candidates.needs_sealed")
    volunteer(settings, "keys", "rotate", fails=True)
    ring = keyring.load(settings.keys)
    assert sum(not ring.is_current(each) for each in _sealed(core)) == 1


def test_a_ring_is_made_once(settings: Settings, tmp_path: Path) -> None:
    fresh = Settings(
        **{name: getattr(settings, name) for name in Settings.__slots__}
        | {"environment": {**settings.environment, "KEYS": str(tmp_path / "fresh")}}
    )
    volunteer(fresh, "keys", "create")
    assert (tmp_path / "fresh" / "ring.json").stat().st_mode & 0o077 == 0
    assert "already" in volunteer(fresh, "keys", "create", fails=True).stderr
