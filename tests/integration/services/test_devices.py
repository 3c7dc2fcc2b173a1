"""New devices: asked about once, confirmed once, remembered for a while, and forgotten when told so."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from tests.integration.services.conftest import Town
from volunteer.domain.candidates import Channel
from volunteer.domain.devices import Asked, Kind
from volunteer.domain.errors import NotFound
from volunteer.domain.messages import MessageKind
from volunteer.models import Candidate, Device, Message
from volunteer.queries.devices import waiting_devices
from volunteer.services import devices

BOTH = frozenset({"email", "sms"})


@pytest.fixture
def amina(town: Town) -> UUID:
    return town.person()


def ask(town: Town, person: UUID, *, cookie: str | None = "a", by: Asked = Asked.OWN_CHANNEL) -> UUID:
    device: UUID = town.do(
        lambda uow: (
            devices.ask(uow, uow.session.get_one(Candidate, person), kind=Kind.PHONE, cookie=cookie, by=by).id
        )
    )
    return device


def known(town: Town, person: UUID, cookie: str | None = "a") -> bool:
    with town.core.units.write() as uow:
        return devices.recognised(uow, uow.session.get_one(Candidate, person), cookie) is not None


def confirm(town: Town, device: UUID, by: str = devices.BY_LINK) -> None:
    town.do(lambda uow: devices.confirm(uow, device, by=by))


def messages(town: Town) -> list[str]:
    with town.core.units.read() as uow:
        return list(uow.session.scalars(select(Message.kind)))


def test_a_device_is_known_only_once_it_is_confirmed(town: Town, amina: UUID) -> None:
    device = ask(town, amina)
    assert not known(town, amina)
    confirm(town, device)
    assert known(town, amina)
    assert not known(town, amina, "b")
    assert not known(town, amina, None)
    assert not known(town, town.person(first_name="Bilal")), "a cookie says nothing about other files"


def test_a_question_is_answered_once(town: Town, amina: UUID) -> None:
    device = ask(town, amina)
    confirm(town, device)
    with pytest.raises(NotFound):
        confirm(town, device)


def test_a_refused_device_cannot_be_confirmed_any_more(town: Town, amina: UUID) -> None:
    device = ask(town, amina)
    town.do(lambda uow: devices.refuse(uow, device))
    with pytest.raises(NotFound):
        confirm(town, device)
    assert not known(town, amina)


def test_refusing_comes_too_late_for_a_confirmed_device(town: Town, amina: UUID) -> None:
    device = ask(town, amina)
    confirm(town, device)
    town.do(lambda uow: devices.refuse(uow, device))
    assert known(town, amina)


def test_a_question_is_over_after_a_day(town: Town, amina: UUID) -> None:
    device = ask(town, amina)
    town.clock.go_on(hours=24)
    with pytest.raises(NotFound):
        confirm(town, device)


def test_it_is_remembered_for_90_days_without_use(town: Town, amina: UUID) -> None:
    confirm(town, ask(town, amina))
    town.clock.go_on(days=89)
    assert known(town, amina)
    town.clock.go_on(days=89)
    assert known(town, amina)
    town.clock.go_on(days=90)
    assert not known(town, amina)


def test_a_shared_device_stays_two_hours_and_is_never_known(town: Town, amina: UUID) -> None:
    device = ask(town, amina, cookie=None)
    confirm(town, device)
    assert town.do(lambda uow: devices.is_confirmed(uow, device, amina))
    assert not known(town, amina, None)
    town.clock.go_on(hours=2)
    assert not town.do(lambda uow: devices.is_confirmed(uow, device, amina))


def test_a_forgotten_device_is_known_no_longer(town: Town, amina: UUID) -> None:
    device = ask(town, amina)
    confirm(town, device)
    bilal = town.person(first_name="Bilal")
    town.do(lambda uow: devices.forget(uow, uow.session.get_one(Candidate, bilal), device))
    assert known(town, amina), "nobody forgets the devices of somebody else"
    town.do(lambda uow: devices.forget(uow, uow.session.get_one(Candidate, amina), device))
    assert not known(town, amina)


def test_the_person_is_told_by_their_own_channel(town: Town, amina: UUID) -> None:
    ask(town, amina)
    assert messages(town) == [MessageKind.CONFIRM_DEVICE]


def test_what_the_desk_confirms_waits_there_the_longest_first(town: Town, amina: UUID) -> None:
    bilal = town.person(first_name="Bilal", channel=Channel.DESK, contact=None)
    ask(town, amina, by=Asked.OWN_CHANNEL)
    later = ask(town, amina, cookie="b", by=Asked.DESK)
    town.clock.go_on(minutes=1)
    last = ask(town, bilal, cookie="c", by=Asked.DESK)
    with town.core.units.read() as uow:
        found = [(device.id, file.id) for device, file in waiting_devices(uow.session, now=uow.now)]
    assert found == [(later, amina), (last, bilal)]
    confirm(town, later, by="somebody")
    with town.core.units.read() as uow:
        assert [device.id for device, _ in waiting_devices(uow.session, now=uow.now)] == [last]


@pytest.mark.parametrize(
    ("channel", "contact", "sends", "can"),
    [
        (Channel.SMS, "+32470123456", BOTH, True),
        (Channel.EMAIL, "amina@voorbeeld.example", BOTH, True),
        (Channel.SMS, "+32470123456", {"email"}, False),
        (Channel.PHONE, "+32470123456", BOTH, False),
        (Channel.LETTER, "Straat 1, 1000 Brussel", BOTH, False),
        (Channel.SUPPORT_WORKER, "Els", BOTH, False),
        (Channel.DESK, None, BOTH, False),
    ],
)
def test_a_link_goes_only_where_one_leaves_by_itself(
    town: Town, channel: Channel, contact: str | None, sends: frozenset[str], can: bool
) -> None:
    person = town.person(channel=channel, contact=contact)
    with town.core.units.read() as uow:
        candidate = uow.session.get_one(Candidate, person)
        assert devices.can_ask_by_link(uow, candidate, sends=sends) is can


def test_nobody_is_flooded_with_messages(town: Town, amina: UUID) -> None:
    def can() -> bool:
        with town.core.units.read() as uow:
            return devices.can_ask_by_link(uow, uow.session.get_one(Candidate, amina), sends=BOTH)

    for number in range(devices.MOST_LINKS_AN_HOUR):
        assert can()
        ask(town, amina, cookie=str(number))
    assert not can()
    town.clock.go_on(hours=1)
    assert can()


def test_asked_again_the_device_is_the_same_with_another_sign(town: Town, amina: UUID) -> None:
    first = ask(town, amina)
    signs = set()
    for _ in range(20):
        assert ask(town, amina) == first
        with town.core.units.read() as uow:
            signs.add(uow.session.get_one(Device, first).sign)
    assert len(signs) > 1
    assert all(len(sign) == 2 for sign in signs)


def test_what_is_over_is_wiped_a_day_later(town: Town, amina: UUID) -> None:
    ask(town, amina)
    town.clock.go_on(hours=47)
    town.do(devices.forget_over)
    with town.core.units.read() as uow:
        assert len(uow.session.scalars(select(Device)).all()) == 1
    town.clock.go_on(hours=1)
    town.do(devices.forget_over)
    with town.core.units.read() as uow:
        assert uow.session.scalars(select(Device)).all() == []
