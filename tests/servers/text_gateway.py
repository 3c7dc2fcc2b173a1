"""A gateway for text messages on 127.0.0.1 that answers as it is told and remembers what it was handed."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Handed:
    """One request: its headers and what it says."""

    headers: Mapping[str, str]
    content: dict[str, Any]


@dataclass
class TextGateway:
    """Use it as a context manager; it listens on entry."""

    status: int = 202
    answer: dict[str, str] = field(default_factory=dict)
    """Headers of the answer."""
    handed: list[Handed] = field(default_factory=list)
    stalls: threading.Event = field(default_factory=threading.Event)
    """Set: it says nothing until it is closed."""

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._closed = threading.Event()
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Where to post to."""
        return f"http://127.0.0.1:{self._server.server_port}/messages"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        gateway = self

        class Answer(BaseHTTPRequestHandler):
            """One request."""

            def do_POST(self) -> None:
                """Take a message."""
                length = int(self.headers["Content-Length"])
                content = json.loads(self.rfile.read(length))
                gateway.handed.append(Handed(dict(self.headers.items()), content))
                if gateway.stalls.is_set():
                    gateway._closed.wait(30)
                    return
                self.send_response(gateway.status)
                for name, value in gateway.answer.items():
                    self.send_header(name, value)
                self.end_headers()

            def do_GET(self) -> None:
                """Nobody asks for anything here."""
                gateway.handed.append(Handed({"X-Method": "GET"}, {}))
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base
                """Say nothing."""

        return Answer
