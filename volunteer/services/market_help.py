"""What somebody told that helps them at a market: sealed, opened only with a line in the journal."""

from __future__ import annotations

import json
from uuid import uuid4

from volunteer.domain import market_visitors as rules
from volunteer.domain.market_days import VisitorKind
from volunteer.domain.market_visitors import NO_HELP, Help
from volunteer.models import MarketHelpReading, MarketVisitor, NeedReading
from volunteer.models.base import field_name
from volunteer.unit_of_work import UnitOfWork

_HELP = field_name("market_visitors", "help_sealed")
_LENGTH = 1024
"""Letters that every list of what helps is filled up to: few look like many."""


def say_help(
    uow: UnitOfWork, visitor: MarketVisitor, told: Help, *, agrees: bool, by: str | None = None
) -> None:
    """Keep what helps them on that day; with nothing, what was kept goes. The market is held.

    The same said again leaves what is kept as it is: a timetable that rests on it stays true.

    ``by`` is who writes it down for them, ``None`` themselves; of a group that is always somebody else.
    Raises :class:`InvalidValue`, and :class:`ConsentMissing` without a yes of its own.
    """
    codes = rules.check_help(told.codes)
    is_card = visitor.kind == VisitorKind.MEMBER
    rules.check_yes_to_help(told, agrees=agrees, is_for_them=is_card or by is not None)
    if not told:
        forget(visitor)
        return
    text = json.dumps({"codes": sorted(codes), "more_time": told.more_time}).ljust(_LENGTH)
    version = rules.CARD_HELP_VERSION if is_card else rules.HELP_VERSION
    if visitor.help_version == version and _is_kept(uow, visitor, text):
        return
    visitor.help_sealed, visitor.help_version = uow.keyring.seal(text, field=_HELP), version


def read(uow: UnitOfWork, visitor: MarketVisitor, *, reader: str, purpose: str) -> Help:
    """Open what helps them, and write in the journal who did, and why; nothing where nothing is kept."""
    if visitor.help_sealed is None:
        return NO_HELP
    _note(uow, visitor, reader=reader, purpose=purpose)
    return _opened(uow, visitor.help_sealed)


def themselves(visitor: MarketVisitor) -> str:
    """Who told it, as the journal names them."""
    return "candidate" if visitor.candidate_id is not None else f"visitor:{visitor.id}"


def forget(visitor: MarketVisitor) -> None:
    """They take back that we keep what helps them; their card stays."""
    visitor.help_sealed = visitor.help_version = None


def _is_kept(uow: UnitOfWork, visitor: MarketVisitor, text: str) -> bool:
    """Compared with what is said just now and shown to nobody: no line in the journal."""
    return visitor.help_sealed is not None and uow.keyring.open(visitor.help_sealed, field=_HELP) == text


def _opened(uow: UnitOfWork, sealed: bytes) -> Help:
    said = json.loads(uow.keyring.open(sealed, field=_HELP))
    return Help(frozenset(said["codes"]), more_time=bool(said["more_time"]))


def _note(uow: UnitOfWork, visitor: MarketVisitor, *, reader: str, purpose: str) -> None:
    """In the journal of their file, which they can read; of who has none, in one of its own."""
    line = {"id": uuid4(), "reader": reader, "purpose": purpose, "read_at": uow.now}
    uow.session.add(
        NeedReading(candidate_id=visitor.candidate_id, **line)
        if visitor.candidate_id is not None
        else MarketHelpReading(visitor_id=visitor.id, **line)
    )
