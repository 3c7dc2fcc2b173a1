"""Gatherings: made, published, changed and called off by the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID, uuid4

from volunteer.domain.candidates import clean_words
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.events.gatherings import (
    GatheringCancelled,
    GatheringMoved,
    GatheringNear,
    GatheringOver,
    GatheringPublished,
)
from volunteer.domain.gatherings import (
    LONGEST_ABOUT,
    LONGEST_LINE,
    LONGEST_LINK,
    Details,
    GatheringKind,
    GatheringState,
    clean_reason,
    clean_texts,
    day_after,
    day_before,
)
from volunteer.models import Gathering
from volunteer.queries import gatherings as queries
from volunteer.services import gathering_seats
from volunteer.unit_of_work import UnitOfWork

_AT_ONCE = 20
_LONGEST_AFTERWARDS = {"words": LONGEST_ABOUT, "link": LONGEST_LINK}
_WHEN_AND_WHERE = (
    "starts_at", "ends_at", "venue_name", "street", "postal_code", "municipality", "online_url",
)  # fmt: skip
"""What people who signed up hear of when it changes."""


def found(uow: UnitOfWork, gathering_id: UUID, *, hold: bool = False) -> Gathering:
    """One gathering; with ``hold`` nobody signs up for it meanwhile. Raises :class:`NotFound`."""
    session = uow.session
    gathering = queries.held(session, gathering_id) if hold else session.get(Gathering, gathering_id)
    if gathering is None:
        raise NotFound("This activity is not there any more.")
    return gathering


def shown(uow: UnitOfWork, gathering_id: UUID) -> Gathering:
    """One that everybody may read: published, or called off after that. Raises :class:`NotFound`."""
    gathering = found(uow, gathering_id)
    if gathering.published_at is None:
        raise NotFound("This activity is not there any more.")
    return gathering


def make(
    uow: UnitOfWork, details: Details, *, account_id: UUID | None, partner_id: UUID | None = None
) -> Gathering:
    """A draft that only the desk sees. Raises :class:`InvalidValue`."""
    details.check(now=uow.now)
    gathering = Gathering(
        id=uuid4(),
        state=GatheringState.DRAFT,
        last_number=0,
        changes=0,
        made_by_id=account_id,
        made_at=uow.now,
    )
    _write(gathering, details, partner_id)
    uow.session.add(gathering)
    return gathering


def publish(uow: UnitOfWork, gathering_id: UUID) -> Gathering:
    """Let everybody read it and sign up. Raises :class:`InvalidValue` for what is missing, and
    :class:`ImpossibleStep` for what is no draft any more.
    """
    gathering = found(uow, gathering_id, hold=True)
    if gathering.state != GatheringState.DRAFT:
        raise ImpossibleStep("This was published already.")
    details_of(gathering).check_whole(now=uow.now)
    gathering.state, gathering.published_at = GatheringState.PUBLISHED, uow.now
    _set_dates(uow, gathering)
    uow.record(GatheringPublished(gathering.id))
    return gathering


def change(
    uow: UnitOfWork, gathering_id: UUID, details: Details, *, partner_id: UUID | None = None
) -> Gathering:
    """Say something else of it; who signed up hears of another time or place.

    Raises :class:`InvalidValue`, also for fewer seats than are taken and for another kind once it is
    published, and :class:`ImpossibleStep` when it began or was called off.
    """
    gathering = found(uow, gathering_id, hold=True)
    _check_to_come(uow, gathering)
    is_published = gathering.state == GatheringState.PUBLISHED
    if is_published:
        _check_change(uow, gathering, details)
    else:
        details.check(now=uow.now)
    before = [getattr(gathering, name) for name in _WHEN_AND_WHERE]
    _write(gathering, details, partner_id)
    if is_published and before != [getattr(gathering, name) for name in _WHEN_AND_WHERE]:
        gathering.changes += 1
        _set_dates(uow, gathering)
        if gathering.starts_at != before[0]:
            gathering_seats.offer_anew(uow, gathering)
        uow.record(GatheringMoved(gathering.id))
    gathering_seats.offer_free(uow, gathering)
    return gathering


def say_afterwards(
    uow: UnitOfWork,
    gathering_id: UUID,
    *,
    afterwards: Mapping[str, Mapping[str, str]],
    question: Mapping[str, str],
) -> Gathering:
    """Material (``words`` and ``link`` by language) and the one question, also once the day is past.

    Raises :class:`InvalidValue`.
    """
    gathering = found(uow, gathering_id, hold=True)
    gathering.afterwards = {
        language: {
            name: clean_words(each, longest=_LONGEST_AFTERWARDS[name], field=f"{name}_{language}")
            for name, each in said.items()
            if each.strip()
        }
        for language, said in afterwards.items()
        if any(each.strip() for each in said.values())
    }
    for language, said in gathering.afterwards.items():
        if not said.get("link", "https://").startswith("https://"):
            raise InvalidValue("A link begins with https://.", field=f"link_{language}")
    gathering.question = {
        language: clean_words(words, longest=LONGEST_LINE, field=f"question_{language}")
        for language, words in question.items()
        if words.strip()
    }
    return gathering


def cancel(uow: UnitOfWork, gathering_id: UUID, reason: Mapping[str, str]) -> Gathering:
    """Call it off; everyone who signed up or waits is told why. Raises :class:`InvalidValue` without a reason
    in Dutch, and :class:`ImpossibleStep` when it began or was called off.
    """
    said = clean_reason(reason)
    gathering = found(uow, gathering_id, hold=True)
    _check_to_come(uow, gathering)
    gathering.state, gathering.cancelled_at, gathering.cancel_reason = (
        GatheringState.CANCELLED,
        uow.now,
        said,
    )
    gathering.changes += 1
    gathering.remind_at = gathering.follow_at = None
    uow.record(GatheringCancelled(gathering.id))
    return gathering


def remind(uow: UnitOfWork, *, limit: int = _AT_ONCE) -> int:
    """Say of what is tomorrow that it is, once; returns of how many."""
    near = queries.due(uow.session, "remind_at", uow.now, limit=limit)
    for gathering in near:
        gathering.remind_at = None
        if gathering.starts_at > uow.now:
            uow.record(GatheringNear(gathering.id))
    return len(near)


def follow_up(uow: UnitOfWork, *, limit: int = _AT_ONCE) -> int:
    """Say of what was yesterday that it was, once; returns of how many."""
    past = queries.due(uow.session, "follow_at", uow.now, limit=limit)
    for gathering in past:
        gathering.follow_at = None
        uow.record(GatheringOver(gathering.id))
    return len(past)


def details_of(gathering: Gathering) -> Details:
    """What is said of it now, to change it or to make another one like it."""
    return Details(
        kind=GatheringKind(gathering.kind),
        texts=gathering.texts,
        starts_at=gathering.starts_at,
        ends_at=gathering.ends_at,
        signup_closes_at=gathering.signup_closes_at,
        venue_name=gathering.venue_name or "",
        street=gathering.street or "",
        postal_code=gathering.postal_code or "",
        municipality=gathering.municipality,
        online_url=gathering.online_url or "",
        languages=frozenset(gathering.languages),
        interpreters=frozenset(gathering.interpreters),
        access=frozenset(gathering.access),
        seats=gathering.seats,
        question=gathering.question,
        afterwards=gathering.afterwards,
        expertise_offered=frozenset(gathering.expertise_offered),
        expertise_asked=frozenset(gathering.expertise_asked),
    )


def _write(gathering: Gathering, details: Details, partner_id: UUID | None) -> None:
    lines = {
        name: clean_words(getattr(details, name), longest=LONGEST_LINE, field=name) or None
        for name in ("venue_name", "street", "postal_code")
    }
    for name, value in lines.items():
        setattr(gathering, name, value)
    for name in ("languages", "interpreters", "access", "expertise_offered", "expertise_asked"):
        setattr(gathering, name, sorted(getattr(details, name)))
    gathering.kind, gathering.texts = details.kind, clean_texts(details.texts)
    gathering.starts_at, gathering.ends_at = _utc(details.starts_at), _utc(details.ends_at)
    gathering.signup_closes_at = _utc(details.closes_at)
    gathering.municipality, gathering.online_url = details.municipality, details.online_url or None
    gathering.seats, gathering.organisation_id = details.seats, partner_id
    gathering.question, gathering.afterwards = dict(details.question), dict(details.afterwards)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _check_change(uow: UnitOfWork, gathering: Gathering, details: Details) -> None:
    details.check_whole(now=uow.now)
    if details.kind != gathering.kind:
        raise InvalidValue("People signed up for this kind. Make another activity instead.", field="kind")
    taken = queries.seats_taken(uow.session, gathering.id)
    if details.seats < taken:
        raise InvalidValue(
            "%(taken)d seats are taken already. Give at least as many.",
            field="seats",
            values={"taken": taken},
        )


def _check_to_come(uow: UnitOfWork, gathering: Gathering) -> None:
    if gathering.state == GatheringState.CANCELLED:
        raise ImpossibleStep("This activity was called off.")
    if gathering.state == GatheringState.PUBLISHED and gathering.starts_at <= uow.now:
        raise ImpossibleStep("This activity began already.")


def _set_dates(uow: UnitOfWork, gathering: Gathering) -> None:
    """When people are reminded and followed up; nobody is reminded of what they just heard."""
    near = day_before(gathering.starts_at, uow.zone)
    gathering.remind_at = near if near > uow.now else None
    gathering.follow_at = day_after(gathering.ends_at, uow.zone)
