"""How does it go? Asked on paper and on the phone, too: there is no button there."""

from __future__ import annotations

import pytest

from volunteer.config import from_environment
from volunteer.messages.how_is_it import compose
from volunteer.messages.words import Facts

CENTRE = from_environment({}).centre


@pytest.mark.parametrize("language", ["en", "nl", "fr", "ar"])
def test_what_is_spoken_asks_the_same_and_names_no_button(language: str) -> None:
    words = compose(Facts(language=language, centre=CENTRE, to_name="Amal", link="", organisation="De Lork"))
    assert words.spoken[0] == words.paragraphs[0]
    assert not set(words.spoken) & set(words.paragraphs[1:])
