"""Onward referrals: kept with their reason, and counted for later without anybody's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.dialects import postgresql, sqlite

from volunteer.domain.candidates import clean_words
from volunteer.domain.errors import InvalidValue
from volunteer.domain.referrals import LONGEST_WORDS, ReferralReason
from volunteer.models import Account, Candidate, Referral, ReferralCount
from volunteer.models.base import field_name
from volunteer.queries.referrals import referrals_of
from volunteer.queries.signals import open_signal_of
from volunteer.services import signals
from volunteer.unit_of_work import UnitOfWork

_REASON = field_name("referrals", "reason_sealed")
_WORDS = field_name("referrals", "words_sealed")
_LONGEST_REASON = max(map(len, ReferralReason))


@dataclass(frozen=True, slots=True)
class OpenedReferral:
    """One referral that can be read."""

    id: UUID
    service: str
    """Code of the other service; it may be gone from the list meanwhile."""
    reason: ReferralReason
    words: str
    author: str
    given_at: datetime


def refer(
    uow: UnitOfWork,
    candidate: Candidate,
    *,
    service: str,
    known: frozenset[str],
    reason: str,
    words: str = "",
    account_id: UUID,
) -> Referral:
    """Keep where somebody was shown the way to, and why; what they said about nothing fitting is closed.

    ``known`` are the codes of the services of this centre. Raises :class:`InvalidValue`.
    """
    if service not in known:
        raise InvalidValue("Choose a service.", field="service")
    said = clean_words(words, longest=LONGEST_WORDS, field="words")
    lacking = _reason(reason)
    referral = Referral(
        id=uuid4(),
        candidate_id=candidate.id,
        service=service,
        reason_sealed=uow.keyring.seal(lacking.ljust(_LONGEST_REASON), field=_REASON),
        words_sealed=uow.keyring.seal(said, field=_WORDS) if said else None,
        account_id=account_id,
        author=uow.session.get_one(Account, account_id).name,
        given_at=uow.now,
    )
    uow.session.add(referral)
    _count(uow, service, lacking)
    signal = open_signal_of(uow.session, candidate.id)
    if signal is not None:
        signals.close(uow, signal.id, account_id=account_id)
    return referral


def read(uow: UnitOfWork, candidate_id: UUID) -> list[OpenedReferral]:
    """Where this person was shown the way to, the newest first; for the desk and for the person."""
    return [
        OpenedReferral(
            id=each.id,
            service=each.service,
            reason=ReferralReason(uow.keyring.open(each.reason_sealed, field=_REASON).rstrip()),
            words=uow.keyring.open(each.words_sealed, field=_WORDS) if each.words_sealed else "",
            author=each.author,
            given_at=each.given_at,
        )
        for each in referrals_of(uow.session, candidate_id)
    ]


def _reason(text: str) -> ReferralReason:
    try:
        return ReferralReason(text)
    except ValueError:
        raise InvalidValue("Choose what was missing.", field="reason") from None


def _count(uow: UnitOfWork, service: str, reason: ReferralReason) -> None:
    # In one statement, so that of two first ones at the same moment neither is lost or turned away.
    insert = postgresql.insert if uow.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    uow.session.execute(
        insert(ReferralCount)
        .values(month=uow.today.replace(day=1), service=service, reason=reason, count=1)
        .on_conflict_do_update(
            index_elements=["month", "service", "reason"], set_={"count": ReferralCount.count + 1}
        )
    )
