"""The demo city fills an empty database once, is marked as demo, and keeps its log-ins for the next start."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from volunteer.bootstrap import Core, make_silent_core
from volunteer.cli.demo import load_when_empty
from volunteer.config import Settings
from volunteer.domain.accounts import Role
from volunteer.matching.catalogue import Catalogue
from volunteer.models import (
    AccessAnswer,
    Candidate,
    Consent,
    Opportunity,
    Organisation,
    OutboxEvent,
    Venue,
)
from volunteer.queries.candidates import confirmed_candidates
from volunteer.services import accounts, suggestions
from volunteer.services.demo_city import files, loading, people


def _events(core: Core) -> Counter[str]:
    with core.units.read() as uow:
        return Counter(uow.session.scalars(select(OutboxEvent.type)))


def test_an_empty_database_is_filled_once(settings: Settings) -> None:
    log_ins = load_when_empty(settings)
    core = make_silent_core(settings)
    with core.units.read() as uow:
        organisations = uow.session.scalars(select(Organisation)).all()
        roles = uow.session.scalars(select(Opportunity)).all()
        candidates = uow.session.scalars(select(Candidate)).all()
        assert len(organisations) >= 40
        assert len(roles) == 120
        assert len(candidates) == 300
        assert sum(each.is_referrer for each in organisations) == 2
        assert all(each.is_demo for each in organisations)
        assert all(each.is_demo for each in roles)
        assert {each.origin for each in candidates} == {"demo"}
        assert {each.state for each in candidates} == {"confirmed"}
        municipalities = uow.session.scalars(select(Venue.municipality).distinct()).all()
        assert len(municipalities) == 19
        scopes = uow.session.scalars(select(AccessAnswer.scope).distinct()).all()
        assert set(scopes) == {"organisation", "venue", "opportunity"}
        assert set(uow.session.scalars(select(AccessAnswer.said_by))) == {"demo"}
        assert set(uow.session.scalars(select(Consent.given_how))) == {"demo"}
    assert _events(core) == {"opportunities_imported": 1, "candidate_enrolled": 300}
    before = _events(core)
    assert load_when_empty(settings) == log_ins
    assert _events(core) == before
    _check_what_is_shown(core)
    core.engine.dispose()


def _check_what_is_shown(core: Core) -> None:
    """Most people see a full page, hardly anyone nothing."""
    with core.units.write() as uow:
        snapshot = Catalogue().snapshot(uow)
        shown = [
            len(suggestions.find(uow, candidate, snapshot, reader="test"))
            for candidate in confirmed_candidates(uow.session)
        ]
    assert sum(count == 8 for count in shown) > 200
    assert sum(count == 0 for count in shown) < 15


def test_the_log_ins_work_and_are_for_their_owner_alone(settings: Settings) -> None:
    log_ins = load_when_empty(settings)
    core = make_silent_core(settings)
    held: Counter[str] = Counter()
    with core.units.read() as uow:
        for _, email, password in log_ins:
            account = accounts.authenticate(uow, email, password)
            assert account.is_demo
            held.update(membership.role for membership in account.memberships)
    core.engine.dispose()
    assert held == {Role.DESK_WORKER: 1, Role.ADMIN: 1, Role.OWNER: 2, Role.SUPPORT_WORKER: 2}
    (file,) = settings.data.glob("demo-logins*")
    assert file.stat().st_mode & 0o077 == 0


def test_a_database_that_somebody_uses_is_left_alone(settings: Settings) -> None:
    core = make_silent_core(settings)
    with core.units.write() as uow:
        accounts.create(
            uow, name="An", email="an@example.org", password="a good long password", language="nl"
        )
    assert load_when_empty(settings) == []
    with core.units.read() as uow:
        assert uow.session.scalar(select(func.count()).select_from(Organisation)) == 0
    core.engine.dispose()


def test_the_people_are_the_same_on_every_loading() -> None:
    written = files.read().people
    assert list(people.generate(written)) == list(people.generate(written))


def test_loading_leaves_nothing_when_it_fails(settings: Settings) -> None:
    """The folder of the log-ins cannot be made: then there is no city either."""
    blocked = settings.data.parent / "file"
    blocked.touch()
    broken = replace(settings, data=blocked / "data")
    with pytest.raises(OSError, match="file"):
        load_when_empty(broken)
    core = make_silent_core(settings)
    with core.units.read() as uow:
        assert loading.is_empty(uow)
    core.engine.dispose()
