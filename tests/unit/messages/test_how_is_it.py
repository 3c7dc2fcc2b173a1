"""How does it go? Asked on paper and on the phone, too: there is no button there."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from volunteer.config import from_environment
from volunteer.domain.text_messages import parts
from volunteer.links import Links, Purpose
from volunteer.messages.how_is_it import compose
from volunteer.messages.words import Facts, by_mail, by_text_message

CENTRE = from_environment({}).centre


@pytest.mark.parametrize("language", ["en", "nl", "fr", "ar"])
def test_what_is_spoken_asks_the_same_and_names_no_button(language: str) -> None:
    words = compose(Facts(language=language, centre=CENTRE, to_name="Amal", link="", organisation="De Lork"))
    assert words.spoken[0] == words.paragraphs[0]
    assert not set(words.spoken) & set(words.paragraphs[1:])


@pytest.mark.parametrize("language", ["en", "nl", "fr", "ar"])
def test_a_text_message_asks_for_a_figure_where_answers_reach_us_and_stays_as_short(language: str) -> None:
    links = Links(public_url="https://schakel.example", key=b"key")
    link = links.make_short(Purpose.FOLLOW_UP, uuid4(), proof="0123456789abcdef")
    facts = Facts(language=language, centre=CENTRE, to_name="Amal", link=link, organisation="De Lork")
    silent = by_text_message(compose(facts), facts)
    assert "3" not in silent.partition("https")[0]
    reading = replace(facts, centre=replace(CENTRE, reads_texts=True))
    text = by_text_message(compose(reading), reading)
    assert all(figure in text.partition("https")[0] for figure in "123")
    assert parts(text) <= (2 if language == "ar" else 1), (len(text), text)


@pytest.mark.parametrize("language", ["en", "nl", "fr", "ar"])
def test_only_a_mail_says_that_it_can_be_answered(language: str) -> None:
    facts = Facts(language=language, centre=CENTRE, to_name="Amal", link="x", organisation="De Lork")
    words = compose(facts)
    (how,) = words.by_reply
    assert how in by_mail(words, facts)
    assert how not in words.paragraphs, "a letter has no sender to answer"
    assert all(figure in how for figure in "123")
