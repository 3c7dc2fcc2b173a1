"""An organisation joins by itself: it writes a few lines, confirms its address, and waits for the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID, uuid4

from sqlalchemy import delete

from volunteer.domain.candidates import clean_name as clean_person
from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.events.organisations import OrganisationJoined
from volunteer.domain.messages import MessageKind, Recipient
from volunteer.domain.opportunities import Place
from volunteer.domain.organisations import (
    TIME_TO_COME,
    TIME_TO_CONFIRM,
    Approval,
    EntryKind,
    LegalForm,
    clean_activity,
    clean_name,
)
from volunteer.domain.referrers import Aim, parse_publics
from volunteer.domain.retention import KEPT_MONTHS, months_before
from volunteer.domain.sound import folded, sound_keys, within
from volunteer.domain.teams import OFFERING, REFERRING, Side
from volunteer.models import Account, JoinRequest, Organisation, OrganisationEntry
from volunteer.models.base import field_name
from volunteer.queries import joining as queries
from volunteer.services import accounts, messages, organisation_talk, organisations, teams
from volunteer.services.contacts import clean_email
from volunteer.services.enterprise_numbers import clean_enterprise_number
from volunteer.unit_of_work import UnitOfWork

_EMAIL = field_name("join_requests", "email_sealed")
_SLIPS = 2
_LONG_ENOUGH = 8
"""In a name with more letters than this, two wrong ones are a slip; in a short one they are another name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """What somebody writes to join, as it was typed."""

    name: str
    legal_form: LegalForm
    enterprise_number: str
    sectors: frozenset[str]
    activity: str
    place: Place
    person: str
    email: str
    language: str
    aim: Aim = Aim.VOLUNTEERS
    publics: frozenset[str] = frozenset()
    """Of a referrer: the kinds of people it works with."""


@dataclass(frozen=True, slots=True)
class Alike:
    """An organisation that is perhaps the same."""

    id: UUID
    name: str
    has_same_number: bool


def alike(uow: UnitOfWork, name: str, number: str | None) -> list[Alike]:
    """Organisations that are perhaps this one: the same number, or a name that reads or sounds the same."""
    wanted, sounds = folded(name), sound_keys(name)
    return [
        Alike(organisation_id, known, number is not None and known_number == number)
        for organisation_id, known, known_number in queries.every_name(uow.session)
        if (number is not None and known_number == number) or _reads_the_same(wanted, sounds, known)
    ]


def _reads_the_same(wanted: str, sounds: tuple[str, ...], known: str) -> bool:
    letters = folded(known)
    if letters == wanted or (sounds and sound_keys(known) == sounds):
        return True
    return len(wanted) > _LONG_ENOUGH and within(wanted, letters, _SLIPS) is not None


def ask(uow: UnitOfWork, joining: Joining, *, into: UUID | None = None) -> None:
    """Keep what was written, and mail a link to its writer; nothing else happens until they confirm.

    With ``into`` they would like to join the team of that organisation. The answer is the same for an address
    that has an account. Raises :class:`InvalidValue`, :class:`NotFound`.
    """
    if into is not None and uow.session.get(Organisation, into) is None:
        raise NotFound("This organisation is not there any more.")
    request = JoinRequest(
        id=uuid4(),
        organisation_id=into,
        aim=joining.aim,
        publics=sorted(parse_publics(joining.publics)) if joining.aim.refers else [],
        name=clean_name(joining.name),
        legal_form=joining.legal_form,
        enterprise_number=clean_enterprise_number(joining.enterprise_number),
        sectors=sorted(joining.sectors),
        activity=clean_activity(joining.activity),
        street=joining.place.street,
        postal_code=joining.place.postal_code,
        municipality=joining.place.municipality,
        person=clean_person(joining.person, field="person"),
        email_sealed=uow.keyring.seal(clean_email(joining.email), field=_EMAIL),
        language=joining.language,
        asked_at=uow.now,
    )
    for old in queries.stale_requests(uow.session, before=uow.now - TIME_TO_CONFIRM):
        uow.session.delete(old)
    uow.session.add(request)
    messages.tell_by_mail(
        uow, Recipient.JOINER, request.id, MessageKind.CONFIRM_JOINING, language=joining.language
    )


def forget_old(uow: UnitOfWork) -> None:
    """Requests nobody confirmed, invitations nobody took up, and what was said two years ago."""
    for old in queries.stale_requests(uow.session, before=uow.now - TIME_TO_CONFIRM):
        uow.session.delete(old)
    for invitation in queries.stale_invitations(uow.session, before=uow.now - TIME_TO_COME):
        teams.forget(invitation)
    said_before = datetime.combine(months_before(uow.today, KEPT_MONTHS), time.min, tzinfo=uow.zone)
    uow.session.execute(delete(OrganisationEntry).where(OrganisationEntry.happened_at < said_before))


def email_of(uow: UnitOfWork, request: JoinRequest) -> str:
    """The address its writer gave."""
    return uow.keyring.open(request.email_sealed, field=_EMAIL)


def request_for(uow: UnitOfWork, request_id: UUID) -> JoinRequest:
    """What the link in the mail opens. Raises :class:`NotFound` once it was confirmed, or is too old."""
    request = uow.session.get(JoinRequest, request_id, with_for_update=True, populate_existing=True)
    if request is None or request.asked_at < uow.now - TIME_TO_CONFIRM:
        raise NotFound("This link was used already, or is too old. Log in, or begin again.")
    return request


def confirm(uow: UnitOfWork, request_id: UUID, *, password: str) -> Account | None:
    """Their address is theirs: make the organisation and its first account, or ask the team to let them in.

    Returns the account, or None where a team decides first. An account that exists proves itself by its
    password. Raises :class:`NotFound`, :class:`InvalidValue`, :class:`NotAllowed`, :class:`ImpossibleStep`
    when somebody else joined with this number meanwhile.
    """
    request = request_for(uow, request_id)
    if request.organisation_id is not None:
        teams.ask_in(
            uow,
            request.organisation_id,
            person=request.person,
            email=email_of(uow, request),
            language=request.language,
            side=_side_asked(uow, request),
        )
        uow.session.delete(request)
        return None
    account = _account(uow, request, password)
    organisation = _organisation(uow, request)
    for side in _sides(request):
        accounts.grant(uow, account, side.owner, organisation=organisation)
    uow.session.flush()
    organisation_talk.note(
        uow, organisation.id, EntryKind.JOINED, text=request.activity, account_id=account.id
    )
    uow.record(OrganisationJoined(organisation.id))
    uow.session.delete(request)
    return account


def _sides(request: JoinRequest) -> list[Side]:
    aim = Aim(request.aim)
    return [side for side, is_there in ((OFFERING, aim.seeks), (REFERRING, aim.refers)) if is_there]


def _side_asked(uow: UnitOfWork, request: JoinRequest) -> Side:
    """Which team of an organisation that is there: the one they came for, or the only one it has."""
    organisation = uow.session.get_one(Organisation, request.organisation_id)
    if not organisation.is_referrer:
        return OFFERING
    return _sides(request)[0] if organisation.seeks_volunteers else REFERRING


def has_account(uow: UnitOfWork, request: JoinRequest) -> bool:
    """Whether whoever confirms logs in with a password they have."""
    return accounts.by_email(uow, email_of(uow, request)) is not None


def _account(uow: UnitOfWork, request: JoinRequest, password: str) -> Account:
    email = email_of(uow, request)
    if accounts.by_email(uow, email) is not None:
        return accounts.authenticate(uow, email, password)
    return accounts.create(
        uow, name=request.person, email=email, password=password, language=request.language
    )


def _organisation(uow: UnitOfWork, request: JoinRequest) -> Organisation:
    number = request.enterprise_number
    if number and queries.has_number(uow.session, number):
        raise ImpossibleStep("An organisation with this number joined meanwhile. Ask its team to let you in.")
    organisation = organisations.add(uow, request.name, language=request.language)
    organisation.approval, organisation.approval_since = Approval.NEW, uow.now
    organisation.had_yes = False
    organisation.legal_form, organisation.enterprise_number = request.legal_form, number
    organisation.sectors, organisation.activity = list(request.sectors), request.activity
    organisation.contact_name = request.person
    aim = Aim(request.aim)
    organisation.seeks_volunteers, organisation.is_referrer = aim.seeks, aim.refers
    organisation.publics = list(request.publics)
    organisations.set_email(uow, organisation, email_of(uow, request))
    uow.session.flush()
    place = Place(street=request.street, postal_code=request.postal_code, municipality=request.municipality)
    organisations.venue_at(uow, organisation.id, place)
    return organisation
