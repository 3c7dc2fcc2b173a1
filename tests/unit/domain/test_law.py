"""The rules of the law: dated, whole in every language, and never older than they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.errors import InvalidValue
from volunteer.domain.law import FRESH_FOR, LANGUAGES, LawRule, Section, Standing, in_force, oldest
from volunteer.services.law import that_came_along

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
A_RULE = that_came_along()[0]


@pytest.mark.parametrize("rule", that_came_along(), ids=lambda rule: rule.code)
def test_what_comes_along_is_whole_in_every_language(rule: LawRule) -> None:
    rule.check()
    assert set(rule.titles) == set(rule.texts) == set(LANGUAGES)
    assert not rule.more or set(rule.more) == set(LANGUAGES)
    assert rule.checked_on is None, "only the centre can say that it checked a rule"


def test_codes_are_used_once() -> None:
    codes = [rule.code for rule in that_came_along()]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("rule", that_came_along(), ids=lambda rule: rule.code)
def test_what_is_kept_reads_back_the_same(rule: LawRule) -> None:
    assert LawRule.of(rule.to_keep()) == rule


@given(days, days)
def test_a_rule_is_old_after_a_year_and_never_before(checked: date, today: date) -> None:
    rule = replace(A_RULE, checked_on=checked)
    assert (rule.standing(today) is Standing.STALE) == (today - checked > FRESH_FOR)


def test_nobody_checked_it_yet() -> None:
    assert A_RULE.standing(A_RULE.collected_on) is Standing.COLLECTED
    assert A_RULE.standing(A_RULE.collected_on + FRESH_FOR + timedelta(days=1)) is Standing.STALE


@given(days)
def test_a_year_without_amounts_has_none(day: date) -> None:
    shown = [rule for rule in in_force(that_came_along(), Section.EXPENSES, day) if rule.amounts]
    assert [rule.code for rule in shown] == (
        [f"expenses.amounts_{day.year}"] if day.year in {2024, 2025, 2026} else []
    )


@given(st.lists(days, min_size=1, max_size=6), days)
def test_a_table_is_dated_by_its_weakest_rule(checked: list[date], today: date) -> None:
    rules = [replace(A_RULE, checked_on=day) for day in checked]
    found = oldest(rules, today)
    assert found is not None
    assert found.checked_on == min(checked)


def test_an_empty_table_has_no_date() -> None:
    assert oldest([], date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"titles": {"nl": "Alleen Nederlands"}}, "title_fr"),
        ({"texts": dict.fromkeys(LANGUAGES, "x" * 700)}, "text_nl"),
        ({"source": "x" * 301}, "source"),
        ({"valid_from": date(2027, 1, 1), "valid_until": date(2026, 1, 1)}, "valid_until"),
        ({"amounts": {"day": -1.0}}, "amounts"),
        ({"code": "With Spaces"}, "code"),
    ],
)
def test_what_cannot_be_shown_is_refused(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        replace(A_RULE, **changed).check()
    assert refused.value.field == field
