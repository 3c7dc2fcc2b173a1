"""What a link about a role proves: that whoever it was sent to may still speak for its organisation."""

from __future__ import annotations

from uuid import UUID

from volunteer.domain.accounts import ANSWERING
from volunteer.domain.errors import NotAllowed
from volunteer.models import Account, Opportunity, Organisation
from volunteer.queries.accounts import members_of
from volunteer.services import opportunity_states, organisations
from volunteer.unit_of_work import UnitOfWork

_ACCOUNT, _ADDRESS = "account:", "address:"


def of_account(account: Account) -> str:
    """The proof for somebody who speaks for the organisation: good as long as they do."""
    return f"{_ACCOUNT}{account.id.hex}"


def of_address(organisation: Organisation) -> str:
    """The proof for the address we write to: good as long as it is that one."""
    return f"{_ADDRESS}{organisations.address_proof(organisation)}"


def role_of(uow: UnitOfWork, opportunity_id: UUID, proof: str) -> Opportunity:
    """The role of such a link, held. Raises :class:`NotFound`, and :class:`NotAllowed` where it is spent."""
    opportunity = opportunity_states.held(uow, opportunity_id)
    if not is_good(uow, opportunity, proof):
        raise NotAllowed("This link does not work any more. Log in instead.", code="link_invalid")
    return opportunity


def is_good(uow: UnitOfWork, opportunity: Opportunity, proof: str) -> bool:
    """Whether whoever has this proof may still speak for the organisation of the role."""
    answering = members_of(uow.session, opportunity.organisation_id, roles=ANSWERING)
    proofs = {of_account(each) for each in answering}
    if opportunity.organisation.email_hash is not None:
        proofs.add(of_address(opportunity.organisation))
    return proof in proofs
