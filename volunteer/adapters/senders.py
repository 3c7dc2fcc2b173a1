"""The channels that a worker can send by: mail, text messages, or a folder to read them in."""

from __future__ import annotations

import json
import smtplib
import ssl
import urllib.request
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

from volunteer.adapters.clock import SystemClock
from volunteer.config import LOOPBACK, Centre, Settings
from volunteer.domain.candidates import Channel
from volunteer.domain.ports import Outgoing, Sender

_TIMEOUT_SECONDS = 15


class SmtpSender:
    """Sends mail to ``smtp://user:password@host:port`` (STARTTLS if offered) or ``smtps://`` (TLS at once).

    A repeat of a message carries the same Message-ID, so that a mailbox can show it once.
    """

    def __init__(self, url: str, centre: Centre) -> None:
        self._url = urlsplit(url)
        self._centre = centre

    def send(self, message: Outgoing) -> None:
        """Hand it to the mail server. Raises ``OSError`` (``smtplib``'s errors are children of it)."""
        with self._connect() as server:
            if self._url.username:
                self._refuse_plain_text(server)
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
            server.send_message(mail(message, self._centre))

    def _refuse_plain_text(self, server: smtplib.SMTP) -> None:
        """A password never travels where others can read it. Raises ``OSError``."""
        if not isinstance(server.sock, ssl.SSLSocket) and self._url.hostname not in LOOPBACK:
            raise smtplib.SMTPNotSupportedError("the mail server offers no encryption for the password")

    def _connect(self) -> smtplib.SMTP:
        host = self._url.hostname or "localhost"
        context = ssl.create_default_context()
        if self._url.scheme == "smtps":
            return smtplib.SMTP_SSL(host, self._url.port or 465, timeout=_TIMEOUT_SECONDS, context=context)
        server = smtplib.SMTP(host, self._url.port or 25, timeout=_TIMEOUT_SECONDS)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        return server


class FolderSender:
    """Writes each message to a folder, where the development page reads it; a repeat overwrites itself."""

    def __init__(self, folder: Path, centre: Centre, channel: Channel) -> None:
        self._folder = folder
        self._centre = centre
        self._channel = channel

    def send(self, message: Outgoing) -> None:
        """Write it as one ``.eml`` file, whole or not at all. Raises ``OSError``."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        letter = mail(message, self._centre)
        letter["X-Channel"] = self._channel.value
        fresh = self._folder / f"{message.id}.new"
        fresh.write_bytes(letter.as_bytes())
        fresh.replace(self._folder / f"{message.id}.eml")


class SmsGateway:
    """Posts ``{"id", "to", "text"}`` to a gateway, which answers 2xx and knows a repeat by its id."""

    def __init__(self, url: str) -> None:
        self._url = url

    def send(self, message: Outgoing) -> None:
        """Hand it to the gateway. Raises ``OSError`` (``urllib``'s errors are children of it)."""
        body = json.dumps({"id": str(message.id), "to": message.to, "text": message.text}).encode()
        request = urllib.request.Request(  # noqa: S310 - the address is the administrator's own setting
            self._url, data=body, headers={"Content-Type": "application/json"}, method="POST"
        )
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS):  # noqa: S310 - as above
            pass


def mail(message: Outgoing, centre: Centre) -> EmailMessage:
    """The message as a mail from the centre."""
    letter = EmailMessage()
    letter["From"] = formataddr((centre.name, centre.email))
    letter["To"] = message.to
    letter["Subject"] = message.subject
    letter["Date"] = format_datetime(SystemClock().now())
    letter["Message-ID"] = f"<{message.id}@{centre.email.rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.text)
    # Last, because setting the content takes every Content- header away.
    letter["Content-Language"] = message.language
    return letter


def make_senders(settings: Settings) -> Mapping[str, Sender]:
    """The channels of this installation; without a gateway, text messages become calls for the desk."""
    senders: dict[str, Sender] = {}
    if settings.smtp_url:
        senders[Channel.EMAIL] = SmtpSender(settings.smtp_url, settings.centre)
    elif settings.development:
        senders[Channel.EMAIL] = FolderSender(settings.mail_folder, settings.centre, Channel.EMAIL)
    if settings.sms_url:
        senders[Channel.SMS] = SmsGateway(settings.sms_url)
    elif settings.development:
        senders[Channel.SMS] = FolderSender(settings.mail_folder, settings.centre, Channel.SMS)
    return senders
