"""A blank card in this browser: from the scan to the question whether its support worker may help.

The session holds the card that was scanned; from the first press on the draft does too.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import flash, redirect, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from volunteer.domain.accounts import Role
from volunteer.domain.card_groups import clean_code
from volunteer.domain.errors import ImpossibleStep
from volunteer.models import BlankCard, CardGroup
from volunteer.services import blank_cards
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import staff
from volunteer.web.language import COOKIE, asked_for, offered_languages, remember, said_to_reader
from volunteer.web.language import gettext as _

_CARD = "blank_card"
_GROUP = "blank_card_group"


def lead_on(uow: UnitOfWork, typed: str) -> Response | None:
    """Where a blank card leads, whether it was used or not; ``None`` for anything else.

    The desk enrols with it in conversation; whoever is logged in otherwise is told to hand it over.
    """
    card = behind(uow, typed)
    if card is None:
        return None
    if current_user.is_authenticated and not staff().holds(Role.DESK_WORKER, Role.ADMIN):
        flash(_("This card is for somebody who wants to volunteer. Let them use their own phone."), "warning")
        return redirect(url_for("start.home"), code=303)
    session[_CARD] = card.id.hex
    if current_user.is_authenticated:
        return redirect(url_for("people.enrol"), code=303)
    reply = redirect(url_for("blank_cards.show"), code=303)
    if COOKIE not in request.cookies and asked_for(offered_languages()) is None:
        # The sheet was printed for a class; what somebody's own phone speaks is nearer to them.
        remember(reply, card.language)
    return reply


def behind(uow: UnitOfWork, typed: str) -> BlankCard | None:
    """The card that works behind a code, or a whole address, as somebody typed it."""
    code = clean_code(typed)
    return blank_cards.behind(uow, code) if code else None


def held(uow: UnitOfWork) -> BlankCard | None:
    """The card that somebody scanned in this browser, while it works."""
    found = session.get(_CARD)
    return blank_cards.in_force(uow, UUID(found)) if found else None


def forget() -> str:
    """Nobody holds a card here any more; returns the id of the one that was held, if any."""
    return str(session.pop(_CARD, ""))


def spend(uow: UnitOfWork, card_id: str) -> dict[str, str]:
    """Use up the card with which a file was begun; returns what :func:`way_on` needs afterwards."""
    if not card_id:
        return {}
    try:
        return {"group": blank_cards.use_up(uow, UUID(card_id)).id.hex}
    except ImpossibleStep as error:
        return {"said": f"{said_to_reader(error)} {_('You are signed up all the same, without it.')}"}


def way_on(spent: Mapping[str, str]) -> str:
    """Where a fresh session leads after signing up: to the question about the support worker, if any."""
    if "said" in spent:
        flash(spent["said"], "warning")
    if "group" not in spent:
        return url_for("my_suggestions.show")
    ask(UUID(spent["group"]))
    return url_for("me.may_help")


def ask(group_id: UUID) -> None:
    """Ask whose file is open here whether the support worker of this group may help."""
    session[_GROUP] = group_id.hex


def asked_about(uow: UnitOfWork) -> CardGroup | None:
    """The group whose support worker is asked about here, while its cards work."""
    found = session.get(_GROUP)
    group = uow.session.get(CardGroup, UUID(found)) if found else None
    return group if group is not None and blank_cards.works(uow, group) else None


def is_asked() -> bool:
    """Whether somebody here is asked about a group, also one whose cards stopped working meanwhile."""
    return _GROUP in session


def answered() -> None:
    """It was answered: it is not asked again."""
    session.pop(_GROUP, None)
