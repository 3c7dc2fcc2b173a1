"""Who did what at the desk is kept; what is over, closed or not true any more is dropped or refused."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.integration.services.conftest import Town
from volunteer.domain.consent import GivenHow, Purpose
from volunteer.domain.deeds import DeedKind
from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.incidents import Outcome, SaidAs
from volunteer.domain.retention import ErasureAsked
from volunteer.messages import call_list
from volunteer.messages.spoken import to_tell
from volunteer.models import Candidate, Consent, Deed, Erasure, Incident, Message, SpentForm, Suspension
from volunteer.queries.messages import messages_to_do
from volunteer.services import (
    agreements,
    candidates,
    deeds,
    erasure,
    incidents,
    introductions,
    merging,
    retention,
    sessions,
    spent_forms,
    suspensions,
)
from volunteer.services.merging import Pair
from volunteer.unit_of_work import UnitOfWork


def _file(uow: UnitOfWork, candidate_id: UUID) -> Candidate:
    return uow.session.get_one(Candidate, candidate_id)


def test_a_file_closed_everywhere_makes_older_links_prove_nothing(town: Town) -> None:
    amina = town.person()
    with town.core.units.read() as uow:
        before = candidates.address_proof(_file(uow, amina))
    town.do(lambda uow: sessions.end_all(uow, _file(uow, amina)))
    with town.core.units.read() as uow:
        after = candidates.address_proof(_file(uow, amina))
    town.do(lambda uow: sessions.end_all(uow, _file(uow, amina)))
    with town.core.units.read() as uow:
        assert len({before, after, candidates.address_proof(_file(uow, amina))}) == 3


def test_what_was_closed_stays_closed_when_two_files_become_one(town: Town) -> None:
    one, other = town.person(), town.person(first_name="Aminah")
    town.do(lambda uow: sessions.end_all(uow, _file(uow, other)))
    town.do(lambda uow: deeds.note(uow, other, DeedKind.NEW_CARD, account_id=town.account_id))
    town.do(
        lambda uow: merging.merge(
            uow, Pair.of(_file(uow, one), _file(uow, other)), {}, account_id=town.account_id
        )
    )
    with town.core.units.read() as uow:
        assert _file(uow, one).session_epoch == 2
        assert uow.session.scalars(select(Deed.candidate_id)).all() == [one]


def test_an_erasure_keeps_who_did_it_and_nothing_of_whom(town: Town) -> None:
    amina = town.person()
    town.do(
        lambda uow: erasure.erase(
            uow, _file(uow, amina), asked_by=ErasureAsked.DESK, account_id=town.account_id
        )
    )
    with town.core.units.read() as uow:
        left = uow.session.scalars(select(Erasure)).one()
        assert left.done_by == f"account:{town.account_id}"
        assert amina.bytes not in left.fingerprint


def test_a_suspension_keeps_who_decided_and_who_lifted_it(town: Town) -> None:
    organisation, colleague = town.organisation(), uuid4()
    town.do(lambda uow: suspensions.suspend(uow, organisation, account_id=town.account_id))
    town.clock.go_on(days=1)
    town.do(lambda uow: suspensions.reinstate(uow, organisation, account_id=colleague))
    town.do(lambda uow: suspensions.suspend(uow, organisation))
    with town.core.units.read() as uow:
        first, second = uow.session.scalars(select(Suspension).order_by(Suspension.lifted_at.is_(None)))
        assert (first.suspended_by, first.lifted_by) == (f"account:{town.account_id}", f"account:{colleague}")
        assert first.lifted_at == first.suspended_at + timedelta(days=1)
        assert (second.suspended_by, second.lifted_at, second.lifted_by) == (None, None, None)


def test_a_yes_taken_back_keeps_where_it_was_heard(town: Town) -> None:
    amina = town.person()
    town.do(
        lambda uow: agreements.take_back(
            uow, _file(uow, amina), Purpose.NEEDS, how=GivenHow.DESK, witness="Noor"
        )
    )
    with town.core.units.read() as uow:
        consent = uow.session.scalars(select(Consent).where(Consent.purpose == Purpose.NEEDS)).one()
        assert (consent.withdrawn_how, consent.withdrawn_witness) == ("desk", "Noor")


def _set_urgent(town: Town, number: UUID, *, urgent: bool) -> None:
    town.do(lambda uow: incidents.set_urgent(uow, number, urgent=urgent))


def test_a_closed_report_is_neither_urgent_nor_calm_any_more(town: Town) -> None:
    report = incidents.Report(story="De deur was dicht.", said_as=SaidAs.VISITOR, language="nl")
    number = town.do(lambda uow: incidents.report(uow, report).id)
    with town.core.units.read() as uow:
        due = uow.session.get_one(Incident, number).due_at
    town.do(lambda uow: _close(uow, number))
    for urgent in (True, False):
        with pytest.raises(ImpossibleStep):
            _set_urgent(town, number, urgent=urgent)
    with town.core.units.read() as uow:
        assert uow.session.get_one(Incident, number).due_at == due


def _close(uow: UnitOfWork, incident_id: UUID) -> None:
    incident = uow.session.get_one(Incident, incident_id)
    incident.state, incident.outcome, incident.closed_at = "closed", next(iter(Outcome)), uow.now


def test_calls_that_are_not_true_any_more_leave_room_for_those_that_are(town: Town) -> None:
    organisation = town.organisation()
    role = town.role(organisation)
    amina = town.person(channel="phone", contact="+3221234567")
    introduction = town.ask_to_meet(amina, role)
    for _ in range(3):
        town.do(lambda uow: uow.session.add(_call(uow, amina, "went_out", introduction)))
    standing = town.do(lambda uow: _keep(uow, _call(uow, amina, "suggestions_ready", uuid4())))
    gone = town.do(lambda uow: _keep(uow, _call(uow, uuid4(), "accepted", uuid4())))
    assert call_list.drop_untrue(town.core.units) == 0
    town.do(lambda uow: introductions.withdraw(uow, _file(uow, amina), introduction))
    with town.core.units.read() as uow:
        assert {each.id for each in to_tell(uow)} == {standing, gone}, "a page shows what is true now"
        assert len(messages_to_do(uow.session)) == 5, "and changes nothing"
    assert call_list.drop_untrue(town.core.units) == 3
    assert call_list.drop_untrue(town.core.units) == 0
    with town.core.units.read() as uow:
        assert {each.id for each in messages_to_do(uow.session)} == {standing, gone}
        dropped = uow.session.scalars(select(Message).where(Message.state == "dropped")).all()
        assert all(each.finished_at is not None for each in dropped)


def test_more_untrue_calls_than_one_transaction_takes_all_go(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_list, "AT_ONCE", 2)
    amina = town.person(channel="phone", contact="+3221234567")
    introduction = town.ask_to_meet(amina, town.role(town.organisation()))
    town.do(lambda uow: introductions.withdraw(uow, _file(uow, amina), introduction))
    for _ in range(5):
        town.do(lambda uow: _keep(uow, _call(uow, amina, "went_out", introduction)))
    assert call_list.drop_untrue(town.core.units) == 5
    with town.core.units.read() as uow:
        assert messages_to_do(uow.session) == []


def _keep(uow: UnitOfWork, message: Message) -> UUID:
    uow.session.add(message)
    return message.id


def _call(uow: UnitOfWork, recipient: UUID, kind: str, about: UUID) -> Message:
    return Message(
        id=uuid4(),
        cause_id=uuid4(),
        kind=kind,
        recipient="candidate",
        recipient_id=recipient,
        about_id=about,
        channel="phone",
        language="nl",
        state="to_do",
        created_at=uow.now,
    )


def test_a_form_is_spent_once_and_forgotten_after_a_day(town: Town) -> None:
    form_id = uuid4()
    assert town.do(lambda uow: spent_forms.spend(uow, form_id))
    assert not town.do(lambda uow: spent_forms.spend(uow, form_id))
    assert town.do(lambda uow: spent_forms.spend(uow, None))
    town.do(spent_forms.forget_old)
    assert not town.do(lambda uow: spent_forms.spend(uow, form_id))
    town.clock.go_on(days=1)
    town.do(spent_forms.forget_old)
    with town.core.units.read() as uow:
        assert uow.session.scalars(select(SpentForm)).all() == []


def test_what_went_wrong_spends_no_form(town: Town) -> None:
    form_id = uuid4()

    def fail(uow: UnitOfWork) -> None:
        assert spent_forms.spend(uow, form_id)
        raise ImpossibleStep("no")

    with pytest.raises(ImpossibleStep):
        town.do(fail)
    assert town.do(lambda uow: spent_forms.spend(uow, form_id))


def test_deeds_are_kept_for_two_years(town: Town) -> None:
    amina = town.person()
    town.do(lambda uow: deeds.note(uow, amina, DeedKind.ANSWERS, account_id=town.account_id))
    town.do(retention.forget_ended)
    with town.core.units.read() as uow:
        assert len(uow.session.scalars(select(Deed)).all()) == 1
        assert not retention.is_due(uow)
    town.clock.go_on(days=740)
    town.do(retention.forget_ended)
    with town.core.units.read() as uow:
        assert uow.session.scalars(select(Deed)).all() == []
