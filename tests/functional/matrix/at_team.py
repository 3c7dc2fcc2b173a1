"""What happens at the organisation and in the teams of both sides."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select

from tests.functional.matrix.cast import Cast
from tests.functional.matrix.roles import Who
from volunteer.domain.accounts import Role
from volunteer.domain.opportunities import Place, Scope
from volunteer.domain.organisations import LegalForm
from volunteer.models import JoinRequest, Opportunity, TaskSuggestion, TeamInvitation
from volunteer.services import access_check, access_plans, joining, questions, teams
from volunteer.unit_of_work import UnitOfWork


def happen(uow: UnitOfWork, cast: Cast) -> None:
    """A question, a plan, a task to think of; somebody invited, and somebody who asks to come."""
    _asked_and_planned(uow, cast)
    _teams(uow, cast)
    _joining(uow, cast)


def _asked_and_planned(uow: UnitOfWork, cast: Cast) -> None:
    role = uow.session.get_one(Opportunity, cast.ids["role_id"])
    assert role.venue_id is not None
    cast.ids["venue_id"] = cast.ids["scope_id"] = role.venue_id
    asked = questions.open_for(uow, role, "ph.accessible_toilet")
    cast.ids["question_id"] = asked.id
    place = access_check.place_of(uow, cast.ids["organisation"], Scope.VENUE, role.venue_id)
    cast.ids["plan_id"] = access_plans.make(
        uow,
        place,
        "ph.lift_or_ground",
        by_when=uow.today + timedelta(days=30),
        who="Fatima",
        account_id=cast.ids[f"account of {Who.OWNER}"],
    ).id
    task = TaskSuggestion(id=uuid4(), opportunity_id=role.id, task="t.sew", rank=1, made_at=uow.now)
    uow.session.add(task)
    cast.ids["task"] = task.id


def _teams(uow: UnitOfWork, cast: Cast) -> None:
    for called, owner, role in (
        ("organisation", Who.OWNER, Role.EDITOR),
        ("school", Who.SCHOOL, Role.SUPPORT_WORKER),
    ):
        invited = teams.invite(
            uow,
            cast.ids[called],
            person="Karim",
            email=f"karim.{called}@matrix.example",
            role=role,
            language="nl",
            account_id=cast.ids[f"account of {owner}"],
        )
        cast.ids[f"invitation of {called}"] = invited.id
    cast.ids["invitation_id"] = cast.ids["invitation of organisation"]
    cast.ids["membership_id"] = cast.ids[f"seat of {Who.VIEWER}"]


def _joining(uow: UnitOfWork, cast: Cast) -> None:
    wanted = joining.Joining(
        name="De Nieuwe Bank",
        legal_form=LegalForm.DE_FACTO,
        enterprise_number="",
        sectors=frozenset(),
        activity="Banken maken.",
        place=Place(municipality="anderlecht"),
        person="Inès",
        email="ines@matrix.example",
        language="nl",
    )
    joining.ask(uow, wanted)
    teams.ask_in(uow, cast.ids["untold"], person="Luc", email="luc@matrix.example", language="nl")
    uow.session.flush()
    asked = select(TeamInvitation.id).where(TeamInvitation.organisation_id == cast.ids["untold"])
    cast.ids["invitation asked of desk"] = uow.session.scalars(asked).one()
    cast.ids["join request"] = uow.session.scalars(select(JoinRequest.id)).one()
