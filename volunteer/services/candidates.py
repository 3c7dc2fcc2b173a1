"""What can be done with a candidate's file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from uuid import uuid4

from sqlalchemy import delete

from volunteer.domain.access import Strength
from volunteer.domain.availability import Availability
from volunteer.domain.candidates import PENDING_LASTS, CandidateState, Channel, SignUp
from volunteer.domain.commitment import parse_commitments
from volunteer.domain.consent import TEXT_VERSION, Purpose
from volunteer.domain.events.candidates import CandidateChanged, CandidateEnrolled
from volunteer.domain.interests import Interests
from volunteer.models import Candidate, Consent
from volunteer.models.base import field_name
from volunteer.queries.candidates import consents_in_force
from volunteer.services import cards, districts, former_contacts, needs
from volunteer.unit_of_work import UnitOfWork

_CONTACT = field_name("candidates", "contact_sealed")


def enrol(uow: UnitOfWork, sign_up: SignUp, *, origin: str) -> tuple[Candidate, str]:
    """Open the file of someone who agreed, and say so; returns it with the personal token, shown only now.

    Raises :class:`ConsentMissing` or :class:`InvalidValue`.
    """
    sign_up.check()
    candidate = Candidate(
        id=uuid4(),
        origin=origin,
        state=CandidateState.CONFIRMED,
        created_at=uow.now,
        confirmed_at=uow.now,
        seen_on=uow.today,
    )
    write_answers(uow, candidate, sign_up)
    write_consents(uow, candidate, sign_up)
    uow.session.add(candidate)
    uow.record(CandidateEnrolled(candidate.id))
    return candidate, cards.issue(uow, candidate)


def put_on_file(uow: UnitOfWork, sign_up: SignUp, *, origin: str) -> Candidate:
    """Open a pending file for somebody who has not agreed yet: without needs, and never matched."""
    candidate = Candidate(
        id=uuid4(),
        origin=origin,
        state=CandidateState.PENDING,
        created_at=uow.now,
        expires_at=uow.now + PENDING_LASTS,
    )
    write_answers(uow, candidate, sign_up, with_needs=False)
    uow.session.add(candidate)
    return candidate


def confirm(uow: UnitOfWork, candidate: Candidate, sign_up: SignUp) -> None:
    """The person agreed: take over their answers, needs included. Raises as :func:`enrol`."""
    sign_up.check()
    write_answers(uow, candidate, sign_up)
    write_consents(uow, candidate, sign_up)
    candidate.state = CandidateState.CONFIRMED
    candidate.confirmed_at = uow.now
    candidate.seen_on = uow.today
    candidate.expires_at = None
    uow.record(CandidateEnrolled(candidate.id))


def change(uow: UnitOfWork, candidate: Candidate, sign_up: SignUp, *, with_needs: bool = True) -> None:
    """Take over new answers, with any new consent, and look again. Raises as :func:`enrol`.

    Without ``with_needs`` the needs stay as they are, and nobody has to open them for that. Who can be
    reached otherwise from now on is told so by the way they gave up.
    """
    sign_up.check()
    channel, contact = Channel(candidate.channel), contact_of(uow, candidate)
    write_answers(uow, candidate, sign_up, with_needs=with_needs)
    in_force = {each.purpose for each in consents_in_force(uow.session, candidate.id, now=uow.now)}
    write_consents(uow, candidate, replace(sign_up, consents=sign_up.consents - in_force))
    cause_id = uow.record(CandidateChanged(candidate.id))
    if contact and (channel, contact) != (sign_up.channel, sign_up.contact):
        former_contacts.keep_and_tell(uow, candidate, channel, contact, cause_id=cause_id)


def address_proof(candidate: Candidate) -> str:
    """What a link to this file proves: that it was sent to the address of today, and not which.

    Links that were sent before the file was closed everywhere prove nothing any more.
    """
    closed = f"closed {candidate.session_epoch}".encode() if candidate.session_epoch else b""
    known = (candidate.contact_hash or b"") + closed
    return hashlib.sha256(known).hexdigest()[:16] if known else ""


def contact_of(uow: UnitOfWork, candidate: Candidate) -> str | None:
    """The address or number of this person, opened."""
    if candidate.contact_sealed is None:
        return None
    return uow.keyring.open(candidate.contact_sealed, field=_CONTACT)


def forget_unconfirmed(uow: UnitOfWork) -> None:
    """Erase every pending file whose time is over."""
    uow.session.execute(
        delete(Candidate).where(Candidate.state == CandidateState.PENDING, Candidate.expires_at <= uow.now)
    )


def answers_of(
    uow: UnitOfWork, candidate: Candidate, *, opened: Mapping[str, Strength] | None = None
) -> SignUp:
    """The answers as they stand in the file, with what the person agrees to; needs only as ``opened``."""
    agreed = {each.purpose for each in consents_in_force(uow.session, candidate.id, now=uow.now)}
    return SignUp(
        external_id=candidate.external_id,
        first_name=candidate.first_name,
        language=candidate.language,
        municipality=candidate.municipality,
        postal_code=candidate.postal_code,
        district=candidate.district,
        travel_minutes=candidate.travel_minutes,
        commitments=parse_commitments(candidate.commitments),
        interests=Interests.of(
            can=candidate.tasks_can,
            want=candidate.tasks_want,
            learn=candidate.tasks_learn,
            sectors=candidate.sectors,
        ),
        languages=candidate.languages,
        times=Availability.parse(candidate.times),
        channel=Channel(candidate.channel),
        contact=contact_of(uow, candidate),
        needs=opened or {},
        consents=frozenset(purpose for purpose in Purpose if purpose in agreed),
    )


def write_answers(uow: UnitOfWork, candidate: Candidate, answers: SignUp, *, with_needs: bool = True) -> None:
    """Put the answers into the row, sealed where they must be; without ``with_needs`` those stay.

    Raises :class:`InvalidValue` for a district that is not there, or not in the municipality.
    """
    candidate.external_id = answers.external_id
    candidate.first_name = answers.first_name
    candidate.language = answers.language
    candidate.municipality = answers.municipality
    candidate.postal_code = answers.postal_code
    candidate.district = answers.district
    if answers.district:
        found = districts.checked(uow, answers.district, municipality=answers.municipality)
        candidate.municipality = found.municipality
    candidate.travel_minutes = answers.travel_minutes
    candidate.commitments = sorted(answers.commitments)
    candidate.tasks_can = sorted(answers.interests.can)
    candidate.tasks_want = sorted(answers.interests.want)
    candidate.tasks_learn = sorted(answers.interests.learn)
    candidate.sectors = sorted(answers.interests.sectors)
    candidate.languages = dict(sorted(answers.languages.items()))
    candidate.times = str(answers.times)
    candidate.channel = answers.channel
    contact = answers.contact
    candidate.contact_sealed = uow.keyring.seal(contact, field=_CONTACT) if contact else None
    candidate.contact_hash = uow.keyring.fingerprint(contact, kind="candidate") if contact else None
    if with_needs:
        candidate.needs_sealed = needs.seal(uow, answers.needs)


def write_consents(uow: UnitOfWork, candidate: Candidate, sign_up: SignUp) -> None:
    """Record each consent with its words, its manner and its witness."""
    for purpose in sorted(sign_up.consents):
        candidate.consents.append(
            Consent(
                purpose=purpose,
                text_version=TEXT_VERSION,
                language=sign_up.language,
                given_how=sign_up.given_how,
                witness=sign_up.witness,
                given_at=uow.now,
            )
        )
