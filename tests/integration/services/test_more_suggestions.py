"""Others than those on the list, the short list, and the signal that nothing fits."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.integration.services.conftest import Town
from tests.integration.services.test_refusals import listed, suggestion_of
from volunteer.domain.candidates import Channel
from volunteer.domain.consent import GivenHow
from volunteer.domain.errors import InvalidValue, NotFound
from volunteer.domain.signals import SignalCause
from volunteer.matching.catalogue import Catalogue
from volunteer.models import Candidate, Consent, NeedReading, Opportunity, Signal, SuggestionList
from volunteer.queries.signals import open_signals
from volunteer.queries.suggestions import newest_list
from volunteer.services import introductions, refusals, shortlists, signals, suggestions
from volunteer.unit_of_work import UnitOfWork


def newest(town: Town, person: UUID) -> SuggestionList:
    with town.core.units.read() as uow:
        made = newest_list(uow.session, person)
        assert made is not None
        return made


def show_others(town: Town, person: UUID) -> list[UUID]:
    """Ask for others and let the worker look, as the page does."""
    after = newest(town, person).id
    town.clock.go_on(seconds=1)
    with town.core.units.write() as uow:
        event_id = suggestions.ask_for_others(uow, uow.session.get_one(Candidate, person), after)
        suggestions.make(uow, person, event_id=event_id, catalogue=Catalogue(), after_id=after)
    return listed(town, person)


def test_others_are_the_next_best_until_nothing_is_left_and_the_first_stay(town: Town) -> None:
    roles = {town.role(town.organisation(f"Huis {number}")) for number in range(11)}
    person = town.person()
    first = newest(town, person)
    on_first = listed(town, person)
    on_second = show_others(town, person)
    assert len(on_first) == 8
    assert set(on_first) | set(on_second) == roles
    assert not set(on_first) & set(on_second)
    assert [each.rank for each in newest(town, person).suggestions] == [9, 10, 11]
    assert show_others(town, person) == []
    with town.core.units.read() as uow:
        kept = suggestions.current(uow, person, first.id) or []
    assert [each.suggestion.opportunity_id for each in kept] == on_first


def test_others_heed_what_was_refused_meanwhile(town: Town) -> None:
    for number in range(10):
        town.role(town.organisation(f"Huis {number}"))
    person = town.person()
    gone = listed(town, person)[0]
    suggestion_id = suggestion_of(town, person, gone)
    town.do(lambda uow: refusals.refuse(uow, uow.session.get_one(Candidate, person), suggestion_id))
    assert gone not in show_others(town, person)


def test_nobody_asks_for_others_on_the_list_of_somebody_else(town: Town) -> None:
    town.role(town.organisation())
    person, other = town.person(), town.person(channel=Channel.DESK, contact=None)
    with pytest.raises(NotFound), town.core.units.write() as uow:
        suggestions.ask_for_others(uow, uow.session.get_one(Candidate, other), newest(town, person).id)
    with town.core.units.read() as uow:
        assert suggestions.current(uow, other, newest(town, person).id) is None


def saved(town: Town, person: UUID) -> list[UUID]:
    with town.core.units.read() as uow:
        return [each.opportunity_id for each in shortlists.saved(uow, person)]


def save(town: Town, person: UUID, role: UUID) -> None:
    suggestion_id = suggestion_of(town, person, role)
    town.do(lambda uow: shortlists.save(uow, uow.session.get_one(Candidate, person), suggestion_id))


def test_what_is_saved_stays_after_newer_lists_and_when_it_is_over(town: Town) -> None:
    role, other = town.role(town.organisation()), town.role(town.organisation("Twee"))
    person = town.person()
    for each in (role, other):
        town.clock.go_on(seconds=1)
        save(town, person, each)
    town.look(person)
    save(town, person, role)
    with town.core.units.write() as uow:
        uow.session.get_one(Opportunity, other).state = "closed"
    town.look(person)
    assert saved(town, person) == [role, other], "each once, in the order of saving"
    latest = suggestion_of(town, person, role)
    town.do(lambda uow: shortlists.take_out(uow, uow.session.get_one(Candidate, person), latest))
    assert saved(town, person) == [other]


def test_what_is_refused_is_saved_no_more(town: Town) -> None:
    role = town.role(town.organisation())
    person = town.person()
    suggestion_id = suggestion_of(town, person, role)
    town.do(lambda uow: shortlists.save(uow, uow.session.get_one(Candidate, person), suggestion_id))
    town.do(lambda uow: refusals.refuse(uow, uow.session.get_one(Candidate, person), suggestion_id))
    assert saved(town, person) == []


def give(town: Town, person: UUID, cause: SignalCause, words: str = "") -> UUID:
    with town.core.units.write() as uow:
        return signals.give(uow, uow.session.get_one(Candidate, person), cause, words=words).id


def test_a_signal_waits_for_the_desk_sealed_and_its_reading_is_written_down(town: Town) -> None:
    person = town.person()
    signal_id = give(town, person, SignalCause.NEEDS, "Geen lift")
    with town.core.units.write() as uow:
        (signal,) = open_signals(uow.session)
        assert (signal.id, signal.candidate.id) == (signal_id, person)
        assert b"lift" not in signal.detail_sealed
        said = signals.read(uow, signal, reader="account:1")
        assert (said.cause, said.words) == (SignalCause.NEEDS, "Geen lift")
    with town.core.units.read() as uow:
        read = uow.session.scalars(select(NeedReading).where(NeedReading.purpose == "signal")).all()
        assert [each.reader for each in read] == ["account:1"]
    town.do(lambda uow: signals.close(uow, signal_id, account_id=town.account_id))
    with town.core.units.read() as uow:
        assert open_signals(uow.session) == []
        assert uow.session.get_one(Signal, signal_id).closed_by == f"account:{town.account_id}"


def test_every_signal_is_as_long_as_another(town: Town) -> None:
    people = [town.person(), town.person(contact="+32470111111")]
    give(town, people[0], SignalCause.NEAR)
    give(town, people[1], SignalCause.OTHER, "é" * 300)
    with town.core.units.read() as uow:
        assert len({len(each.detail_sealed) for each in open_signals(uow.session)}) == 1


def test_said_again_it_takes_the_place_of_what_is_open(town: Town) -> None:
    person = town.person()
    first = give(town, person, SignalCause.NEAR)
    assert give(town, person, SignalCause.HOURS) == first
    town.do(lambda uow: signals.close(uow, first, account_id=town.account_id))
    assert give(town, person, SignalCause.HOURS) != first


def test_a_national_number_is_refused_and_nothing_is_kept(town: Town) -> None:
    person = town.person()
    with pytest.raises(InvalidValue):
        give(town, person, SignalCause.OTHER, "85.07.30-033.28")
    with town.core.units.read() as uow:
        assert open_signals(uow.session) == []


def test_a_signal_that_is_not_there(town: Town) -> None:
    with pytest.raises(NotFound), town.core.units.write() as uow:
        signals.close(uow, uuid4(), account_id=town.account_id)


def test_at_the_desk_a_wish_is_spoken_before_a_witness(town: Town) -> None:
    role = town.role(town.organisation())
    person = town.person()
    suggestion_id = suggestion_of(town, person, role)

    def ask(uow: UnitOfWork) -> None:
        introductions.request(
            uow,
            uow.session.get_one(Candidate, person),
            suggestion_id,
            introductions.Choice(),
            given_how=GivenHow.DESK,
            witness="Yasmina",
        )

    town.do(ask)
    with town.core.units.read() as uow:
        given = uow.session.scalars(select(Consent).where(Consent.purpose.startswith("share_with"))).one()
    assert (given.given_how, given.witness) == (GivenHow.DESK, "Yasmina")
