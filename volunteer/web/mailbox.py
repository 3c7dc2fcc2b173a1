"""Reading the folder where messages land that are not sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path
from uuid import UUID

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_LINK = re.compile(r"<a\b[^>]*\bhref=[\"']([^\"']+)[\"'][^>]*>(.*?)</a>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as it would have left."""

    id: UUID
    to: str
    subject: str
    channel: str
    language: str
    sent_at: datetime
    text: str
    html: str
    """Its source; empty when there is only text."""

    @property
    def lines(self) -> list[list[tuple[str, str | None]]]:
        """The text by lines, each cut at its addresses: words and, for an address, where it leads."""
        return [_cut(line) for line in self.text.splitlines() if line.strip()]

    @property
    def html_links(self) -> list[tuple[str, str]]:
        """Words and address of every link in the HTML part; only web addresses."""
        return [
            (" ".join(unescape(_TAG.sub(" ", words)).split()), unescape(address))
            for address, words in _LINK.findall(self.html)
            if address.startswith(("http://", "https://"))
        ]


def letters(folder: Path) -> list[Letter]:
    """Every message in ``folder``, the newest first."""
    return sorted(_read_all(folder), key=lambda letter: letter.sent_at, reverse=True)


def letter(folder: Path, letter_id: UUID) -> Letter | None:
    """One message; None when it is not there."""
    path = folder / f"{letter_id}.eml"
    return _read(path) if path.is_file() else None


def _cut(line: str) -> list[tuple[str, str | None]]:
    pieces: list[tuple[str, str | None]] = []
    end = 0
    for found in _ADDRESS.finditer(line):
        pieces.extend(((line[end : found.start()], None), (found.group(), found.group())))
        end = found.end()
    return [*pieces, (line[end:], None)]


def _read_all(folder: Path) -> Iterator[Letter]:
    for path in folder.glob("*.eml") if folder.is_dir() else ():
        yield _read(path)


def _read(path: Path) -> Letter:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    return Letter(
        id=UUID(path.stem),
        to=str(mail["To"]),
        subject=str(mail["Subject"]),
        channel=str(mail["X-Channel"] or "email"),
        language=str(mail["Content-Language"] or ""),
        sent_at=parsedate_to_datetime(str(mail["Date"])),
        text=_part(mail, "plain"),
        html=_part(mail, "html"),
    )


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body(preferencelist=(kind,))
    content = part.get_content() if part is not None else ""
    return content if isinstance(content, str) else ""
