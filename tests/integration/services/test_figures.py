"""Figures are made once a day from people who agreed, are rounded, and keep no count in the clear."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from tests.integration.services.conftest import Town
from volunteer.domain.consent import Purpose
from volunteer.domain.figures import Kind
from volunteer.matching.catalogue import Catalogue
from volunteer.models import Consent, Figure, FigureAnchors, NeedReading, Opportunity
from volunteer.services import figures
from volunteer.services.figures import Figures

STEP_FREE = "ph.step_free_entrance"
Enrol = Callable[..., list[UUID]]


@pytest.fixture
def enrol(town: Town, monkeypatch: pytest.MonkeyPatch) -> Enrol:
    """Enrols so many people with these needs; no list of suggestions is made for them."""
    monkeypatch.setattr(Town, "look", lambda *_: None)
    return lambda number, *must: [town.person(*must) for _ in range(number)]


def _refresh(town: Town) -> bool:
    return figures.refresh(town.core.units, Catalogue())


def _of(town: Town, organisation_id: UUID) -> Figures:
    with town.core.units.read() as uow:
        return figures.of_organisation(uow, organisation_id)


def _days(town: Town, number: int = 1) -> None:
    town.clock.go_on(days=number)


def test_a_door_is_counted_once_for_its_venue(town: Town, enrol: Enrol) -> None:
    here = town.organisation()
    for _ in range(3):
        town.role(here, {STEP_FREE: "no"})
    enrol(7, STEP_FREE)
    enrol(20)
    assert _refresh(town)
    found = _of(town, here)
    assert found.day is not None
    (line,) = found.shown
    assert (line.scope, line.kind, line.code, line.people) == ("venue", Kind.ARRANGE, STEP_FREE, 5)
    assert line.street == "Plein 1"


def test_twice_a_day_does_nothing(town: Town, enrol: Enrol) -> None:
    town.role(town.organisation(), {STEP_FREE: "no"})
    enrol(6, STEP_FREE)
    assert town.do(figures.are_due)
    assert _refresh(town)
    assert not town.do(figures.are_due)
    assert not _refresh(town)
    with town.core.units.read() as uow:
        readings = uow.session.scalar(
            select(func.count()).select_from(NeedReading).where(NeedReading.purpose == "what_if")
        )
    assert readings == 6


def test_who_begins_at_the_same_moment_does_nothing(town: Town, enrol: Enrol) -> None:
    town.role(town.organisation(), {STEP_FREE: "no"})
    enrol(30, STEP_FREE)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: _refresh(town), range(4)))
    assert made.count(True) == 1
    with town.core.units.read() as uow:
        readings = select(func.count()).select_from(NeedReading).where(NeedReading.purpose == "what_if")
        assert uow.session.scalar(readings) == 30


def test_the_next_day_waits_for_the_end_of_the_night(town: Town) -> None:
    _refresh(town)
    town.clock.go_on(hours=14)  # from 11 o'clock in Brussels to 1 at night
    assert not town.do(figures.are_due)
    town.clock.go_on(hours=3)
    assert town.do(figures.are_due)


def test_a_run_that_died_is_taken_over_later(town: Town) -> None:
    town.do(figures._begin)
    assert not town.do(figures.are_due)
    assert not _refresh(town)
    town.clock.go_on(minutes=31)
    assert town.do(figures.are_due)
    assert _refresh(town)


def test_few_are_never_shown_and_a_figure_moves_by_five(town: Town, enrol: Enrol) -> None:
    here = town.organisation()
    town.role(here, {STEP_FREE: "no"})
    enrol(40)
    seen = []
    for _ in range(12):
        enrol(1, STEP_FREE)
        _refresh(town)
        seen.append(sum(line.people for line in _of(town, here).shown))
        _days(town)
    assert seen == [0] * 4 + [5] * 5 + [10] * 3


def test_who_took_their_yes_back_is_not_counted(town: Town, enrol: Enrol) -> None:
    here = town.organisation()
    town.role(here, {STEP_FREE: "no"})
    people = enrol(10, STEP_FREE)
    enrol(20)
    for purpose, some in ((Purpose.NEEDS, people[:3]), (Purpose.MATCH, people[3:6])):
        with town.core.units.write() as uow:
            taken_back = Consent.candidate_id.in_(some), Consent.purpose == purpose
            uow.session.execute(update(Consent).where(*taken_back).values(withdrawn_at=uow.now))
    _refresh(town)
    assert _of(town, here).shown == []
    with town.core.units.read() as uow:
        read = set(
            uow.session.scalars(select(NeedReading.candidate_id).where(NeedReading.purpose == "what_if"))
        )
    assert read.isdisjoint(people[:6])


def test_no_true_count_is_stored_in_the_clear(town: Town, enrol: Enrol) -> None:
    town.role(town.organisation(), {STEP_FREE: "no"})
    enrol(8, STEP_FREE)
    enrol(20)
    _refresh(town)
    with town.core.units.read() as uow:
        assert set(uow.session.scalars(select(Figure.people))) == {5}
        for row in uow.session.scalars(select(FigureAnchors)):
            assert STEP_FREE.encode() not in row.anchors_sealed


def test_needs_of_a_belief_are_in_no_figure(town: Town, enrol: Enrol) -> None:
    here = town.organisation()
    town.role(here, {"sv.women_group": "no", "sv.food_prayer": "no"})
    enrol(9, "sv.women_group")
    enrol(9, "sv.food_prayer")
    enrol(20)
    _refresh(town)
    assert _of(town, here).shown == []


def test_at_most_three_of_each_are_named(town: Town, enrol: Enrol) -> None:
    here = town.organisation()
    codes = ("sv.buddy", "sv.trial", "sv.talk_first", "sv.paperwork_help", "ic.pictograms")
    town.role(here, dict.fromkeys(codes[:4], "no"))
    for code in codes:
        enrol(6, code)
    _refresh(town)
    found = _of(town, here)
    assert (len(found.of(Kind.ARRANGE)), len(found.of(Kind.TELL))) == (3, 1)


def test_the_city_says_what_would_open_most(town: Town, enrol: Enrol) -> None:
    for number in range(8):
        town.role(town.organisation(f"Huis {number}"), {STEP_FREE: "no"})
    enrol(12, STEP_FREE)
    enrol(20)
    _refresh(town)
    with town.core.units.read() as uow:
        (line,) = figures.of_city(uow).shown
    assert (line.scope, line.kind, line.code, line.people) == ("city", Kind.ARRANGE, STEP_FREE, 10)


def test_a_role_that_closed_takes_its_figures_along(town: Town, enrol: Enrol) -> None:
    here = town.organisation()
    role = town.role(here, {STEP_FREE: "no"})
    enrol(8, STEP_FREE)
    enrol(20)
    _refresh(town)
    with town.core.units.write() as uow:
        uow.session.execute(update(Opportunity).where(Opportunity.id == role).values(state="closed"))
    _days(town)
    _refresh(town)
    assert _of(town, here).shown == []
    with town.core.units.read() as uow:
        assert uow.session.scalar(select(func.count()).select_from(FigureAnchors)) == 0
