"""Mail by SMTP (RFC 5321): what each answer of a server means for a message, and for the server."""

from __future__ import annotations

import smtplib
import socket
import ssl
from functools import cached_property
from urllib.parse import unquote, urlsplit

from volunteer.adapters.letters import mail
from volunteer.config import LOOPBACK, Centre
from volunteer.domain.ports import GatewayDown, Outgoing, Undeliverable

_CONNECT_SECONDS = 5.0
_ANSWER_SECONDS = 10.0
"""For each answer. All of them together stay below the time limit of a delivery and its lease."""
_FOR_GOOD = 500


class SmtpSender:
    """Sends mail to ``smtp://user:password@host:port`` (STARTTLS if offered) or ``smtps://`` (TLS at once).

    A repeat of a message carries the same Message-ID, so that a mailbox can show it once.
    """

    def __init__(self, url: str, centre: Centre) -> None:
        self._url = urlsplit(url)
        self._centre = centre
        self._our_name: str | None = None
        """What we greet with: looked up at the first mail, since the network may be asked for it."""

    def send(self, message: Outgoing) -> None:
        """Hand it to the mail server; raises as :class:`volunteer.domain.ports.Sender`.

        A 5xx for the reader or the letter is for good, a 4xx is not; a server that is away, silent, or
        does not know us is down for everybody. One that hangs up in the middle concerns this message.
        """
        server = self._greeted()
        try:
            self._hand_over(server, message)
        except smtplib.SMTPServerDisconnected as error:
            if isinstance(error.__context__, TimeoutError):
                raise GatewayDown("the mail server says nothing") from error
            raise
        except TimeoutError as error:
            raise GatewayDown("the mail server says nothing") from error
        finally:
            server.close()

    def _hand_over(self, server: smtplib.SMTP, message: Outgoing) -> None:
        letter = mail(message, self._centre)
        if not message.to.isascii() and not server.has_extn("smtputf8"):
            raise Undeliverable(553)
        try:
            server.send_message(letter)
        except smtplib.SMTPRecipientsRefused as error:
            _sort(next(iter(error.recipients.values()))[0], error)
        except smtplib.SMTPSenderRefused as error:
            # Our own address is not welcome: that is about us, whoever the letter is for.
            raise GatewayDown("the mail server refuses our address") from error
        except smtplib.SMTPDataError as error:
            _sort(error.smtp_code, error)
        try:
            server.quit()
        except OSError:
            # It has said yes to the letter; how it says goodbye is its own affair.
            return

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        """Whom we believe to be a mail server. Reading all authorities takes longer than sending a mail."""
        return ssl.create_default_context()

    def _greeted(self) -> smtplib.SMTP:
        """A server that knows us. Raises ``GatewayDown``."""
        server: smtplib.SMTP | None = None
        try:
            server = self._connect()
            if self._url.username:
                self._refuse_plain_text(server)
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
        except OSError as error:
            if server is not None:
                server.close()
            raise GatewayDown("the mail server is away, or does not know us") from error
        return server

    def _refuse_plain_text(self, server: smtplib.SMTP) -> None:
        """A password never travels where others can read it. Raises ``OSError``."""
        if not isinstance(server.sock, ssl.SSLSocket) and self._url.hostname not in LOOPBACK:
            raise smtplib.SMTPNotSupportedError("the mail server offers no encryption for the password")

    def _connect(self) -> smtplib.SMTP:
        host = self._url.hostname or "localhost"
        name = self._our_name
        if self._url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, self._url.port or 465, name, timeout=_CONNECT_SECONDS, context=self._trust
            )
        else:
            server = smtplib.SMTP(host, self._url.port or 25, name, timeout=_CONNECT_SECONDS)
        self._our_name = server.local_hostname
        if isinstance(server.sock, socket.socket):
            server.sock.settimeout(_ANSWER_SECONDS)
        server.ehlo()
        if self._url.scheme != "smtps" and server.has_extn("starttls"):
            server.starttls(context=self._trust)
            server.ehlo()
        return server


def _sort(code: int, error: smtplib.SMTPException) -> None:
    """Raise what this answer means: ``Undeliverable``, or the error itself for another try."""
    if code >= _FOR_GOOD:
        raise Undeliverable(code) from error
    raise error
