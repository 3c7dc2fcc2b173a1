"""What a mail that came back is: a report of a mail server (RFC 3464), the reply of a person, or a program's.

Nothing in it is believed, and nothing in it raises: whoever writes to us may write anything.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parseaddr
from enum import StrEnum
from uuid import UUID

from volunteer.domain.mail_words import own_words, without_form

LARGEST_BYTES = 1024 * 1024
"""What comes after this is not read: the words of a mail stand before the files that come with it."""
_MOST_BOUNDARIES = 30
"""More parts within parts than any mail program makes; reading them takes time without end."""
_MOST_PARTS = 60
_LONGEST_TEXT_BYTES = 64 * 1024
_LONGEST_HEADER = 20_000
_OURS = re.compile(r"<([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})@")
_MOST_REFERENCES = 50
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_BY_PROGRAMS = frozenset({"bulk", "junk", "list", "auto_reply"})


class Kind(StrEnum):
    """What came back."""

    NOT_ARRIVED = "not_arrived"
    """A mail server says that it gave up."""
    REPORT = "report"
    """A mail server says anything else: it is late, it is there."""
    REPLY = "reply"
    AUTOMATIC = "automatic"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class IncomingMail:
    """What we need of a mail."""

    kind: Kind
    id: str = ""
    """The Message-ID it carries, or nothing."""
    about: tuple[UUID, ...] = ()
    """Ids of messages that it names, those it answers first; ours or not."""
    sender: str = ""
    """The address it says it is from; anybody can write any."""
    words: str = field(default="", repr=False)
    """What its writer wrote, without what was quoted."""
    status: str = ""
    """Why it did not arrive, as in ``5.1.1`` (RFC 3463)."""


def read_mail(raw: bytes) -> IncomingMail:
    """What this mail is; never raises. Beyond ``LARGEST_BYTES`` nothing is looked at."""
    shown = raw[:LARGEST_BYTES]
    if not shown.strip() or shown.lower().count(b"boundary=") > _MOST_BOUNDARIES:
        return IncomingMail(Kind.UNREADABLE)
    try:
        return _read(email.message_from_bytes(shown))
    except Exception:  # noqa: BLE001 - parsers of the standard library stumble over mails made for that
        return IncomingMail(Kind.UNREADABLE)


def _read(mail: Message) -> IncomingMail:
    parts = list(_parts(mail))
    reports = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    if reports or mail.get_content_type() == "multipart/report":
        return _report(mail, parts, reports)
    kind = Kind.AUTOMATIC if _is_automatic(mail) else Kind.REPLY
    return IncomingMail(
        kind,
        id=_header(mail, "Message-ID"),
        about=_answered(mail),
        sender=parseaddr(_header(mail, "From"))[1].strip().lower()[:320],
        words=_words(parts) if kind is Kind.REPLY else "",
    )


def _report(mail: Message, parts: list[Message], reports: list[Message]) -> IncomingMail:
    """A report names our mail by the headers it sends back; some servers answer like a person would."""
    fields = [block for report in reports for block in _blocks(report)]
    failed = [block for block in fields if _header(block, "Action").strip().lower() == "failed"]
    statuses = [_STATUS.search(_header(block, "Status")) for block in failed]
    returned = "".join(_returned(part) for part in parts)
    return IncomingMail(
        Kind.NOT_ARRIVED if failed else Kind.REPORT,
        id=_header(mail, "Message-ID"),
        about=tuple(dict.fromkeys((*_named(returned), *_answered(mail)))),
        status=next((found[0] for found in statuses if found), ""),
    )


def _blocks(report: Message) -> list[Message]:
    """The blocks of fields: one on the mail, one on each of its readers."""
    payload = report.get_payload()
    return [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []


def _returned(part: Message) -> str:
    """The Message-ID of the mail that a report sends back, whole or its headers alone."""
    if part.get_content_type() == "message/rfc822":
        return "".join(_header(each, "Message-ID") for each in _blocks(part))
    if part.get_content_type() in {"text/rfc822-headers", "message/rfc822-headers"}:
        return _header(email.message_from_string(_text(part)), "Message-ID")
    return ""


def _is_automatic(mail: Message) -> bool:
    """RFC 3834: nobody wrote it. A mail without a way back is a program's too."""
    submitted = _header(mail, "Auto-Submitted").partition(";")[0].strip().lower()
    is_marked = submitted not in {"", "no"} or any(mail[name] for name in ("X-Autoreply", "X-Autorespond"))
    has_no_way_back = _header(mail, "Return-Path").strip() == "<>"
    return is_marked or has_no_way_back or _header(mail, "Precedence").strip().lower() in _BY_PROGRAMS


def _words(parts: list[Message]) -> str:
    """The first part that is text and no file; form alone is read without its form."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
                text = _text(part)
                return own_words(without_form(text) if kind == "text/html" else text)
    return ""


def _text(part: Message) -> str:
    """The words of one part; a character set that is wrong or unknown costs the letters it does not have."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    content = content[:_LONGEST_TEXT_BYTES]
    try:
        return content.decode(str(part.get_content_charset() or "utf-8"), errors="replace")
    except (LookupError, ValueError):
        return content.decode("utf-8", errors="replace")


def _parts(mail: Message) -> Iterator[Message]:
    """The mail and every part in it, in order; not into mails that it sends along."""
    waiting, seen = [mail], 0
    while waiting and seen < _MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        yield part
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting[:0] = [each for each in payload if isinstance(each, Message)]


def _header(mail: Message, name: str) -> str:
    return str(mail.get(name, ""))[:_LONGEST_HEADER]


def _answered(mail: Message) -> tuple[UUID, ...]:
    """What it answers; of a whole thread the newest first."""
    thread = _named(_header(mail, "References"))[::-1]
    return tuple(dict.fromkeys((*_named(_header(mail, "In-Reply-To")), *thread)))


def _named(text: str) -> tuple[UUID, ...]:
    found = [UUID(each) for each in _OURS.findall(text)]
    return tuple(found[-_MOST_REFERENCES:])
