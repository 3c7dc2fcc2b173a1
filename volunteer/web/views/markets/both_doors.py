"""The two doors of a market: behind the link of a helper, and at the desk."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask.typing import ResponseReturnValue

from volunteer.domain.errors import NotAllowed
from volunteer.domain.market_days import HelperRole
from volunteer.links import Purpose
from volunteer.services import market_helpers
from volunteer.web.auth import for_desk, staff
from volunteer.web.extensions import current_core, limiter
from volunteer.web.market_door import Door
from volunteer.web.views.markets.blueprints import at_desk, on_the_day
from volunteer.web.views.markets.visiting import shown

View = Callable[..., ResponseReturnValue]


def at_door(path: str, *, method: str = "GET", with_interpreters: bool = False) -> Callable[[View], View]:
    """Hang a view at both doors, under its own name; it is given a :class:`Door`.

    ``with_interpreters``: the link of an interpreter opens it too.
    """

    def hang(view: View) -> View:
        @on_the_day.route(f"/door/<token>{path}", methods=[method], endpoint=view.__name__)
        @limiter.limit("900 per minute")
        def by_link(token: str, **ids: UUID) -> ResponseReturnValue:
            return view(_of_link(token, with_interpreters=with_interpreters), **ids)

        @at_desk.route(f"/<uuid:market_id>/door{path}", methods=[method], endpoint=view.__name__)
        @for_desk
        def at_the_desk(market_id: UUID, **ids: UUID) -> ResponseReturnValue:
            with current_core().units.read() as uow:
                shown(uow, market_id)
            return view(Door(market_id, f"account:{staff().account_id}"), **ids)

        return view

    return hang


def _of_link(token: str, *, with_interpreters: bool) -> Door:
    with current_core().units.read() as uow:
        helper = market_helpers.of_link(uow, current_core().links.read(Purpose.DOOR, token)[0])
        interprets = helper.role == HelperRole.INTERPRETER
        if interprets and not with_interpreters:
            raise NotAllowed("This link is of an interpreter. At the door somebody else checks people in.")
        return Door(helper.market_id, f"helper:{helper.id}", token, helper.id if interprets else None)
