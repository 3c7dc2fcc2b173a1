"""Mail servers that speak the real dialogue, and one that says nothing at all."""

from __future__ import annotations

import contextlib
import email
import socket
import threading
from collections.abc import Callable
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.patience import eventually

TAKEN = "250 OK"
KEEP_SECONDS = 0.5
"""Well below the shortest time-out of a client."""


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
    """Listens, lets everybody in, and says nothing; where it ``greets``, nothing after that.

    One that ``keeps`` its guests sends a space now and then and never ends the line: no time-out of a
    client ends the stall, so that what happens during it does not depend on how fast a machine is.
    """

    def __init__(self, port: int, *, greets: bool = False, keeps: bool = False) -> None:
        self._greets = greets
        self._listener = socket.create_server(("127.0.0.1", port))
        self._guests: list[socket.socket] = []
        self._closed = threading.Event()
        self._threads = [threading.Thread(target=self._let_in, daemon=True)]
        if keeps:
            self._threads.append(threading.Thread(target=self._keep, daemon=True))
        for thread in self._threads:
            thread.start()

    def wait_for_guests(self, number: int) -> None:
        """Wait until so many clients hang on our words."""
        eventually(lambda: len(self._guests) >= number, seconds=30, what=f"{number} clients")

    def still_there(self) -> list[bool]:
        """For each that ever came and was not greeted: whether it still waits."""
        return [_waits(guest) for guest in self._guests]

    def close(self) -> None:
        """Send everybody away and stop listening; harmless to repeat."""
        if self._closed.is_set():
            return
        self._closed.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(timeout=10)
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

    def _keep(self) -> None:
        while not self._closed.wait(KEEP_SECONDS):
            for guest in list(self._guests):
                # Who left is seen by ``still_there``.
                with contextlib.suppress(OSError):
                    guest.sendall(b" ")


def _waits(guest: socket.socket) -> bool:
    """Whether a client that has nothing to say yet keeps its line."""
    try:
        return guest.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) != b""
    except BlockingIOError:
        return True
    except ConnectionError:
        return False


def hang_up(server: SMTP) -> str:
    """Cut the line in the middle of the dialogue."""
    transport: Any = server.transport
    transport.abort()
    return TAKEN
