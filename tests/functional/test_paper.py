"""Paper from a person's own file: only their own, only what may be on paper, and it counts as shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.functional.browsing import Browser
from tests.functional.signing_up import answers, sign_up
from tests.paper import Paper, pages, sizes, watch
from volunteer.bootstrap import Core
from volunteer.documents.sheet import Sheet
from volunteer.domain.access import FEATURES, Answer
from volunteer.models import Candidate, Introduction, NeedReading, Suggestion
from volunteer.services import cards

PostRole = Callable[..., UUID]
Work = Callable[[], None]


@pytest.fixture
def with_file(browser: Browser, post_role: PostRole, work: Work) -> Browser:
    """Somebody who needs an entrance without steps, and sees a role where that is to be asked first."""
    post_role(access={"ic.plain_language": Answer.YES})
    sign_up(browser)
    work()
    return browser


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> Paper:
    return watch(monkeypatch)


def _print(browser: Browser, path: str, *, status: int = 200) -> TestResponse:
    answer = browser.client.get(path, headers={"Accept-Language": "en"})
    assert answer.status_code == status
    return answer


def _suggestion(core: Core) -> UUID:
    with core.units.read() as uow:
        return uow.session.scalars(select(Suggestion.id)).one()


def test_a_slip_of_a_suggestion(with_file: Browser, core: Core, paper: Paper) -> None:
    answer = _print(with_file, f"/me/paper/slip/{_suggestion(core)}")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == "inline; filename=slip.pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "script-src 'none'; object-src 'self'" in answer.headers["Content-Security-Policy"]
    assert (pages(answer.data), sizes(answer.data)) == (1, {(148, 210)})
    for words in ("Suggestion", "Buurtkeuken Pollepel", "Vraag naar ", "Ask for ", "Anderlecht"):
        assert words in paper.text


def test_every_size_can_be_asked_for_and_nothing_else_breaks(with_file: Browser) -> None:
    assert sizes(_print(with_file, "/me/paper/suggestions").data) == {(210, 297)}
    assert sizes(_print(with_file, "/me/paper/suggestions?size=A5").data) == {(148, 210)}
    assert sizes(_print(with_file, "/me/paper/suggestions?size=<script>").data) == {(210, 297)}


def test_what_is_printed_counts_as_shown(with_file: Browser, core: Core) -> None:
    _print(with_file, "/me/paper/suggestions")
    with core.units.read() as uow:
        assert all(each.shown_at for each in uow.session.scalars(select(Suggestion)))


def test_no_need_is_on_paper_or_opened_for_it(with_file: Browser, core: Core, paper: Paper) -> None:
    with core.units.read() as uow:
        before = len(uow.session.scalars(select(NeedReading)).all())
    _print(with_file, "/me/paper/suggestions")
    _print(with_file, f"/me/paper/slip/{_suggestion(core)}")
    assert "You like to do this: cooking." in paper.text
    assert "We ask them something first." in paper.text
    for feature in FEATURES.values():
        for language in ("en", "nl"):
            assert feature.label(language) not in paper.text
    with core.units.read() as uow:
        assert len(uow.session.scalars(select(NeedReading)).all()) == before


def test_a_slip_follows_the_introduction(with_file: Browser, core: Core, paper: Paper) -> None:
    with_file.get("/me/suggestions")
    with_file.send(str(re.findall(r'action="(/me/suggestions/[^"]+/meet)"', with_file.page)[0]))
    with core.units.read() as uow:
        introduction = uow.session.scalars(select(Introduction.id)).one()
    _print(with_file, f"/me/paper/slip/{introduction}")
    assert "Introduction" in paper.text
    stop = re.findall(r'action="(/me/introductions/[^"]+/withdraw)"', with_file.page)[0]
    with_file.post(stop)
    _print(with_file, f"/me/paper/slip/{introduction}", status=404)


def test_nobody_prints_what_is_somebody_elses(with_file: Browser, app: Flask, core: Core, work: Work) -> None:
    suggestion = _suggestion(core)
    other = Browser(app, language="en")
    sign_up(other, answers(contact={"channel": "desk"}))
    work()
    _print(other, f"/me/paper/slip/{suggestion}", status=404)
    _print(Browser(app), f"/me/paper/slip/{suggestion}", status=302)
    _print(Browser(app), "/me/paper/card", status=302)


def test_a_card_is_printed_while_it_is_new(with_file: Browser, core: Core, paper: Paper) -> None:
    drawn = _print(with_file, "/me/paper/card")
    assert sizes(drawn.data) == {(210, 297)}
    assert "Amina" in paper.text
    assert re.search(r"^K-\d{4}-\d{4}$", paper.text, re.MULTILINE)
    with with_file.client.session_transaction() as session:
        session.pop("candidate_token")
    assert "Ask for a new one" in with_file.get("/me/paper/card", status=404).text


def test_the_code_on_a_slip_opens_no_more_than_the_card(
    with_file: Browser, app: Flask, core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes: list[str] = []
    draw = Sheet.code

    def watched(sheet: Sheet, link: str, **where: Any) -> None:
        codes.append(link.removeprefix(core.settings.public_url))
        draw(sheet, link, **where)

    monkeypatch.setattr(Sheet, "code", watched)
    _print(with_file, f"/me/paper/slip/{_suggestion(core)}")
    _print(with_file, "/me/paper/suggestions")
    assert len(codes) == 2
    for code in codes:
        finder = Browser(app, language="en")
        assert finder.get(code).request.path == "/me/first"
        assert finder.get("/me/data").request.path == "/me/first"
        assert with_file.get(code).request.path == "/me"
    with core.units.write() as uow:
        cards.revoke(uow, uow.session.scalars(select(Candidate)).one())
    assert Browser(app).get(codes[0]).request.path == "/card"
