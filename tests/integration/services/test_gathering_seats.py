"""Seats of a gathering: who sits, who waits, what is offered, and what becomes of it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from tests.factories.gatherings import details, make_gathering, sign_up, tell_of_offers
from tests.integration.services.conftest import Town
from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.gathering_seats import OFFER_LASTS_BY_HAND, SeatState
from volunteer.models import GatheringParty
from volunteer.queries import gatherings as queries
from volunteer.services import gathering_seats, gatherings


def stand(town: Town, gathering_id: UUID) -> list[tuple[int, str]]:
    """Everybody's number and state."""
    with town.core.units.read() as uow:
        return [(each.number, each.state) for each in queries.parties_of(uow.session, gathering_id)]


def party(town: Town, gathering_id: UUID, number: int) -> UUID:
    with town.core.units.read() as uow:
        return queries.with_numbers(uow.session, gathering_id, [number])[0].id


@pytest.fixture
def full(town: Town) -> UUID:
    """Two seats and four people."""
    gathering_id = town.do(lambda uow: make_gathering(uow, seats=2))
    with town.core.units.write() as uow:
        for number in range(4):
            sign_up(uow, gathering_id, number)
    return gathering_id


def test_who_comes_first_sits_and_the_others_wait(town: Town, full: UUID) -> None:
    assert stand(town, full) == [(1, "in"), (2, "in"), (3, "waiting"), (4, "waiting")]


def test_a_seat_that_comes_free_is_offered_to_the_first_who_waits(town: Town, full: UUID) -> None:
    town.do(lambda uow: gathering_seats.withdraw(uow, party(town, full, 1)))
    assert stand(town, full) == [(1, "withdrawn"), (2, "in"), (3, "offered"), (4, "waiting")]
    third = party(town, full, 3)
    town.do(lambda uow: gathering_seats.confirm(uow, third))
    assert stand(town, full)[2] == (3, "in")
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: gathering_seats.confirm(uow, party(town, full, 4)))


def test_without_a_yes_the_next_one_is_told(town: Town, full: UUID) -> None:
    town.do(lambda uow: gathering_seats.withdraw(uow, party(town, full, 1)))
    town.do(tell_of_offers)
    town.clock.go_on(seconds=OFFER_LASTS_BY_HAND.total_seconds())
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: gathering_seats.confirm(uow, party(town, full, 3)))
    assert town.do(gathering_seats.lapse_due) == 1
    assert stand(town, full)[2:] == [(3, "lapsed"), (4, "offered")]
    assert town.do(gathering_seats.lapse_due) == 0


def test_shortly_before_the_start_nothing_is_offered(town: Town, full: UUID) -> None:
    town.clock.go_on(days=10, hours=-4)
    town.do(lambda uow: gathering_seats.withdraw(uow, party(town, full, 2)))
    assert stand(town, full)[2:] == [(3, "waiting"), (4, "waiting")]


def test_who_came_is_counted_on_the_day_and_the_last_word_counts(town: Town, full: UUID) -> None:
    first = party(town, full, 1)
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: gathering_seats.attend(uow, first, 1))
    town.clock.go_on(days=10)
    with town.core.units.write() as uow:
        for people in (1, 0):
            gathering_seats.attend(uow, first, people)
    with town.core.units.read() as uow:
        assert uow.session.get_one(GatheringParty, first).attended == 0
    assert town.events().count("party_came") == 2


def test_a_deadline_never_runs_past_the_last_call(town: Town, full: UUID) -> None:
    town.clock.go_on(days=9)
    town.do(lambda uow: gathering_seats.withdraw(uow, party(town, full, 2)))
    with town.core.units.read() as uow:
        offered = queries.with_numbers(uow.session, full, [3])[0]
        assert offered.state == SeatState.OFFERED
        assert offered.offered_until is not None
        assert offered.gathering.starts_at - offered.offered_until == timedelta(hours=3)


def test_whom_no_message_reached_yet_keeps_the_seat_and_waits_again_when_it_is_too_late(
    town: Town, full: UUID
) -> None:
    town.clock.go_on(days=9, hours=18)
    town.do(lambda uow: gathering_seats.withdraw(uow, party(town, full, 1)))
    town.clock.go_on(hours=4)
    assert town.do(gathering_seats.lapse_due) == 0
    assert stand(town, full)[2:] == [(3, "waiting"), (4, "waiting")]
    assert "seat_lapsed" not in town.events()


def test_what_was_offered_is_offered_anew_on_another_day(town: Town, full: UUID) -> None:
    town.do(lambda uow: gathering_seats.withdraw(uow, party(town, full, 1)))
    town.do(tell_of_offers)
    with town.core.units.write() as uow:
        gatherings.change(uow, full, details(uow, ahead=timedelta(hours=9)))
        until = gathering_seats.found(uow, party(town, full, 3)).offered_until
        assert until is not None
        assert until - uow.now == timedelta(hours=6)
    assert town.events().count("seat_offered") == 2
    town.clock.go_on(hours=6)
    assert town.do(gathering_seats.lapse_due) == 0, "nobody heard of the shorter time"
    assert stand(town, full)[2] == (3, "waiting")


def test_a_later_day_gives_the_time_back(town: Town, full: UUID) -> None:
    town.clock.go_on(days=9)
    town.do(lambda uow: gathering_seats.withdraw(uow, party(town, full, 1)))
    with town.core.units.write() as uow:
        gatherings.change(uow, full, details(uow))
        until = gathering_seats.found(uow, party(town, full, 3)).offered_until
        assert until is not None
        assert until - uow.now == OFFER_LASTS_BY_HAND
        gatherings.change(uow, full, details(uow, starts_at=uow.now + timedelta(days=10), street="Munt 8"))
    assert town.events().count("seat_offered") == 2, "another street is no other time"


def test_too_near_a_day_leaves_nobody_with_an_offer_that_is_over(town: Town, full: UUID) -> None:
    town.do(lambda uow: gathering_seats.withdraw(uow, party(town, full, 1)))
    town.do(lambda uow: gatherings.change(uow, full, details(uow, ahead=timedelta(hours=4))))
    assert stand(town, full)[2:] == [(3, "waiting"), (4, "waiting")]


def test_who_signed_up_alone_takes_one_seat_whatever_is_sent(town: Town) -> None:
    gathering_id = town.do(lambda uow: make_gathering(uow, seats=20))
    town.do(lambda uow: sign_up(uow, gathering_id))
    alone = party(town, gathering_id, 1)
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: gathering_seats.resize(uow, alone, 20))
    with town.core.units.read() as uow:
        assert gathering_seats.found(uow, alone).size == 1


def test_who_gave_the_seat_back_is_told_to_sign_up_again(town: Town, full: UUID) -> None:
    first = party(town, full, 1)
    town.do(lambda uow: gathering_seats.withdraw(uow, first))
    with pytest.raises(ImpossibleStep, match="Sign up again"):
        town.do(lambda uow: gathering_seats.confirm(uow, first))
