"""A person's card and devices as the desk and the person see them; never a token that is not fresh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app, session, url_for
from markupsafe import Markup

from volunteer.domain.deeds import ABOUT_CARDS
from volunteer.domain.devices import Asked, Kind
from volunteer.models import Candidate, Device
from volunteer.queries import cards as card_queries
from volunteer.queries.devices import confirmed_of, waiting_of
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import token_to_show
from volunteer.web.dates import spoken_day, spoken_hour
from volunteer.web.deed_words import Done, done_for
from volunteer.web.extensions import current_core
from volunteer.web.language import gettext as _
from volunteer.web.language import joined
from volunteer.web.qr import qr_code

ISSUED_SHOWN_SECONDS = 10 * 60
"""Long enough to print a new card at the desk or to have it scanned."""
_ISSUED = "issued_card"


@dataclass(frozen=True, slots=True)
class FreshCard:
    """A card whose token is still known, because it was made minutes ago."""

    link: str
    qr: Markup
    print_url: str | None


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """One device in words: what it is and since when; the urls are None where nobody may press."""

    id: UUID
    name: str
    since: str
    used: str
    sign: str
    asks_desk: bool
    is_this: bool = False


@dataclass(frozen=True, slots=True)
class CardPanel:
    """Everything about one person's card."""

    candidate_id: UUID
    number: str | None
    is_good: bool
    issued: str
    used: str | None
    """The day of the last use; None when it was never used."""
    ends: str
    waiting: list[KnownDevice]
    devices: list[KnownDevice]
    fresh: FreshCard | None
    done: list[Done]
    """What the desk did with it last."""


def card_panel(uow: UnitOfWork, candidate: Candidate, *, this: UUID | None = None) -> CardPanel:
    """The card of this person, and the devices that wait or are remembered; ``this`` is the one in use."""
    card, now = card_queries.newest_card(uow.session, candidate.id), uow.now
    return CardPanel(
        candidate_id=candidate.id,
        number=card.number if card else None,
        is_good=card is not None and card.revoked_at is None and card.expires_at > now,
        issued=spoken_day(card.issued_at) if card else "",
        used=spoken_day(card.used_at) if card and card.used_at else None,
        ends=f"{spoken_day(card.expires_at)} {card.expires_at.year}" if card else "",
        waiting=[_device(each, this) for each in waiting_of(uow.session, candidate.id, now=now)],
        devices=[_device(each, this) for each in confirmed_of(uow.session, candidate.id, now=now)],
        fresh=_issued_card(candidate.id),
        done=done_for(uow, candidate.id, kinds=ABOUT_CARDS, limit=3),
    )


def own_fresh_card() -> FreshCard | None:
    """The card of who just signed up here; afterwards nobody can show it again."""
    token = token_to_show()
    return _fresh(token, _print_url("papers.card")) if token else None


def replaced() -> str:
    """What a person is told whose older card stopped, on the page that shows the new one."""
    return _("Your old card opens nothing any more. Your new card is on this page: take it along.")


def replaced_at_desk() -> str:
    """What the desk is told then."""
    return _("Hand over the new card: an older one opens nothing any more.")


def card_link(token: str) -> str:
    """The short address that a card carries."""
    return current_core().links.to(url_for("cards.by_card", token=token))


def keep_issued(candidate_id: UUID, token: str) -> None:
    """The desk made a card: show it to this desk worker for a few minutes."""
    session[_ISSUED] = (candidate_id.hex, token, _now() + ISSUED_SHOWN_SECONDS)


def issued_token(candidate_id: UUID) -> str | None:
    """The token of the card that was made for this person at this desk, minutes ago."""
    of, token, until = session.get(_ISSUED) or ("", "", 0)
    if until < _now():
        session.pop(_ISSUED, None)
        return None
    return str(token) if of == candidate_id.hex else None


def device_name(kind: str) -> str:
    """What a person would call this thing, in the reader's language."""
    names = {
        Kind.PHONE: _("Phone"),
        Kind.TABLET: _("Tablet"),
        Kind.COMPUTER: _("Computer"),
        Kind.KIOSK: _("Screen of the info desk"),
        Kind.PROGRAM: _("Another website or app"),
    }
    return names[Kind(kind)]


def _issued_card(candidate_id: UUID) -> FreshCard | None:
    token = issued_token(candidate_id)
    return _fresh(token, _print_url("papers.desk_card", candidate_id=candidate_id)) if token else None


def _fresh(token: str, print_url: str | None) -> FreshCard:
    link = card_link(token)
    return FreshCard(link, qr_code(link), print_url)


def _print_url(endpoint: str, **values: Any) -> str | None:
    """Where it is printed; None while nothing here prints."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None


def _device(device: Device, this: UUID | None) -> KnownDevice:
    since = device.confirmed_at or device.asked_at
    return KnownDevice(
        id=device.id,
        name=device_name(device.kind),
        since=joined([spoken_day(since), spoken_hour(since)]),
        used=spoken_day(device.seen_at) if device.seen_at else "",
        sign=device.sign,
        asks_desk=device.ask == Asked.DESK,
        is_this=device.id == this,
    )


def _now() -> int:
    return int(current_core().clock.now().timestamp())
