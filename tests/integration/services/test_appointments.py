"""An agreed moment travels with the messages, moves, is taken back, and is reminded of once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select

from tests.integration.services.conftest import Town
from volunteer.domain.accounts import Role
from volunteer.domain.candidates import Channel
from volunteer.domain.errors import ImpossibleStep, InvalidValue
from volunteer.domain.events.introductions import AppointmentNear
from volunteer.domain.events.messages import MessageQueued
from volunteer.domain.introductions import DeclineReason
from volunteer.domain.messages import MessageKind, MessageState
from volunteer.domain.ports import Outgoing, Sender
from volunteer.handlers import notifying, sending
from volunteer.handlers.reaction import Cause, Later, Ports
from volunteer.matching.catalogue import Catalogue
from volunteer.messages.addressed import addressed
from volunteer.models import Candidate, Introduction, Membership, Message, Organisation, OutboxEvent
from volunteer.services import accounts, appointments, introductions, messages, placements
from volunteer.unit_of_work import UnitOfWork

TUESDAY = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
"""Ten o'clock in Brussels; the town's clock begins a week before."""
MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
THURSDAY = datetime(2026, 12, 3, 13, 30, tzinfo=UTC)


class Nobody:
    """Sends nothing."""

    def send(self, message: Outgoing) -> None:
        """Never called."""
        raise AssertionError(message)


class Meeting:
    """A person with a yes, and the organisation that said it."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.organisation = town.organisation("Buurthuis De Lork")
        role = town.role(self.organisation)
        person = town.person(channel=Channel.EMAIL, contact="amina@voorbeeld.example", language="nl")
        self.introduction = town.ask_to_meet(person, role)
        with town.core.units.write() as uow:
            account = accounts.create(
                uow, name="Noor", email="noor@voorbeeld.example", password="een lange zin", language="en"
            )
            accounts.grant(
                uow, account, Role.OWNER, organisation=uow.session.get_one(Organisation, self.organisation)
            )

    def accept(self, at: datetime | None) -> None:
        """They say yes."""
        self.town.do(
            lambda uow: introductions.accept(
                uow, self.organisation, self.introduction, words="Vraag naar Noor.", agreed_at=at
            )
        )

    def move(self, at: datetime | None) -> None:
        """They name another moment."""
        self.town.do(lambda uow: appointments.move(uow, self.organisation, self.introduction, at=at))

    def suspend(self, is_suspended: bool) -> None:
        """The desk suspends the organisation, or lifts that."""
        with self.town.core.units.write() as uow:
            organisation = uow.session.get_one(Organisation, self.organisation)
            organisation.suspended_at = uow.now if is_suspended else None

    def told(self, kind: MessageKind, *, team: bool = False) -> Outgoing | None:
        """The message of this kind as it would leave now; None when it is not true any more."""
        core = self.town.core
        senders: Mapping[str, Sender] = {Channel.EMAIL: Nobody(), Channel.SMS: Nobody()}
        ports = Ports(centre=core.settings.centre, links=core.links, catalogue=Catalogue(), senders=senders)
        with core.units.write() as uow:
            found = uow.session.get_one(Introduction, self.introduction)
            if team:
                organisation = uow.session.get_one(Organisation, self.organisation)
                messages.tell_members(uow, organisation, kind, about_id=found.id, cause_id=uuid4())
            else:
                messages.tell_candidate(uow, found.candidate, kind, about_id=found.id, cause_id=uuid4())
            uow.session.flush()
            waiting = select(Message).where(Message.kind == kind, Message.state == MessageState.QUEUED)
            message = uow.session.scalars(waiting).one()
            prepared = sending.prepare(Cause(uuid4(), MessageQueued(message.id)), uow, ports)
            message.state = MessageState.SENT
        assert not isinstance(prepared, Later)
        return prepared[1] if prepared else None

    def calendar(self, kind: MessageKind, *, team: bool = False) -> tuple[str, int]:
        """Method and sequence of the file that comes with it."""
        left = self.told(kind, team=team)
        assert left is not None
        (file,) = left.attachments
        assert f"UID:{self.introduction}@" in file.content
        (method,) = re.findall("METHOD:(.*)\r", file.content)
        (sequence,) = re.findall("SEQUENCE:(.*)\r", file.content)
        assert ("method", method) in file.parameters
        return method, int(sequence)


@pytest.fixture
def meeting(town: Town) -> Meeting:
    return Meeting(town)


def test_without_a_moment_there_is_no_file(meeting: Meeting) -> None:
    meeting.accept(None)
    left = meeting.told(MessageKind.ACCEPTED)
    assert left is not None
    assert left.attachments == ()


def test_the_moment_is_in_the_words_and_in_a_file(meeting: Meeting) -> None:
    meeting.accept(TUESDAY)
    left = meeting.told(MessageKind.ACCEPTED)
    assert left is not None
    assert "dinsdag 1 december, 10:00" in left.text
    assert "dinsdag 1 december, 10:00" in left.html
    assert "DTSTART:20261201T090000Z" in left.attachments[0].content
    assert "amina@" not in left.attachments[0].content


def test_every_change_has_a_higher_number_and_the_same_id(meeting: Meeting) -> None:
    meeting.accept(TUESDAY)
    said = [meeting.calendar(MessageKind.ACCEPTED)]
    meeting.move(THURSDAY)
    said.append(meeting.calendar(MessageKind.MOVED))
    meeting.move(None)
    said.append(meeting.calendar(MessageKind.MOVED))
    meeting.move(TUESDAY)
    said.append(meeting.calendar(MessageKind.MOVED))
    meeting.town.do(
        lambda uow: placements.cancel(
            uow, meeting.organisation, meeting.introduction, reason=DeclineReason.HOURS_CHANGED
        )
    )
    said.append(meeting.calendar(MessageKind.DECLINED))
    assert [method for method, _ in said] == ["PUBLISH", "PUBLISH", "CANCEL", "PUBLISH", "CANCEL"]
    assert [number for _, number in said] == sorted({number for _, number in said})


def test_who_does_not_come_is_taken_out_of_the_calendar_of_the_team(meeting: Meeting, town: Town) -> None:
    meeting.accept(TUESDAY)
    town.clock.turn_to(MONDAY)
    published = meeting.calendar(MessageKind.TEAM_REMINDER, team=True)
    with town.core.units.write() as uow:
        found = uow.session.get_one(Introduction, meeting.introduction)
        introductions.withdraw(uow, uow.session.get_one(Candidate, found.candidate_id), found.id)
    method, number = meeting.calendar(MessageKind.WITHDRAWN, team=True)
    assert (method, number > published[1]) == ("CANCEL", True)


def test_the_day_before_both_are_reminded_once(meeting: Meeting, town: Town) -> None:
    meeting.accept(TUESDAY)
    assert _reminded(town) == 0, "a week is too early"
    town.clock.turn_to(datetime(2026, 11, 30, 6, tzinfo=UTC))
    assert _reminded(town) == 1
    assert _reminded(town) == 0
    with town.core.units.write() as uow:
        (event,) = uow.session.scalars(select(OutboxEvent).where(OutboxEvent.type == "appointment_near"))
        cause = Cause(event.id, _read_back(event.payload))
        ports = Ports(
            centre=town.core.settings.centre, links=town.core.links, catalogue=Catalogue(), senders={}
        )
        notifying.of_tomorrow(cause, uow, ports)
    with town.core.units.read() as uow:
        kinds = select(Message.kind).where(Message.cause_id == event.id).order_by(Message.kind)
        assert list(uow.session.scalars(kinds)) == ["reminder", "team_reminder"]


def test_another_moment_is_reminded_of_again(meeting: Meeting, town: Town) -> None:
    meeting.accept(TUESDAY)
    town.clock.turn_to(datetime(2026, 11, 30, 8, tzinfo=UTC))
    assert _reminded(town) == 1
    meeting.move(THURSDAY)
    town.clock.turn_to(datetime(2026, 12, 2, 8, tzinfo=UTC))
    assert _reminded(town) == 1


def test_a_reminder_of_what_was_taken_back_or_is_over_does_not_leave(meeting: Meeting, town: Town) -> None:
    meeting.accept(TUESDAY)
    town.clock.turn_to(datetime(2026, 12, 1, 10, tzinfo=UTC))
    assert meeting.told(MessageKind.REMINDER) is None


def test_a_reminder_says_tomorrow_on_the_day_before_alone_and_not_what_they_wrote(
    meeting: Meeting, town: Town
) -> None:
    meeting.accept(TUESDAY)
    assert meeting.told(MessageKind.REMINDER) is None, "a week before"
    town.clock.turn_to(MONDAY)
    left = meeting.told(MessageKind.REMINDER)
    assert left is not None
    assert "Vraag naar Noor." not in left.text
    town.clock.turn_to(datetime(2026, 11, 30, 23, 30, tzinfo=UTC))
    assert meeting.told(MessageKind.REMINDER) is None, "in Brussels it is Tuesday"


def test_who_hears_of_a_move_to_tomorrow_is_not_told_again(meeting: Meeting, town: Town) -> None:
    meeting.accept(THURSDAY)
    town.clock.turn_to(MONDAY)
    meeting.move(TUESDAY)
    assert _reminded(town) == 0
    assert meeting.told(MessageKind.MOVED) is not None


def test_while_an_organisation_is_suspended_nobody_is_reminded(meeting: Meeting, town: Town) -> None:
    meeting.accept(TUESDAY)
    town.clock.turn_to(MONDAY)
    meeting.suspend(True)
    assert _reminded(town) == 0
    assert meeting.told(MessageKind.REMINDER) is None
    meeting.suspend(False)
    assert _reminded(town) == 1


def test_who_left_the_team_hears_nothing_more_of_it(meeting: Meeting, town: Town) -> None:
    meeting.accept(TUESDAY)
    town.clock.turn_to(MONDAY)
    with town.core.units.write() as uow:
        organisation = uow.session.get_one(Organisation, meeting.organisation)
        about = {"about_id": meeting.introduction, "cause_id": uuid4()}
        messages.tell_members(uow, organisation, MessageKind.TEAM_REMINDER, **about)
        uow.session.flush()
        message = uow.session.scalars(select(Message).where(Message.kind == "team_reminder")).one()
        assert is_addressed(town, uow, message)
        uow.session.execute(delete(Membership))
        assert not is_addressed(town, uow, message)


def is_addressed(town: Town, uow: UnitOfWork, message: Message) -> bool:
    """Whether it would go to somebody now."""
    core = town.core
    return addressed(uow, message, centre=core.settings.centre, links=core.links) is not None


def test_what_was_said_the_same_day_needs_no_reminder(meeting: Meeting, town: Town) -> None:
    town.clock.turn_to(datetime(2026, 11, 30, 14, tzinfo=UTC))
    meeting.accept(TUESDAY)
    _reminded(town)
    assert "appointment_near" not in town.events()


def test_only_a_yes_can_be_moved_and_only_to_what_is_to_come(meeting: Meeting) -> None:
    with pytest.raises(ImpossibleStep):
        meeting.move(TUESDAY)
    meeting.accept(TUESDAY)
    with pytest.raises(InvalidValue):
        meeting.move(datetime(2026, 11, 1, tzinfo=UTC))


def _read_back(payload: dict[str, str]) -> object:
    """The event as a worker reads it back."""
    return AppointmentNear(UUID(payload["introduction_id"]))


def _reminded(town: Town) -> int:
    return town.do(appointments.remind)
