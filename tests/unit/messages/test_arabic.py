"""What candidates are told in Arabic: nothing in English is left, and no name or number changes places."""

from __future__ import annotations

import re
from dataclasses import replace
from unicodedata import bidirectional
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.config import from_environment
from volunteer.domain.messages import MessageKind
from volunteer.domain.text_messages import parts
from volunteer.links import Links, Purpose
from volunteer.messages.registry import COMPOSERS
from volunteer.messages.words import Facts, by_mail, by_text_message, signature
from volunteer.translation import isolated, said

CENTRE = from_environment({}).centre
TO_CANDIDATES = (
    MessageKind.SUGGESTIONS_READY,
    MessageKind.ACCEPTED,
    MessageKind.DECLINED,
    MessageKind.FELL_THROUGH,
    MessageKind.WENT_OUT,
)
FACTS = Facts(
    language="ar",
    centre=CENTRE,
    to_name="أمل",
    link="https://schakel.example/open/" + "x" * 87,
    role="Koken met de ploeg",
    organisation="Buurtkeuken 2.0 (vzw)",
    first_name="Joseph",
    reply="Dinsdag om 10 uur.",
)
_LETTERS_APART = re.compile("\u2068[^\u2069]*\u2069")
TO_ANYBODY_WITHOUT_ACCOUNT = frozenset(
    {
        *TO_CANDIDATES,
        MessageKind.NEW_SUGGESTIONS,
        MessageKind.PAUSED,
        MessageKind.RESUMED,
        MessageKind.INCIDENT_CLOSED,
        MessageKind.CONTACT_CHANGED,
        MessageKind.CONFIRM_DEVICE,
        MessageKind.CONFIRM_FILE,
        MessageKind.PASSED_ANSWER,
        MessageKind.KEEP_FILE,
    }
)
SHORT_LINK = Links(public_url="https://schakel.example", key=b"key").make_short(
    Purpose.CONFIRM_DEVICE, uuid4(), proof="0123456789abcdef"
)


def _says(kind: MessageKind, facts: Facts) -> list[str]:
    words = COMPOSERS[kind](facts)
    return [words.subject, *words.paragraphs, words.button, *words.spoken]


@pytest.mark.parametrize("is_open", [True, False])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 8, 11, 100, 103])
@pytest.mark.parametrize("kind", TO_CANDIDATES)
def test_no_other_script_is_left_but_what_is_kept_apart(kind: MessageKind, count: int, is_open: bool) -> None:
    for sentence in _says(kind, replace(FACTS, count=count, is_open=is_open)):
        ours = _LETTERS_APART.sub("", sentence)
        assert {bidirectional(character) for character in ours} & {"L"} == set()
        assert any(bidirectional(character) == "AL" for character in ours)
        assert "%" not in sentence


@pytest.mark.parametrize(
    ("count", "found"),
    [
        (1, "وجدنا لك اقتراحًا واحدًا."),
        (2, "وجدنا لك اقتراحين."),
        (8, "وجدنا لك 8 اقتراحات."),
        (11, "وجدنا لك 11 اقتراحًا."),
        (100, "وجدنا لك 100 اقتراح."),
    ],
)
def test_the_number_decides_the_form_of_the_word(count: int, found: str) -> None:
    assert _says(MessageKind.SUGGESTIONS_READY, replace(FACTS, count=count))[1] == found


def test_a_name_in_another_script_is_kept_apart_and_one_in_arabic_is_not() -> None:
    news = _says(MessageKind.WENT_OUT, FACTS)[1]
    assert "\u2068Buurtkeuken 2.0 (vzw)\u2069" in news
    assert "\u2068Koken met de ploeg\u2069" in news
    assert by_mail(COMPOSERS[MessageKind.WENT_OUT](FACTS), FACTS).startswith("مرحبًا أمل،")


def test_a_phone_number_in_groups_is_kept_apart() -> None:
    assert f"\u2068{CENTRE.phone}\u2069 - {CENTRE.hours['ar']}" in signature(FACTS)
    assert f"{CENTRE.phone} - {CENTRE.hours['nl']}" in signature(replace(FACTS, language="nl"))


def test_an_arabic_name_is_kept_apart_in_dutch() -> None:
    assert isolated({"name": "أمل"}, "nl") == {"name": "\u2068أمل\u2069"}
    assert isolated({"name": "Amal", "count": 3, "time": "10:30"}, "nl") == {
        "name": "Amal",
        "count": 3,
        "time": "10:30",
    }


def test_errors_keep_values_apart_too() -> None:
    spoken = said("ar", "There is no confirmed file “%(id)s”.", {"id": "abc"})
    assert "\u2068abc\u2069" in spoken


@given(st.text())
def test_a_value_stays_as_it_is_between_the_marks(value: str) -> None:
    for language in ("ar", "nl"):
        assert isolated({"value": value}, language)["value"] in (value, f"\u2068{value}\u2069")


def _link(kind: MessageKind) -> str:
    """The link as it is made for this kind; that of a changed contact opens nothing, others are a page's."""
    if kind in {MessageKind.SEAT_LAPSED, MessageKind.GATHERING_CANCELLED}:
        return f"https://schakel.example/agenda/{UUID(int=0)}"
    return "https://schakel.example/card" if kind == MessageKind.CONTACT_CHANGED else SHORT_LINK


@pytest.mark.parametrize("kind", sorted(TO_ANYBODY_WITHOUT_ACCOUNT))
@pytest.mark.parametrize("language", ["ar", "nl", "fr", "en"])
def test_a_text_message_has_two_parts_at_most(kind: MessageKind, language: str) -> None:
    facts = replace(FACTS, language=language, link=_link(kind))
    text = by_text_message(COMPOSERS[kind](facts), facts)
    assert parts(text) <= (2 if language == "ar" else 1), (len(text), text)


@pytest.mark.parametrize("kind", TO_CANDIDATES)
def test_a_text_message_needs_no_marks(kind: MessageKind) -> None:
    text = by_text_message(COMPOSERS[kind](FACTS), FACTS)
    assert {"\u2068", "\u2069"} & set(text) == set()
    for line in text.splitlines():
        directions = {bidirectional(character) for character in line}
        assert not {"L", "AL"} <= directions, "words in two directions"
        assert not {"EN", "WS", "AL"} <= directions, "numbers that could change places"
    assert text.splitlines()[-1] == CENTRE.phone.replace(" ", "")
