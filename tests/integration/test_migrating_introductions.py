"""Below the version that knows who met, started and stopped, every introduction has a state that is known."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, text

from tests.fakes import HandClock, RecordingBell
from volunteer.bootstrap import make_core
from volunteer.cli.database import bring_down, bring_up
from volunteer.config import Settings
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import Purpose
from volunteer.domain.introductions import RUNNING, IntroductionState
from volunteer.domain.opportunities import Posting
from volunteer.models import Introduction
from volunteer.services import candidates, opportunities, organisations

BEFORE = "0003"
"""The last version that knew no state after a yes."""
BECOMES = {
    IntroductionState.MET: IntroductionState.ACCEPTED,
    IntroductionState.STARTED: IntroductionState.ACCEPTED,
    IntroductionState.STOPPED: IntroductionState.WITHDRAWN,
}
"""What is nearest in its words: who started still takes a spot, and what stopped runs no more."""


@pytest.fixture
def in_each_state(settings: Settings) -> dict[UUID, IntroductionState]:
    """An introduction in each state, each of another person, all for one role."""
    core = make_core(settings, clock=HandClock(), bell=RecordingBell())
    agreed = frozenset({Purpose.ACCOUNT, Purpose.MATCH})
    sign_up = SignUp(first_name="Amina", language="fr", channel=Channel.DESK, consents=agreed)
    made = {}
    with core.units.write() as uow:
        organisation = organisations.add(uow, "De Kring", language="nl")
        uow.session.flush()
        posting = Posting(title="Soep", description="Samen.", language="nl")
        role = opportunities.post(uow, posting, organisation_id=organisation.id, said_by="test")
        for state in IntroductionState:
            candidate, _ = candidates.enrol(uow, sign_up, origin="page")
            introduction = Introduction(
                id=uuid4(),
                candidate=candidate,
                opportunity=role,
                organisation_id=organisation.id,
                state=state,
                asked_at=uow.now,
                ended_at=None if state in RUNNING else uow.now,
                shared_sealed=b"sealed",
            )
            uow.session.add(introduction)
            made[introduction.id] = state
    core.engine.dispose()
    return made


def _states(url: str) -> dict[UUID, str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT id, state FROM introductions")).all()
    engine.dispose()
    return {UUID(str(row.id)): row.state for row in rows}


def test_each_state_becomes_one_that_the_older_version_knows_and_stays_it_on_the_way_up(
    settings: Settings, in_each_state: dict[UUID, IntroductionState]
) -> None:
    url = settings.database_url
    older = {each: BECOMES.get(state, state) for each, state in in_each_state.items()}
    assert _states(url) == in_each_state
    bring_down(url, BEFORE)
    assert _states(url) == older
    bring_up(url)
    assert _states(url) == older


def test_the_older_version_still_refuses_a_second_running_introduction_with_a_role(
    settings: Settings, in_each_state: dict[UUID, IntroductionState]
) -> None:
    url = settings.database_url
    started = next(each for each, state in in_each_state.items() if state is IntroductionState.STARTED)
    again = (
        "INSERT INTO introductions (id, candidate_id, opportunity_id, organisation_id, state, asked_at,"
        " shared_sealed) SELECT :new, candidate_id, opportunity_id, organisation_id, 'asking', asked_at,"
        " shared_sealed FROM introductions WHERE id = :old"
    )
    bring_down(url, BEFORE)
    engine = create_engine(url)
    is_sqlite = engine.dialect.name == "sqlite"
    ids = {name: each.hex if is_sqlite else each for name, each in (("new", uuid4()), ("old", started))}
    with pytest.raises(Exception, match=r"(?i)unique"), engine.begin() as connection:
        connection.execute(text(again), ids)
    engine.dispose()
