"""What the support worker who helps has done: cards for a class, and an answer passed on."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import select

from tests.functional.matrix.cast import Cast
from tests.functional.matrix.roles import Who
from volunteer.domain.follow_ups import Going, Side
from volunteer.models import FollowUp, Introduction, SupportEntry
from volunteer.services import card_groups, passed_answers
from volunteer.unit_of_work import UnitOfWork


def happen(uow: UnitOfWork, cast: Cast) -> None:
    """Blank cards, and how it goes after three months, as the candidate said to their support worker."""
    group = card_groups.make(
        uow,
        name="Dinsdag",
        language="nl",
        count=2,
        days=28,
        account_id=cast.ids[f"account of {Who.HELPER}"],
        organisation_id=cast.ids["school"],
    )
    cast.ids["group_id"] = group.id
    cast.links["blank card"] = card_groups.to_print(uow, group)[0].code
    _pass_on(uow, cast)


def _pass_on(uow: UnitOfWork, cast: Cast) -> None:
    asked = FollowUp(
        id=uuid4(),
        introduction=uow.session.get_one(Introduction, cast.ids["introduction started"]),
        candidate_id=cast.ids["candidate_id"],
        moment="three_months",
        side=Side.PERSON,
        asked_at=uow.now,
        outcomes=[],
    )
    uow.session.add(asked)
    uow.session.flush()
    helper = cast.ids[f"account of {Who.HELPER}"]
    passed_answers.tell_how(uow, cast.ids["link_id"], asked.id, Going.WELL, account_id=helper)
    cast.ids["entry_id"] = uow.session.scalars(
        select(SupportEntry.id).where(SupportEntry.about_id == asked.id)
    ).one()
