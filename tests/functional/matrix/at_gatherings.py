"""Gatherings that are published, and the candidate's seat at one."""

from __future__ import annotations

from tests.factories.gatherings import make_gathering
from tests.functional.matrix.cast import Cast
from volunteer.domain.gatherings import GatheringKind
from volunteer.links import Purpose
from volunteer.models import Candidate
from volunteer.services import gathering_links, gathering_sign_ups
from volunteer.unit_of_work import UnitOfWork


def happen(uow: UnitOfWork, cast: Cast) -> None:
    """One of each kind; the candidate comes to the workshop."""
    for kind in GatheringKind:
        cast.ids[kind] = make_gathering(uow, kind=kind)
    cast.ids["gathering_id"] = cast.ids[GatheringKind.CANDIDATE_WORKSHOP]
    person = uow.session.get_one(Candidate, cast.ids["candidate_id"])
    party = gathering_sign_ups.sign_up_person(uow, cast.ids["gathering_id"], person)
    cast.ids["party_id"] = party.id
    for called, purpose in (
        ("seat link", Purpose.SEAT),
        ("ticket link", Purpose.TICKET),
        ("afterwards link", Purpose.AFTERWARDS),
    ):
        made = cast.town.core.links.make(purpose, party.id, proof=gathering_links.proof_of(party))
        cast.links[called] = made.rpartition("/")[2]
