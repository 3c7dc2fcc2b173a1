"""The card: it opens one file until it is renewed, stopped, or lies unused for a year."""

from __future__ import annotations

import re
from uuid import UUID

from sqlalchemy import select

from tests.integration.services.conftest import Town
from volunteer.domain.candidates import CandidateState
from volunteer.models import Candidate, Card
from volunteer.services import cards
from volunteer.unit_of_work import UnitOfWork


def person(uow: UnitOfWork, candidate_id: UUID) -> Candidate:
    return uow.session.get_one(Candidate, candidate_id)


def opens(town: Town, token: str) -> UUID | None:
    found = town.do(lambda uow: cards.use(uow, token))
    return found[1].id if found else None


def issued(town: Town, candidate_id: UUID) -> str:
    token: str = town.do(lambda uow: cards.issue(uow, person(uow, candidate_id)))
    return token


def test_a_card_opens_its_own_file_only(town: Town) -> None:
    amina, bilal = town.person(), town.person(first_name="Bilal")
    assert opens(town, issued(town, amina)) == amina
    assert opens(town, issued(town, bilal)) == bilal
    assert opens(town, "no such card") is None
    assert opens(town, "") is None


def test_the_token_has_128_bits_and_is_kept_nowhere(town: Town) -> None:
    token = issued(town, town.person())
    assert re.fullmatch(r"[\w-]{22}", token)
    with town.core.units.read() as uow:
        for card in uow.session.scalars(select(Card)):
            assert token.encode() not in card.token_hash
            assert re.fullmatch(r"K-\d{4}-\d{4}", card.number)


def test_a_new_card_stops_the_old_one_at_once(town: Town) -> None:
    amina = town.person()
    old = issued(town, amina)
    new = town.do(lambda uow: cards.renew(uow, person(uow, amina)))
    assert opens(town, old) is None
    assert opens(town, new) == amina


def test_a_stopped_card_opens_nothing(town: Town) -> None:
    amina, bilal = town.person(), town.person(first_name="Bilal")
    hers, his = issued(town, amina), issued(town, bilal)
    town.do(lambda uow: cards.revoke(uow, person(uow, amina)))
    town.do(lambda uow: cards.revoke(uow, person(uow, amina)))
    assert opens(town, hers) is None
    assert opens(town, his) == bilal


def test_a_year_unused_is_over_and_each_use_begins_it_again(town: Town) -> None:
    amina = town.person()
    token = issued(town, amina)
    town.clock.go_on(days=364)
    assert opens(town, token) == amina
    town.clock.go_on(days=364)
    assert opens(town, token) == amina
    town.clock.go_on(days=365)
    assert opens(town, token) is None


def test_a_use_is_written_down_once_a_day(town: Town) -> None:
    amina = town.person()
    token = issued(town, amina)
    opens(town, token)

    def used() -> tuple[object, object]:
        with town.core.units.read() as uow:
            card = cards.of(uow, amina)
            assert card is not None
            return card.used_at, card.expires_at

    first = used()
    town.clock.go_on(hours=23)
    opens(town, token)
    assert used() == first
    town.clock.go_on(hours=1)
    opens(town, token)
    assert used() != first


def test_a_file_that_nobody_confirmed_opens_with_nothing(town: Town) -> None:
    amina = town.person()
    token = issued(town, amina)
    town.do(lambda uow: setattr(person(uow, amina), "state", CandidateState.PENDING))
    assert opens(town, token) is None


def test_erasing_a_file_takes_its_cards_along(town: Town) -> None:
    amina = town.person()
    token = issued(town, amina)
    town.do(lambda uow: uow.session.delete(person(uow, amina)))
    assert opens(town, token) is None
    with town.core.units.read() as uow:
        assert uow.session.scalars(select(Card)).all() == []
