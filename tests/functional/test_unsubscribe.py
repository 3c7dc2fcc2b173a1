"""No more messages like this: one click of a mail program, a button for people; a scanner changes nothing."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from tests.functional.browsing import Browser
from volunteer.bootstrap import Core
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import Purpose as Agreed
from volunteer.domain.messages import Topic
from volunteer.domain.retention import ErasureAsked
from volunteer.links import Purpose
from volunteer.models import Candidate, MutedTopic
from volunteer.services import candidates, erasure, merging

OK = HTTPStatus.OK


@pytest.fixture
def reader(core: Core) -> UUID:
    return _somebody(core)


def _somebody(core: Core) -> UUID:
    answers = SignUp(
        first_name="Amina",
        language="nl",
        channel=Channel.EMAIL,
        contact="amina@voorbeeld.example",
        consents=frozenset({Agreed.ACCOUNT, Agreed.MATCH}),
    )
    with core.units.write() as uow:
        return candidates.enrol(uow, answers, origin="page")[0].id


def _path(core: Core, reader: UUID, proof: str = "candidate:new_roles") -> str:
    return urlsplit(core.links.make(Purpose.UNSUBSCRIBE, reader, proof=proof)).path


def _muted(core: Core) -> list[tuple[UUID, str]]:
    with core.units.read() as uow:
        return [(each.recipient_id, each.topic) for each in uow.session.scalars(select(MutedTopic))]


def test_opening_the_link_changes_nothing(app: Flask, core: Core, reader: UUID) -> None:
    client = app.test_client()
    for _ in range(3):
        assert client.get(_path(core, reader)).status_code == OK
        assert client.head(_path(core, reader)).status_code == OK
    assert _muted(core) == []


def test_the_page_names_what_would_stop(app: Flask, core: Core, reader: UUID) -> None:
    anyone = Browser(app, language="en")
    anyone.get(_path(core, reader))
    assert "Messages about new roles for you" in anyone.text


def test_one_click_of_a_mail_program_without_cookie_or_form(app: Flask, core: Core, reader: UUID) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    for _ in range(2):
        answer = app.test_client().post(_path(core, reader), data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == OK, "a mail program follows no redirect"
    assert _muted(core) == [(reader, Topic.NEW_ROLES)]


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar"])
@pytest.mark.parametrize("topic", list(Topic))
def test_a_person_stops_them_and_begins_again(
    app: Flask, core: Core, reader: UUID, language: str, topic: Topic
) -> None:
    browser = Browser(app, language=language)
    path = _path(core, reader, f"candidate:{topic}")
    browser.get(path)
    assert reader.hex not in browser.page
    browser.send(path)
    assert _muted(core) == [(reader, topic)]
    browser.send(path, do="again")
    assert _muted(core) == []


@pytest.mark.parametrize("proof", ["candidate:everything", "nobody:new_roles", "", ":"])
def test_what_is_no_topic_is_refused(app: Flask, core: Core, reader: UUID, proof: str) -> None:
    assert app.test_client().post(_path(core, reader, proof)).status_code == HTTPStatus.FORBIDDEN
    assert _muted(core) == []


def test_a_link_for_something_else_does_not_unsubscribe(app: Flask, core: Core, reader: UUID) -> None:
    link = core.links.make(Purpose.OPEN_FILE, reader, proof="candidate:new_roles")
    stolen = "/unsubscribe/" + link.rpartition("/")[2]
    assert app.test_client().post(stolen).status_code == HTTPStatus.FORBIDDEN
    assert _muted(core) == []


def test_the_link_of_a_file_that_went_into_another_stops_the_mails_of_that_one(
    app: Flask, core: Core, reader: UUID
) -> None:
    other = _somebody(core)
    with core.units.write() as uow:
        pair = merging.two_files(uow, reader, other)
        gone, stays = pair.goes.id, pair.stays.id
        merging.merge(uow, pair, {}, account_id=uuid4())
    client = app.test_client()
    assert client.post(_path(core, gone)).status_code == OK
    assert _muted(core) == [(stays, Topic.NEW_ROLES)]
    assert client.post(_path(core, gone), data={"do": "again"}).status_code == OK
    assert _muted(core) == []


def test_of_who_was_erased_a_click_keeps_nothing(app: Flask, core: Core, reader: UUID) -> None:
    with core.units.write() as uow:
        erasure.erase(uow, uow.session.get_one(Candidate, reader), asked_by=ErasureAsked.CANDIDATE)
    for proof in ("candidate:new_roles", "account:roles", "organisation:roles", "reporter:roles"):
        assert app.test_client().post(_path(core, reader, proof)).status_code == OK
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
