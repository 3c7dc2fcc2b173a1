"""Marks are planted in what many people told us, and looked for in all that leaves, travels or is logged.

A message may hold the first name of whom it is about, the appointment and the organisation. Everything else
(needs, contacts, words for others, notes) is nowhere: in no mail or text message, with headers, form and
calendar file, in no address of a page, no log line, no event and no queue.
"""

from __future__ import annotations

import logging
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.integration.sending.marked import (
    House,
    all_of,
    everything_in,
    live,
    names_at_most_one,
    secrets,
)
from volunteer.config import Settings
from volunteer.domain.messages import MessageKind
from volunteer.models import Delivery, Message, OutboxEvent

ENOUGH = {
    "suggestions_ready",
    "introduction_received",
    "accepted",
    "declined",
    "moved",
    "withdrawn",
    "reminder",
    "team_reminder",
}


def test_what_leaves_holds_names_appointments_and_organisations_alone(
    house: House, settings: Settings
) -> None:
    live(house)
    kinds = _kinds(house)
    assert set(kinds.values()) >= ENOUGH, "the story tells enough"
    assert any(message.attachments for message in house.left)
    for message in house.left:
        content = all_of(message, settings).lower()
        found = [mark for mark in secrets(house) if mark in content]
        assert found == [], (kinds[message.id], found)
        names_at_most_one(house, message, content)
        assert "zqname" not in message.subject.lower()
        assert "zqname" not in str(message.unsubscribe).lower()


def _kinds(house: House) -> dict[UUID, str]:
    with house.worker.core.units.read() as uow:
        return {each.id: str(MessageKind(each.kind)) for each in uow.session.scalars(select(Message))}


def test_what_travels_and_is_logged_holds_nothing_at_all(
    house: House, settings: Settings, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    live(house)
    with house.worker.core.units.read() as uow:
        events = [str(each.payload) for each in uow.session.scalars(select(OutboxEvent))]
        errors = [str(each.last_error) for each in uow.session.scalars(select(Delivery))]
    queues = everything_in(settings.redis_url)
    assert "deliver" in queues, "the bell rang on a real queue"
    logged = "\n".join(capfd.readouterr()) + caplog.text
    everything = "\n".join([*events, *errors, queues, logged]).lower()
    marks = [*secrets(house), *(each.first_name.lower() for each in house.people)]
    assert [mark for mark in marks if mark in everything] == []
