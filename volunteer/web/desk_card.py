"""A blank card brought to the desk: scanned or typed, bound to one conversation, and asked about aloud.

The form of that conversation carries it, so nothing of it is left for the next person.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from werkzeug.datastructures import MultiDict

from volunteer.domain.candidates import SignUp
from volunteer.domain.errors import DomainError, ImpossibleStep
from volunteer.domain.support import Scope
from volunteer.models import BlankCard, Candidate
from volunteer.services import blank_cards
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import blank_card
from volunteer.web.auth import staff
from volunteer.web.extensions import current_core
from volunteer.web.forms.answers import typed
from volunteer.web.support_words import Helper, helper_by_card

_HELD, _WITHOUT = "held_card", "without_card"


def named(form: Mapping[str, str]) -> str:
    """The id of the card that this conversation is bound to, if any."""
    return form.get(_HELD, "")


def typed_code(form: MultiDict[str, str]) -> str:
    """What was typed as the code of a card, however long."""
    return str(typed(form, texts=(blank_cards.FIELD,)).get(blank_cards.FIELD, ""))


def is_about_card(form: MultiDict[str, str]) -> bool:
    """Whether this form takes up a card or lays it aside, and the rest of it is only kept."""
    return bool(typed_code(form)) or _WITHOUT in form


def take_or_leave(form: MultiDict[str, str]) -> tuple[str, list[DomainError]]:
    """Do so; returns the id of the card, empty without one, and what is wrong with it."""
    if _WITHOUT in form:
        return "", []
    try:
        with current_core().units.read() as uow:
            card = blank_card.behind(uow, typed_code(form))
            if card is None:
                raise ImpossibleStep(
                    "This is not a card that works. Look at it once more.", field=blank_cards.FIELD
                )
            blank_cards.check_witness(uow, card.group, staff().account_id)
            return card.id.hex, []
    except DomainError as error:
        return "", [error]


def helper(card_id: str, language: str | None) -> Helper | None:
    """Whose card this is, with what to read aloud to somebody who speaks ``language``."""
    with current_core().units.read() as uow:
        card = _card(uow, card_id)
        return helper_by_card(card.group, language or card.language) if card else None


def spend(
    uow: UnitOfWork, card_id: str, candidate: Candidate, whole: SignUp, scopes: Collection[Scope]
) -> None:
    """Use up the card, if there is one, and give what the person said yes to.

    Raises :class:`ImpossibleStep` for a card that was used before or does not work any more, and
    :class:`NotAllowed` where the witness works for the referrer.
    """
    if not card_id:
        return
    card = _card(uow, card_id)
    if card is None:
        # Somebody said yes aloud to a support worker: what does not hold any more is said aloud too.
        raise ImpossibleStep("This card does not work any more.", field=blank_cards.FIELD)
    blank_cards.check_witness(uow, card.group, staff().account_id)
    group = blank_cards.use_up(uow, card.id)
    blank_cards.note_begun(uow, card)
    uow.session.flush()
    blank_cards.let_help(
        uow,
        candidate,
        group.id,
        scopes,
        language=whole.language,
        given_how=whole.given_how,
        witness=whole.witness,
    )


def _card(uow: UnitOfWork, card_id: str) -> BlankCard | None:
    try:
        return blank_cards.in_force(uow, UUID(card_id)) if card_id else None
    except ValueError:
        return None
