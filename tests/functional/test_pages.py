"""What holds for every answer: headers, cookies, languages, errors, health."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from tests.functional.browsing import Browser
from tests.functional.signing_up import sign_up
from volunteer.bootstrap import Core

MakeApp = Callable[..., Flask]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize("path", ["/", "/signup/name", "/nowhere", "/healthz", "/static/schakel.css"])
def test_every_answer_is_protected(app: Flask, path: str) -> None:
    with app.test_client().get(path) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "camera=()" in headers["Permissions-Policy"]


def test_only_files_may_be_kept_by_a_browser(app: Flask) -> None:
    client = app.test_client()
    for path in ("/", "/signup/name", "/card", "/nowhere"):
        assert client.get(path).headers["Cache-Control"] == "no-store"
    page = client.get("/").get_data(as_text=True)
    style = re.findall(r'href="(/static/schakel\.css\?v=[0-9a-f]{12})"', page)[0]
    with client.get(style) as file:
        assert "immutable" in file.headers["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts(browser: Browser) -> None:
    browser.get("/signup/name")
    token = browser.page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = browser.client.post("/signup/name", data={"csrf_token": token, "first_name": "Amina"})
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Secure" not in cookie


def test_over_https_cookies_stay_there(make_app: MakeApp) -> None:
    answer = make_app(PUBLIC_URL="https://schakel.example").test_client().get("/language/fr")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age" in answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    ("asked", "given"),
    [("fr-BE,fr;q=0.9,en;q=0.5", "fr"), ("nl", "nl"), ("de,en;q=0.3", "en"), ("de", "nl"), ("", "nl")],
)
def test_the_browser_says_which_language(app: Flask, asked: str, given: str) -> None:
    page = app.test_client().get("/", headers={"Accept-Language": asked})
    assert f'<html lang="{given}"' in page.text
    assert page.headers["Content-Language"] == given


def test_a_chosen_language_stays(app: Flask) -> None:
    client = app.test_client()
    answer = client.get("/language/fr?next=/card")
    assert answer.headers["Location"] == "/card"
    assert '<html lang="fr"' in client.get("/", headers={"Accept-Language": "nl"}).text


def test_what_breaks_is_told_with_a_number_and_nothing_else(app: Flask) -> None:
    @app.get("/break/<what>")
    def broken(what: str) -> str:
        raise RuntimeError(f"secret of {what}")

    answer = Browser(app, language="en")
    with capture_logs() as lines:
        answer.get("/break/Amina", status=500)
    assert "It is not your fault." in answer.text
    assert "Traceback" not in answer.page
    assert "secret" not in answer.page
    reference = re.findall(r'class="number">([0-9A-F]{8})<', answer.page)[0]
    failed = next(line for line in lines if line["event"] == "failed")
    assert failed["reference"] == reference
    assert failed["kind"] == "RuntimeError"
    assert "Amina" not in json.dumps(lines)


def test_a_database_that_is_away_is_said_kindly(app: Flask) -> None:
    @app.get("/away")
    def away() -> str:
        raise OperationalError("select", {}, Exception("server closed the connection"))

    browser = Browser(app, language="en")
    answer = browser.get("/away", status=503)
    assert "We are away for a moment" in browser.text
    assert answer.headers["Retry-After"] == "10"


def test_requests_are_logged_without_tokens_or_names(app: Flask) -> None:
    browser = Browser(app, language="en")
    with capture_logs() as lines:
        sign_up(browser)
        browser.get("/me/suggestions")
        link = re.findall(r"/c/([\w-]+)", browser.page)[0]
        browser.get(f"/c/{link}")
    written = json.dumps(lines)
    assert '"rule": "/c/<token>"' in written
    assert link not in written
    assert "mina" not in written


def test_health_says_what_is_there(app: Flask, core: Core) -> None:
    client = app.test_client()
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json == {"status": "ok", "database": "ok", "broker": "ok"}
    with core.units.write() as uow:
        uow.session.execute(text("update alembic_version set version_num = '0000'"))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (
        503, {"status": "away", "database": "not migrated", "broker": "ok"},
    )  # fmt: skip


def test_without_a_broker_pages_still_work(make_app: MakeApp) -> None:
    app = make_app(REDIS_URL="redis://127.0.0.1:1/0", RATE_LIMITS="1")
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (
        200, {"status": "degraded", "database": "ok", "broker": "away"},
    )  # fmt: skip
    browser = Browser(app)
    sign_up(browser)
    assert browser.get("/me/suggestions").request.path == "/me/suggestions"


def test_too_many_requests_are_slowed_down(make_app: MakeApp) -> None:
    browser = Browser(make_app(RATE_LIMITS="1"), language="en")
    browser.get("/card")
    for _ in range(30):
        browser.post("/card", status=422, card="guess")
    answer = browser.post("/card", status=429, card="guess")
    assert "Just a moment" in browser.text
    assert answer.headers["Retry-After"]


def test_the_development_page_is_for_one_machine_only(make_app: MakeApp, app: Flask) -> None:
    assert app.test_client().get("/dev/mails").status_code == 200
    assert make_app(DEVELOPMENT="0").test_client().get("/dev/mails").status_code == 404


def test_no_page_asks_anything_elsewhere(browser: Browser) -> None:
    for path in ("/", "/signup/name", "/card"):
        browser.get(path)
        assert re.findall(r'(?:src|href|action)="(?:https?:)?//', browser.page) == []
        assert re.findall(r"\son\w+=|\sstyle=|<style|<script>", browser.page) == []


def test_static_files_are_ours(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/static/../app.py").status_code == 404
    with client.get("/static/icons.svg") as file:
        assert file.mimetype == "image/svg+xml"
    assert Path(app.static_folder or "").name == "static"
