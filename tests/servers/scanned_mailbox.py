"""A mail server behind a scanner, which opens every link of what arrives before anybody reads it."""

from __future__ import annotations

import email
import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.patience import eventually
from volunteer.cli.valkey import free_port

_LINK = re.compile(r"""https?://[^\s"'<>]+""")
_METHODS = ("GET", "HEAD", "GET")


def links_in(text: str) -> list[str]:
    """Every address in it, each once."""
    return list(dict.fromkeys(each.rstrip(".,)") for each in _LINK.findall(text.replace("&amp;", "&"))))


@dataclass(frozen=True)
class Letter:
    """A mail as its reader finds it."""

    to: str
    subject: str
    text: str
    files: Mapping[str, str]
    """What is attached, by name."""
    whole: str
    """Headers, words, form and files, decoded; without where it went."""

    def link(self, path: str) -> str:
        """The one address whose path begins like this."""
        (found,) = [each for each in links_in(self.text) if re.match(rf"https?://[^/]+{path}", each)]
        return found


@dataclass
class Scanner:
    """Opens links, without cookies, and follows where they lead; keeps what it was answered."""

    statuses: dict[str, set[int]] = field(default_factory=dict)
    """What each address said, whatever the method."""

    def open(self, text: str) -> None:
        """Every link in it."""
        for link in links_in(text):
            for method in _METHODS:
                self.statuses.setdefault(link, set()).add(_status(link, method))


def _status(link: str, method: str) -> int:
    request = urllib.request.Request(link, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


class ScannedMailbox:
    """Everybody's mailbox, on 127.0.0.1; use it as a context manager."""

    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner
        self.port = free_port()
        self.letters: list[Letter] = []
        """What was scanned and can be read, oldest first."""
        self._scans: list[Future[None]] = []
        self._scanning = ThreadPoolExecutor(max_workers=1)
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()
        self._scanning.shutdown(cancel_futures=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """A letter was handed over: the answer does not wait for the scan, its reader does."""
        assert isinstance(envelope.content, bytes)
        letter = _read(envelope.rcpt_tos[0], envelope.content)
        self._scans.append(self._scanning.submit(self._scan, letter))
        return "250 OK"

    def letter(self, to: str, subject: str) -> Letter:
        """Wait for the newest letter to somebody with this subject."""

        def found() -> Letter | None:
            self._say_what_broke()
            read = [each for each in self.letters if (each.to, each.subject) == (to, subject)]
            return read[-1] if read else None

        return eventually(found, seconds=60, what=f"a mail to {to} with the subject “{subject}”")

    def is_scanned(self) -> bool:
        """Whether everything that arrived can be read."""
        self._say_what_broke()
        return all(scan.done() for scan in self._scans)

    def _scan(self, letter: Letter) -> None:
        self.scanner.open(letter.whole)
        self.letters.append(letter)

    def _say_what_broke(self) -> None:
        for scan in self._scans:
            if scan.done():
                scan.result()


def _read(to: str, content: bytes) -> Letter:
    letter = email.message_from_bytes(content, policy=policy.default)
    assert isinstance(letter, EmailMessage)
    body = letter.get_body(("plain",))
    headers = [f"{name}: {value}" for name, value in letter.items() if name != "To"]
    parts = [str(part.get_content()) for part in letter.walk() if not part.is_multipart()]
    files = {part.get_filename() or "": str(part.get_content()) for part in letter.iter_attachments()}
    text = str(body.get_content()).replace("\r\n", "\n") if body else ""
    return Letter(to, str(letter["Subject"]), text, files, "\n".join([*headers, *parts]))
