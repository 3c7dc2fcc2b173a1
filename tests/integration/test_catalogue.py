"""A snapshot that followed the outbox equals one built afresh, whatever happened in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from queue import Queue
from threading import Event, Thread
from time import sleep
from uuid import UUID

import pytest

from tests.fakes import HandClock, RecordingBell
from volunteer.bootstrap import Core, make_core
from volunteer.config import Settings
from volunteer.domain.access import Answer
from volunteer.domain.events.opportunities import AccessAnswered, OpportunitiesImported
from volunteer.domain.opportunities import OpportunityState, Place, Posting, Scope
from volunteer.matching.catalogue import Catalogue
from volunteer.models import Opportunity
from volunteer.services import access_answers, opportunities, opportunity_states, organisations
from volunteer.unit_of_work import UnitOfWork


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    made = make_core(settings, clock=HandClock(), bell=RecordingBell())
    yield made
    made.close()


def post(uow: UnitOfWork, title: str) -> Opportunity:
    organisation = organisations.by_name(uow, "Buurtkeuken", language="nl")
    uow.session.flush()
    place, access = Place(street="Plein 1"), {"sv.buddy": Answer.YES}
    posting = Posting(title=title, description="", language="nl", place=place, access=access)
    return opportunities.post(uow, posting, organisation_id=organisation.id, said_by="import")


def close_one(uow: UnitOfWork, first: UUID) -> None:
    opportunity_states.set_state(uow, uow.session.get_one(Opportunity, first), OpportunityState.CLOSED)


def answer_for_all(uow: UnitOfWork, first: UUID) -> None:
    organisation_id = uow.session.get_one(Opportunity, first).organisation_id
    access_answers.record(
        uow,
        {"ph.lift_or_ground": Answer.NO},
        organisation_id=organisation_id,
        scope=Scope.ORGANISATION,
        scope_id=organisation_id,
        said_by="desk",
    )
    uow.record(AccessAnswered(organisation_id))


def post_another(uow: UnitOfWork, first: UUID) -> None:
    post(uow, "Tuinieren")


def read_a_list(uow: UnitOfWork, first: UUID) -> None:
    uow.session.get_one(Opportunity, first).tasks = ["t.cook"]
    uow.record(OpportunitiesImported(first))


def move_its_venue(uow: UnitOfWork, first: UUID) -> None:
    """Nothing in the role itself changes, and its neighbour at the same address moves with it."""
    role = uow.session.get_one(Opportunity, first)
    place = Place(street="Plein 1", latitude=50.83, longitude=4.36)
    content = Posting(title=role.title, description="", language="nl", place=place)
    opportunities.amend(uow, role, content, said_by="import", with_answers=False)


@pytest.mark.parametrize("change", [move_its_venue, close_one, answer_for_all, post_another, read_a_list])
def test_following_equals_building_afresh(core: Core, change: Callable[[UnitOfWork, UUID], None]) -> None:
    with core.units.write() as uow:
        first = post(uow, "Koken").id
        post(uow, "Opdienen")
    catalogue = Catalogue()
    with core.units.read() as uow:
        before = catalogue.snapshot(uow)
        assert catalogue.snapshot(uow) is before, "nothing changed"

    with core.units.write() as uow:
        change(uow, first)

    with core.units.read() as uow:
        followed = catalogue.snapshot(uow)
        assert followed.has_same_content(Catalogue().snapshot(uow))
        assert not followed.has_same_content(before)


def test_two_that_write_and_look_do_not_wait_for_each_other(core: Core) -> None:
    # Given one that writes and will look, and one that looks as the first thing it does
    catalogue, writes, seen = Catalogue(), Event(), Queue[str]()

    def write_then_look() -> None:
        with core.units.write() as uow:
            uow.session.connection()
            writes.set()
            sleep(0.3)  # time for the other one to come; too short only makes this test see less
            seen.put(catalogue.snapshot(uow).version)

    def look_first() -> None:
        writes.wait()
        with core.units.write() as uow:
            seen.put(catalogue.snapshot(uow).version)

    both = [Thread(target=each) for each in (write_then_look, look_first)]
    for each in both:
        each.start()
    for each in both:
        each.join(timeout=60)
    # Then the database turned neither away
    assert seen.qsize() == 2
