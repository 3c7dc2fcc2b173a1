"""The composition root of a worker: the core, the registry of handlers, and what handlers may reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from volunteer.adapters.senders import make_senders
from volunteer.bootstrap import Core, make_core
from volunteer.config import Settings, from_environment
from volunteer.domain.events import Event
from volunteer.domain.ports import Bell, Clock
from volunteer.handlers.reaction import Handler, Ports
from volunteer.handlers.registry import HANDLERS
from volunteer.matching.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class WorkerCore:
    """What an actor works with."""

    core: Core
    ports: Ports
    handlers: dict[str, Handler]

    def handlers_of(self, event: type[Event]) -> list[str]:
        """Names of the handlers that react to events of this class."""
        return [handler.name for handler in self.handlers.values() if handler.event is event]


def make_worker_core(
    settings: Settings,
    *,
    bell: Bell | None = None,
    clock: Clock | None = None,
    handlers: Sequence[Handler] = HANDLERS,
) -> WorkerCore:
    """Put a worker together."""
    core = make_core(settings, bell=bell, clock=clock)
    centre = settings.centre
    if not settings.wakes_people:
        centre = replace(centre, quiet_until=centre.quiet_from)
    ports = Ports(centre=centre, links=core.links, catalogue=Catalogue(), senders=make_senders(settings))
    return WorkerCore(core=core, ports=ports, handlers={handler.name: handler for handler in handlers})


@lru_cache(maxsize=1)
def worker_core() -> WorkerCore:
    """The one of this process, made from the environment at the first need."""
    return make_worker_core(from_environment())


def warm_up(worker: WorkerCore) -> None:
    """Read the offer before the first person waits for it."""
    with worker.core.units.read() as uow:
        worker.ports.catalogue.snapshot(uow)
