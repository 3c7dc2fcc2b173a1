"""What a reply says: figures and words in four languages, and nothing guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.follow_ups import Going
from volunteer.domain.replies import LONGEST_KEPT, answer_in, as_kept, says_stop


@pytest.mark.parametrize(
    ("text", "going"),
    [
        ("1", Going.WELL),
        (" 2. ", Going.COULD_BE_BETTER),
        ("3!", Going.STOPPED),
        ("١", Going.WELL),
        ("Goed!", Going.WELL),
        ("Ça va bien, merci", Going.WELL),
        ("CA VA", Going.WELL),
        ("بخير", Going.WELL),
        ("1 goed, dank je", Going.WELL),
        ("1\n\n", Going.WELL),
        ("het kan beter", Going.COULD_BE_BETTER),
        ("وسط شكرا", Going.COULD_BE_BETTER),
        ("J’ai arrêté", Going.STOPPED),
        ("gestopt", Going.STOPPED),
        ("توقفت", Going.STOPPED),
    ],
)
def test_a_figure_or_a_word_for_it_answers(text: str, going: Going) -> None:
    assert answer_in(text) is going


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "4", "0", "12", "1 2", "1 stopped", "2 personen kwamen niet", "3 keer per week", "?",
        "not well", "arrête", "توقف", "stop", "1" * 61, "goed maar moe", "niet goed", "1-2", "pas bien",
    ],
)  # fmt: skip
def test_anything_else_is_for_a_person_to_read(text: str) -> None:
    assert answer_in(text) is None


@pytest.mark.parametrize("text", ["STOP", "stop.", " Stop ", "ARRÊT", "arret", "Afmelden", "إيقاف"])
def test_stop_is_one_word_alone(text: str) -> None:
    assert says_stop(text)
    assert answer_in(text) is None


@pytest.mark.parametrize("text", ["stop niet", "it stopped", "gestopt", "", "non stop", "3"])
def test_with_other_words_it_is_no_stop(text: str) -> None:
    assert not says_stop(text)


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    answer_in(text)
    says_stop(text)
    kept = as_kept(text)
    kept.encode()
    assert len(kept) <= LONGEST_KEPT
