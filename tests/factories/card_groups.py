"""A group with blank cards, and the support worker who printed them, as far as a test needs it."""

from __future__ import annotations

from uuid import uuid4

from tests.factories.referrers import make_referrer
from volunteer.domain.accounts import Role
from volunteer.models import CardGroup
from volunteer.services import accounts, card_groups, organisations
from volunteer.unit_of_work import UnitOfWork


def make_group(
    uow: UnitOfWork, *, organisation: str = "Buurtkeuken Pollepel", who: str = "Noor"
) -> CardGroup:
    """Five cards of somebody new, who works for this organisation; it brings people from now on."""
    school = organisations.by_name(uow, organisation, language="nl")
    account = accounts.create(
        uow, name=who, email=f"{uuid4().hex}@voorbeeld.example", password="lang-genoeg-1", language="nl"
    )
    accounts.grant(uow, account, Role.SUPPORT_WORKER, organisation=school)
    make_referrer(uow, school, accepted_by=account.id)
    return card_groups.make(
        uow,
        name="Nederlands 1.2",
        language="nl",
        count=5,
        days=60,
        account_id=account.id,
        organisation_id=school.id,
    )
