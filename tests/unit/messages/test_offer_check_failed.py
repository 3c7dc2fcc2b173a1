"""What administrators read of a nightly check that failed."""

from __future__ import annotations

from volunteer.config import from_environment
from volunteer.messages.offer_check_failed import compose
from volunteer.messages.words import Facts


def _paragraphs(count: int) -> str:
    facts = Facts(
        language="en",
        centre=from_environment({}).centre,
        to_name="Tom",
        link="https://x.example",
        count=count,
    )
    return "\n".join(compose(facts).paragraphs)


def test_roles_are_counted_where_roles_were_wrong() -> None:
    assert "1 role was not up to date" in _paragraphs(1)
    assert "3 roles were not up to date" in _paragraphs(3)


def test_no_role_is_blamed_where_only_the_map_was_old() -> None:
    assert "up to date" not in _paragraphs(0)
    assert "it is right now" in _paragraphs(0)
