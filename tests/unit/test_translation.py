"""Every language speaks through one loader, and one we do not speak yet is answered in English."""

from __future__ import annotations

from dataclasses import replace

import pytest

from volunteer.config import from_environment
from volunteer.domain.messages import MessageKind
from volunteer.messages.registry import COMPOSERS
from volunteer.messages.words import Facts, by_mail, by_text_message
from volunteer.translation import said, strung

NOT_TO_CANDIDATES = (
    MessageKind.CONFIRM_JOINING,
    MessageKind.GROUP_INTEREST,
    MessageKind.GROUP_REGISTERED,
    MessageKind.GROUP_THANKS,
    MessageKind.INTRODUCTION_RECEIVED,
    MessageKind.INVITATION,
    MessageKind.OFFER_CHECK_FAILED,
    MessageKind.STAND_CONFIRMED,
    MessageKind.STAND_REFUSED,
    MessageKind.STAND_THANKS,
    MessageKind.STAND_TOMORROW,
    MessageKind.WAITS_FOR_ANSWER,
    MessageKind.WITHDRAWN,
)
"""Pages and messages for staff need no Arabic."""
CENTRE = from_environment({}).centre


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar"])
@pytest.mark.parametrize("kind", list(MessageKind))
def test_every_message_has_words_for_everybody(language: str, kind: MessageKind) -> None:
    facts = Facts(
        language=language,
        centre=CENTRE,
        to_name="Amal",
        link="https://schakel.example/open/x",
        role="Koken met de ploeg",
        organisation="Buurtkeuken Pollepel",
        first_name="Joseph",
        reply="Dinsdag om 10 uur.",
        count=3,
    )
    words = COMPOSERS[kind](facts)
    if language == "ar" and kind not in NOT_TO_CANDIDATES:
        assert words != COMPOSERS[kind](replace(facts, language="en"))
    for text in (by_mail(words, facts), by_text_message(words, facts)):
        assert facts.link in text
        assert CENTRE.phone.replace(" ", "") in text.replace(" ", "")
        assert "%(" not in text
    for name in (facts.to_name, facts.first_name, facts.organisation):
        assert name not in words.subject


def test_what_is_not_translated_is_said_in_english() -> None:
    """Staff pages need no Arabic."""
    assert said("ar", "Owner of a team") == "Owner of a team"
    assert said("nl", "Owner of a team") != "Owner of a team"


@pytest.mark.parametrize(
    ("language", "text"),
    [("nl", "ma, di; vr"), ("fr", "ma, di\u00a0; vr"), ("en", "ma, di; vr"), ("ar", "ma, di؛ vr")],
)
def test_groups_that_hold_commas_are_parted_by_the_semicolon_of_the_language(
    language: str, text: str
) -> None:
    assert strung(["ma, di", "vr"], language) == text
    assert strung(["vr"], language) == "vr"
    assert strung([], language) == ""
