from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from marshmallow import ValidationError

from tests.functional.api.conftest import a_posting, a_sign_up
from volunteer.domain.errors import DomainError
from volunteer.web.api import candidates, postings
from volunteer.web.schemas.candidate import SignUpOnTheWire
from volunteer.web.schemas.opportunity import ChangeOnTheWire, PostingOnTheWire
from volunteer.web.schemas.wire import Sentence


def _paths(messages: Any, path: str = "") -> set[str]:
    if not isinstance(messages, dict):
        return {path}
    return {
        found
        for name, inner in messages.items()
        for found in _paths(
            inner, path if name in {"key", "value", "_schema"} else f"{path}.{name}".lstrip(".")
        )
    }


def _refused_sign_up(given: dict[str, Any]) -> set[str | None]:
    try:
        candidates.understood(SignUpOnTheWire().load(given))
    except ValidationError as error:
        return {*_paths(error.messages)}
    except DomainError as error:
        return {error.field}
    return set()


def _refused_posting(given: dict[str, Any]) -> set[str | None]:
    try:
        postings.understood(PostingOnTheWire().load(given))
    except ValidationError as error:
        return {*_paths(error.messages)}
    except DomainError as error:
        return {error.field}
    return set()


def test_what_is_right_passes() -> None:
    assert _refused_sign_up(a_sign_up()) == set()
    assert _refused_posting(a_posting()) == set()


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"first_name": "  "}, "first_name"),
        ({"first_name": "x" * 61}, "first_name"),
        ({"first_name": 7}, "first_name"),
        ({"first_name": None}, "first_name"),
        ({"first_name": "a\u0000b"}, "first_name"),
        ({"first_name": "\ud800"}, "first_name"),
        ({"language": "de"}, "language"),
        ({"municipality": "gent"}, "municipality"),
        ({"postal_code": "10500"}, "postal_code"),
        ({"tasks_can": ["t.cook", "t.fly"]}, "tasks_can.1"),
        ({"tasks_can": "t.cook"}, "tasks_can"),
        ({"sectors": ["sec.food"] * 500}, "sectors"),
        ({"languages": {"xx": 1}}, "languages.xx"),
        ({"languages": {"nl": 5}}, "languages.nl"),
        ({"languages": {"nl": 2.0}}, "languages.nl"),
        ({"languages": {"nl": True}}, "languages.nl"),
        ({"languages": []}, "languages"),
        ({"times": "noon"}, "times"),
        ({"channel": "pigeon"}, "channel"),
        ({"channel": "email", "contact": "amina"}, "contact"),
        ({"channel": "sms"}, "contact"),
        ({"channel": "letter", "contact": "85.07.30-033 28"}, "contact"),
        ({"external_id": "85.07.30-033 28"}, "external_id"),
        ({"needs_must": ["sv.no_id_no_extract"]}, "needs_must.0"),
        ({"consents": ["everything"]}, "consents.0"),
        ({"given_by": "desk"}, "given_by"),
        ({"nationality": "BE"}, "nationality"),
    ],
)
def test_what_is_not_right_in_a_sign_up_is_named(answers: dict[str, Any], field: str) -> None:
    assert _refused_sign_up(a_sign_up(**answers)) == {field}


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"description": None}, "description"),
        ({"language": "xx"}, "language"),
        ({"tasks": ["t.fly"]}, "tasks.0"),
        ({"wanted": 0}, "wanted"),
        ({"wanted": "2"}, "wanted"),
        ({"wanted": 2.0}, "wanted"),
        ({"wanted": 10**30}, "wanted"),
        ({"starts_on": "20270301"}, "starts_on"),
        ({"starts_on": "2027-02-30"}, "starts_on"),
        ({"starts_on": "2027-03-02", "ends_on": "2027-03-01"}, "ends_on"),
        ({"times": "tue 25:00-26:00"}, "times"),
        ({"place": {"street": "x" * 161}}, "place.street"),
        ({"place": {"latitude": 91, "longitude": 4}}, "place.latitude"),
        ({"place": {"latitude": 10**400, "longitude": 4}}, "place.latitude"),
        ({"place": {"latitude": 50.8}}, "place"),
        ({"place": {"planet": "Mars"}}, "place.planet"),
        ({"place": "Plein 1"}, "place"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"is_remote": 1}, "is_remote"),
        ({"access": {"sv.buddy": "maybe"}}, "access.sv.buddy"),
        ({"access": {"ic.other_language": "yes"}}, "access.ic.other_language"),
        ({"state": "open"}, "state"),
        ({"organisation_id": str(uuid4())}, "organisation_id"),
    ],
)
def test_what_is_not_right_in_a_posting_is_named(content: dict[str, Any], field: str) -> None:
    assert _refused_posting(a_posting(**content)) == {field}


def test_what_is_left_out_of_a_change_stays_left_out() -> None:
    assert ChangeOnTheWire(partial=True).load({}) == {}
    assert ChangeOnTheWire(partial=True).load({"place": {"street": "Plein 1"}}) == {
        "place": {"street": "Plein 1"}
    }


def test_a_number_that_was_filled_in_keeps_its_sentence() -> None:
    with pytest.raises(ValidationError) as caught:
        SignUpOnTheWire().load(a_sign_up(first_name="x" * 61))
    assert isinstance(caught.value.messages, dict)
    (said,) = caught.value.messages["first_name"]
    assert isinstance(said, Sentence)
    assert said == "This is too long. Use at most 60 letters."
    assert said.template % said.values == said
