"""An erased file is gone everywhere at once; what is left leads to nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import LargeBinary, String, Uuid, cast, func, select

from tests.integration.services.conftest import Town
from volunteer.domain.accounts import Role
from volunteer.domain.candidates import Channel
from volunteer.domain.consent import Purpose
from volunteer.domain.messages import MessageKind, Recipient
from volunteer.domain.retention import Erased, ErasureAsked
from volunteer.matching.catalogue import Catalogue
from volunteer.models import (
    Base,
    Candidate,
    Consent,
    ConsentProof,
    Delivery,
    Erasure,
    Introduction,
    Message,
    OutboxEvent,
    Question,
)
from volunteer.services import accounts, drafts, erasure, introductions, restoring

UNTOUCHED = {"outbox"}
"""What happened stays, with ids that lead nowhere any more."""


def _erase(town: Town, candidate_id: UUID, asked_by: ErasureAsked = ErasureAsked.CANDIDATE) -> None:
    town.do(lambda uow: erasure.erase(uow, uow.session.get_one(Candidate, candidate_id), asked_by=asked_by))


def _all(town: Town, kind: type[Any]) -> list[Any]:
    with town.core.units.read() as uow:
        return list(uow.session.scalars(select(kind)))


def mentions(town: Town, *ids: UUID) -> set[str]:
    """Every table in which one of these ids is found in any column of text or ids."""
    found = set()
    with town.core.units.read() as uow:
        for table in Base.metadata.tables.values():
            for column in table.columns:
                for each in ids:
                    if isinstance(column.type, Uuid):
                        there = column == each
                    else:
                        there = cast(column, String).contains(str(each)) | cast(column, String).contains(
                            each.hex
                        )
                    if not issubclass(
                        column.type._type_affinity or String, LargeBinary
                    ) and uow.session.scalar(select(func.count()).select_from(table).where(there)):
                        found.add(table.name)
    return found


@pytest.fixture
def accepted(town: Town) -> tuple[UUID, UUID, UUID]:
    """A person, a role, and the introduction that the organisation said yes to."""
    organisation = town.organisation()
    role = town.role(organisation, {"ph.lift_or_ground": "yes"})
    person = town.person("ph.lift_or_ground")
    introduction = town.ask_to_meet(person, role, contact=True, needs=frozenset({"ph.lift_or_ground"}))
    town.do(lambda uow: introductions.accept(uow, organisation, introduction, words="Kom maar"))
    return person, role, introduction


def test_nothing_names_them_any_more(town: Town, accepted: tuple[UUID, UUID, UUID]) -> None:
    person, _, introduction = accepted
    assert {"candidates", "introductions", "consents", "suggestions"} <= mentions(town, person, introduction)
    _erase(town, person)
    assert mentions(town, person, introduction) <= UNTOUCHED


def test_a_proof_stays_that_names_nobody(town: Town, accepted: tuple[UUID, UUID, UUID]) -> None:
    before = [each.purpose.partition(":")[0] for each in _all(town, Consent)]
    town.clock.go_on(seconds=timedelta(days=3).total_seconds())
    _erase(town, accepted[0])
    proofs = _all(town, ConsentProof)
    assert sorted(each.purpose for each in proofs) == sorted(before)
    assert "share_with" in before
    assert {(each.ended_on - each.given_on).days for each in proofs} == {3}
    assert {column.name for column in ConsentProof.__table__.columns} == {
        "id", "purpose", "text_version", "language", "given_how", "given_on", "ended_on",
    }  # fmt: skip


def test_a_proof_says_when_it_was_taken_back(town: Town) -> None:
    person = town.person()
    town.clock.go_on(seconds=timedelta(days=1).total_seconds())

    def take_back(uow: Any) -> None:
        for consent in uow.session.scalars(select(Consent).where(Consent.purpose == Purpose.NEEDS)):
            consent.withdrawn_at = uow.now

    town.do(take_back)
    town.clock.go_on(seconds=timedelta(days=5).total_seconds())
    _erase(town, person)
    ended = {each.purpose: (each.ended_on - each.given_on).days for each in _all(town, ConsentProof)}
    assert ended == {"account": 6, "match": 6, "needs": 1}


def test_who_expects_them_hears_that_they_stop(town: Town, accepted: tuple[UUID, UUID, UUID]) -> None:
    person, role, _ = accepted
    other = town.role(town.organisation("Elders"))

    def join(uow: Any) -> None:
        owner = uow.session.scalars(select(Introduction)).one().opportunity.organisation
        accounts.add_colleague(
            uow,
            name="Fatima",
            email="f@voorbeeld.example",
            role=Role.OWNER,
            organisation=owner,
            language="nl",
        )

    town.do(join)
    town.ask_to_meet(person, other)
    _erase(town, person)
    told = _all(town, Message)
    assert [(each.kind, each.recipient, each.about_id) for each in told] == [
        (MessageKind.NOT_EXPECTED, Recipient.ACCOUNT, role)
    ], "and nobody else: the other organisation had not answered"


def test_work_that_waits_for_them_goes(town: Town, accepted: tuple[UUID, UUID, UUID]) -> None:
    person, _, _ = accepted
    stranger = town.person(first_name="Bilal")

    def plan(uow: Any) -> None:
        for event in uow.session.scalars(select(OutboxEvent)):
            uow.session.add(
                Delivery(id=uuid4(), event_id=event.id, handler="some", state="waiting", due_at=uow.now)
            )

    town.do(plan)
    _erase(town, person)
    with town.core.units.read() as uow:
        waiting = select(OutboxEvent.type, OutboxEvent.payload).join(Delivery)
        left = uow.session.execute(waiting).all()
    assert {type_ for type_, _ in left} >= {"opportunity_published", "candidate_enrolled"}
    assert all(str(person) not in str(payload) for _, payload in left)
    assert any(str(stranger) in str(payload) for _, payload in left)


def test_the_spot_is_free_at_once(town: Town, accepted: tuple[UUID, UUID, UUID]) -> None:
    person, _, _ = accepted
    catalogue = Catalogue()
    with town.core.units.read() as uow:
        before = catalogue.snapshot(uow)
    _erase(town, person)
    with town.core.units.read() as uow:
        after, afresh = catalogue.snapshot(uow), Catalogue().snapshot(uow)
    assert before.differences(afresh).columns, "else this proves nothing: the yes took a spot"
    assert not after.differences(afresh).columns


def test_a_question_stays(town: Town) -> None:
    role = town.role(town.organisation())
    person = town.person("ph.lift_or_ground")
    town.ask_to_meet(person, role)
    assert len(_all(town, Question)) == 1
    _erase(town, person)
    assert len(_all(town, Question)) == 1


def test_what_a_second_press_would_need_goes_too(town: Town) -> None:
    person = town.person()
    town.do(lambda uow: drafts.save(uow, "hers", {"enrolled": person.hex, "token": "secret"}))
    town.do(lambda uow: drafts.save(uow, "somebody else's", {"enrolled": uuid4().hex}))
    _erase(town, person)
    with town.core.units.read() as uow:
        assert drafts.load(uow, "hers") == {}
        assert drafts.load(uow, "somebody else's")


def test_a_restored_copy_goes_again(town: Town) -> None:
    person, stays = town.person(), town.person(first_name="Bilal", channel=Channel.DESK, contact=None)
    _erase(town, person)
    with town.core.units.read() as uow:
        listed = restoring.listed_here(uow)
        kept = uow.session.get_one(Candidate, stays)
        copy = {column.name: getattr(kept, column.name) for column in Candidate.__table__.columns}
    town.do(lambda uow: uow.session.add(Candidate(**{**copy, "id": person, "first_name": "Amina"})))
    assert town.do(lambda uow: restoring.erase_files_again(uow, listed, limit=10)) == 1
    assert [each.id for each in _all(town, Candidate)] == [stays]
    assert town.do(lambda uow: restoring.erase_files_again(uow, listed, limit=10)) == 0


def test_what_is_kept_of_it_is_no_id(town: Town) -> None:
    person = town.person()
    _erase(town, person, ErasureAsked.DESK)
    (kept,) = _all(town, Erasure)
    assert (kept.what, kept.asked_by, len(kept.fingerprint)) == (Erased.FILE, ErasureAsked.DESK, 32)
