"""What the desk did in a file, in words: beside the card at the desk, and in the journal of its person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.deeds import DeedKind
from volunteer.models import Account
from volunteer.queries.deeds import deeds_of
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_day
from volunteer.web.language import gettext as _

MOST_SHOWN = 200
_ACCOUNT = "account:"


@dataclass(frozen=True, slots=True)
class Done:
    """One deed."""

    what: str
    who: str
    day: str


def done_for(
    uow: UnitOfWork,
    candidate_id: UUID,
    *,
    kinds: Collection[DeedKind] = frozenset(DeedKind),
    limit: int = MOST_SHOWN,
) -> list[Done]:
    """What was done for this person, the newest first."""
    words = _words()
    return [
        Done(words[DeedKind(each.kind)], name_of(uow, each.done_by), spoken_day(each.done_at))
        for each in deeds_of(uow.session, candidate_id, kinds=kinds, limit=limit)
    ]


def name_of(uow: UnitOfWork, account: str | None) -> str:
    """The name behind ``account:<id>``; empty for none, and words for somebody who left."""
    if account is None or not account.startswith(_ACCOUNT):
        return ""
    found = uow.session.get(Account, UUID(account.removeprefix(_ACCOUNT)))
    return found.name if found else _("Someone who is not here any more")


def _words() -> dict[DeedKind, str]:
    return {
        DeedKind.ANSWERS: _("Answers changed"),
        DeedKind.NEEDS: _("What helps: changed"),
        DeedKind.TAKEN_BACK: _("A yes taken back"),
        DeedKind.NEW_CARD: _("New card made"),
        DeedKind.CARD_STOPPED: _("Card and devices stopped"),
        DeedKind.DEVICE_REFUSED: _("A device refused"),
        DeedKind.CLOSED_EVERYWHERE: _("File closed everywhere"),
        DeedKind.WITHDRAWN: _("An introduction taken back"),
        DeedKind.TIME_ANSWERED: _("Proposed times answered"),
    }
