"""Signing up for a gathering: a person with a file, a visitor without, a group, people of a team."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement

from volunteer.domain import gathering_seats as rules
from volunteer.domain.accounts import SEEING, SUPPORTING
from volunteer.domain.candidates import WITH_CONTACT, CandidateState, Channel, clean_name
from volunteer.domain.consent import GivenHow
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotAllowed, NotFound
from volunteer.domain.events.gatherings import PartySignedUp
from volunteer.domain.gatherings import (
    CONSENT_VERSION,
    HELP_VERSION,
    OPEN_TO,
    GatheringKind,
    GatheringState,
    PartyKind,
    parse_help,
)
from volunteer.domain.interests import parse_tasks
from volunteer.domain.languages import parse_codes
from volunteer.models import Account, Candidate, Gathering, GatheringHelpReading, GatheringParty
from volunteer.models.base import field_name
from volunteer.queries import gatherings as queries
from volunteer.queries.accounts import members_of
from volunteer.queries.candidates import kept_for_now
from volunteer.services import gathering_seats, spent_forms, support_links
from volunteer.services.contacts import clean_contact
from volunteer.unit_of_work import UnitOfWork

_NAME = field_name("gathering_parties", "name_sealed")
_CONTACT = field_name("gathering_parties", "contact_sealed")
_HELP = field_name("gathering_parties", "help_sealed")
_LENGTH = 1024
"""Letters that every list of what helps is filled up to: few look like many."""
WAYS = tuple(each for each in Channel if each in WITH_CONTACT and each is not Channel.SUPPORT_WORKER)
"""How a visitor may be reached."""
MOST_A_DAY = 3
"""So many sign-ups go to one number or address in a day; each tells somebody there something at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What comes with every sign-up."""

    help: frozenset[str] = frozenset()
    """Access codes that would help on that day; only with ``agrees_to_help``."""
    agrees_to_help: bool = False
    """Whether they said yes, apart, to our keeping that."""
    given_how: GivenHow = GivenHow.OWN_DEVICE
    form_id: UUID | None = None
    """Of the form it came in: the same one again is the same sign-up."""
    by_desk: UUID | None = None
    """The account of a colleague of the desk who writes them in, also when sign-up is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Somebody without a file."""

    name: str
    channel: Channel
    contact: str
    language: str
    agrees: bool
    """That we keep name and contact until some weeks after the day."""
    expertise: frozenset[str] = frozenset()
    """Task codes: what they offer, on a company day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """People for whom somebody with an account signs up: a group, or a team. Nobody is named."""

    account_id: UUID
    organisation_id: UUID
    size: int
    companions: int = 0
    languages: frozenset[str] = frozenset()
    expertise: frozenset[str] = frozenset()


NOTHING = Asked()


def sign_up_person(
    uow: UnitOfWork, gathering_id: UUID, candidate: Candidate, asked: Asked = NOTHING
) -> GatheringParty:
    """A person with a file. Who signed up already is where they are: nothing happens twice.

    Raises as :func:`sign_up_visitor`, and :class:`ImpossibleStep` for a file that waits for its person.
    """
    # The file first, as whoever erases it does.
    if kept_for_now(uow.session, candidate.id) != candidate.id or candidate.state != CandidateState.CONFIRMED:
        raise ImpossibleStep("This file waits for its person. First they say yes themselves.")
    gathering = _open(uow, gathering_id, PartyKind.CANDIDATE, asked)
    standing = queries.live_party(uow.session, gathering.id, GatheringParty.candidate_id == candidate.id)
    if standing is not None:
        return standing
    party = _party(uow, gathering, PartyKind.CANDIDATE, asked, language=candidate.language)
    party.candidate_id = candidate.id
    return _seat(uow, gathering, party)


def sign_up_visitor(
    uow: UnitOfWork, gathering_id: UUID, visitor: Visitor, asked: Asked = NOTHING
) -> GatheringParty:
    """Somebody without a file: a name and one way to reach them, sealed.

    Raises :class:`InvalidValue`, :class:`ConsentMissing` without their yes, :class:`NotFound`,
    :class:`NotAllowed` for a kind that is not for them, and :class:`ImpossibleStep` when sign-up is closed,
    when they signed up already, or when this number or address was given often today.
    """
    name = clean_name(visitor.name, field="name")
    if visitor.channel not in WAYS:
        raise InvalidValue("Tell us how we can reach you.", field="channel")
    contact = clean_contact(visitor.channel, visitor.contact)
    rules.check_yes(agrees=visitor.agrees)
    gathering = _open(uow, gathering_id, PartyKind.VISITOR, asked)
    known = _fingerprint(uow, name, contact)
    same = _again(uow, gathering, GatheringParty.contact_hash == known, asked)
    if same is not None:
        return same
    if asked.by_desk is None and not spent_forms.take_turn(uow, f"gathering {contact}", of=MOST_A_DAY):
        raise ImpossibleStep(
            "Many people signed up with this number or address today. Call us: we write you in.",
            field="channel",
        )
    party = _party(uow, gathering, PartyKind.VISITOR, asked, language=visitor.language)
    seal_visitor(uow, party, name, visitor.channel, contact)
    party.expertise = sorted(parse_tasks(visitor.expertise, field="expertise"))
    return _seat(uow, gathering, party)


def seal_visitor(
    uow: UnitOfWork, party: GatheringParty, name: str, channel: Channel, contact: str | None
) -> None:
    """Keep who a visitor is and how they are reached, both clean, so that nobody reads it in the table."""
    party.name_sealed = uow.keyring.seal(name, field=_NAME)
    party.channel, party.contact_hash = channel, _fingerprint(uow, name, contact)
    party.contact_sealed = uow.keyring.seal(contact, field=_CONTACT) if contact else None
    party.consent_version = CONSENT_VERSION


def sign_up_group(
    uow: UnitOfWork, gathering_id: UUID, group: Several, asked: Asked = NOTHING
) -> GatheringParty:
    """A group that a support worker brings; its size counts everybody, companions too.

    Raises as :func:`sign_up_visitor`, and as :func:`support_links.check_may_enrol`.
    """
    support_links.check_may_enrol(uow, group.account_id, group.organisation_id)
    return _sign_up_several(uow, gathering_id, PartyKind.GROUP, group, asked)


def sign_up_team(
    uow: UnitOfWork, gathering_id: UUID, team: Several, asked: Asked = NOTHING
) -> GatheringParty:
    """People of an organisation or of a referrer, who come themselves. Raises as :func:`sign_up_visitor`, and
    :class:`NotAllowed` for who is not in that team.
    """
    members = members_of(uow.session, team.organisation_id, roles=SEEING | SUPPORTING)
    if team.account_id not in {account.id for account in members}:
        raise NotAllowed("You do not work for this organisation any more.")
    return _sign_up_several(uow, gathering_id, PartyKind.TEAM, team, asked)


def name_of(uow: UnitOfWork, party: GatheringParty) -> str:
    """What whoever signed up is called; empty where a visitor is forgotten."""
    if party.candidate is not None:
        return party.candidate.first_name
    if party.account is not None:
        return party.account.name
    return uow.keyring.open(party.name_sealed, field=_NAME) if party.name_sealed else ""


def contact_of(uow: UnitOfWork, party: GatheringParty) -> str | None:
    """How a visitor without a file is reached, opened."""
    return uow.keyring.open(party.contact_sealed, field=_CONTACT) if party.contact_sealed else None


def read_help(uow: UnitOfWork, party: GatheringParty, *, reader: str, purpose: str) -> frozenset[str]:
    """Open what they asked for on that day, and write in the journal who did, and why."""
    if party.help_sealed is None:
        return frozenset()
    uow.session.add(
        GatheringHelpReading(
            id=uuid4(),
            party_id=party.id,
            candidate_id=party.candidate_id,
            reader=reader,
            purpose=purpose,
            read_at=uow.now,
        )
    )
    return frozenset(json.loads(uow.keyring.open(party.help_sealed, field=_HELP)))


def say_help(uow: UnitOfWork, party: GatheringParty, codes: Iterable[str], *, agrees: bool) -> None:
    """Keep what would help them on that day; with nothing, what was kept goes.

    Raises :class:`InvalidValue`, and :class:`ConsentMissing` without a yes of its own.
    """
    found = parse_help(codes)
    rules.check_yes_to_help(found, agrees=agrees)
    text = json.dumps(sorted(found)).ljust(_LENGTH)
    party.help_sealed = uow.keyring.seal(text, field=_HELP) if found else None
    party.help_version = HELP_VERSION if found else None


def _fingerprint(uow: UnitOfWork, name: str, contact: str | None) -> bytes:
    return uow.keyring.fingerprint(f"{name.casefold()} {contact}", kind="gathering")


def _sign_up_several(
    uow: UnitOfWork, gathering_id: UUID, kind: PartyKind, several: Several, asked: Asked
) -> GatheringParty:
    gathering = _open(uow, gathering_id, kind, asked)
    rules.check_size(several.size, several.companions, seats=gathering.seats)
    who = (GatheringParty.account_id == several.account_id) & (
        GatheringParty.organisation_id == several.organisation_id
    )
    same = _again(uow, gathering, who, asked)
    if same is not None:
        return same
    account = uow.session.get_one(Account, several.account_id)
    party = _party(uow, gathering, kind, asked, language=account.language)
    party.account_id, party.organisation_id = several.account_id, several.organisation_id
    party.size, party.companions = several.size, several.companions
    party.languages = sorted(parse_codes(several.languages))
    party.expertise = sorted(parse_tasks(several.expertise))
    return _seat(uow, gathering, party)


def _open(uow: UnitOfWork, gathering_id: UUID, kind: PartyKind, asked: Asked) -> Gathering:
    """The gathering, held, for which this kind of party can sign up now."""
    gathering = queries.held(uow.session, gathering_id)
    if gathering is None or gathering.state == GatheringState.DRAFT:
        raise NotFound("This activity is not there any more.")
    if gathering.state == GatheringState.CANCELLED:
        raise ImpossibleStep("This activity was called off.")
    if kind not in OPEN_TO[GatheringKind(gathering.kind)]:
        raise NotAllowed("This activity is for others. Ask us what there is for you.")
    closes = gathering.ends_at if asked.by_desk else gathering.signup_closes_at
    if closes <= uow.now:
        raise ImpossibleStep("Signing up is closed. Call us: perhaps there is still a seat.")
    return gathering


def _again(
    uow: UnitOfWork, gathering: Gathering, who: ColumnElement[bool], asked: Asked
) -> GatheringParty | None:
    """The same form once more is the same sign-up; another one by the same people is one too many."""
    if asked.form_id is not None and not spent_forms.spend(uow, asked.form_id):
        same = uow.session.get(GatheringParty, asked.form_id)
        if same is not None and same.gathering_id == gathering.id:
            return same
    if queries.live_party(uow.session, gathering.id, who) is not None:
        raise ImpossibleStep("You signed up for this already. Look in our message to you, or call us.")
    return None


def _party(
    uow: UnitOfWork, gathering: Gathering, kind: PartyKind, asked: Asked, *, language: str
) -> GatheringParty:
    is_taken = asked.form_id is None or uow.session.get(GatheringParty, asked.form_id) is not None
    party = GatheringParty(
        id=uuid4() if is_taken else asked.form_id,
        gathering_id=gathering.id,
        kind=kind,
        size=1,
        companions=0,
        languages=[],
        expertise=[],
        language=language,
        given_how=asked.given_how,
        signed_up_at=uow.now,
        signed_up_by=f"account:{asked.by_desk}" if asked.by_desk else None,
    )
    say_help(uow, party, asked.help, agrees=asked.agrees_to_help)
    return party


def _seat(uow: UnitOfWork, gathering: Gathering, party: GatheringParty) -> GatheringParty:
    gathering_seats.sit_down(uow, gathering, party)
    uow.record(PartySignedUp(party.id))
    return party
