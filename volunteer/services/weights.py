"""What can be done with versions of the weights: keep one, put it in use, go back to the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from types import MappingProxyType

from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.matching.scoring import HAND_WEIGHTS, Weights
from volunteer.models import WeightsVersion
from volunteer.queries import weights as queries
from volunteer.queries.impressions import acceptances
from volunteer.services.impressions import RIPENS
from volunteer.unit_of_work import UnitOfWork

FEWEST_ACCEPTANCES = 100
"""So many wishes that organisations said yes to, or nothing is learned."""
LEARNED_EVERY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one guard found about a version."""

    passed: bool
    words: str


def in_use(uow: UnitOfWork) -> Weights:
    """The released weights, or those chosen by hand.

    One indexed row, read at every use: a release reaches every process with the next list it makes.
    """
    released = queries.released_weights(uow.session)
    return HAND_WEIGHTS if released is None else as_weights(released)


def as_weights(stored: WeightsVersion) -> Weights:
    """A stored version as the engine takes it; a term that it does not know has its weight by hand."""
    by_term = {term: float(stored.by_term.get(term, hand)) for term, hand in HAND_WEIGHTS.by_term.items()}
    return Weights(version=stored.version, by_term=MappingProxyType(by_term))


def keep(
    uow: UnitOfWork,
    version: str,
    by_term: Mapping[str, float],
    guards: Mapping[str, Verdict],
    *,
    card: str,
) -> WeightsVersion:
    """Store what was learned under this name; this puts nothing in use."""
    stored = WeightsVersion(
        version=version,
        by_term=dict(by_term),
        state="trained",
        guards={name: asdict(verdict) for name, verdict in guards.items()},
        card=card,
        trained_at=uow.now,
    )
    uow.session.add(stored)
    uow.session.flush()
    return stored


def training_is_due(uow: UnitOfWork) -> bool:
    """Whether there is enough to learn from, and the last training was a week ago."""
    last = queries.last_training(uow.session)
    if last is not None and uow.now - last < LEARNED_EVERY:
        return False
    return acceptances(uow.session, before=uow.now - RIPENS, now=uow.now) >= FEWEST_ACCEPTANCES


def next_version(uow: UnitOfWork) -> str:
    """What the next learned version is called."""
    return f"learned-{queries.number_of_versions(uow.session) + 1}"


def get(uow: UnitOfWork, version: str, *, hold: bool = False) -> WeightsVersion:
    """One version. Raises :class:`NotFound`."""
    stored = uow.session.get(WeightsVersion, version, with_for_update=hold, populate_existing=hold)
    if stored is None:
        raise NotFound("There are no weights “%(version)s”.", values={"version": version})
    return stored


def failed_guards(stored: WeightsVersion) -> list[str]:
    """What the guards hold against this version, in words."""
    return [verdict["words"] for verdict in stored.guards.values() if not verdict["passed"]]


def release(uow: UnitOfWork, version: str, *, by: str) -> WeightsVersion:
    """Put this version in use from the next list on. Lists that were made keep the version that made them.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` when it is in use already or a guard failed: nobody
    can release what makes anybody's list worse.
    """
    chosen = get(uow, version, hold=True)
    if chosen.state == "released":
        raise ImpossibleStep("These weights are in use already.")
    if failed := failed_guards(chosen):
        raise ImpossibleStep(
            "These weights cannot be released: %(reasons)s", values={"reasons": " ".join(failed)}
        )
    present = queries.released_weights(uow.session)
    # Going back several steps at once: what came before it stays what came before it.
    if chosen.version not in _before(uow, present):
        chosen.replaced = present.version if present else None
    _put_in_use(uow, chosen, instead_of=present)
    chosen.released_at = uow.now
    chosen.released_by = by
    return chosen


def roll_back(uow: UnitOfWork) -> Weights:
    """Return to what was in use before; returns it. Raises :class:`ImpossibleStep` when nothing was learned.

    The version that goes stays, and can be released again.
    """
    present = queries.released_weights(uow.session)
    if present is None:
        raise ImpossibleStep("The weights chosen by hand are in use: there is nothing to go back to.")
    previous = get(uow, present.replaced, hold=True) if present.replaced else None
    _put_in_use(uow, previous, instead_of=present)
    return in_use(uow)


def _before(uow: UnitOfWork, stored: WeightsVersion | None) -> set[str]:
    """Every version that ``stored`` came after, step by step."""
    return set(_chain(uow, stored))


def _chain(uow: UnitOfWork, stored: WeightsVersion | None) -> Iterator[str]:
    while stored is not None and stored.replaced is not None:
        yield stored.replaced
        stored = uow.session.get(WeightsVersion, stored.replaced)


def _put_in_use(uow: UnitOfWork, chosen: WeightsVersion | None, *, instead_of: WeightsVersion | None) -> None:
    """One after the other: the database allows one released version at any moment."""
    if instead_of is not None:
        instead_of.state = "retired"
        uow.session.flush()
    if chosen is not None:
        chosen.state = "released"
        uow.session.flush()
