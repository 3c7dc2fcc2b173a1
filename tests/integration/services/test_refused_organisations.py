"""What a refusal takes away from an organisation that had a yes, and what alone gives it back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.integration.services.conftest import Town
from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.events import event_type
from volunteer.domain.introductions import DeclineReason, Step
from volunteer.domain.organisations import Approval, Turn
from volunteer.handlers import approving, suspending
from volunteer.handlers.reaction import Cause, Ports
from volunteer.matching.catalogue import Catalogue
from volunteer.messages.standing import is_still_true
from volunteer.models import Introduction, Message, Organisation, OutboxEvent
from volunteer.queries import introductions as waiting
from volunteer.queries import offer
from volunteer.queries.desk import unanswered_introductions
from volunteer.queries.organisations import gets_people, refused_with_people
from volunteer.services import introductions, organisation_talk, organisations, placements, suspensions
from volunteer.unit_of_work import UnitOfWork

_REACTIONS: dict[str, Callable[[Cause, UnitOfWork, Ports], object]] = {
    "organisation_suspended": suspending.of_suspension,
    "organisation_reinstated": suspending.of_lifting,
    "organisation_held_back": suspending.of_refusal,
    "organisation_let_on": suspending.of_new_yes,
    "organisation_approved": approving.open_roles,
}


def _react(town: Town, *, since: int = 0) -> int:
    """What workers do with every event from there on; returns where the next ones begin."""
    ports = Ports(town.core.settings.centre, town.core.links, Catalogue(), {})
    with town.core.units.write() as uow:
        found = uow.session.scalars(select(OutboxEvent).order_by(OutboxEvent.seq)).all()
        for stored in found[since:]:
            if stored.type in _REACTIONS:
                event = event_type(stored.type).from_payload(stored.payload)
                _REACTIONS[stored.type](Cause(stored.id, event), uow, ports)
        return len(found)


def _take(town: Town, organisation_id: UUID, *turns: Turn) -> None:
    for turn in turns:
        with town.core.units.write() as uow:
            organisation_talk.take(uow, organisation_id, turn, words="Omdat.")


def _is_shown(town: Town, organisation_id: UUID) -> bool:
    with town.core.units.read() as uow:
        roles = offer.open_roles(uow.session, now=uow.now, day_began=uow.day_began)
        shown = any(each.organisation_id == organisation_id for each in roles)
        assert gets_people(uow.session, organisation_id) is shown
        assert organisations.gets_people(uow.session.get_one(Organisation, organisation_id)) is shown
        return shown


def _told(town: Town, person: UUID) -> list[str]:
    with town.core.units.read() as uow:
        about_pauses = Message.recipient_id == person, Message.kind.in_(["paused", "resumed"])
        found = uow.session.scalars(select(Message).where(*about_pauses).order_by(Message.created_at))
        return [each.kind for each in found]


@pytest.mark.parametrize("turn", [Turn.ANSWER, Turn.ASK])
def test_only_a_yes_gives_back_what_a_refusal_took(town: Town, turn: Turn) -> None:
    organisation_id = town.organisation()
    town.role(organisation_id)
    _take(town, organisation_id, Turn.CHANGE)
    assert _is_shown(town, organisation_id)
    _take(town, organisation_id, Turn.REFUSE)
    assert not _is_shown(town, organisation_id)
    _take(town, organisation_id, turn, Turn.ANSWER, Turn.CHANGE)
    assert not _is_shown(town, organisation_id)
    _take(town, organisation_id, Turn.APPROVE)
    assert _is_shown(town, organisation_id)


def test_a_routine_question_takes_nothing_away(town: Town) -> None:
    organisation_id = town.organisation()
    town.role(organisation_id)
    for turn in (Turn.CHANGE, Turn.ASK, Turn.ANSWER, Turn.ASK):
        _take(town, organisation_id, turn)
        assert _is_shown(town, organisation_id)


def test_who_never_had_a_yes_is_not_shown_by_an_answer(town: Town) -> None:
    organisation_id = town.organisation()
    town.role(organisation_id)
    with town.core.units.write() as uow:
        newcomer = uow.session.get_one(Organisation, organisation_id)
        newcomer.approval, newcomer.had_yes = Approval.NEW, False
    _take(town, organisation_id, Turn.ASK, Turn.ANSWER)
    assert not _is_shown(town, organisation_id)


def test_a_refused_team_takes_no_step_and_the_desk_takes_over(town: Town) -> None:
    organisation_id = town.organisation()
    role, person = town.role(organisation_id), town.person()
    introduction_id = town.ask_to_meet(person, role)
    _take(town, organisation_id, Turn.CHANGE, Turn.REFUSE, Turn.ANSWER)
    reason = DeclineReason.NO_SPOT_NOW
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: introductions.accept(uow, organisation_id, introduction_id, words="Kom."))
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: introductions.decline(uow, organisation_id, introduction_id, reason=reason))
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: placements.tell(uow, organisation_id, introduction_id, Step.MEET))
    town.clock.go_on(days=6)
    with town.core.units.read() as uow:
        ((refused, count),) = refused_with_people(uow.session)
        assert (refused.id, count) == (organisation_id, 1)
        assert not unanswered_introductions(uow.session, before=uow.now)
        assert not waiting.unanswered_since(uow.session, uow.now, limit=9)
    _take(town, organisation_id, Turn.APPROVE)
    with town.core.units.read() as uow:
        assert not refused_with_people(uow.session)
    town.do(lambda uow: introductions.accept(uow, organisation_id, introduction_id, words="Kom."))


def test_people_hear_once_that_it_waits_and_once_that_it_goes_on(town: Town) -> None:
    organisation_id = town.organisation()
    person = town.person()
    introduction_id = town.ask_to_meet(person, town.role(organisation_id))
    _take(town, organisation_id, Turn.CHANGE, Turn.APPROVE)
    seen = _react(town)
    assert _told(town, person) == []
    _take(town, organisation_id, Turn.CHANGE, Turn.REFUSE, Turn.ANSWER, Turn.REFUSE)
    seen = _react(town, since=seen)
    assert _told(town, person) == ["paused"]
    with town.core.units.read() as uow:
        assert is_still_true(uow, uow.session.scalars(select(Message).where(Message.kind == "paused")).one())
    _take(town, organisation_id, Turn.APPROVE)
    _react(town, since=seen)
    assert _told(town, person) == ["paused", "resumed"]
    with town.core.units.read() as uow:
        assert uow.session.get_one(Introduction, introduction_id).state == "sent"


def test_a_suspension_and_a_refusal_together_say_each_thing_once(town: Town) -> None:
    organisation_id = town.organisation()
    person = town.person()
    town.ask_to_meet(person, town.role(organisation_id))
    town.do(lambda uow: suspensions.suspend(uow, organisation_id))
    seen = _react(town)
    _take(town, organisation_id, Turn.CHANGE, Turn.REFUSE)
    seen = _react(town, since=seen)
    town.do(lambda uow: suspensions.reinstate(uow, organisation_id))
    seen = _react(town, since=seen)
    assert _told(town, person) == ["paused"]
    _take(town, organisation_id, Turn.APPROVE)
    _react(town, since=seen)
    assert _told(town, person) == ["paused", "resumed"]
