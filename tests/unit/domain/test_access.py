from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain import vocabulary
from volunteer.domain.access import (
    ASKED_OF_ORGANISATIONS,
    ASKED_OF_PEOPLE,
    FEATURES,
    Answer,
    NeedState,
    OfferAnswer,
    Strength,
    effective_answers,
    inherit,
    is_about_the_venue,
    load,
    need_state,
    parse_needs,
)
from volunteer.domain.errors import InvalidValue

NOW = datetime(2027, 3, 1, tzinfo=UTC)
STEP_FREE = "ph.step_free_entrance"


def test_the_vocabulary_has_forty_codes_with_a_bit_of_their_own() -> None:
    assert len(FEATURES) == 40
    assert sorted(each.bit for each in FEATURES.values()) == list(range(40))


def test_a_code_keeps_its_bit_for_ever() -> None:
    assert FEATURES[STEP_FREE].bit == 0
    assert FEATURES["ic.other_language"].bit == 17
    assert FEATURES["sv.no_id_no_extract"].bit == 39


def test_who_is_asked_what() -> None:
    assert set(FEATURES) - set(ASKED_OF_PEOPLE) == {"sv.no_id_no_extract"}
    assert set(FEATURES) - set(ASKED_OF_ORGANISATIONS) == {"ic.other_language", "ic.sign_language"}


def test_a_building_has_no_say_over_the_work() -> None:
    assert is_about_the_venue("ph.accessible_toilet")
    assert not is_about_the_venue("ph.seated_work")
    assert not is_about_the_venue("ph.light_work")
    assert not is_about_the_venue("sv.buddy")


def test_loading_fails_past_sixty_four_bits_and_on_doubles() -> None:
    entries: list[dict[str, Any]] = vocabulary.read("access.json")
    with pytest.raises(ValueError, match="64"):
        load([{**entries[0], "bit": 64}])
    with pytest.raises(ValueError, match="taken"):
        load([entries[0], {**entries[1], "bit": entries[0]["bit"]}])
    with pytest.raises(ValueError, match="taken"):
        load([entries[0], {**entries[0], "bit": 63}])


@pytest.mark.parametrize(
    ("strength", "answer", "state"),
    [
        (Strength.MUST, Answer.YES, NeedState.FITS),
        (Strength.MUST, Answer.ARRANGEABLE, NeedState.ARRANGE),
        (Strength.MUST, None, NeedState.ASK),
        (Strength.MUST, Answer.NO, NeedState.OUT),
        (Strength.NICE, Answer.YES, NeedState.FITS),
        (Strength.NICE, Answer.ARRANGEABLE, NeedState.ARRANGE),
        (Strength.NICE, None, NeedState.ASK),
        (Strength.NICE, Answer.NO, NeedState.MISSING),
    ],
)
def test_the_truth_table(strength: Strength, answer: Answer | None, state: NeedState) -> None:
    assert need_state(strength, answer) is state


def test_needs_are_read_and_a_must_wins() -> None:
    assert parse_needs(["sv.buddy"], ["sv.buddy", "sv.trial"]) == {
        "sv.buddy": Strength.MUST,
        "sv.trial": Strength.NICE,
    }


@pytest.mark.parametrize("code", ["ph.flying_carpet", "sv.no_id_no_extract"])
def test_a_need_that_is_not_asked_is_refused_by_name(code: str) -> None:
    with pytest.raises(InvalidValue, match=code) as refused:
        parse_needs([code])
    assert refused.value.field == "needs"


def said(answer: Answer, *, code: str = STEP_FREE, days_ago: int = 1) -> OfferAnswer:
    return OfferAnswer(code, answer, said_by="someone", said_at=NOW - timedelta(days=days_ago))


def test_the_most_specific_answer_wins() -> None:
    organisation, venue, role = said(Answer.NO), said(Answer.ARRANGEABLE), said(Answer.YES)
    assert inherit([organisation], [], [], now=NOW)[STEP_FREE] is organisation
    assert inherit([organisation], [venue], [], now=NOW)[STEP_FREE] is venue
    assert inherit([organisation], [venue], [role], now=NOW)[STEP_FREE] is role


def test_an_old_answer_is_unknown_again() -> None:
    assert inherit([said(Answer.YES, days_ago=731)], [], [], now=NOW) == {}
    assert inherit([said(Answer.YES, days_ago=730)], [], [], now=NOW) != {}
    assert inherit([said(Answer.YES, days_ago=8)], [], [], now=NOW, lasts=timedelta(days=7)) == {}


def test_an_old_no_is_not_covered_by_a_more_general_yes() -> None:
    assert inherit([said(Answer.YES)], [], [said(Answer.NO, days_ago=800)], now=NOW) == {}


def test_what_follows_from_languages_is_not_inherited() -> None:
    assert inherit([said(Answer.YES, code="ic.sign_language")], [], [], now=NOW) == {}


answers = st.dictionaries(st.sampled_from(ASKED_OF_ORGANISATIONS), st.sampled_from(Answer))


@given(answers, answers, answers)
def test_inheritance_is_laying_one_over_another(
    organisation: dict[str, Answer], venue: dict[str, Answer], role: dict[str, Answer]
) -> None:
    layers = [[OfferAnswer(*each) for each in layer.items()] for layer in (organisation, venue, role)]
    assert effective_answers(inherit(*layers, now=NOW)) == organisation | venue | role
