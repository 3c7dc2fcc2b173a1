from __future__ import annotations

from sqlalchemy import select

from tests.integration.services.conftest import Town
from volunteer.models import Draft
from volunteer.services import drafts

ANSWERS = {"first_name": "Amina", "needs": ["sv.buddy"]}


def test_a_draft_opens_with_its_cookie_only(town: Town) -> None:
    cookie = drafts.new_cookie()
    town.do(lambda uow: drafts.save(uow, cookie, ANSWERS))
    assert town.do(lambda uow: drafts.load(uow, cookie)) == ANSWERS
    assert town.do(lambda uow: drafts.load(uow, drafts.new_cookie())) == {}


def test_neither_the_answers_nor_the_cookie_can_be_read_in_the_row(town: Town) -> None:
    cookie = drafts.new_cookie()
    town.do(lambda uow: drafts.save(uow, cookie, ANSWERS))
    with town.core.units.read() as uow:
        row = uow.session.scalars(select(Draft)).one()
        assert b"Amina" not in row.answers_sealed
        assert cookie.encode() not in row.cookie_hash


def test_saving_again_replaces_and_lasts_a_day_from_then(town: Town) -> None:
    cookie = drafts.new_cookie()
    town.do(lambda uow: drafts.save(uow, cookie, ANSWERS))
    town.clock.go_on(hours=23)
    town.do(lambda uow: drafts.save(uow, cookie, {"first_name": "Bo"}))
    town.clock.go_on(hours=23)
    assert town.do(lambda uow: drafts.load(uow, cookie)) == {"first_name": "Bo"}
    town.clock.go_on(hours=1)
    assert town.do(lambda uow: drafts.load(uow, cookie)) == {}


def test_what_is_over_is_wiped_and_the_rest_stays(town: Town) -> None:
    old, young = drafts.new_cookie(), drafts.new_cookie()
    town.do(lambda uow: drafts.save(uow, old, ANSWERS))
    town.clock.go_on(hours=24)
    town.do(lambda uow: drafts.save(uow, young, ANSWERS))
    town.do(drafts.forget_expired)
    with town.core.units.read() as uow:
        assert len(uow.session.scalars(select(Draft)).all()) == 1
    assert town.do(lambda uow: drafts.load(uow, young)) == ANSWERS


def test_a_draft_that_is_done_is_gone(town: Town) -> None:
    cookie = drafts.new_cookie()
    town.do(lambda uow: drafts.save(uow, cookie, ANSWERS))
    town.do(lambda uow: drafts.forget(uow, cookie))
    assert town.do(lambda uow: drafts.load(uow, cookie)) == {}
