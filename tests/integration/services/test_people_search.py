"""Somebody is found again however their name is written, and a second file is noticed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.integration.services.conftest import Town
from volunteer.domain.candidates import Channel
from volunteer.models import Candidate
from volunteer.queries.cards import newest_card
from volunteer.queries.people import possible_duplicates
from volunteer.services import duplicates, people_search
from volunteer.services.duplicates import Traits


def _found(town: Town, query: str) -> list[str]:
    with town.core.units.read() as uow:
        return [each.first_name for each in people_search.search(uow, query).people]


def _person(town: Town, name: str, **answers: Any) -> UUID:
    return town.person(first_name=name, **{"channel": Channel.DESK, "contact": None, **answers})


@pytest.fixture
def crowd(town: Town) -> Town:
    for name in ("Muhammad", "Mohamed", "Fatima", "Élise", "Jean", "Jan", "Yusuf"):
        _person(town, name)
    return town


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("mohammed", {"Mohamed", "Muhammad"}),
        ("MOHAMED", {"Mohamed"}),
        ("fatma", {"Fatima"}),
        ("elise", {"Élise"}),
        ("youssef", {"Yusuf"}),
        ("jean", {"Jean"}),
        ("moh", {"Mohamed"}),
        ("fatmi", {"Fatima"}),
    ],
)
def test_a_name_is_found_by_its_sound_its_beginning_or_a_slip(
    crowd: Town, query: str, first: set[str]
) -> None:
    assert _found(crowd, query)[0] in first


def test_spelt_as_it_is_comes_before_what_only_sounds_so(crowd: Town) -> None:
    assert _found(crowd, "muhammad")[:2] == ["Muhammad", "Mohamed"]
    assert "Jan" not in _found(crowd, "jean")[:1]


def test_a_place_beside_the_name_makes_them_fewer(town: Town) -> None:
    _person(town, "Amina", postal_code="1000")
    _person(town, "Amina", municipality="elsene")
    _person(town, "Amina", postal_code="1050")
    assert len(_found(town, "amina")) == 3
    assert len(_found(town, "amina 1050")) == 2, "who gave only the municipality of this code lives there too"
    assert len(_found(town, "Amina Elsene")) == 2
    assert len(_found(town, "ixelles")) == 2
    assert len(_found(town, "1000")) == 1


def test_number_address_and_card_find_exactly_one(town: Town) -> None:
    _person(town, "Amina")
    person = _person(town, "Bilal", channel=Channel.SMS, contact="+32470111111")
    _person(town, "Chloé", channel=Channel.EMAIL, contact="chloe@voorbeeld.example")
    with town.core.units.read() as uow:
        card = newest_card(uow.session, person)
        assert card is not None
        number = card.number
    assert _found(town, "0470 11 11 11") == ["Bilal"]
    assert _found(town, "+32 470 11 11 11") == ["Bilal"]
    assert _found(town, "Chloe@Voorbeeld.example ") == ["Chloé"]
    assert _found(town, number) == ["Bilal"]
    assert _found(town, number.removeprefix("K-").replace("-", "")) == ["Bilal"]


def test_organisations_are_found_by_a_part_of_their_name(town: Town) -> None:
    town.organisation("Buurtkeuken Pollepel")
    town.organisation("Pollepel & Co")
    with town.core.units.read() as uow:
        found = people_search.search(uow, "pollépel").organisations
    assert [each.name for each in found] == ["Pollepel & Co", "Buurtkeuken Pollepel"]


@pytest.mark.parametrize("query", ["", "   ", "%", "_", "'; drop table", "🙂", "x" * 5000, "١٢٣", "0" * 60])
def test_whatever_is_typed_breaks_nothing_and_finds_nobody(crowd: Town, query: str) -> None:
    assert _found(crowd, query) == []


def test_names_from_before_are_listened_to(town: Town) -> None:
    _person(town, "Khadija")
    town.do(lambda uow: uow.session.execute(text("UPDATE candidates SET sound_key = NULL")))
    assert town.do(people_search.listen) == 1
    assert town.do(people_search.listen) == 0
    assert _found(town, "hadidja") == ["Khadija"]


@pytest.mark.parametrize(
    ("traits", "is_alike"),
    [
        (Traits("Mohammed", "+32470111111"), True),
        (Traits("Mohammed", postal_code="1080"), True),
        (Traits("Muhammad", municipality="sint-jans-molenbeek"), True),
        (Traits("Mohammed", "+32470999999", postal_code="1000"), False),
        (Traits("Karim", "+32470111111", postal_code="1080"), False),
        (Traits("Mohammed"), False),
        (Traits("😀", "+32470111111"), False),
    ],
)
def test_the_rule_is_sound_and_contact_or_place(town: Town, traits: Traits, is_alike: bool) -> None:
    person = _person(town, "Mohamed", channel=Channel.SMS, contact="+32470111111", postal_code="1080")
    with town.core.units.read() as uow:
        assert [each.id for each in duplicates.files_like(uow, traits)] == ([person] if is_alike else [])


def test_the_desk_hears_of_files_that_are_perhaps_twice_until_it_tells_them_apart(town: Town) -> None:
    older = _person(town, "Yusuf", postal_code="1000")
    town.clock.go_on(days=2)
    _person(town, "Joke", postal_code="1000")
    newer = _person(town, "Youssef", postal_code="1000")

    def pairs() -> list[tuple[UUID, UUID]]:
        with town.core.units.read() as uow:
            return [(each.older_id, each.newer_id) for each in possible_duplicates(uow.session, now=uow.now)]

    assert pairs() == [(older, newer)]
    for _ in range(2):
        town.do(
            lambda uow: duplicates.tell_apart(
                uow, uow.session.get_one(Candidate, newer), [older], account_id=town.account_id
            )
        )
    assert pairs() == []
    with town.core.units.read() as uow:
        assert duplicates.others_like(uow, uow.session.get_one(Candidate, older)) == []


def test_what_is_old_is_not_brought_up_again(town: Town) -> None:
    for _ in range(2):
        _person(town, "Yusuf", postal_code="1000")
        town.clock.go_on(seconds=5)
    town.clock.go_on(days=timedelta(days=31).days)
    with town.core.units.read() as uow:
        assert possible_duplicates(uow.session, now=uow.now) == []


def _organisations(town: Town, query: str) -> list[str]:
    with town.core.units.read() as uow:
        return [each.name for each in people_search.search(uow, query).organisations]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("polepel", "Buurtkeuken Pollepel"),
        ("buurtkeuke pollepel", "Buurtkeuken Pollepel"),
        ("chez mohamed", "Chez Muhammad"),
        ("de brug molenbek", "De Brug Molenbeek"),
        ("atelje", "Ateljee Noord"),
        ("xyzzyx", None),
        ("%", None),
    ],
)
def test_organisations_are_found_by_ear_and_with_a_slip(town: Town, query: str, found: str | None) -> None:
    for name in ("Buurtkeuken Pollepel", "Chez Muhammad", "De Brug Molenbeek", "Ateljee Noord"):
        town.organisation(name)
    assert _organisations(town, query) == ([found] if found else [])


def test_names_of_organisations_from_before_are_listened_to(town: Town) -> None:
    town.organisation("Chez Muhammad")
    town.do(lambda uow: uow.session.execute(text("UPDATE organisations SET name_sounds = NULL")))
    assert town.do(people_search.listen) == 1
    assert town.do(people_search.listen) == 0
    assert _organisations(town, "mohamed") == ["Chez Muhammad"]


def test_a_number_that_nobody_has_finds_who_was_invented_with_it(town: Town) -> None:
    _person(town, "Bilal", channel=Channel.SMS, contact="+32400123456")
    assert _found(town, "0400 12 34 56") == ["Bilal"]
    assert _found(town, "+32 400 12 34 56") == ["Bilal"]


@pytest.mark.parametrize("query", ["93.05.18-223.61", "93051822361", "32.03.24-499.56", "32032449956"])
def test_a_national_number_is_never_taken_for_a_phone_number(query: str) -> None:
    assert not people_search.kept_of(query)
