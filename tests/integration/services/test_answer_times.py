"""How long organisations take to answer: a median of what they did lately, the same all day long."""

from __future__ import annotations

from datetime import UTC, datetime
from math import isnan
from uuid import UUID, uuid4

import pytest

from tests.integration.services.conftest import Town
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import NECESSARY
from volunteer.domain.introductions import DeclineReason, IntroductionState
from volunteer.matching.catalogue import Catalogue
from volunteer.models import Introduction, Opportunity
from volunteer.queries.answer_times import RECENT, answer_days
from volunteer.queries.offer import roles
from volunteer.services import candidates, introductions
from volunteer.unit_of_work import UnitOfWork


def told(town: Town, role: UUID) -> UUID:
    """Somebody new wants to meet this organisation, which is told now; returns the introduction."""

    def write(uow: UnitOfWork) -> UUID:
        person = SignUp(first_name="Bo", language="nl", channel=Channel.DESK, consents=NECESSARY)
        candidate, _ = candidates.enrol(uow, person, origin="page")
        opportunity = uow.session.get_one(Opportunity, role)
        introduction = Introduction(
            id=uuid4(),
            candidate=candidate,
            opportunity=opportunity,
            organisation_id=opportunity.organisation_id,
            state=IntroductionState.SENT,
            asked_at=uow.now,
            sent_at=uow.now,
            shared_sealed=b"",
        )
        uow.session.add(introduction)
        return introduction.id

    made: UUID = town.do(write)
    return made


def answered(town: Town, role: UUID, *, after_days: float, yes: bool = True) -> None:
    """The same, and the organisation answers after so many days."""
    introduction = told(town, role)
    town.clock.go_on(days=after_days)
    answer(town, introduction, yes=yes)


def answer(town: Town, introduction_id: UUID, *, yes: bool) -> None:
    """The organisation says yes, or not now."""

    def write(uow: UnitOfWork) -> None:
        organisation_id = uow.session.get_one(Introduction, introduction_id).organisation_id
        if yes:
            introductions.accept(uow, organisation_id, introduction_id, words="")
        else:
            introductions.decline(uow, organisation_id, introduction_id, reason=next(iter(DeclineReason)))

    town.do(write)


def at(town: Town, moment: datetime) -> None:
    """Let time pass until then."""
    town.clock.go_on(seconds=(moment - town.clock.now()).total_seconds())


def days(town: Town, organisation_id: UUID) -> float | None:
    """What is known now."""
    with town.core.units.read() as uow:
        return answer_days(uow.session, day_began=uow.day_began).get(organisation_id)


def test_two_answers_are_an_accident_and_three_a_median(town: Town) -> None:
    organisation, other = town.organisation(), town.organisation("Ander huis")
    role, elsewhere = town.role(organisation), town.role(other)
    answered(town, role, after_days=1)
    answered(town, role, after_days=10, yes=False)
    answered(town, elsewhere, after_days=20)
    assert days(town, organisation) is None
    answered(town, role, after_days=4.5)
    assert days(town, organisation) == pytest.approx(4.5)
    assert days(town, other) is None
    answered(town, role, after_days=1)
    assert days(town, organisation) == pytest.approx((1 + 4.5) / 2)


def test_whoever_waits_still_is_no_answer(town: Town) -> None:
    organisation = town.organisation()
    role = town.role(organisation)
    for _ in range(2):
        answered(town, role, after_days=2)
    told(town, role)
    assert days(town, organisation) is None


def test_an_answer_counts_through_its_last_day_and_not_on_the_next(town: Town) -> None:
    organisation = town.organisation()
    role = town.role(organisation)
    for _ in range(3):
        answered(town, role, after_days=1)
    first = datetime(2026, 11, 25, 10, tzinfo=UTC)
    last_day = first + RECENT
    at(town, last_day.replace(hour=21, minute=59))  # one minute to midnight in Brussels
    assert days(town, organisation) == pytest.approx(1)
    at(town, last_day.replace(hour=22, minute=1))
    assert days(town, organisation) is None


def test_every_role_of_the_organisation_knows_it_and_no_other(town: Town) -> None:
    organisation, other = town.organisation(), town.organisation("Ander huis")
    met, unmet, elsewhere = town.role(organisation), town.role(organisation, title="Tuin"), town.role(other)
    for _ in range(3):
        answered(town, met, after_days=3)
    with town.core.units.read() as uow:
        found = roles(uow.session, [met, unmet, elsewhere], now=uow.now, day_began=uow.day_began)
    assert found[met].answer_days == found[unmet].answer_days == pytest.approx(3)
    assert found[elsewhere].answer_days is None


@pytest.mark.parametrize("yes", [True, False])
def test_following_an_answer_equals_building_afresh(town: Town, *, yes: bool) -> None:
    organisation = town.organisation()
    role = town.role(organisation)
    town.role(organisation, title="Tuin")
    town.role(town.organisation("Ander huis"))
    for _ in range(2):
        answered(town, role, after_days=2)
    waiting = told(town, role)
    town.clock.go_on(days=6)
    catalogue = Catalogue()
    with town.core.units.read() as uow:
        before = catalogue.snapshot(uow)
    answer(town, waiting, yes=yes)
    with town.core.units.read() as uow:
        followed = catalogue.snapshot(uow)
        assert followed.has_same_content(Catalogue().snapshot(uow))
        assert not followed.has_same_content(before)
    assert [each for each in followed.answer_days.tolist() if not isnan(each)] == [2, 2]


def test_the_picture_is_the_same_from_midnight_to_midnight(town: Town) -> None:
    """The first answer grows old at ten in the morning, half a year later; it counts until the night."""
    role = town.role(town.organisation())
    for _ in range(3):
        answered(town, role, after_days=1)
    last_day = datetime(2026, 11, 25, 10, tzinfo=UTC) + RECENT
    at(town, last_day.replace(hour=0, minute=5))
    with town.core.units.read() as uow:
        morning = Catalogue().snapshot(uow)
    at(town, last_day.replace(hour=21, minute=55))
    with town.core.units.read() as uow:
        evening = Catalogue().snapshot(uow)
    assert evening.today == morning.today
    assert evening.has_same_content(morning)
