"""Who may sign up for what, once each; what helps them is sealed, read on the record, and forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, func, select

from tests.factories.gatherings import details, make_gathering, sign_up
from tests.factories.referrers import make_referrer
from tests.integration.services.conftest import Town
from tests.integration.services.test_erasure import UNTOUCHED, mentions
from volunteer.domain.accounts import Role
from volunteer.domain.candidates import Channel
from volunteer.domain.errors import (
    ConsentMissing,
    DomainError,
    ImpossibleStep,
    InvalidValue,
    NotAllowed,
    NotFound,
)
from volunteer.domain.gathering_seats import SeatState
from volunteer.domain.gatherings import VISITORS_KEPT, GatheringKind
from volunteer.domain.messages import MessageKind
from volunteer.domain.retention import ErasureAsked
from volunteer.models import (
    Candidate,
    Gathering,
    GatheringHelpReading,
    GatheringParty,
    Membership,
    Message,
    Organisation,
)
from volunteer.queries import gatherings as queries
from volunteer.services import (
    accounts,
    erasure,
    export,
    gathering_forgetting,
    gathering_links,
    gathering_seats,
    gathering_sign_ups,
    gatherings,
    merging,
    messages,
    retention,
    spent_forms,
)
from volunteer.services.gathering_sign_ups import NOTHING, Asked, Several

RAMP = "ph.step_free_entrance"


def gathering(town: Town, **given: Any) -> UUID:
    return town.do(lambda uow: make_gathering(uow, **given))


def join(town: Town, gathering_id: UUID, person: UUID, asked: Asked = NOTHING) -> UUID:
    """This person signs up."""
    with town.core.units.write() as uow:
        candidate = uow.session.get_one(Candidate, person)
        return gathering_sign_ups.sign_up_person(uow, gathering_id, candidate, asked).id


def team(town: Town, role: Role, *, may_enrol: bool = False) -> tuple[UUID, UUID]:
    """Somebody who works for an organisation."""
    organisation_id = town.organisation()
    with town.core.units.write() as uow:
        account = accounts.create(
            uow, name="Tom", email=f"{uuid4().hex}@example.be", password="een lange zin", language="nl"
        )
        organisation = uow.session.get_one(Organisation, organisation_id)
        accounts.grant(uow, account, role, organisation=organisation)
        if may_enrol:
            make_referrer(uow, organisation, accepted_by=account.id)
    return account.id, organisation_id


def states(town: Town, gathering_id: UUID) -> list[str]:
    with town.core.units.read() as uow:
        return [each.state for each in queries.parties_of(uow.session, gathering_id)]


def test_a_person_who_presses_twice_sits_once(town: Town) -> None:
    amal, chosen = town.person(), gathering(town)
    assert join(town, chosen, amal) == join(town, chosen, amal)
    assert states(town, chosen) == ["in"]


def test_a_visitor_who_sends_one_form_twice_sits_once_and_two_may_share_a_phone(town: Town) -> None:
    chosen, form = gathering(town, seats=5), uuid4()
    visitor = gathering_sign_ups.Visitor(
        name="Amal", channel=Channel.SMS, contact="0470123456", language="ar", agrees=True
    )

    def send(form_id: UUID | None = None, **other: str) -> UUID:
        with town.core.units.write() as uow:
            who = gathering_sign_ups.Visitor(
                **{**{name: getattr(visitor, name) for name in visitor.__slots__}, **other}
            )
            return gathering_sign_ups.sign_up_visitor(uow, chosen, who, Asked(form_id=form_id)).id

    assert send(form) == send(form) == form
    with pytest.raises(ImpossibleStep):
        send()
    send(name="Joseph")
    assert states(town, chosen) == ["in", "in"]


def test_one_number_is_written_to_a_few_times_a_day_under_whatever_names(town: Town) -> None:
    chosen, other = gathering(town, seats=50), gathering(town)

    def send(gathering_id: UUID, name: str, by_desk: UUID | None = None) -> None:
        visitor = gathering_sign_ups.Visitor(
            name=name, channel=Channel.SMS, contact="0470123456", language="nl", agrees=True
        )
        town.do(
            lambda uow: gathering_sign_ups.sign_up_visitor(uow, gathering_id, visitor, Asked(by_desk=by_desk))
        )

    for name in ("Amal", "Bilal", "Chaima"):
        send(chosen, name)
    for gathering_id in (chosen, other):
        with pytest.raises(
            ImpossibleStep, match="Many people signed up with this number or address today"
        ) as refused:
            send(gathering_id, "Dounia")
        assert refused.value.field == "channel"
    send(chosen, "Dounia", by_desk=uuid4())
    town.do(lambda uow: sign_up(uow, chosen))
    town.clock.go_on(days=1)
    town.do(spent_forms.forget_old)
    send(other, "Dounia")
    assert states(town, chosen) == ["in"] * 5


def test_a_visitor_says_yes_first_and_is_not_stored_in_the_open(town: Town) -> None:
    chosen = gathering(town)
    with pytest.raises(ConsentMissing):
        town.do(lambda uow: sign_up(uow, chosen, agrees=False))
    with pytest.raises(InvalidValue):
        town.do(lambda uow: sign_up(uow, chosen, channel=Channel.SUPPORT_WORKER))
    party = town.do(
        lambda uow: sign_up(uow, chosen, name="Zwanger", channel=Channel.LETTER, contact="Plein 1")
    )
    for sealed in (party.name_sealed, party.contact_sealed):
        assert sealed
        assert b"Zwanger" not in sealed
        assert b"Plein" not in sealed


def test_a_kind_is_for_whom_it_is_for(town: Town) -> None:
    training = gathering(town, kind=GatheringKind.ORGANISATION_TRAINING)
    with pytest.raises(NotAllowed):
        join(town, training, town.person())
    with pytest.raises(NotAllowed):
        town.do(lambda uow: sign_up(uow, training))
    account_id, organisation_id = team(town, Role.VIEWER)
    two = Several(account_id=account_id, organisation_id=organisation_id, size=2)
    town.do(lambda uow: gathering_sign_ups.sign_up_team(uow, training, two))
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: gathering_sign_ups.sign_up_team(uow, training, two))
    stranger = Several(account_id=account_id, organisation_id=town.organisation(), size=1)
    with pytest.raises(NotAllowed):
        town.do(lambda uow: gathering_sign_ups.sign_up_team(uow, training, stranger))


def test_a_group_comes_with_who_may_bring_people_and_fits_or_waits(town: Town) -> None:
    chosen = gathering(town, seats=6)
    account_id, organisation_id = team(town, Role.SUPPORT_WORKER)
    group = Several(account_id=account_id, organisation_id=organisation_id, size=4, companions=1)
    with pytest.raises(DomainError):
        town.do(lambda uow: gathering_sign_ups.sign_up_group(uow, chosen, group))
    town.do(
        lambda uow: make_referrer(
            uow, uow.session.get_one(Organisation, organisation_id), accepted_by=account_id
        )
    )
    first = town.do(lambda uow: gathering_sign_ups.sign_up_group(uow, chosen, group)).id
    other = team(town, Role.SUPPORT_WORKER, may_enrol=True)
    three = Several(account_id=other[0], organisation_id=other[1], size=3)
    town.do(lambda uow: gathering_sign_ups.sign_up_group(uow, chosen, three))
    town.do(lambda uow: sign_up(uow, chosen))
    assert states(town, chosen) == ["in", "waiting", "in"]
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: gathering_seats.resize(uow, first, 6))
    town.do(lambda uow: gathering_seats.resize(uow, first, 2))
    assert states(town, chosen) == ["in", "offered", "in"]
    for size, companions in ((7, 0), (0, 0), (2, 2)):
        wrong = Several(account_id=other[0], organisation_id=other[1], size=size, companions=companions)
        with pytest.raises(InvalidValue):
            town.do(partial(gathering_sign_ups.sign_up_group, gathering_id=chosen, group=wrong))


def test_drafts_closed_and_cancelled_ones_take_nobody_but_the_desk_may_still(town: Town) -> None:
    draft = town.do(lambda uow: gatherings.make(uow, details(uow), account_id=None)).id
    with pytest.raises(NotFound):
        town.do(lambda uow: sign_up(uow, draft))
    chosen = gathering(town)
    town.clock.go_on(days=10, minutes=1)
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: sign_up(uow, chosen))
    join(town, chosen, town.person(), Asked(by_desk=uuid4()))
    off = gathering(town)
    town.do(lambda uow: gatherings.cancel(uow, off, {"nl": "Ziek."}))
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: sign_up(uow, off))


def test_fewer_seats_than_are_taken_is_refused_and_more_are_offered(town: Town) -> None:
    chosen = gathering(town, seats=2)
    for number in range(3):
        town.do(partial(sign_up, gathering_id=chosen, number=number))
    with pytest.raises(InvalidValue):
        town.do(lambda uow: gatherings.change(uow, chosen, details(uow, seats=1)))
    town.do(lambda uow: gatherings.change(uow, chosen, details(uow, seats=3)))
    assert states(town, chosen) == ["in", "in", "offered"]
    assert "gathering_moved" not in town.events()


def test_what_helps_needs_its_own_yes_is_read_on_the_record_and_goes_after_the_day(town: Town) -> None:
    amal, chosen = town.person(), gathering(town)
    with pytest.raises(ConsentMissing):
        join(town, chosen, amal, Asked(help=frozenset({RAMP})))
    party_id = join(town, chosen, amal, Asked(help=frozenset({RAMP}), agrees_to_help=True))

    def read() -> frozenset[str]:
        with town.core.units.write() as uow:
            party = gathering_seats.found(uow, party_id)
            return gathering_sign_ups.read_help(
                uow, party, reader=f"account:{town.account_id}", purpose="preparing"
            )

    assert read() == {RAMP}
    with town.core.units.write() as uow:
        taken_along = export.everything(uow, uow.session.get_one(Candidate, amal), language="nl")
    assert taken_along["gathering_parties"][0]["help"] == [RAMP]
    assert taken_along["gathering_help_readings"][0]["purpose"] == "preparing"
    town.clock.go_on(days=12)
    assert town.do(gathering_forgetting.forget_due) == 1
    assert read() == frozenset()
    with town.core.units.read() as uow:
        assert gathering_seats.found(uow, party_id).help_version is None
    with town.core.units.read() as uow:
        assert uow.session.scalar(select(func.count()).select_from(GatheringHelpReading)) == 1


def test_visitors_are_forgotten_some_weeks_later_and_counts_stay(town: Town) -> None:
    chosen = gathering(town)
    town.do(lambda uow: sign_up(uow, chosen, 1))
    left = town.do(lambda uow: sign_up(uow, chosen, 2)).id
    town.do(lambda uow: gathering_seats.withdraw(uow, left))
    town.clock.go_on(days=2)
    assert town.do(gathering_forgetting.forget_due) == 1
    town.clock.go_on(seconds=(timedelta(days=9) + VISITORS_KEPT).total_seconds())
    assert town.do(gathering_forgetting.forget_due) == 1
    with town.core.units.read() as uow:
        found = queries.parties_of(uow.session, chosen)
        assert [each.state for each in found] == ["in", "withdrawn"]
        assert not any(each.name_sealed or each.contact_sealed or each.contact_hash for each in found)
    town.clock.go_on(days=800)
    town.do(retention.forget_ended)
    assert states(town, chosen) == []


def test_who_is_erased_leaves_no_trace_and_the_next_one_gets_the_seat(town: Town) -> None:
    amal, chosen = town.person(), gathering(town, seats=1)
    party_id = join(town, chosen, amal)
    town.do(lambda uow: sign_up(uow, chosen))
    town.do(
        lambda uow: erasure.erase(uow, uow.session.get_one(Candidate, amal), asked_by=ErasureAsked.CANDIDATE)
    )
    assert states(town, chosen) == ["offered"]
    assert mentions(town, amal, party_id) <= UNTOUCHED
    with town.core.units.read() as uow:
        assert uow.session.get_one(Gathering, chosen).last_number == 2


def test_two_files_of_one_person_keep_the_better_place(town: Town) -> None:
    chosen = gathering(town, seats=1)
    stays, goes = town.person(), town.person(contact="+32470123457")
    in_seat, waits = join(town, chosen, goes), join(town, chosen, stays)
    with town.core.units.write() as uow:
        pair = merging.two_files(uow, stays, goes)
        kept = merging.merge(uow, pair, {}, account_id=uuid4()).id
    with town.core.units.read() as uow:
        assert {uow.session.get_one(GatheringParty, each).candidate_id for each in (in_seat, waits)} == {kept}
        assert gathering_seats.found(uow, in_seat).state == SeatState.IN
        assert gathering_seats.found(uow, waits).state == SeatState.WITHDRAWN


def test_who_leaves_takes_back_that_they_asked_for_help(town: Town) -> None:
    amal, chosen = town.person(), gathering(town)
    party_id = join(town, chosen, amal, Asked(help=frozenset({RAMP}), agrees_to_help=True))
    town.do(lambda uow: gathering_seats.withdraw(uow, party_id))
    with town.core.units.read() as uow:
        party = gathering_seats.found(uow, party_id)
        assert (party.help_sealed, party.help_version) == (None, None)


def test_two_files_of_one_person_become_one_after_the_day_too(town: Town) -> None:
    chosen = gathering(town, seats=2)
    stays, goes = town.person(), town.person(contact="+32470123457")
    first, second = join(town, chosen, stays), join(town, chosen, goes)
    town.clock.go_on(days=10, hours=1)
    town.do(lambda uow: gathering_seats.attend(uow, second, 1))
    town.clock.go_on(days=2)
    with town.core.units.write() as uow:
        for person, party_id in ((stays, first), (goes, second)):
            candidate = uow.session.get_one(Candidate, person)
            messages.tell_candidate(
                uow, candidate, MessageKind.GATHERING_AFTERWARDS, about_id=party_id, cause_id=chosen
            )
    with town.core.units.write() as uow:
        kept = merging.merge(uow, merging.two_files(uow, stays, goes), {}, account_id=uuid4()).id
    with town.core.units.read() as uow:
        found = queries.parties_of(uow.session, chosen)
        assert [(each.state, each.attended, each.candidate_id) for each in found] == [
            ("in", 1, kept), ("withdrawn", None, kept),
        ]  # fmt: skip
        told = uow.session.scalars(select(Message.about_id).where(Message.cause_id == chosen)).all()
        assert told == [first], "one person hears it once, of the place that stands"


def test_a_link_to_a_seat_ends_with_the_address_it_went_to(town: Town) -> None:
    amal, chosen = town.person(), gathering(town)
    party_id = join(town, chosen, amal)
    with town.core.units.write() as uow:
        proof = gathering_links.proof_of(gathering_seats.found(uow, party_id))
        assert gathering_links.party_of(uow, party_id, proof).id == party_id
        uow.session.get_one(Candidate, amal).session_epoch += 1
    with town.core.units.read() as uow, pytest.raises(NotAllowed):
        gathering_links.party_of(uow, party_id, proof)
    with town.core.units.read() as uow:
        assert uow.session.scalar(select(func.count()).select_from(Message)) == 0


def test_a_link_to_seats_of_a_team_ends_with_who_left_it_and_not_for_the_team(town: Town) -> None:
    chosen = gathering(town, kind=GatheringKind.ORGANISATION_TRAINING)
    account_id, organisation_id = team(town, Role.EDITOR)
    several = Several(account_id=account_id, organisation_id=organisation_id, size=2)
    with town.core.units.write() as uow:
        party_id = gathering_sign_ups.sign_up_team(uow, chosen, several).id
    with town.core.units.write() as uow:
        party = gathering_seats.found(uow, party_id)
        proof = gathering_links.proof_of(party)
        assert gathering_links.party_of(uow, party_id, proof).id == party_id
        uow.session.execute(delete(Membership).where(Membership.account_id == account_id))
    with town.core.units.read() as uow:
        with pytest.raises(NotAllowed):
            gathering_links.party_of(uow, party_id, proof)
        of_their_page = gathering_links.proof_of(gathering_seats.found(uow, party_id))
        assert gathering_links.party_of(uow, party_id, of_their_page).id == party_id


def test_what_is_published_says_enough(town: Town) -> None:
    for lacks in ({"texts": {"fr": {"title": "Atelier", "about": "Venez."}}}, {"street": ""}):
        with pytest.raises(InvalidValue):
            gathering(town, **lacks)
    with pytest.raises(InvalidValue):
        gathering(town, ahead=timedelta(days=-1))


def test_what_no_table_can_hold_is_refused_at_its_field(town: Town) -> None:
    for field, value in (
        ("online_url", "https://" + "x" * 393),
        ("signup_closes_at", datetime(1, 1, 1, tzinfo=ZoneInfo("Europe/Brussels"))),
        ("venue_name", "x" * 161),
        ("street", "x" * 161),
    ):
        given = {field: value}
        with pytest.raises(InvalidValue) as refused:
            gathering(town, **given)
        assert refused.value.field == field
    gathering(town, online_url="https://" + "x" * 392)
