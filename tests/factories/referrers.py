"""An organisation that brings people to volunteering, as far as a test needs it."""

from __future__ import annotations

from uuid import UUID

from volunteer.models import Organisation
from volunteer.services import referrers
from volunteer.unit_of_work import UnitOfWork


def make_referrer(uow: UnitOfWork, organisation: Organisation, *, accepted_by: UUID | None) -> None:
    """From now on it is an approved referrer; with a yes of this account to the agreement that counts."""
    organisation.is_referrer, organisation.publics = True, ["pub.language"]
    uow.session.flush()
    if accepted_by is not None:
        version = referrers.standing(uow, organisation).version
        referrers.accept(uow, organisation.id, version=version, language="nl", account_id=accepted_by)
