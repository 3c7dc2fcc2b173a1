from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from tests.factories.facts import MUNTPUNT, TODAY, a_person, a_role
from tests.unit.matching.strategies import offers, people
from volunteer.domain.access import Answer, Strength
from volunteer.domain.commitment import Commitment
from volunteer.domain.interests import Interests
from volunteer.domain.matching_facts import PersonFacts, RoleFacts
from volunteer.matching.explanation import Reason, ReasonKind, explain
from volunteer.matching.sentences import sentence, sentences
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.suggesting import suggest
from volunteer.matching.travel import TravelTable
from volunteer.translation import translations


def reasons(role: RoleFacts, person: PersonFacts) -> tuple[Reason, ...]:
    (match,) = suggest(Snapshot.build([role], "1", today=TODAY), person)
    return explain(match, person, role, TODAY)


def said(role: RoleFacts, person: PersonFacts, language: str = "en") -> dict[str, list[str]]:
    return sentences(reasons(role, person), str, language)


KITCHEN = a_role(
    tasks=frozenset({"t.cook", "t.clean"}),
    sectors=frozenset({"sec.food"}),
    times="tue 10:00-13:00;thu 10:00-13:30",
    position=MUNTPUNT,
    languages_spoken=frozenset({"nl", "fr"}),
    answers={"sv.children_welcome": Answer.YES, "sv.buddy": Answer.ARRANGEABLE, "ph.seated_work": Answer.NO},
)
COOK = a_person(
    interests=Interests.of(want=["t.cook"]),
    times="tue 09:00-17:00",
    must=("sv.children_welcome", "sv.buddy", "sv.trial"),
    nice=("ph.seated_work",),
    languages={"fr": 4},
)


def test_what_fits_what_is_arranged_what_is_asked_and_what_is_not_there() -> None:
    assert said(KITCHEN, COOK) == {
        "fits": [
            "You like to do this: cooking.",
            "You are free on Tuesday from 10 to 13.",
            "Children welcome or childcare: that is all right here.",
        ],
        "arrange": ["A buddy helps you: they arrange this with you."],
        "ask": ["Try first, you may stop: we ask this first."],
        "against": ["You can do it sitting down: they do not have this."],
    }


def test_names_come_in_the_language_of_the_reader() -> None:
    assert said(KITCHEN, COOK, "fr")["fits"][:2] == [
        "You like to do this: cuisiner.",
        "You are free on mardi from 10 to 13.",
    ]


def test_only_the_two_largest_in_favour_are_said() -> None:
    person = replace(COOK, needs={}, position=MUNTPUNT)
    assert [each.about for each in reasons(KITCHEN, person)] == ["task_wanted", "free"]


def test_what_speaks_against_is_said() -> None:
    person = a_person(
        interests=Interests.of(want=["t.garden"], sectors=["sec.nature"]),
        times="tue 12:00-17:00",
        position=(MUNTPUNT[0] + 0.1, MUNTPUNT[1]),
        languages={"fr": 1},
    )
    assert said(KITCHEN, person) == {
        "fits": [],
        "arrange": [],
        "ask": [],
        "against": [
            "This is other work than you chose.",
            "You are free for part of it: Tuesday from 12 to 13.",
            "It is quite far: about 11 km from you.",
            "They speak French, and you speak a little of it.",
        ],
    }


def test_a_nice_need_nobody_spoke_of_is_unknown_and_no_question() -> None:
    person = a_person(nice=("sv.trial",))
    assert said(a_role(), person) == {
        "fits": [],
        "arrange": [],
        "ask": [],
        "against": ["Try first, you may stop: we do not know this yet."],
    }


def test_what_only_the_person_can_tell_is_unknown_and_no_question() -> None:
    (reason,) = reasons(a_role(), a_person(must=("ic.other_language",)))
    assert reason == Reason(
        ReasonKind.AGAINST, "need_unknown", {"need": "ic.other_language", "strength": "must"}
    )


def test_a_need_that_became_a_must_after_the_list_was_made_is_not_said_to_be_asked() -> None:
    role, before = a_role(), a_person(nice=("sv.trial",))
    (match,) = suggest(Snapshot.build([role], "1", today=TODAY), before)
    (reason,) = explain(match, replace(before, needs={"sv.trial": Strength.MUST}), role, TODAY)
    assert (reason.kind, reason.about) == (ReasonKind.AGAINST, "need_unknown")


def test_a_language_of_unknown_level_is_for_the_person_to_tell() -> None:
    (reason,) = reasons(a_role(languages_needed={"nl": 2}), a_person())
    assert reason == Reason(ReasonKind.AGAINST, "language_level", {"language": "nl", "level": 2})
    assert sentence(reason, str, "en") == "They use Dutch here. Tell them how well you speak it."


def test_half_hours_home_and_freedom() -> None:
    thursday = a_person(times="thu 09:00-20:00")
    assert said(KITCHEN, thursday)["fits"] == ["You are free on Thursday from 10 to 13:30."]
    assert said(a_role(is_remote=True), a_person())["fits"] == ["You can do this at home."]
    assert said(a_role(times="flexible"), thursday)["fits"] == ["You choose the hours together."]


def test_hours_outside_a_short_period_are_not_promised() -> None:
    tuesday = TODAY + timedelta(days=1)
    role = replace(KITCHEN, starts_on=tuesday, ends_on=tuesday)
    person = a_person(times="tue 11:00-13:00;thu 09:00-20:00")
    assert said(role, person)["fits"][0] == "You are free on Tuesday from 11 to 13."


def test_hours_that_are_past_are_not_promised() -> None:
    thursday = TODAY + timedelta(days=3)
    role = replace(KITCHEN, starts_on=TODAY, ends_on=thursday)
    person = a_person(times="tue 09:00-17:00;thu 11:00-13:00")
    (match,) = suggest(Snapshot.build([role], "1", today=thursday), person)
    (about_hours,) = (each for each in explain(match, person, role, thursday) if each.about == "free")
    assert about_hours.values["day"] == 3


@pytest.mark.parametrize(
    ("language", "sentences_said"),
    [
        ("en", "You are free on Sunday 14 March from 10 to 12."),
        ("nl", "Je bent vrij op zondag 14 maart van 10 tot 12 uur."),
        ("fr", "Vous êtes libre le dimanche 14 mars de 10 à 12 h."),
    ],
)
def test_a_date_is_said_as_people_say_it(language: str, sentences_said: str) -> None:
    market = a_role(times="2027-03-14 09:00-12:00")
    (reason,) = reasons(market, a_person(times="2027-03-14 10:00-16:00"))
    assert sentence(reason, translations(language).gettext, language) == sentences_said


def test_a_date_that_is_too_short_or_past() -> None:
    market = a_role(times="sun 09:00-12:00")
    assert said(market, a_person(times="2027-03-14 11:00-16:00"))["against"] == [
        "You are free for part of it: Sunday 14 March from 11 to 12."
    ]
    assert reasons(market, a_person(times="2027-02-28 11:00-16:00")) == ()
    assert reasons(market, a_person(times="unsure")) == ()


def test_translated_sentences_get_the_values() -> None:
    reason = Reason(ReasonKind.FITS, "task_wanted", {"task": "t.ict"})
    assert (
        sentence(reason, lambda _: "Dit doe je graag: %(task)s.", "nl") == "Dit doe je graag: computerhulp."
    )


@given(offers(), people)
def test_everything_shown_can_be_said_briefly(roles: list[RoleFacts], person: PersonFacts) -> None:
    by_id = {role.opportunity_id: role for role in roles}
    for match in suggest(Snapshot.build(roles, "1", today=TODAY), person):
        found = explain(match, person, by_id[match.opportunity_id], TODAY)
        needs = [reason.values["need"] for reason in found if "need" in reason.values]
        assert sorted(map(str, needs)) == sorted(person.needs)
        for spoken in sentences(found, str, "en").values():
            for each in spoken:
                assert each.endswith(".")
                assert "%" not in each
                assert len(each.split()) <= 15


def test_the_way_is_said_in_minutes_where_a_table_has_them() -> None:
    table = TravelTable.of([("north", "south", 25.0), ("north", "east", 75.0)])
    for district, most, expected in (
        ("south", None, "fits: It takes about 25 minutes to get there."),
        ("south", 15, "against: It takes about 25 minutes to get there. That is longer than you would like."),
        ("east", None, "against: It is quite far: it takes about 75 minutes to get there."),
        ("east", 90, "fits: It takes about 75 minutes to get there."),
        ("west", None, "fits: It is near you."),
    ):
        role = a_role(district=district, position=MUNTPUNT)
        person = a_person(district="north", position=MUNTPUNT, travel_minutes=most)
        (match,) = suggest(Snapshot.build([role], "1", today=TODAY, travel=table), person)
        (reason,) = explain(match, person, role, TODAY)
        assert f"{reason.kind}: {sentence(reason, str, 'en')}" == expected


def test_what_is_farther_than_someone_will_go_is_said() -> None:
    role, person = a_role(position=(50.80, 4.30)), a_person(position=MUNTPUNT, travel_minutes=15)
    assert said(role, person)["against"] == [
        "It is about 7 km from you. That may take longer than you would like."
    ]


@pytest.mark.parametrize(
    ("asked", "kind", "expected"),
    [
        (Commitment.ONCE, "fits", ["It is for one time, as you would like."]),
        (Commitment.SOMETIMES, "against", []),
        (Commitment.LONG, "against", ["They would like you to come for a year or longer."]),
    ],
)
def test_how_long_it_is_for(asked: Commitment, kind: str, expected: list[str]) -> None:
    assert (
        said(a_role(commitment=asked), a_person(commitments=frozenset({Commitment.ONCE})))[kind] == expected
    )


@pytest.mark.parametrize(
    ("days", "kind", "expected"),
    [
        (0.4, "fits", ["They mostly answer within a day."]),
        (2.2, "fits", ["They mostly answer within 3 days."]),
        (6, "against", []),
        (30, "against", ["They mostly need 30 days to answer."]),
    ],
)
def test_how_soon_they_answer(days: float, kind: str, expected: list[str]) -> None:
    assert said(a_role(answer_days=days), a_person())[kind] == expected


def test_what_was_drawn_by_lot_says_so() -> None:
    roles = [a_role() for _ in range(20)]
    snapshot, person = Snapshot.build(roles, "1", today=TODAY), a_person()
    for match in suggest(snapshot, person):
        reasons_given = explain(match, person, a_role(), TODAY)
        spoken = [sentence(reason, str, "en") for reason in reasons_given]
        assert ("We like to show you something different too." in spoken) == match.explored
