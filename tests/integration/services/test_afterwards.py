"""The one question after a gathering: who is asked, what is kept, and what the desk may know."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.factories.gatherings import make_gathering, sign_up
from tests.integration.services.conftest import Town
from volunteer.domain.afterwards import Answer
from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.gatherings import GatheringKind
from volunteer.models import Gathering, GatheringParty
from volunteer.queries import gatherings as queries
from volunteer.services import afterwards, gathering_seats
from volunteer.translation import translations


@pytest.fixture
def past(town: Town) -> UUID:
    """Six people in a room for five, and the day is over."""
    gathering_id = town.do(lambda uow: make_gathering(uow, seats=5))
    with town.core.units.write() as uow:
        for number in range(6):
            sign_up(uow, gathering_id, number)
    with town.core.units.read() as uow:
        ends_at = uow.session.get_one(Gathering, gathering_id).ends_at
        town.clock.go_on(seconds=(ends_at - uow.now).total_seconds())
    return gathering_id


def _party(town: Town, gathering_id: UUID, number: int) -> UUID:
    with town.core.units.read() as uow:
        return queries.with_numbers(uow.session, gathering_id, [number])[0].id


def _say(town: Town, gathering_id: UUID, number: int, said: Answer, words: str = "") -> None:
    party_id = _party(town, gathering_id, number)
    town.do(lambda uow: afterwards.answer(uow, party_id, said, words))


def test_the_last_answer_counts_and_its_words_are_sealed(town: Town, past: UUID) -> None:
    _say(town, past, 1, Answer.NOT_YET, "Te snel voor mij.")
    _say(town, past, 1, Answer.YES, "Nu snap ik het.")
    with town.core.units.read() as uow:
        party = uow.session.get_one(GatheringParty, _party(town, past, 1))
        assert (party.answer, afterwards.words_of(uow, party)) == ("yes", "Nu snap ik het.")
        assert b"snap" not in (party.words_sealed or b"")
    assert town.events().count("gathering_answered") == 2
    _say(town, past, 1, Answer.YES)
    with town.core.units.read() as uow:
        assert uow.session.get_one(GatheringParty, _party(town, past, 1)).words_sealed is None


def test_who_was_not_there_is_not_asked(town: Town, past: UUID) -> None:
    second = _party(town, past, 2)
    town.do(lambda uow: gathering_seats.attend(uow, second, 0))
    for number in (2, 6):
        with pytest.raises(ImpossibleStep):
            _say(town, past, number, Answer.YES)


def test_who_waited_and_came_is_asked(town: Town, past: UUID) -> None:
    sixth = _party(town, past, 6)
    town.do(lambda uow: gathering_seats.attend(uow, sixth, 1))
    _say(town, past, 6, Answer.YES)
    with town.core.units.read() as uow:
        assert gathering_seats.found(uow, sixth).answer == Answer.YES


def test_after_a_month_it_is_closed(town: Town, past: UUID) -> None:
    town.clock.go_on(days=29)
    _say(town, past, 1, Answer.YES)
    town.clock.go_on(days=1)
    with pytest.raises(ImpossibleStep):
        _say(town, past, 1, Answer.NOT_YET)


def test_the_desk_reads_no_fewer_than_five(town: Town, past: UUID) -> None:
    for number in range(1, 5):
        _say(town, past, number, Answer.YES, f"Zin {number}")
    with town.core.units.read() as uow:
        few = afterwards.answers_of(uow, past)
    assert set(few.counts.values()) == {None}
    assert few.sentences == []
    _say(town, past, 5, Answer.YES, "Zin 5")
    with town.core.units.read() as uow:
        found = afterwards.answers_of(uow, past)
    assert found.counts == {Answer.YES: 5, Answer.PARTLY: None, Answer.NOT_YET: None}
    assert len(found.sentences) == 5


@pytest.mark.parametrize("kind", GatheringKind)
def test_each_kind_has_a_question_of_its_own(kind: GatheringKind) -> None:
    asked = [afterwards.usual_question(each, "nl") for each in GatheringKind]
    assert len(set(asked)) == len(asked)
    question = afterwards.usual_question(kind, "en")
    assert translations("nl").gettext(question) == afterwards.usual_question(kind, "nl") != question
