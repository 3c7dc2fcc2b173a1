from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from tests.functional.api.conftest import Join, Program, a_posting, a_sign_up
from volunteer.app import create_app
from volunteer.bootstrap import Core, make_silent_core
from volunteer.config import Settings
from volunteer.keyring import create
from volunteer.web.api import opportunities
from volunteer.web.api.registration import PREFIX

SHAPE = {"code", "message", "field", "errors", "reference"}


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("GET", "/nothing", 404, "not_found"),
        ("GET", "/candidates", 405, "method_not_allowed"),
        ("DELETE", "/opportunities", 405, "method_not_allowed"),
        ("TRACE", "/vocabulary", 405, "method_not_allowed"),
    ],
)
def test_even_a_wrong_address_gets_the_one_shape(
    client: Program, method: str, address: str, status: int, code: str
) -> None:
    response = client.open(f"{PREFIX}{address}", method=method)
    assert response.status_code == status
    assert response.mimetype == "application/json"
    assert set(response.json) == SHAPE
    assert response.json["code"] == code
    assert response.json["reference"] is None
    if status == 405:
        assert response.headers["Allow"]


def test_a_page_stays_a_page(client: Program) -> None:
    assert client.get("/nothing").mimetype == "text/html"


def test_nothing_is_kept_by_those_in_between(client: Program, join: Join) -> None:
    answers = [
        client.get(f"{PREFIX}/opportunities", headers=join().headers),
        client.get(f"{PREFIX}/opportunities"),
        client.post(f"{PREFIX}/candidates", json={}),
    ]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers


def test_what_breaks_is_not_shown_but_can_be_found_again(
    app: Flask,
    client: Program,
    join: Join,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def break_down(*_given: object, **_options: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(opportunities, "opportunities_of", break_down)
    app.testing = False
    response = client.get(f"{PREFIX}/opportunities", headers=join().headers)
    assert response.status_code == 500
    assert set(response.json) == SHAPE
    assert response.json["code"] == "server_error"
    assert re.fullmatch(r"[0-9A-F]{8}", response.json["reference"])
    assert "secret" not in response.text + capsys.readouterr().err


def test_the_second_of_two_at_the_same_moment_is_told_so(
    client: Program, join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both looked before either wrote: the database decides."""
    monkeypatch.setattr(opportunities, "opportunity_by_external_id", lambda *_: None)
    headers = join().headers
    first, second = (
        client.post(f"{PREFIX}/opportunities", json=a_posting(external_id="r-1"), headers=headers)
        for _ in range(2)
    )
    assert first.status_code == 201
    assert second.status_code == 409
    assert second.json["code"] == "already_in_use"
    assert IntegrityError.__name__ not in second.text


@pytest.fixture
def without_database(settings: Settings, tmp_path: Path) -> Iterator[Core]:
    keys = tmp_path / "other-keys"
    create(keys)
    lost = dataclasses.replace(
        settings, keys=keys, database_url="postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=1"
    )
    core = make_silent_core(lost)
    yield core
    core.engine.dispose()


def test_while_the_database_is_away_one_is_asked_to_come_back(without_database: Core) -> None:
    client: Program = create_app(without_database.settings, without_database).test_client()
    response = client.post(f"{PREFIX}/candidates", json=a_sign_up())
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert response.json["code"] == "unavailable"


@pytest.fixture
def limited(settings: Settings, core: Core) -> Program:
    limits = dataclasses.replace(core, settings=dataclasses.replace(settings, rate_limits=True))
    return create_app(limits.settings, limits).test_client()


def test_passwords_are_not_guessed_at_speed(limited: Program) -> None:
    log_in = {"email": "iemand@voorbeeld.example", "password": "raden"}
    statuses = [limited.post(f"{PREFIX}/tokens", json=log_in).status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]
    late = limited.post(f"{PREFIX}/tokens", json=log_in)
    assert late.json["code"] == "too_many_requests"
    assert late.headers["Retry-After"]
