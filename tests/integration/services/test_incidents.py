"""Something is not right: reported, looked into, told; and what happens when an organisation is suspended."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.integration.services.conftest import Town
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.events import event_type
from volunteer.domain.incidents import SaidAs
from volunteer.domain.introductions import DeclineReason
from volunteer.domain.organisations import Approval, Turn
from volunteer.handlers import answering, suspending
from volunteer.handlers.reaction import Cause, Ports
from volunteer.matching.catalogue import Catalogue
from volunteer.messages.standing import is_still_true
from volunteer.models import Account, Incident, Introduction, Message, Organisation, OutboxEvent
from volunteer.queries import figures, offer, offer_changes
from volunteer.queries import incidents as queries
from volunteer.queries.organisations import gets_people, suspended_organisations
from volunteer.services import (
    accounts,
    incidents,
    introductions,
    organisation_talk,
    suggestions,
    suspensions,
)
from volunteer.unit_of_work import UnitOfWork

STORY = "Ik stond voor een gesloten deur."


def _report(town: Town, **told: Any) -> UUID:
    content: dict[str, Any] = {"story": STORY, "said_as": SaidAs.VISITOR, "language": "nl", **told}
    return town.do(lambda uow: incidents.report(uow, incidents.Report(**content)).id)


def _colleague(town: Town) -> UUID:
    def make(uow: UnitOfWork) -> UUID:
        return accounts.create(
            uow, name="Yasmina", email="yasmina@steunpunt.example", password="een korte zin", language="nl"
        ).id

    return town.do(make)


def _react(town: Town, kind: str, handle: Callable[[Cause, UnitOfWork, Ports], object]) -> None:
    """What a worker does with the newest event of this type."""
    ports = Ports(town.core.settings.centre, town.core.links, Catalogue(), {})
    with town.core.units.write() as uow:
        stored = uow.session.scalars(
            select(OutboxEvent).where(OutboxEvent.type == kind).order_by(OutboxEvent.seq.desc())
        ).first()
        assert stored is not None
        handle(Cause(stored.id, event_type(kind).from_payload(stored.payload)), uow, ports)


def _messages(town: Town) -> list[tuple[str, str, str]]:
    with town.core.units.read() as uow:
        found = uow.session.scalars(select(Message).order_by(Message.created_at, Message.kind))
        return [(each.recipient, each.kind, each.channel) for each in found]


def test_a_report_is_sealed_and_gets_a_number(town: Town) -> None:
    incident_id = _report(town, place="Aan de zijdeur")
    with town.core.units.read() as uow:
        incident = uow.session.get_one(Incident, incident_id)
        assert 100_000 <= incident.number <= 999_999
        assert (incident.state, incident.channel, incident.reporter_id) == ("new", None, None)
        assert STORY.encode() not in incident.text_sealed
        seen = incidents.opened(uow, incident)
        assert (seen.story, seen.place, seen.contact) == (STORY, "Aan de zijdeur", None)
    assert town.events()[-1] == "incident_reported"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"story": "  "}, "story"),
        ({"story": "x" * 1501}, "story"),
        ({"story": "Mijn nummer is 93.05.18-223.61"}, "story"),
        ({"place": "x" * 201}, "place"),
        ({"channel": "email", "contact": "no address"}, "contact_email"),
        ({"channel": "phone", "contact": "12"}, "contact_phone"),
    ],
)
def test_what_cannot_be_kept_says_where(town: Town, told: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        _report(town, **told)
    assert refused.value.field == field


def test_urgent_ones_come_first(town: Town) -> None:
    calm = _report(town)
    town.clock.go_on(days=2)
    urgent = _report(town, urgent=True)
    with town.core.units.read() as uow:
        assert [each.id for each in queries.open_incidents(uow.session)] == [urgent, calm]


def test_a_report_names_the_role_it_is_about(town: Town) -> None:
    organisation_id = town.organisation()
    role_id = town.role(organisation_id)
    incident_id = _report(town, opportunity_id=role_id)
    with town.core.units.read() as uow:
        incident = uow.session.get_one(Incident, incident_id)
        assert (incident.opportunity_id, incident.organisation_id) == (role_id, organisation_id)


def test_what_was_done_is_told_once_to_whoever_wants_to_hear(town: Town) -> None:
    colleague = _colleague(town)
    person = town.person()
    ids = [
        _report(town),
        _report(town, channel="email", contact="An@bezoek.example"),
        _report(town, channel="phone", contact="02 511 11 11"),
        _report(town, candidate_id=person, said_as=SaidAs.CANDIDATE),
        _report(town, account_id=colleague, said_as=SaidAs.ORGANISATION),
    ]
    for incident_id in ids:
        town.do(partial(incidents.take, incident_id=incident_id, account_id=colleague))
        town.do(
            partial(
                incidents.close,
                incident_id=incident_id,
                outcome="talked",
                words="De deur is nu open.",
                account_id=colleague,
            )
        )
        _react(town, "incident_closed", answering.of_closed_incident)
    assert sorted(_messages(town)) == [
        ("account", "incident_closed", "email"),
        ("candidate", "incident_closed", "sms"),
        ("reporter", "incident_closed", "email"),
        ("reporter", "incident_closed", "phone"),
    ]
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: incidents.close(uow, ids[0], outcome="talked", account_id=colleague))
    with town.core.units.read() as uow:
        assert queries.open_incidents(uow.session) == []
        assert [each.id for each in queries.incidents_of(uow.session, person)] == [ids[3]]
        assert incidents.done_about(uow, uow.session.get_one(Incident, ids[3])) == "De deur is nu open."


def test_an_outcome_must_be_chosen(town: Town) -> None:
    incident_id = _report(town)
    with pytest.raises(InvalidValue):
        town.do(
            lambda uow: incidents.close(uow, incident_id, outcome="whatever", account_id=_colleague(town))
        )


def test_old_reports_are_forgotten_and_open_ones_are_not(town: Town) -> None:
    colleague = _colleague(town)
    open_one, closed = _report(town), _report(town)
    town.do(lambda uow: incidents.close(uow, closed, outcome="mended", account_id=colleague))
    town.clock.go_on(days=731)
    town.do(incidents.forget_old)
    with town.core.units.read() as uow:
        assert list(uow.session.scalars(select(Incident.id))) == [open_one]
        assert uow.session.get(Account, colleague) is not None


def test_a_suspended_organisation_is_suggested_to_nobody(town: Town) -> None:
    organisation_id, other = town.organisation(), town.organisation("Elders")
    role, elsewhere = town.role(organisation_id), town.role(other)
    person = town.person()
    town.do(lambda uow: suspensions.suspend(uow, organisation_id))
    with town.core.units.read() as uow:
        facts = offer.open_roles(uow.session, now=uow.now, day_began=uow.day_began)
        assert [each.opportunity_id for each in facts] == [elsewhere]
        named = offer.roles(uow.session, [role], now=uow.now, day_began=uow.day_began)
        assert named[role].is_open is False
        assert [(each.id, count) for each, count in suspended_organisations(uow.session)] == [
            (organisation_id, 0)
        ]
    town.look(person)
    with town.core.units.read() as uow:
        shown = suggestions.current(uow, person) or []
        assert [each.suggestion.opportunity_id for each in shown] == [elsewhere]
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: suspensions.suspend(uow, organisation_id))
    town.do(lambda uow: suspensions.reinstate(uow, organisation_id))
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: suspensions.reinstate(uow, organisation_id))
    with pytest.raises(NotFound):
        town.do(lambda uow: suspensions.suspend(uow, person))
    town.look(person)
    with town.core.units.read() as uow:
        shown = suggestions.current(uow, person) or []
        assert {each.suggestion.opportunity_id for each in shown} == {role, elsewhere}


def test_a_refused_organisation_is_suggested_to_nobody(town: Town) -> None:
    organisation_id = town.organisation()
    role = town.role(organisation_id)
    start = town.do(lambda uow: offer_changes.present_position(uow.session))

    def take(turn: Turn) -> list[bool]:
        def act(uow: UnitOfWork) -> None:
            organisation_talk.take(uow, organisation_id, turn, words="Omdat.")

        town.do(act)
        with town.core.units.read() as uow:
            _, events = offer_changes.follow(uow.session, start)
            assert offer_changes.touched_roles(uow.session, events[-1:]) == {role}
            facts = offer.open_roles(uow.session, now=uow.now, day_began=uow.day_began)
            named = offer.roles(uow.session, [role], now=uow.now, day_began=uow.day_began)
            counted = figures.places_of_roles(uow.session)
            gets = gets_people(uow.session, organisation_id)
            return [bool(facts), named[role].is_open, role in counted, gets]

    with town.core.units.write() as uow:
        uow.session.get_one(Organisation, organisation_id).approval = Approval.TO_CHECK
    assert take(Turn.REFUSE) == [False] * 4
    assert take(Turn.APPROVE) == [True] * 4


def test_what_runs_waits_and_goes_on(town: Town) -> None:
    organisation_id = town.organisation()
    role = town.role(organisation_id)
    person = town.person()
    introduction_id = town.ask_to_meet(person, role)
    town.do(lambda uow: suspensions.suspend(uow, organisation_id))
    _react(town, "organisation_suspended", suspending.of_suspension)
    assert ("candidate", "paused", "sms") in _messages(town)
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: introductions.accept(uow, organisation_id, introduction_id, words="Kom maar."))
    with pytest.raises(ImpossibleStep):
        town.do(
            lambda uow: introductions.decline(
                uow, organisation_id, introduction_id, reason=DeclineReason.NO_SPOT_NOW
            )
        )
    with town.core.units.read() as uow:
        paused = uow.session.scalars(select(Message).where(Message.kind == "paused")).one()
        assert is_still_true(uow, paused)
    town.do(lambda uow: suspensions.reinstate(uow, organisation_id))
    with town.core.units.read() as uow:
        assert not is_still_true(uow, uow.session.get_one(Message, paused.id))
    _react(town, "organisation_reinstated", suspending.of_lifting)
    assert ("candidate", "resumed", "sms") in _messages(town)
    town.do(lambda uow: introductions.accept(uow, organisation_id, introduction_id, words="Kom maar."))


def test_nobody_falls_through_while_an_organisation_is_suspended(town: Town) -> None:
    organisation_id = town.organisation()
    role = town.role(organisation_id)
    introduction_id = town.ask_to_meet(town.person("ph.step_free_entrance"), role)
    town.do(lambda uow: suspensions.suspend(uow, organisation_id))
    town.do(lambda uow: introductions.reconsider(uow, organisation_id))
    with town.core.units.read() as uow:
        assert uow.session.get_one(Introduction, introduction_id).state == "asking"
