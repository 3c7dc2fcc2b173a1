"""Nothing is kept too long: with a clock that moves by months."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests.integration.services.conftest import Town
from volunteer.domain.candidates import Channel
from volunteer.domain.introductions import DeclineReason
from volunteer.domain.messages import MessageKind, MessageState
from volunteer.domain.retention import months_before
from volunteer.messages.spoken import to_tell
from volunteer.models import Candidate, Erasure, FormerContact, Introduction, Message, NeedReading
from volunteer.services import candidates, introductions, messages, retention


def _pass(town: Town, *, days: int) -> None:
    town.clock.go_on(seconds=timedelta(days=days).total_seconds())
    retention.keep_no_longer(town.core.units)


def _all(town: Town, kind: type[Any]) -> list[Any]:
    with town.core.units.read() as uow:
        return list(uow.session.scalars(select(kind)))


def _asked(town: Town) -> list[UUID]:
    return [each.recipient_id for each in _all(town, Message) if each.kind == MessageKind.KEEP_FILE]


def _hear(town: Town) -> None:
    """Every message reaches its person."""
    for message in _all(town, Message):
        town.do(partial(messages.settle, message_id=message.id))


def _is_due(town: Town) -> bool:
    with town.core.units.read() as uow:
        return retention.is_due(uow)


def test_who_is_silent_for_a_year_is_asked_and_erased_a_month_later(town: Town) -> None:
    person = town.person()
    _pass(town, days=364)
    assert (_asked(town), _is_due(town)) == ([], False)
    _pass(town, days=2)
    assert _asked(town) == [person]
    _pass(town, days=27)
    assert len(_all(town, Candidate)) == 1
    assert _asked(town) == [person], "asked once"
    _hear(town)
    _pass(town, days=5)
    assert _all(town, Candidate) == []
    assert [each.asked_by for each in _all(town, Erasure)] == ["silence"]


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.LETTER])
def test_nobody_goes_who_was_never_told(town: Town, channel: Channel) -> None:
    town.person(channel=channel, contact="+3225123456")
    _pass(town, days=366)
    _pass(town, days=90)
    assert len(_all(town, Candidate)) == 1, "the call is still on the desk's list"
    assert not _is_due(town)
    _hear(town)
    _pass(town, days=1)
    assert _all(town, Candidate) == []


def test_who_comes_by_themselves_cannot_be_told_and_goes_all_the_same(town: Town) -> None:
    town.person(channel=Channel.DESK, contact=None)
    _pass(town, days=366)
    _pass(town, days=32)
    assert _all(town, Candidate) == []


def test_who_reacts_stays_another_year(town: Town) -> None:
    person = town.person()
    _pass(town, days=366)
    town.do(lambda uow: retention.note_visit(uow, uow.session.get_one(Candidate, person)))
    _pass(town, days=360)
    assert len(_all(town, Candidate)) == 1
    _pass(town, days=10)
    assert _asked(town) == [person, person]


def test_a_file_without_a_day_of_seeing_counts_from_when_it_was_opened(town: Town) -> None:
    person = town.person(channel=Channel.PHONE, contact="+3225123456")

    def forget(uow: Any) -> None:
        uow.session.get_one(Candidate, person).seen_on = None

    town.do(forget)
    _pass(town, days=300)
    assert _asked(town) == []
    _pass(town, days=70)
    assert [each.state for each in _all(town, Message) if each.kind == MessageKind.KEEP_FILE] == ["to_do"]


def test_many_are_asked_a_few_at_a_time(town: Town) -> None:
    for _ in range(5):
        town.person()
    town.clock.go_on(seconds=timedelta(days=370).total_seconds())
    retention.keep_no_longer(town.core.units, people_at_once=2)
    assert len(_asked(town)) == 5


def test_what_ended_two_years_ago_goes(town: Town) -> None:
    organisation = town.organisation()
    ended, runs = town.role(organisation), town.role(organisation, title="Naaien")
    person = town.person()
    first, second = town.ask_to_meet(person, ended), town.ask_to_meet(person, runs)
    town.do(lambda uow: introductions.decline(uow, organisation, first, reason=DeclineReason.NO_SPOT_NOW))
    town.clock.go_on(seconds=timedelta(days=700).total_seconds())
    town.do(lambda uow: retention.note_visit(uow, uow.session.get_one(Candidate, person)))
    town.do(retention.forget_ended)
    assert {each.id for each in _all(town, Introduction)} == {first, second}
    assert _all(town, NeedReading)
    _pass(town, days=35)
    assert {each.id for each in _all(town, Introduction)} == {second}, "and what runs stays"
    assert _all(town, NeedReading) == []


def test_an_old_address_is_kept_a_month_at_most(town: Town) -> None:
    person = town.person()

    def change(uow: Any) -> None:
        file = uow.session.get_one(Candidate, person)
        moved = replace(candidates.answers_of(uow, file), contact="+32470654321")
        candidates.change(uow, file, moved, with_needs=False)

    town.do(change)
    assert len(_all(town, FormerContact)) == 1
    _pass(town, days=29)
    assert (len(_all(town, FormerContact)), _is_due(town)) == (1, False)
    town.clock.go_on(seconds=timedelta(days=2).total_seconds())
    assert _is_due(town), "the clock asks for it by itself"
    _pass(town, days=0)
    assert (_all(town, FormerContact), _is_due(town)) == ([], False)


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.LETTER])
def test_who_was_not_told_at_an_old_address_is_not_called_gone(town: Town, channel: Channel) -> None:
    contact = "+32470123456" if channel is Channel.SMS else "Straat 1, 1000 Brussel"
    person = town.person(channel=channel, contact=contact)

    def move(uow: Any) -> None:
        file = uow.session.get_one(Candidate, person)
        moved = replace(candidates.answers_of(uow, file), channel=Channel.PHONE, contact="+32470654321")
        candidates.change(uow, file, moved, with_needs=False)

    town.do(move)
    (told,) = _all(town, Message)
    assert (told.kind, told.channel) == (MessageKind.CONTACT_CHANGED, channel)
    _pass(town, days=31)
    (told,) = _all(town, Message)
    assert (told.state, told.finished_at is None) == (MessageState.DROPPED, False)
    with town.core.units.read() as uow:
        assert to_tell(uow) == []


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2027, 3, 31), 1, date(2027, 2, 28)),
        (date(2027, 1, 15), 1, date(2026, 12, 15)),
    ],
)
def test_months_end_where_the_calendar_says(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 40))
def test_months_go_back_and_forth(day: date, months: int) -> None:
    before = months_before(day, months)
    assert before <= day
    assert 0 <= (day - months_before(before, -months)).days <= 3
