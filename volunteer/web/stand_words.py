"""A stand in the reader's words: how far it is, where, what people find there, and its training."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.access import FEATURES
from volunteer.domain.interests import TASKS
from volunteer.domain.market_days import SHAPES, MarketState, Rounds, StandState
from volunteer.domain.places import MUNICIPALITIES
from volunteer.domain.stands import Training
from volunteer.models import Market, Stand
from volunteer.queries import stands as queries
from volunteer.services import stand_spots, stands
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.choices import Choice
from volunteer.web.dates import spoken_day, spoken_hour
from volunteer.web.gathering_words import Words, moment_said, tongues, words_of, written
from volunteer.web.language import current_language, joined
from volunteer.web.language import gettext as _
from volunteer.web.own_introductions import State


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketLine:
    """A market in a few lines."""

    id: UUID
    title: Words
    about: Words
    day: str
    hours: str
    venue: str
    address: str
    closes: str
    """Until when organisations can ask for a stand."""
    takes_stands: bool
    is_cancelled: bool
    training_id: UUID | None
    rounds: list[tuple[int, str]]
    """Number from 0, and its hours."""

    @property
    def when(self) -> str:
        """Day and hours in one line."""
        return _("%(day)s, %(hours)s", day=self.day, hours=self.hours)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandCard:
    """Everything the pages say of one stand."""

    id: UUID
    market_id: UUID
    organisation_id: UUID
    organisation: str
    state: State
    code: StandState
    spot: str
    """Such as B4; empty while it has none."""
    letter: str
    shape: str
    zone: Words
    offer: Words
    languages: list[str]
    language_codes: list[str]
    tasks: list[Choice]
    access: list[Choice]
    not_access: list[Choice]
    seats: int
    closed: list[str]
    """Hours of the rounds in which nobody is there."""
    hosts: str
    phone: str
    asks: str
    """What they ask of the organiser."""
    training: Training
    training_state: State | None
    reason: Words
    applied: str

    @property
    def is_live(self) -> bool:
        """Whether it is asked for or confirmed."""
        return self.code in {StandState.APPLIED, StandState.CONFIRMED}


def market_line(uow: UnitOfWork, market: Market) -> MarketLine:
    """A market, in the reader's language where it was written in it."""
    town = MUNICIPALITIES.get(market.municipality or "")
    return MarketLine(
        id=market.id,
        title=words_of(market.texts, "title"),
        about=words_of(market.texts, "about"),
        day=spoken_day(market.starts_at),
        hours=_(
            "from %(start)s to %(end)s",
            start=spoken_hour(market.starts_at),
            end=spoken_hour(market.ends_at),
        ),
        venue=market.venue_name or "",
        address=joined(filter(None, (market.street, town.label(current_language()) if town else None))),
        closes=moment_said(market.stands_close_at),
        takes_stands=stands.takes_stands(uow, market),
        is_cancelled=market.state == MarketState.CANCELLED,
        training_id=market.training_id,
        rounds=rounds_of(market),
    )


def stand_card(uow: UnitOfWork, stand: Stand, *, training: Training, shapes: Mapping[str, str]) -> StandCard:
    """One stand; ``shapes`` are those of the zones by their letter."""
    hosts, at = stands.hosts_of(uow, stand), stand_spots.spot_of(stand)
    code = StandState(stand.state)
    hours = dict(rounds_of(stand.market))
    return StandCard(
        id=stand.id,
        market_id=stand.market_id,
        organisation_id=stand.organisation_id,
        organisation=stand.organisation.name,
        state=state_of(code),
        code=code,
        spot=str(at) if at else "",
        letter=at.zone if at else "",
        shape=shapes.get(at.zone, "") if at else "",
        zone=written(stand.zone.texts if stand.zone else {}),
        offer=written(stand.offer),
        languages=tongues(stand.languages),
        language_codes=list(stand.languages),
        tasks=[Choice(each, TASKS[each].label(current_language())) for each in TASKS if each in stand.tasks],
        access=_features(stand.access),
        not_access=_features(stand.not_access),
        seats=stand.seats,
        closed=[hours[each] for each in stand.closed_rounds if each in hours],
        hosts=hosts.names,
        phone=hosts.phone,
        asks=stands.words_of(uow, stand),
        training=training,
        training_state=training_state(training),
        reason=written(stand.reason or {}),
        applied=moment_said(stand.applied_at),
    )


def cards(uow: UnitOfWork, market: Market, every: list[Stand]) -> list[StandCard]:
    """These stands of one market in the same order, with everything looked up for all of them at once."""
    trainings, shapes = stands.trainings_of(uow, market, every), shapes_of(market)
    return [stand_card(uow, each, training=trainings[each.id], shapes=shapes) for each in every]


def markets_of(uow: UnitOfWork, organisation_id: UUID) -> list[tuple[MarketLine, StandCard | None]]:
    """Markets to come, the first one first, each with the stand this organisation asked for last, if any."""
    found = []
    for market in queries.coming_markets(uow.session, now=uow.now):
        stand = queries.last_of(uow.session, organisation_id, market_id=market.id)
        found.append((market_line(uow, market), cards(uow, market, [stand])[0] if stand else None))
    return found


def shapes_of(market: Market) -> dict[str, str]:
    """The shape of each zone, by its letter."""
    return {zone.letter: SHAPES[place % len(SHAPES)] for place, zone in enumerate(market.zones)}


def rounds_of(market: Market) -> list[tuple[int, str]]:
    """Each round with its hours."""
    return hours_of(market.rounds)


def hours_of(rounds: Rounds) -> list[tuple[int, str]]:
    """The same of rounds that no market has yet."""
    return [
        (each, f"{spoken_hour(rounds.starts(each))}–{spoken_hour(rounds.ends(each))}")
        for each in range(rounds.count)
    ]


def state_of(code: StandState) -> State:
    """How far a stand is."""
    return {
        StandState.APPLIED: State("asked", _("Waits for the info desk")),
        StandState.CONFIRMED: State("accepted", _("Confirmed")),
        StandState.REFUSED: State("declined", _("Not this time")),
        StandState.WITHDRAWN: State("withdrawn", _("Does not come")),
    }[code]


def training_state(training: Training) -> State | None:
    """How far the training is; nothing where there is none."""
    words = {
        Training.CAME: State("accepted", _("Was at the training")),
        Training.SEAT: State("accepted", _("Has a seat in the training")),
        Training.WAITS: State("pending", _("Waits for a seat in the training")),
        Training.MISSING: State("late", _("Not signed up for the training")),
        Training.WAIVED: State("arranged", _("Knows how it goes, says the info desk")),
    }
    return words.get(training)


def _features(codes: Iterable[str]) -> list[Choice]:
    chosen = set(codes)
    return [Choice(each, FEATURES[each].label(current_language())) for each in FEATURES if each in chosen]
