from __future__ import annotations

from uuid import UUID

from volunteer.domain.consent import NECESSARY, Purpose, sharing_with


def test_little_is_necessary() -> None:
    assert {Purpose.ACCOUNT, Purpose.MATCH} == NECESSARY


def test_statistics_and_learning_are_a_choice() -> None:
    assert Purpose.STATISTICS not in NECESSARY
    assert Purpose.STATISTICS.value == "statistics_and_learning"


def test_sharing_is_with_one_organisation() -> None:
    one, other = UUID(int=1), UUID(int=2)
    assert sharing_with(one) == f"share_with:{one}"
    assert sharing_with(one) != sharing_with(other)
    assert len(sharing_with(one)) <= 60
