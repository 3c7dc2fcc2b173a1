"""What who signed up for a gathering is told, by mail and by text message, from the seat to the thanks."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from uuid import UUID

import pytest

from tests.factories.gatherings import details, make_gathering, sign_up
from tests.integration.sending.marked import House
from volunteer.domain.candidates import Channel
from volunteer.domain.messages import MessageKind
from volunteer.domain.ports import Outgoing
from volunteer.domain.text_messages import parts
from volunteer.links import Purpose
from volunteer.messages import call_list
from volunteer.models import Gathering
from volunteer.queries import gatherings as queries
from volunteer.queries.messages import messages_to_do
from volunteer.services import gathering_links, gathering_seats, gatherings, messages
from volunteer.unit_of_work import UnitsOfWork
from workers.scheduler import _GATHERINGS

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Story:
    """A gathering with one seat, and visitors who are reached by mail or text message."""

    def __init__(self, house: House) -> None:
        self.house = house
        with self.units.write() as uow:
            self.gathering_id = make_gathering(uow, seats=1, interpreters=frozenset({"ar"}))

    @property
    def units(self) -> UnitsOfWork:
        return self.house.worker.core.units

    def come(self, name: str, channel: Channel = Channel.EMAIL, contact: str | None = None) -> UUID:
        with self.units.write() as uow:
            party_id = sign_up(
                uow, self.gathering_id, name=name, channel=channel,
                contact=contact or f"{name}@voorbeeld.example".lower(),
            ).id  # fmt: skip
        self.house.work()
        return party_id

    def tick(self) -> None:
        call_list.drop_untrue(self.units)
        for step in _GATHERINGS:
            with self.units.write() as uow:
                step(uow)
        self.house.work()

    def turn_to(self, *, days_before: float) -> None:
        with self.units.read() as uow:
            starts_at = uow.session.get_one(Gathering, self.gathering_id).starts_at
        self.house.clock.turn_to(starts_at - timedelta(days=days_before))
        self.tick()

    def taken(self) -> list[Outgoing]:
        """What left since it was last asked."""
        found, self.house.left[:] = list(self.house.left), []
        return found

    def subjects(self) -> list[tuple[str, str]]:
        return sorted((each.to.partition("@")[0], each.subject) for each in self.taken())


@pytest.fixture
def story(house: House) -> Story:
    return Story(house)


def test_from_the_seat_to_the_thanks(story: Story) -> None:
    first, second = story.come("Amal"), story.come("Joseph")
    third = story.come("Mina", Channel.SMS, "+32470123456")
    sits, waits, by_text = story.taken()
    assert (sits.subject, waits.subject) == ("Je hebt een plaats", "Je staat op de wachtlijst")
    assert "Muntpunt" in sits.text
    assert "Arabisch" in sits.text
    assert "Amal" not in sits.text, "a name that a stranger typed is not said"
    assert "BEGIN:VEVENT" in sits.attachments[0].content
    assert "1000" in sits.attachments[0].content, "as the calendar to follow says it"
    assert "niet genoeg vrije plaatsen" in waits.text
    assert "nummer 1 " in waits.text
    assert "nummer 2 " in by_text.text

    with story.units.write() as uow:
        gathering_seats.withdraw(uow, first)
    story.house.work()
    [offer] = story.taken()
    assert offer.subject == "Er is een plaats voor jou"
    token = next(word for word in offer.text.split() if "/seat/" in word).rpartition("/")[2]
    with story.units.write() as uow:
        party_id, proof = story.house.worker.core.links.read(Purpose.SEAT, token)
        assert gathering_links.party_of(uow, party_id, proof).id == second
        gathering_seats.confirm(uow, second)
    story.house.work()
    assert story.subjects() == [("joseph", "Je hebt een plaats")]

    story.turn_to(days_before=1)
    assert story.subjects() == [("joseph", "Je activiteit is morgen")]
    story.tick()
    assert story.taken() == []

    story.turn_to(days_before=0)
    with story.units.write() as uow:
        gathering_seats.attend(uow, second, 1)
        gatherings.say_afterwards(
            uow, story.gathering_id, afterwards={"nl": {"words": "Lees het na."}}, question={}
        )
    story.turn_to(days_before=-2)
    [thanks] = story.taken()
    assert "/after/" in thanks.text
    assert "Lees het na." in thanks.text
    with story.units.read() as uow:
        assert gathering_seats.found(uow, third).state == "waiting"


def test_who_lets_it_go_by_is_told_and_so_is_the_next_one(story: Story) -> None:
    first = story.come("Amal")
    story.come("Joseph")
    story.come("Mina")
    with story.units.write() as uow:
        gathering_seats.withdraw(uow, first)
    story.house.work()
    story.taken()
    story.house.clock.go_on(days=3)
    story.tick()
    assert story.subjects() == [
        ("joseph", "We houden de plaats niet meer voor jou"), ("mina", "Er is een plaats voor jou"),
    ]  # fmt: skip


def test_nobody_loses_a_seat_of_which_nobody_told_them(story: Story) -> None:
    first = story.come("Amal")
    called = story.come("Joseph", Channel.PHONE, "+32470123456")
    with story.units.write() as uow:
        gathering_seats.withdraw(uow, first)
    story.house.work()
    story.house.clock.go_on(days=5)
    story.tick()
    with story.units.read() as uow:
        assert gathering_seats.found(uow, called).state == "offered"
        [call] = [each for each in messages_to_do(uow.session) if each.kind == MessageKind.SEAT_OFFERED]
    with story.units.write() as uow:
        messages.mark_done(uow, call.id)
    story.house.clock.go_on(days=4)
    story.tick()
    with story.units.read() as uow:
        assert gathering_seats.found(uow, called).state == "lapsed"


def test_whoever_signed_up_hears_once_of_a_change_and_once_of_the_end(story: Story) -> None:
    story.come("Amal")
    story.come("Joseph")
    story.taken()
    with story.units.write() as uow:
        moved = details(uow, seats=1, ahead=timedelta(days=12))
        gatherings.change(uow, story.gathering_id, moved)
        gatherings.change(uow, story.gathering_id, moved)
    story.house.work()
    both = "Je activiteit is op een ander moment of een andere plek"
    assert story.subjects() == [("amal", both), ("joseph", both)]

    with story.units.write() as uow:
        gatherings.cancel(uow, story.gathering_id, {"nl": "De zaal is dicht."})
    story.house.work()
    mails = {each.to: each for each in story.taken()}
    assert {each.subject for each in mails.values()} == {"Je activiteit gaat niet door"}
    assert all("De zaal is dicht." in each.text for each in mails.values())
    assert all(f"/agenda/{story.gathering_id}" in each.text for each in mails.values())
    assert [len(each.attachments) for _to, each in sorted(mails.items())] == [1, 0]
    assert "STATUS:CANCELLED" in mails["amal@voorbeeld.example"].attachments[0].content
    story.turn_to(days_before=1)
    story.turn_to(days_before=-2)
    assert story.taken() == []


def test_what_was_overtaken_is_not_said(story: Story) -> None:
    with story.units.write() as uow:
        party_id = sign_up(uow, story.gathering_id, channel=Channel.EMAIL, contact="a@voorbeeld.example").id
    with story.units.write() as uow:
        gathering_seats.withdraw(uow, party_id)
    story.house.work()
    assert story.taken() == []
    with story.units.read() as uow:
        assert queries.seats_taken(uow.session, story.gathering_id) == 0


def test_who_has_no_seat_is_not_told_to_give_it_back(story: Story) -> None:
    first = story.come("Amal")
    story.come("Joseph")
    story.come("Mina")
    with story.units.write() as uow:
        gathering_seats.withdraw(uow, first)
    story.house.work()
    story.come("Fatima")
    story.taken()
    with story.units.write() as uow:
        gatherings.change(uow, story.gathering_id, details(uow, seats=1, street="Munt 8"))
    story.house.work()
    said = {each.to.partition("@")[0]: each.text for each in story.taken()}
    assert said.keys() == {"joseph", "mina", "fatima"}
    assert not any("iemand anders" in each for each in said.values())
    assert "We houden een plaats voor jou tot" in said["joseph"]
    assert "Zeggen of ik kom" in said["joseph"]
    assert "nummer 1 " in said["mina"]
    assert "nummer 2 " in said["fatima"]


@pytest.mark.parametrize(("ahead", "left"), [(timedelta(hours=17), 1), (timedelta(hours=40), 0)])
def test_what_is_called_off_in_the_evening_for_the_morning_leaves_at_night(
    story: Story, ahead: timedelta, left: int
) -> None:
    worker = story.house.worker
    centre = replace(worker.ports.centre, quiet_from=time(21), quiet_until=time(8))
    story.house.worker = replace(worker, ports=replace(worker.ports, centre=centre))
    story.come("Amal", Channel.SMS, "+32470123456")
    with story.units.read() as uow:
        night = uow.now.astimezone(uow.zone).replace(hour=22, minute=0)
    story.house.clock.turn_to(night)
    with story.units.write() as uow:
        gatherings.change(uow, story.gathering_id, details(uow, seats=1, ahead=ahead))
    with story.units.write() as uow:
        gatherings.cancel(uow, story.gathering_id, {"nl": "De zaal is dicht."})
    story.taken()
    story.house.work()
    found = story.taken()
    assert len(found) == left
    assert all(f"/agenda/{story.gathering_id}" in each.text for each in found)
    assert all(parts(each.text) == 1 for each in found)


def test_nobody_is_called_to_be_asked_how_it_was(story: Story) -> None:
    story.come("Amal", Channel.PHONE, "+32470123456")
    story.turn_to(days_before=-2)
    with story.units.read() as uow:
        kinds = [each.kind for each in messages_to_do(uow.session)]
    assert MessageKind.GATHERING_AFTERWARDS not in kinds
