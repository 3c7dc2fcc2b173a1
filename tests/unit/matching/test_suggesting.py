from __future__ import annotations

from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given

from tests.factories.facts import MUNTPUNT, TODAY, a_person, a_role, an_identifier
from tests.unit.matching.strategies import offers, people
from volunteer.domain.access import OTHER_LANGUAGE, SIGN_LANGUAGE, Answer, NeedState
from volunteer.domain.interests import Interests
from volunteer.domain.matching_facts import PersonFacts, RoleFacts
from volunteer.evaluation.checker import verdict, violations
from volunteer.matching.exposure import Exposure
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.suggesting import PLACES_SHOWN, SURE_SEATS, suggest
from volunteer.matching.tiers import Tier

BUDDY, TRIAL = "sv.buddy", "sv.trial"
COOK = Interests.of(want=["t.cook"])


def shown(roles: list[RoleFacts], person: PersonFacts) -> list[UUID]:
    return [match.opportunity_id for match in suggest(Snapshot.build(roles, "1", today=TODAY), person)]


@given(offers(most=20), people)
def test_nothing_shown_is_wrong_and_nothing_possible_is_kept_back(
    roles: list[RoleFacts], person: PersonFacts
) -> None:
    matches = suggest(Snapshot.build(roles, "1", today=TODAY), person)
    by_id = {role.opportunity_id: role for role in roles}
    for match in matches:
        assert violations(person, by_id[match.opportunity_id], match, TODAY) == []
    possible = sum(verdict(person, role, TODAY).tier != "out" for role in roles)
    assert len(matches) == min(possible, PLACES_SHOWN)
    assert [match.rank for match in matches] == list(range(1, len(matches) + 1))
    assert len({match.opportunity_id for match in matches}) == len(matches)


@given(offers(most=20), people)
def test_what_must_be_asked_comes_after_what_fits(roles: list[RoleFacts], person: PersonFacts) -> None:
    order = [match.tier is Tier.C for match in suggest(Snapshot.build(roles, "1", today=TODAY), person)]
    assert order == sorted(order)


@given(offers(most=20), people)
def test_the_order_of_the_offer_does_not_matter(roles: list[RoleFacts], person: PersonFacts) -> None:
    assert shown(roles, person) == shown(roles[::-1], person)


def test_unknown_fills_only_what_remains() -> None:
    asked = [a_role(tasks=frozenset({"t.cook"})) for _ in range(9)]
    fits = a_role(answers={BUDDY: Answer.YES}, tasks=frozenset({"t.sew"}))
    first, *others = suggest(
        Snapshot.build([*asked, fits], "1", today=TODAY), a_person(must=(BUDDY,), interests=COOK)
    )
    assert (first.opportunity_id, first.tier) == (fits.opportunity_id, Tier.A)
    assert [each.tier for each in others] == [Tier.C] * 7
    assert others[0].questions == (BUDDY,)
    assert others[0].score > first.score


def test_every_need_is_named_with_its_state() -> None:
    role = a_role(answers={BUDDY: Answer.ARRANGEABLE, TRIAL: Answer.NO}, languages_needed={"nl": 1})
    person = a_person(must=(BUDDY, "ph.light_work"), nice=(TRIAL, "sv.short_task"))
    (match,) = suggest(Snapshot.build([role], "1", today=TODAY), person)
    assert match.needs == {
        BUDDY: NeedState.ARRANGE,
        "ph.light_work": NeedState.ASK,
        TRIAL: NeedState.MISSING,
        "sv.short_task": NeedState.ASK,
    }
    assert match.questions == ("ph.light_work",)
    assert match.language_questions == ("nl",)


@pytest.mark.parametrize(
    ("need", "languages", "is_for_them"),
    [
        (OTHER_LANGUAGE, {}, False),
        (OTHER_LANGUAGE, {"nl": 0}, False),
        (OTHER_LANGUAGE, {"ar": 4}, True),
        (SIGN_LANGUAGE, {"nl": 4}, False),
        (SIGN_LANGUAGE, {"vgt": 0}, False),
        (SIGN_LANGUAGE, {"vgt": 4}, True),
    ],
)
@pytest.mark.parametrize("strength", ["must", "nice"])
def test_an_organisation_is_asked_only_what_it_can_answer(
    need: str, languages: dict[str, int], is_for_them: bool, strength: str
) -> None:
    person = a_person(languages=languages, **{strength: (need,)})
    (match,) = suggest(Snapshot.build([a_role()], "1", today=TODAY), person)
    assert match.needs == {need: NeedState.ASK}
    assert match.tier is (Tier.C if strength == "must" else Tier.A)
    assert match.questions == ((need,) if is_for_them and strength == "must" else ())


def test_nice_needs_order_what_is_equal_and_nothing_else() -> None:
    plain, nicer, liked = (
        a_role(opportunity_id=an_identifier(1), tasks=frozenset({"t.sew"})),
        a_role(opportunity_id=an_identifier(2), tasks=frozenset({"t.sew"}), answers={TRIAL: Answer.YES}),
        a_role(opportunity_id=an_identifier(3), tasks=frozenset({"t.cook"})),
    )
    person = a_person(nice=(TRIAL,), interests=COOK)
    assert shown([plain, nicer, liked], person) == [each.opportunity_id for each in (liked, nicer, plain)]


def test_sure_but_other_work_does_not_crowd_out_what_was_wished() -> None:
    sewing = [a_role(answers={BUDDY: Answer.YES}, tasks=frozenset({"t.sew"})) for _ in range(20)]
    cooking = [a_role(tasks=frozenset({"t.cook"})) for _ in range(20)]
    snapshot = Snapshot.build([*sewing, *cooking], "1", today=TODAY)
    found = suggest(snapshot, a_person(must=(BUDDY,), interests=COOK))
    wished = {role.opportunity_id for role in cooking}
    assert [match.tier for match in found] == [Tier.A] * SURE_SEATS + [Tier.C] * (PLACES_SHOWN - SURE_SEATS)
    assert all(match.opportunity_id in wished for match in found[SURE_SEATS:])


def test_one_organisation_does_not_take_the_whole_list() -> None:
    large, small = an_identifier(1), an_identifier(2)
    many = [a_role(organisation_id=large, tasks=frozenset({"t.cook"})) for _ in range(200)]
    few = [a_role(organisation_id=small, tasks=frozenset({"t.sew"})) for _ in range(2)]
    interests = Interests.of(want=["t.cook"], learn=["t.sew"])
    found = shown([*many, *few], a_person(interests=interests))
    assert len(found) == PLACES_SHOWN
    assert {each.opportunity_id for each in few} < set(found)


def test_a_city_with_one_organisation_still_fills_the_list() -> None:
    roles = [a_role(organisation_id=an_identifier(1)) for _ in range(20)]
    assert len(shown(roles, a_person())) == PLACES_SHOWN


def test_an_empty_city_shows_nothing() -> None:
    assert shown([], a_person(must=(BUDDY,))) == []


def test_one_seat_of_a_full_list_is_drawn_by_lot_and_stays_all_day() -> None:
    roles = [a_role(tasks=frozenset({"t.cook"})) for _ in range(30)]
    snapshot = Snapshot.build(roles, "1", today=TODAY)
    drawn = set()
    for number in range(40):
        person = a_person(candidate_id=an_identifier(number), interests=COOK)
        found = suggest(snapshot, person)
        assert [match.explored for match in found].count(True) == 1
        assert found == suggest(snapshot, person)
        drawn |= {match.opportunity_id for match in found if match.explored}
    assert len(drawn) > 10


@given(offers(most=20), people)
def test_a_lot_is_drawn_only_where_something_is_left_out(roles: list[RoleFacts], person: PersonFacts) -> None:
    possible = sum(verdict(person, role, TODAY).tier != "out" for role in roles)
    explored = [match for match in suggest(Snapshot.build(roles, "1", today=TODAY), person) if match.explored]
    assert len(explored) == (1 if possible > PLACES_SHOWN else 0)


def test_the_lot_falls_on_what_was_shown_least() -> None:
    roles = [a_role(opportunity_id=an_identifier(number), wanted=1) for number in range(20)]
    snapshot = Snapshot.build(roles, "1", today=TODAY)
    often = Exposure({role.opportunity_id: 10_000 for role in roles[10:]})
    drawn: Counter[bool] = Counter()
    for number in range(200):
        found = suggest(snapshot, a_person(candidate_id=an_identifier(number)), exposure=often)
        drawn.update(match.opportunity_id.int < 10 for match in found if match.explored)
    assert drawn[True] > 20 * drawn[False]


def test_what_was_shown_often_makes_room() -> None:
    roles = [a_role(opportunity_id=an_identifier(number), wanted=1) for number in range(20)]
    snapshot = Snapshot.build(roles, "1", today=TODAY)
    first = {match.opportunity_id for match in suggest(snapshot, a_person()) if not match.explored}
    later = suggest(snapshot, a_person(), exposure=Exposure(dict.fromkeys(first, 5)))
    assert first.isdisjoint(match.opportunity_id for match in later if not match.explored)
    assert all(sum(match.parts.values()) == pytest.approx(match.score) for match in later)


def test_who_has_little_to_choose_sees_the_best_first_however_often_it_was_shown() -> None:
    best = a_role(opportunity_id=an_identifier(5), tasks=frozenset({"t.cook"}), wanted=1)
    others = [a_role(opportunity_id=an_identifier(number), tasks=frozenset({"t.sew"})) for number in range(5)]
    snapshot = Snapshot.build([best, *others], "1", today=TODAY)
    found = suggest(snapshot, a_person(interests=COOK), exposure=Exposure({best.opportunity_id: 10_000}))
    assert found[0].opportunity_id == best.opportunity_id


def test_what_is_farther_than_someone_will_go_comes_last() -> None:
    far = [a_role(position=(50.80, 4.30), tasks=frozenset({"t.cook"})) for _ in range(20)]
    near = [a_role(position=MUNTPUNT, tasks=frozenset({"t.cook"})) for _ in range(8)]
    snapshot = Snapshot.build([*far, *near], "1", today=TODAY)
    close = a_person(position=MUNTPUNT, travel_minutes=15, interests=COOK)
    found = suggest(snapshot, close)
    wished = {role.opportunity_id for role in near}
    assert {match.opportunity_id for match in found} == wished
    assert len(shown(far, close)) == PLACES_SHOWN, "it is shown before nothing is"
