"""How many parts a text message takes, and which letters cost nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.text_messages import in_plain_letters, parts

LATIN = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéèêëàâçîïôûùœ’“”–… AÀÉÊÇ0123456789.,:/-")


def test_the_borders_of_the_standard() -> None:
    assert [parts("a" * length) for length in (0, 160, 161, 306, 307)] == [1, 1, 2, 2, 3]
    assert [parts("م" * length) for length in (70, 71, 134, 135)] == [1, 2, 2, 3]
    assert parts("€" * 80) == 1
    assert parts("€" * 81) == 2
    assert parts("😀" * 35) == 1, "outside the first plane one takes the room of two"
    assert parts("😀" * 36) == 2


def test_marks_and_accents_that_cost_are_written_plainly() -> None:
    assert in_plain_letters("Goed nieuws over “Koken” – écrivez-nous, s’il vous plaît, François") == (
        'Goed nieuws over "Koken" - écrivez-nous, s\'il vous plait, Francois'
    )
    assert in_plain_letters("أخبار") == "أخبار"


@given(LATIN)
def test_plain_letters_never_cost_more(text: str) -> None:
    assert parts(in_plain_letters(text)) <= parts(text)


@given(st.text())
def test_what_is_plain_stays_plain(text: str) -> None:
    once = in_plain_letters(text)
    assert in_plain_letters(once) == once
