from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.plain_language import LANGUAGES, MOST_NAMED, Ease, HardWord, advise, sentences_of
from volunteer.domain.role_templates import TEMPLATES

HARD = (
    "Teneinde de verzekeringsverplichtingen te respecteren verifieert de verantwoordelijke de reglementering."
)


def test_an_easy_text_is_left_alone() -> None:
    advice = advise(
        [
            "Koken",
            "Kom je mee koken? Dat is fijn. We eten daarna samen. Je kiest wat je doet. Wij helpen je graag.",
        ],
        "nl",
    )
    assert advice is not None
    assert advice.ease is Ease.EASY
    assert advice.is_content


def test_a_hard_text_is_told_why() -> None:
    advice = advise([HARD, HARD, HARD], "nl")
    assert advice is not None
    assert advice.ease is Ease.HARD
    assert HardWord("teneinde", "om te") in advice.hard_words
    assert HardWord("verzekeringsverplichtingen", None) in advice.hard_words
    assert not advice.is_content


def test_a_long_sentence_is_named() -> None:
    long = " ".join(["wij gaan samen"] * 7) + "."
    advice = advise([f"Kort. {long}"], "nl")
    assert advice is not None
    assert advice.long_sentences == (long,)
    assert advise([" ".join(["wij"] * 20)], "nl").long_sentences == ()  # type: ignore[union-attr]


ONE_SENTENCE = "Lentemarkt: je spreekt met organisaties die vrijwilligers zoeken."


@pytest.mark.parametrize("text", ["", "Koken", "…", "2 uur", ONE_SENTENCE])
def test_of_a_text_that_is_too_short_nothing_is_said(text: str) -> None:
    advice = advise([text], "nl")
    assert advice is not None
    assert advice.ease is None
    assert advice.is_content


def test_a_language_without_a_formula_is_left_alone() -> None:
    assert advise(["مرحبًا بك"], "ar") is None


def test_a_part_of_a_word_is_not_the_word() -> None:
    advice = advise(["Echterdingen is een dorp."], "nl")
    assert advice is not None
    assert advice.hard_words == ()


@given(st.lists(st.text(max_size=400), max_size=3), st.sampled_from(LANGUAGES))
def test_whatever_is_typed_gets_advice_of_a_bearable_length(texts: list[str], language: str) -> None:
    advice = advise(texts, language)
    assert advice is not None
    assert len(advice.long_sentences) <= MOST_NAMED
    assert len(advice.hard_words) <= MOST_NAMED
    every = {sentence for text in texts for sentence in sentences_of(text)}
    assert every.issuperset(advice.long_sentences)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", TEMPLATES)
def test_our_own_templates_need_no_advice(code: str, language: str) -> None:
    template = TEMPLATES[code]
    advice = advise([template.title(language), template.description(language)], language)
    assert advice is not None
    assert advice.is_content, advice
