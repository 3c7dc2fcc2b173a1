"""One installation with everything in it, and everybody's session; what a request wrote is undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from flask import Flask
from werkzeug.test import TestResponse

from tests.fakes import HandClock, RecordingBell
from tests.functional.browsing import csrf_token_of
from tests.functional.matrix.cast import PASSWORD, Cast, gather
from tests.functional.matrix.roles import PROGRAMS, STAFF, Who
from tests.functional.matrix.things import happen
from tests.integration.services.conftest import Town
from volunteer.app import create_app
from volunteer.bootstrap import Core, make_core
from volunteer.config import from_environment
from volunteer.keyring import create

_A_FORM = "/not-right"
"""A page with a form that everybody may open."""
_COOKIE = "session"


@dataclass(frozen=True, slots=True)
class Session:
    """What somebody's browser sends along with each request."""

    cookie: str = ""
    csrf_token: str = ""
    bearer: str = ""


class Rewound:
    """The database as it was, whatever a request wrote in it."""

    def __init__(self, path: Path) -> None:
        self._file = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._file.execute("PRAGMA synchronous=OFF")
        self._kept = sqlite3.connect(":memory:", check_same_thread=False)
        self._file.backup(self._kept)
        self._seen = self._version()

    def was_written(self) -> bool:
        """Whether anybody committed a change since; it is undone."""
        if self._version() == self._seen:
            return False
        self._kept.backup(self._file)
        self._seen = self._version()
        return True

    def _version(self) -> int:
        # It changes with each commit of another connection, and with none of one's own.
        found: int = self._file.execute("PRAGMA data_version").fetchone()[0]
        return found

    def close(self) -> None:
        self._file.close()
        self._kept.close()


@dataclass(frozen=True)
class World:
    """Where every request of the matrix is sent."""

    app: Flask
    core: Core
    ids: Mapping[str, str]
    sessions: Mapping[Who, Session]
    rewound: Rewound

    def id_of(self, called: str) -> UUID:
        """The id of what is called like this."""
        return UUID(self.ids[called])

    def ask(self, who: Who, method: str, path: str, body: Mapping[str, object] | None = None) -> TestResponse:
        """The answer to one request of theirs, whose session is as fresh as before."""
        theirs = self.sessions[who]
        client = self.app.test_client()
        if theirs.cookie:
            client.set_cookie(_COOKIE, theirs.cookie)
        headers = {"Accept-Language": "en"}
        if theirs.bearer:
            headers["Authorization"] = f"Bearer {theirs.bearer}"
        if path.startswith("/api/"):
            return client.open(path, method=method, headers=headers, json=body if method != "GET" else None)
        data = {**(body or {}), "csrf_token": theirs.csrf_token} if method != "GET" else None
        return client.open(path, method=method, headers=headers, data=data)


@contextmanager
def built(folder: Path, migrated: Path, redis_url: str) -> Iterator[World]:
    """Everything, on a copy of the database ``migrated``."""
    database = folder / "schakel.sqlite"
    database.write_bytes(migrated.read_bytes())
    create(folder / "keys")
    settings = from_environment(
        {
            "DATA": str(folder / "data"),
            "KEYS": str(folder / "keys"),
            "DATABASE_URL": f"sqlite:///{database}",
            "REDIS_URL": redis_url,
            "DEVELOPMENT": "1",
            "DEMO": "0",
            "RATE_LIMITS": "0",
            "SMS_INCOMING_KEY": "geheim",
        }
    )
    clock = HandClock()
    core = make_core(settings, clock=clock, bell=RecordingBell())
    cast = gather(Town(core, clock))
    happen(cast, settings.mail_folder)
    app = create_app(settings, core)
    sessions = {who: _session(app, cast, who) for who in Who}
    rewound = Rewound(database)
    ids = {name: str(found) for name, found in cast.ids.items()}
    ids |= {**cast.links, "card": cast.cards[Who.FINDER]}
    yield World(app, core, ids, sessions, rewound)
    rewound.close()
    core.engine.dispose()


def _session(app: Flask, cast: Cast, who: Who) -> Session:
    if who in PROGRAMS:
        return Session(bearer=cast.programs[who])
    client = app.test_client()
    with closing(client.get(_A_FORM)) as page:
        token = csrf_token_of(page.get_data(as_text=True))
    if who in STAFF:
        sent = {"email": cast.email(who), "password": PASSWORD, "csrf_token": token}
        assert client.post("/login", data=sent).status_code in {302, 303}
    elif who in cast.cards:
        client.get(f"/c/{cast.cards[who]}")
    elif who is Who.CANDIDATE:
        client.get(f"/open/{cast.links['open link']}")
    elif who is Who.OTHER:
        client.get(f"/open/{cast.links['open link of other']}")
    with closing(client.get(_A_FORM)) as page:
        token = csrf_token_of(page.get_data(as_text=True))
    kept = client.get_cookie(_COOKIE)
    assert kept
    return Session(kept.value, token)
