"""The real service on one machine, as a person starts it, to be looked at, stopped and killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from tests.patience import eventually
from volunteer.cli.valkey import free_port

START_SECONDS = 60.0
PROGRAMS = {
    "web": "volunteer.cli web",
    "worker": "-m workers",
    "scheduler": "workers.scheduler",
    "valkey": "valkey",
}
"""What each child is recognised by, the last match counting."""


class OneMachine:
    """``volunteer run`` on a free port, with data and keys in ``folder``.

    Use it as a context manager: it is running on entry, and on exit it is killed with all its children.
    """

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if name in {"PATH", "HOME", "LANG", "TMPDIR"}
            },
            "DATA": str(folder / "data"),
            "KEYS": str(folder / "keys"),
            "PORT": str(self.port),
            "DEMO": "0",
            **environment,
        }
        self._output = folder / "output.txt"
        self._seen: set[psutil.Process] = set()

    @property
    def url(self) -> str:
        """The address of the start page."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        """All it has said so far."""
        return self._output.read_text("utf-8")

    def __enter__(self) -> Self:
        self.launch()
        eventually(self._is_up, seconds=START_SECONDS, what="the start")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.children()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        try:
            eventually(lambda: not self.survivors(), what="the end of all children")
        finally:
            for survivor in self.survivors():
                survivor.kill()

    def launch(self) -> None:
        """Start it without waiting, as from a terminal: tests under nohup would pass that on."""
        before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
        try:
            with self._output.open("w") as output:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", "volunteer.cli", "run"],
                    env=self.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    process_group=0,
                )
        finally:
            signal.signal(signal.SIGHUP, before)

    def children(self) -> dict[str, psutil.Process]:
        """The programs that run under it now, by name."""
        found = {}
        for child in psutil.Process(self.process.pid).children() if self.process.poll() is None else []:
            self._seen.add(child)
            line = _command_line(child)
            names = [name for name, words in PROGRAMS.items() if words in line]
            if names:
                found[names[-1]] = child
        return found

    def survivors(self) -> list[psutil.Process]:
        """Whoever was seen under it and still runs."""
        return [
            child for child in self._seen if child.is_running() and child.status() != psutil.STATUS_ZOMBIE
        ]

    def status(self, path: str = "/healthz") -> int | None:
        """What the web answers to a GET of ``path``; None when it does not."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, HTTPException):
            return None
        finally:
            connection.close()

    def stop(self, told_by: signal.Signals = signal.SIGINT) -> int:
        """Stop it as a person would; returns the exit code."""
        self.children()
        self.process.send_signal(told_by)
        return self.process.wait(timeout=30)

    def _is_up(self) -> bool:
        if self.process.poll() is not None:
            raise AssertionError(self.output)
        return f"is at {self.url}" in self.output and len(self.children()) == len(PROGRAMS)


def _command_line(process: psutil.Process) -> str:
    """What it runs; empty when it has ended, even if nobody has taken note of that yet."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""
