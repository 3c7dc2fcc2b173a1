"""A support worker with and without each consent of the person, and what else must stand for it to count."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from itertools import combinations

import pytest
from sqlalchemy import delete

from tests.functional.matrix.cast import NAME
from tests.functional.matrix.roles import Who
from tests.functional.matrix.world import World
from volunteer.domain.consent import GivenHow
from volunteer.domain.support import Scope
from volunteer.models import Membership, ReferrerAgreement, SupportLink
from volunteer.services import support_links, suspensions
from volunteer.unit_of_work import UnitOfWork

EVERY_CHOICE = [chosen for many in range(len(Scope) + 1) for chosen in combinations(Scope, many)]
SHOWS = {
    Scope.SEES_PROGRESS: 'id="steps"',
    Scope.HELPS_ANSWER: 'id="answers"',
    Scope.IS_CHANNEL: 'id="messages"',
}
"""What of the person's page is there for each scope."""
OPENS: Mapping[str, tuple[Scope, str, Mapping[str, str]]] = {
    "introductions": (Scope.HELPS_ANSWER, "introduction_id", {"time": "cannot"}),
    "how": (Scope.HELPS_ANSWER, "follow_up_id", {"going": "well"}),
    "messages": (Scope.IS_CHANNEL, "message_id", {}),
}
"""What can be done there: a part of the address, the scope it asks for, whose id follows, what is sent."""


@pytest.mark.parametrize("chosen", EVERY_CHOICE, ids="+".join)
def test_each_scope_opens_its_own_part(world: World, chosen: Collection[Scope]) -> None:
    _in_a_transaction(world, lambda uow: _allow_only(uow, world, chosen))
    page = world.ask(Who.HELPER, "GET", _page(world))
    shown = page.get_data(as_text=True)
    done = {
        part: world.ask(Who.HELPER, "POST", f"{_page(world)}/{part}/{world.ids[about]}", sent).status_code
        for part, (_scope, about, sent) in OPENS.items()
    }
    first_page = world.ask(Who.HELPER, "GET", "/support").get_data(as_text=True)
    assert world.rewound.was_written()
    assert page.status_code == (200 if chosen else 404)
    assert {scope for scope, mark in SHOWS.items() if mark in shown} == set(chosen)
    refused = 403 if chosen else 404
    assert done == {part: 303 if scope in chosen else refused for part, (scope, *_rest) in OPENS.items()}
    assert (NAME in first_page) == bool(chosen)


def _ended(uow: UnitOfWork, world: World) -> None:
    link = uow.session.get_one(SupportLink, world.id_of("link_id"))
    support_links.end(uow, link)


def _left(uow: UnitOfWork, world: World) -> None:
    uow.session.execute(delete(Membership).where(Membership.id == world.id_of(f"seat of {Who.HELPER}")))


def _suspended(uow: UnitOfWork, world: World) -> None:
    suspensions.suspend(uow, world.id_of("school"))


def _not_agreed(uow: UnitOfWork, world: World) -> None:
    of_school = ReferrerAgreement.organisation_id == world.id_of("school")
    uow.session.execute(delete(ReferrerAgreement).where(of_school))


@pytest.mark.parametrize(
    ("happened", "status"), [(_ended, 404), (_left, 403), (_suspended, 404), (_not_agreed, 404)]
)
def test_whatever_ends_ends_at_once(
    world: World, happened: Callable[[UnitOfWork, World], None], status: int
) -> None:
    assert world.ask(Who.HELPER, "GET", _page(world)).status_code == 200
    world.rewound.was_written()
    _in_a_transaction(world, lambda uow: happened(uow, world))
    answers = [
        world.ask(Who.HELPER, "GET", _page(world)),
        world.ask(Who.HELPER, "POST", f"{_page(world)}/messages/{world.ids['message_id']}"),
        world.ask(Who.HELPER, "GET", "/support"),
    ]
    assert world.rewound.was_written()
    assert [each.status_code for each in answers[:2]] == [status, status]
    assert all(NAME not in each.get_data(as_text=True) for each in answers)


def _page(world: World) -> str:
    return f"/support/people/{world.ids['link_id']}"


def _allow_only(uow: UnitOfWork, world: World, chosen: Collection[Scope]) -> None:
    link = uow.session.get_one(SupportLink, world.id_of("link_id"))
    support_links.take_back(uow, link)
    support_links.give(uow, link, chosen, language="en", given_how=GivenHow.OWN_DEVICE)


def _in_a_transaction(world: World, act: Callable[[UnitOfWork], None]) -> None:
    with world.core.units.write() as uow:
        act(uow)
