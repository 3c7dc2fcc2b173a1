"""What an organisation sees is ordered by arrival: not by what people need, nor by how well they fit."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.services.conftest import Town
from volunteer.domain.interests import Interests
from volunteer.queries.introductions import received_introductions

NEEDS = ("ph.step_free_entrance", "sv.buddy", "ic.no_dutch_needed")
WISHES = (("t.cook",), ("t.sew",), ())
somebody = st.tuples(st.sets(st.sampled_from(NEEDS)), st.sampled_from(WISHES))


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(somebody, min_size=2, max_size=4))
def test_the_order_depends_on_neither_needs_nor_scores(
    town: Town, people: list[tuple[set[str], tuple[str, ...]]]
) -> None:
    organisation = town.organisation()
    role = town.role(organisation, access=dict.fromkeys(NEEDS, "yes"), wanted=20)
    enrolled = [town.person(*sorted(needs), interests=Interests.of(want=wishes)) for needs, wishes in people]
    asked = [town.ask_to_meet(candidate_id, role) for candidate_id in reversed(enrolled)]
    with town.core.units.read() as uow:
        assert [each.id for each in received_introductions(uow.session, organisation)] == asked
