"""Once a day: what answers and arrangements would open, and how much of it may be shown.

Needs are opened for this run alone, journalled once per person, and nothing of them is kept after it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from volunteer.domain.availability import Availability
from volunteer.domain.figures import (
    MOST_IN_THE_CITY,
    MOST_OF_A_KIND,
    NEVER_COUNTED,
    Anchor,
    Count,
    Kind,
    Reach,
    Subject,
    home_of,
    in_order,
    moved,
    shown,
)
from volunteer.domain.matching_facts import PersonFacts
from volunteer.matching.catalogue import Catalogue
from volunteer.matching.crowd import Crowd
from volunteer.matching.what_if import WhatIf, what_if
from volunteer.models import Candidate, Figure, FigureAnchors, FigureRun
from volunteer.models.base import field_name
from volunteer.queries import figures as queries
from volunteer.queries.figures import Countable, ShownFigure
from volunteer.services import needs
from volunteer.unit_of_work import UnitOfWork, UnitsOfWork

NIGHT_ENDS = 3
"""From this hour on, on the centre's clock, the figures of a day may be made."""
LEASE = timedelta(minutes=30)
"""A run that has not ended after this died, and another may begin."""
_AT_ONCE = 500
_READER = "engine"
_PURPOSE = "what_if"
_THE_CITY = UUID(int=0)
_FILLED_UP_TO = 256
_FIELD = field_name("figure_anchors", "anchors_sealed")


@dataclass(frozen=True, slots=True)
class Figures:
    """What is shown, and of which day."""

    day: date | None
    """``None`` while nobody was counted yet."""
    shown: list[ShownFigure]

    def of(self, kind: Kind) -> list[ShownFigure]:
        """Return those of one kind, the strongest first."""
        return [figure for figure in self.shown if figure.kind == kind]


def of_organisation(uow: UnitOfWork, organisation_id: UUID) -> Figures:
    """What this organisation could do that opens most."""
    return Figures(queries.newest_day(uow.session), queries.shown_figures(uow.session, organisation_id))


def of_city(uow: UnitOfWork) -> Figures:
    """What would open most in the city for people who have nothing sure now."""
    return Figures(queries.newest_day(uow.session), queries.shown_figures(uow.session, None))


def are_due(uow: UnitOfWork) -> bool:
    """Whether it is time: once a day after the night, and at once where there never were any."""
    run = queries.run_of(uow.session, uow.today)
    if run is not None and not _may_take_over(run, uow):
        return False
    newest = queries.newest_day(uow.session)
    return newest is None or (newest < uow.today and uow.now.astimezone(uow.zone).hour >= NIGHT_ENDS)


def refresh(units: UnitsOfWork, catalogue: Catalogue) -> bool:
    """Count everybody and show what may be shown; ``False`` when that was done today, or is being done.

    Short transactions, for a city may be large: needs are read some hundred people at a time.
    """
    try:
        with units.write() as uow:
            if not _begin(uow):
                return False
    except IntegrityError:  # somebody began this day at the same moment
        return False
    with units.read() as uow:
        everyone = queries.people_to_count(uow.session, now=uow.now)
    people: list[PersonFacts] = []
    for start in range(0, len(everyone), _AT_ONCE):
        with units.write() as uow:
            people.extend(_read(uow, everyone[start : start + _AT_ONCE]))
    crowd = Crowd.of(people)
    del people
    with units.read() as uow:
        places = queries.places_of_roles(uow.session)
        snapshot = catalogue.snapshot(uow)
    venues = {role: venue for role, (_, venue) in places.items() if venue is not None}
    counts = _at_home(what_if(snapshot, crowd, venues), venues)
    with units.write() as uow:
        _publish(uow, counts, owners=_owners(places), people=crowd.size)
    return True


def _begin(uow: UnitOfWork) -> bool:
    """Take the day; somebody else who takes it at the same moment waits, and does not get it."""
    run = queries.run_of(uow.session, uow.today)
    if run is None:
        uow.session.add(FigureRun(day=uow.today, begun_at=uow.now))
        return True
    if not _may_take_over(run, uow):
        return False
    taken = uow.session.execute(
        update(FigureRun)
        .where(FigureRun.day == run.day, FigureRun.begun_at == run.begun_at)
        .values(begun_at=uow.now)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def _may_take_over(run: FigureRun, uow: UnitOfWork) -> bool:
    return run.finished_at is None and run.begun_at <= uow.now - LEASE


def _read(uow: UnitOfWork, some: Sequence[Countable]) -> Iterable[PersonFacts]:
    """What the engine has to know to count these people, and no more."""
    with_needs = {each.id for each in some if each.with_needs}
    refusals = queries.refusals_of(uow.session, [each.id for each in some])
    for candidate in queries.candidates_with(uow.session, [each.id for each in some]):
        yield _facts(uow, candidate, refusals, with_needs=candidate.id in with_needs)


def _facts(
    uow: UnitOfWork, candidate: Candidate, refusals: Mapping[UUID, frozenset[UUID]], *, with_needs: bool
) -> PersonFacts:
    return PersonFacts(
        candidate_id=candidate.id,
        needs=needs.read(uow, candidate, reader=_READER, purpose=_PURPOSE) if with_needs else {},
        languages=candidate.languages,
        times=Availability.parse(candidate.times),
        refused=refusals.get(candidate.id, frozenset()),
    )


def _at_home(result: WhatIf, venues: Mapping[UUID, UUID]) -> dict[Subject, Count]:
    """Keep of everything that was counted the one figure that each role's answer has."""
    return {
        Subject(reach, scope, kind, code): Count(people, weight)
        for (kind, reach), openings in result.openings.items()
        for scope, code, people, weight in openings.some()
        if code not in NEVER_COUNTED
        if reach is Reach.CITY
        or home_of(code, has_venue=reach is not Reach.OPPORTUNITY or scope in venues) is reach
    }


def _owners(places: Mapping[UUID, tuple[UUID, UUID | None]]) -> dict[UUID | None, UUID]:
    """The organisation of every scope."""
    owners: dict[UUID | None, UUID] = {}
    for role, (organisation, venue) in places.items():
        owners |= {role: organisation, organisation: organisation}
        if venue is not None:
            owners[venue] = organisation
    return owners


def _publish(
    uow: UnitOfWork, counts: Mapping[Subject, Count], *, owners: Mapping[UUID | None, UUID], people: int
) -> None:
    rows = {(row.scope, row.scope_id): row for row in queries.anchors_of(uow.session)}
    before = {scope: _opened(uow, row) for scope, row in rows.items()}
    anchors = moved({subject: each for some in before.values() for subject, each in some.items()}, counts)
    after: dict[tuple[str, UUID], dict[Subject, Anchor]] = defaultdict(dict)
    for subject, anchor in anchors.items():
        after[subject.reach, subject.scope_id or _THE_CITY][subject] = anchor
    for scope in before.keys() - after.keys():
        uow.session.delete(rows[scope])
    for scope, some in after.items():
        if scope not in rows:
            uow.session.add(
                FigureAnchors(scope=scope[0], scope_id=scope[1], anchors_sealed=_sealed(uow, some))
            )
        elif before[scope] != some:
            rows[scope].anchors_sealed = _sealed(uow, some)
    _show(uow, shown(anchors, people=people), owners)
    run = queries.run_of(uow.session, uow.today) or FigureRun(day=uow.today, begun_at=uow.now)
    run.finished_at = uow.now
    uow.session.add(run)


def _show(uow: UnitOfWork, found: Mapping[Subject, Anchor], owners: Mapping[UUID | None, UUID]) -> None:
    uow.session.execute(delete(Figure))
    city = {subject: anchor for subject, anchor in found.items() if subject.reach is Reach.CITY}
    _write(uow, None, in_order(city, most=MOST_IN_THE_CITY))
    mine: dict[tuple[UUID, Kind], dict[Subject, Anchor]] = defaultdict(dict)
    for subject, anchor in found.items():
        if subject.scope_id in owners:
            mine[owners[subject.scope_id], subject.kind][subject] = anchor
    for (organisation_id, _), some in mine.items():
        _write(uow, organisation_id, in_order(some, most=MOST_OF_A_KIND))


def _write(uow: UnitOfWork, organisation_id: UUID | None, ordered: Iterable[tuple[Subject, int]]) -> None:
    uow.session.add_all(
        Figure(
            day=uow.today,
            organisation_id=organisation_id,
            scope=subject.reach,
            scope_id=subject.scope_id,
            kind=subject.kind,
            code=subject.code,
            people=people,
            rank=rank,
        )
        for rank, (subject, people) in enumerate(ordered, start=1)
    )


def _sealed(uow: UnitOfWork, anchors: Mapping[Subject, Anchor]) -> bytes:
    text = json.dumps(
        {f"{each.kind} {each.code}": [anchor.people, anchor.halvings] for each, anchor in anchors.items()}
    )
    length = -(-len(text) // _FILLED_UP_TO) * _FILLED_UP_TO
    return uow.keyring.seal(text.ljust(length), field=_FIELD)


def _opened(uow: UnitOfWork, row: FigureAnchors) -> dict[Subject, Anchor]:
    opened: dict[str, tuple[int, int]] = json.loads(uow.keyring.open(row.anchors_sealed, field=_FIELD))
    scope_id = None if row.scope_id == _THE_CITY else row.scope_id
    found = {}
    for name, (people, halvings) in opened.items():
        kind, _, code = name.partition(" ")
        found[Subject(Reach(row.scope), scope_id, Kind(kind), code)] = Anchor(people, halvings)
    return found
