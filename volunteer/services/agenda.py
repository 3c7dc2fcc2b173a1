"""The agenda as programs read it: calendars, the city's event database, search engines. It names nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from volunteer.domain.appointments import Appointment, Method
from volunteer.domain.gatherings import FIRST_LANGUAGE, GatheringKind, GatheringState, text_in
from volunteer.domain.places import MUNICIPALITIES
from volunteer.models import Gathering
from volunteer.queries import gatherings as queries
from volunteer.translation import listed
from volunteer.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What everybody may know of a gathering. Moments are in UTC."""

    id: UUID
    kind: GatheringKind
    titles: Mapping[str, str]
    """By language; the first language is always there."""
    abouts: Mapping[str, str]
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime
    """Until then people can sign up."""
    published_at: datetime
    venue: str
    street: str
    postal_code: str
    municipality: str | None
    """Its code."""
    is_online: bool
    """The address of the meeting itself is only for those who signed up."""
    is_on_site: bool
    languages: tuple[str, ...]
    interpreters: tuple[str, ...]
    access: tuple[str, ...]
    """Access codes that are true there."""
    seats: int
    free: int
    """Seats that nobody has, and that are kept for nobody."""
    is_cancelled: bool
    reasons: Mapping[str, str]
    """Why it was called off, by language."""
    changes: int
    link: str
    """Address of its page."""

    def is_open(self, now: datetime) -> bool:
        """Whether somebody can still sign up and sit down."""
        return not self.is_cancelled and self.free > 0 and now < self.closes_at


def announced(uow: UnitOfWork, *, pages: str) -> Sequence[Announced]:
    """What was published and is to come, called off or not; their pages are at ``pages``."""
    found = queries.announced(uow.session, now=uow.now)
    counts = queries.counts_of(uow.session, [each.id for each in found])
    taken = {id_: each.coming + each.offered for id_, each in counts.items()}
    return [_announced(each, taken=taken.get(each.id, 0), pages=pages) for each in found]


def announcement_of(uow: UnitOfWork, gathering: Gathering, *, pages: str) -> Announced:
    """What everybody may know of one that was published."""
    return _announced(gathering, taken=queries.seats_taken(uow.session, gathering.id), pages=pages)


def _announced(gathering: Gathering, *, taken: int, pages: str) -> Announced:
    said = gathering.texts
    return Announced(
        id=gathering.id,
        kind=GatheringKind(gathering.kind),
        titles={each: words["title"] for each, words in said.items() if words.get("title")},
        abouts={each: words["about"] for each, words in said.items() if words.get("about")},
        starts_at=gathering.starts_at,
        ends_at=gathering.ends_at,
        closes_at=gathering.signup_closes_at,
        published_at=gathering.published_at or gathering.made_at,
        venue=gathering.venue_name or "",
        street=gathering.street or "",
        postal_code=gathering.postal_code or "",
        municipality=gathering.municipality,
        is_online=gathering.online_url is not None,
        is_on_site=gathering.street is not None,
        languages=tuple(gathering.languages),
        interpreters=tuple(gathering.interpreters),
        access=tuple(gathering.access),
        seats=gathering.seats,
        free=max(0, gathering.seats - taken),
        is_cancelled=gathering.state == GatheringState.CANCELLED,
        reasons=gathering.cancel_reason or {},
        changes=gathering.changes,
        link=f"{pages}/{gathering.id}",
    )


def appointment_of(gathering: Gathering, language: str, *, made_at: datetime, link: str = "") -> Appointment:
    """A gathering as a calendar writes it down: the same in a mail, a file and the calendar to follow."""
    town = MUNICIPALITIES.get(gathering.municipality or "")
    place = (gathering.venue_name, gathering.street, gathering.postal_code, town and town.label(language))
    return Appointment(
        id=gathering.id,
        sequence=gathering.changes,
        method=Method.CANCEL if gathering.state == GatheringState.CANCELLED else Method.PUBLISH,
        starts_at=gathering.starts_at,
        ends_at=gathering.ends_at,
        made_at=made_at,
        title=text_in(gathering.texts, "title", language),
        place=listed((each for each in place if each), language),
        link=link,
    )


def calendar_of(uow: UnitOfWork, language: str = FIRST_LANGUAGE, *, pages: str) -> Sequence[Appointment]:
    """Everything announced, as a calendar to follow."""
    return [
        appointment_of(each, language, made_at=_said_at(each), link=f"{pages}/{each.id}")
        for each in queries.announced(uow.session, now=uow.now)
    ]


def _said_at(gathering: Gathering) -> datetime:
    """So that a calendar that is asked for twice is the same twice; what changed has a higher number."""
    return gathering.cancelled_at or gathering.published_at or gathering.made_at
