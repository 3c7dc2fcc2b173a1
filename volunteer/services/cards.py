"""The personal card: what opens a file again without a password, and how it stops doing so."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import update

from volunteer.models import Candidate, Card
from volunteer.queries import cards as queries
from volunteer.queries.candidates import confirmed_candidate
from volunteer.unit_of_work import UnitOfWork

LASTS = timedelta(days=365)
"""A card that nobody used for a year is over: as long as a file may lie still before its person is asked."""
_ONCE_A = timedelta(days=1)
_BYTES = 16
"""128 random bits: nobody guesses one, and 22 letters still make a QR code of the smallest kinds."""


def issue(uow: UnitOfWork, candidate: Candidate) -> str:
    """Make a card for this file; returns its token, which is kept nowhere and can only be shown now."""
    token = secrets.token_urlsafe(_BYTES)
    uow.session.add(
        Card(
            candidate_id=candidate.id,
            token_hash=_hash(token),
            number=_new_number(),
            issued_at=uow.now,
            expires_at=uow.now + LASTS,
        )
    )
    return token


def renew(uow: UnitOfWork, candidate: Candidate) -> str:
    """Make a new card; every card before it stops at once. Returns the token, as :func:`issue`."""
    revoke(uow, candidate)
    return issue(uow, candidate)


def revoke(uow: UnitOfWork, candidate: Candidate) -> None:
    """Stop every card of this file at once; harmless to repeat."""
    uow.session.execute(
        update(Card)
        .where(Card.candidate_id == candidate.id, Card.revoked_at.is_(None))
        .values(revoked_at=uow.now)
    )


def file_of(uow: UnitOfWork, token: str) -> Candidate | None:
    """The confirmed file that this token opens; looked up by its hash, so that time tells nothing of it."""
    found = queries.card_that_opens(uow.session, _hash(token), now=uow.now)
    return found[1] if found else None


def waits_behind(uow: UnitOfWork, token: str) -> UUID | None:
    """The file behind this card that its person has not confirmed yet; such a card opens nothing else."""
    return queries.pending_behind(uow.session, _hash(token), now=uow.now)


def use(uow: UnitOfWork, token: str) -> tuple[Card, Candidate] | None:
    """As :func:`file_of`, and note that the card was used: its time begins again, once a day at most."""
    found = queries.card_that_opens(uow.session, _hash(token), now=uow.now)
    if found is None:
        return None
    card, _candidate = found
    if card.used_at is None or uow.now - card.used_at >= _ONCE_A:
        card.used_at = uow.now
        card.expires_at = uow.now + LASTS
    return found


def behind_paper(uow: UnitOfWork, card_id: UUID) -> tuple[Card, Candidate] | None:
    """This card and its confirmed file, while it still opens it: paper opens no more than the card does."""
    card = uow.session.get(Card, card_id)
    candidate = confirmed_candidate(uow.session, card.candidate_id) if card else None
    return (card, candidate) if card and candidate and stands(uow, card_id) else None


def stands(uow: UnitOfWork, card_id: UUID) -> bool:
    """Whether this card still opens its file."""
    card = uow.session.get(Card, card_id)
    return card is not None and card.revoked_at is None and card.expires_at > uow.now


def of(uow: UnitOfWork, candidate_id: UUID) -> Card | None:
    """The card that opens this file now, if any; its token is known to nobody here."""
    return queries.card_in_force(uow.session, candidate_id, now=uow.now)


def _new_number() -> str:
    # Eight figures: of 50,000 cards a few dozen share theirs, and then the desk sees two names. A number
    # that must be unique would make somebody's sign-up fail instead.
    figures = f"{secrets.randbelow(10**8):08}"
    return f"K-{figures[:4]}-{figures[4:]}"


def _hash(token: str) -> bytes:
    # The token has 128 random bits, so a plain hash cannot be turned back.
    return hashlib.sha256(token.encode()).digest()
