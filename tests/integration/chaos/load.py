"""People who sign up one after another, whatever happens meanwhile."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from threading import Event, Thread
from types import TracebackType
from typing import Self
from uuid import uuid4
from zlib import crc32

from sqlalchemy.exc import SQLAlchemyError

from tests.patience import eventually
from volunteer.bootstrap import Core
from volunteer.domain.access import Strength
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import Purpose
from volunteer.domain.interests import Interests
from volunteer.services import candidates

SignsUp = Callable[[str], None]

WRITERS = 2
PACE_SECONDS = 0.02
"""A breath between two people, so that those who do the work keep some of the machine."""
AHEAD = 20
"""So many more than were waited for may sign up: what is done to the house happens under load."""


class Load:
    """Signs people up in threads, as the web does; use it as a context manager.

    ``sign_up`` is called with an external id and returns when that person was told that it worked; the
    errors in ``refused_by`` tell them that it did not. Nobody comes before the first ``goes_on``.
    """

    def __init__(self, sign_up: SignsUp, *, refused_by: tuple[type[Exception], ...]) -> None:
        self._sign_up = sign_up
        self._refused_by = refused_by
        self._stop = Event()
        self._writers = [Thread(target=self._write) for _ in range(WRITERS)]
        self.acknowledged: list[str] = []
        """External ids of those who were told that it worked."""
        self.refused: list[str] = []
        """External ids of those who were told that it did not."""
        self.slowest_seconds = 0.0
        """What the slowest of both had to wait."""
        self._allowed = 0
        self._broken: list[Exception] = []

    def __enter__(self) -> Self:
        for writer in self._writers:
            writer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    def end(self) -> None:
        """Let nobody come any more."""
        self._stop.set()
        for writer in self._writers:
            writer.join(timeout=60)
            assert not writer.is_alive(), "a writer hangs"
        self._say_what_broke()

    def goes_on(self, people: int, *, seconds: float = 0.0) -> None:
        """Let so many more people sign up, and wait for them, and at least so long."""
        wanted, end = len(self.acknowledged) + people, time.monotonic() + seconds
        self._allowed = wanted + AHEAD
        eventually(
            lambda: self._have_signed_up(wanted) and time.monotonic() >= end,
            seconds=seconds + 60,
            what=f"{people} more sign-ups",
        )

    def is_refused(self, people: int, *, seconds: float) -> None:
        """Wait until so many more people were told that it did not work, and at least so long."""
        wanted, end = len(self.refused) + people, time.monotonic() + seconds
        eventually(
            lambda: len(self.refused) >= wanted and time.monotonic() >= end,
            seconds=seconds + 60,
            what=f"{people} more refusals",
        )

    def _have_signed_up(self, wanted: int) -> bool:
        self._say_what_broke()
        return len(self.acknowledged) >= wanted

    def _say_what_broke(self) -> None:
        if self._broken:
            raise AssertionError("somebody was turned away by an error of ours") from self._broken[0]

    def _write(self) -> None:
        while not self._stop.wait(PACE_SECONDS):
            if len(self.acknowledged) >= self._allowed:
                continue
            name = uuid4().hex
            began = time.monotonic()
            try:
                self._sign_up(name)
            except self._refused_by:
                self.refused.append(name)
            except Exception as error:  # noqa: BLE001 - told in the main thread, where it is seen
                self._broken.append(error)
                return
            else:
                self.acknowledged.append(name)
            self.slowest_seconds = max(self.slowest_seconds, time.monotonic() - began)


def through_the_service(core: Core) -> Load:
    """People whom only the database can refuse."""
    return Load(partial(sign_up, core), refused_by=(SQLAlchemyError,))


def through_the_web(port: int) -> Load:
    """People whose connection may be cut, or find nobody."""
    return Load(partial(sign_up_at, port), refused_by=(OSError, HTTPException))


def sign_up_at(port: int, external_id: str) -> None:
    """One person signs up at the API on ``port`` of this machine, with the answers of :func:`sign_up`."""
    answers = {
        "first_name": "Amal",
        "language": "nl",
        "municipality": "elsene",
        "external_id": external_id,
        "tasks_want": ["t.cook"],
        "languages": {"nl": 3},
        "needs_nice": ["ph.step_free_entrance"],
        "channel": "email",
        "contact": f"{external_id}@voorbeeld.example",
        "consents": ["account", "match", "needs"],
    }
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        headers = {"Content-Type": "application/json"}
        connection.request("POST", "/api/v1/candidates", json.dumps(answers), headers)
        response = connection.getresponse()
        said = response.read()
    if response.status != HTTPStatus.CREATED:
        raise RuntimeError(said)


def by_mail_and_by_phone(core: Core) -> Load:
    """The same; every second one of them wants text messages."""
    turns = cycle((Channel.EMAIL, Channel.SMS))
    return Load(lambda name: sign_up(core, name, by=next(turns)), refused_by=(SQLAlchemyError,))


def sign_up(core: Core, external_id: str, *, by: Channel = Channel.EMAIL) -> None:
    """One person signs up, and this returns when they are told so.

    They have a need, whose opening leaves a row, and an address or a number, to which one message goes.
    """
    address = f"{external_id}@voorbeeld.example"
    answers = SignUp(
        first_name="Amal",
        language="nl",
        municipality="elsene",
        external_id=external_id,
        interests=Interests.of(want=["t.cook"]),
        languages={"nl": 3},
        needs={"ph.step_free_entrance": Strength.NICE},
        channel=by,
        contact=address if by is Channel.EMAIL else f"+3247{crc32(address.encode()) % 10_000_000:07d}",
        consents=frozenset({Purpose.ACCOUNT, Purpose.MATCH, Purpose.NEEDS}),
    )
    with core.units.write() as uow:
        candidates.enrol(uow, answers, origin="page")
