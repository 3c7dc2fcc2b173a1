"""What can be done with signals: a person gives one, the desk reads it and deals with it."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select

from volunteer.domain.candidates import clean_words
from volunteer.domain.errors import NotFound
from volunteer.domain.signals import LONGEST_WORDS, SignalCause
from volunteer.models import Candidate, NeedReading, Signal
from volunteer.models.base import field_name
from volunteer.queries import signals as queries
from volunteer.queries.candidates import confirmed_candidate
from volunteer.unit_of_work import UnitOfWork

_DETAIL = field_name("signals", "detail_sealed")
_LENGTH = 4096
"""Letters that each is filled up to: a cause with many words looks like one without."""


@dataclass(frozen=True, slots=True)
class SignalDetail:
    """What somebody said, opened."""

    cause: SignalCause
    words: str


def give(uow: UnitOfWork, candidate: Candidate, cause: SignalCause, *, words: str = "") -> Signal:
    """Keep that nothing fits and why; said again, it takes the place of what is still open.

    Raises :class:`InvalidValue` for the words.
    """
    said = clean_words(words, longest=LONGEST_WORDS, field="words")
    # Held, so that two presses make one signal.
    confirmed_candidate(uow.session, candidate.id, hold=True)
    signal = queries.open_signal_of(uow.session, candidate.id)
    if signal is None:
        signal = Signal(id=uuid4(), candidate=candidate, raised_at=uow.now)
        uow.session.add(signal)
    text = json.dumps({"cause": cause, "words": said})
    signal.detail_sealed = uow.keyring.seal(text.ljust(_LENGTH), field=_DETAIL)
    return signal


def read(uow: UnitOfWork, signal: Signal, *, reader: str) -> SignalDetail:
    """Open what somebody said; as it may tell of a need, the reading is written in the journal of needs."""
    uow.session.add(
        NeedReading(candidate_id=signal.candidate_id, reader=reader, purpose="signal", read_at=uow.now)
    )
    return own(uow, signal)


def own(uow: UnitOfWork, signal: Signal) -> SignalDetail:
    """The same for the person who said it, and for what they take along: nobody else reads."""
    found = json.loads(uow.keyring.open(signal.detail_sealed, field=_DETAIL))
    return SignalDetail(SignalCause(found["cause"]), found["words"])


def close(uow: UnitOfWork, signal_id: UUID, *, account_id: UUID) -> Signal:
    """The desk dealt with it; harmless to repeat. Raises :class:`NotFound`."""
    signal = uow.session.get(Signal, signal_id, with_for_update=True, populate_existing=True)
    if signal is None:
        raise NotFound("This signal is not there any more.")
    if signal.closed_at is None:
        signal.closed_at = uow.now
        signal.closed_by = f"account:{account_id}"
    return signal


def close_second(uow: UnitOfWork, candidate_ids: Collection[UUID], *, by: str) -> None:
    """These files become one, which has one open signal that nothing fits: the older one stays open."""
    opened = uow.session.scalars(
        select(Signal)
        .where(Signal.candidate_id.in_(candidate_ids), Signal.closed_at.is_(None))
        .order_by(Signal.raised_at, Signal.id)
    ).all()
    for each in opened[1:]:
        each.closed_at, each.closed_by = uow.now, by
