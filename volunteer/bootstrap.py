"""The composition root: here alone the parts of a process are made and put together."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from volunteer import keyring
from volunteer.adapters.broker import SilentBell, make_bell
from volunteer.adapters.clock import SystemClock
from volunteer.adapters.database import make_engine, session_makers
from volunteer.config import Settings
from volunteer.domain.ports import Bell, Clock
from volunteer.keyring import KeyRing
from volunteer.links import Links
from volunteer.unit_of_work import UnitsOfWork


@dataclass(frozen=True, slots=True)
class Core:
    """What every door onto the core (web, command line, workers) is handed."""

    settings: Settings
    engine: Engine
    keyring: KeyRing
    clock: Clock
    links: Links
    units: UnitsOfWork

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def make_core(settings: Settings, *, clock: Clock | None = None, bell: Bell | None = None) -> Core:
    """Put the core together. Raises ``KeysMissing`` when there is no key ring."""
    ring = keyring.load(settings.keys)
    chosen_clock = clock or SystemClock()
    engine = make_engine(settings.database_url)
    writing, reading = session_makers(engine)
    units = UnitsOfWork(
        writing=writing,
        reading=reading,
        keyring=ring,
        clock=chosen_clock,
        zone=ZoneInfo(settings.centre.time_zone),
        bell=bell or make_bell(settings.redis_url),
    )
    links = Links(public_url=settings.public_url, key=ring.signing_key("links"))
    return Core(settings=settings, engine=engine, keyring=ring, clock=chosen_clock, links=links, units=units)


def make_silent_core(settings: Settings) -> Core:
    """A core that rings no bell: for commands that run where no broker does."""
    return make_core(settings, bell=SilentBell())
