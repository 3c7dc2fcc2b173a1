"""People at a market as pages show them: their own page, its address, and what forms offer them."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, session, url_for
from werkzeug.wrappers import Response

from volunteer.domain.access import FEATURES
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.market_visitors import FEWEST_WANTED, MOST_WANTED
from volunteer.models import Market, MarketVisitor
from volunteer.services import market_cards
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import choices, kiosk
from volunteer.web.choices import Choice
from volunteer.web.dates import spoken_hour
from volunteer.web.extensions import current_core
from volunteer.web.forms import market_visitors as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.gathering_sign_up import ON_ONE_DAY
from volunteer.web.language import current_language


def own_path(visitor: MarketVisitor) -> str:
    """The path of the page where they see and change their card."""
    core = current_core()
    return market_cards.own_link(core.links, visitor).removeprefix(core.settings.public_url)


def code_link(visitor: MarketVisitor) -> str:
    """What the code on their card says: at the door and at a stand it names the card."""
    return market_cards.card_link(current_core().links, visitor)


def to_card(visitor: MarketVisitor) -> Response:
    """Lead to that page; on a kiosk the visit holds whose it is, and nothing stays in the address."""
    if not kiosk.is_kiosk():
        return redirect(own_path(visitor), code=303)
    session[kiosk.MARKET_CARD] = [visitor.id.hex, market_cards.proof_of(visitor)]
    return redirect(url_for("markets.card_here"), code=303)


def card_here(uow: UnitOfWork) -> tuple[MarketVisitor, bool] | None:
    """Whose card this kiosk shows, until the visit is wiped. Raises as their link would."""
    found = session.get(kiosk.MARKET_CARD) if kiosk.is_kiosk() else None
    return market_cards.opened(uow, UUID(found[0]), found[1]) if found else None


def offers(uow: UnitOfWork, market: Market, answers: Answers | None = None) -> dict[str, object]:
    """What the forms of who comes offer, beside what was chosen; what is there anyway is not asked."""
    reader = current_language()
    return {
        "helps": [
            Choice(code, FEATURES[code].label(reader)) for code in ON_ONE_DAY if code not in market.access
        ],
        "first_tasks": choices.first_tasks(),
        "task_groups": choices.task_groups(),
        "spoken_languages": choices.spoken_languages(),
        "other_languages": choices.other_languages(),
        "hours": hours(uow, market, answers or {}),
        "numbers": [(str(each), str(each)) for each in range(FEWEST_WANTED, MOST_WANTED + 1)],
        "opens": spoken_hour(market.starts_at),
        "person_languages": said_languages(),
    }


def hours(uow: UnitOfWork, market: Market, answers: Answers) -> list[tuple[str, str]]:
    """Every half hour of the day, and the hours that were chosen, whichever they are."""
    chosen = {each for name in ("arrives_at", "leaves_at") if forms.is_hour(each := answers.get(name, ""))}
    return [(each, each) for each in sorted({*forms.hours(market, uow.zone), *chosen})]


def said_languages() -> list[tuple[str, str]]:
    """In which we write to people, by their own name."""
    return [(code, LANGUAGES[code].own) for code in current_core().settings.centre.languages]
