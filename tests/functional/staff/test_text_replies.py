"""What people text back: an answer, STOP, or words for the desk; and who may hand it over."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.functional.signing_up import answers
from tests.functional.staff.asking import SURE, ask, going, start
from tests.functional.staff.conftest import Hire, Meet
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.retention import ErasureAsked
from volunteer.models import Candidate, MutedTopic, Reply, TakenIn
from volunteer.services import erasure, export, replies

KEY = "a key that only the gateway knows"
NUMBER = "+32470123456"
Work = Callable[[], None]
MakeApp = Callable[..., Flask]


@pytest.fixture
def gateway(make_app: MakeApp) -> Flask:
    """The application where text messages that come back are taken."""
    return make_app(SMS_INCOMING_KEY=KEY)


@pytest.fixture
def asked(post_role: Callable[..., UUID], meet: Meet, core: Core, work: Work) -> UUID:
    """Somebody with a phone who was asked by text message how it goes."""
    post_role(access=SURE)
    introduction_id = meet(answers(contact={"channel": "sms", "contact_sms": "0470 12 34 56"}))
    start(core, introduction_id)
    ask(core, work)
    return introduction_id


def _send(app: Flask, text: str, *, known_as: str = "1", sender: str = NUMBER, key: str = KEY) -> int:
    return _post(app, json.dumps({"id": known_as, "from": sender, "text": text}).encode(), key=key)


def _post(app: Flask, body: bytes, *, key: str = KEY, **more: Any) -> int:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    app.config["WTF_CSRF_ENABLED"] = True
    return app.test_client().post("/sms/incoming", data=body, headers=headers, **more).status_code


def _kept(core: Core) -> list[str]:
    with core.units.read() as uow:
        return [replies.words_of(uow, each) for each in uow.session.scalars(select(Reply))]


def _muted(core: Core) -> set[str]:
    with core.units.read() as uow:
        return set(uow.session.scalars(select(MutedTopic.topic)))


def test_without_a_key_there_is_no_such_address(app: Flask) -> None:
    assert _send(app, "1") == 404


def test_only_the_gateway_hands_over(gateway: Flask, asked: UUID, core: Core) -> None:
    for key in ("", "another key", KEY + "x", KEY[:-1], "é"):
        assert _send(gateway, "1", key=key) == 401
    assert going(core) == (None, None)


@pytest.mark.parametrize(
    ("text", "said"), [("Kan beter", "could_be_better"), ("3", "stopped"), ("١", "well")]
)
def test_a_figure_or_a_word_answers(gateway: Flask, asked: UUID, core: Core, text: str, said: str) -> None:
    assert _send(gateway, text) == 204
    assert going(core) == (said, "reply")
    assert _kept(core) == []


def test_the_same_one_again_changes_nothing(gateway: Flask, asked: UUID, core: Core) -> None:
    _send(gateway, "Bel me op", known_as="a")
    _send(gateway, "Bel me op", known_as="a")
    assert _kept(core) == ["Bel me op"]


def test_a_number_is_found_however_the_gateway_writes_it(gateway: Flask, asked: UUID, core: Core) -> None:
    assert _send(gateway, "1", sender="0470 12 34 56") == 204
    assert going(core)[0] == "well"


def test_the_answer_once_more_is_no_news_and_another_one_is(gateway: Flask, asked: UUID, core: Core) -> None:
    _send(gateway, "1", known_as="a")
    _send(gateway, "1", known_as="b")
    assert _kept(core) == []
    _send(gateway, "3", known_as="c")
    assert going(core)[0] == "well"
    assert _kept(core) == ["3"], "a person changed their mind: somebody reads it"


def test_of_a_number_we_do_not_write_to_nothing_is_kept(gateway: Flask, asked: UUID, core: Core) -> None:
    for number, sender in enumerate(("+32470999999", "Steunpunt", "1234", "\ud800", "0" * 32)):
        assert _send(gateway, "Bel me op", known_as=str(number), sender=sender) == 204
    assert _kept(core) == []
    with core.units.read() as uow:
        assert uow.session.scalars(select(TakenIn)).all() == []


def test_stop_ends_what_can_be_done_without(gateway: Flask, asked: UUID, core: Core) -> None:
    assert _send(gateway, "STOP") == 204
    assert _muted(core) == {"new_roles", "reminders"}
    assert going(core) == (None, None)


def test_other_words_stand_at_the_desk_until_somebody_read_them(
    gateway: Flask, asked: UUID, core: Core, hire: Hire
) -> None:
    _send(gateway, "Ik wil iemand spreken, <b>snel</b>")
    desk = hire(Role.DESK_WORKER).browser
    with core.units.read() as uow:
        reply = uow.session.scalars(select(Reply)).one()
        assert b"spreken" not in reply.words_sealed
    desk.get("/desk")
    assert "Wrote back by text message." in desk.text
    desk.get(f"/desk/replies/{reply.id}")
    assert "Ik wil iemand spreken, <b>snel</b>" in desk.text
    assert "<b>snel</b>" not in desk.page
    assert "/desk/how/" in desk.page
    desk.send(f"/desk/replies/{reply.id}")
    assert "Wrote back by text message." not in desk.text
    desk.post(f"/desk/replies/{reply.id}")
    assert "This was done already." in desk.text


def test_its_writer_reads_and_takes_along_what_we_keep_of_it(gateway: Flask, asked: UUID, core: Core) -> None:
    _send(gateway, "Bel me op")
    with core.units.write() as uow:
        person = uow.session.scalars(select(Candidate)).one()
        (kept,) = export.everything(uow, person, language="nl")["replies"]
        assert kept["words"] == "Bel me op"
        (seen,) = replies.written_by(uow, person.id)
        assert replies.words_of(uow, seen) == "Bel me op"


def test_it_goes_some_weeks_after_it_was_read(gateway: Flask, asked: UUID, core: Core, hire: Hire) -> None:
    _send(gateway, "Bel me op")
    account_id = hire(Role.DESK_WORKER).account_id
    with core.units.write() as uow:
        reply = uow.session.scalars(select(Reply)).one()
        replies.mark_read(uow, reply.id, account_id=account_id)
        reply.read_at = uow.now - timedelta(days=29)
        replies.forget_old(uow)
        assert len(replies.written_by(uow, reply.candidate_id or UUID(int=0))) == 1
        reply.read_at = uow.now - timedelta(days=30)
        uow.session.flush()
        replies.forget_old(uow)
    assert _kept(core) == []


def test_it_goes_with_the_file(gateway: Flask, asked: UUID, core: Core) -> None:
    _send(gateway, "Bel me op")
    with core.units.write() as uow:
        person = uow.session.scalars(select(Candidate)).one()
        erasure.erase(uow, person, asked_by=ErasureAsked.CANDIDATE)
    assert _kept(core) == []


OTHER_FORMS = (
    b"[]", b"null", b"{", b"\xff\xfe", b"[" * 9000, b'{"id": "1"}',
    b'{"id": 1, "from": "+32", "text": "1"}',
    b'{"id": "", "from": "+32470123456", "text": "1"}',
    b'{"id": "1", "from": "", "text": "1"}',
    json.dumps({"id": "x" * 201, "from": NUMBER, "text": "1"}).encode(),
    json.dumps({"id": "1", "from": "0" * 33, "text": "1"}).encode(),
)  # fmt: skip


def test_what_has_another_form_is_refused(gateway: Flask) -> None:
    assert {_post(gateway, body) for body in OTHER_FORMS} == {400}
    assert _post(gateway, b"") == 411


def test_what_is_too_large_is_not_read(gateway: Flask) -> None:
    assert _post(gateway, b" " * (16 * 1024 + 1)) == 413


def test_no_text_is_too_strange(gateway: Flask, asked: UUID, core: Core) -> None:
    strange = ("", "   ", "\x00", "\ud800\udfff", "1" * 5000, "😀" * 900)
    for number, text in enumerate(strange):
        assert _send(gateway, text, known_as=str(number)) == 204
    assert all(len(each) <= 2000 for each in _kept(core))
    assert going(core) == (None, None)
