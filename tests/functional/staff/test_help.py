"""Help that is a person: name, phone and hours at the same spot of every page, of staff and errors too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import BuildError, Rule

from tests.functional.browsing import Browser
from tests.functional.signing_up import answers, sign_up
from tests.functional.staff.conftest import Hire, Meet
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.links import Purpose
from volunteer.models import Candidate, Introduction, Message, Organisation, Question, Suggestion
from volunteer.services import candidates

PostRole = Callable[..., UUID]
LANDMARKS = {"header", "nav", "main", "aside", "footer"}
NO_PAGES = {
    "my_suggestions.newest": "the live part of a page",
    "devices.state": "the live part of a page",
    "people.newest_suggestions": "the live part of a page",
    "development.mail": "a mail, as it was written",
    "development.mails": "for who tries the program on one machine",
}
ENDS = {"kiosk.over", "cards.by_link"}
"""What they open is another session than the one that looks."""
AT_THE_DESK = "keys"
"""There the strip is one line at the foot, beside the keys."""


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database is enough for what stands on a page."""
    return sqlite_url


class _Landmarks(HTMLParser):
    """The landmarks of a page in their order, each with its class, its text and its phone links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict[str, Any]] = []
        self._open: list[dict[str, Any]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in LANDMARKS:
            landmark: dict[str, Any] = {
                "tag": tag,
                "class": given.get("class") or "",
                "text": "",
                "phones": [],
            }
            self.found.append(landmark)
            self._open.append(landmark)
        href = given.get("href") or ""
        if tag == "a" and href.startswith("tel:"):
            for landmark in self._open:
                landmark["phones"].append(href.removeprefix("tel:"))

    def handle_endtag(self, tag: str) -> None:
        if tag in LANDMARKS and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for landmark in self._open:
            landmark["text"] += data


@pytest.fixture
def fill_in(core: Core, meet: Meet, post_role: PostRole, work: Callable[[], None]) -> dict[str, Any]:
    """Something real for every part of an address that can be filled in."""
    post_role()
    meet(answers(contact={"channel": "phone", "contact_phone": "0470 12 34 56"}))
    work()
    with core.units.read() as uow:
        person = uow.session.scalars(select(Candidate)).one()
        introduction = uow.session.scalars(select(Introduction)).one()
        suggestion = uow.session.scalars(select(Suggestion)).first()
        message = uow.session.scalars(select(Message)).first()
        question = uow.session.scalars(select(Question)).first()
        organisation = uow.session.scalars(select(Organisation)).one()
        link = core.links.make(Purpose.OPEN_FILE, person.id, proof=candidates.address_proof(person))
        assert suggestion
        return {
            "candidate_id": person.id,
            "introduction_id": introduction.id,
            "suggestion_id": suggestion.id,
            "list_id": suggestion.list_id,
            "about_id": suggestion.id,
            "message_id": message.id if message else uuid4(),
            "row_id": question.id if question else uuid4(),
            "organisation_id": organisation.id,
            "kind": "questions",
            "step": "name",
            "token": link.rpartition("/")[2],
        }


def _addresses(app: Flask, fill_in: dict[str, Any]) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.rule.startswith(("/api", "/static")):
            continue
        if rule.endpoint in NO_PAGES:
            continue
        for known in (fill_in, {}) if rule.arguments else (fill_in,):
            values = {
                name: known.get(
                    name, uuid4() if "uuid" in converter.regex or "A-Fa-f" in converter.regex else "x"
                )
                for name, converter in rule._converters.items()
            }
            with app.test_request_context():
                try:
                    path = app.url_for(rule.endpoint, **values)
                except (BuildError, ValueError):
                    continue  # a made-up part that this address does not take
            yield rule, path


def _is_there(app: Flask, core: Core, browser: Browser, path: str) -> str | None:
    answer = browser.client.get(path, headers={"Accept-Language": "nl"})
    if answer.mimetype != "text/html" or answer.status_code in {301, 302, 303, 307, 308}:
        return None
    landmarks = _Landmarks(answer.get_data(as_text=True)).found
    last = landmarks[-1]
    centre = core.settings.centre
    assert last["class"] in {"help", AT_THE_DESK}, f"{path} ends with {last['tag']} {last['class']}"
    assert last["phones"] == [centre.phone.replace(" ", "")], path
    for wanted in (*centre.people, centre.phone):
        assert wanted in last["text"], f"{path} does not say {wanted}"
    assert any(hours in last["text"] for hours in centre.hours.values()), path
    assert [each["tag"] for each in landmarks].count("main") == 1, path
    return "/".join((str(answer.status_code), last["class"]))


def test_a_person_to_call_is_the_last_thing_on_every_page(
    app: Flask, core: Core, hire: Hire, fill_in: dict[str, Any]
) -> None:
    people = {
        "nobody": Browser(app),
        "candidate": Browser(app),
        "organisation": hire(Role.OWNER, Role.SUPPORT_WORKER, language="nl").browser,
        "desk": hire(Role.DESK_WORKER, Role.ADMIN, language="nl").browser,
        "kiosk": hire(Role.DESK_WORKER, language="nl").browser,
    }
    people["candidate"].get(f"/open/{fill_in['token']}")
    people["kiosk"].send("/kiosk/hand-over")
    pages = [path for rule, path in _addresses(app, fill_in) if rule.endpoint not in ENDS]
    for who, browser in people.items():
        seen = {kind for path in pages if (kind := _is_there(app, core, browser, path))}
        assert {"200/help", "404/help"} <= seen, who
        assert ("200/keys" in seen) == (who == "desk"), who


def test_an_error_and_a_page_that_is_not_there_have_it_too(app: Flask, core: Core) -> None:
    @app.get("/break")
    def broken() -> str:
        raise RuntimeError("broken")

    for path, status in (("/break", "500"), ("/nowhere", "404")):
        assert _is_there(app, core, Browser(app), path) == f"{status}/help"


def test_a_form_with_errors_has_it_too(app: Flask, core: Core) -> None:
    browser = Browser(app)
    browser.send("/signup/name", first_name="", status=422)
    assert _Landmarks(browser.page).found[-1]["class"] == "help"
    sign_up(browser, until="consent")
    browser.send("/signup/consent", status=422)
    assert _Landmarks(browser.page).found[-1]["phones"] == [core.settings.centre.phone.replace(" ", "")]
