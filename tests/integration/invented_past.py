"""A past that never was: lists that were shown, and wishes by a rule of our own. All of it is invented."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import numpy as np

from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import Purpose
from volunteer.domain.introductions import IntroductionState
from volunteer.matching.scoring import TERMS
from volunteer.models import Introduction, Suggestion, SuggestionList
from volunteer.models.base import field_name
from volunteer.services import candidates
from volunteer.unit_of_work import UnitOfWork

ON_A_LIST = 8
AGREED = frozenset({Purpose.ACCOUNT, Purpose.MATCH, Purpose.NEEDS, Purpose.STATISTICS})
_DETAIL = field_name("suggestions", "detail_sealed")


def enrol(uow: UnitOfWork, name: str, consents: frozenset[Purpose] = AGREED) -> UUID:
    """Somebody with a confirmed file."""
    sign_up = SignUp(
        first_name=name, language="nl", channel=Channel.SMS, contact="+32470123456", consents=consents
    )
    return candidates.enrol(uow, sign_up, origin="page")[0].id


def show(
    uow: UnitOfWork,
    person: UUID,
    roles: Sequence[UUID],
    values: Sequence[dict[str, float]],
    *,
    at: datetime,
    needs: Sequence[str] = (),
) -> None:
    """A list of these roles that the person saw at that moment."""
    made = SuggestionList(
        id=uuid4(),
        candidate_id=person,
        event_id=uuid4(),
        weights_version="hand-2",
        snapshot_version="1",
        made_at=at,
    )
    uow.session.add(made)
    uow.session.flush()
    for rank, (role, known) in enumerate(zip(roles, values, strict=True), start=1):
        detail = {"tier": "A", "values": known, "needs": dict.fromkeys(needs, "fits")}
        sealed = uow.keyring.seal(json.dumps(detail), field=_DETAIL)
        uow.session.add(
            Suggestion(
                list_id=made.id,
                candidate_id=person,
                opportunity_id=role,
                rank=rank,
                detail_sealed=sealed,
                shown_at=at,
            )
        )


def wish(
    uow: UnitOfWork,
    person: UUID,
    role: UUID,
    organisation: UUID,
    *,
    at: datetime,
    state: IntroductionState = IntroductionState.ACCEPTED,
) -> None:
    """The person asked to meet them, and it came to this."""
    answered = state in {IntroductionState.ACCEPTED, IntroductionState.DECLINED}
    uow.session.add(
        Introduction(
            candidate_id=person,
            opportunity_id=role,
            organisation_id=organisation,
            state=state,
            shared_sealed=b"",
            asked_at=at,
            answered_at=at if answered else None,
        )
    )


def live_through(uow: UnitOfWork, roles: Sequence[tuple[UUID, UUID]], *, people: int, seed: int = 0) -> None:
    """Half a year in which ``people`` chose by travel above all; roles are (role, organisation)."""
    rng = np.random.default_rng(seed)
    begin = uow.now - timedelta(days=200)
    for number in range(people):
        at = begin + timedelta(days=180 * number / people)
        person = enrol(uow, f"P{number}")
        drawn = [roles[index] for index in rng.choice(len(roles), ON_A_LIST, replace=False)]
        values = [dict(zip(TERMS, rng.uniform(size=len(TERMS)).tolist(), strict=True)) for _ in drawn]
        needs = ("ph.step_free_entrance",) if number % 2 else ()
        show(uow, person, [role for role, _ in drawn], values, at=at, needs=needs)
        for (role, organisation), known in zip(drawn, values, strict=True):
            if rng.uniform() < 1 / (1 + np.exp(5.0 - 7.0 * known["travel"])):
                wish(uow, person, role, organisation, at=at + timedelta(hours=1))
