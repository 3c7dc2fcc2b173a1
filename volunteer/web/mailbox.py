"""Reading the folder where messages land that are not sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from uuid import UUID

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


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

    @property
    def lines(self) -> list[list[tuple[str, str | None]]]:
        """The text by lines, each cut at its addresses: words and, for an address, where it leads."""
        return [_cut(line) for line in self.text.splitlines() if line.strip()]


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
        text=_text(mail),
    )


def _text(mail: EmailMessage) -> str:
    part = mail.get_body(preferencelist=("plain",))
    content = part.get_content() if part is not None else ""
    return content if isinstance(content, str) else ""
