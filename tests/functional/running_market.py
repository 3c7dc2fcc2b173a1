"""A market of four hundred people on the real service: its programs as processes, with one clock for all."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode
from uuid import UUID, uuid4

from tests.functional.browsing import csrf_token_of
from tests.patience import eventually
from tests.servers.moved_clock import VARIABLE, MovedClock
from volunteer.bootstrap import Core, make_core
from volunteer.cli.children import Child
from volunteer.cli.valkey import free_port
from volunteer.config import Settings, from_environment
from volunteer.domain.consent import GivenHow
from volunteer.domain.market_days import HelperRole, MarketState, StandState, VisitorKind, VisitorState
from volunteer.links import Purpose
from volunteer.models import Market, MarketHelper, MarketVisitor, MarketZone, Stand
from volunteer.models.base import field_name
from volunteer.services import organisations
from volunteer.unit_of_work import UnitOfWork

START_SECONDS = 90.0
LETTERS, STANDS_IN_A_ZONE, SEATS, ROUNDS = "ABCDEF", 10, 3, 8
PEOPLE = 400
INTERPRETERS = 6


@dataclass
class RunningMarket:
    """Where it runs, and ids of what is in it."""

    settings: Settings
    core: Core
    clock: MovedClock
    folder: Path
    market_id: UUID = field(default_factory=uuid4)
    stands: list[UUID] = field(default_factory=list)
    visitors: list[UUID] = field(default_factory=list)
    helper_id: UUID = field(default_factory=uuid4)
    _children: list[Child] = field(default_factory=list)
    _lines: list[Line] = field(default_factory=list)

    def start(self, module: str, *words: str, ready: str = "") -> Child:
        """Start a program, and wait until it says that it is ready."""
        log = self.folder / f"program-{len(self._children)}.txt"
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        with log.open("w") as output:
            child = Child(
                module,
                (sys.executable, "-m", "tests.servers.moved_clock", module, *words),
                environment={
                    **inherited,
                    **self.settings.environment,
                    VARIABLE: str(self.folder / "clock"),
                },
                output=output.fileno(),
            )
            child.start()
        self._children.append(child)
        if ready:
            eventually(lambda: ready in log.read_text("utf-8"), seconds=START_SECONDS, what=ready)
        return child

    def close(self) -> None:
        """End all programs; what they said is shown where a test fails."""
        for line in self._lines:
            line.close()
        for child in reversed(self._children):
            child.kill()
        for number in range(len(self._children)):
            sys.stderr.write((self.folder / f"program-{number}.txt").read_text("utf-8")[-4000:])
        self.core.close()

    def line(self) -> Line:
        """A browser of somebody."""
        self._lines.append(Line(self.settings.port))
        return self._lines[-1]

    def link(self, purpose: Purpose, row_id: UUID) -> str:
        """The path of a signed link."""
        return "/" + self.core.links.make(purpose, row_id).split("/", 3)[3]


class Line:
    """One connection with its cookies, as a browser that shows nothing; raises when it gets no page."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self._cookies: SimpleCookie = SimpleCookie()
        self._token = ""
        self.headers: dict[str, str] = {}

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def get(self, path: str, **headers: str) -> str:
        """Open a page; 304 is an empty one."""
        return self._ask("GET", path, None, headers, expected=(200, 304))

    def post(self, path: str, *fields: tuple[str, str]) -> str:
        """Send a form that leads on somewhere; returns where."""
        body = urlencode([("csrf_token", self._token), *fields])
        self._ask(
            "POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"}, expected=(302, 303)
        )
        return self.headers["Location"]

    def _ask(
        self, method: str, path: str, body: str | None, headers: dict[str, str], *, expected: Sequence[int]
    ) -> str:
        cookies = "; ".join(f"{name}={each.value}" for name, each in self._cookies.items())
        self._connection.request(
            method,
            path,
            body,
            {"Accept-Language": "en", **({"Cookie": cookies} if cookies else {}), **headers},
        )
        reply = self._connection.getresponse()
        page = reply.read().decode()
        assert reply.status in expected, (
            f"{reply.status} {method} {path.partition('/')[2][:8]}: {_said(page)}"
        )
        for name, value in reply.getheaders():
            if name == "Set-Cookie":
                self._cookies.load(value)
        self.headers = dict(reply.getheaders())
        self._token = csrf_token_of(page) or self._token
        return page


def _said(page: str) -> str:
    """What a page says was wrong, for who reads why a test failed."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())[:600]


class Watched:
    """The board, asked all day; use it as a context manager."""

    def __init__(self, running: RunningMarket) -> None:
        self._running = running
        self._stop = Event()
        self._thread = Thread(target=self._watch)
        self.ages: list[float] = []
        """Seconds between the moment it was asked and the moment that what it said was read."""
        self.broken: list[Exception] = []

    def __enter__(self) -> Watched:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join(timeout=60)

    def _watch(self) -> None:
        line, etag = self._running.line(), ""
        while not self._stop.wait(0.2):
            asked = self._running.clock.now()
            try:
                line.get(f"/board/{self._running.market_id}/now", **{"If-None-Match": etag})
            except (AssertionError, OSError) as error:
                self.broken.append(error)
                line = self._running.line()
                continue
            etag = line.headers.get("ETag", etag)
            self.ages.append((asked - datetime.fromisoformat(line.headers["As-Of"])).total_seconds())


@contextmanager
def running_market(settings: Settings, folder: Path) -> Iterator[RunningMarket]:
    """Everything, laid out and running; ended on exit."""
    port, clock = free_port(), MovedClock(folder / "clock")
    clock.turn_to(datetime.fromisoformat("2027-03-07T09:00:00+00:00"))
    own = from_environment(
        {
            **settings.environment,
            "PORT": str(port),
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "DEVELOPMENT": "0",
            "LOG_LEVEL": "INFO",
        }
    )
    running = RunningMarket(own, make_core(own, clock=clock), clock, folder)
    try:
        with running.core.units.write() as uow:
            _lay_out(uow, running)
        running.start("volunteer.cli", "web")
        eventually(lambda: _is_up(running), seconds=START_SECONDS, what="the pages")
        yield running
    finally:
        running.close()


def _is_up(running: RunningMarket) -> bool:
    try:
        return bool(running.line().get("/healthz"))
    except OSError:
        return False


def _lay_out(uow: UnitOfWork, running: RunningMarket) -> None:
    opens = uow.now + timedelta(days=1)
    market = Market(
        id=running.market_id,
        state=MarketState.OPEN,
        texts={"nl": {"title": "Grote markt", "about": "Ontmoet organisaties."}},
        starts_at=opens,
        ends_at=opens + timedelta(hours=5),
        first_round_at=opens + timedelta(minutes=30),
        round_count=ROUNDS,
        round_minutes=15,
        change_minutes=5,
        breaks={"3": 20},
        stands_close_at=uow.now,
        signup_closes_at=opens,
        venue_name="De Hal",
        street="Kaai 1",
        postal_code="1000",
        municipality="brussel",
        rules={"wanted": 3, "longest_wait": 5},
        made_at=uow.now,
        opened_at=uow.now,
        last_card=PEOPLE,
        last_timetable=0,
    )
    market.zones = [
        MarketZone(id=uuid4(), letter=letter, texts={"nl": f"Zone {letter}"}, spots=STANDS_IN_A_ZONE)
        for letter in LETTERS
    ]
    uow.session.add(market)
    uow.session.flush()
    for zone in market.zones:
        for spot in range(1, STANDS_IN_A_ZONE + 1):
            running.stands.append(_stand(uow, market, zone, spot))
    running.visitors = [_visitor(uow, market, card) for card in range(1, PEOPLE + 1)]
    _help(uow, running)


def _stand(uow: UnitOfWork, market: Market, zone: MarketZone, spot: int) -> UUID:
    owner = organisations.add(uow, f"Organisatie {zone.letter}{spot}", language="nl")
    uow.session.flush()
    stand = Stand(
        id=uuid4(),
        market_id=market.id,
        organisation_id=owner.id,
        state=StandState.CONFIRMED,
        zone_id=zone.id,
        spot=spot,
        languages=["nl", "fr"],
        tasks=["t.cook"],
        offer={"nl": "Kom kijken."},
        seats=SEATS,
        closed_rounds=[ROUNDS - 1] if spot == 1 else [],
        applied_at=uow.now,
        settled_at=uow.now,
    )
    uow.session.add(stand)
    return stand.id


def _visitor(uow: UnitOfWork, market: Market, card: int) -> UUID:
    """One in twenty speaks Arabic alone, and needs an interpreter."""
    language = "ar" if card % 20 == 0 else "fr" if card % 2 else "nl"
    visitor = MarketVisitor(
        id=uuid4(),
        market_id=market.id,
        card=card,
        kind=VisitorKind.VISITOR,
        state=VisitorState.REGISTERED,
        language=language,
        languages=[language],
        name_sealed=uow.keyring.seal(f"Bezoeker {card}", field=field_name("market_visitors", "name_sealed")),
        tasks=["t.cook"] if card % 3 else [],
        given_how=GivenHow.DESK,
        registered_at=uow.now,
        wants_route=True,
        shares=[],
    )
    uow.session.add(visitor)
    return visitor.id


def _help(uow: UnitOfWork, running: RunningMarket) -> None:
    """One at the door, and interpreters."""
    for number in range(INTERPRETERS + 1):
        uow.session.add(
            MarketHelper(
                id=uuid4() if number else running.helper_id,
                market_id=running.market_id,
                role=HelperRole.INTERPRETER if number else HelperRole.CHECK_IN,
                name_sealed=uow.keyring.seal("Idris", field=field_name("market_helpers", "name_sealed")),
                languages=["ar"] if number else [],
                away=[],
            )
        )
