"""What a support worker may do: only what the person allows, while it holds, and never for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.errors import NotAllowed
from volunteer.domain.support import (
    SCOPE_LASTS,
    Scope,
    Standing,
    Yes,
    allows,
    check_hearer,
    consent_for,
    scope_of,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
VEERLE = UUID(int=1)
moments = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)).map(lambda each: each.replace(tzinfo=UTC))  # noqa: DTZ001
yeses = st.builds(Yes, given_at=moments, until=st.none() | moments, withdrawn_at=st.none() | moments)
standings = st.builds(
    Standing,
    account_id=st.sampled_from([VEERLE, UUID(int=2)]),
    is_confirmed=st.booleans(),
    is_ended=st.booleans(),
    works_there=st.booleans(),
    may_enrol=st.booleans(),
    yeses=st.dictionaries(st.sampled_from(Scope), st.lists(yeses, max_size=3)),
)
scopes = st.sampled_from(Scope)
GIVEN = Standing(
    account_id=VEERLE,
    is_confirmed=True,
    is_ended=False,
    works_there=True,
    may_enrol=True,
    yeses={Scope.SEES_PROGRESS: [Yes(given_at=NOW, until=NOW + SCOPE_LASTS)]},
)


def test_what_was_allowed_holds_until_its_end() -> None:
    later = [NOW, NOW + SCOPE_LASTS - timedelta(seconds=1), NOW + SCOPE_LASTS]
    held = [allows(GIVEN, Scope.SEES_PROGRESS, account_id=VEERLE, now=each) for each in later]
    assert held == [True, True, False]


def test_each_scope_stands_for_itself() -> None:
    assert not allows(GIVEN, Scope.HELPS_ANSWER, account_id=VEERLE, now=NOW)
    assert not allows(GIVEN, Scope.IS_CHANNEL, account_id=VEERLE, now=NOW)


@given(standings, scopes, moments)
def test_nobody_sees_through_the_link_of_another(standing: Standing, scope: Scope, now: datetime) -> None:
    assert not allows(standing, scope, account_id=uuid4(), now=now)


@given(standings, scopes, moments)
def test_one_missing_condition_is_enough_to_see_nothing(
    standing: Standing, scope: Scope, now: datetime
) -> None:
    for wanting in (
        replace(standing, is_confirmed=False),
        replace(standing, is_ended=True),
        replace(standing, works_there=False),
        replace(standing, may_enrol=False),
        replace(standing, yeses={}),
    ):
        assert not allows(wanting, scope, account_id=standing.account_id, now=now)


@given(standings, scopes, moments)
def test_what_was_taken_back_or_is_over_allows_nothing(
    standing: Standing, scope: Scope, now: datetime
) -> None:
    ended = {
        each: [yes for yes in given if yes.withdrawn_at or (yes.until and yes.until <= now)]
        for each, given in standing.yeses.items()
    }
    assert not allows(replace(standing, yeses=ended), scope, account_id=standing.account_id, now=now)


@given(standings, scopes, moments)
def test_whatever_is_allowed_rests_on_a_yes_in_force(standing: Standing, scope: Scope, now: datetime) -> None:
    if allows(standing, scope, account_id=standing.account_id, now=now):
        assert any(
            yes.given_at <= now and yes.withdrawn_at is None and (yes.until is None or now < yes.until)
            for yes in standing.yeses[scope]
        )


@given(st.uuids(), st.lists(st.uuids()))
def test_no_supporter_hears_a_yes(hearer: UUID, supporters: list[UUID]) -> None:
    with pytest.raises(NotAllowed):
        check_hearer(hearer, [*supporters, hearer])
    check_hearer(hearer, [each for each in supporters if each != hearer])


def test_a_scope_is_found_again_in_its_consent() -> None:
    assert [scope_of(consent_for(scope)) for scope in Scope] == list(Scope)
    assert [scope_of(each) for each in ("needs", "support_worker:everything", "share_with:1")] == [None] * 3
