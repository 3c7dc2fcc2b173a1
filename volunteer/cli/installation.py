"""What the one-machine mode makes ready before anything starts: folders, lock, socket, keys, tables."""

from __future__ import annotations

import fcntl
import os
import socket
from pathlib import Path
from typing import IO

from sqlalchemy.exc import OperationalError

from volunteer import keyring
from volunteer.cli.database import bring_up, present_revision
from volunteer.config import Settings

BACKLOG = 128


class CannotStart(RuntimeError):
    """Something outside the program is in the way; the message says what to do."""


def make_folders(settings: Settings) -> None:
    """Make DATA and KEYS, for this user's eyes alone. Raises :class:`CannotStart`."""
    if settings.keys == settings.data or settings.data in settings.keys.parents:
        raise CannotStart(
            "KEYS lies in DATA: a copy of the data would hold its own keys. Put KEYS elsewhere."
        )
    for name, folder in (("DATA", settings.data), ("KEYS", settings.keys)):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise CannotStart(f"{name} cannot be made at {folder}: {error.strerror}.") from error
        if not os.access(folder, os.W_OK | os.X_OK):
            raise CannotStart(f"{name} cannot be written to: {folder} belongs to somebody else.")


def lock(folder: Path) -> IO[str]:
    """Claim ``folder`` for as long as the returned file is open. Raises :class:`CannotStart`."""
    file = (folder / "schakel.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        owner = file.read().strip() or "unknown"
        file.close()
        raise CannotStart(f"Schakel is running already on {folder} (process {owner}).") from None
    file.truncate(0)
    file.write(f"{os.getpid()}\n")
    file.flush()
    return file


def listen(host: str, port: int) -> socket.socket:
    """The socket people reach us by. Raises :class:`CannotStart`.

    It belongs to the supervisor, so that nobody is refused while the web process starts again.
    """
    try:
        family, *_, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(address[:2], family=family, backlog=BACKLOG)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotStart(
            f"Cannot listen on {host} port {port}: {reason}. Choose another, as in PORT={port + 1} make run."
        ) from error


def make_ready(settings: Settings) -> None:
    """Make the keys on the very first start, and bring the tables up to date. Raises :class:`CannotStart`."""
    try:
        make_keys(settings)
        bring_up(settings.database_url)
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise CannotStart(f"The database cannot be used: {reason}.") from error


def make_keys(settings: Settings) -> None:
    """Make a key ring if there is none, unless there is data that only a lost one can open."""
    try:
        keyring.load(settings.keys)
    except keyring.KeysMissing:
        if present_revision(settings.database_url) is not None:
            raise CannotStart(
                f"There is data, but no keys in {settings.keys}: it stays closed without them. Put them back."
            ) from None
        keyring.create(settings.keys)
