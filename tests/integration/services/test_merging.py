"""Two files become one, and nothing is lost on the way; no table is forgotten."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from tests.integration.services.conftest import Town
from volunteer.domain.access import Strength
from volunteer.domain.candidates import CandidateState, Channel
from volunteer.domain.consent import Purpose
from volunteer.domain.devices import Kind
from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.interests import Interests
from volunteer.domain.introductions import IntroductionState
from volunteer.models import (
    Base,
    Candidate,
    Consent,
    Device,
    Introduction,
    MergedFile,
    Message,
    NeedReading,
    ToldApart,
)
from volunteer.queries.candidates import candidate_by_external_id, confirmed_candidate, consents_in_force
from volunteer.services import agreements, cards, devices, duplicates, introductions, merging, needs
from volunteer.services.merging import MOVED, OF_NOBODY, OTHERWISE, Take
from volunteer.unit_of_work import UnitOfWork

ACCOUNT = UUID(int=7)


def _merge(town: Town, one: UUID, other: UUID, **takes: Take) -> UUID:
    def act(uow: UnitOfWork) -> UUID:
        pair = merging.two_files(uow, one, other)
        return merging.merge(uow, pair, takes, account_id=ACCOUNT).id

    town.clock.go_on(minutes=1)
    merged: UUID = town.do(act)
    return merged


def _file(town: Town, candidate_id: UUID) -> Candidate:
    with town.core.units.read() as uow:
        found = uow.session.get_one(Candidate, candidate_id)
        uow.session.expunge_all()
        return found


def _needs(town: Town, candidate_id: UUID) -> dict[str, Strength]:
    opened: dict[str, Strength] = town.do(
        lambda uow: needs.read(
            uow, uow.session.get_one(Candidate, candidate_id), reader="test", purpose="test"
        )
    )
    return opened


def test_somebody_decided_about_every_table() -> None:
    tables = set(Base.metadata.tables)
    assert tables - (MOVED | OTHERWISE | OF_NOBODY) == set(), (
        "decide in services/merging.py what becomes of it"
    )
    assert (MOVED | OTHERWISE | OF_NOBODY) - tables == set()
    naming = {
        table.name
        for table in Base.metadata.tables.values()
        if any(key.column.table.name == "candidates" for key in table.foreign_keys)
    }
    assert naming <= MOVED | OTHERWISE
    assert naming >= MOVED, "what moves is found by its foreign key"


def test_everything_hangs_on_the_one_that_stays(town: Town) -> None:
    role, other_role = town.role(town.organisation()), town.role(town.organisation("Atelier"))
    stays = town.person()
    town.clock.go_on(minutes=1)
    goes = town.person(contact="+32470999999")
    town.ask_to_meet(stays, role)
    town.ask_to_meet(goes, other_role)
    before = _rows(town)
    assert _merge(town, goes, stays) == stays
    after = _rows(town)
    assert {name: count for name, count in before.items() if after[name] < count} == {"candidates": 2}
    with town.core.units.read() as uow:
        left = {
            f"{table.name}.{column.name}"
            for table in Base.metadata.tables.values()
            for column in table.columns
            if isinstance(column.type, type(Candidate.__table__.c.id.type))
            and column.name != "old_id"
            and uow.session.scalar(select(func.count()).select_from(table).where(column == goes))
        }
    assert left == set()


def _rows(town: Town) -> dict[str, int]:
    with town.core.units.read() as uow:
        return {
            name: uow.session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


def test_both_cards_open_the_one_file_and_the_old_id_leads_there(town: Town) -> None:
    stays, goes = town.person(), town.person(external_id="A-1")

    def issue(uow: UnitOfWork) -> list[str]:
        return [cards.issue(uow, uow.session.get_one(Candidate, each)) for each in (stays, goes)]

    tokens = town.do(issue)
    _merge(town, stays, goes)
    with town.core.units.read() as uow:
        assert {cards.file_of(uow, token).id for token in tokens} == {stays}  # type: ignore[union-attr]
        found = confirmed_candidate(uow.session, goes)
        assert found is not None
        assert found.id == stays
        by_list = candidate_by_external_id(uow.session, "A-1")
        assert by_list is not None
        assert by_list.id == stays
    assert {"files_merged", "candidate_changed"} <= set(town.events())


def test_whoever_began_the_other_file_sees_nothing_by_it(town: Town) -> None:
    stays = town.person()
    town.clock.go_on(minutes=1)
    goes = town.person()

    def known(cookie: str) -> bool:
        with town.core.units.read() as uow:
            return devices.known(uow, uow.session.get_one(Candidate, stays), cookie) is not None

    for person, cookie in ((stays, "a"), (goes, "b")):
        town.do(partial(devices.welcome, candidate_id=person, kind=Kind.PHONE, cookie=cookie))
    _merge(town, stays, goes)
    assert (known("a"), known("b")) == (True, False)
    with town.core.units.read() as uow:
        assert [each.candidate_id for each in uow.session.scalars(select(Device))] == [stays]


def test_a_second_list_still_knows_both(town: Town) -> None:
    stays, goes = town.person(external_id="A-1"), town.person(external_id="B-2")
    _merge(town, stays, goes)
    with town.core.units.read() as uow:
        for each in ("A-1", "B-2"):
            found = candidate_by_external_id(uow.session, each)
            assert found is not None
            assert found.id == stays


def test_a_chain_of_files_leads_to_the_last(town: Town) -> None:
    first, second, third = (town.person() for _ in range(3))
    assert _merge(town, second, third) == second
    assert _merge(town, first, second) == first
    with town.core.units.read() as uow:
        assert set(uow.session.scalars(select(MergedFile.candidate_id))) == {first}
        assert confirmed_candidate(uow.session, third) is not None


@pytest.mark.parametrize("take", list(Take))
def test_the_desk_chooses_which_answer_holds(town: Town, take: Take) -> None:
    stays = town.person(
        first_name="Amina", interests=Interests.of(want=["t.cook"]), languages={"nl": 1, "ar": 4}
    )
    town.clock.go_on(minutes=1)
    goes = town.person(
        first_name="Aminah",
        postal_code="1080",
        interests=Interests.of(want=["t.sew"]),
        languages={"nl": 3},
        channel=Channel.EMAIL,
        contact="amina@voorbeeld.example",
    )
    fields = ("first_name", "place", "tasks", "languages", "contact")
    _merge(town, stays, goes, **dict.fromkeys(fields, take))
    file = _file(town, stays)
    is_theirs = take is Take.GOES
    assert file.first_name == ("Aminah" if is_theirs else "Amina")
    assert file.postal_code == ("1080" if is_theirs else None)
    assert file.channel == (Channel.EMAIL if is_theirs else Channel.SMS)
    wanted = {Take.STAYS: ["t.cook"], Take.GOES: ["t.sew"], Take.BOTH: ["t.cook", "t.sew"]}
    assert file.tasks_want == wanted[take]
    levels = {Take.STAYS: {"nl": 1, "ar": 4}, Take.GOES: {"nl": 3}, Take.BOTH: {"nl": 3, "ar": 4}}
    assert file.languages == levels[take]


def test_needs_of_both_are_opened_only_with_both_consents_and_written_down(town: Town) -> None:
    stays = town.person("ph.step_free_entrance", nice=("sv.buddy",))
    goes = town.person("sv.buddy", nice=("ic.plain_language",))
    _merge(town, stays, goes)
    assert _needs(town, stays) == {
        "ph.step_free_entrance": Strength.MUST,
        "sv.buddy": Strength.MUST,
        "ic.plain_language": Strength.NICE,
    }
    with town.core.units.read() as uow:
        readings = uow.session.scalars(select(NeedReading).where(NeedReading.purpose == "merging")).all()
        assert [each.reader for each in readings] == [f"account:{ACCOUNT}"] * 2


def test_needs_of_one_move_unopened(town: Town) -> None:
    without = frozenset({Purpose.ACCOUNT, Purpose.MATCH})
    stays = town.person(consents=without, needs={})
    town.clock.go_on(minutes=1)
    goes = town.person("sv.buddy")
    _merge(town, stays, goes)
    with town.core.units.read() as uow:
        assert not uow.session.scalars(select(NeedReading).where(NeedReading.purpose == "merging")).all()
    assert _needs(town, stays) == {"sv.buddy": Strength.MUST}


def test_what_was_taken_back_in_one_file_stays_taken_back(town: Town) -> None:
    every = frozenset({Purpose.ACCOUNT, Purpose.MATCH, Purpose.FOLLOW_UP})
    stays, goes = town.person(consents=every), town.person(consents=every)
    town.clock.go_on(days=1)
    town.do(lambda uow: agreements.take_back(uow, uow.session.get_one(Candidate, goes), Purpose.FOLLOW_UP))
    _merge(town, stays, goes)
    with town.core.units.read() as uow:
        assert not consents_in_force(uow.session, stays, Purpose.FOLLOW_UP, now=uow.now)
        assert consents_in_force(uow.session, stays, Purpose.MATCH, now=uow.now)
        assert uow.session.scalar(select(func.count()).select_from(Consent)) == 6


def test_two_wishes_for_one_role_become_the_one_that_is_further(town: Town) -> None:
    organisation = town.organisation()
    role = town.role(organisation, {"sv.buddy": "yes"})
    stays, goes = town.person(), town.person()
    older = town.ask_to_meet(stays, role)
    town.clock.go_on(days=2)
    younger = town.ask_to_meet(goes, role)
    town.do(lambda uow: introductions.accept(uow, organisation, younger, words="Dinsdag om 10 uur."))
    asked = _introductions(town)[older].asked_at
    _merge(town, stays, goes)
    left = _introductions(town)
    assert set(left) == {younger}
    assert left[younger].state == IntroductionState.ACCEPTED
    assert left[younger].candidate_id == stays
    assert left[younger].asked_at == asked, "in the place of the older one"
    with town.core.units.read() as uow:
        assert not uow.session.scalars(select(Message).where(Message.about_id == older)).all()


def _introductions(town: Town) -> dict[UUID, Introduction]:
    with town.core.units.read() as uow:
        found = {each.id: each for each in uow.session.scalars(select(Introduction))}
        uow.session.expunge_all()
        return found


def test_a_file_that_waits_goes_into_the_confirmed_one(town: Town) -> None:
    confirmed = town.person()
    pending = town.person()

    def wait(uow: UnitOfWork) -> None:
        uow.session.get_one(Candidate, pending).state = CandidateState.PENDING
        uow.session.get_one(Candidate, pending).created_at = uow.now.replace(year=2020)

    town.do(wait)
    token = town.do(lambda uow: cards.issue(uow, uow.session.get_one(Candidate, pending)))
    assert _merge(town, pending, confirmed) == confirmed
    with town.core.units.read() as uow:
        assert cards.file_of(uow, token) is None, "whoever began the file printed it"


def test_who_they_are_not_is_kept_once(town: Town) -> None:
    stays, goes, third = (town.person() for _ in range(3))

    def tell(uow: UnitOfWork) -> None:
        for one, others in ((stays, [third, goes]), (goes, [third])):
            duplicates.tell_apart(uow, uow.session.get_one(Candidate, one), others, account_id=ACCOUNT)
            uow.session.flush()

    town.do(tell)
    _merge(town, stays, goes)
    with town.core.units.read() as uow:
        pairs: list[Any] = list(uow.session.scalars(select(ToldApart)))
        assert [{each.older_id, each.newer_id} for each in pairs] == [{stays, third}]


def test_a_file_is_not_merged_with_itself_or_with_nothing(town: Town) -> None:
    one = town.person()
    with pytest.raises(ImpossibleStep):
        _merge(town, one, one)
    with pytest.raises(NotFound):
        _merge(town, one, UUID(int=1))
