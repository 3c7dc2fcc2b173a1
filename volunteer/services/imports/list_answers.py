"""What lists say about access, in large steps: a row may hold ten answers, a list ten thousand rows."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, insert, update

from volunteer.domain.access import Answer
from volunteer.domain.opportunities import Scope
from volunteer.models import AccessAnswer, Opportunity
from volunteer.queries.imports import Said
from volunteer.services.access_answers import is_person
from volunteer.unit_of_work import UnitOfWork

SAID_BY = "import"


class ListAnswers:
    """Collects the answers of some rows and writes them together, once their roles are in the database."""

    def __init__(self, uow: UnitOfWork, known: Mapping[UUID, list[Said]]) -> None:
        self._uow = uow
        self._known = known
        self._new: list[dict[str, object]] = []
        self._outdated: list[UUID] = []
        self._confirmed: list[UUID] = []
        self._moved: list[Opportunity] = []

    def say(self, role: Opportunity, access: Mapping[str, Answer]) -> None:
        """These answers are new for ``role``."""
        self._new += [
            {
                "organisation_id": role.organisation_id,
                "scope": Scope.OPPORTUNITY,
                "scope_id": role.id,
                "code": code,
                "answer": answer,
                "said_by": SAID_BY,
                "said_at": self._uow.now,
            }
            for code, answer in access.items()
        ]

    def say_again(self, role: Opportunity, access: Mapping[str, Answer], *, moved: bool) -> None:
        """What a person said stays; what a list said before and says no more is unknown again."""
        known = self._known.get(role.id, [])
        of_people = {said.code for said in known if is_person(said.said_by)}
        before = {said.code: said.answer for said in known if said.code not in of_people}
        present = {code: answer for code, answer in access.items() if code not in of_people}
        if moved:
            self._moved.append(role)
        if before == present:
            self._confirmed.append(role.id)
        else:
            self._outdated.append(role.id)
            self.say(role, present)

    def write(self) -> None:
        """Write what was collected."""
        session = self._uow.session
        of_lists = [AccessAnswer.scope == Scope.OPPORTUNITY, AccessAnswer.said_by.in_(self._lists())]
        if self._outdated:
            session.execute(delete(AccessAnswer).where(*of_lists, AccessAnswer.scope_id.in_(self._outdated)))
        if self._confirmed:
            again = update(AccessAnswer).where(*of_lists, AccessAnswer.scope_id.in_(self._confirmed))
            session.execute(again.values(said_at=self._uow.now, said_by=SAID_BY))
        for role in self._moved:
            follow = update(AccessAnswer).where(AccessAnswer.scope_id == role.id)
            session.execute(follow.values(organisation_id=role.organisation_id))
        if self._new:
            session.execute(insert(AccessAnswer), self._new)
        self._new, self._outdated, self._confirmed, self._moved = [], [], [], []

    def _lists(self) -> set[str]:
        """Everyone who spoke about these roles and is no person."""
        concerned = (*self._outdated, *self._confirmed)
        speakers = {said.said_by for role_id in concerned for said in self._known.get(role_id, [])}
        return {speaker for speaker in speakers if not is_person(speaker)}
