"""Every address stands behind a guard, or is named here as open to all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.routing import Rule

from volunteer.app import create_app
from volunteer.bootstrap import make_silent_core
from volunteer.config import from_environment
from volunteer.keyring import create

OPEN_TO_ALL = {
    "static": "files of ours",
    "start.home": "the start page",
    "start.language": "chooses a language",
    "health.alive": "for who looks after the machine",
    "health.ready": "for who looks after the machine",
    "follow_ups.ask": "opened by a signed link",
    "follow_ups.answer": "opened by a signed link",
    "signup.begin": "people sign up without an account",
    "signup.step": "people sign up without an account",
    "signup.answer": "people sign up without an account",
    "signup.too_young": "people sign up without an account",
    "cards.ask": "asks for the card",
    "cards.enter": "the token of the card is the guard",
    "cards.by_card": "the token of the card is the guard",
    "cards.by_paper": "the signature of the code is the guard",
    "cards.by_link": "the signature of the link is the guard",
    "blank_cards.by_code": "the code of the card is the guard, and it opens nothing of anybody",
    "blank_cards.show": "the code of the card is the guard, and it opens nothing of anybody",
    "blank_cards.begin": "the code of the card is the guard, and it opens nothing of anybody",
    "devices.question": "the signature of the link is the guard",
    "devices.answer": "the signature of the link is the guard",
    "devices.not_me": "the signature of the link is the guard",
    "devices.stop_from_afar": "the signature of the link is the guard",
    "confirming.by_link": "the signature of the link is the guard",
    "passed_answers.show": "the signature of the link is the guard",
    "passed_answers.say": "the signature of the link is the guard",
    "confirming.gone": "knows nothing of whoever reads it",
    "devices.confirmed": "says only that it is done",
    "me.erased": "knows nothing of whoever reads it",
    "me.keep": "the signature of the link is the guard",
    "me.keep_now": "the signature of the link is the guard",
    "unsubscribe.ask": "the signature of the link is the guard",
    "unsubscribe.stop": "the signature of the link is the guard",
    "me.leave": "whoever wants to be forgotten may be",
    "incidents.tell": "anyone may say that something is not right",
    "incidents.send": "anyone may say that something is not right",
    "incidents.sent": "anyone may say that something is not right",
    "law.show": "the law is the same for everybody",
    "agenda.index": "what comes is the same for everybody",
    "agenda.show": "what comes is the same for everybody",
    "agenda.join": "people sign up without an account",
    "agenda.send": "people sign up without an account",
    "agenda.seat": "the signature of the link is the guard",
    "agenda.decide": "the signature of the link is the guard",
    "agenda.seat_here": "the visit of a kiosk holds whose seat it is",
    "agenda.decide_here": "the visit of a kiosk holds whose seat it is",
    "agenda.ticket": "the signature of the link is the guard",
    "agenda.for_event_database": "what comes is the same for everybody, and names nobody",
    "agenda.to_follow": "what comes is the same for everybody, and names nobody",
    "agenda.for_calendar": "what comes is the same for everybody",
    "agenda.after": "the signature of the link is the guard",
    "agenda.answer": "the signature of the link is the guard",
    "markets.say_interest": "the signature of the link is the guard",
    "markets.say_interest_here": "the visit of a kiosk holds whose card it is",
    "market_day.door": "the signature of the link is the guard",
    "market_day.door_mark": "the signature of the link is the guard",
    "market_day.door_card_page": "the signature of the link is the guard",
    "market_day.door_card_mark": "the signature of the link is the guard",
    "market_day.door_group": "the signature of the link is the guard",
    "market_day.door_group_mark": "the signature of the link is the guard",
    "market_day.door_new": "the signature of the link is the guard",
    "market_day.door_new_now": "the signature of the link is the guard",
    "market_day.stand": "the signature of the link is the guard",
    "market_day.mark": "the signature of the link is the guard",
    "law.workshop": "the law is the same for everybody",
    "markets.show": "what everybody may read",
    "markets.join": "somebody without a file comes",
    "markets.send": "somebody without a file comes",
    "markets.card": "the signature of the link is the guard",
    "markets.own_dates": "the signature of the link is the guard",
    "markets.own_paper": "the signature of the link is the guard",
    "markets.decide": "the signature of the link is the guard",
    "markets.card_here": "the visit of a kiosk holds whose card it is",
    "markets.decide_here": "the visit of a kiosk holds whose card it is",
    "markets.board": "hangs on the wall, and names nobody who comes",
    "markets.board_now": "hangs on the wall, and names nobody who comes",
    "access_guide.index": "what helps is the same for everybody",
    "questions.show": "the signature of the link is the guard",
    "questions.answer": "the signature of the link is the guard",
    "access_guide.show": "what helps is the same for everybody",
    "kiosk.here": "somebody is busy at a tablet",
    "kiosk.over": "the end of a visit at a tablet",
    "kiosk.paper": "says who prints, where a file would stay behind",
    "kiosk.leave": "asks who it is",
    "kiosk.leave_now": "asks who it is",
    "auth.login": "asks who it is",
    "auth.log_in_now": "asks who it is",
    "auth.logout": "whoever wants to leave may",
    "text_replies.take": "the key of the gateway is the guard",
    "joining.form": "an organisation joins without an account",
    "joining.send": "an organisation joins without an account",
    "joining.sent": "says only that a mail is on its way",
    "joining.asked": "says only that a team decides",
    "joining.confirm_page": "the signature of the link is the guard",
    "joining.confirm": "the signature of the link is the guard",
    "joining.invited": "the signature of the invitation is the guard",
    "joining.come": "the signature of the invitation is the guard",
    "invitation.show": "the signature of the invitation is the guard",
    "invitation.take_up": "the signature of the invitation is the guard",
    "roles.still_true": "the signature of the link is the guard",
    "roles.confirm_now": "the signature of the link is the guard",
    "vocabulary.show": "the codes are public",
    "districts.index": "the map is public",
    "candidates.enrol": "a person signs up through a program, with their own consents",
    "tokens.issue": "asks for address and password",
    "api-docs.openapi_json": "describes the API",
}
ON_ONE_MACHINE_ONLY = {"development.mails", "development.mail"}
ELSEWHERE = {"/login", "/card"}
SOME_ID = UUID(int=1)
A_POSTING = {"title": "Soep koken", "description": "Elke dinsdag.", "language": "nl"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("routes")
    create(folder / "keys")
    core = make_silent_core(
        from_environment(
            {"DATA": str(folder), "KEYS": str(folder / "keys"), "RATE_LIMITS": "0", "DEVELOPMENT": "1"}
        )
    )
    yield create_app(core.settings, core)
    core.engine.dispose()


def _closed(app: Flask) -> list[Rule]:
    opened = OPEN_TO_ALL.keys() | ON_ONE_MACHINE_ONLY
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in opened]


def test_the_list_names_only_what_is_there(app: Flask) -> None:
    assert OPEN_TO_ALL.keys() - {rule.endpoint for rule in app.url_map.iter_rules()} == set()


def test_every_other_page_has_its_guard(app: Flask) -> None:
    unguarded = {
        rule.endpoint
        for rule in _closed(app)
        if not rule.rule.startswith("/api/") and not hasattr(app.view_functions[rule.endpoint], "guard")
    }
    assert unguarded == set()


def test_a_stranger_gets_nowhere(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    let_in = {}
    for rule in _closed(app):
        somewhere: dict[str, Any] = dict.fromkeys(rule.arguments, SOME_ID)
        with app.test_request_context():
            path = app.url_for(rule.endpoint, **somewhere)
        body = A_POSTING if path.startswith("/api/") else None
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            answer = app.test_client().open(path, method=method, json=body if method != "GET" else None)
            location = answer.headers.get("Location", "").partition("?")[0]
            is_turned_away = answer.status_code == 401 or location in ELSEWHERE
            if not is_turned_away:
                let_in[f"{method} {rule.rule}"] = answer.status_code
    assert let_in == {}


def test_no_page_shadows_another(app: Flask) -> None:
    seen = [
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method not in {"HEAD", "OPTIONS"}
    ]
    assert len(seen) == len(set(seen))


def test_no_file_is_served_from_elsewhere(app: Flask) -> None:
    assert Path(app.static_folder or "").parent.name == "volunteer"
