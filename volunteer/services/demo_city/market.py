"""Two markets of the demo city: one to come, ready to open its doors, and a smaller one that is on now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from volunteer.domain.access import Answer
from volunteer.domain.gatherings import GatheringKind, PartyKind
from volunteer.domain.market_days import HelperRole, MarketState, StandState
from volunteer.models import Candidate, Gathering, Market, MarketHelper, MarketZone, Stand
from volunteer.models.base import field_name
from volunteer.services import gathering_seats
from volunteer.services.demo_city import gatherings, market_visitors
from volunteer.services.demo_city.files import DemoFiles, Entry
from volunteer.services.demo_city.offer import City, load_organisations
from volunteer.unit_of_work import UnitOfWork

_HELPER = field_name("market_helpers", "name_sealed")
_SEATS = (3, 2, 4, 2)
_ASKED_AT = time(20, 15)
"""Teams fill in forms in the evening."""
_CLOSED_EARLY = 7
"""Every so many stands one closes for the last two rounds."""
_RULES = {"wanted": 4, "longest_wait": 4, "most_in_a_row": 3}
_ACROSS = {"A|F": 1, "B|F": 1, "A|E": 1}
"""Zones at both ends of the hall: a round to walk."""


def load(
    uow: UnitOfWork, read: DemoFiles, people: Sequence[Candidate], *, city: City, colleague_id: UUID
) -> None:
    """Write halls, stands, helpers and visitors as if all had been asked and confirmed; nobody is told."""
    written = read.market
    load_organisations(uow, written["organisation"], are_referrers=False, city=city)
    tasks = _tasks(read)
    for entry in written["market"]:
        market = _market(uow, entry, written["hall"])
        market.made_by_id = colleague_id
        if "asking" in entry:
            market.training_id = _training(uow)
        uow.session.add(market)
        uow.session.flush()
        for zone in written["zone"]:
            _fill(uow, market, zone, entry["stands_in_a_zone"], city=city, tasks=tasks)
        for asking in entry.get("asking", ()):
            _ask(uow, market, asking, city=city, tasks=tasks, zones=written["zone"])
        for helper in entry["helper"]:
            uow.session.add(_helper(uow, market, helper))
        market_visitors.load(uow, market, entry, people, read.people, seed=written["seed"])
        uow.session.flush()


def _market(uow: UnitOfWork, entry: Entry, hall: Entry) -> Market:
    first = _first_round(uow, entry)
    market = Market(
        id=uuid4(),
        state=MarketState.OPEN,
        texts=entry["texts"],
        starts_at=first - timedelta(minutes=entry["about_to"]),
        first_round_at=first,
        round_count=entry["rounds"],
        round_minutes=entry["minutes"],
        change_minutes=entry["change"],
        breaks=entry["breaks"],
        access=sorted(hall["access"]),
        rules=_RULES | {"walking": _ACROSS},
        made_at=uow.now - timedelta(days=60),
        opened_at=uow.now - timedelta(days=45),
        is_demo=True,
        **{name: hall[name] for name in ("venue_name", "street", "postal_code", "municipality")},
    )
    market.ends_at = market.rounds.end + timedelta(minutes=entry["stays_open"])
    market.stands_close_at = market.starts_at - timedelta(days=14)
    market.signup_closes_at = market.starts_at - timedelta(days=2)
    return market


def _first_round(uow: UnitOfWork, entry: Entry) -> datetime:
    """On such a day of the week, so many days ahead or some later; or so many minutes ago."""
    if "minutes_ago" in entry:
        began = uow.now - timedelta(minutes=entry["minutes_ago"])
        return began.replace(minute=began.minute // 5 * 5, second=0, microsecond=0)
    day = uow.today + timedelta(days=entry["days_ahead"])
    day += timedelta(days=(entry["weekday"] - day.weekday()) % 7)
    opens = datetime.combine(day, time(entry["opens"]), tzinfo=uow.zone)
    return (opens + timedelta(minutes=entry["about_to"])).astimezone(UTC)


def _tasks(read: DemoFiles) -> dict[str, list[str]]:
    """What each organisation looks for, by its id in the files."""
    found: dict[str, list[str]] = {
        each["external_id"]: list(each["tasks"]) for each in read.market["organisation"]
    }
    for role in read.roles:
        found.setdefault(role["organisation"], []).extend(role["tasks"])
    return found


def _fill(
    uow: UnitOfWork, market: Market, entry: Entry, count: int, *, city: City, tasks: dict[str, list[str]]
) -> None:
    """A zone with its first ``count`` stands, from spot 1."""
    zone = MarketZone(
        id=uuid4(),
        market_id=market.id,
        letter=entry["letter"],
        texts=entry["texts"],
        spots=entry["spots"],
        access=[],
    )
    uow.session.add(zone)
    for spot, external_id in enumerate(entry["stands"][:count], start=1):
        stand = _stand(uow, market, city, external_id)
        stand.zone_id, stand.spot = zone.id, spot
        stand.tasks = sorted(set(tasks.get(external_id, ())))
        # Their training was long ago: that of this year is for who comes new.
        stand.trained_by = f"account:{market.made_by_id}" if market.training_id else None
        stand.offer = entry["offers"][spot % len(entry["offers"])]
        stand.seats = _SEATS[spot % len(_SEATS)]
        if spot % _CLOSED_EARLY == 0:
            stand.closed_rounds = [market.round_count - 2, market.round_count - 1]
        uow.session.add(stand)


def _training(uow: UnitOfWork) -> UUID:
    """The training of organisations that is to come."""
    of_organisations = Gathering.kind == GatheringKind.ORGANISATION_TRAINING
    chosen = select(Gathering.id).where(of_organisations, Gathering.starts_at > uow.now)
    return uow.session.scalars(chosen.order_by(Gathering.starts_at).limit(1)).one()


def _ask(
    uow: UnitOfWork,
    market: Market,
    entry: Entry,
    *,
    city: City,
    tasks: dict[str, list[str]],
    zones: Sequence[Entry],
) -> None:
    """A stand that was asked for: it waits for the desk, or had its no, or does not come."""
    stand = _stand(uow, market, city, entry["organisation"])
    offers = next(zone["offers"] for zone in zones if zone["letter"] == entry["zone"])
    stand.state, stand.offer, stand.seats = StandState(entry["state"]), offers[0], _SEATS[0]
    stand.tasks = sorted(set(tasks.get(entry["organisation"], ())))
    day = uow.today - timedelta(days=entry["days_ago"])
    stand.applied_at = datetime.combine(day, _ASKED_AT, tzinfo=uow.zone).astimezone(UTC)
    stand.reason = entry.get("reason")
    if stand.state == StandState.APPLIED:
        stand.settled_at = None
    if entry.get("training") == "waived":
        stand.trained_by = f"account:{market.made_by_id}"
    uow.session.add(stand)
    uow.session.flush()
    if entry.get("training") == "seat" and market.training is not None:
        team = city.organisations[entry["organisation"]]
        party = gatherings.new_party(uow, PartyKind.TEAM, team.language, organisation_id=team.id)
        party.gathering_id = market.training.id
        gathering_seats.sit_down(uow, market.training, party)


def _stand(uow: UnitOfWork, market: Market, city: City, external_id: str) -> Stand:
    organisation, entry = city.organisations[external_id], city.entries[external_id]
    answers = entry.get("access", {})
    return Stand(
        id=uuid4(),
        market_id=market.id,
        organisation_id=organisation.id,
        state=StandState.CONFIRMED,
        languages=sorted(entry["team_languages"]),
        access=sorted(code for code, said in answers.items() if said == Answer.YES),
        not_access=sorted(code for code, said in answers.items() if said == Answer.NO),
        closed_rounds=[],
        applied_at=uow.now - timedelta(days=30),
        settled_at=uow.now - timedelta(days=20),
    )


def _helper(uow: UnitOfWork, market: Market, entry: Entry) -> MarketHelper:
    return MarketHelper(
        id=uuid4(),
        market_id=market.id,
        role=HelperRole(entry["role"]),
        name_sealed=uow.keyring.seal(entry["name"], field=_HELPER),
        languages=entry.get("languages", []),
        away=entry.get("away", []),
    )
