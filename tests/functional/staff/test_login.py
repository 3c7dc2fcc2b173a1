"""Logging in and out: who gets where, for how long, and who does not get in."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask

from tests.fakes import HandClock, RecordingBell
from tests.functional.browsing import Browser, csrf_token_of
from tests.functional.staff.conftest import PASSWORD, Hire
from volunteer.app import create_app
from volunteer.bootstrap import Core, make_core
from volunteer.config import Settings
from volunteer.domain.accounts import Role
from volunteer.models import Account
from volunteer.services import accounts

TEAM = (Role.OWNER, Role.EDITOR, Role.VIEWER)
DESK = (Role.DESK_WORKER, Role.ADMIN)
NOBODY_KNOWS = UUID(int=7)
PAGES: dict[str, tuple[Role, ...]] = {
    "/desk": DESK,
    f"/desk/questions/{NOBODY_KNOWS}": DESK,
    f"/desk/calls/{NOBODY_KNOWS}": DESK,
    f"/desk/stuck/{NOBODY_KNOWS}": DESK,
    "/organisation": TEAM,
    f"/organisation/introductions/{NOBODY_KNOWS}": TEAM,
    "/organisation/token": TEAM,
    "/support": (Role.REFERRER_OWNER, Role.SUPPORT_WORKER),
    "/admin": (Role.ADMIN,),
    "/account": tuple(Role),
}
"""Every page of staff, and who may see it."""


def _statuses(browser: Browser, path: str) -> tuple[int, int]:
    """What comes of opening the page, and of sending a form to it."""
    browser.get("/account")
    token = browser.page.split('name="csrf_token" value="')[1].split('"')[0]
    seen = browser.client.get(path).status_code
    done = browser.client.post(path, data={"csrf_token": token}).status_code
    return seen, done


@pytest.mark.parametrize("role", Role)
def test_every_page_is_for_its_own_roles_alone(hire: Hire, role: Role) -> None:
    browser = hire(role).browser
    for path, allowed in PAGES.items():
        seen, done = _statuses(browser, path)
        if role in allowed:
            assert seen != 403, path
        else:
            assert seen == 403, path
            assert done in {403, 405}, path


def test_who_is_not_logged_in_is_asked_to_and_comes_back(app: Flask) -> None:
    browser = Browser(app)
    for path in PAGES:
        answer = browser.client.get(path)
        assert answer.status_code == 302
        assert answer.location.startswith("/login?next=/")
        browser.get("/login")
        token = browser.page.split('name="csrf_token" value="')[1].split('"')[0]
        assert browser.client.post(path, data={"csrf_token": token}).status_code in {302, 405}


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.DESK_WORKER, "/desk"),
        (Role.ADMIN, "/desk"),
        (Role.OWNER, "/organisation"),
        (Role.VIEWER, "/organisation"),
        (Role.SUPPORT_WORKER, "/support"),
        (Role.REFERRER_OWNER, "/support"),
    ],
)
def test_everyone_lands_on_their_own_page(hire: Hire, role: Role, page: str) -> None:
    browser = hire(role).browser
    assert browser.get("/login").request.path == page


def test_several_roles_have_a_way_to_each_page(hire: Hire) -> None:
    browser = hire(Role.ADMIN, Role.EDITOR, Role.SUPPORT_WORKER).browser
    browser.get("/account")
    for path in ("/desk", "/admin", "/organisation", "/support"):
        assert f'href="{path}"' in browser.page


def test_without_a_role_one_hears_how_to_go_on(hire: Hire) -> None:
    browser = hire().browser
    assert "Your account has no role yet." in browser.text


def test_wrong_password_and_unknown_address_sound_the_same(app: Flask, hire: Hire) -> None:
    known = hire(Role.EDITOR).email
    browser = Browser(app, language="en")
    pages = []
    for email, password in ((known, "not this one"), ("nobody@voorbeeld.example", PASSWORD), ("", "")):
        browser.send("/login", status=422, email=email, password=password)
        assert f'value="{email}"' in browser.page
        assert password == "" or password not in browser.page
        pages.append(browser.text)
    assert len(set(pages)) == 1
    assert "The e-mail address or the password is not right." in pages[0]


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        ("/organisation/token", "/organisation/token"),
        ("https://elsewhere.example/", "/organisation"),
        ("//elsewhere.example/", "/organisation"),
        ("/\\elsewhere.example/", "/organisation"),
        ("javascript:alert(1)", "/organisation"),
        ("", "/organisation"),
    ],
)
def test_logging_in_leads_nowhere_but_here(app: Flask, hire: Hire, wanted: str, got: str) -> None:
    email = hire(Role.EDITOR).email
    browser = Browser(app)
    browser.get("/login")
    token = browser.page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = browser.client.post(
        "/login",
        query_string={"next": wanted},
        data={"email": email, "password": PASSWORD, "csrf_token": token},
    )
    assert answer.location == got


def test_a_form_without_its_token_does_nothing(app: Flask, hire: Hire) -> None:
    email = hire(Role.EDITOR).email
    client = app.test_client()
    assert client.post("/login", data={"email": email, "password": PASSWORD}).status_code == 400
    assert client.get("/organisation").status_code == 302
    browser = hire(Role.ADMIN).browser
    for path in ("/logout", "/admin", "/organisation/choose", "/account"):
        assert browser.client.post(path).status_code == 400
    browser.get("/admin")


def test_logging_out_ends_the_session(hire: Hire) -> None:
    browser = hire(Role.DESK_WORKER).browser
    stolen = browser.cookie("session")
    browser.post("/logout")
    assert "You are logged out." in browser.text
    assert browser.client.get("/desk").status_code == 302
    assert stolen != browser.cookie("session")


def test_logging_in_starts_a_new_session(app: Flask, hire: Hire) -> None:
    email = hire(Role.DESK_WORKER).email
    browser = Browser(app, language="en")
    browser.get("/login")
    with browser.client.session_transaction() as session:
        session["planted"] = "before"
        token = session["csrf_token"]
    browser.post("/login", email=email, password=PASSWORD)
    with browser.client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != token


def test_a_session_does_not_move_to_another_browser(app: Flask, hire: Hire) -> None:
    stolen = hire(Role.DESK_WORKER).browser.cookie("session")
    elsewhere = app.test_client()
    elsewhere.set_cookie("session", stolen or "")
    assert elsewhere.get("/desk", headers={"User-Agent": "Another/1.0"}).status_code == 302


def test_there_is_no_cookie_that_outlives_the_browser(app: Flask, hire: Hire) -> None:
    email = hire(Role.DESK_WORKER).email
    browser = Browser(app)
    browser.get("/login")
    token = browser.page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = browser.client.post(
        "/login", data={"email": email, "password": PASSWORD, "remember": "on", "csrf_token": token}
    )
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert cookie.startswith("lang=") or "Expires" not in cookie
        assert not cookie.startswith("remember_token=")


def test_raising_the_epoch_ends_every_session(core: Core, hire: Hire) -> None:
    hired = hire(Role.DESK_WORKER)
    with core.units.write() as uow:
        uow.session.get_one(Account, hired.account_id).session_epoch += 1
    assert hired.browser.client.get("/desk").status_code == 302


def test_a_working_day_without_a_sign_of_life_ends_it(settings: Settings) -> None:
    clock = HandClock()
    core = make_core(settings, bell=RecordingBell(), clock=clock)
    with core.units.write() as uow:
        account = accounts.create(
            uow, name="Yasmina", email="desk@voorbeeld.example", password=PASSWORD, language="en"
        )
        accounts.grant(uow, account, Role.DESK_WORKER)
    browser = Browser(create_app(settings, core), language="en")
    browser.send("/login", email="desk@voorbeeld.example", password=PASSWORD)
    for _ in range(3):
        clock.go_on(hours=7)
        browser.get("/desk")
    clock.go_on(hours=8, seconds=1)
    assert browser.client.get("/desk").status_code == 302
    core.engine.dispose()


def test_guessing_is_slowed_down(settings: Settings, bell: RecordingBell) -> None:
    core = make_core(replace(settings, rate_limits=True), bell=bell)
    with core.units.write() as uow:
        accounts.create(uow, name="Noor", email="noor@voorbeeld.example", password=PASSWORD, language="en")
    browser = Browser(create_app(core.settings, core), language="en")
    for _ in range(5):
        browser.send("/login", status=422, email="Noor@voorbeeld.example", password="guess")
    browser.send("/login", status=429, email="noor@voorbeeld.example", password=PASSWORD)
    assert "Just a moment" in browser.text
    browser.send("/login", status=422, email="somebody.else@voorbeeld.example", password="guess")
    core.engine.dispose()


def test_the_pages_speak_the_language_of_the_account(app: Flask, hire: Hire) -> None:
    hired = hire(Role.EDITOR, language="fr")
    assert hired.browser.cookie("lang") == "fr"


def test_a_password_of_ones_own(app: Flask, hire: Hire) -> None:
    hired = hire(Role.EDITOR)
    other = Browser(app, language="en")
    other.send("/login", email=hired.email, password=PASSWORD)

    hired.browser.send("/account", status=422, old_password="wrong", password="een heel ander zinnetje")
    assert "This is not your password of now." in hired.browser.text
    hired.browser.send("/account", status=422, old_password=PASSWORD, password="kort")
    hired.browser.send("/account", old_password=PASSWORD, password="een heel ander zinnetje")
    assert "Your new password works from now on." in hired.browser.text

    assert other.client.get("/account").status_code == 302
    other.send("/login", email=hired.email, password="een heel ander zinnetje")
    other.get("/account")


@pytest.mark.parametrize(
    "typed",
    [
        {"email": "é" * 20_000, "password": "x"},
        {"email": "noor@voorbeeld.example", "password": "x" * 50_000},
        {"email": "\"><script>alert('x')</script>", "password": "\x00"},
        {"email": "a\x00b@voorbeeld.example", "password": "’; DROP TABLE accounts; --"},
    ],
)
def test_hostile_input_is_answered_like_any_other(app: Flask, typed: dict[str, str]) -> None:
    browser = Browser(app, language="en")
    browser.send("/login", status=422, **typed)
    assert "<script>alert" not in browser.page


@pytest.mark.parametrize(
    ("here", "headers"), [("192.168.1.77", {}), ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"})]
)
def test_demo_accounts_work_on_this_machine_alone(
    core: Core, app: Flask, hire: Hire, here: str, headers: dict[str, str]
) -> None:
    demo = hire(Role.DESK_WORKER)
    with core.units.write() as uow:
        uow.session.get_one(Account, demo.account_id).is_demo = True
    fields = {"email": demo.email, "password": PASSWORD}

    browser = Browser(app, language="en")
    browser.get("/login")
    fields["csrf_token"] = csrf_token_of(browser.page)
    headers = {"Accept-Language": "en", **headers}
    refused = browser.client.post(
        "/login", data=fields, headers=headers, environ_overrides={"REMOTE_ADDR": here}
    )
    assert refused.status_code == 422
    assert "Demo accounts work only on the machine that runs the demo." in refused.get_data(as_text=True)

    browser.send("/login", email=demo.email, password=PASSWORD)
    browser.get("/desk")
