"""What colleagues tell each other about a person, and where they show people the way to."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests.integration.services.conftest import Town
from volunteer.domain.errors import InvalidValue, NotFound
from volunteer.domain.notes import MOST_DAYS, lasting
from volunteer.domain.signals import SignalCause
from volunteer.models import Candidate, Note, ReferralCount
from volunteer.queries.signals import open_signals
from volunteer.services import accounts, notes, referrals, signals

KNOWN = frozenset({"repair", "language_course"})


@pytest.fixture
def colleague(town: Town) -> UUID:
    return town.do(
        lambda uow: (
            accounts.create(
                uow,
                name="Yasmina",
                email="yasmina@steunpunt.example",
                password="een korte zin",
                language="nl",
            ).id
        )
    )


def _write(town: Town, person: UUID, text: str, colleague: UUID, **how: int) -> UUID:
    return town.do(
        lambda uow: (
            notes.write(uow, uow.session.get_one(Candidate, person), text, account_id=colleague, **how).id
        )
    )


def test_a_note_is_sealed_and_gone_after_its_days(town: Town, colleague: UUID) -> None:
    person = town.person()
    _write(town, person, " Belt liever na vijf uur. ", colleague, days=7)
    _write(town, person, "Komt met haar zus.", colleague)
    with town.core.units.read() as uow:
        assert {(each.text, each.author) for each in notes.read(uow, person)} == {
            ("Belt liever na vijf uur.", "Yasmina"),
            ("Komt met haar zus.", "Yasmina"),
        }
        assert all(b"vijf" not in each.text_sealed for each in uow.session.scalars(select(Note)))
    town.clock.go_on(days=8)
    with town.core.units.read() as uow:
        assert [each.text for each in notes.read(uow, person)] == ["Komt met haar zus."]
    town.do(notes.forget_expired)
    with town.core.units.read() as uow:
        assert len(uow.session.scalars(select(Note)).all()) == 1
    town.clock.go_on(days=30)
    town.do(notes.forget_expired)
    with town.core.units.read() as uow:
        assert uow.session.scalars(select(Note)).all() == []


@pytest.mark.parametrize("text", ["", "   ", "x" * 301, "Nummer 93.05.18-223.61"])
def test_some_things_do_not_stand_in_a_note(town: Town, colleague: UUID, text: str) -> None:
    person = town.person()
    with pytest.raises(InvalidValue):
        _write(town, person, text, colleague)


@given(st.integers(-5, 400))
def test_a_note_stays_one_to_ninety_days(days: int) -> None:
    if 1 <= days <= MOST_DAYS:
        assert lasting(days) == timedelta(days=days)
    else:
        with pytest.raises(InvalidValue):
            lasting(days)


def test_a_note_is_thrown_away_by_its_own_page_only(town: Town, colleague: UUID) -> None:
    person, other = town.person(), town.person(contact="+32470123457")
    note_id = _write(town, person, "Weg ermee.", colleague)
    with pytest.raises(NotFound):
        town.do(lambda uow: notes.throw_away(uow, other, note_id))
    town.do(lambda uow: notes.throw_away(uow, person, note_id))
    with town.core.units.read() as uow:
        assert notes.read(uow, person) == []


def _refer(town: Town, person: UUID, colleague: UUID, **how: str) -> UUID:
    chosen = {"service": "repair", "reason": "nothing_near", **how}
    return town.do(
        lambda uow: (
            referrals.refer(
                uow, uow.session.get_one(Candidate, person), known=KNOWN, account_id=colleague, **chosen
            ).id
        )
    )


def test_a_referral_is_kept_counted_and_closes_the_signal(town: Town, colleague: UUID) -> None:
    person = town.person()
    town.do(lambda uow: signals.give(uow, uow.session.get_one(Candidate, person), SignalCause.NEAR))
    _refer(town, person, colleague, words="Vraag naar Inge.")
    _refer(town, person, colleague)
    with town.core.units.read() as uow:
        assert open_signals(uow.session) == []
        first, last = sorted(referrals.read(uow, person), key=lambda each: each.words)
        assert (first.words, last.words, last.author) == ("", "Vraag naar Inge.", "Yasmina")
        (counted,) = uow.session.scalars(select(ReferralCount))
        assert (counted.service, counted.reason, counted.count) == ("repair", "nothing_near", 2)
    town.do(lambda uow: uow.session.delete(uow.session.get_one(Candidate, person)))
    with town.core.units.read() as uow:
        assert referrals.read(uow, person) == []
        assert uow.session.scalars(select(ReferralCount.count)).one() == 2


@pytest.mark.parametrize(
    "how",
    [
        {"service": "elsewhere"},
        {"reason": "too old"},
        {"words": "x" * 201},
        {"words": "93.05.18-223.61"},
    ],
)
def test_a_referral_needs_a_service_and_a_reason_about_the_offer(
    town: Town, colleague: UUID, how: dict[str, str]
) -> None:
    person = town.person()
    with pytest.raises(InvalidValue):
        _refer(town, person, colleague, **how)
