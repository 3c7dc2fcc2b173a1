from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from tests.integration.services.conftest import Town
from volunteer.domain.access import Answer, Strength
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.introductions import DeclineReason, IntroductionState
from volunteer.domain.opportunities import OpportunityState
from volunteer.models import Candidate, Consent, Introduction, NeedReading, Opportunity, Question
from volunteer.queries.introductions import received_introductions
from volunteer.services import candidates, introductions, opportunity_states, questions, suggestions
from volunteer.unit_of_work import UnitOfWork

BUDDY, TRIAL = "sv.buddy", "sv.trial"


def _state(town: Town, introduction_id: UUID) -> str:
    with town.core.units.read() as uow:
        return uow.session.get_one(Introduction, introduction_id).state


def _open_questions(town: Town) -> list[Question]:
    with town.core.units.read() as uow:
        return list(
            uow.session.scalars(select(Question).where(Question.state == "open").order_by(Question.code))
        )


def _answer(town: Town, said: Answer, *, about: Question | None = None) -> None:
    """The organisation answers (the one open question, unless another is named), and the worker reacts."""
    (question,) = [about] if about else _open_questions(town)

    def act(uow: UnitOfWork) -> None:
        questions.answer(uow, question.id, said=said, account_id=town.account_id)
        introductions.reconsider(uow, question.organisation_id)

    town.do(act)


def test_what_fits_is_sent_at_once(town: Town) -> None:
    organisation = town.organisation()
    role = town.role(organisation, {BUDDY: "arrangeable"})
    introduction = town.ask_to_meet(town.person(BUDDY), role)
    assert _state(town, introduction) == IntroductionState.SENT
    assert town.events()[-1] == "introduction_sent"
    assert _open_questions(town) == []


def test_what_is_unknown_is_asked_first(town: Town) -> None:
    role = town.role(town.organisation(), {BUDDY: "yes"})
    introduction = town.ask_to_meet(town.person(BUDDY, TRIAL, nice=("sv.fixed_contact",)), role)
    assert _state(town, introduction) == IntroductionState.ASKING
    assert "introduction_asked" in town.events()
    assert [question.code for question in _open_questions(town)] == [TRIAL]


@pytest.mark.parametrize("said", [Answer.YES, Answer.ARRANGEABLE])
def test_a_yes_sends_it_out_by_itself(town: Town, said: Answer) -> None:
    role = town.role(town.organisation())
    introduction = town.ask_to_meet(town.person(BUDDY), role)
    _answer(town, said)
    assert _state(town, introduction) == IntroductionState.SENT
    assert town.events()[-1] == "introduction_sent"


def test_a_no_lets_it_fall_through(town: Town) -> None:
    organisation = town.organisation()
    introduction = town.ask_to_meet(town.person(BUDDY), town.role(organisation))
    _answer(town, Answer.NO)
    assert _state(town, introduction) == IntroductionState.FELL_THROUGH
    assert town.events()[-1] == "introduction_fell_through"
    with town.core.units.read() as uow:
        assert received_introductions(uow.session, organisation) == []


def test_it_waits_until_the_last_answer(town: Town) -> None:
    introduction = town.ask_to_meet(town.person(BUDDY, TRIAL), town.role(town.organisation()))
    first, second = _open_questions(town)
    _answer(town, Answer.YES, about=first)
    assert _state(town, introduction) == IntroductionState.ASKING
    _answer(town, Answer.YES, about=second)
    assert _state(town, introduction) == IntroductionState.SENT


def test_one_answer_serves_everybody_who_waits(town: Town) -> None:
    role = town.role(town.organisation())
    waiting = [town.ask_to_meet(town.person(BUDDY), role) for _ in range(3)]
    _answer(town, Answer.YES)
    assert [_state(town, each) for each in waiting] == [IntroductionState.SENT] * 3


def test_reconsidering_twice_changes_nothing(town: Town) -> None:
    organisation = town.organisation()
    town.ask_to_meet(town.person(BUDDY), town.role(organisation))
    _answer(town, Answer.YES)
    before = town.events()
    town.do(lambda uow: introductions.reconsider(uow, organisation))
    assert town.events() == before


def test_a_role_that_closed_meanwhile_falls_through(town: Town) -> None:
    organisation = town.organisation()
    role = town.role(organisation)
    introduction = town.ask_to_meet(town.person(BUDDY), role)

    def close(uow: UnitOfWork) -> None:
        opportunity_states.set_state(uow, uow.session.get_one(Opportunity, role), OpportunityState.CLOSED)
        introductions.reconsider(uow, organisation)

    town.do(close)
    assert _state(town, introduction) == IntroductionState.FELL_THROUGH


def test_nobody_asks_twice_while_it_runs(town: Town) -> None:
    role, person = town.role(town.organisation()), town.person(BUDDY)
    town.ask_to_meet(person, role)
    with pytest.raises(ImpossibleStep):
        town.ask_to_meet(person, role)
    assert town.events().count("introduction_asked") == 1


def test_the_suggestion_of_somebody_else_is_not_there(town: Town) -> None:
    town.role(town.organisation())
    mine, theirs = town.person(), town.person()

    def act(uow: UnitOfWork) -> None:
        (shown,) = suggestions.current(uow, theirs) or []
        candidate = uow.session.get_one(Candidate, mine)
        introductions.request(uow, candidate, shown.suggestion.id, introductions.Choice())

    with pytest.raises(NotFound):
        town.do(act)


def test_a_national_number_is_not_passed_on(town: Town) -> None:
    role, person = town.role(town.organisation()), town.person()
    with pytest.raises(InvalidValue):
        town.ask_to_meet(person, role, words="85.07.30-033 28")
    assert "introduction_sent" not in town.events()


def test_an_organisation_does_not_see_who_still_waits(town: Town) -> None:
    organisation = town.organisation()
    introduction = town.ask_to_meet(town.person(BUDDY), town.role(organisation))
    with pytest.raises(NotFound):
        town.do(lambda uow: introductions.own_of(uow, organisation, introduction))
    with pytest.raises(NotFound):
        town.do(lambda uow: introductions.accept(uow, organisation, introduction, words=""))


def test_an_organisation_does_not_see_what_others_received(town: Town) -> None:
    introduction = town.ask_to_meet(town.person(), town.role(town.organisation()))
    other = town.organisation("Taalcafé")
    for act in (
        lambda uow: introductions.own_of(uow, other, introduction),
        lambda uow: introductions.accept(uow, other, introduction, words="Kom dinsdag."),
        lambda uow: introductions.decline(uow, other, introduction, reason=DeclineReason.NO_SPOT_NOW),
    ):
        with pytest.raises(NotFound):
            town.do(act)
    assert _state(town, introduction) == IntroductionState.SENT


def test_introductions_come_in_order_of_arrival(town: Town) -> None:
    organisation = town.organisation()
    role = town.role(organisation, {BUDDY: "yes"})
    expected = []
    for needs in ((), (BUDDY,), ()):
        expected.append(town.ask_to_meet(town.person(*needs), role))
        town.clock.go_on(minutes=1)
    with town.core.units.read() as uow:
        assert [each.id for each in received_introductions(uow.session, organisation)] == expected


def test_a_yes_comes_with_words_and_only_once(town: Town) -> None:
    organisation = town.organisation()
    introduction = town.ask_to_meet(town.person(), town.role(organisation))
    town.do(
        lambda uow: introductions.accept(uow, organisation, introduction, words=" Kom dinsdag om 10 uur. ")
    )
    with town.core.units.read() as uow:
        kept = uow.session.get_one(Introduction, introduction)
        assert kept.state == IntroductionState.ACCEPTED
        assert introductions.reply_to(uow, kept) == "Kom dinsdag om 10 uur."
        assert kept.answered_at == town.clock.now()
    for act in (
        lambda uow: introductions.accept(uow, organisation, introduction, words=""),
        lambda uow: introductions.decline(uow, organisation, introduction, reason=DeclineReason.NO_SPOT_NOW),
    ):
        with pytest.raises(ImpossibleStep):
            town.do(act)


def test_a_not_now_has_a_reason_about_the_offer(town: Town) -> None:
    organisation = town.organisation()
    introduction = town.ask_to_meet(town.person(), town.role(organisation))
    town.do(
        lambda uow: introductions.decline(uow, organisation, introduction, reason=DeclineReason.HOURS_CHANGED)
    )
    with town.core.units.read() as uow:
        assert uow.session.get_one(Introduction, introduction).decline_reason == "hours_changed"
    assert town.events()[-1] == "introduction_declined"


def test_a_person_withdraws_their_own_only(town: Town) -> None:
    person = town.person()
    introduction = town.ask_to_meet(person, town.role(town.organisation()))
    other = town.person()

    def withdraw(who: UUID) -> None:
        town.do(lambda uow: introductions.withdraw(uow, uow.session.get_one(Candidate, who), introduction))

    with pytest.raises(NotFound):
        withdraw(other)
    withdraw(person)
    assert _state(town, introduction) == IntroductionState.WITHDRAWN
    with pytest.raises(ImpossibleStep):
        withdraw(person)


def test_after_withdrawing_one_may_ask_again(town: Town) -> None:
    person, role = town.person(), town.role(town.organisation())
    first = town.ask_to_meet(person, role)
    town.do(lambda uow: introductions.withdraw(uow, uow.session.get_one(Candidate, person), first))
    assert town.ask_to_meet(person, role) != first


@pytest.mark.parametrize(
    ("choice", "contact", "shown"),
    [
        ({}, None, ()),
        ({"contact": True}, "+32470123456", ()),
        ({"needs": frozenset({BUDDY})}, None, ((BUDDY, Strength.MUST),)),
        ({"needs": frozenset({BUDDY, "sv.talk_first", "no.such"})}, None, ((BUDDY, Strength.MUST),)),
    ],
)
def test_an_organisation_sees_what_was_chosen_and_no_more(
    town: Town, choice: dict[str, object], contact: str | None, shown: tuple[object, ...]
) -> None:
    organisation = town.organisation()
    role = town.role(organisation, {BUDDY: "yes", TRIAL: "yes"})
    introduction = town.ask_to_meet(town.person(BUDDY, TRIAL), role, words="Tot gauw!", **choice)

    def look(uow: UnitOfWork) -> introductions.Shared:
        own = introductions.own_of(uow, organisation, introduction)
        return introductions.shared_by(uow, own, reader=f"account:{town.account_id}")

    seen = town.do(look)
    assert (seen.first_name, seen.words, seen.contact, seen.needs) == ("Amina", "Tot gauw!", contact, shown)
    with town.core.units.read() as uow:
        readings = uow.session.scalars(select(NeedReading).where(NeedReading.purpose == "introduction")).all()
        assert [each.reader for each in readings] == ([f"account:{town.account_id}"] if shown else [])


def _sharing(town: Town, organisation: UUID) -> Consent:
    with town.core.units.read() as uow:
        return uow.session.scalars(
            select(Consent).where(Consent.purpose == f"share_with:{organisation}")
        ).one()


def test_asking_is_a_consent_to_share_with_them(town: Town) -> None:
    organisation = town.organisation()
    town.ask_to_meet(town.person(), town.role(organisation))
    consent = _sharing(town, organisation)
    assert (consent.withdrawn_at, consent.until) == (None, None)


def test_withdrawing_takes_that_consent_back_and_closes_the_view(town: Town) -> None:
    organisation, person = town.organisation(), town.person(BUDDY)
    role = town.role(organisation, {BUDDY: "yes"})
    introduction = town.ask_to_meet(person, role, contact=True, needs=frozenset({BUDDY}), words="Tot gauw!")
    town.do(lambda uow: introductions.withdraw(uow, uow.session.get_one(Candidate, person), introduction))

    assert _sharing(town, organisation).withdrawn_at == town.clock.now()
    seen = town.do(
        lambda uow: introductions.shared_by(
            uow, introductions.own_of(uow, organisation, introduction), reader="account:x"
        )
    )
    assert seen == introductions.Shared(first_name="Amina", words="", contact=None, needs=())


def test_what_fell_through_is_shared_no_longer(town: Town) -> None:
    organisation = town.organisation()
    town.ask_to_meet(town.person(BUDDY), town.role(organisation))
    _answer(town, Answer.NO)
    consent = _sharing(town, organisation)
    assert (consent.until, consent.withdrawn_at) == (town.clock.now(), None)


def test_another_meeting_with_the_same_organisation_stays_shared(town: Town) -> None:
    organisation = town.organisation()
    one, other = town.role(organisation), town.role(organisation, title="Serveren")
    person = town.person()
    first, _ = town.ask_to_meet(person, one), town.ask_to_meet(person, other)
    town.do(lambda uow: introductions.withdraw(uow, uow.session.get_one(Candidate, person), first))
    with town.core.units.read() as uow:
        consents = uow.session.scalars(
            select(Consent).where(Consent.purpose == f"share_with:{organisation}")
        ).all()
        assert all(consent.withdrawn_at is None for consent in consents)


def test_needs_are_sealed_in_the_row(town: Town) -> None:
    person = town.person(BUDDY)
    with town.core.units.read() as uow:
        candidate = uow.session.get_one(Candidate, person)
        assert BUDDY.encode() not in (candidate.needs_sealed or b"")
        assert b"470123456" not in (candidate.contact_sealed or b"")
        assert candidates.contact_of(uow, candidate) == "+32470123456"
