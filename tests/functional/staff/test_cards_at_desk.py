"""A card of a class that somebody brings to the desk: scanned or typed, and each yes asked aloud."""

from __future__ import annotations

import re
from typing import Any

from tests.functional.signing_up import answers
from tests.functional.staff.card_class import ALFABED, YES, Class
from tests.functional.staff.conftest import Hire
from volunteer.domain.accounts import Role
from volunteer.models import Candidate, Consent


def test_brought_to_the_desk_the_card_is_scanned_and_each_yes_is_asked_aloud(five: Class, hire: Hire) -> None:
    desk = hire(Role.DESK_WORKER).browser
    desk.get(f"/k/{five.codes()[0]}")
    held = re.search(r'name="held_card" value="(\w+)"', desk.page)
    assert held
    assert "What may Noor of Taalschool Het Alfabed do?" in desk.text
    desk.post("/desk/people/new", person_language="en", held_card=held[1], **YES, **_told())
    (file,) = five.every(Candidate)
    assert file.state == "confirmed"
    given = {each.purpose: each for each in five.every(Consent)}
    assert given["support_worker:sees_progress"].witness == "Noor"
    assert five.counts() == (5, 1, 1)
    assert "Amina" in five.veerle.text
    desk.get("/desk/people/new")
    assert "held_card" not in desk.page


def test_the_desk_types_a_code_and_lays_the_card_aside(five: Class, hire: Hire) -> None:
    desk = hire(Role.DESK_WORKER).browser
    desk.send("/desk/people/new", status=422, blank_card="0000-0000-0000", first_name="Amina")
    assert "This is not a card that works." in desk.text
    desk.post("/desk/people/new", blank_card=five.codes()[0], first_name="Amina")
    assert 'value="Amina"' in desk.page
    assert "held_card" in desk.page
    desk.post("/desk/people/new", without_card="yes", first_name="Amina")
    assert 'value="Amina"' in desk.page
    assert "held_card" not in desk.page


def test_at_the_desk_a_used_card_is_said_before_anything_is_kept(five: Class, hire: Hire) -> None:
    five.comes(five.codes()[0])
    desk = hire(Role.DESK_WORKER).browser
    desk.get(f"/k/{five.codes()[0]}")
    held = re.search(r'name="held_card" value="(\w+)"', desk.page)
    assert held
    desk.post(
        "/desk/people/new",
        status=422,
        person_language="en",
        held_card=held[1],
        **{**_told(), "first_name": "Bilal", "contact_email": "bilal@voorbeeld.example"},
    )
    assert "Somebody used this card before." in desk.text
    assert len(five.every(Candidate)) == 1


def test_a_card_that_stopped_during_the_conversation_is_said_and_not_passed_over(
    five: Class, hire: Hire
) -> None:
    desk = hire(Role.DESK_WORKER).browser
    desk.get(f"/k/{five.codes()[0]}")
    held = re.search(r'name="held_card" value="(\w+)"', desk.page)
    assert held
    five.veerle.get(five.path)
    five.veerle.post(f"{five.path}/stop")
    told: dict[str, Any] = {"person_language": "en", **YES, **_told()}
    desk.post("/desk/people/new", status=422, held_card=held[1], **told)
    assert "This card does not work any more." in desk.text
    assert 'value="Amina"' in desk.page
    assert "held_card" not in desk.page
    assert five.every(Candidate) == []
    desk.post("/desk/people/new", **told)
    assert len(five.every(Candidate)) == 1


def test_a_colleague_of_the_support_worker_is_no_witness_at_the_desk(five: Class, hire: Hire) -> None:
    both = hire(Role.DESK_WORKER, Role.SUPPORT_WORKER, at=ALFABED).browser
    both.send("/desk/people/new", status=422, blank_card=five.codes()[0])
    assert "you cannot be the witness" in both.text


def _told() -> dict[str, Any]:
    """Everything the desk types in one go."""
    given = answers(helps={"consent_needs": "no"})
    return {name: said for page in given.values() for name, said in page.items()}
