"""All that runs at a centre, for real: web, worker and scheduler as processes, and what they send to."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import psycopg
import redis
from playwright.sync_api import Browser, BrowserContext, Page
from psycopg.sql import SQL, Identifier

from tests.browser.conftest import PATIENCE_MILLISECONDS, PHONE
from tests.integration.commands import volunteer
from tests.patience import eventually
from tests.servers.moved_clock import VARIABLE, MovedClock
from tests.servers.scanned_mailbox import ScannedMailbox, Scanner
from tests.servers.text_gateway import TextGateway
from volunteer.cli.children import Child
from volunteer.cli.valkey import free_port
from volunteer.config import Settings, from_environment
from volunteer.keyring import create

START_SECONDS = 90.0
PATIENCE_SECONDS = 60.0
PASSWORD = "een lange zin om binnen te komen"


@dataclass
class WholeHouse:
    """A centre, and the world around it: mailboxes, phones, and whoever listens on the queue."""

    settings: Settings
    clock: MovedClock
    mailbox: ScannedMailbox
    gateway: TextGateway
    folder: Path
    chromium: Browser
    addresses: list[str] = field(default_factory=list)
    """Every address that a browser asked for, with what it said it came from."""
    queued: list[str] = field(default_factory=list)
    """Every command that Valkey was given."""
    complaints: list[str] = field(default_factory=list)
    """Whatever a browser complained about."""
    _scheduler: Child | None = None
    _children: list[Child] = field(default_factory=list)
    _logs: list[Path] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def start(self, ready: str, *command: str) -> Child:
        """Start a program on the moved clock; it is there when its output says ``ready``."""
        log = self.folder / f"program-{len(self._logs)}.txt"
        self._logs.append(log)
        with log.open("w") as output:
            child = Child(
                command[0],
                (sys.executable, "-m", "tests.servers.moved_clock", *command),
                environment={**_without_house(), **self.settings.environment, VARIABLE: str(self.clock_file)},
                output=output.fileno(),
            )
            child.start()
        self._children.append(child)
        if ready:
            eventually(lambda: _says(child, log, ready), seconds=START_SECONDS, what=ready)
        return child

    @property
    def clock_file(self) -> Path:
        """Where the processes read what time it is."""
        return self.folder / "clock"

    @property
    def logged(self) -> str:
        """All that the programs said."""
        return "\n".join(log.read_text("utf-8") for log in self._logs)

    def until(self, moment: datetime) -> None:
        """Let it become this moment: the scheduler does whatever is due by then."""
        self.clock.turn_to(moment)
        self.go_on()

    def go_on(self) -> None:
        """Let the scheduler run."""
        if self._scheduler is None:
            self._scheduler = self.start("", "workers.scheduler")

    def rest(self) -> None:
        """End the scheduler, and wait until everything is done that was begun."""
        if self._scheduler is not None:
            self._scheduler.kill()
            self._scheduler = None
        eventually(self._is_quiet, seconds=PATIENCE_SECONDS, what="the end of all work")
        eventually(self.mailbox.is_scanned, seconds=PATIENCE_SECONDS, what="the end of all scans")

    def text_message(self, to: str, start: str) -> str:
        """Wait for the newest text message to somebody that begins like this."""

        def found() -> str | None:
            told = [each.content for each in self.gateway.handed if each.content.get("to") == to]
            return next((each["text"] for each in reversed(told) if each["text"].startswith(start)), None)

        return eventually(found, seconds=PATIENCE_SECONDS, what=f"a text message “{start}”")

    def somebody(self, **options: Any) -> Page:
        """A browser of somebody new, on a phone that reads Dutch."""
        wanted = {"viewport": PHONE, "locale": "nl", "base_url": self.settings.public_url, **options}
        context = self.chromium.new_context(**wanted)
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MILLISECONDS)
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda asked: self.addresses.append(f"{asked.url} {asked.headers.get('referer')}"))
        return page

    def close(self) -> None:
        """End everything."""
        for context in self._contexts:
            context.close()
        for child in reversed(self._children):
            child.kill()

    def web_is_up(self) -> bool:
        """Whether pages are served."""
        connection = HTTPConnection("127.0.0.1", self.settings.port, timeout=20)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def everything_kept(self) -> dict[str, str]:
        """A mark of the content of each table."""
        with psycopg.connect(self.settings.database_url) as connection:
            names = connection.execute(
                "select table_name from information_schema.tables where table_schema = 'public'"
            ).fetchall()
            return {str(name): _mark(connection, str(name)) for (name,) in names}

    def _is_quiet(self) -> bool:
        with psycopg.connect(self.settings.database_url) as connection:
            waiting = connection.execute(
                "select (select count(*) from outbox where fanned_out_at is null)"
                " + (select count(*) from deliveries where state in ('waiting', 'claimed'))"
            ).fetchone()
        with redis.Redis.from_url(self.settings.redis_url) as client:
            return waiting == (0,) and not list(client.scan_iter("dramatiq:*.msgs"))


def _says(child: Child, log: Path, ready: str) -> bool:
    said = log.read_text("utf-8")
    assert child.is_running, said
    return ready in said


def _mark(connection: psycopg.Connection[tuple[object, ...]], table: str) -> str:
    rows = connection.execute(SQL("select t::text from {} t order by 1").format(Identifier(table))).fetchall()
    return sha256("\n".join(str(row) for (row,) in rows).encode()).hexdigest()


def _without_house() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}


@contextmanager
def whole_house(folder: Path, database_url: str, valkey_url: str, chromium: Browser) -> Iterator[WholeHouse]:
    """Everything, running; ended on exit."""
    port, clock = free_port(), MovedClock(folder / "clock")
    create(folder / "keys")
    with TextGateway() as gateway, ScannedMailbox(Scanner()) as mailbox:
        settings = from_environment(
            {
                "DATA": str(folder / "data"),
                "KEYS": str(folder / "keys"),
                "DATABASE_URL": database_url,
                "REDIS_URL": valkey_url,
                "PORT": str(port),
                "PUBLIC_URL": f"http://127.0.0.1:{port}",
                "SMTP_URL": f"smtp://127.0.0.1:{mailbox.port}",
                "SMS_URL": gateway.url,
                "SMS_KEY": "geheim",
                "DEMO": "0",
                "DEVELOPMENT": "0",
                "LOG_LEVEL": "DEBUG",
            }
        )
        house = WholeHouse(settings, clock, mailbox, gateway, folder, chromium)
        with _listening(valkey_url, house.queued):
            try:
                yield house
            finally:
                house.close()


@contextmanager
def _listening(valkey_url: str, heard: list[str]) -> Iterator[None]:
    """Note every command that Valkey is given, until the end."""
    where = urlsplit(valkey_url)
    with (
        socket.create_connection((where.hostname or "", where.port or 0)) as line,
        line.makefile("rb") as lines,
    ):
        line.sendall(f"AUTH {where.password}\r\nMONITOR\r\n".encode())
        assert [lines.readline() for _ in range(2)] == [b"+OK\r\n"] * 2
        listening = threading.Thread(target=_take_down, args=(lines, heard), daemon=True)
        listening.start()
        try:
            yield
        finally:
            line.shutdown(socket.SHUT_RDWR)
            listening.join(timeout=10)


def _take_down(lines: BinaryIO, heard: list[str]) -> None:
    heard.extend(line.decode("utf-8", "replace") for line in lines)


def desk_worker(house: WholeHouse, email: str) -> None:
    """Somebody at the desk gets an account, as an administrator makes one."""
    account = ("--email", email, "--name", "Yasmina", "--role", "desk_worker")
    volunteer(house.settings, "accounts", "add", *account, given=f"{PASSWORD}\n")
