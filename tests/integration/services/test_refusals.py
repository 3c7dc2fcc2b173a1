"""Saying no with a reason: what is kept, what the next lists make of it, and taking it back."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.integration.services.conftest import Town
from volunteer.domain.commitment import Commitment
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.interests import Interests
from volunteer.domain.matching_facts import PersonFacts
from volunteer.domain.opportunities import Place
from volunteer.domain.refusals import RefusalReason
from volunteer.models import Candidate, Suggestion
from volunteer.services import introductions, refusals, suggestions

NEAR, FAR = Place(municipality="anderlecht"), Place(municipality="watermaal-bosvoorde")


def listed(town: Town, person: UUID) -> list[UUID]:
    with town.core.units.read() as uow:
        return [each.suggestion.opportunity_id for each in suggestions.current(uow, person) or []]


def suggestion_of(town: Town, person: UUID, role: UUID) -> UUID:
    with town.core.units.read() as uow:
        shown = suggestions.current(uow, person) or []
        return next(each.suggestion.id for each in shown if each.suggestion.opportunity_id == role)


def refuse(
    town: Town,
    person: UUID,
    role: UUID,
    reason: RefusalReason = RefusalReason.UNSAID,
    task: str | None = None,
) -> UUID:
    suggestion_id = suggestion_of(town, person, role)
    with town.core.units.write() as uow:
        candidate = uow.session.get_one(Candidate, person)
        refusals.refuse(uow, candidate, suggestion_id, reason=reason, task=task)
    return suggestion_id


def facts(town: Town, person: UUID) -> PersonFacts:
    with town.core.units.write() as uow:
        candidate = uow.session.get_one(Candidate, person)
        return suggestions.facts_of(uow, candidate, reader="test", purpose="test")


def test_a_role_said_no_to_is_gone_and_comes_back_when_that_is_taken_back(town: Town) -> None:
    role = town.role(town.organisation())
    person = town.person()
    suggestion_id = refuse(town, person, role)
    assert listed(town, person) == []
    town.look(person)
    assert listed(town, person) == []
    town.do(lambda uow: refusals.undo(uow, uow.session.get_one(Candidate, person), suggestion_id))
    town.look(person)
    assert listed(town, person) == [role]


def test_the_reason_is_sealed_and_none_looks_like_one(town: Town) -> None:
    owner = town.organisation()
    roles = [town.role(owner, commitment=Commitment.MONTHS) for _ in range(2)]
    person = town.person()
    refuse(town, person, roles[0])
    refuse(town, person, roles[1], RefusalReason.TASK, "t.cook")
    with town.core.units.read() as uow:
        found = [each.suggestion.refusal_sealed or b"" for each in refusals.refused_by(uow, person)]
    assert len({len(each) for each in found}) == 1
    assert not any(b"cook" in each for each in found)


@pytest.mark.parametrize(
    ("reason", "task"),
    [
        (RefusalReason.TASK, None),
        (RefusalReason.TASK, "t.sew"),
        (RefusalReason.TOO_MUCH, None),
        (RefusalReason.HOURS, "t.cook"),
    ],
)
def test_a_reason_that_cannot_be_meant_is_refused(
    town: Town, reason: RefusalReason, task: str | None
) -> None:
    role = town.role(town.organisation())
    person = town.person()
    with pytest.raises(InvalidValue):
        refuse(town, person, role, reason, task)
    assert listed(town, person) == [role]


def test_nobody_says_no_for_somebody_else(town: Town) -> None:
    role = town.role(town.organisation())
    person, other = town.person(), town.person(contact="+32470999999")
    suggestion_id = suggestion_of(town, person, role)
    for act in (refusals.refuse, refusals.undo, refusals.of, refusals.look_closer):
        with pytest.raises(NotFound), town.core.units.write() as uow:
            act(uow, uow.session.get_one(Candidate, other), suggestion_id)


def test_too_far_changes_the_lists_of_this_person_alone_and_only_with_their_yes(town: Town) -> None:
    far, near = town.role(town.organisation(), place=FAR), town.role(town.organisation("Nabij"), place=NEAR)
    also_far = town.role(town.organisation("Ver"), place=FAR, tasks=frozenset({"t.cook", "t.sew"}))
    person = town.person(municipality="anderlecht", interests=Interests.of(want=["t.cook"], learn=["t.sew"]))
    suggestion_id = refuse(town, person, far, RefusalReason.TOO_FAR)
    assert facts(town, person).travel_minutes is None
    with town.core.units.write() as uow:
        minutes = refusals.look_closer(uow, uow.session.get_one(Candidate, person), suggestion_id)
    assert minutes < 60
    assert facts(town, person).travel_minutes == minutes
    town.look(person)
    assert listed(town, person) == [near, also_far], "what is farther comes last"
    with town.core.units.write() as uow:
        candidate = uow.session.get_one(Candidate, person)
        assert candidate.travel_minutes is None, "their own answer stays as it is"
        with pytest.raises(ImpossibleStep):
            refusals.look_closer(uow, candidate, suggestion_id)
        refusals.undo(uow, candidate, suggestion_id)
    assert facts(town, person).travel_minutes is None


def test_who_told_no_place_is_offered_nothing_closer(town: Town) -> None:
    role = town.role(town.organisation(), place=FAR)
    person = town.person()
    suggestion_id = refuse(town, person, role, RefusalReason.TOO_FAR)
    with pytest.raises(ImpossibleStep), town.core.units.write() as uow:
        refusals.look_closer(uow, uow.session.get_one(Candidate, person), suggestion_id)


def test_this_organisation_hides_every_role_of_theirs_also_new_ones(town: Town) -> None:
    theirs, other = town.organisation(), town.organisation("Ander huis")
    first, second = town.role(theirs), town.role(theirs)
    elsewhere = town.role(other)
    person = town.person()
    suggestion_id = refuse(town, person, first, RefusalReason.ORGANISATION)
    assert listed(town, person) == [elsewhere], "at once, also on the list that was made before"
    third = town.role(theirs)
    town.look(person)
    assert listed(town, person) == [elsewhere]
    town.do(lambda uow: refusals.undo(uow, uow.session.get_one(Candidate, person), suggestion_id))
    town.look(person)
    assert set(listed(town, person)) == {first, second, third, elsewhere}


def test_what_was_asked_of_this_organisation_before_goes_on(town: Town) -> None:
    theirs = town.organisation()
    asked, other = town.role(theirs), town.role(theirs)
    person = town.person("sv.buddy")
    town.ask_to_meet(person, asked)
    refuse(town, person, other, RefusalReason.ORGANISATION)
    town.do(lambda uow: introductions.reconsider(uow, theirs))
    assert "introduction_fell_through" not in town.events()


def test_not_this_task_puts_other_work_first_and_touches_no_need(town: Town) -> None:
    cook = town.role(town.organisation(), {"sv.buddy": "yes"})
    also_cook = town.role(town.organisation("Twee"), {"sv.buddy": "yes"})
    sew = town.role(town.organisation("Drie"), {"sv.buddy": "yes"}, tasks=frozenset({"t.sew"}))
    person = town.person("sv.buddy", interests=Interests.of(want=["t.cook"]))
    before = facts(town, person)
    refuse(town, person, cook, RefusalReason.TASK, "t.cook")
    after = facts(town, person)
    assert after.needs == before.needs
    assert after.unwanted_tasks == {"t.cook"}
    town.look(person)
    assert listed(town, person) == [sew, also_cook]


def test_too_often_looks_for_what_asks_less(town: Town) -> None:
    role = town.role(town.organisation(), commitment=Commitment.MONTHS)
    person = town.person()
    refuse(town, person, role, RefusalReason.TOO_MUCH)
    assert facts(town, person).commitments == {Commitment.ONCE, Commitment.SOMETIMES}


def test_hours_change_nothing_by_themselves(town: Town) -> None:
    role = town.role(town.organisation())
    person = town.person()
    before = facts(town, person)
    refuse(town, person, role, RefusalReason.HOURS)
    after = facts(town, person)
    assert (after.times, after.interests, after.commitments) == (
        before.times,
        before.interests,
        before.commitments,
    )


def test_a_no_from_before_reasons_were_asked_is_a_no_without_one(town: Town) -> None:
    role = town.role(town.organisation())
    person = town.person()
    suggestion_id = refuse(town, person, role)
    with town.core.units.write() as uow:
        uow.session.get_one(Suggestion, suggestion_id).refusal_sealed = None
    with town.core.units.read() as uow:
        (found,) = refusals.refused_by(uow, person)
    assert found.refusal.reason is RefusalReason.UNSAID
