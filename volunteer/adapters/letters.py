"""A message as a mail: the words, the same with their form, and what a mailbox must know (RFC 5322)."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, formataddr

from volunteer.adapters.clock import SystemClock
from volunteer.config import Centre
from volunteer.domain.ports import Outgoing


class _OneLine(EmailPolicy):
    """The way out stands on one line, however long: a fold would encode it, and no mailbox reads it then.

    Longer lines for every header are no way: words of a subject would be encoded longer than the 75
    characters of RFC 2047.
    """

    def fold(self, name: str, value: str) -> str:
        """A header as text."""
        return f"{name}: {value}{self.linesep}" if name == _WAY_OUT else super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        """A header as it leaves."""
        return self.fold(name, value).encode() if name == _WAY_OUT else super().fold_binary(name, value)


_WAY_OUT = "List-Unsubscribe"


def mail(message: Outgoing, centre: Centre) -> EmailMessage:
    """The message as a mail from the centre; a repeat carries the same Message-ID."""
    letter = EmailMessage(_OneLine())
    letter["From"] = formataddr((centre.name, centre.email))
    letter["To"] = message.to
    letter["Subject"] = message.subject
    letter["Date"] = format_datetime(SystemClock().now())
    letter["Message-ID"] = f"<{message.id}@{centre.email.rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    if message.unsubscribe:
        letter[_WAY_OUT] = f"<{message.unsubscribe}>"
        # RFC 8058, section 3.1: only an address that is reached over HTTPS may promise one click.
        if message.unsubscribe.startswith("https://"):
            letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    letter.set_content(message.text)
    if message.html:
        letter.add_alternative(message.html, subtype="html")
    for file in message.attachments:
        letter.add_attachment(
            file.content.encode(),
            maintype=file.media_type.partition("/")[0],
            subtype=file.media_type.partition("/")[2],
            filename=file.name,
            params={"charset": "utf-8", **dict(file.parameters)},
        )
    # Last, because setting the content takes every Content- header away.
    letter["Content-Language"] = message.language
    return letter
