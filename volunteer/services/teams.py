"""Teams: who asks to come in or is invited, and how they come."""

from __future__ import annotations

from uuid import UUID, uuid4

from volunteer.domain.accounts import Role
from volunteer.domain.candidates import clean_name
from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.messages import MessageKind, Recipient
from volunteer.domain.organisations import EntryKind, InvitationState
from volunteer.domain.teams import OFFERING, Side, side_of
from volunteer.models import Account, Organisation, TeamInvitation
from volunteer.models.base import field_name
from volunteer.queries import joining as queries
from volunteer.queries.accounts import members_of
from volunteer.services import accounts, messages, organisation_talk, team_members
from volunteer.services.contacts import clean_email
from volunteer.unit_of_work import UnitOfWork

_EMAIL = field_name("team_invitations", "email_sealed")
_OPEN = frozenset({InvitationState.ASKED, InvitationState.INVITED})


def invite(
    uow: UnitOfWork,
    organisation_id: UUID,
    *,
    person: str,
    email: str,
    role: Role,
    language: str,
    account_id: UUID,
) -> TeamInvitation:
    """Mail somebody a link with which they join. Raises :class:`InvalidValue`, :class:`ImpossibleStep`."""
    organisation_talk.held(uow, organisation_id)
    name, address = clean_name(person, field="person"), clean_email(email)
    invitation = _open_for(uow, organisation_id, name, address, language, side_of(role))
    if invitation.state == InvitationState.INVITED:
        raise ImpossibleStep("This person was invited already. You can send the mail again.", field="email")
    invitation.role = role
    _send(uow, invitation)
    team_members.note(uow, invitation, EntryKind.INVITED, f"{name}: {role}", account_id)
    return invitation


def ask_in(
    uow: UnitOfWork,
    organisation_id: UUID,
    *,
    person: str,
    email: str,
    language: str,
    side: Side = OFFERING,
) -> None:
    """Somebody would like to join this team; its owners are told. Where there is none, the desk decides.

    Nobody learns here whether they are in the team, or were invited already.
    """
    organisation = organisation_talk.held(uow, organisation_id)
    fingerprint = uow.keyring.fingerprint(email, kind="account")
    if queries.open_invitation_to(uow.session, organisation_id, fingerprint, side) is not None:
        return
    account = accounts.by_email(uow, email)
    if account is not None and team_members.is_in(account, organisation_id, side):
        return
    invitation = _open_for(uow, organisation_id, person, email, language, side)
    uow.session.flush()
    for owner in members_of(uow.session, organisation.id, roles={side.owner}):
        messages.tell_account(
            uow, owner, MessageKind.ACCESS_ASKED, about_id=organisation.id, cause_id=invitation.id
        )


def invitation_in(
    uow: UnitOfWork, organisation_id: UUID, invitation_id: UUID, side: Side = OFFERING
) -> TeamInvitation:
    """An open one of this team. Raises :class:`NotFound`, also for somebody else's."""
    found = uow.session.get(TeamInvitation, invitation_id, with_for_update=True, populate_existing=True)
    is_ours = found is not None and found.organisation_id == organisation_id and found.role in side.roles
    if found is None or not is_ours or found.state not in _OPEN:
        raise NotFound("This invitation is not open any more.")
    return found


def send_again(
    uow: UnitOfWork, organisation_id: UUID, invitation_id: UUID, *, account_id: UUID, side: Side = OFFERING
) -> None:
    """Send a new link; the one before is not good any more. Raises :class:`NotFound`."""
    invitation = invitation_in(uow, organisation_id, invitation_id, side)
    _send(uow, invitation)
    team_members.note(
        uow, invitation, EntryKind.INVITED, f"{invitation.person}: {invitation.role}", account_id
    )


def let_in(
    uow: UnitOfWork, organisation_id: UUID, invitation_id: UUID, *, role: Role, account_id: UUID
) -> None:
    """Invite somebody who asked to join the team of this role. Raises :class:`NotFound`."""
    side = side_of(role)
    invitation_in(uow, organisation_id, invitation_id, side).role = role
    send_again(uow, organisation_id, invitation_id, account_id=account_id, side=side)


def let_in_first(uow: UnitOfWork, invitation_id: UUID, *, account_id: UUID) -> None:
    """The desk invites somebody as owner of a team that has none. Raises :class:`NotFound`."""
    invitation = asked_of_desk(uow, invitation_id)
    owner = side_of(invitation.role).owner
    let_in(uow, invitation.organisation_id, invitation.id, role=owner, account_id=account_id)


def asked_of_desk(uow: UnitOfWork, invitation_id: UUID) -> TeamInvitation:
    """A wish to join a team that has no owner. Raises :class:`NotFound`, also where there is one by now."""
    found = uow.session.get(TeamInvitation, invitation_id, with_for_update=True, populate_existing=True)
    if (
        found is None
        or found.state != InvitationState.ASKED
        or queries.count_owners(uow.session, found.organisation_id, side_of(found.role))
    ):
        raise NotFound("This invitation is not open any more.")
    return found


def take_back(
    uow: UnitOfWork, organisation_id: UUID, invitation_id: UUID, *, account_id: UUID, side: Side = OFFERING
) -> None:
    """End an invitation or a wish to join; its link is not good any more. Raises :class:`NotFound`."""
    invitation = invitation_in(uow, organisation_id, invitation_id, side)
    _end(invitation, InvitationState.ENDED)
    team_members.note(uow, invitation, EntryKind.TAKEN_BACK, invitation.person, account_id)


def email_of(uow: UnitOfWork, invitation: TeamInvitation) -> str | None:
    """Where the invitation goes; None when it is over."""
    sealed = invitation.email_sealed
    return uow.keyring.open(sealed, field=_EMAIL) if sealed else None


def proof_of(invitation: TeamInvitation) -> str:
    """What a link must hold: it changes with each mail."""
    return f"{invitation.round:016x}"


def invitation_by_link(uow: UnitOfWork, invitation_id: UUID, *, proof: str) -> TeamInvitation:
    """What the link in the mail opens. Raises :class:`NotFound` when it is over, or a newer one was sent."""
    found = uow.session.get(TeamInvitation, invitation_id, with_for_update=True, populate_existing=True)
    if found is None or found.state != InvitationState.INVITED or proof != proof_of(found):
        raise NotFound("This invitation is not good any more. Ask your colleague for a new one.")
    return found


def take_up(uow: UnitOfWork, invitation_id: UUID, *, proof: str, name: str, password: str) -> Account:
    """Join the team with a new account, or with the one this address has already, by its password.

    Raises as :func:`invitation_by_link`, :class:`InvalidValue` and :class:`NotAllowed` for a wrong password.
    """
    invitation = invitation_by_link(uow, invitation_id, proof=proof)
    organisation = organisation_talk.held(uow, invitation.organisation_id)
    email = email_of(uow, invitation) or ""
    if accounts.by_email(uow, email) is not None:
        account = accounts.authenticate(uow, email, password)
    else:
        account = accounts.create(
            uow, name=name, email=email, password=password, language=invitation.language
        )
    if not team_members.is_in(account, organisation.id, side_of(invitation.role)):
        accounts.grant(uow, account, Role(invitation.role), organisation=organisation)
    uow.session.flush()
    _end(invitation, InvitationState.USED)
    team_members.note(uow, invitation, EntryKind.CAME, f"{account.name}: {invitation.role}", account.id)
    return account


def _open_for(
    uow: UnitOfWork, organisation_id: UUID, person: str, email: str, language: str, side: Side
) -> TeamInvitation:
    fingerprint = uow.keyring.fingerprint(email, kind="account")
    account = accounts.by_email(uow, email)
    if account is not None and team_members.is_in(account, organisation_id, side):
        raise ImpossibleStep("This person is in your team already.", field="email")
    found = queries.open_invitation_to(uow.session, organisation_id, fingerprint, side)
    if found is not None:
        return found
    invitation = TeamInvitation(
        id=uuid4(),
        organisation_id=organisation_id,
        state=InvitationState.ASKED,
        person=person,
        role=side.newcomer,
        language=language,
        email_sealed=uow.keyring.seal(email, field=_EMAIL),
        email_hash=fingerprint,
        round=0,
        created_at=uow.now,
    )
    uow.session.add(invitation)
    return invitation


def _send(uow: UnitOfWork, invitation: TeamInvitation) -> None:
    invitation.state, invitation.sent_at = InvitationState.INVITED, uow.now
    invitation.round += 1
    messages.tell_by_mail(
        uow,
        Recipient.INVITEE,
        invitation.id,
        MessageKind.TEAM_INVITATION,
        language=invitation.language,
        about_id=invitation.organisation_id,
    )


def _end(invitation: TeamInvitation, state: InvitationState) -> None:
    """What is over needs no address any more."""
    invitation.state, invitation.email_sealed, invitation.email_hash = state, None, None


def forget(invitation: TeamInvitation) -> None:
    """End it after its time: nobody needs to know any more whom it was for."""
    _end(invitation, InvitationState.ENDED)
    invitation.person = ""


def organisation_of(uow: UnitOfWork, invitation: TeamInvitation) -> Organisation:
    """The organisation whose team somebody is to join."""
    return uow.session.get_one(Organisation, invitation.organisation_id)


def has_account(uow: UnitOfWork, invitation: TeamInvitation) -> bool:
    """Whether whoever takes it up logs in with a password they have."""
    return accounts.by_email(uow, email_of(uow, invitation) or "") is not None
