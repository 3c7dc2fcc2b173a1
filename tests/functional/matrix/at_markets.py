"""A small market that is on, with stands and visitors of its own."""

from __future__ import annotations

from datetime import timedelta

from tests.functional.matrix.cast import Cast
from tests.functional.matrix.roles import Who
from tests.integration.services.markets import SmallMarket, make_market, make_timetable, plan
from volunteer.domain.market_days import VisitState
from volunteer.domain.market_visitors import GroupDetails
from volunteer.models import Candidate, MarketHelper, MarketVisitor, Stand
from volunteer.queries.market_visitors import cards_of
from volunteer.services import market_cards, market_groups, market_helpers, market_visitors, stand_links
from volunteer.services.market_visitors import Asked
from volunteer.unit_of_work import UnitOfWork


def happen(uow: UnitOfWork, cast: Cast) -> None:
    """It is laid out, and its first round is on."""
    made = make_market(uow, ahead=timedelta(minutes=-40))
    stand = uow.session.get_one(Stand, made.stands["B1"])
    cast.ids["market_id"], cast.ids["stand_id"] = made.id, stand.id
    cast.ids["helper_id"] = made.interpreter
    _cards(uow, cast, made)
    cast.ids["timetable_id"] = make_timetable(uow, made.id)
    cast.links["stand link"] = stand_links.host_link(cast.town.core.links, stand).rpartition("/")[2]


def _cards(uow: UnitOfWork, cast: Cast, made: SmallMarket) -> None:
    """Cards of Bart and of the candidate, and a group of the school that everybody here knows."""
    helper, links = cast.ids[f"account of {Who.HELPER}"], cast.town.core.links
    group = market_groups.register_group(
        uow,
        made.id,
        GroupDetails(name="Klas 2", size=2, languages=frozenset({"ar"})),
        account_id=helper,
        organisation_id=cast.ids["school"],
        asked=Asked(by=f"account:{helper}"),
    )
    visitor = uow.session.get_one(MarketVisitor, made.visitors["Bart"])
    cast.ids["visitor_id"], cast.ids["market_group"] = visitor.id, group.id
    person = uow.session.get_one(Candidate, cast.ids["candidate_id"])
    market_visitors.register_person(uow, made.id, person, asked=Asked(by=f"account:{helper}"))
    cast.ids["visit"] = plan(uow, visitor.id, made.stands["B1"], 0, state=VisitState.MET)
    cast.ids["member"] = cards_of(uow.session, group.id)[0].id
    cast.ids["door card"] = made.visitors["Elif"]
    at_the_door = uow.session.get_one(MarketHelper, made.at_the_door)
    cast.links["door link"] = market_helpers.door_link(links, at_the_door).rpartition("/")[2]
    cast.links["card link"] = market_cards.card_link(links, visitor).rpartition("/")[2]
    cast.links["own card link"] = market_cards.own_link(links, visitor).rpartition("/")[2]
