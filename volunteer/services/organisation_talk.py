"""The talk between the desk and an organisation: approve, ask, refuse, answer; and what is kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from volunteer.domain.errors import NotFound
from volunteer.domain.events import Event
from volunteer.domain.events.organisations import (
    OrganisationApproved,
    OrganisationAsked,
    OrganisationHeldBack,
    OrganisationLetOn,
    OrganisationRefused,
    OrganisationToCheck,
)
from volunteer.domain.organisations import TALK, Approval, EntryKind, Turn, after, clean_turn, has_yes
from volunteer.domain.teams import OFFERING, Side
from volunteer.models import Account, Organisation, OrganisationEntry
from volunteer.models.base import field_name
from volunteer.queries import joining as queries
from volunteer.unit_of_work import UnitOfWork

_TEXT = field_name("organisation_entries", "text_sealed")
_KIND: Mapping[Turn, EntryKind] = {
    Turn.APPROVE: EntryKind.APPROVED,
    Turn.ASK: EntryKind.ASKED,
    Turn.REFUSE: EntryKind.REFUSED,
    Turn.ANSWER: EntryKind.ANSWERED,
    Turn.CHANGE: EntryKind.CHANGED,
}
_EVENT: Mapping[Approval, type[Event]] = {
    Approval.APPROVED: OrganisationApproved,
    Approval.ASKED: OrganisationAsked,
    Approval.REFUSED: OrganisationRefused,
    Approval.TO_CHECK: OrganisationToCheck,
}


@dataclass(frozen=True, slots=True)
class Said:
    """One entry, opened."""

    kind: EntryKind
    author: str
    text: str
    happened_at: datetime


def take(
    uow: UnitOfWork, organisation_id: UUID, turn: Turn, *, words: str = "", account_id: UUID | None = None
) -> Organisation:
    """One side says something; both read it from now on.

    Raises :class:`NotFound`, :class:`InvalidValue` where words are needed, and :class:`ImpossibleStep`.
    """
    organisation = held(uow, organisation_id)
    said = clean_turn(words, is_needed=turn in {Turn.ASK, Turn.REFUSE, Turn.ANSWER})
    before = Approval(organisation.approval)
    had_yes = has_yes(before, had_yes=organisation.had_yes)
    now = after(before, turn)
    if turn is not Turn.CHANGE or now is not before:
        note(uow, organisation.id, _KIND[turn], text=said, account_id=account_id)
    if now is not before or turn is Turn.ASK:
        organisation.approval, organisation.approval_since = now, uow.now
        if now is Approval.APPROVED:
            organisation.approved_at = uow.now
        uow.record(_EVENT[now](organisation.id))  # type: ignore[call-arg]
    organisation.had_yes = has_yes(now, had_yes=had_yes)
    if had_yes and not organisation.had_yes:
        uow.record(OrganisationHeldBack(organisation.id))
    elif organisation.had_yes and not had_yes:
        uow.record(OrganisationLetOn(organisation.id))
    return organisation


def note(
    uow: UnitOfWork,
    organisation_id: UUID,
    kind: EntryKind,
    *,
    text: str = "",
    account_id: UUID | None = None,
    side: Side = OFFERING,
) -> None:
    """Keep who said or did what, with the name they had then."""
    account = uow.session.get(Account, account_id) if account_id else None
    uow.session.add(
        OrganisationEntry(
            id=uuid4(),
            organisation_id=organisation_id,
            kind=kind,
            side=side.code,
            account_id=account_id,
            author=account.name if account else "",
            text_sealed=uow.keyring.seal(text, field=_TEXT) if text else None,
            happened_at=uow.now,
        )
    )


def talk_with(uow: UnitOfWork, organisation_id: UUID) -> list[Said]:
    """All that was said, the oldest first."""
    return _opened(uow, organisation_id, TALK)


def team_history(uow: UnitOfWork, organisation_id: UUID, side: Side = OFFERING) -> list[Said]:
    """Who changed what in this team, the newest first."""
    return list(reversed(_opened(uow, organisation_id, frozenset(EntryKind) - TALK, side)))


def held(uow: UnitOfWork, organisation_id: UUID) -> Organisation:
    """The organisation, for one writer at a time. Raises :class:`NotFound`."""
    found = uow.session.get(Organisation, organisation_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound("This organisation is not there any more.")
    return found


def _opened(
    uow: UnitOfWork, organisation_id: UUID, kinds: frozenset[EntryKind], side: Side | None = None
) -> list[Said]:
    return [
        Said(
            EntryKind(each.kind),
            each.author,
            uow.keyring.open(each.text_sealed, field=_TEXT) if each.text_sealed else "",
            each.happened_at,
        )
        for each in queries.entries_of(uow.session, organisation_id, kinds)
        if side is None or each.side == side.code
    ]
