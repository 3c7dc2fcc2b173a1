"""What-if counts equal what the slow checker finds, pair by pair, with the answer changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.facts import TODAY, a_person, a_role, an_identifier
from tests.unit.matching.strategies import offers, people
from volunteer.domain.access import Answer
from volunteer.domain.figures import Kind, Reach
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.matching_facts import PersonFacts, RoleFacts
from volunteer.evaluation.checker import verdict
from volunteer.matching.crowd import Crowd
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.what_if import WhatIf, what_if

Counts = dict[tuple[Kind, Reach, UUID | None, str], set[int]]
DERIVED = {"ic.other_language", "ic.sign_language"}
SURE = {"A", "B"}


def _ask(roles: Sequence[RoleFacts], crowd: Sequence[PersonFacts], venues: Mapping[UUID, UUID]) -> WhatIf:
    return what_if(Snapshot.build(roles, "1", today=TODAY), Crowd.of(crowd), venues)


def _found(result: WhatIf) -> dict[tuple[Kind, Reach, UUID | None, str], tuple[int, float]]:
    return {
        (kind, reach, scope, code): (int(each.people[row, column]), float(each.weights[row, column]))
        for (kind, reach), each in result.openings.items()
        for row, scope in enumerate(each.scopes)
        for column, code in enumerate(each.codes)
        if each.people[row, column]
    }


def _arranged(role: RoleFacts, person: PersonFacts) -> Iterable[tuple[str, RoleFacts]]:
    """Every single thing the organisation could arrange for this person."""
    for code in person.needs.keys() - DERIVED:
        yield code, replace(role, answers={**role.answers, code: Answer.ARRANGEABLE})
    for language in LANGUAGES:
        # A team that has not said what it speaks has not said no.
        if role.languages_spoken:
            yield f"language.{language}", replace(role, languages_spoken=role.languages_spoken | {language})


def _told(role: RoleFacts, person: PersonFacts) -> Iterable[tuple[str, RoleFacts]]:
    """Every single thing it could tell, with the answer that suits this person."""
    for code in person.needs.keys() - DERIVED - role.answers.keys():
        yield code, replace(role, answers={**role.answers, code: Answer.YES})
    if not role.languages_spoken and person.languages:
        yield "languages", replace(role, languages_spoken=frozenset(person.languages))


def _brute_force(
    roles: Sequence[RoleFacts], crowd: Sequence[PersonFacts], venues: Mapping[UUID, UUID]
) -> tuple[Counts, list[int]]:
    counts: Counts = defaultdict(set)
    sure = [sum(verdict(person, role, TODAY).tier in SURE for role in roles) for person in crowd]
    for index, person in enumerate(crowd):
        for role in roles:
            now = verdict(person, role, TODAY).tier
            opened: list[tuple[Kind, str]] = []
            if now == "out":
                changed = _arranged(role, person)
                opened = [(Kind.ARRANGE, c) for c, r in changed if verdict(person, r, TODAY).tier != "out"]
            elif now == "C":
                changed = _told(role, person)
                opened = [(Kind.TELL, c) for c, r in changed if verdict(person, r, TODAY).tier in SURE]
            for kind, code in opened:
                counts[kind, Reach.OPPORTUNITY, role.opportunity_id, code].add(index)
                counts[kind, Reach.ORGANISATION, role.organisation_id, code].add(index)
                if venue := venues.get(role.opportunity_id):
                    counts[kind, Reach.VENUE, venue, code].add(index)
                if not sure[index]:
                    counts[kind, Reach.CITY, None, code].add(index)
    return counts, sure


def _venues(roles: Sequence[RoleFacts], number: int) -> dict[UUID, UUID]:
    """Some roles of an organisation share a venue, others have none."""
    return {
        role.opportunity_id: UUID(int=role.organisation_id.int * 10 + place)
        for index, role in enumerate(roles)
        if (place := (number >> index * 2) % 3)
    }


@given(offers(most=8), st.lists(people, max_size=8), st.integers(0, 2**16))
def test_it_counts_what_the_checker_counts(
    roles: list[RoleFacts], crowd: list[PersonFacts], number: int
) -> None:
    venues = _venues(roles, number)
    expected, sure = _brute_force(roles, crowd, venues)
    found = _found(_ask(roles, crowd, venues))
    assert {key: count for key, (count, _) in found.items()} == {
        key: len(who) for key, who in expected.items()
    }
    for key, (_, weight) in found.items():
        exact = sum(1 / max(1, sure[index]) for index in expected[key])
        assert weight == pytest.approx(exact, abs=len(expected[key]) / 256)


def test_a_question_the_person_has_to_answer_opens_nothing() -> None:
    role = a_role(languages_spoken=frozenset({"vgt", "nl"}))
    quiet = a_role()
    for person in (a_person(must=("ic.sign_language",)), a_person(must=("ic.other_language",))):
        found = _found(_ask([role, quiet], [person], {}))
        assert [key for key in found if key[0] is Kind.TELL] == []


def test_one_language_can_answer_two_needs() -> None:
    role = a_role(languages_spoken=frozenset({"nl"}))
    person = a_person(must=("ic.sign_language", "ic.other_language"), languages={"vgt": 4, "tr": 4})
    found = _found(_ask([role], [person], {}))
    assert {code for kind, reach, _, code in found if reach is Reach.ORGANISATION} == {"language.vgt"}


def test_people_count_once_however_many_roles_open() -> None:
    organisation = an_identifier(1)
    roles = [
        a_role(organisation_id=organisation, answers={"ph.step_free_entrance": Answer.NO}) for _ in range(5)
    ]
    crowd = [a_person(must=("ph.step_free_entrance",)) for _ in range(7)]
    venues = {role.opportunity_id: an_identifier(2) for role in roles[:3]}
    found = _found(_ask(roles, crowd, venues))
    assert {(reach, count) for (_, reach, _, _), (count, _) in found.items()} == {
        (reach, 7) for reach in Reach
    }


def test_nobody_and_nothing() -> None:
    assert _found(_ask([], [], {})) == {}
    assert _found(_ask([a_role()], [a_person()], {})) == {}
    assert _found(_ask([], [a_person(must=("sv.buddy",))], {})) == {}
