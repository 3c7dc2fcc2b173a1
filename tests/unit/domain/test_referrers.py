"""When a referrer may begin, with whom it works, and which agreement counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.accounts import SEEING, SUPPORTING, Role
from volunteer.domain.errors import InvalidValue
from volunteer.domain.organisations import Approval
from volunteer.domain.referrers import (
    AGREEMENTS,
    LANGUAGES,
    PUBLICS,
    Aim,
    Lack,
    Standing,
    agreement_on,
    may_enrol,
    parse_aim,
    parse_publics,
)
from volunteer.domain.teams import OFFERING, REFERRING, check_role, side_of

READY = Standing(
    is_referrer=True,
    approval=Approval.APPROVED,
    had_yes=False,
    is_suspended=False,
    accepted_version="2",
    version="2",
)


@pytest.mark.parametrize(
    ("changed", "lack"),
    [
        ({}, None),
        ({"is_referrer": False}, Lack.REFERRER),
        ({"approval": Approval.NEW}, Lack.APPROVAL),
        ({"approval": Approval.NEW, "had_yes": True}, Lack.APPROVAL),
        ({"approval": Approval.ASKED}, Lack.APPROVAL),
        ({"approval": Approval.TO_CHECK}, Lack.APPROVAL),
        ({"approval": Approval.REFUSED, "had_yes": True}, Lack.APPROVAL),
        ({"approval": Approval.TO_CHECK, "had_yes": True}, None),
        ({"is_suspended": True}, Lack.LIFTING),
        ({"accepted_version": None}, Lack.AGREEMENT),
        ({"accepted_version": "1"}, Lack.AGREEMENT),
    ],
)
def test_what_comes_first(changed: dict[str, Any], lack: Lack | None) -> None:
    standing = replace(READY, **changed)
    assert standing.lacks() is lack
    assert may_enrol(standing) is (lack is None)


@given(
    st.builds(
        Standing,
        is_referrer=st.booleans(),
        approval=st.sampled_from(Approval),
        had_yes=st.booleans(),
        is_suspended=st.booleans(),
        accepted_version=st.sampled_from([None, "1", "2"]),
        version=st.just("2"),
    )
)
def test_nothing_works_without_a_yes_and_the_agreement(standing: Standing) -> None:
    if may_enrol(standing):
        assert standing.is_referrer
        assert not standing.is_suspended
        assert standing.approval is Approval.APPROVED or standing.had_yes
        assert standing.accepted_version == standing.version


@given(
    st.lists(st.dates(date(2024, 1, 1), date(2030, 1, 1)), min_size=1, max_size=6, unique=True),
    st.dates(date(2023, 1, 1), date(2031, 1, 1)),
)
def test_the_newest_agreement_whose_day_has_come_counts(days: list[date], today: date) -> None:
    wordings = [replace(AGREEMENTS[0], version=day.isoformat(), valid_from=day) for day in days]
    counts = agreement_on(today, wordings)
    come = [day for day in days if day <= today]
    assert counts.valid_from == (max(come) if come else min(days))


def test_a_wording_of_tomorrow_waits() -> None:
    today = AGREEMENTS[0].valid_from
    tomorrow = replace(AGREEMENTS[0], version="x", valid_from=today + timedelta(days=1))
    assert agreement_on(today, [tomorrow, AGREEMENTS[0]]) is AGREEMENTS[0]


def test_every_text_is_there_in_each_language() -> None:
    assert len({each.version for each in AGREEMENTS}) == len(AGREEMENTS)
    for wording in AGREEMENTS:
        for language in LANGUAGES:
            assert all(title and words for title, words in wording.said_in(language))
        assert wording.said_in("ar") == wording.said_in("en")
    for public in PUBLICS.values():
        assert len({public.label(language) for language in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.parametrize("codes", [[], ["pub.kings"], ["pub.young", ""]])
def test_publics_are_of_the_list(codes: list[str]) -> None:
    with pytest.raises(InvalidValue):
        parse_publics(codes)
    assert parse_publics(["pub.young", "pub.young"]) == {"pub.young"}


def test_an_aim_says_what_it_is_for() -> None:
    assert [(aim.seeks, aim.refers) for aim in Aim] == [(True, False), (False, True), (True, True)]
    with pytest.raises(InvalidValue):
        parse_aim("fun")


def test_no_role_is_on_both_sides() -> None:
    assert not SEEING & SUPPORTING
    for side in (OFFERING, REFERRING):
        assert {side.owner, side.newcomer} <= side.roles
        assert all(side_of(role) is side for role in side.roles)
    with pytest.raises(InvalidValue):
        check_role(Role.OWNER, REFERRING)
    with pytest.raises(InvalidValue):
        check_role(Role.REFERRER_OWNER)
