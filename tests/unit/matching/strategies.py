"""Any role and any person, for properties that hold for all of them.

Few codes are drawn from, so that needs and answers meet often. A role is made from one number, because
drawing its sixteen facts one by one takes a hundred times as long as what is tested.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

from tests.factories.facts import TODAY, an_identifier
from volunteer.domain.access import Answer, Strength
from volunteer.domain.availability import Availability, DatedSpan, Span
from volunteer.domain.interests import Interests
from volunteer.domain.matching_facts import PersonFacts, RoleFacts

NEEDS = (
    "ph.step_free_entrance",
    "ph.light_work",
    "ic.no_dutch_needed",
    "ic.other_language",
    "ic.sign_language",
    "sv.buddy",
    "sv.paperwork_help",
)
OFFERED = (*NEEDS, "sv.no_id_no_extract")
LANGUAGES = ("nl", "fr", "ar", "vgt", "sfb")
TASKS = ("t.cook", "t.garden", "t.sew")
SECTORS = ("sec.food", "sec.culture")

levels = st.dictionaries(st.sampled_from(LANGUAGES), st.integers(0, 4), max_size=3)
places = st.none() | st.tuples(st.floats(50.78, 50.92), st.floats(4.25, 4.48))
identifiers = st.integers(1, 40).map(an_identifier)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, 23)) * 60
    return Span(draw(st.integers(0, 6)), start, start + draw(st.sampled_from((30, 60))))


@st.composite
def dated_spans(draw: st.DrawFn) -> DatedSpan:
    _, start, end = draw(spans())
    return DatedSpan(TODAY + timedelta(days=draw(st.integers(-2, 12))), start, end)


times = st.builds(
    Availability,
    st.lists(spans(), max_size=3).map(tuple),
    st.sampled_from((False, False, False, True)),
    st.lists(dated_spans(), max_size=2).map(tuple),
    st.booleans(),
)

Kind = TypeVar("Kind")


def _some(random: Random, codes: Sequence[Kind], most: int) -> list[Kind]:
    return random.sample(codes, random.randint(0, min(most, len(codes))))


def _day(random: Random) -> date | None:
    return random.choice((None, TODAY + timedelta(days=random.randint(-10, 10))))


def _hours(random: Random) -> Availability:
    spans = []
    for _ in range(random.randint(0, 3)):
        start = random.randrange(24) * 60
        spans.append(Span(random.randrange(7), start, start + random.choice((30, 60))))
    dates = []
    for _ in range(random.choice((0, 0, 1, 3))):
        start = random.randrange(24) * 60
        day = TODAY + timedelta(days=random.randint(-5, 12))
        dates.append(DatedSpan(day, start, start + random.choice((30, 60))))
    return Availability(tuple(spans), random.random() < 0.25, tuple(dates), random.random() < 0.25)


def _role(number: int) -> RoleFacts:
    """Return the role of a number: always the same one, and of few different ids."""
    random = Random(number)
    return RoleFacts(
        opportunity_id=an_identifier(random.randint(1, 40)),
        organisation_id=an_identifier(random.randint(1, 3)),
        answers={code: random.choice(list(Answer)) for code in _some(random, OFFERED, len(OFFERED))},
        languages_needed={code: random.randint(0, 4) for code in _some(random, LANGUAGES[:3], 2)},
        languages_spoken=frozenset(_some(random, LANGUAGES, 3)),
        times=_hours(random),
        starts_on=_day(random),
        ends_on=_day(random),
        position=random.choice((None, (random.uniform(50.78, 50.92), random.uniform(4.25, 4.48)))),
        tasks=frozenset(_some(random, TASKS, 3)),
        sectors=frozenset(_some(random, SECTORS, 2)),
        wanted=random.choice((None, 1, 2, 3)),
        taken=random.randint(0, 2),
        is_open=random.random() < 0.75,
        is_remote=random.random() < 0.33,
        extract_required=random.random() < 0.5,
    )


roles = st.integers(0, 2**32).map(_role)

people = st.builds(
    PersonFacts,
    candidate_id=identifiers,
    needs=st.dictionaries(st.sampled_from(NEEDS), st.sampled_from(Strength), max_size=3),
    languages=levels,
    times=times,
    position=places,
    interests=st.builds(
        Interests,
        can=st.frozensets(st.sampled_from(TASKS)),
        want=st.frozensets(st.sampled_from(TASKS)),
        learn=st.frozensets(st.sampled_from(TASKS)),
        sectors=st.frozensets(st.sampled_from(SECTORS)),
    ),
    unwanted_tasks=st.just(frozenset()) | st.frozensets(st.sampled_from(TASKS), max_size=2),
    refused=st.frozensets(identifiers, max_size=3),
)


def offers(*, most: int = 12) -> st.SearchStrategy[list[RoleFacts]]:
    """Return lists of roles with different ids, long ones as often as short ones."""
    return st.integers(0, most).flatmap(
        lambda size: st.lists(roles, min_size=size, max_size=size, unique_by=lambda role: role.opportunity_id)
    )
