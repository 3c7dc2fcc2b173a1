"""What a link to a sign-up proves: that it went to whoever may change it, who still is that."""

from __future__ import annotations

from uuid import UUID

from volunteer.domain.errors import NotAllowed
from volunteer.models import GatheringParty
from volunteer.services import candidates, gathering_seats
from volunteer.unit_of_work import UnitOfWork

_LEFT = "1ef7" * 4


def proof_of(party: GatheringParty) -> str:
    """Sixteen hexadecimal digits, or nothing for who has no file: of a file, the address of today.

    Of a team or a group another one once who signed up left: their links end, those of its pages do not.
    """
    if party.candidate is not None:
        return candidates.address_proof(party.candidate)
    return _LEFT if has_left(party) else ""


def has_left(party: GatheringParty) -> bool:
    """Whether whoever signed a team or a group up works for it no longer."""
    if party.account is None:
        return False
    return all(each.organisation_id != party.organisation_id for each in party.account.memberships)


def party_of(uow: UnitOfWork, party_id: UUID, proof: str) -> GatheringParty:
    """The sign-up of a link for ``Purpose.SEAT``, ``TICKET`` or ``AFTERWARDS``, to be read.

    Raises :class:`NotFound` when it is gone, and :class:`NotAllowed` where the link is spent.
    """
    party = gathering_seats.found(uow, party_id)
    if proof != proof_of(party):
        raise NotAllowed("This link does not work any more. Ask us for a new one.", code="link_invalid")
    return party
