"""Whoever follows the outbox holds what whoever builds afresh holds, whatever happened in whatever order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.fakes import HandClock, RecordingBell
from volunteer.bootstrap import Core, make_core
from volunteer.config import Settings
from volunteer.domain.access import Answer
from volunteer.domain.availability import Availability
from volunteer.domain.commitment import Commitment
from volunteer.domain.events import Event, event_type
from volunteer.domain.events.opportunities import AccessAnswered, OpportunitiesImported, OpportunityChanged
from volunteer.domain.introductions import DeclineReason, IntroductionState
from volunteer.domain.opportunities import OpportunityState, Place, Posting, Scope, steps_from
from volunteer.matching.catalogue import Catalogue
from volunteer.models import Base, Candidate, Introduction, Opportunity, OutboxEvent
from volunteer.queries.offer_changes import CHANGING
from volunteer.services import access_answers, introductions, opportunities, opportunity_states, organisations
from volunteer.unit_of_work import UnitOfWork

CODES = ("ph.step_free_entrance", "sv.buddy", "ic.no_dutch_needed")
STREETS = ("Plein 1", "Kaai 2")
Act = Callable[["Story", UnitOfWork, Random], None]


@dataclass
class Story:
    """An offer to which things happen, and two workers who follow it."""

    core: Core
    clock: HandClock
    often: Catalogue = field(default_factory=Catalogue)
    seldom: Catalogue = field(default_factory=Catalogue)
    open: list[tuple[AbstractContextManager[UnitOfWork], UnitOfWork]] = field(default_factory=list)

    def write(self, act: Act, random: Random) -> None:
        """Do one thing in a transaction of its own."""
        with self.core.units.write() as uow:
            act(self, uow, random)

    def look(self, catalogue: Catalogue) -> None:
        """Ask for the offer, as a worker does for each suggestion."""
        with self.core.units.read() as uow:
            catalogue.snapshot(uow)

    def begin(self, random: Random) -> None:
        """Begin a transaction and leave it open, with an event that already has its number."""
        context = self.core.units.write()
        uow = context.__enter__()
        organisation_id = organisations.add(uow, f"Traag {uuid4()}", language="nl").id
        uow.session.flush()
        opportunities.post(uow, posting(random), organisation_id=organisation_id, said_by="import")
        uow.session.flush()
        self.open.append((context, uow))

    def end(self, random: Random, *, well: bool) -> None:
        """Commit or roll back one that is open."""
        if self.open:
            context, uow = self.open.pop(random.randrange(len(self.open)))
            with suppress(InterruptedError):
                context.__exit__(
                    *((None, None, None) if well else (InterruptedError, InterruptedError(), None))
                )
            uow.session.close()


def posting(random: Random) -> Posting:
    """A posting in which everything that the engine looks at may differ."""
    places = [Place(), Place(municipality="elsene"), *(Place(street=each) for each in STREETS)]
    located = [Place(street=each, latitude=50.8 + random.random() / 10, longitude=4.35) for each in STREETS]
    return Posting(
        title="Koken",
        description="",
        language="nl",
        tasks=frozenset(random.sample(("t.cook", "t.garden", "t.sew"), random.randint(0, 2))),
        wanted=random.randint(1, 3),
        commitment=random.choice((None, *Commitment)),
        times=Availability.parse(
            random.choice(("", "flexible", "mon 09:00-12:00", "tue 10:00-11:00;sat 09:00-10:00"))
        ),
        languages_needed=random.choice(({}, {"nl": 2})),
        languages_spoken=frozenset(random.sample(("nl", "fr", "ar"), random.randint(0, 2))),
        place=random.choice([*places, *located]),
        access=answers(random),
        is_remote=random.random() < 0.2,
        extract_required=random.random() < 0.2,
    )


def answers(random: Random) -> Mapping[str, Answer]:
    """Some answers about access."""
    return {code: random.choice(list(Answer)) for code in random.sample(CODES, random.randint(0, 2))}


def any_row(uow: UnitOfWork, random: Random, model: Any, *where: Any) -> Any:
    """One of the rows there are, or ``None``."""
    rows = uow.session.scalars(select(model).where(*where).order_by(model.id)).all()
    return random.choice(rows) if rows else None


def post(story: Story, uow: UnitOfWork, random: Random) -> None:
    organisation = organisations.by_name(uow, random.choice(("Buurtkeuken", "Repair")), language="nl")
    uow.session.flush()
    opportunities.post(uow, posting(random), organisation_id=organisation.id, said_by="import")


def amend(story: Story, uow: UnitOfWork, random: Random) -> None:
    if role := any_row(uow, random, Opportunity):
        opportunities.amend(uow, role, posting(random), said_by="import")


def move(story: Story, uow: UnitOfWork, random: Random) -> None:
    """The same content, at another point on the map: it moves every role of that address."""
    if role := any_row(uow, random, Opportunity, Opportunity.venue_id.is_not(None)):
        street = role.venue.street or random.choice(STREETS)
        moved = Posting(
            title=role.title,
            description=role.description,
            language=role.language,
            tasks=frozenset(role.tasks),
            wanted=role.wanted,
            commitment=Commitment(role.commitment) if role.commitment else None,
            times=Availability.parse(role.times),
            languages_needed=role.languages_needed,
            languages_spoken=frozenset(role.languages_spoken),
            place=Place(street=street, latitude=50.8 + random.random() / 10, longitude=4.4),
            is_remote=role.is_remote,
            extract_required=role.extract_required,
        )
        opportunities.amend(uow, role, moved, said_by="import", with_answers=False)


def open_or_close(story: Story, uow: UnitOfWork, random: Random) -> None:
    if role := any_row(uow, random, Opportunity):
        possible = sorted(steps_from(OpportunityState(role.state)))
        opportunity_states.take(uow, role, random.choice(possible))


def answer(story: Story, uow: UnitOfWork, random: Random) -> None:
    """Somebody answers for a role, a venue, or an organisation."""
    role = any_row(uow, random, Opportunity)
    if role is None:
        return
    scopes = {
        Scope.OPPORTUNITY: role.id,
        Scope.VENUE: role.venue_id,
        Scope.ORGANISATION: role.organisation_id,
    }
    scope = random.choice([scope for scope, scope_id in scopes.items() if scope_id])
    said, scope_id = answers(random), scopes[scope]
    access_answers.record(
        uow, said, organisation_id=role.organisation_id, scope=scope, scope_id=scope_id, said_by="desk"
    )
    access_answers.take_back(uow, set(CODES[:1]) - said.keys(), scope=scope, scope_id=scope_id)
    uow.record(AccessAnswered(role.organisation_id))


def introduce(story: Story, uow: UnitOfWork, random: Random) -> None:
    """Three people would like to meet an organisation: fewer answers say nothing of how soon it answers."""
    for _ in range(3):
        if role := any_row(uow, random, Opportunity, Opportunity.state == OpportunityState.OPEN):
            somebody = Candidate(
                id=uuid4(),
                state="confirmed",
                origin="api",
                first_name="Amina",
                language="fr",
                channel="sms",
                created_at=uow.now,
            )
            sent = Introduction(
                candidate_id=somebody.id,
                opportunity_id=role.id,
                organisation_id=role.organisation_id,
                state=IntroductionState.SENT,
                shared_sealed=b"",
                asked_at=uow.now,
                sent_at=uow.now - timedelta(hours=random.randint(0, 100)),
            )
            uow.session.add(somebody)
            uow.session.flush()
            uow.session.add(sent)
            uow.session.flush()


def decide(story: Story, uow: UnitOfWork, random: Random) -> None:
    """The organisation says yes or not now."""
    for _ in range(random.randint(1, 3)):
        sent = any_row(uow, random, Introduction, Introduction.state == IntroductionState.SENT)
        if sent is None:
            return
        if random.random() < 0.7:
            introductions.accept(uow, sent.organisation_id, sent.id, words="")
        else:
            reason = random.choice(list(DeclineReason))
            introductions.decline(uow, sent.organisation_id, sent.id, reason=reason)
        uow.session.flush()


def withdraw(story: Story, uow: UnitOfWork, random: Random) -> None:
    introduction = any_row(uow, random, Introduction, Introduction.state == IntroductionState.ACCEPTED)
    if introduction is not None:
        introductions.withdraw(uow, introduction.candidate, introduction.id)


def read_a_list(story: Story, uow: UnitOfWork, random: Random) -> None:
    for role in uow.session.scalars(select(Opportunity)):
        role.tasks = random.sample(["t.cook", "t.garden"], 1)
    uow.record(OpportunitiesImported(uuid4()))


def say_again(story: Story, uow: UnitOfWork, random: Random) -> None:
    """An event that was there before, or about a role that nobody knows, happens once more."""
    kinds = [kind.type for kind in CHANGING]
    stored = any_row(uow, random, OutboxEvent, OutboxEvent.type.in_(kinds))
    event: Event = OpportunityChanged(uuid4())
    if stored is not None:
        event = event_type(stored.type).from_payload(stored.payload)
    uow.record(event)


ACTS: tuple[Act, ...] = (
    post,
    amend,
    move,
    move,
    open_or_close,
    answer,
    answer,
    introduce,
    introduce,
    decide,
    decide,
    withdraw,
    read_a_list,
    say_again,
)


def take_back(story: Story, random: Random) -> None:
    """Somebody changes the offer, has it looked at in the same transaction, and it fails."""
    with suppress(InterruptedError), story.core.units.write() as uow:
        random.choice((post, amend, open_or_close))(story, uow, random)
        story.often.snapshot(uow)
        raise InterruptedError


def happen(story: Story, number: int) -> None:
    """Do what a number says: always the same, so that an example can be told again."""
    random = Random(number)
    overlapping = story.core.engine.dialect.name == "postgresql"
    match random.randrange(14):
        case 0 if overlapping and len(story.open) < 3:
            story.begin(random)
        case 1 if overlapping:
            story.end(random, well=random.random() < 0.7)
        case 2:
            take_back(story, random)
        case 3:
            story.clock.go_on(hours=random.choice((1, 6, 24, 24 * 200, 24 * 400)))
        case _:
            story.write(random.choice(ACTS), random)
    if random.random() < 0.1:
        story.look(story.seldom)


def tell(core: Core, clock: HandClock, numbers: list[int]) -> None:
    """A story, after which both workers hold what somebody holds who begins now."""
    with core.engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
    story = Story(core, clock)
    for number in range(6):
        story.write(post, Random(number))
    story.look(story.often)
    story.look(story.seldom)
    try:
        for number in numbers:
            happen(story, number)
            if number % 3 == 0:
                compare(story, story.often)
        while story.open:
            story.end(Random(0), well=True)
            compare(story, story.often)
        compare(story, story.often)
        compare(story, story.seldom)
    finally:
        while story.open:
            story.end(Random(0), well=False)


def compare(story: Story, catalogue: Catalogue) -> None:
    """Two workers hold the same, under the same name."""
    with story.core.units.read() as uow:
        followed, fresh = catalogue.snapshot(uow), Catalogue().snapshot(uow)
    assert not followed.differences(fresh)
    assert followed.version == fresh.version


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def core(settings: Settings, clock: HandClock) -> Iterator[Core]:
    made = make_core(settings, clock=clock, bell=RecordingBell())
    yield made
    made.close()


@given(st.integers(0, 24).flatmap(lambda size: st.lists(st.integers(0, 2**32), min_size=size, max_size=size)))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_following_equals_building_afresh(core: Core, clock: HandClock, numbers: list[int]) -> None:
    tell(core, clock, numbers)
