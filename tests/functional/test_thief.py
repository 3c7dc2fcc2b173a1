"""What somebody gets who walks in with another's ids, an old page, or no page at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.functional.browsing import Browser, csrf_token_of
from tests.functional.signing_up import answers, sign_up
from volunteer.bootstrap import Core
from volunteer.models import Candidate, Device, Introduction, Suggestion, SuggestionList

Work = Callable[[], None]
ENGLISH = {"Accept-Language": "en"}
WITHOUT_TOKEN = {
    "unsubscribe.stop": "the signature of the link is the proof; mail programs press it (RFC 8058)",
    "kiosk.here": "says only that somebody is busy",
    "text_replies.take": "a gateway without a browser; its key is the proof",
    "me.leave": "only forgets, and from another site the cookies do not come along",
}
ABOUT_NOBODY = {"vocabulary.show", "districts.index", "agenda.for_event_database", "agenda.to_follow"}
"""Public lists for programs, which may be kept for a while."""
READS_NO_BODY = {"me.leave", "kiosk.here"}
FOR_PROGRAMS = "/api/"
ELSEWHERE = (
    "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
    "/\t/evil.example", "https:evil.example", "///evil.example", "/%09//evil.example", "http://localhost@evil.example",
)  # fmt: skip


@pytest.fixture
def two(
    app: Flask, core: Core, post_role: Callable[..., UUID], work: Work
) -> tuple[Browser, dict[str, list[UUID]]]:
    """A thief with a file of their own, and the ids of everything of somebody else."""
    post_role()
    victim = Browser(app, language="en")
    sign_up(victim)
    work()
    victim.get("/me/suggestions")
    victim.send(re.findall(r'action="(/me/suggestions/[^"]+/meet)"', victim.page)[0])
    work()
    thief = Browser(app, language="en")
    sign_up(thief, answers(name={"first_name": "Dief"}, contact={"channel": "desk"}))
    work()
    with core.units.read() as uow:
        person = uow.session.scalars(select(Candidate).where(Candidate.first_name == "Amina")).one().id

        def of(kind: Any) -> list[UUID]:
            return list(uow.session.scalars(select(kind.id).where(kind.candidate_id == person)))

        ids = {
            "suggestion_id": of(Suggestion),
            "list_id": of(SuggestionList),
            "introduction_id": of(Introduction),
            "device_id": of(Device),
            "candidate_id": [person],
            "follow_up_id": [person],
        }
    return thief, ids


def _address(app: Flask, endpoint: str, names: Iterable[str], value: object) -> str:
    somewhere: dict[str, Any] = dict.fromkeys(names, value)
    with app.test_request_context():
        return app.url_for(endpoint, **somewhere)


def _state(core: Core) -> list[Any]:
    """Everything of the one who is robbed, as it stands."""
    with core.units.read() as uow:
        person = uow.session.scalars(select(Candidate).where(Candidate.first_name == "Amina")).one()
        found: list[Any] = [person.needs_sealed, person.contact_sealed, person.channel, person.seen_on]
        for kind in (Suggestion, Introduction, Device):
            rows = (
                select(kind.__table__)
                .where(kind.__table__.c.candidate_id == person.id)
                .order_by(kind.__table__.c.id)
            )
            found += [tuple(row) for row in uow.session.execute(rows)]
        return found


def test_ids_of_somebody_else_open_and_change_nothing(
    two: tuple[Browser, dict[str, list[UUID]]], app: Flask, core: Core
) -> None:
    thief, ids = two
    thief.get("/not-right")
    token = csrf_token_of(thief.page)
    before = _state(core)
    tried = 0
    for rule in app.url_map.iter_rules():
        guard = getattr(app.view_functions[rule.endpoint], "guard", None)
        names = [name for name in rule.arguments if name in ids]
        if guard not in {"candidate", "known candidate"} or not names:
            continue
        for one in ids[names[0]]:
            path = _address(app, rule.endpoint, names, one)
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                data = {"csrf_token": token, "reason": "", "message": "x"} if method == "POST" else None
                answer = thief.client.open(path, method=method, data=data, headers=ENGLISH)
                page = answer.get_data(as_text=True)
                tried += 1
                assert "Amina" not in page
                is_sent_on = answer.status_code in {302, 303} and method == "POST"
                assert answer.status_code == 404 or is_sent_on, f"{method} {path}: {answer.status_code}"
    assert tried > 15
    assert _state(core) == before


def test_every_form_wants_the_token_of_its_page(app: Flask) -> None:
    let_in = {}
    for rule in app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()) or rule.rule.startswith(FOR_PROGRAMS):
            continue
        path = _address(app, rule.endpoint, rule.arguments, UUID(int=1))
        answer = app.test_client().post(path, data={"csrf_token": "made up"}, headers=ENGLISH)
        if answer.status_code != 400 and rule.endpoint not in WITHOUT_TOKEN:
            let_in[rule.endpoint] = answer.status_code
    assert let_in == {}


def test_a_session_from_before_is_not_gone_on_with(app: Flask, two: tuple[Browser, Any]) -> None:
    planted = Browser(app, language="en")
    planted.get("/signup/name")
    before = planted.cookie("session")
    assert before
    sign_up(planted)
    assert planted.cookie("session") != before
    thief = Browser(app, language="en")
    thief.client.set_cookie("session", before)
    assert thief.get("/me").request.path == "/card"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_no_address_of_ours_leads_elsewhere(app: Flask, elsewhere: str) -> None:
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.arguments - {"language", "code"}:
            continue
        path = _address(app, rule.endpoint, rule.arguments, "fr")
        asked = {"next": elsewhere, "back": elsewhere, "to": elsewhere, "url": elsewhere}
        answer = app.test_client().get(path, query_string=asked, headers=ENGLISH)
        location = answer.headers.get("Location", "/")
        assert location.startswith("/"), f"{path}: {location}"
        assert not location.startswith(("//", "/\\")), f"{path}: {location}"


def test_no_page_of_a_person_is_kept_or_names_its_token(
    two: tuple[Browser, Any], app: Flask, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    thief, _ids = two
    thief.get("/me/suggestions")
    link = re.findall(r'href="[^"]*/c/([\w-]{22})"', thief.page)[0]
    other = app.test_client()
    answer = other.get(f"/c/{link}", headers=ENGLISH)
    assert answer.headers["Location"] == "/me/first", "the token leaves the address at once"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert link not in other.get("/me/first", headers=ENGLISH).get_data(as_text=True)
    assert link not in caplog.text + "".join(capfd.readouterr())
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint != "static" and not rule.arguments:
            headers = thief.client.get(rule.rule, headers=ENGLISH).headers
            if rule.endpoint not in ABOUT_NOBODY:
                assert "no-store" in headers["Cache-Control"], rule.rule
            assert headers["Referrer-Policy"] == "no-referrer"
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_a_body_that_is_too_large_is_refused_everywhere(app: Flask) -> None:
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()):
            continue
        path = _address(app, rule.endpoint, rule.arguments, UUID(int=1))
        kind = "application/json" if path.startswith(FOR_PROGRAMS) else "application/x-www-form-urlencoded"
        answer = client.post(path, data=b"a=" + b"x" * 2_000_000, content_type=kind, headers=ENGLISH)
        assert answer.status_code < 500, rule.rule
        is_sent_away = answer.headers.get("Location", "").startswith(("/login", "/card"))
        assert answer.status_code >= 400 or is_sent_away or rule.endpoint in READS_NO_BODY, rule.rule
