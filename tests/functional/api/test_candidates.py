from __future__ import annotations

import json
from uuid import UUID

import pytest
from sqlalchemy import func, select

from tests.functional.api.conftest import Program, a_sign_up
from volunteer.bootstrap import Core
from volunteer.domain.candidates import CandidateState
from volunteer.models import Candidate, OutboxEvent
from volunteer.services import candidates, cards, needs
from volunteer.web.api.registration import PREFIX

CANDIDATES = f"{PREFIX}/candidates"
NEEDS = {"needs_must": ["ph.step_free_entrance"], "needs_nice": ["sv.buddy"]}


def _count(core: Core) -> int:
    with core.units.read() as uow:
        return uow.session.scalar(select(func.count()).select_from(Candidate)) or 0


def test_a_person_enrols_and_gets_a_token(client: Program, core: Core) -> None:
    sign_up = a_sign_up(
        consents=["account", "match", "needs", "follow_up"],
        channel="sms",
        contact="0470 12 34 56",
        external_id="a-1",
        **NEEDS,
    )
    response = client.post(CANDIDATES, json=sign_up)

    assert response.status_code == 201
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers
    body = response.json
    assert body["state"] == "confirmed"
    assert body["suggestions"] == f"{CANDIDATES}/{body['id']}/suggestions"
    with core.units.write() as uow:
        candidate = cards.file_of(uow, body["card"].rpartition("/")[2])
        assert candidate is not None
        assert candidate.id == UUID(body["id"])
        assert candidates.contact_of(uow, candidate) == "+32470123456"
        assert needs.read(uow, candidate, reader="test", purpose="test") == {
            "ph.step_free_entrance": "must",
            "sv.buddy": "nice",
        }
        assert {consent.purpose for consent in candidate.consents} == {
            "account",
            "match",
            "needs",
            "follow_up",
        }
        assert {consent.given_how for consent in candidate.consents} == {"api"}
        assert uow.session.scalars(select(OutboxEvent.type)).all() == ["candidate_enrolled"]


def test_little_is_asked(client: Program) -> None:
    least = {"first_name": "Bo", "language": "fr", "channel": "desk", "consents": ["match", "account"]}
    assert client.post(CANDIDATES, json=least).status_code == 201


def test_how_far_and_how_often(client: Program, core: Core) -> None:
    wishes = {"travel_minutes": 30, "commitments": ["months", "once"]}
    response = client.post(CANDIDATES, json=a_sign_up(**wishes))
    assert response.status_code == 201
    with core.units.read() as uow:
        candidate = uow.session.get_one(Candidate, UUID(response.json["id"]))
        assert {name: getattr(candidate, name) for name in wishes} == wishes


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        ({"travel_minutes": 4}, "travel_minutes"),
        ({"travel_minutes": 1441}, "travel_minutes"),
        ({"travel_minutes": "30"}, "travel_minutes"),
        ({"travel_minutes": 30.5}, "travel_minutes"),
        ({"travel_minutes": True}, "travel_minutes"),
        ({"commitments": ["daily"]}, "commitments.0"),
        ({"commitments": "once"}, "commitments"),
    ],
)
def test_what_cannot_be_a_wish_is_named(
    client: Program, core: Core, wishes: dict[str, object], field: str
) -> None:
    response = client.post(CANDIDATES, json=a_sign_up(**wishes))
    assert response.status_code == 422
    assert field in response.json["errors"]
    assert _count(core) == 0


@pytest.mark.parametrize("consents", [[], ["account"], ["match"], ["follow_up", "needs"]])
def test_nothing_is_kept_without_a_yes(client: Program, core: Core, consents: list[str]) -> None:
    response = client.post(CANDIDATES, json=a_sign_up(consents=consents))
    assert response.status_code == 422
    assert response.json["code"] == "consent_missing"
    assert response.json["field"] == "consents"
    assert _count(core) == 0


def test_needs_want_a_yes_of_their_own(client: Program, core: Core) -> None:
    response = client.post(CANDIDATES, json=a_sign_up(**NEEDS))
    assert response.status_code == 422
    assert response.json["code"] == "consent_missing"
    assert _count(core) == 0


def test_somebody_else_makes_a_file_that_waits(client: Program, core: Core) -> None:
    response = client.post(CANDIDATES, json=a_sign_up(given_by="other", **NEEDS))

    assert response.status_code == 202
    assert response.json["state"] == "pending"
    assert response.json["left_out"] == ["needs_must", "needs_nice", "consents"]
    assert "token" not in response.json
    with core.units.read() as uow:
        candidate = uow.session.get_one(Candidate, UUID(response.json["id"]))
        assert candidate.state == CandidateState.PENDING
        assert candidate.needs_sealed is None
        assert cards.of(uow, candidate.id) is None
        assert candidate.expires_at is not None
        assert candidate.consents == []
        assert uow.session.scalars(select(OutboxEvent)).all() == []


@pytest.mark.parametrize("given_by", ["person", "other"])
def test_an_external_id_is_used_once(client: Program, core: Core, given_by: str) -> None:
    assert client.post(CANDIDATES, json=a_sign_up(external_id="a-1")).status_code == 201
    again = client.post(CANDIDATES, json=a_sign_up(external_id="a-1", given_by=given_by))
    assert again.status_code == 409
    assert again.json["code"] == "already_in_use"
    assert again.json["field"] == "external_id"
    assert _count(core) == 1


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"first_name": "  "}, "first_name"),
        ({"first_name": "a\u0000b"}, "first_name"),
        ({"channel": "sms"}, "contact"),
        ({"nationality": "BE"}, "nationality"),
    ],
)
def test_what_is_not_right_is_named(
    client: Program, core: Core, answers: dict[str, object], field: str
) -> None:
    response = client.post(CANDIDATES, json=a_sign_up(**answers))
    assert response.status_code == 422
    problem = response.json
    assert set(problem) == {"code", "message", "field", "errors", "reference"}
    assert problem["field"] == field
    assert field in problem["errors"]
    assert _count(core) == 0


def test_everything_that_is_not_right_is_said_at_once(client: Program) -> None:
    response = client.post(CANDIDATES, json={"first_name": 1, "channel": "desk", "age": 20})
    assert set(response.json["errors"]) == {"first_name", "language", "age"}


@pytest.mark.parametrize(
    "body", ["", "{", "[1", "\ufeff{}", "[" * 30_000, "NaN" * 3, '{"a": 1' + "0" * 5000 + "}"]
)
def test_what_is_not_json_is_refused(client: Program, body: str) -> None:
    response = client.post(CANDIDATES, data=body, content_type="application/json")
    assert response.status_code == 400
    assert response.json["code"] == "bad_request"


@pytest.mark.parametrize("body", [[], "text", 1, None, True])
def test_a_body_is_an_object(client: Program, body: object) -> None:
    response = client.post(CANDIDATES, data=json.dumps(body), content_type="application/json")
    assert response.status_code == 422


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "", "text/json"])
def test_only_json_is_read(client: Program, content_type: str) -> None:
    response = client.post(CANDIDATES, data=json.dumps(a_sign_up()), content_type=content_type)
    assert response.status_code == 415
    assert response.json["code"] == "not_json"


def test_too_much_is_not_read(client: Program) -> None:
    response = client.post(CANDIDATES, json=a_sign_up(times="x" * 70_000))
    assert response.status_code == 413
    assert response.json["code"] == "too_large"


def test_an_error_is_said_in_the_language_of_the_reader(client: Program) -> None:
    said = {
        language: client.post(
            CANDIDATES, json=a_sign_up(consents=[]), headers={"Accept-Language": language}
        ).json["message"]
        for language in ("en", "nl-BE,fr;q=0.5", "fr")
    }
    assert len(set(said.values())) == 3
    assert said["en"] == "We need your yes to keep your answers and to look for you."
