"""The desk reads every kind of message, prints all letters at once, and sees what went out."""

from __future__ import annotations

import re
from http import HTTPStatus
from uuid import uuid4

import pytest

from tests.functional.staff.conftest import Hire
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import Purpose
from volunteer.domain.messages import MessageKind, MessageState, Recipient
from volunteer.messages.registry import COMPOSERS
from volunteer.models import Candidate, JoinRequest, Message
from volunteer.services import candidates, messages

OK, NOT_FOUND = HTTPStatus.OK, HTTPStatus.NOT_FOUND


def _told_by_post(core: Core, name: str) -> Message:
    answers = SignUp(
        first_name=name,
        language="ar" if name == "Amal" else "fr",
        channel=Channel.LETTER,
        contact=f"{name}, Kerkstraat 1, 1000 Brussel",
        consents=frozenset({Purpose.ACCOUNT, Purpose.MATCH}),
    )
    with core.units.write() as uow:
        candidate, _ = candidates.enrol(uow, answers, origin="page")
        cause = uuid4()
        messages.tell_candidate(
            uow,
            uow.session.get_one(Candidate, candidate.id),
            MessageKind.SUGGESTIONS_READY,
            about_id=uuid4(),
            cause_id=cause,
        )
        uow.session.flush()
        return uow.session.query(Message).filter_by(cause_id=cause).one()


@pytest.mark.parametrize("kind", list(MessageKind))
def test_every_kind_can_be_read_in_every_language_and_channel(hire: Hire, kind: MessageKind) -> None:
    browser = hire(Role.DESK_WORKER).browser
    browser.get("/desk/messages/preview")
    assert f"/desk/messages/preview/{kind}/en" in browser.page
    browser.get(f"/desk/messages/preview/{kind}/nl")
    languages = re.findall(rf"/desk/messages/preview/{kind}/(\w\w)\"", browser.page)
    assert {"nl", "fr", "en"} <= set(languages)
    assert "Names, roles and days in these examples are made up." in browser.page
    for language in set(languages):
        assert browser.get(f"/desk/messages/preview/{kind}/{language}").status_code == OK
        mail = browser.get(f"/desk/messages/preview/{kind}/{language}/mail")
        assert mail.status_code == OK
        assert f'lang="{language}"' in mail.text
        assert ('dir="rtl"' in mail.text) == (language == "ar")
        assert not re.search(r"<img|<script|<link|@import|url\(|src=", mail.text), "nothing is fetched"
        assert "default-src 'none'" in mail.headers["Content-Security-Policy"]


def test_what_candidates_get_is_there_in_arabic_and_on_paper(hire: Hire) -> None:
    browser = hire(Role.DESK_WORKER).browser
    kind = MessageKind.ACCEPTED
    assert browser.get(f"/desk/messages/preview/{kind}/ar").status_code == OK
    letter = browser.client.get(f"/desk/messages/preview/{kind}/ar/letter")
    assert letter.data.startswith(b"%PDF")
    browser.get(f"/desk/messages/preview/{MessageKind.SUSPENDED}/ar", status=NOT_FOUND)
    browser.get("/desk/messages/preview/nothing/nl", status=NOT_FOUND)


def test_every_kind_has_words() -> None:
    assert set(COMPOSERS) == set(MessageKind)


def test_all_letters_are_one_file_and_done_with_one_button(hire: Hire, core: Core) -> None:
    browser = hire(Role.DESK_WORKER).browser
    for name in ("Amal", "Baptiste"):
        _told_by_post(core, name)
    browser.get("/desk/messages")
    assert "2 letters wait." in browser.page
    found = browser.client.get("/desk/messages/letters")
    assert found.data.startswith(b"%PDF")
    assert found.data.count(b"/Type /Page\n") == 2
    shown = re.findall(r'name="letter" value="([^"]+)"', browser.get("/desk/messages").text)
    late = _told_by_post(core, "Chantal")
    browser.post("/desk/messages/letters", letter=shown)
    with core.units.read() as uow:
        states = {each.id: each.state for each in uow.session.query(Message)}
    assert states.pop(late.id) == MessageState.TO_DO, "what came since waits on"
    assert set(states.values()) == {MessageState.DONE}


def test_the_log_says_who_how_and_whether_but_no_words(hire: Hire, core: Core) -> None:
    lost = _told_by_post(core, "Baptiste")
    with core.units.write() as uow:
        messages.bounce(uow, lost.id)
    browser = hire(Role.DESK_WORKER).browser
    browser.get("/desk/messages")
    assert "Baptiste" in browser.page
    assert "Did not arrive" in browser.page
    assert "Kerkstraat" not in browser.page
    assert "Keep this message" not in browser.page


def test_it_is_for_the_desk(hire: Hire) -> None:
    browser = hire(Role.OWNER).browser
    for path in ("/desk/messages", "/desk/messages/letters", "/desk/messages/preview"):
        browser.get(path, status=HTTPStatus.FORBIDDEN)


def test_the_log_names_who_joins_and_says_so_when_they_are_gone(hire: Hire, core: Core) -> None:
    browser = hire(Role.DESK_WORKER).browser
    with core.units.write() as uow:
        request = JoinRequest(
            id=uuid4(), name="Fietsatelier", activity="Fietsen.", person="Zanele", language="nl",
            email_sealed=b"x", asked_at=uow.now,
        )  # fmt: skip
        uow.session.add(request)
        messages.tell_by_mail(uow, Recipient.JOINER, request.id, MessageKind.CONFIRM_JOINING, language="nl")
        request_id = request.id
    browser.get("/desk/messages")
    assert "Zanele" in browser.text
    with core.units.write() as uow:
        uow.session.delete(uow.session.get_one(JoinRequest, request_id))
    browser.get("/desk/messages")
    assert "somebody who joins" in browser.text
