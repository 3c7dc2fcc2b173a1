"""A tablet that is handed over: what it opens, what it keeps, and how long; and who takes it back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories.gatherings import make_gathering
from tests.fakes import HandClock, RecordingBell
from tests.functional.browsing import Browser
from tests.functional.signing_up import ANSWERS, answers, sign_up
from tests.functional.staff.conftest import PASSWORD, Hire, Hired
from volunteer.app import create_app
from volunteer.bootstrap import Core, make_core
from volunteer.config import Settings
from volunteer.domain.accounts import Role
from volunteer.links import Purpose
from volunteer.models import Candidate, Draft, GatheringParty
from volunteer.web import kiosk

PostRole = Callable[..., object]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def core(settings: Settings, bell: RecordingBell, clock: HandClock) -> Iterator[Core]:
    """The same core as everywhere, with a clock that goes on when it is told to."""
    core = make_core(settings, bell=bell, clock=clock)
    yield core
    core.engine.dispose()


@pytest.fixture
def app(core: Core) -> Flask:
    return create_app(core.settings, core)


@pytest.fixture
def worker(hire: Hire) -> Hired:
    return hire(Role.DESK_WORKER)


@pytest.fixture
def tablet(worker: Hired) -> Browser:
    """The browser of a desk worker, handed over."""
    worker.browser.send("/kiosk/hand-over")
    return worker.browser


def _cookies(answer_headers: list[str]) -> dict[str, str]:
    return {each.partition("=")[0]: each for each in answer_headers}


def test_handing_over_ends_the_session_and_says_how_to_get_it_back(worker: Hired) -> None:
    browser = worker.browser
    browser.get("/kiosk/hand-over")
    assert "How do I get it back?" in browser.text
    token = re.findall(r'name="csrf_token" value="([^"]+)"', browser.page)[0]
    answer = browser.client.post("/kiosk/hand-over", data={"csrf_token": token})
    assert answer.headers["Location"] == "/"
    set_now = _cookies(answer.headers.getlist("Set-Cookie"))
    assert "Max-Age=34560000" in set_now["kiosk"]
    assert "HttpOnly" in set_now["kiosk"]
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Nothing stays on this tablet" in browser.get("/").get_data(as_text=True)
    assert browser.get("/desk").request.path == "/kiosk/leave"


def test_only_the_desk_hands_over(hire: Hire, app: Flask) -> None:
    hire(Role.OWNER).browser.get("/kiosk/hand-over", status=403)
    assert Browser(app).get("/kiosk/hand-over").request.path == "/login"


def test_a_kiosk_opens_pages_of_candidates_alone(tablet: Browser, app: Flask) -> None:
    """Every address without a part to fill in: its guard decides, or where it stands."""
    closed: set[str] = set()
    for rule in app.url_map.iter_rules():
        if rule.arguments or "GET" not in (rule.methods or ()):
            continue
        answer = tablet.client.get(rule.rule)
        if answer.headers.get("Location") == "/kiosk/leave":
            closed.add(rule.endpoint)
        else:
            guard = getattr(app.view_functions[rule.endpoint], "guard", "")
            assert isinstance(guard, str), rule.rule
            assert guard or rule.endpoint.partition(".")[0] in kiosk.OPEN, rule.rule
    staff_pages = {
        "auth.login",
        "desk.today",
        "people.search",
        "people.enrol",
        "admin.home",
        "kiosk.hand_over",
    }
    assert staff_pages | {"organisation.home", "support.home", "development.mails", "auth.account"} <= closed
    assert not {each for each in closed if each.partition(".")[0] in {"start", "signup", "me", "cards"}}


def test_no_file_stays_behind(tablet: Browser) -> None:
    sign_up(tablet)
    for path in ("/me/paper/suggestions", "/me/paper/card", "/me/data.json"):
        assert tablet.get(path).request.path == "/kiosk/paper"
        assert "The info desk prints it for you." in tablet.text


def test_the_log_in_of_staff_is_hidden(tablet: Browser) -> None:
    for path in ("/", "/signup/name", "/card", "/nowhere"):
        tablet.get(path, status=404 if path == "/nowhere" else 200)
        assert "/login" not in tablet.page
        assert 'action="/me/leave"' in tablet.page or path == "/"


@pytest.mark.parametrize("role", [Role.OWNER, Role.SUPPORT_WORKER])
def test_only_the_desk_takes_it_back(tablet: Browser, hire: Hire, role: Role) -> None:
    stranger = hire(role)
    tablet.send("/kiosk/leave", email=stranger.email, password=PASSWORD, status=422)
    assert "Only the info desk can take this tablet back." in tablet.text
    assert stranger.email not in tablet.page
    assert tablet.get("/organisation").request.path == "/kiosk/leave"


@pytest.mark.parametrize("role", [Role.DESK_WORKER, Role.ADMIN])
def test_the_desk_takes_it_back_and_everything_is_wiped(tablet: Browser, hire: Hire, role: Role) -> None:
    sign_up(tablet, until="where")
    back = hire(role)
    assert tablet.send("/kiosk/leave", email=back.email, password=PASSWORD).request.path == "/desk"
    assert tablet.cookie("kiosk") is None
    assert tablet.cookie("signup") is None
    tablet.get("/signup/age")
    assert "Amina" not in tablet.page


def test_a_wrong_password_leaves_it_as_it_is(tablet: Browser, worker: Hired) -> None:
    tablet.send("/kiosk/leave", email=worker.email, password="guess", status=422)
    assert tablet.get("/desk").request.path == "/kiosk/leave"


def test_who_is_no_kiosk_cannot_leave_it_or_end_anything(app: Flask) -> None:
    browser = Browser(app)
    assert browser.get("/kiosk/leave").request.path == "/login"
    sign_up(browser, until="where")
    browser.get("/kiosk/over")
    browser.get("/signup/name")
    assert "Amina" in browser.page
    assert browser.client.post("/kiosk/here").status_code == 409


def test_a_made_up_cookie_makes_no_kiosk(app: Flask) -> None:
    browser = Browser(app, language="en")
    browser.client.set_cookie("kiosk", "visit")
    browser.get("/")
    assert "Nothing stays on this tablet" not in browser.text


def test_a_yes_at_the_tablet_is_kept_as_one(tablet: Browser, core: Core) -> None:
    sign_up(tablet)
    with core.units.read() as uow:
        person = uow.session.scalars(select(Candidate)).one()
        assert {consent.given_how for consent in person.consents} == {"kiosk"}
        assert person.origin == "kiosk"


def test_the_draft_is_of_this_session_and_lasts_minutes(
    tablet: Browser, core: Core, clock: HandClock
) -> None:
    tablet.get("/signup/name")
    token = re.findall(r'name="csrf_token" value="([^"]+)"', tablet.page)[0]
    answer = tablet.client.post("/signup/name", data={"csrf_token": token, "first_name": "Amina"})
    set_now = _cookies(answer.headers.getlist("Set-Cookie"))
    assert "Max-Age" not in set_now["signup"]
    assert "Expires" not in set_now["signup"]
    with core.units.read() as uow:
        draft = uow.session.scalars(select(Draft)).one()
        assert draft.expires_at - clock.now() == kiosk.DRAFT_LASTS


def test_ready_wipe_everything_asks_nothing_and_always_works(tablet: Browser, core: Core) -> None:
    sign_up(tablet, until="where")
    tablet.client.get("/language/fr")
    answer = tablet.client.post("/me/leave")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert tablet.cookie("signup") is None
    assert tablet.cookie("lang") is None
    assert tablet.cookie("kiosk") is not None
    assert tablet.get("/signup/where").request.path == "/signup/name"
    assert "Amina" not in tablet.page
    with core.units.read() as uow:
        assert uow.session.scalars(select(Draft)).all() == []


def test_an_answer_that_comes_late_brings_nobody_back(tablet: Browser) -> None:
    """A page asks every moment for suggestions: its answer may come after everything was wiped."""
    sign_up(tablet)
    held = {name: tablet.cookie(name) for name in ("session", "kiosk_seen")}
    sign_up(tablet, answers(name={"first_name": "Bilal"}), until="where")
    held["signup"] = tablet.cookie("signup")
    tablet.client.post("/me/leave")
    for name, value in held.items():
        tablet.client.set_cookie(name, value or "")
    for path in ("/me", "/me/suggestions", "/signup/where", "/signup/name", "/"):
        tablet.get(path)
        assert not re.search("Amina|Bilal", tablet.page)
    assert tablet.get("/me").request.path == "/card"


def test_five_quiet_minutes_end_the_visit(tablet: Browser, clock: HandClock) -> None:
    sign_up(tablet)
    clock.go_on(minutes=4)
    assert tablet.get("/me").request.path == "/me"
    clock.go_on(minutes=4)
    assert tablet.get("/me").request.path == "/me", "every page counts anew"
    clock.go_on(minutes=5, seconds=1)
    assert tablet.get("/me").request.path == "/"
    assert tablet.get("/me").request.path == "/card"


def test_a_draft_ends_after_five_quiet_minutes_too(tablet: Browser, clock: HandClock) -> None:
    sign_up(tablet, until="where")
    clock.go_on(minutes=6)
    assert tablet.post("/signup/where", **ANSWERS["where"]).request.path == "/"
    tablet.get("/signup/name")
    assert "Amina" not in tablet.page


def test_the_list_that_asks_by_itself_is_nobody(tablet: Browser, clock: HandClock) -> None:
    sign_up(tablet)
    for _ in range(6):
        clock.go_on(minutes=1)
        answer = tablet.client.get("/me/suggestions/list", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/kiosk/over")


def test_who_reads_for_long_is_here(tablet: Browser, clock: HandClock) -> None:
    sign_up(tablet)
    tablet.get("/me")
    visit = re.findall(r'data-visit="([0-9a-f]+)"', tablet.page)[0]
    for _ in range(3):
        clock.go_on(minutes=4)
        assert tablet.client.post("/kiosk/here", data={"visit": visit}).status_code == 204
    assert tablet.get("/me").request.path == "/me"
    clock.go_on(minutes=6)
    assert tablet.client.post("/kiosk/here", data={"visit": visit}).status_code == 409
    assert tablet.get("/me").request.path == "/"
    assert tablet.client.post("/kiosk/here", data={"visit": visit}).status_code == 409


def test_the_first_page_asks_whose_answers_wait(tablet: Browser) -> None:
    sign_up(tablet, until="where")
    tablet.get("/")
    assert "There are still answers of somebody on this tablet." in tablet.text
    assert "Amina" not in tablet.page
    way_on = re.findall(r'href="(/signup/check)"', tablet.page)[0]
    assert tablet.get(way_on).request.path == "/signup/where"
    tablet.client.post("/me/leave")
    tablet.get("/")
    assert "Nothing stays on this tablet" in tablet.text
    sign_up(tablet)
    tablet.get("/")
    assert 'href="/me"' in tablet.page


def test_without_scripts_the_page_ends_by_itself(tablet: Browser) -> None:
    end = '<noscript><meta http-equiv="refresh" content="240;url=/kiosk/over"></noscript>'
    tablet.get("/")
    assert end not in tablet.page
    assert "Each page stays open for 4 minutes." in tablet.page
    tablet.get("/signup/name")
    assert end in tablet.page
    sign_up(tablet, until="where")
    tablet.get("/")
    assert end in tablet.page
    tablet.get("/kiosk/over")
    tablet.get("/signup/name")
    assert "Amina" not in tablet.page


def test_nothing_is_filled_in_by_itself(tablet: Browser) -> None:
    pages = [f"/signup/{slug}" for slug in ANSWERS]
    sign_up(tablet, until="needs/service")
    for path in (*pages, "/card", "/kiosk/leave"):
        tablet.get(path)
        _nothing_fills_in(tablet.page)


@pytest.mark.parametrize(
    ("role", "path"), [(Role.DESK_WORKER, "/desk"), (Role.SUPPORT_WORKER, "/support"), (Role.ADMIN, "/admin")]
)
def test_nothing_is_filled_in_where_the_data_are_somebody_elses(hire: Hire, role: Role, path: str) -> None:
    browser = hire(role).browser
    browser.get(path)
    _nothing_fills_in(browser.page)


def test_on_a_device_of_ones_own_it_may_help(app: Flask) -> None:
    browser = Browser(app)
    browser.get("/signup/name")
    assert 'autocomplete="given-name"' in browser.page


def _nothing_fills_in(page: str) -> None:
    forms = re.findall(r"<form\b[^>]*>", page)
    assert forms
    assert [form for form in forms if 'autocomplete="off"' not in form] == []
    assert set(re.findall(r'autocomplete="([^"]*)"', page)) == {"off"}


def test_every_page_of_a_visit_is_kept_by_nobody(tablet: Browser) -> None:
    sign_up(tablet)
    for path in ("/", "/signup/name", "/me", "/me/suggestions", "/card", "/kiosk/leave"):
        answer = tablet.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        title = re.findall(r"<title>(.*?)</title>", tablet.page, re.DOTALL)[0]
        assert "Amina" not in title


def test_a_seat_is_shown_in_its_own_visit_alone(tablet: Browser, core: Core) -> None:
    """Its link lasts for months: on a tablet it stands in no address that somebody could go back to."""
    with core.units.write() as uow:
        workshop = make_gathering(uow)
    join = f"/agenda/{workshop}/join"
    tablet.get(join)
    assert ("How do we reach you?" in tablet.text, "How do we reach them?" in tablet.text) == (True, False)
    tablet.send(join, name="Amina", channel="sms", contact_sms="0470 12 34 51", agrees="yes")
    assert (tablet.path, "Amina" in tablet.text) == ("/seat", True)
    before = tablet.page
    tablet.get("/")
    assert 'href="/seat"' in tablet.page
    with core.units.read() as uow:
        party = uow.session.scalars(select(GatheringParty)).one()
    link = core.links.make(Purpose.SEAT, party.id).removeprefix(core.settings.public_url)
    assert tablet.get(link).request.path == "/seat"
    tablet.client.post("/me/leave")
    assert tablet.get("/seat").request.path == "/agenda"
    tablet.page = before
    tablet.post("/seat", do="does_not_come")
    assert "Amina" not in tablet.text
    with core.units.read() as uow:
        assert uow.session.scalars(select(GatheringParty.state)).one() == "in"
    tablet.send(join, name="Bilal", channel="sms", contact_sms="0470 12 34 52", agrees="yes")
    tablet.post("/seat", do="does_not_come")
    assert tablet.path == "/seat"
    with core.units.read() as uow:
        states = uow.session.scalars(select(GatheringParty.state).order_by(GatheringParty.number)).all()
        assert states == ["in", "withdrawn"]
