"""The call list: told, no answer, another time."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.integration.services.conftest import Town
from volunteer.domain.errors import InvalidValue, NotFound
from volunteer.models import Message
from volunteer.services import calls, messages
from volunteer.unit_of_work import UnitOfWork


@pytest.fixture
def call(town: Town) -> UUID:
    """One message that somebody at the desk is to tell."""
    message_id = uuid4()
    message = Message(
        id=message_id,
        cause_id=uuid4(),
        kind="accepted",
        recipient="candidate",
        recipient_id=uuid4(),
        about_id=uuid4(),
        channel="phone",
        language="nl",
        state="to_do",
        created_at=town.clock.now(),
    )
    town.do(lambda uow: uow.session.add(message))
    return message_id


def test_nobody_answers_and_it_comes_back_tomorrow_and_is_counted(town: Town, call: UUID) -> None:
    for tries in range(1, calls.MANY_TRIES + 1):
        tried = town.do(lambda uow: calls.no_answer(uow, call))
        assert tried.tries == tries
        with town.core.units.read() as uow:
            again = uow.session.get_one(Message, call)
            assert again.state == "to_do"
            assert again.not_before is not None
            assert again.not_before.astimezone(uow.zone).date() == uow.today + timedelta(days=1)
        town.clock.go_on(days=1)
    town.do(lambda uow: messages.mark_done(uow, call))
    with pytest.raises(NotFound):
        town.do(lambda uow: calls.no_answer(uow, call))


def test_another_time_is_kept_sealed(town: Town, call: UUID) -> None:
    def wish(uow: UnitOfWork) -> Message:
        return calls.other_hour(uow, call, on=uow.today + timedelta(days=3), words="na vijf uur")

    town.do(wish)
    with town.core.units.read() as uow:
        kept = uow.session.get_one(Message, call)
        assert kept.tries == 0
        assert kept.not_before is not None
        assert kept.not_before.astimezone(uow.zone).date() == uow.today + timedelta(days=3)
        assert kept.wish_sealed is not None
        assert b"vijf" not in kept.wish_sealed
        assert calls.wish_of(uow, kept) == "na vijf uur"


@pytest.mark.parametrize(("days", "words"), [(-1, ""), (61, ""), (1, "x" * 121), (1, "93.05.18-223.61")])
def test_some_times_cannot_be_kept(town: Town, call: UUID, days: int, words: str) -> None:
    with pytest.raises(InvalidValue):
        town.do(lambda uow: calls.other_hour(uow, call, on=uow.today + timedelta(days=days), words=words))
