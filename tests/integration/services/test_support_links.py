"""A support worker and a person: what begins together, who says yes, and how everything ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from tests.integration.services.conftest import Town
from tests.integration.services.school import AMINA, YES, School, open_school
from tests.integration.services.test_at_the_same_moment import meanwhile
from volunteer.domain.candidates import CandidateState, Channel, SignUp
from volunteer.domain.consent import GivenHow, Purpose
from volunteer.domain.errors import ConsentMissing, ImpossibleStep, NotAllowed, NotFound
from volunteer.domain.messages import MessageKind
from volunteer.domain.retention import ErasureAsked
from volunteer.domain.support import SCOPE_LASTS, EntryKind, Scope
from volunteer.models import (
    Account,
    Candidate,
    Consent,
    ConsentProof,
    Incident,
    Membership,
    Message,
    Organisation,
    ReferrerAgreement,
    SentLink,
    SupportEntry,
    SupportLink,
)
from volunteer.queries import support_links as queries
from volunteer.services import (
    candidates,
    cards,
    erasure,
    export,
    incidents,
    pending_files,
    support_links,
)
from volunteer.unit_of_work import UnitOfWork

SENDS = frozenset({"sms", "email"})


@pytest.fixture
def school(town: Town) -> School:
    return open_school(town)


def count(town: Town, table: type) -> int:
    with town.core.units.read() as uow:
        return len(uow.session.scalars(select(table)).all())


def test_what_is_begun_waits_and_holds_no_yes_and_no_need(school: School) -> None:
    _link, candidate_id = school.enrol()

    found = school.amina(candidate_id)
    assert found
    assert found.state == CandidateState.PENDING
    assert found.expires_at == found.created_at + timedelta(days=14)
    assert found.needs_sealed is None
    assert count(school.town, Consent) == 0
    assert not school.sees(candidate_id)


def test_a_yes_of_the_support_worker_is_not_kept(school: School) -> None:
    _link, candidate_id = school.enrol(
        SignUp(first_name="Amina", language="fr", channel=Channel.DESK, consents=YES | {Purpose.NEEDS})
    )
    assert count(school.town, Consent) == 0
    assert school.amina(candidate_id)


def test_the_person_allows_each_thing_apart_and_for_half_a_year(school: School) -> None:
    _link, candidate_id = school.enrol()
    school.confirm(candidate_id, Scope.SEES_PROGRESS)

    assert school.sees(candidate_id)
    assert not school.sees(candidate_id, Scope.IS_CHANNEL)
    assert not school.sees(candidate_id, by=school.hamid)
    school.town.clock.go_on(days=SCOPE_LASTS.days)
    assert not school.sees(candidate_id)


def test_taken_back_is_over_at_once(school: School) -> None:
    link_id, candidate_id = school.enrol()
    school.confirm(candidate_id, *Scope)
    assert all(school.sees(candidate_id, scope) for scope in Scope)

    with school.town.core.units.write() as uow:
        link = uow.session.get_one(SupportLink, link_id)
        support_links.take_back(uow, link, {Scope.HELPS_ANSWER})
    assert [school.sees(candidate_id, scope) for scope in Scope] == [True, False, True]

    with school.town.core.units.write() as uow:
        support_links.end(uow, uow.session.get_one(SupportLink, link_id))
    assert not any(school.sees(candidate_id, scope) for scope in Scope)
    with pytest.raises(NotFound), school.town.core.units.write() as uow:
        support_links.give(
            uow,
            uow.session.get_one(SupportLink, link_id),
            frozenset(Scope),
            language="nl",
            given_how=GivenHow.OWN_DEVICE,
        )


def test_who_left_the_school_sees_nothing_more(school: School) -> None:
    _link, candidate_id = school.enrol()
    school.confirm(candidate_id, *Scope)

    with school.town.core.units.write() as uow:
        seat = uow.session.scalars(select(Membership).where(Membership.account_id == school.veerle)).one()
        uow.session.delete(seat)
    assert not school.sees(candidate_id)


def test_a_school_that_is_suspended_sees_nothing_more(school: School) -> None:
    _link, candidate_id = school.enrol()
    school.confirm(candidate_id, *Scope)

    with school.town.core.units.write() as uow:
        uow.session.get_one(Organisation, school.id).suspended_at = uow.now
    assert not school.sees(candidate_id)
    with pytest.raises(NotAllowed):
        school.enrol()


def test_a_school_that_the_desk_refuses_sees_nothing_more(school: School) -> None:
    _link, candidate_id = school.enrol()
    school.confirm(candidate_id, *Scope)

    with school.town.core.units.write() as uow:
        uow.session.get_one(Organisation, school.id).approval = "refused"
    assert not school.sees(candidate_id)


def test_without_agreement_on_data_nobody_is_enrolled_and_nothing_seen(school: School) -> None:
    _link, candidate_id = school.enrol()
    school.confirm(candidate_id, *Scope)

    with school.town.core.units.write() as uow:
        uow.session.execute(delete(ReferrerAgreement))
    assert not school.sees(candidate_id)
    with pytest.raises(NotAllowed):
        school.enrol()


def test_who_does_not_work_there_cannot_enrol(school: School) -> None:
    elsewhere = school.town.organisation("Elders")
    with pytest.raises(NotAllowed):
        school.town.do(
            lambda uow: pending_files.begin(uow, AMINA, account_id=school.veerle, organisation_id=elsewhere)
        )


def test_without_the_two_yeses_there_is_no_file(school: School) -> None:
    _link, candidate_id = school.enrol()
    with school.town.core.units.read() as uow:
        candidate = pending_files.waiting(uow, candidate_id)
        told = candidates.answers_of(uow, candidate)
        with pytest.raises(ConsentMissing):
            pending_files.confirm(uow, candidate, told, frozenset(Scope))
    assert count(school.town, Consent) == 0


def test_neither_the_support_worker_nor_a_colleague_can_be_the_witness(school: School) -> None:
    _link, candidate_id = school.enrol()
    with school.town.core.units.read() as uow:
        for hearer in (school.veerle, school.hamid):
            with pytest.raises(NotAllowed):
                support_links.check_witness(uow, candidate_id, hearer)
        support_links.check_witness(uow, candidate_id, school.town.account_id)


def test_the_link_goes_out_a_few_times_a_day(school: School) -> None:
    link_id, _candidate_id = school.enrol()
    for _ in range(pending_files.MOST_LINKS_A_DAY):
        with school.town.core.units.write() as uow:
            link, candidate = pending_files.own_waiting(uow, link_id, school.veerle)
            pending_files.send_link(uow, link, candidate, sends=SENDS)
    with school.town.core.units.write() as uow:
        link, candidate = pending_files.own_waiting(uow, link_id, school.veerle)
        with pytest.raises(ImpossibleStep):
            pending_files.send_link(uow, link, candidate, sends=SENDS)
    with school.town.core.units.read() as uow:
        kinds = [each.kind for each in uow.session.scalars(select(Message))]
    assert kinds == [MessageKind.CONFIRM_FILE] * pending_files.MOST_LINKS_A_DAY


def _send(school: School, link_id: UUID) -> None:
    def send(uow: UnitOfWork) -> None:
        link, candidate = pending_files.own_to_confirm(uow, link_id, school.veerle)
        pending_files.send_link(uow, link, candidate, sends=SENDS)

    school.town.do(send)


def _throw_away(school: School, link_id: UUID) -> None:
    def throw_away(uow: UnitOfWork) -> None:
        _link, candidate = pending_files.own_waiting(uow, link_id, school.veerle, hold=True)
        pending_files.throw_away(uow, candidate, account_id=school.veerle)

    school.town.do(throw_away)


def test_one_number_gets_no_more_links_by_beginning_again(school: School) -> None:
    for _ in range(pending_files.MOST_LINKS_A_DAY):
        link_id, candidate_id = school.enrol()
        _send(school, link_id)
        _throw_away(school, link_id)
    link_id, candidate_id = school.enrol()
    with pytest.raises(ImpossibleStep, match="This number"):
        _send(school, link_id)
    assert school.amina(candidate_id), "nothing is lost"
    other, _file = school.enrol(replace(AMINA, contact="+32470123457"))
    _send(school, other)
    school.town.clock.go_on(days=1, seconds=1)
    _send(school, link_id)


def test_one_account_sends_a_class_of_links_a_day(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pending_files, "MOST_BY_ONE_A_DAY", 2)
    for last in range(2):
        _send(school, school.enrol(replace(AMINA, contact=f"+3247012346{last}"))[0])
    with pytest.raises(ImpossibleStep, match="go on tomorrow"):
        _send(school, school.enrol(replace(AMINA, contact="+32470123469"))[0])
    school.town.clock.go_on(days=1, seconds=1)
    school.town.do(pending_files.forget_unconfirmed)
    assert count(school.town, SentLink) == 0


def test_the_last_message_of_a_day_goes_out_once(school: School) -> None:
    link_id, _candidate_id = school.enrol()

    def send(uow: UnitOfWork) -> None:
        link, candidate = pending_files.own_to_confirm(uow, link_id, school.veerle)
        pending_files.send_link(uow, link, candidate, sends=SENDS)

    for _ in range(pending_files.MOST_LINKS_A_DAY - 1):
        school.town.do(send)
    with pytest.raises(ImpossibleStep), meanwhile(school.town, send) as uow:
        send(uow)
    assert count(school.town, Message) == pending_files.MOST_LINKS_A_DAY


def test_a_file_that_is_being_confirmed_is_not_thrown_away(school: School) -> None:
    link_id, candidate_id = school.enrol()

    def throw_away(uow: UnitOfWork) -> None:
        _link, candidate = pending_files.own_waiting(uow, link_id, school.veerle, hold=True)
        pending_files.throw_away(uow, candidate, account_id=school.veerle)

    with pytest.raises(NotFound), meanwhile(school.town, throw_away) as uow:
        school.say_yes(uow, candidate_id)
    amina = school.amina(candidate_id)
    assert amina
    assert amina.state == CandidateState.CONFIRMED


def test_a_colleague_does_not_get_at_a_file_that_waits(school: School) -> None:
    link_id, _candidate_id = school.enrol()
    with pytest.raises(NotFound), school.town.core.units.read() as uow:
        pending_files.own_waiting(uow, link_id, school.hamid)


def test_a_card_waits_for_the_yes_and_opens_the_file_afterwards(school: School) -> None:
    link_id, candidate_id = school.enrol()
    with school.town.core.units.write() as uow:
        link, candidate = pending_files.own_waiting(uow, link_id, school.veerle)
        first = pending_files.make_card(uow, link, candidate)
        token = pending_files.make_card(uow, link, candidate)

    with school.town.core.units.read() as uow:
        assert pending_files.behind_card(uow, first) is None
        found = pending_files.behind_card(uow, token)
        assert found
        assert found.id == candidate_id
        assert cards.file_of(uow, token) is None
    school.confirm(candidate_id)
    with school.town.core.units.read() as uow:
        assert pending_files.behind_card(uow, token) is None
        opened = cards.file_of(uow, token)
        assert opened
        assert opened.id == candidate_id


def test_i_did_not_ask_for_this(school: School) -> None:
    _link, candidate_id = school.enrol()
    with school.town.core.units.write() as uow:
        pending_files.contest(uow, pending_files.waiting(uow, candidate_id), language="ar")

    assert school.amina(candidate_id) is None
    assert count(school.town, SupportLink) == 0
    with school.town.core.units.read() as uow:
        told = uow.session.scalars(select(Incident)).one()
        story = incidents.opened(uow, told).story
        assert told.organisation_id == school.id
        assert told.candidate_id is None
    assert "Veerle" in story
    assert "Amina" not in story


def test_after_two_weeks_it_is_gone_and_the_support_worker_hears_no_name(school: School) -> None:
    _link, candidate_id = school.enrol()
    _other, confirmed_id = school.enrol()
    school.confirm(confirmed_id)
    school.town.clock.go_on(days=13, hours=23)
    school.town.do(pending_files.forget_unconfirmed)
    assert school.amina(candidate_id)

    school.town.clock.go_on(hours=1)
    school.town.do(pending_files.forget_unconfirmed)

    assert school.amina(candidate_id) is None
    assert school.amina(confirmed_id)
    with school.town.core.units.read() as uow:
        told = uow.session.scalars(select(Message).where(Message.kind == MessageKind.FILE_DISAPPEARED)).one()
        assert (told.recipient_id, told.about_id) == (school.veerle, school.id)


def test_a_late_yes_comes_too_late(school: School) -> None:
    _link, candidate_id = school.enrol()
    school.town.clock.go_on(days=14)
    with pytest.raises(NotFound), school.town.core.units.read() as uow:
        pending_files.waiting(uow, candidate_id)


def test_the_journal_says_who_did_what(school: School) -> None:
    link_id, candidate_id = school.enrol()
    school.town.clock.go_on(seconds=1)
    school.confirm(candidate_id, Scope.SEES_PROGRESS)
    school.town.clock.go_on(seconds=1)
    with school.town.core.units.write() as uow:
        link = support_links.allowed(uow, school.veerle, candidate_id, Scope.SEES_PROGRESS)
        assert link
        assert link.id == link_id
        support_links.note(uow, link, EntryKind.LOOKED)
    with school.town.core.units.read() as uow:
        lines = queries.journal_of(uow.session, candidate_id, limit=10)
        assert [(each.kind, each.done_by) for each in lines] == [
            ("looked", f"account:{school.veerle}"),
            ("confirmed", "candidate"),
            ("enrolled", f"account:{school.veerle}"),
        ]


def test_the_person_takes_all_of_it_along(school: School) -> None:
    _link, candidate_id = school.enrol()
    school.confirm(candidate_id, Scope.SEES_PROGRESS)
    with school.town.core.units.write() as uow:
        found = export.everything(uow, uow.session.get_one(Candidate, candidate_id), language="nl")
    assert found["support_links"][0]["name"] == "Veerle"
    assert found["support_links"][0]["organisation"] == "Taalschool Het Alfabed"
    assert {each["done_by"] for each in found["support_entries"]} == {"Veerle", "candidate"}
    assert "support_worker:sees_progress" in {each["purpose"] for each in found["consents"]}


def test_erasing_the_file_takes_the_links_along_and_leaves_a_nameless_proof(school: School) -> None:
    _link, candidate_id = school.enrol()
    school.confirm(candidate_id, *Scope)
    with school.town.core.units.write() as uow:
        candidate = uow.session.get_one(Candidate, candidate_id)
        erasure.erase(uow, candidate, asked_by=ErasureAsked.CANDIDATE)
    assert [count(school.town, table) for table in (SupportLink, SupportEntry, Consent)] == [0, 0, 0]
    with school.town.core.units.read() as uow:
        proofs = {each.purpose for each in uow.session.scalars(select(ConsentProof))}
        assert "support_worker:is_channel" in proofs
        assert uow.session.get(Account, school.veerle)
