from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.errors import InvalidValue
from volunteer.domain.languages import (
    LANGUAGES,
    SIGN_LANGUAGES,
    check_levels,
    parse_codes,
    parse_levels,
)


def test_the_list_begins_with_the_languages_of_the_city() -> None:
    assert list(LANGUAGES)[:3] == ["nl", "fr", "en"]
    assert {"vgt", "sfb"} == SIGN_LANGUAGES
    assert LANGUAGES["ar"].right_to_left
    assert LANGUAGES["nl"].label("fr") == "néerlandais"


def test_levels_are_read() -> None:
    assert parse_levels(" nl:2 ; fr:4;") == {"nl": 2, "fr": 4}
    assert parse_levels("") == {}
    assert parse_levels("nl:0") == {"nl": 0}


@pytest.mark.parametrize("text", ["nl", "nl:", "nl:5", "nl:-1", "nl:two", "nl:²", "xx:1", "nl:1;nl:2", ":1"])
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse_levels(text, field="languages_needed")
    assert refused.value.field == "languages_needed"


def test_a_refusal_names_the_piece() -> None:
    with pytest.raises(InvalidValue, match="fr four"):
        parse_levels("nl:2;fr four")


def test_codes_are_checked() -> None:
    assert parse_codes(["nl", "ar"]) == {"nl", "ar"}
    with pytest.raises(InvalidValue, match="klingon"):
        parse_codes(["nl", "klingon"])


@given(st.dictionaries(st.sampled_from(sorted(LANGUAGES)), st.integers(0, 4)))
def test_what_is_written_is_read_back(levels: dict[str, int]) -> None:
    assert parse_levels(";".join(f"{code}:{level}" for code, level in levels.items())) == levels
    assert list(check_levels(levels)) == [code for code in LANGUAGES if code in levels]
