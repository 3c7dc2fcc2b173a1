"""An organisation that is here would like to do the other half too: its owner asks, the desk decides.

What it does already goes on meanwhile, whatever the answer is. The agreement on data of a referrer comes
afterwards, as for a new one.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID, uuid4

from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.messages import MessageKind
from volunteer.domain.organisations import Approval, EntryKind, clean_turn
from volunteer.domain.referrers import parse_publics
from volunteer.domain.teams import OFFERING, REFERRING, Side
from volunteer.models import Account, Organisation, SideRequest
from volunteer.queries import joining as queries
from volunteer.queries.accounts import members_of
from volunteer.services import accounts, messages, organisation_talk
from volunteer.translation import translations
from volunteer.unit_of_work import UnitOfWork


def side_of(request: SideRequest) -> Side:
    """The side that is asked for."""
    return REFERRING if request.side == REFERRING.code else OFFERING


def has(organisation: Organisation, side: Side) -> bool:
    """Whether the organisation does this already."""
    return organisation.is_referrer if side is REFERRING else organisation.seeks_volunteers


def may_grow(organisation: Organisation) -> bool:
    """Whether a second team can be asked for, and begun: with the desk's yes, and not while suspended."""
    return organisation.approval == Approval.APPROVED and organisation.suspended_at is None


def was_refused(uow: UnitOfWork, organisation_id: UUID, side: Side) -> bool:
    """Whether no is the last that the desk said about this side."""
    decided = {EntryKind.APPROVED, EntryKind.REFUSED}
    said = queries.entries_of(uow.session, organisation_id, decided)
    about = [each.kind for each in said if each.side == side.code]
    return bool(about) and about[-1] == EntryKind.REFUSED


def leads(uow: UnitOfWork, request: SideRequest) -> bool:
    """Whether whoever asked is an owner of the team that the organisation has."""
    held = OFFERING if side_of(request) is REFERRING else REFERRING
    owners = members_of(uow.session, request.organisation_id, roles={held.owner})
    return request.account_id in {each.id for each in owners}


def ask(
    uow: UnitOfWork, organisation_id: UUID, side: Side, *, publics: Collection[str] = (), account_id: UUID
) -> None:
    """An owner asks; harmless to repeat while the desk looks.

    Raises :class:`NotFound`, :class:`ImpossibleStep` where it does that already or waits for the desk itself,
    and :class:`InvalidValue` for a referrer that does not say with whom it works.
    """
    organisation = organisation_talk.held(uow, organisation_id)
    if has(organisation, side):
        raise ImpossibleStep("Your organisation does this already.")
    if not may_grow(organisation):
        raise ImpossibleStep("Your organisation needs the yes of the info desk first.")
    chosen = sorted(parse_publics(publics)) if side is REFERRING else []
    if queries.side_request_of(uow.session, organisation_id) is not None:
        return
    uow.session.add(
        SideRequest(
            id=uuid4(),
            organisation_id=organisation_id,
            side=side.code,
            publics=chosen,
            account_id=account_id,
            asked_at=uow.now,
        )
    )
    _note(uow, organisation_id, EntryKind.ANSWERED, side, account_id)


def withdraw(uow: UnitOfWork, organisation_id: UUID, *, account_id: UUID) -> None:
    """The team does not want it any more. Raises :class:`NotFound` when nothing waits."""
    organisation_talk.held(uow, organisation_id)
    request = queries.side_request_of(uow.session, organisation_id)
    if request is None:
        raise NotFound("This was done already.")
    _take_back(uow, request, account_id)


def drop_of(uow: UnitOfWork, organisation_id: UUID, asker_id: UUID, *, account_id: UUID) -> None:
    """Whoever leads the team no more does not begin another one: what they asked for is taken back."""
    request = queries.side_request_of(uow.session, organisation_id)
    if request is not None and request.account_id == asker_id and not leads(uow, request):
        _take_back(uow, request, account_id)


def decide(
    uow: UnitOfWork, organisation_id: UUID, *, agrees: bool, words: str = "", account_id: UUID
) -> None:
    """The desk says yes, and whoever asked leads the new team; or no, with a reason.

    Raises :class:`NotFound` when nothing waits, :class:`InvalidValue` for a no without words, and
    :class:`ImpossibleStep` for a yes while the organisation waits itself, or to somebody who leads its team
    no more.
    """
    organisation = organisation_talk.held(uow, organisation_id)
    request = queries.side_request_of(uow.session, organisation_id)
    if request is None:
        raise NotFound("This was done already.")
    side, said = side_of(request), clean_turn(words, is_needed=not agrees)
    if agrees:
        _check(uow, organisation, request)
        _begin(uow, organisation, request, side)
    _note(uow, organisation_id, EntryKind.APPROVED if agrees else EntryKind.REFUSED, side, account_id, said)
    uow.session.delete(request)


def _check(uow: UnitOfWork, organisation: Organisation, request: SideRequest) -> None:
    if not may_grow(organisation):
        raise ImpossibleStep("This organisation is suspended, or waits for your yes. Decide on that first.")
    if not leads(uow, request):
        raise ImpossibleStep(
            "Whoever asked this does not lead the team any more. Say no: an owner can ask again."
        )


def _begin(uow: UnitOfWork, organisation: Organisation, request: SideRequest, side: Side) -> None:
    if side is REFERRING:
        organisation.is_referrer, organisation.publics = True, list(request.publics)
    else:
        organisation.seeks_volunteers = True
    account = uow.session.get_one(Account, request.account_id)
    if account.id not in {each.id for each in members_of(uow.session, organisation.id, roles={side.owner})}:
        accounts.grant(uow, account, side.owner, organisation=organisation)
    kind = MessageKind.REFERRER_APPROVED if side is REFERRING else MessageKind.ORGANISATION_APPROVED
    messages.tell_account(uow, account, kind, about_id=organisation.id, cause_id=request.id)


def _take_back(uow: UnitOfWork, request: SideRequest, account_id: UUID) -> None:
    _ = translations(uow.session.get_one(Account, account_id).language).gettext
    said = _("We take our question back.")
    _note(uow, request.organisation_id, EntryKind.ANSWERED, side_of(request), account_id, said)
    uow.session.delete(request)


def _note(
    uow: UnitOfWork, organisation_id: UUID, kind: EntryKind, side: Side, account_id: UUID, words: str = ""
) -> None:
    """In the talk of both, which side it is about stands before the words."""
    _ = translations(uow.session.get_one(Account, account_id).language).gettext
    about = _("We also bring people.") if side is REFERRING else _("We also look for volunteers.")
    organisation_talk.note(
        uow, organisation_id, kind, text=f"{about} {words}".strip(), account_id=account_id, side=side
    )
