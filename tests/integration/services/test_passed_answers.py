"""A support worker passes on what a person answers: written down, told, undone, and no step further."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.integration.services.conftest import Town
from tests.integration.services.school import AMINA, School, open_school
from volunteer.domain.consent import TEXT_VERSION, GivenHow, Purpose
from volunteer.domain.errors import ImpossibleStep, NotAllowed, NotFound
from volunteer.domain.follow_ups import ASKED_FOR, Going, Moment, Side
from volunteer.domain.introductions import IntroductionState, Step
from volunteer.domain.messages import MessageKind
from volunteer.domain.retention import ErasureAsked
from volunteer.domain.support import ANSWER_LOOKED_AT_FOR, EntryKind, Scope
from volunteer.models import (
    Candidate,
    Consent,
    FollowUp,
    Incident,
    Introduction,
    Message,
    Organisation,
    SupportEntry,
    SupportLink,
)
from volunteer.services import (
    appointments,
    erasure,
    export,
    incidents,
    introductions,
    passed_answers,
    placements,
    proposals,
    support_links,
)
from volunteer.unit_of_work import UnitOfWork

TUESDAY = datetime(2026, 12, 1, 9, tzinfo=UTC)
THURSDAY = datetime(2026, 12, 3, 13, 30, tzinfo=UTC)


@dataclass
class Answering:
    """Amina, who may be helped with answers, and an organisation that wants to meet her."""

    town: Town
    school: School
    link: UUID
    amina: UUID
    kitchen: UUID
    introduction: UUID

    def propose(self) -> None:
        self.town.do(
            lambda uow: proposals.propose(
                uow, self.kitchen, self.introduction, times=(TUESDAY, THURSDAY), words="Vraag naar Noor."
            )
        )

    def choose(self, moment: datetime | None = TUESDAY, *, by: UUID | None = None) -> None:
        account = by or self.school.veerle
        self.town.do(
            lambda uow: passed_answers.choose_time(
                uow, self.link, self.introduction, moment, account_id=account
            )
        )

    def start(self) -> UUID:
        """She started a month ago, and is asked how it goes: the id of the question."""

        def begin(uow: UnitOfWork) -> UUID:
            introductions.accept(uow, self.kitchen, self.introduction, words="Kom maar")
            placements.tell(uow, self.kitchen, self.introduction, Step.START)
            asked = FollowUp(
                introduction_id=self.introduction,
                candidate_id=self.amina,
                moment=next(iter(Moment)),
                side=Side.PERSON,
                asked_at=uow.now,
                outcomes=[],
            )
            agreed = Consent(
                candidate_id=self.amina,
                purpose=Purpose.FOLLOW_UP,
                text_version=TEXT_VERSION,
                language="fr",
                given_how=GivenHow.OWN_DEVICE,
                given_at=uow.now,
            )
            uow.session.add_all([asked, agreed])
            uow.session.flush()
            return asked.id

        return self.town.do(begin)

    def tell(self, asked: UUID, going: Going = Going.WELL) -> None:
        self.town.do(
            lambda uow: passed_answers.tell_how(uow, self.link, asked, going, account_id=self.school.veerle)
        )

    def entry(self) -> SupportEntry:
        """The answer that was passed on last."""
        with self.town.core.units.read() as uow:
            found = select(SupportEntry).where(SupportEntry.about_id.is_not(None))
            return uow.session.scalars(found.order_by(SupportEntry.done_at.desc()).limit(1)).one()

    def as_amina(self, act: Callable[[UnitOfWork, Candidate], None]) -> None:
        self.town.do(lambda uow: act(uow, uow.session.get_one(Candidate, self.amina)))

    def undo(self) -> None:
        entry = self.entry().id
        self.as_amina(lambda uow, amina: passed_answers.undo(uow, amina, entry))

    def deny(self) -> bool:
        """Whether what it led to was taken back."""
        entry = self.entry().id
        return self.town.do(
            lambda uow: passed_answers.deny(
                uow, uow.session.get_one(Candidate, self.amina), entry, language="fr"
            )
        )

    def now(self) -> Introduction:
        with self.town.core.units.read() as uow:
            return uow.session.get_one(Introduction, self.introduction)

    def told(self) -> list[str]:
        """Channels by which Amina heard of an answer."""
        with self.town.core.units.read() as uow:
            found = select(Message.channel).where(Message.kind == MessageKind.PASSED_ANSWER)
            return list(uow.session.scalars(found))

    def journal(self) -> list[tuple[str, str]]:
        with self.town.core.units.read() as uow:
            found = select(SupportEntry).order_by(SupportEntry.done_at, SupportEntry.id)
            return [(each.kind, each.done_by) for each in uow.session.scalars(found)]


@pytest.fixture
def answering(town: Town) -> Answering:
    school = open_school(town)
    kitchen = town.organisation()
    role = town.role(kitchen)
    link, amina = school.enrol(AMINA)
    school.confirm(amina, Scope.HELPS_ANSWER)
    return Answering(town, school, link, amina, kitchen, town.ask_to_meet(amina, role))


def test_a_time_is_chosen_as_the_act_of_the_person_through_their_support_worker(
    answering: Answering,
) -> None:
    answering.propose()
    answering.choose()
    assert (answering.now().state, answering.now().agreed_at) == (IntroductionState.ACCEPTED, TUESDAY)
    assert (EntryKind.TIME_CHOSEN, f"account:{answering.school.veerle}") in answering.journal()
    assert answering.entry().about_id == answering.introduction
    assert answering.told() == ["sms"]


def test_undone_the_organisation_is_asked_for_other_times(answering: Answering) -> None:
    answering.propose()
    answering.choose()
    answering.undo()
    now = answering.now()
    assert (now.state, now.agreed_at) == (IntroductionState.SENT, None)
    assert answering.town.events()[-1] == "times_turned_down"
    assert (EntryKind.UNDONE, "candidate") in answering.journal()
    with pytest.raises(ImpossibleStep):
        answering.undo()
    answering.propose()
    answering.choose(THURSDAY)
    assert answering.now().agreed_at == THURSDAY, "a yes that was not taken back goes on"


def test_that_was_not_me_ends_the_scope_and_tells_the_desk_without_a_name(answering: Answering) -> None:
    answering.propose()
    answering.choose()
    answering.deny()
    assert answering.now().state == IntroductionState.SENT
    assert not answering.school.sees(answering.amina, Scope.HELPS_ANSWER)
    answering.propose()
    with pytest.raises(NotFound):
        answering.choose()
    with answering.town.core.units.read() as uow:
        story = incidents.opened(uow, uow.session.scalars(select(Incident)).one()).story
    assert "Veerle" in story
    assert "Amina" not in story
    with pytest.raises(ImpossibleStep):
        answering.deny()


def test_that_was_not_me_is_heard_also_after_it_was_undone(answering: Answering) -> None:
    answering.propose()
    answering.choose()
    answering.undo()
    answering.deny()
    assert not answering.school.sees(answering.amina, Scope.HELPS_ANSWER)
    assert answering.entry().undone_at
    assert answering.entry().denied_at


def test_while_the_organisation_waits_the_scope_ends_and_what_was_chosen_stays(answering: Answering) -> None:
    answering.propose()
    answering.choose()
    with answering.town.core.units.write() as uow:
        uow.session.get_one(Organisation, answering.kitchen).suspended_at = uow.now
    with pytest.raises(ImpossibleStep):
        answering.undo()
    assert answering.deny() is False
    assert not answering.school.sees(answering.amina, Scope.HELPS_ANSWER)
    assert answering.now().agreed_at == TUESDAY
    with answering.town.core.units.write() as uow:
        assert uow.session.scalars(select(Incident)).all()
        uow.session.get_one(Organisation, answering.kitchen).suspended_at = None
    answering.undo()
    assert answering.now().agreed_at is None


def test_a_moment_that_the_organisation_moved_is_not_undone_as_the_choice(answering: Answering) -> None:
    answering.propose()
    answering.choose()
    answering.town.do(
        lambda uow: appointments.move(uow, answering.kitchen, answering.introduction, at=THURSDAY)
    )
    with pytest.raises(ImpossibleStep):
        answering.undo()
    assert answering.deny() is False
    assert answering.now().agreed_at == THURSDAY


def test_a_yes_to_words_that_said_less_passes_nothing_on(answering: Answering) -> None:
    answering.propose()
    with answering.town.core.units.write() as uow:
        given = select(Consent).where(Consent.support_link_id == answering.link)
        uow.session.scalars(given).one().text_version = "2026-11-22.1"
    with pytest.raises(NotAllowed):
        answering.choose()
    assert answering.school.sees(answering.amina, Scope.HELPS_ANSWER), "what it did say goes on"
    answering.town.do(
        lambda uow: support_links.give(
            uow,
            uow.session.get_one(SupportLink, answering.link),
            {Scope.HELPS_ANSWER},
            language="fr",
            given_how=GivenHow.OWN_DEVICE,
        )
    )
    answering.choose()
    answering.deny()
    assert not answering.school.sees(answering.amina, Scope.HELPS_ANSWER), "neither yes is left"


def test_what_the_organisation_did_since_is_not_undone(answering: Answering) -> None:
    """The choice was given back by the person, who chose again themselves: the old link changes nothing."""
    answering.propose()
    answering.choose()
    chosen = answering.entry().id
    answering.as_amina(lambda uow, amina: proposals.cannot_come(uow, amina, answering.introduction))
    answering.town.clock.go_on(hours=1)
    answering.propose()
    answering.as_amina(lambda uow, amina: proposals.choose(uow, amina, answering.introduction, THURSDAY))
    with pytest.raises(ImpossibleStep):
        answering.as_amina(lambda uow, amina: passed_answers.undo(uow, amina, chosen))
    assert answering.now().agreed_at == THURSDAY
    answering.town.do(
        lambda uow: passed_answers.deny(
            uow, uow.session.get_one(Candidate, answering.amina), chosen, language="fr"
        )
    )
    assert answering.now().agreed_at == THURSDAY, "nor by saying that it was not theirs"


def test_none_of_the_times_and_not_at_that_time(answering: Answering) -> None:
    answering.propose()
    answering.choose(None)
    assert answering.now().state == IntroductionState.SENT
    with pytest.raises(ImpossibleStep):
        answering.undo()
    answering.propose()
    answering.choose(THURSDAY)
    answering.town.do(
        lambda uow: passed_answers.cannot_come(
            uow, answering.link, answering.introduction, account_id=answering.school.veerle
        )
    )
    assert (answering.now().state, answering.now().agreed_at) == (IntroductionState.SENT, None)
    kinds = {kind for kind, _by in answering.journal()}
    assert {EntryKind.TIME_REFUSED, EntryKind.CANNOT_COME} <= kinds
    assert len(answering.told()) == 3


def test_how_it_goes_can_be_said_and_said_again(answering: Answering) -> None:
    asked = answering.start()
    answering.town.clock.go_on(seconds=(ASKED_FOR - timedelta(days=1)).total_seconds())
    answering.tell(asked, Going.COULD_BE_BETTER)
    answering.town.clock.go_on(seconds=timedelta(days=3).total_seconds())
    answering.undo()
    assert answering.town.events()[-1] == "follow_up_asked", "it is asked again, and can be answered as long"
    with answering.town.core.units.read() as uow:
        assert uow.session.get_one(FollowUp, asked).going is None
    answering.tell(asked, Going.STOPPED)
    with answering.town.core.units.read() as uow:
        said = uow.session.get_one(SupportEntry, answering.entry().id)
        assert passed_answers.said_how(uow, said) is Going.STOPPED
    with pytest.raises(ImpossibleStep):
        answering.undo()
    assert answering.deny() is False
    assert answering.entry().undone_at is None
    assert answering.now().state != IntroductionState.STARTED


def test_of_another_person_nothing_is_answered(answering: Answering) -> None:
    answering.propose()
    _link, other = answering.school.enrol()
    answering.school.confirm(other, Scope.SEES_PROGRESS)
    with pytest.raises(NotAllowed):
        answering.town.do(
            lambda uow: passed_answers.choose_time(
                uow, _link, answering.introduction, TUESDAY, account_id=answering.school.veerle
            )
        )
    with pytest.raises(NotFound):
        answering.choose(by=answering.school.hamid)
    answering.town.do(
        lambda uow: support_links.give(
            uow,
            uow.session.get_one(SupportLink, _link),
            {Scope.HELPS_ANSWER},
            language="fr",
            given_how=GivenHow.OWN_DEVICE,
        )
    )
    with pytest.raises(NotFound):
        answering.town.do(
            lambda uow: passed_answers.choose_time(
                uow, _link, answering.introduction, TUESDAY, account_id=answering.school.veerle
            )
        )
    assert answering.told() == []


def test_after_a_month_it_is_only_looked_at(answering: Answering) -> None:
    answering.propose()
    answering.choose(None)
    answering.town.clock.go_on(seconds=(ANSWER_LOOKED_AT_FOR + timedelta(hours=1)).total_seconds())
    with pytest.raises(ImpossibleStep):
        answering.deny()


def test_who_hears_through_the_support_worker_hears_of_this_from_the_desk(answering: Answering) -> None:
    with answering.town.core.units.write() as uow:
        uow.session.get_one(Candidate, answering.amina).channel = "support_worker"
    answering.propose()
    answering.choose()
    assert answering.told() == ["desk"]


def test_what_was_passed_on_goes_along_and_goes_with_the_file(answering: Answering) -> None:
    answering.propose()
    answering.choose()
    with answering.town.core.units.read() as uow:
        taken = export.everything(uow, uow.session.get_one(Candidate, answering.amina), language="fr")
    assert EntryKind.TIME_CHOSEN in str(taken)
    answering.as_amina(lambda uow, amina: erasure.erase(uow, amina, asked_by=ErasureAsked.CANDIDATE))
    assert answering.journal() == []
