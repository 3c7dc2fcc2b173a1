"""Mails as they come: reports of servers, replies of people and programs, and mails made to be trouble."""

from __future__ import annotations

from email.message import EmailMessage
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.incoming_mail import LARGEST_BYTES, Kind, read_mail
from volunteer.domain.mail_words import first_line, own_words, without_form

OURS = UUID("3f0c7c9e-5d0c-4a4e-9f7e-2a1b6f6f1c55")
ID = f"<{OURS}@steunpunt.example>"

REPORT = """\
From: MAILER-DAEMON@mail.example (Mail Delivery System)
To: desk@steunpunt.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Message-ID: <20260101.1@mail.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
Arrival-Date: Thu, 1 Jan 2026 10:00:00 +0100

Final-Recipient: rfc822; amina@voorbeeld.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown
--B
Content-Type: RETURNED

HEADERS
--B--
"""
WHOLE = ("message/rfc822", f"From: desk@steunpunt.example\nMessage-ID: {ID}\nSubject: Hoe gaat het?\n\nHallo")
ALONE = ("text/rfc822-headers", f"From: desk@steunpunt.example\nMessage-ID:\n {ID}\nSubject: Hoe gaat het?\n")


def _report(returned: tuple[str, str] = WHOLE, **changes: str) -> bytes:
    text = REPORT.replace("RETURNED", returned[0]).replace("HEADERS", returned[1])
    for old, new in changes.items():
        text = text.replace(old, new)
    return text.replace("\n", "\r\n").encode()


def _reply(text: str, **headers: str) -> bytes:
    letter = EmailMessage()
    letter["From"] = "Amina <Amina@voorbeeld.example>"
    letter["Message-ID"] = "<reply@voorbeeld.example>"
    for name, value in headers.items():
        letter[name.replace("_", "-")] = value
    letter.set_content(text)
    return letter.as_bytes()


@pytest.mark.parametrize("returned", [WHOLE, ALONE])
def test_a_report_says_which_mail_did_not_arrive(returned: tuple[str, str]) -> None:
    found = read_mail(_report(returned))
    assert (found.kind, found.about, found.status) == (Kind.NOT_ARRIVED, (OURS,), "5.1.1")


def test_a_report_without_our_headers_names_it_as_an_answer_would() -> None:
    bare = _report(("text/plain", "nothing")).replace(
        b"MIME-Version", f"References: {ID}\r\nMIME-Version".encode()
    )
    assert read_mail(bare).about == (OURS,)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_what_is_late_or_there_is_no_failure(action: str) -> None:
    assert read_mail(_report(failed=action)).kind is Kind.REPORT


def test_a_report_that_ends_in_the_middle_still_says_what_it_said() -> None:
    whole = _report()
    assert read_mail(whole[: whole.index(b"Hallo")]).about == (OURS,)
    assert read_mail(whole[:200]).kind in {Kind.REPORT, Kind.AUTOMATIC}


def test_a_reply_says_what_its_writer_wrote() -> None:
    found = read_mail(_reply("1\n\nOp di 3 nov. 2026 schreef Steunpunt:\n> Hoe gaat het?\n", In_Reply_To=ID))
    assert (found.kind, found.about, found.words) == (Kind.REPLY, (OURS,), "1")
    assert found.sender == "amina@voorbeeld.example"


def test_the_thread_names_it_too() -> None:
    older = UUID(int=7)
    thread = f"<{older}@steunpunt.example> {ID} <c@d.example>"
    assert read_mail(_reply("2", References=thread)).about == (OURS, older), "the newest first"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Auto-Submitted", "auto-replied"),
        ("Auto-Submitted", "auto-generated; owner=x"),
        ("Precedence", "bulk"),
        ("Precedence", "auto_reply"),
        ("Return-Path", "<>"),
        ("X-Autoreply", "yes"),
    ],
)
def test_what_a_program_wrote_is_no_reply(name: str, value: str) -> None:
    found = read_mail(_reply("I am on holiday until 1", **{name: value, "In-Reply-To": ID}))
    assert (found.kind, found.words) == (Kind.AUTOMATIC, "")


def test_a_person_says_so_too() -> None:
    assert read_mail(_reply("1", Auto_Submitted="no", In_Reply_To=ID)).kind is Kind.REPLY


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("1\n-- \nAmina", "1"),
        ("Hallo\n\n-----Original Message-----\nFrom: x", "Hallo"),
        ("Bien\n\nLe mar. 3 nov. 2026 à 10:00, Steunpunt <a@b.example> a écrit :\n> Bonjour", "Bien"),
        ("Fine\n\nOn Tue, 3 Nov 2026 at 10:00, Steunpunt\n<a@b.example> wrote:\n> Hello", "Fine"),
        ("> Hoe gaat het?\n\nGoed", "Goed"),
        ("جيد\n\nفي الثلاثاء كتب Steunpunt:\n> مرحبا", "جيد"),
        ("Goed\n\nVan: Steunpunt\nVerzonden: gisteren", "Goed"),
        ("> alles\n> is aangehaald", ""),
        ("On 11/20/26 10:00, Info desk wrote:\n> How is it?\n\nI stopped, call me", "I stopped, call me"),
        ("2\n\nOp vrijdag schreef Steunpunt:\n\n> Hoe gaat het?\n\nBel me", "2\n\n\n\nBel me"),
        ("On Tue, Steunpunt\n<a@b.example> wrote:\n> Hello\n> there", ""),
        ("On Tue, Steunpunt wrote:\nHello\n\nI stopped", "On Tue, Steunpunt wrote:\nHello\n\nI stopped"),
        ("Fine\n\nOn Tue, Steunpunt wrote:\nHello\n\nHow is it?", "Fine"),
        ("--\n3, please call", "--\n3, please call"),
    ],
)
def test_what_is_quoted_is_cut(text: str, own: str) -> None:
    assert own_words(text) == own


def test_a_page_is_read_without_its_form() -> None:
    page = "<style>p{}</style><p>1</p><div class='gmail_quote'>On x wrote:<div>2</div></div><p>x&amp;y</p>"
    assert own_words(without_form(page)).split() == ["1", "x&y"]
    assert first_line("\n\n 2 \n3") == " 2 "


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><meta x><body><p>2</p></body></html>",
        "<head><title>Re<style>p{}</style><body>2",
        "<head><meta x><p>2",
        "<head><title>Re</title></head><div>2</div>",
        "2<blockquote><head><body>How is it?</body></blockquote>",
    ],
)
def test_a_head_ends_where_the_page_begins(page: str) -> None:
    assert own_words(without_form(page)) == "2"


_BEFORE = (
    "On 11/20/26 10:00, Info desk wrote:",
    "Op vrijdag schreef Steunpunt:",
    "Le mar. 3 nov., Steunpunt a écrit :",
    "-----Original Message-----",
    "From: Steunpunt",
    "-- ",
    "",
)
_PAGES = (
    "<html><head><meta x><body><p>{own}</p><p>{before}</p>",
    "<body>{before}<blockquote>Q</blockquote>{own}",
)


@given(
    own=st.text(st.characters(categories=("L", "N")), min_size=1, max_size=40).map(lambda each: f"x {each}"),
    before=st.sampled_from(_BEFORE),
    quoted=st.lists(st.sampled_from(["> How is it?", ">", "", "Hello"]), max_size=6),
    is_below=st.booleans(),
    page=st.sampled_from(["", *_PAGES]),
)
def test_own_words_are_never_nothing(
    own: str, before: str, quoted: list[str], is_below: bool, page: str
) -> None:
    letter = EmailMessage()
    letter["In-Reply-To"] = ID
    if page:
        letter.set_content(page.format(own=own, before=before), subtype="html")
    else:
        said = [before, *quoted, own] if is_below else [own, before, *quoted]
        letter.set_content("\n".join(said))
    found = read_mail(letter.as_bytes())
    assert found.kind is Kind.REPLY
    assert own in found.words


@pytest.mark.parametrize("charset", ["nonsense", "zlib", "utf-16", "base64", "idna", "undefined", "x" * 500])
def test_a_wrong_character_set_costs_letters_and_nothing_else(charset: str) -> None:
    raw = _reply("1", In_Reply_To=ID).replace(b'charset="utf-8"', f'charset="{charset}"'.encode())
    assert read_mail(raw).kind is Kind.REPLY


def test_parts_within_parts_within_parts_are_not_followed() -> None:
    deep = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (level, level)
        for level in range(5000)
    )
    assert read_mail(b"In-Reply-To: " + ID.encode() + b"\r\n" + deep).kind is Kind.UNREADABLE


def test_of_a_huge_mail_the_beginning_is_read() -> None:
    raw = _reply("2\n\n" + "x" * 70 + "\n", In_Reply_To=ID) + b"y" * 3 * LARGEST_BYTES
    found = read_mail(raw)
    assert first_line(found.words) == "2"
    assert len(found.words) < 10_000


def test_nothing_is_no_mail() -> None:
    assert read_mail(b"").kind is Kind.UNREADABLE
    assert read_mail(b" \r\n").kind is Kind.UNREADABLE


@given(st.binary(max_size=2000))
def test_no_bytes_are_too_strange(raw: bytes) -> None:
    read_mail(raw).words.encode()


@given(st.binary(max_size=300), st.integers(0, 1200), st.integers(0, 40))
def test_no_report_is_too_broken(noise: bytes, at: int, gone: int) -> None:
    whole = _report()
    read_mail(whole[:at] + noise + whole[at + gone :])


@given(
    st.text(max_size=500), st.sampled_from(["text/html", "text/plain", "multipart/mixed", "message/rfc822"])
)
def test_no_body_is_too_strange(body: str, kind: str) -> None:
    raw = f'From: a@b.example\r\nIn-Reply-To: {ID}\r\nContent-Type: {kind}; boundary="b"\r\n\r\n{body}'
    read_mail(raw.encode("utf-8", errors="surrogatepass"))
