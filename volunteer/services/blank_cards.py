"""Using a blank card: somebody begins a file, finishes it, and says whether the support worker may help.

Whether a card was used is only told to who finished a sign-up with it: whoever printed the sheet could else
try each number and learn who did.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID, uuid4

from sqlalchemy import CursorResult, select, update

from volunteer.domain.card_groups import GroupState
from volunteer.domain.consent import GivenHow
from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.referrers import may_enrol
from volunteer.domain.support import EndedBy, EntryKind, Scope, check_hearer
from volunteer.models import BlankCard, Candidate, CardGroup, SupportLink
from volunteer.queries import support_links as queries
from volunteer.services import card_groups, referrers, support_links
from volunteer.unit_of_work import UnitOfWork

FIELD = "blank_card"


def behind(uow: UnitOfWork, code: str) -> BlankCard | None:
    """The card with this code while its group runs, used or not."""
    card = card_groups.with_code(uow, code)
    return card if card is not None and works(uow, card.group) else None


def in_force(uow: UnitOfWork, card_id: UUID | None) -> BlankCard | None:
    """This card while its group runs, used or not."""
    card = uow.session.get(BlankCard, card_id) if card_id else None
    return card if card is not None and works(uow, card.group) else None


def works(uow: UnitOfWork, group: CardGroup) -> bool:
    """Whether its cards work now: it runs, and its support worker may bring people for that referrer."""
    is_running = card_groups.state(uow, group) is GroupState.RUNNING
    has_seat = queries.works_for(uow.session, group.account_id, group.organisation_id)
    return is_running and has_seat and may_enrol(referrers.standing(uow, group.organisation))


def note_begun(uow: UnitOfWork, card: BlankCard) -> None:
    """Somebody begins with this card. It is counted of the group alone, so a second time tells nothing."""
    uow.session.execute(
        update(CardGroup).where(CardGroup.id == card.group_id).values(begun=CardGroup.begun + 1)
    )


def use_up(uow: UnitOfWork, card_id: UUID) -> CardGroup:
    """Somebody has a file of their own now, begun with this card.

    Raises :class:`ImpossibleStep` where the card was used before, or does not work any more.
    """
    card = in_force(uow, card_id)
    if card is None:
        raise ImpossibleStep("This card does not work any more.", field=FIELD)
    used = uow.session.execute(
        update(BlankCard).where(BlankCard.id == card.id, BlankCard.is_used.is_(False)).values(is_used=True)
    )
    if not isinstance(used, CursorResult) or used.rowcount == 0:
        raise ImpossibleStep("Somebody used this card before.", field=FIELD)
    return card.group


def let_help(
    uow: UnitOfWork,
    candidate: Candidate,
    group_id: UUID,
    scopes: Collection[Scope],
    *,
    language: str,
    given_how: GivenHow,
    witness: str | None = None,
) -> SupportLink | None:
    """The person allows the support worker of this group so much; without any yes nothing ties them together.

    Returns the link between them; ``None`` without a yes. Raises :class:`NotFound` where the cards of this
    group do not work any more.
    """
    group = uow.session.get(CardGroup, group_id)
    if group is None or not works(uow, group):
        raise NotFound("This is not there any more.")
    if not scopes:
        return None
    # Of two at the same moment the second finds the link of the first.
    uow.session.execute(select(Candidate.id).where(Candidate.id == candidate.id).with_for_update())
    link = queries.link_between(uow.session, group.account_id, candidate.id)
    if link is None or link.organisation_id != group.organisation_id:
        link = SupportLink(
            id=uuid4(),
            candidate_id=candidate.id,
            account_id=group.account_id,
            organisation_id=group.organisation_id,
            opened_at=uow.now,
        )
        uow.session.add(link)
    link.card_group_id = group.id
    uow.session.flush()
    support_links.give(uow, link, scopes, language=language, given_how=given_how, witness=witness)
    support_links.note(uow, link, EntryKind.BY_CARD, by=EndedBy.CANDIDATE)
    return link


def check_witness(uow: UnitOfWork, group: CardGroup, account_id: UUID) -> None:
    """Raise :class:`NotAllowed` when this account works for the referrer of the group."""
    is_theirs = queries.works_for(uow.session, account_id, group.organisation_id)
    check_hearer(account_id, [account_id] if is_theirs else [group.account_id])
