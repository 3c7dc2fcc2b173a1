"""Every link that we mail, for what happened in this world."""

from __future__ import annotations

from tests.functional.matrix.cast import Cast
from tests.functional.matrix.roles import Who
from volunteer.links import Purpose
from volunteer.models import Account, Candidate, Organisation, TeamInvitation
from volunteer.services import candidates, cards, opportunity_links, organisations, question_links, teams
from volunteer.unit_of_work import UnitOfWork


def happen(uow: UnitOfWork, cast: Cast) -> None:
    """What is mailed, as the last part of its address."""
    person = uow.session.get_one(Candidate, cast.ids["candidate_id"])
    other = uow.session.get_one(Candidate, cast.ids["other_id"])
    waiting = uow.session.get_one(Candidate, cast.ids["waiting person"])
    editor = uow.session.get_one(Account, cast.ids[f"account of {Who.EDITOR}"])
    invited = uow.session.get_one(TeamInvitation, cast.ids["invitation_id"])
    untold = uow.session.get_one(Organisation, cast.ids["untold"])
    proof = candidates.address_proof(person)
    card = cards.of(uow, person.id)
    assert card is not None
    for called, purpose, subject, proven in (
        ("open link", Purpose.OPEN_FILE, person.id, proof),
        ("open link of other", Purpose.OPEN_FILE, other.id, candidates.address_proof(other)),
        ("keep link", Purpose.KEEP_FILE, person.id, proof),
        ("paper link", Purpose.PAPER, card.id, ""),
        ("device link", Purpose.CONFIRM_DEVICE, cast.ids["device_id"], ""),
        ("confirm link", Purpose.CONFIRM_FILE, waiting.id, candidates.address_proof(waiting)),
        ("unsubscribe link", Purpose.UNSUBSCRIBE, person.id, "candidate:new_roles"),
        ("follow-up link", Purpose.FOLLOW_UP, cast.ids["follow_up_id"], proof),
        ("passed link", Purpose.PASSED_ANSWER, cast.ids["entry_id"], proof),
        ("role link", Purpose.CONFIRM_ROLE, cast.ids["role_id"], opportunity_links.of_account(editor)),
        (
            "question link",
            Purpose.ANSWER_QUESTION,
            cast.ids["question_id"],
            question_links.of_account(editor),
        ),
        ("joining link", Purpose.CONFIRM_JOINING, cast.ids["join request"], ""),
        ("team link", Purpose.JOIN_TEAM, invited.id, teams.proof_of(invited)),
        ("invitation link", Purpose.JOIN_ORGANISATION, untold.id, organisations.address_proof(untold)),
    ):
        made = cast.town.core.links.make(purpose, subject, proof=proven)
        cast.links[called] = made.rpartition("/")[2]
