"""The API keeps what its OpenAPI document promises, whatever is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, seed, settings
from schemathesis.generation import GenerationMode

from tests.functional.api.conftest import Join, Program, a_posting
from volunteer.web.api.registration import PREFIX

DOCUMENT = f"{PREFIX}/openapi.json"
EXAMPLES = 15
OPERATIONS = [  # of the first two, nothing that is sent can be wrong
    "GET /api/v1/vocabulary",
    "GET /api/v1/districts",
    "POST /api/v1/candidates",
    "GET /api/v1/candidates/{candidate_id}/suggestions",
    "POST /api/v1/tokens",
    "GET /api/v1/opportunities",
    "POST /api/v1/opportunities",
    "GET /api/v1/opportunities/{opportunity_id}",
    "PATCH /api/v1/opportunities/{opportunity_id}",
]
CHECKS = [
    getattr(schemathesis.checks, name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
        "response_headers_conformance",
        "negative_data_rejection",
    )
]


def test_it_is_openapi_3_1(client: Program) -> None:
    document = client.get(DOCUMENT).json
    assert document["openapi"] == "3.1.0"
    assert {
        f"{method.upper()} {path}"
        for path, item in document["paths"].items()
        for method in item
        if method != "parameters"
    } == set(OPERATIONS)


def test_every_operation_says_what_it_does_and_how_it_refuses(client: Program) -> None:
    for item in client.get(DOCUMENT).json["paths"].values():
        for method, operation in item.items():
            if method != "parameters":
                assert operation["summary"]
                assert "default" in operation["responses"]


Checker = Callable[[str, GenerationMode], None]


@pytest.fixture
def check(app: Flask, join: Join, enrol: Callable[..., dict[str, Any]]) -> Checker:
    """Sends generated requests to one operation, and holds the answers against the document."""
    member, enrolled = join(), enrol()
    role: Any = app.test_client().post(f"{PREFIX}/opportunities", json=a_posting(), headers=member.headers)
    ids = {"candidate_id": enrolled["id"], "opportunity_id": role.json["id"]}

    def run(label: str, mode: GenerationMode) -> None:
        method, _, path = label.partition(" ")
        operation = schemathesis.openapi.from_wsgi(DOCUMENT, app)[path][method]
        token = enrolled["token"] if "candidate_id" in path else member.token
        # Where there is no body, what is wrong is the id or the token: those stay wrong.
        is_let_in = mode is GenerationMode.POSITIVE or method in {"POST", "PATCH"}

        @seed(20261121)
        @settings(max_examples=EXAMPLES, database=None, deadline=None, suppress_health_check=[*HealthCheck])
        @given(case=operation.as_strategy(generation_mode=mode))
        def send(case: Any) -> None:
            if is_let_in:
                case.path_parameters.update({name: ids[name] for name in case.path_parameters})
                case.headers["Authorization"] = f"Bearer {token}"
            case.validate_response(case.call(), checks=CHECKS)

        send()

    return run


@pytest.mark.parametrize("label", OPERATIONS)
def test_what_the_document_allows_is_answered_as_promised(check: Checker, label: str) -> None:
    check(label, GenerationMode.POSITIVE)


@pytest.mark.parametrize("label", OPERATIONS[2:])
def test_what_the_document_forbids_is_refused_as_promised(check: Checker, label: str) -> None:
    check(label, GenerationMode.NEGATIVE)
