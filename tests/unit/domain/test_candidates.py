from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.access import Strength
from volunteer.domain.candidates import (
    ANY_WAY,
    BY_HAND,
    LONGEST_NAME,
    SHORTEST_WAY,
    WITH_CONTACT,
    Channel,
    SignUp,
    clean_identifier,
    clean_name,
    clean_words,
)
from volunteer.domain.consent import NECESSARY, Purpose
from volunteer.domain.errors import ConsentMissing, InvalidValue
from volunteer.domain.national_numbers import holds_national_number, without_national_numbers


def _sign_up(**answers: Any) -> SignUp:
    return SignUp(
        **{"first_name": "Amina", "language": "nl", "channel": Channel.DESK, "consents": NECESSARY, **answers}
    )


def _national_number(body: int, *, born_from_2000: bool) -> str:
    """The rule the other way round: nine digits and the two that check them."""
    check = 97 - ((2_000_000_000 if born_from_2000 else 0) + body) % 97
    return f"{body:09d}{check:02d}"


def test_a_whole_sign_up_passes() -> None:
    _sign_up().check()
    _sign_up(
        needs={"sv.buddy": Strength.MUST},
        consents=NECESSARY | {Purpose.NEEDS},
        channel=Channel.SMS,
        contact="+32",
    ).check()


@pytest.mark.parametrize("missing", sorted(NECESSARY))
def test_each_necessary_consent_is_needed(missing: Purpose) -> None:
    with pytest.raises(ConsentMissing):
        _sign_up(consents=frozenset(Purpose) - {missing}).check()


def test_needs_have_a_consent_of_their_own() -> None:
    with pytest.raises(ConsentMissing) as caught:
        _sign_up(needs={"sv.buddy": Strength.NICE}).check()
    assert caught.value.field == "consent_needs"


@pytest.mark.parametrize("minutes", [-1, 0, SHORTEST_WAY - 1, ANY_WAY + 1])
def test_a_way_that_makes_no_sense_is_refused(minutes: int) -> None:
    with pytest.raises(InvalidValue) as caught:
        _sign_up(travel_minutes=minutes).check()
    assert caught.value.field == "travel_minutes"
    _sign_up(travel_minutes=SHORTEST_WAY).check()
    _sign_up(travel_minutes=ANY_WAY).check()


@pytest.mark.parametrize("channel", sorted(WITH_CONTACT))
def test_who_is_to_be_reached_says_how(channel: Channel) -> None:
    with pytest.raises(InvalidValue) as caught:
        _sign_up(channel=channel).check()
    assert caught.value.field == f"contact_{channel}"


@pytest.mark.parametrize("code", ["sv.no_id_no_extract", "xx.nothing"])
def test_what_is_not_asked_of_people_is_no_need(code: str) -> None:
    with pytest.raises(InvalidValue):
        _sign_up(needs={code: Strength.MUST}, consents=NECESSARY | {Purpose.NEEDS}).check()


def test_channels_without_a_computer_are_served_by_hand() -> None:
    assert {Channel.PHONE, Channel.LETTER, Channel.DESK, Channel.SUPPORT_WORKER} == BY_HAND


@pytest.mark.parametrize("name", ["Amina", "Jean-Pierre", "D'Arcy", "Şükran", "علي", "Ngọc Anh", "X"])
def test_names_of_everyone_are_names(name: str) -> None:
    assert clean_name(f"  {name} ") == name


@pytest.mark.parametrize("text", ["", " \t\n", "a" * (LONGEST_NAME + 1), "Amina1", "a@b", "<b>", "Bo\u0663"])
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        clean_name(text)
    assert caught.value.field == "first_name"


def test_words_are_trimmed_and_not_too_long() -> None:
    assert clean_words(" hallo \n", longest=5, field="message") == "hallo"
    with pytest.raises(InvalidValue) as caught:
        clean_words("hallo!", longest=5, field="message")
    assert (caught.value.field, caught.value.values) == ("message", {"most": 5})


# Somebody whose sex or number is not settled yet has 20 or 40 more as the month.
bodies = st.builds(
    lambda year, month, more, day, order: int(f"{year:02}{month + more:02}{day:02}{order:03}"),
    *(st.integers(0, 99), st.integers(0, 12), st.sampled_from((0, 20, 40))),
    *(st.integers(0, 31), st.integers(0, 999)),
)


@given(bodies, st.booleans(), st.sampled_from(["", " ", ".", "-", "/"]))
def test_a_national_number_is_seen_however_it_is_written(body: int, later: bool, mark: str) -> None:
    digits = _national_number(body, born_from_2000=later)
    written = mark.join([digits[:2], digits[2:4], digits[4:6], digits[6:9], digits[9:]])
    assert holds_national_number(written)
    with pytest.raises(InvalidValue):
        clean_words(f"mijn nummer is {written}, bel me", longest=300, field="message")


TYPED_BY_MACHINES = {
    "zero width": "\u200b",
    "word joiner": "\u2060",
    "soft hyphen": "\u00ad",
    "byte order": "\ufeff",
    "turning": "\u202e\u202c",
    "combining": "\u0338",
    "keycap": "\ufe0f\u20e3",
    "blank letter": "\u3164",
    "tag": "\U000e0020",
    "control": "\x1f",
}


@given(bodies, st.booleans(), st.sampled_from(sorted(TYPED_BY_MACHINES)))
def test_what_nobody_sees_hides_no_number(body: int, later: bool, name: str) -> None:
    digits = _national_number(body, born_from_2000=later)
    assert holds_national_number(TYPED_BY_MACHINES[name].join(digits))
    text = f"voor {TYPED_BY_MACHINES[name].join(digits)} na"
    assert without_national_numbers(text).replace(TYPED_BY_MACHINES[name], "") == "voor  na"


@given(
    bodies,
    st.booleans(),
    st.sampled_from(
        [
            "\u2009",
            "\u202f",
            "\u2007",
            "\t",
            "\n",
            "\u2011",
            "\u2012",
            "\u2014",
            "\u2212",
            "\u00b7",
            "_",
            "\\",
            "|",
        ]
    ),
)
def test_other_blanks_dashes_and_dots_hide_no_number(body: int, later: bool, mark: str) -> None:
    digits = _national_number(body, born_from_2000=later)
    assert holds_national_number(mark.join(digits))


@pytest.mark.parametrize("mark", [":", ",", ";", " : ", "*", "👍", "))", "\u3001", "=>"])
def test_any_signs_in_its_own_gaps_hide_no_number(mark: str) -> None:
    assert holds_national_number(mark.join(["93", "05", "18", "223", "61"]))


@pytest.mark.parametrize("zero", ["\uff10", "\u0660", "\u06f0", "\u0966", "\u09e6", "\U0001d7ce"])
def test_digits_of_every_script_are_digits(zero: str) -> None:
    written = "".join(chr(ord(zero) + int(each)) for each in "93051822361")
    assert holds_national_number(written)
    assert holds_national_number(f"{written[:2]}.{written[2:4]}.{written[4:6]}-{written[6:9]}.{written[9:]}")
    assert without_national_numbers(f"a {written} b") == "a  b"
    assert holds_national_number("\u2079\u00b3\u2070\u2075\u00b9\u2078\u00b2\u00b2\u00b3\u2076\u00b9"), (
        "raised"
    )
    assert holds_national_number("\u2468\u2462\u24ea\u2464\u2460\u2467\u2461\u2461\u2462\u2465\u2460"), (
        "in circles"
    )


@given(st.text(alphabet="0123456789 .-\u200b٣x", max_size=60))
def test_nothing_is_left_of_any_number_and_nothing_else_goes(text: str) -> None:
    left = without_national_numbers(text)
    assert not holds_national_number(left)
    if not holds_national_number(text):
        assert left == text
    assert text.count("x") >= left.count("x")


@given(st.dates(), st.integers(0, 23), st.sampled_from(["/", ".", "-"]))
def test_an_appointment_is_no_number(day: date, hour: int, mark: str) -> None:
    assert not holds_national_number(f"{day.day:02}{mark}{day.month:02} om {hour:02}:00, of om {hour:02}:30")


@given(bodies, st.integers(1, 96))
def test_dates_with_another_check_number_pass(body: int, off: int) -> None:
    rests = {97 - body % 97, 97 - (2_000_000_000 + body) % 97}
    check = (97 - body % 97 + off - 1) % 97 + 1
    assert holds_national_number(f"{body:09d}{check:02d}") == (check in rests)


def test_a_check_number_behind_no_date_passes() -> None:
    assert holds_national_number(_national_number(850730033, born_from_2000=False))
    assert not holds_national_number(_national_number(851330033, born_from_2000=False)), "month 13"
    assert not holds_national_number(_national_number(850732033, born_from_2000=False)), "day 32"


@pytest.mark.parametrize(
    "text", ["0470 12 34 56", "BE68 5390 0754 7034", "om 10.30 tot 12.00", "2027-03-01", "123", ""]
)
def test_phone_account_and_clock_pass(text: str) -> None:
    assert not holds_national_number(text)


@given(st.uuids(version=4), st.booleans())
def test_no_code_of_another_system_passes_for_a_national_number(code: UUID, with_hyphens: bool) -> None:
    written = str(code) if with_hyphens else code.hex
    assert clean_identifier(f" {written} ", longest=60, field="external_id") == written


@pytest.mark.parametrize("code", ["a5e5987069ba47b7a9e8283188424848", "A5E59870-69ba-47b7-a9e8-283188424848"])
def test_a_code_that_holds_such_digits_is_taken(code: str) -> None:
    assert holds_national_number(code.replace("-", ""))
    assert clean_identifier(code, longest=60, field="external_id") == code


@pytest.mark.parametrize("code", ["93.05.18-223.61", "nl-93051822361", "93051822361", "RR93051822361"])
def test_a_national_number_is_no_identifier(code: str) -> None:
    with pytest.raises(InvalidValue):
        clean_identifier(code, longest=60, field="external_id")
