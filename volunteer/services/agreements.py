"""What a person agrees to: given again as easily as taken back, and what taking back brings with it."""

from __future__ import annotations

from uuid import UUID

from volunteer.domain.consent import NECESSARY, TEXT_VERSION, GivenHow, Purpose, shared_with
from volunteer.domain.errors import InvalidValue
from volunteer.domain.events.candidates import CandidateChanged
from volunteer.models import Candidate, Consent
from volunteer.queries.candidates import consents_in_force
from volunteer.queries.introductions import running_with
from volunteer.services import introductions, needs_erasure
from volunteer.unit_of_work import UnitOfWork


def agrees(uow: UnitOfWork, candidate: Candidate, purpose: str) -> bool:
    """Whether this person agrees to this purpose now."""
    return bool(consents_in_force(uow.session, candidate.id, purpose, now=uow.now))


def give(
    uow: UnitOfWork,
    candidate: Candidate,
    purpose: Purpose,
    *,
    language: str,
    given_how: GivenHow,
    witness: str | None = None,
) -> None:
    """The person says yes, having read it in ``language``; harmless to repeat while it is in force."""
    if agrees(uow, candidate, purpose):
        return
    uow.session.add(
        Consent(
            candidate_id=candidate.id,
            purpose=purpose,
            text_version=TEXT_VERSION,
            language=language,
            given_how=given_how,
            witness=witness,
            given_at=uow.now,
        )
    )


def take_back(
    uow: UnitOfWork,
    candidate: Candidate,
    purpose: str,
    *,
    how: GivenHow | None = None,
    witness: str | None = None,
) -> None:
    """The person takes back a yes, and what hangs on it goes at once; harmless to repeat.

    ``how`` and ``witness`` say where it was heard, when the person did not press themselves. Needs are
    erased. Sharing with an organisation stops, and whatever runs with it. Raises
    :class:`InvalidValue` for what the file itself hangs on: that is taken back by erasing the file.
    """
    if purpose in NECESSARY:
        raise InvalidValue("Without this yes we can do nothing for you. You can erase your file.")
    found = consents_in_force(uow.session, candidate.id, purpose, now=uow.now)
    if not found:
        return
    for consent in found:
        consent.withdrawn_at = uow.now
        consent.withdrawn_how, consent.withdrawn_witness = how, witness
    if organisation_id := shared_with(purpose):
        _stop_with(uow, candidate, organisation_id)
    if purpose == Purpose.NEEDS:
        needs_erasure.erase(uow, candidate)
        uow.record(CandidateChanged(candidate.id))


def _stop_with(uow: UnitOfWork, candidate: Candidate, organisation_id: UUID) -> None:
    for introduction in running_with(uow.session, candidate.id, organisation_id):
        introductions.withdraw(uow, candidate, introduction.id)
