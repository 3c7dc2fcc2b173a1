"""Any role and any person, for properties that hold for all of them.

Few codes are drawn from, so that needs and answers meet often.
"""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from tests.factories.facts import TODAY, an_identifier
from volunteer.domain.access import Answer, Strength
from volunteer.domain.availability import Availability, Span
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
days = st.none() | st.integers(-10, 10).map(lambda each: TODAY + timedelta(days=each))
places = st.none() | st.tuples(st.floats(50.78, 50.92), st.floats(4.25, 4.48))
identifiers = st.integers(1, 40).map(an_identifier)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, 23)) * 60
    return Span(draw(st.integers(0, 6)), start, start + draw(st.sampled_from((30, 60))))


times = st.builds(
    Availability, st.lists(spans(), max_size=3).map(tuple), st.sampled_from((False, False, False, True))
)

roles = st.builds(
    RoleFacts,
    opportunity_id=identifiers,
    organisation_id=st.integers(1, 3).map(an_identifier),
    answers=st.dictionaries(st.sampled_from(OFFERED), st.sampled_from(Answer)),
    languages_needed=st.dictionaries(st.sampled_from(LANGUAGES[:3]), st.integers(0, 4), max_size=2),
    languages_spoken=st.frozensets(st.sampled_from(LANGUAGES), max_size=3),
    times=times,
    starts_on=days,
    ends_on=days,
    position=places,
    tasks=st.frozensets(st.sampled_from(TASKS)),
    sectors=st.frozensets(st.sampled_from(SECTORS)),
    wanted=st.none() | st.integers(1, 3),
    taken=st.integers(0, 2),
    is_open=st.sampled_from((True, True, True, False)),
    is_remote=st.sampled_from((False, False, True)),
    extract_required=st.booleans(),
)

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
    refused=st.frozensets(identifiers, max_size=3),
)


def offers(*, most: int = 12) -> st.SearchStrategy[list[RoleFacts]]:
    """Return lists of roles with different ids."""
    return st.lists(roles, max_size=most, unique_by=lambda role: role.opportunity_id)
