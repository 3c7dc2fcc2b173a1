"""Mails that come back, as a mail server hands them to `volunteer mail take-in`."""

from __future__ import annotations

import os
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from tests.functional.browsing import Browser
from tests.functional.staff.asking import SURE, ask, going, start
from tests.functional.staff.conftest import Hire, Hired, Meet
from volunteer.bootstrap import Core
from volunteer.cli import main
from volunteer.config import Settings
from volunteer.domain.accounts import Role
from volunteer.domain.errors import NotAllowed
from volunteer.domain.retention import ErasureAsked
from volunteer.models import Candidate, Delivery, FollowUp, Membership, Message, Reply
from volunteer.services import erasure, follow_ups, replies

Work = Callable[[], None]
TakeIn = Callable[..., str]
PERSON = "amina@voorbeeld.example"


@pytest.fixture
def take_in(settings: Settings) -> TakeIn:
    """Hands over one mail, or a folder; returns what the command says of it."""

    def take(raw: bytes = b"", *, maildir: Path | None = None, code: int = 0) -> str:
        environment = dict.fromkeys(("DATA", "KEYS")) | dict(settings.environment)
        options = ["--maildir", str(maildir)] if maildir else []
        result = CliRunner().invoke(main, ["mail", "take-in", *options], env=environment, input=raw)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return " ".join(line for line in result.output.splitlines() if '"event"' not in line).strip()

    return take


@pytest.fixture
def asked(post_role: Callable[..., UUID], meet: Meet, hire: Hire, core: Core, work: Work) -> Hired:
    """The owner of a team; they, and somebody who started there, were asked by mail how it goes."""
    post_role(access=SURE)
    introduction_id = meet()
    owner = hire(Role.OWNER)
    start(core, introduction_id)
    work()
    ask(core, work)
    return owner


@pytest.fixture
def letter(settings: Settings) -> Callable[[str], EmailMessage]:
    """The mail with the question, as it went to this address."""

    def find(to: str) -> EmailMessage:
        every = [
            message_from_bytes(path.read_bytes(), policy=policy.default)
            for path in settings.mail_folder.glob("*.eml")
        ]
        (found,) = [each for each in every if each["To"] == to and "How does it go?" in str(each["Subject"])]
        assert isinstance(found, EmailMessage)
        return found

    return find


Letter = Callable[[str], EmailMessage]


def _reply(to: EmailMessage, text: str, *, sender: str | None = None, html: str = "") -> bytes:
    made = EmailMessage()
    made["From"] = f"Somebody <{sender or to['To']}>"
    made["To"] = to["From"]
    made["Subject"] = f"Re: {to['Subject']}"
    made["Message-ID"] = f"<{abs(hash((text, sender)))}@voorbeeld.example>"
    made["In-Reply-To"] = to["Message-ID"]
    made["References"] = to["Message-ID"]
    body = to.get_body(("plain",))
    quoted = "\n".join(f"> {line}" for line in (body.get_content() if body else "").splitlines())
    if html:
        made.set_content(html, subtype="html")
    else:
        made.set_content(f"{text}\n\nOn Tue, 24 Nov 2026 at 10:00, the desk wrote:\n{quoted}\n")
    return made.as_bytes(policy=policy.SMTP)


def _report(of: EmailMessage, *, action: str = "failed", status: str = "5.1.1", whole: bool = True) -> bytes:
    """As Postfix writes it."""
    returned = (
        b"Content-Type: message/rfc822\r\n\r\n" + of.as_bytes(policy=policy.SMTP)
        if whole
        else b"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: "
        + str(of["Message-ID"]).encode()
        + b"\r\n"
    )
    return (
        b"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example (Mail Delivery System)\r\n"
        b"Subject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\n"
        b"Message-ID: <20261124.ABC@mx.example>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="X/mx"\r\n\r\n'
        b"--X/mx\r\nContent-Type: text/plain\r\n\r\nThis is the mail system at host mx.example.\r\n"
        b"--X/mx\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        + f"Final-Recipient: rfc822; {of['To']}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n".encode()
        + b"--X/mx\r\n"
        + returned
        + b"\r\n--X/mx--\r\n"
    )


def _state(core: Core, mail: EmailMessage) -> str:
    with core.units.read() as uow:
        return uow.session.get_one(Message, UUID(str(mail["Message-ID"])[1:37])).state


def _kept(core: Core) -> list[str]:
    with core.units.read() as uow:
        return [replies.words_of(uow, each) for each in uow.session.scalars(select(Reply))]


def test_the_mail_says_how_to_answer(asked: Hired, letter: Letter) -> None:
    for to in (PERSON, asked.email):
        body = letter(to).get_body(("plain",))
        assert body is not None
        assert "You can also answer this mail." in body.get_content()


@pytest.mark.parametrize("side", ["person", "organisation"])
@pytest.mark.parametrize(
    ("text", "said"), [("1", "well"), ("2 thanks", "could_be_better"), ("gestopt", "stopped")]
)
def test_a_figure_in_the_first_line_answers(
    asked: Hired, letter: Letter, take_in: TakeIn, core: Core, side: str, text: str, said: str
) -> None:
    mail = letter(PERSON if side == "person" else asked.email)
    assert take_in(_reply(mail, text)) == "answered 1"
    assert going(core, side) == (said, "reply")
    assert take_in(_reply(mail, text)) == "repeated 1"
    assert _kept(core) == []


def test_a_page_without_plain_text_answers_too(
    asked: Hired, letter: Letter, take_in: TakeIn, core: Core
) -> None:
    html = "<html><body><div>1</div><div class='gmail_quote'>On Tue the desk wrote:<br>3</div></body></html>"
    assert take_in(_reply(letter(PERSON), "", html=html)) == "answered 1"
    assert going(core)[0] == "well"


def test_from_another_address_a_person_reads_it(
    asked: Hired, letter: Letter, take_in: TakeIn, core: Core
) -> None:
    assert take_in(_reply(letter(PERSON), "3", sender="other@voorbeeld.example")) == "to_read 1"
    assert going(core) == (None, None)
    assert _kept(core) == ["3"]


def test_who_left_the_team_answers_no_more(asked: Hired, letter: Letter, take_in: TakeIn, core: Core) -> None:
    mail = letter(asked.email)
    with core.units.write() as uow:
        for each in uow.session.scalars(select(Membership).where(Membership.account_id == asked.account_id)):
            uow.session.delete(each)
    assert take_in(_reply(mail, "3")) == "to_read 1"
    assert going(core, "organisation") == (None, None)


def test_other_words_stand_at_the_desk_without_what_is_quoted(
    asked: Hired, letter: Letter, take_in: TakeIn, core: Core, hire: Hire
) -> None:
    assert take_in(_reply(letter(asked.email), "She comes too late.\nCan you call?")) == "to_read 1"
    assert _kept(core) == ["She comes too late.\nCan you call?"]
    with core.units.read() as uow:
        reply_id = uow.session.scalars(select(Reply.id)).one()
    desk = hire(Role.DESK_WORKER).browser
    desk.get(f"/desk/replies/{reply_id}")
    assert "She comes too late." in desk.text
    assert asked.email in desk.text


@pytest.mark.parametrize("whole", [True, False])
def test_a_mail_that_comes_back_stands_at_the_desk_as_one_that_was_refused(
    asked: Hired, letter: Letter, take_in: TakeIn, core: Core, hire: Hire, whole: bool
) -> None:
    mail = letter(PERSON)
    assert _state(core, mail) == "sent"
    assert take_in(_report(mail, whole=whole)) == "not_arrived 1"
    assert _state(core, mail) == "bounced"
    desk = hire(Role.DESK_WORKER).browser
    desk.get("/desk")
    assert "A mail did not arrive. Choose another way." in desk.text
    with core.units.read() as uow:
        stuck = uow.session.scalars(select(Delivery).where(Delivery.state == "stuck")).one()
        assert stuck.last_error == "came back: 5.1.1"
    desk.send(f"/desk/undelivered/{stuck.id}", do="call")
    assert _state(core, mail) == "to_do"
    _desk_hears_it(desk, mail, core)


def _desk_hears_it(desk: Browser, mail: EmailMessage, core: Core) -> None:
    """From the call there is a way to where the answer is written down."""
    desk.get(f"/desk/calls/{str(mail['Message-ID'])[1:37]}")
    path = desk.page.partition('href="/desk/how/')[2].partition('"')[0]
    desk.send(f"/desk/how/{path}", going="well")
    assert going(core)[0] == "well"


def test_what_came_back_can_be_sent_again(
    asked: Hired, letter: Letter, take_in: TakeIn, core: Core, hire: Hire, work: Work
) -> None:
    mail = letter(PERSON)
    take_in(_report(mail))
    with core.units.read() as uow:
        stuck = uow.session.scalars(select(Delivery.id).where(Delivery.state == "stuck")).one()
    hire(Role.DESK_WORKER).browser.send(f"/desk/undelivered/{stuck}", do="again")
    work()
    assert _state(core, mail) == "sent"


def test_what_is_late_or_comes_back_twice_changes_nothing(
    asked: Hired, letter: Letter, take_in: TakeIn, core: Core
) -> None:
    mail = letter(PERSON)
    assert take_in(_report(mail, action="delayed", status="4.4.1")) == "automatic 1"
    assert _state(core, mail) == "sent"
    take_in(_report(mail))
    assert take_in(_report(mail)) == "repeated 1"


def test_of_a_mail_that_is_just_leaving_the_server_asks_again(
    asked: Hired, letter: Letter, take_in: TakeIn, core: Core
) -> None:
    mail = letter(PERSON)
    message_id = UUID(str(mail["Message-ID"])[1:37])
    with core.units.write() as uow:
        uow.session.get_one(Message, message_id).state = "queued"
    assert take_in(_report(mail), code=75) == "not_yet 1"
    with core.units.write() as uow:
        uow.session.get_one(Message, message_id).state = "sent"
    assert take_in(_report(mail)) == "not_arrived 1"


def test_what_is_not_about_us_is_counted_and_not_kept(
    asked: Hired, letter: Letter, take_in: TakeIn, core: Core
) -> None:
    mail = letter(PERSON)
    mail.replace_header("Message-ID", f"<{UUID(int=5)}@elsewhere.example>")
    assert take_in(_reply(mail, "Bel me op")) == "unknown 1"
    assert take_in(_report(mail)) == "unknown 1"
    assert take_in(b"Subject: hello\r\n\r\nBuy this") == "unknown 1"
    assert take_in(b"") == "unreadable 1"
    assert take_in(letter(PERSON).as_bytes()) == "automatic 1", "our own mail, by a detour"
    assert _kept(core) == []


def test_a_folder_is_read_once(
    asked: Hired, letter: Letter, take_in: TakeIn, core: Core, tmp_path: Path
) -> None:
    maildir = tmp_path / "Maildir"
    (maildir / "new").mkdir(parents=True)
    for name, raw in {
        "1.a": _reply(letter(PERSON), "1"),
        "2.b": _report(letter(asked.email)),
        "3.c": os.urandom(3000),
        "4.d": b"\x00" * 10,
        "5.e": b"X" * 3_000_000,
    }.items():
        (maildir / "new" / name).write_bytes(raw)
    (maildir / "new" / "6.f").symlink_to("/etc/hostname")
    assert take_in(maildir=maildir) == "answered 1 not_arrived 1 unknown 3"
    assert [path.name for path in (maildir / "new").iterdir()] == ["6.f"]
    assert take_in(maildir=maildir) == ""
    assert going(core)[0] == "well"


def test_an_answer_to_a_question_that_is_gone_is_read_and_blocks_nothing(
    asked: Hired, letter: Letter, take_in: TakeIn, core: Core, hire: Hire, tmp_path: Path
) -> None:
    with core.units.write() as uow:
        for each in uow.session.scalars(select(FollowUp).where(FollowUp.side == "person")):
            uow.session.delete(each)
    new = tmp_path / "Maildir" / "new"
    new.mkdir(parents=True)
    (new / "1.a").write_bytes(_reply(letter(PERSON), "1"))
    (new / "2.b").write_bytes(_reply(letter(asked.email), "1 thanks"))
    assert take_in(maildir=new.parent) == "answered 1 to_read 1"
    assert _kept(core) == ["1"]
    with core.units.read() as uow:
        reply_id = uow.session.scalars(select(Reply.id)).one()
    desk = hire(Role.DESK_WORKER).browser
    desk.get(f"/desk/replies/{reply_id}")
    assert "/desk/how/" not in desk.page


def test_a_mail_that_no_rule_lets_through_waits_and_the_next_one_does_not(
    asked: Hired,
    letter: Letter,
    take_in: TakeIn,
    core: Core,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_given: object, **_named: object) -> None:
        raise NotAllowed("Ask at the info desk if you need it.")

    new = tmp_path / "Maildir" / "new"
    new.mkdir(parents=True)
    (new / "1.a").write_bytes(_reply(letter(PERSON), "1"))
    (new / "2.b").write_bytes(_reply(letter(asked.email), "Call me"))
    with monkeypatch.context() as patched:
        patched.setattr(follow_ups, "answer", refuse)
        assert take_in(maildir=new.parent, code=75) == "failed 1 to_read 1"
    assert [path.name for path in new.iterdir()] == ["1.a"]
    assert take_in(maildir=new.parent) == "answered 1"


@pytest.mark.parametrize(
    "url", ["postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=2", "sqlite:////nowhere/at/all.db"]
)
def test_while_the_database_is_away_the_server_hands_it_over_again(settings: Settings, url: str) -> None:
    environment = dict.fromkeys(("DATA", "KEYS")) | dict(settings.environment) | {"DATABASE_URL": url}
    result = CliRunner().invoke(main, ["mail", "take-in"], env=environment, input=b"Subject: 1\r\n\r\n1")
    assert result.exit_code == 75, result.output
    assert result.output.startswith("Not now: ")


def test_words_below_the_quotation_are_kept(
    asked: Hired, letter: Letter, take_in: TakeIn, core: Core
) -> None:
    below = _reply(letter(PERSON), "") + b"\r\nI stopped coming, call me\r\n"
    assert take_in(below) == "to_read 1"
    assert _kept(core) == ["I stopped coming, call me"]


def test_what_a_team_wrote_goes_with_the_person_it_is_about(
    asked: Hired, letter: Letter, take_in: TakeIn, core: Core
) -> None:
    take_in(_reply(letter(asked.email), "She comes too late."))
    with core.units.write() as uow:
        person = uow.session.scalars(select(Candidate)).one()
        erasure.erase(uow, person, asked_by=ErasureAsked.CANDIDATE)
    assert _kept(core) == []
