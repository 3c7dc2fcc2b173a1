"""No more messages like this: one click of a mail program, a button for people; a scanner changes nothing."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from flask import Flask

from tests.functional.browsing import Browser
from volunteer.bootstrap import Core
from volunteer.domain.messages import Topic
from volunteer.links import Purpose
from volunteer.services import subscriptions

READER = UUID("3f0c7c9e-5d0c-4a4e-9f7e-2a1b6f6f1c55")
OK = HTTPStatus.OK


def _path(core: Core, proof: str = "candidate:new_roles") -> str:
    return urlsplit(core.links.make(Purpose.UNSUBSCRIBE, READER, proof=proof)).path


def _muted(core: Core) -> list[str]:
    with core.units.read() as uow:
        return list(subscriptions.muted(uow, READER))


def test_opening_the_link_changes_nothing(app: Flask, core: Core) -> None:
    client = app.test_client()
    for _ in range(3):
        assert client.get(_path(core)).status_code == OK
        assert client.head(_path(core)).status_code == OK
    assert _muted(core) == []


def test_one_click_of_a_mail_program_without_cookie_or_form(app: Flask, core: Core) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    for _ in range(2):
        answer = app.test_client().post(_path(core), data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == OK, "a mail program follows no redirect"
    assert _muted(core) == [Topic.NEW_ROLES]


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar"])
@pytest.mark.parametrize("topic", list(Topic))
def test_a_person_stops_them_and_begins_again(app: Flask, core: Core, language: str, topic: Topic) -> None:
    browser = Browser(app, language=language)
    path = _path(core, f"candidate:{topic}")
    browser.get(path)
    assert READER.hex not in browser.page
    browser.send(path)
    assert _muted(core) == [topic]
    browser.send(path, do="again")
    assert _muted(core) == []


@pytest.mark.parametrize("proof", ["candidate:everything", "nobody:new_roles", "", ":"])
def test_what_is_no_topic_is_refused(app: Flask, core: Core, proof: str) -> None:
    assert app.test_client().post(_path(core, proof)).status_code == HTTPStatus.FORBIDDEN
    assert _muted(core) == []


def test_a_link_for_something_else_does_not_unsubscribe(app: Flask, core: Core) -> None:
    link = core.links.make(Purpose.OPEN_FILE, READER, proof="candidate:new_roles")
    stolen = "/unsubscribe/" + link.rpartition("/")[2]
    assert app.test_client().post(stolen).status_code == HTTPStatus.FORBIDDEN
    assert _muted(core) == []


def test_a_short_link_is_good_for_its_purpose_alone_and_whole(core: Core) -> None:
    reader = uuid4()
    token = core.links.make_short(Purpose.KEEP_FILE, reader, proof="0123456789abcdef").rpartition("/")[2]
    assert core.links.read(Purpose.KEEP_FILE, token) == (reader, "0123456789abcdef")
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), "A" + token[1:], "é" * 48, "*" * 48):
        if wrong != token:
            with pytest.raises(Exception, match="does not work"):
                core.links.read(Purpose.KEEP_FILE, wrong)
    with pytest.raises(Exception, match="does not work"):
        core.links.read(Purpose.OPEN_FILE, token)
