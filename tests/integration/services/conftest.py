"""A core with a clock of our own, an organisation with its people, roles, and a person who looks for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.fakes import HandClock, RecordingBell
from volunteer.bootstrap import Core, make_core
from volunteer.config import Settings
from volunteer.domain.access import Answer, Strength
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import Purpose
from volunteer.domain.opportunities import Place, Posting
from volunteer.matching.catalogue import Catalogue
from volunteer.models import Candidate, OutboxEvent
from volunteer.services import candidates, introductions, opportunities, organisations, suggestions
from volunteer.unit_of_work import UnitOfWork

Result = TypeVar("Result")


@dataclass
class Town:
    """Everything a story of one person and one organisation needs."""

    core: Core
    clock: HandClock
    account_id: UUID = field(default_factory=uuid4)

    def organisation(self, name: str = "Buurthuis") -> UUID:
        """A new organisation."""
        with self.core.units.write() as uow:
            return organisations.add(uow, name, language="nl").id

    def role(self, organisation_id: UUID, access: Mapping[str, str] | None = None, **content: Any) -> UUID:
        """An open role at one address, with these access answers."""
        posting = Posting(
            **{
                "title": "Koken",
                "description": "Samen soep koken.",
                "language": "nl",
                "tasks": frozenset({"t.cook"}),
                "place": Place(street="Plein 1", municipality="elsene"),
                "wanted": 3,
                "access": {code: Answer(answer) for code, answer in (access or {}).items()},
                **content,
            }
        )
        with self.core.units.write() as uow:
            return opportunities.post(
                uow, posting, organisation_id=organisation_id, said_by=f"account:{self.account_id}"
            ).id

    def person(self, *must: str, nice: tuple[str, ...] = (), **answers: Any) -> UUID:
        """Somebody enrolled, with these needs, whose first list was made."""
        needs = dict.fromkeys(nice, Strength.NICE) | dict.fromkeys(must, Strength.MUST)
        sign_up = SignUp(
            **{
                "first_name": "Amina",
                "language": "fr",
                "channel": Channel.SMS,
                "contact": "+32470123456",
                "needs": needs,
                "consents": frozenset({Purpose.ACCOUNT, Purpose.MATCH, Purpose.NEEDS}),
                **answers,
            }
        )
        with self.core.units.write() as uow:
            candidate, _ = candidates.enrol(uow, sign_up, origin="page")
        self.look(candidate.id)
        return candidate.id

    def look(self, candidate_id: UUID) -> None:
        """Make a list for this person, as the worker does; a later one is the newest."""
        self.clock.go_on(seconds=1)
        with self.core.units.write() as uow:
            suggestions.make(uow, candidate_id, event_id=uuid4(), catalogue=Catalogue())

    def ask_to_meet(self, candidate_id: UUID, opportunity_id: UUID, **choice: Any) -> UUID:
        """The person looks, presses the button below this role, and the worker reacts."""
        self.look(candidate_id)
        with self.core.units.write() as uow:
            shown = suggestions.current(uow, candidate_id) or []
            chosen = next(each for each in shown if each.suggestion.opportunity_id == opportunity_id)
            candidate = uow.session.get_one(Candidate, candidate_id)
            introduction = introductions.request(
                uow, candidate, chosen.suggestion.id, introductions.Choice(**choice)
            )
        self.do(lambda uow: introductions.reconsider(uow, introduction.organisation_id))
        return introduction.id

    def events(self) -> list[str]:
        """Types of everything that happened, in order."""
        with self.core.units.read() as uow:
            return list(uow.session.scalars(select(OutboxEvent.type).order_by(OutboxEvent.seq)))

    def do(self, act: Callable[[UnitOfWork], Result]) -> Result:
        """Do something in a transaction of its own."""
        with self.core.units.write() as uow:
            return act(uow)


@pytest.fixture
def town(settings: Settings) -> Iterator[Town]:
    clock = HandClock()
    core = make_core(settings, clock=clock, bell=RecordingBell())
    yield Town(core, clock)
    core.engine.dispose()
