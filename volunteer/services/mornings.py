"""Looking again, once a day, for everybody who waits: what newly fits is on their page, and they may hear it.

Small transactions: lists, events and how far it came commit together. A kill loses and doubles nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from volunteer.domain.candidates import BY_HAND
from volunteer.domain.consent import Purpose
from volunteer.domain.events.suggestions import NewRolesFound
from volunteer.domain.messages import MessageKind, Topic
from volunteer.matching.catalogue import Catalogue
from volunteer.models import Candidate, Morning, SuggestionList
from volunteer.queries import mornings as queries
from volunteer.queries.candidates import consents_in_force
from volunteer.queries.messages import times_told
from volunteer.services import subscriptions, suggestions
from volunteer.services.suggestions import Means, Past
from volunteer.unit_of_work import UnitOfWork, UnitsOfWork

KNOWN_FOR = timedelta(days=60)
"""A role that was on somebody's list since then is no news to them."""
TOLD_WITHIN = timedelta(days=7)
LEASE = timedelta(minutes=5)
"""A morning on which nothing moved for so long was left, and somebody may go on with it."""
_AT_ONCE = 50


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
    try:
        with units.write() as uow:
            _begin(uow, day, catalogue)
    except IntegrityError:  # somebody began it at the same moment: then both go on with it, turn by turn
        pass
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
        and bool(consents_in_force(uow.session, candidate.id, Purpose.FOLLOW_UP, now=uow.now))
        and Topic.NEW_ROLES not in subscriptions.muted(uow, candidate.id)
        and not queries.is_expected(uow.session, candidate.id)
        and queries.is_news(uow.session, candidate.id, list_id)
        and _times_told(uow, candidate) < news.most_a_week
    )


def _times_told(uow: UnitOfWork, candidate: Candidate) -> int:
    since = uow.now - TOLD_WITHIN
    return times_told(uow.session, candidate.id, MessageKind.NEW_SUGGESTIONS, since=since)


def _begin(uow: UnitOfWork, day: date, catalogue: Catalogue) -> None:
    if queries.morning_of(uow.session, day) is None:
        offer = _offer(catalogue.snapshot(uow).version)
        uow.session.add(Morning(day=day, offer=offer, looked_at=uow.now))


def _look_at_some(uow: UnitOfWork, day: date, catalogue: Catalogue, news: News, limit: int) -> bool:
    """Look again for the next people; ``False`` when there is nobody left."""
    morning = queries.morning_of(uow.session, day, hold=True)
    if morning is None or morning.finished_at is not None:
        return False
    means = suggestions.means(uow, catalogue)
    waiting = queries.who_waits(uow.session, after=morning.through, limit=limit, now=uow.now)
    last = queries.last_finished(uow.session)
    # With the offer of the last morning nothing can newly fit, and nobody's needs are opened for it.
    is_changed = last is None or last.offer != _offer(means.snapshot.version)
    _look_at(uow, waiting, means if is_changed else None, news)
    morning.looked_at = uow.now
    if len(waiting) < limit:
        morning.finished_at = uow.now
        return False
    morning.through = waiting[-1].id
    return True


def _look_at(uow: UnitOfWork, waiting: Sequence[Candidate], means: Means | None, news: News) -> None:
    lists = queries.newest_lists(uow.session, [candidate.id for candidate in waiting])
    behind = {} if means is None else {who: held for who, held in lists.items() if _is_behind(held, means)}
    past = _past(uow, behind)
    for candidate in waiting:
        held = lists.get(candidate.id)
        if means and candidate.id in past and suggestions.renew(uow, candidate, means, past[candidate.id]):
            continue
        # What was held back because it was too soon is not lost.
        if held is not None and held.looked_again and may_tell(uow, candidate, held.id, news):
            uow.record(NewRolesFound(candidate.id, held.id))


def _past(uow: UnitOfWork, newest: Mapping[UUID, SuggestionList]) -> dict[UUID, Past]:
    """What each of these people knows of, by person; given are their newest lists."""
    ids = [made.id for made in newest.values()]
    since = uow.now - KNOWN_FOR
    before = queries.suggestions_before(uow.session, newest.keys(), since=since, newest=ids)
    wished = queries.roles_wished(uow.session, newest.keys())
    return {who: Past(before[who], wished[who], _unheard(uow, made)) for who, made in newest.items()}


def _unheard(uow: UnitOfWork, made: SuggestionList) -> frozenset[UUID]:
    if not made.looked_again or not queries.is_news(uow.session, made.candidate_id, made.id):
        return frozenset()
    return suggestions.news_on(uow, made)


def _is_behind(made: SuggestionList, means: Means) -> bool:
    return _offer(made.snapshot_version) != _offer(means.snapshot.version)


def _offer(version: str) -> str:
    """The version of a snapshot without its day: as days go by, nothing begins to fit by itself."""
    return version.partition("@")[0]
