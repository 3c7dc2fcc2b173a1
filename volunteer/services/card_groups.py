"""Groups of blank cards: made, printed again, counted, stopped and forgotten by the support worker's side.

Nothing here tells which card was used, when, or by whom: cards have numbers, and a support worker may know to
whom they gave which one.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import delete, func

from volunteer.domain.card_groups import CODE_LENGTH, CODE_LETTERS, KEPT, GroupState, state_of
from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.support import Scope
from volunteer.models import BlankCard, Candidate, CardGroup, SupportLink
from volunteer.models.base import field_name
from volunteer.queries import card_groups as queries
from volunteer.services import support_links
from volunteer.unit_of_work import UnitOfWork

_CODE = field_name("blank_cards", "code_sealed")
_KIND = "blank_card"


class Counts(NamedTuple):
    """How many cards there are, how often somebody began with one, and how many finished."""

    printed: int
    begun: int
    finished: int


class PrintedCard(NamedTuple):
    """What a card says that differs from the next one."""

    number: int
    language: str
    code: str


def check_may_make(uow: UnitOfWork, account_id: UUID, organisation_id: UUID) -> None:
    """Raise :class:`NotAllowed` where this account may not enrol anybody for that referrer now."""
    support_links.check_may_enrol(uow, account_id, organisation_id)


def make(
    uow: UnitOfWork,
    *,
    name: str,
    language: str,
    count: int,
    days: int,
    account_id: UUID,
    organisation_id: UUID,
) -> CardGroup:
    """A new group with ``count`` cards that work for so many ``days``.

    Raises as :func:`check_may_make`.
    """
    check_may_make(uow, account_id, organisation_id)
    group = CardGroup(
        id=uuid4(),
        account_id=account_id,
        organisation_id=organisation_id,
        name=name,
        made_at=uow.now,
        expires_at=uow.now + timedelta(days=days),
    )
    uow.session.add(group)
    uow.session.flush()
    _add_cards(uow, group, count, language, after=0)
    return group


def add(uow: UnitOfWork, group: CardGroup, *, count: int, language: str) -> None:
    """More cards for a group that runs: somebody new came, or another language is spoken."""
    _add_cards(uow, group, count, language, after=queries.printed(uow.session, group.id))


def own(uow: UnitOfWork, group_id: UUID, account_id: UUID, *, hold: bool = False) -> CardGroup:
    """A group of this account, which still works there. Raises :class:`NotFound` for any other one."""
    group = uow.session.get(CardGroup, group_id, with_for_update=hold or None, populate_existing=hold)
    if group is None or group.account_id != account_id:
        raise NotFound("This is not there any more.")
    support_links.check_works_there(uow, account_id, group.organisation_id)
    return group


def own_running(uow: UnitOfWork, group_id: UUID, account_id: UUID) -> CardGroup:
    """As :func:`own`, held, where its cards work.

    Raises :class:`ImpossibleStep` for a group that is over, :class:`NotAllowed` as :func:`check_may_make`.
    """
    group = own(uow, group_id, account_id, hold=True)
    if state(uow, group) is not GroupState.RUNNING:
        raise ImpossibleStep("The cards of this group do not work any more. Make a new group.")
    check_may_make(uow, account_id, group.organisation_id)
    return group


def state(uow: UnitOfWork, group: CardGroup) -> GroupState:
    """How this group stands now."""
    return state_of(stopped_at=group.stopped_at, expires_at=group.expires_at, now=uow.now)


def stop(uow: UnitOfWork, group: CardGroup) -> None:
    """Its cards open nothing any more, at once; harmless to repeat."""
    group.stopped_at = group.stopped_at or uow.now


def counts(uow: UnitOfWork, group: CardGroup) -> Counts:
    """How many, and not who."""
    printed, used = queries.printed(uow.session, group.id), queries.used(uow.session, group.id)
    return Counts(printed, group.begun, used)


def who_allows(uow: UnitOfWork, group: CardGroup) -> list[tuple[SupportLink, Candidate]]:
    """Those who came with a card of this group and allow its support worker now to see how it goes."""
    return [
        (link, candidate)
        for link, candidate, may in support_links.people_of(uow, group.account_id)
        if link.card_group_id == group.id and Scope.SEES_PROGRESS in may
    ]


def to_print(uow: UnitOfWork, group: CardGroup) -> list[PrintedCard]:
    """Every card, used or not: a sheet that left some out would tell which ones were."""
    return [
        PrintedCard(each.number, each.language, uow.keyring.open(each.code_sealed, field=_CODE))
        for each in queries.cards_of(uow.session, group.id)
    ]


def with_code(uow: UnitOfWork, code: str) -> BlankCard | None:
    """The card with this code, whether it still works or not."""
    return queries.card_with(uow.session, _hash(uow, code))


def forget_over(uow: UnitOfWork) -> None:
    """Erase every group that has been over for some time: its name, its cards, its counts."""
    ended = func.coalesce(CardGroup.stopped_at, CardGroup.expires_at)
    uow.session.execute(delete(CardGroup).where(ended <= uow.now - KEPT))


def _add_cards(uow: UnitOfWork, group: CardGroup, count: int, language: str, *, after: int) -> None:
    for number in range(after + 1, after + count + 1):
        code = "".join(secrets.choice(CODE_LETTERS) for _letter in range(CODE_LENGTH))
        uow.session.add(
            BlankCard(
                id=uuid4(),
                group_id=group.id,
                number=number,
                language=language,
                code_hash=_hash(uow, code),
                code_sealed=uow.keyring.seal(code, field=_CODE),
            )
        )
    uow.session.flush()


def _hash(uow: UnitOfWork, code: str) -> bytes:
    return uow.keyring.fingerprint(code, kind=_KIND)
