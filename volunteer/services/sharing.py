"""The consent to share something with one organisation: given with an introduction, and ended with it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from volunteer.domain.consent import TEXT_VERSION, GivenHow, sharing_with
from volunteer.models import Candidate, Consent, Introduction
from volunteer.queries import introductions as queries
from volunteer.queries.candidates import consents_in_force
from volunteer.unit_of_work import UnitOfWork


def end_sharing(uow: UnitOfWork, ended: Introduction) -> None:
    """From now on nothing is shared for what ended without the person taking anything back."""
    for consent in sharing_to_end(uow, ended):
        consent.until = uow.now


def sharing_to_end(uow: UnitOfWork, ended: Introduction) -> Sequence[Consent]:
    """Consents to share that end with this introduction; none while another with them is running."""
    running = queries.running_with(uow.session, ended.candidate_id, ended.organisation_id)
    if any(introduction.id != ended.id for introduction in running):
        return ()
    purpose = sharing_with(ended.organisation_id)
    return consents_in_force(uow.session, ended.candidate_id, purpose, now=uow.now)


def record_sharing(
    uow: UnitOfWork, candidate: Candidate, organisation_id: UUID, given_how: GivenHow, witness: str | None
) -> None:
    """Write down that this person agrees to share with this organisation, before a ``witness`` or alone."""
    uow.session.add(
        Consent(
            candidate_id=candidate.id,
            purpose=sharing_with(organisation_id),
            text_version=TEXT_VERSION,
            language=candidate.language,
            given_how=given_how,
            witness=witness,
            given_at=uow.now,
        )
    )
