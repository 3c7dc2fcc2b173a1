"""Mail servers that speak the real dialogue, and one that says nothing at all."""

from __future__ import annotations

import email
import socket
import threading
from collections.abc import Callable
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.patience import eventually

TAKEN = "250 OK"


class PostOffice:
    """A mail server on 127.0.0.1 that notes the Message-ID of all it is given.

    ``on_letter`` is asked for the answer to each letter, ``on_goodbye`` is called when a client that gave
    one leaves. It may be closed and opened again on the same port.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.received: list[str] = []
        self.on_letter: Callable[[SMTP], str] = lambda _server: TAKEN
        self.on_goodbye: Callable[[], None] = lambda: None
        self._controller: Controller | None = None

    def open(self) -> None:
        """Listen."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self) -> None:
        """Stop listening."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """A letter was handed over."""
        content = envelope.content
        assert isinstance(content, bytes)
        self.received.append(str(email.message_from_bytes(content)["Message-ID"]))
        return self.on_letter(server)

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """A client leaves."""
        self.on_goodbye()
        return "221 Bye"


class SilentPostOffice:
    """Listens, lets everybody in, and says nothing; where it ``greets``, nothing after that."""

    def __init__(self, port: int, *, greets: bool = False) -> None:
        self._greets = greets
        self._listener = socket.create_server(("127.0.0.1", port))
        self._guests: list[socket.socket] = []
        self._thread = threading.Thread(target=self._let_in, daemon=True)
        self._thread.start()

    def wait_for_guests(self, number: int) -> None:
        """Wait until so many clients hang on our words."""
        eventually(lambda: len(self._guests) >= number, seconds=30, what=f"{number} clients")

    def close(self) -> None:
        """Send everybody away and stop listening."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(timeout=10)
        for guest in self._guests:
            guest.close()

    def _let_in(self) -> None:
        while True:
            try:
                guest, _ = self._listener.accept()
            except OSError:
                return
            if self._greets:
                guest.sendall(b"220 wait a moment\r\n")
            self._guests.append(guest)


def hang_up(server: SMTP) -> str:
    """Cut the line in the middle of the dialogue."""
    transport: Any = server.transport
    transport.abort()
    return TAKEN
