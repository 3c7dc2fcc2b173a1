"""Looking again, once a day, for everybody who waits: what newly fits is on their page, and they may hear it.

Small transactions: lists, events and how far it came commit together. A kill loses and doubles nothing.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from volunteer.domain.candidates import BY_HAND
from volunteer.domain.consent import Purpose
from volunteer.domain.events.suggestions import NewRolesFound
from volunteer.domain.messages import MessageKind
from volunteer.matching.catalogue import Catalogue
from volunteer.models import Candidate, Morning, SuggestionList
from volunteer.queries import mornings as queries
from volunteer.queries.candidates import consents_in_force
from volunteer.queries.messages import times_told
from volunteer.services import suggestions
from volunteer.services.suggestions import Means
from volunteer.unit_of_work import UnitOfWork, UnitsOfWork

KNOWN_FOR = timedelta(days=60)
"""A role that was on somebody's list since then is no news to them."""
TOLD_WITHIN = timedelta(days=7)
LEASE = timedelta(minutes=5)
"""A morning on which nothing moved for so long was left, and somebody may go on with it."""
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class News:
    """How people may be told of what newly fits."""

    by: frozenset[str]
    """The channels that reach somebody without any work at the desk."""
    most_a_week: int


def is_due(uow: UnitOfWork, *, at: time) -> bool:
    """Whether it is time: once a day, from ``at`` on, on the clock of the centre."""
    if uow.now.astimezone(uow.zone).time() < at:
        return False
    morning = queries.morning_of(uow.session, uow.today)
    return morning is None or (morning.finished_at is None and morning.looked_at <= uow.now - LEASE)


def look_again(
    units: UnitsOfWork, catalogue: Catalogue, news: News, *, people_at_once: int = _AT_ONCE
) -> None:
    """Go on with this day's morning to its end; nothing happens when it is over."""
    with units.read() as uow:
        day = uow.today
    goes_on = True
    while goes_on:
        with units.write() as uow:
            goes_on = _look_at_some(uow, day, catalogue, news, people_at_once)


def may_tell(uow: UnitOfWork, candidate: Candidate, list_id: UUID, news: News) -> bool:
    """Whether this person may be told of this list now: agreed, reachable, unaware of it, not told too often.

    Whoever calls this and then tells holds the file, so that two cannot count at once.
    """
    return (
        candidate.origin != "demo"
        and candidate.channel in news.by - BY_HAND
        and candidate.contact_sealed is not None
        and bool(consents_in_force(uow.session, candidate.id, Purpose.FOLLOW_UP))
        and not queries.is_expected(uow.session, candidate.id)
        and queries.is_news(uow.session, candidate.id, list_id)
        and _times_told(uow, candidate) < news.most_a_week
    )


def _times_told(uow: UnitOfWork, candidate: Candidate) -> int:
    since = uow.now - TOLD_WITHIN
    return times_told(uow.session, candidate.id, MessageKind.NEW_SUGGESTIONS, since=since)


def _look_at_some(uow: UnitOfWork, day: date, catalogue: Catalogue, news: News, limit: int) -> bool:
    """Look again for the next people; ``False`` when there is nobody left."""
    means = suggestions.means(uow, catalogue)
    offer = _offer(means.snapshot.version)
    morning = queries.morning_of(uow.session, day, hold=True) or _begin(uow, day, offer)
    if morning.finished_at is not None:
        return False
    waiting = queries.who_waits(uow.session, after=morning.through, limit=limit, now=uow.now)
    last = queries.last_finished(uow.session)
    # With the offer of the last morning nothing can newly fit, and nobody's needs are opened for it.
    _look_at(uow, waiting, means if last is None or last.offer != offer else None, news)
    morning.looked_at = uow.now
    if len(waiting) < limit:
        morning.finished_at = uow.now
        return False
    morning.through = waiting[-1].id
    return True


def _begin(uow: UnitOfWork, day: date, offer: str) -> Morning:
    """Of two that begin at once, the database lets one."""
    morning = Morning(day=day, offer=offer, looked_at=uow.now)
    uow.session.add(morning)
    uow.session.flush()
    return morning


def _look_at(uow: UnitOfWork, waiting: Sequence[Candidate], means: Means | None, news: News) -> None:
    ids = [candidate.id for candidate in waiting]
    lists = queries.newest_lists(uow.session, ids)
    newest = [each.id for each in lists.values()]
    known = queries.roles_known(uow.session, ids, since=uow.now - KNOWN_FOR, newest=newest)
    for candidate in waiting:
        held = lists.get(candidate.id)
        if held is None:
            continue
        if means is not None and _renew(uow, candidate, held, means, known.get(candidate.id, set())):
            continue
        # What was held back because it was too soon is not lost.
        if held.new_count and may_tell(uow, candidate, held.id, news):
            uow.record(NewRolesFound(candidate.id, held.id, held.new_count))


def _renew(
    uow: UnitOfWork, candidate: Candidate, held: SuggestionList, means: Means, known: Set[UUID]
) -> bool:
    if _offer(held.snapshot_version) == _offer(means.snapshot.version):
        return False
    is_unheard = bool(held.new_count) and queries.is_news(uow.session, candidate.id, held.id)
    unheard = suggestions.news_on(uow, held) if is_unheard else frozenset[UUID]()
    return suggestions.renew(uow, candidate, means, known=known, unheard=unheard)


def _offer(version: str) -> str:
    """The version of a snapshot without its day: as days go by, nothing begins to fit by itself."""
    return version.partition("@")[0]
