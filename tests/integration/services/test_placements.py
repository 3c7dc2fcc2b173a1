from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from tests.integration.services.conftest import Town
from volunteer.domain.consent import sharing_with
from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.introductions import DeclineReason, IntroductionState, Step
from volunteer.models import Candidate, Consent, Introduction
from volunteer.queries.offer import roles
from volunteer.queries.opportunities import taken_places
from volunteer.services import introductions, placements
from volunteer.services.placements import HowItWent


def _accepted(town: Town) -> tuple[UUID, UUID, UUID, UUID]:
    """Organisation, role, person and their introduction, with a yes."""
    organisation = town.organisation()
    role = town.role(organisation, {})
    person = town.person()
    introduction = town.ask_to_meet(person, role)
    town.do(lambda uow: introductions.accept(uow, organisation, introduction, words="Tuesday at 10"))
    return organisation, role, person, introduction


def _found(town: Town, introduction: UUID) -> Introduction:
    with town.core.units.read() as uow:
        return uow.session.get_one(Introduction, introduction)


def _tell(town: Town, organisation: UUID, introduction: UUID, step: HowItWent) -> None:
    town.do(lambda uow: placements.tell(uow, organisation, introduction, step))


def test_from_a_yes_to_a_stop(town: Town) -> None:
    organisation, role, _, introduction = _accepted(town)
    way: tuple[tuple[HowItWent, IntroductionState, str], ...] = (
        (Step.MEET, IntroductionState.MET, "introduction_met"),
        (Step.START, IntroductionState.STARTED, "introduction_started"),
        (Step.STOP, IntroductionState.STOPPED, "introduction_stopped"),
    )
    for step, state, event in way:
        # Until they stop they take a spot, on the page of the role as in matching.
        with town.core.units.read() as uow:
            assert taken_places(uow.session, [role]) == {role: 1}
        _tell(town, organisation, introduction, step)
        assert _found(town, introduction).state == state
        assert town.events()[-1] == event
    found = _found(town, introduction)
    assert found.met_at is not None
    assert found.started_at is not None
    assert found.ended_at is not None
    assert found.met_at <= found.started_at <= found.ended_at


def test_who_starts_at_once_met_too(town: Town) -> None:
    organisation, _, _, introduction = _accepted(town)
    _tell(town, organisation, introduction, Step.START)
    found = _found(town, introduction)
    assert found.met_at == found.started_at is not None


def test_after_missing_each_other_the_organisation_says_again_when_to_come(town: Town) -> None:
    organisation, _, _, introduction = _accepted(town)
    _tell(town, organisation, introduction, Step.MISS)
    with town.core.units.read() as uow:
        found = uow.session.get_one(Introduction, introduction)
        assert found.state == IntroductionState.SENT
        assert introductions.reply_to(uow, found) == ""
        assert found.answered_at is None
    town.do(lambda uow: introductions.accept(uow, organisation, introduction, words="Friday at 2"))
    assert _found(town, introduction).state == IntroductionState.ACCEPTED


def test_a_stop_ends_what_was_shared(town: Town) -> None:
    organisation, _, person, introduction = _accepted(town)
    _tell(town, organisation, introduction, Step.MEET)
    _tell(town, organisation, introduction, Step.STOP)
    with town.core.units.read() as uow:
        consent = uow.session.scalars(
            select(Consent).where(
                Consent.candidate_id == person, Consent.purpose == sharing_with(organisation)
            )
        ).one()
        assert consent.until is not None


def test_an_end_closes_its_own_view_while_another_introduction_runs(town: Town) -> None:
    organisation, person = town.organisation(), town.person()
    one, other = town.role(organisation, {}), town.role(organisation, {}, title="Serveren")
    ended = town.ask_to_meet(person, one, contact=True, words="Tot gauw!")
    runs = town.ask_to_meet(person, other, contact=True)
    reason = DeclineReason.HOURS_CHANGED
    town.do(lambda uow: introductions.decline(uow, organisation, ended, reason=reason))
    with town.core.units.write() as uow:
        seen = [
            introductions.shared_by(uow, uow.session.get_one(Introduction, each), reader="account:x")
            for each in (ended, runs)
        ]
    assert (seen[0].words, seen[0].contact) == ("", None)
    assert seen[1].contact is not None


@pytest.mark.parametrize("is_cancelled", [False, True])
def test_a_not_now_ends_what_was_shared(town: Town, is_cancelled: bool) -> None:
    organisation = town.organisation()
    introduction = town.ask_to_meet(town.person(), town.role(organisation, {}))
    reason = DeclineReason.HOURS_CHANGED
    if is_cancelled:
        town.do(lambda uow: introductions.accept(uow, organisation, introduction, words="Tuesday at 10"))
        town.do(lambda uow: placements.cancel(uow, organisation, introduction, reason=reason))
    else:
        town.do(lambda uow: introductions.decline(uow, organisation, introduction, reason=reason))
    with town.core.units.read() as uow:
        sharing = select(Consent.until).where(Consent.purpose == sharing_with(organisation))
        assert list(uow.session.scalars(sharing)) == [town.clock.now()]


def test_the_person_stops_after_having_started(town: Town) -> None:
    organisation, _, person, introduction = _accepted(town)
    _tell(town, organisation, introduction, Step.START)
    town.do(lambda uow: introductions.withdraw(uow, uow.session.get_one(Candidate, person), introduction))
    assert _found(town, introduction).state == IntroductionState.STOPPED
    assert town.events()[-1] == "introduction_withdrawn"


def test_who_started_takes_a_spot_and_who_stopped_gives_it_back(town: Town) -> None:
    organisation, role, _, introduction = _accepted(town)
    way: tuple[tuple[HowItWent, int], ...] = ((Step.MEET, 1), (Step.START, 1), (Step.STOP, 0))
    for step, taken in way:
        _tell(town, organisation, introduction, step)
        with town.core.units.read() as uow:
            facts = roles(uow.session, [role], now=uow.now, day_began=uow.now)[role]
            assert facts.taken == taken


def test_another_organisation_says_nothing_about_it(town: Town) -> None:
    _, _, _, introduction = _accepted(town)
    with pytest.raises(NotFound):
        _tell(town, town.organisation(), introduction, Step.MEET)


def test_nobody_met_before_a_yes(town: Town) -> None:
    organisation = town.organisation()
    introduction = town.ask_to_meet(town.person(), town.role(organisation, {}))
    with pytest.raises(ImpossibleStep):
        _tell(town, organisation, introduction, Step.MEET)


def test_a_yes_can_be_taken_back_until_they_met(town: Town) -> None:
    organisation, _, _, introduction = _accepted(town)
    reason = DeclineReason.HOURS_CHANGED
    town.do(lambda uow: placements.cancel(uow, organisation, introduction, reason=reason))
    assert _found(town, introduction).state == IntroductionState.DECLINED
    assert _found(town, introduction).decline_reason == reason
    with pytest.raises(ImpossibleStep):
        _tell(town, organisation, introduction, Step.MEET)
