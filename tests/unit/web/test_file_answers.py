"""Answers come back from the file as they were given, and a page changes only what it shows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from volunteer.domain.access import ASKED_OF_PEOPLE, Strength
from volunteer.domain.availability import DAYS, PARTS, Availability
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.commitment import STEPS
from volunteer.domain.consent import NECESSARY, Purpose
from volunteer.domain.errors import DomainError
from volunteer.domain.interests import SECTORS, TASKS, Interests
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.places import MUNICIPALITIES
from volunteer.web.choices import spoken_languages
from volunteer.web.forms import signup as reading
from volunteer.web.forms.answers import Answers
from volunteer.web.forms.file_answers import CHANGEABLE, answers_of, changed
from volunteer.web.forms.signup_steps import NEEDS
from volunteer.web.forms.signup_steps import STEPS as PAGES

ROWS = [code for code, _ in spoken_languages()]
OTHERS = [code for code in LANGUAGES if code not in ROWS]
CONTACTS = {
    Channel.SMS: "0470 12 34 56",
    Channel.PHONE: "+33 1 23 45 67 89",
    Channel.EMAIL: "Amina@Voorbeeld.example",
    Channel.LETTER: "Amina\nNieuwstraat 1\n1000 Brussel",
    Channel.SUPPORT_WORKER: "Tom, 02 123 45 67",
    Channel.DESK: "",
}


@st.composite
def forms(draw: st.DrawFn) -> Answers:
    """What a browser sends of all pages together."""
    channel = draw(st.sampled_from(Channel))
    answers: dict[str, Any] = {
        "first_name": draw(st.sampled_from(["Amina", "Jean-Luc  ", "أمينة"])),
        "is_16": "yes",
        "where": draw(st.sampled_from(["", *MUNICIPALITIES])),
        "postal_code": draw(st.sampled_from(["", "1070", "3000"])),
        "where_unknown": draw(st.sampled_from(["", "yes"])),
        "travel_minutes": draw(st.sampled_from(["", "unknown", *reading.WAYS])),
        "tasks_unknown": draw(st.sampled_from(["", "yes"])),
        "days_parts": draw(st.lists(st.sampled_from([f"{day}:{part}" for day in DAYS for part in PARTS]))),
        "flexible": draw(st.sampled_from(["", "yes"])),
        "times_unknown": draw(st.sampled_from(["", "yes"])),
        "commitments": draw(st.lists(st.sampled_from([*STEPS]), unique=True)),
        "commitments_unknown": draw(st.sampled_from(["", "yes"])),
        "channel": str(channel),
        reading.CONTACTS.get(channel, "contact_desk"): CONTACTS[channel],
        "consent_needs": draw(st.sampled_from(["yes", "no"])),
    }
    for way in ("can", "want", "learn"):
        answers[f"tasks_{way}"] = draw(st.lists(st.sampled_from([*TASKS]), max_size=3))
    for code in draw(st.lists(st.sampled_from(ROWS), max_size=4, unique=True)):
        answers[f"level_{code}"] = str(draw(st.integers(0, 4)))
    if draw(st.booleans()):
        answers |= {
            "other_language": draw(st.sampled_from(OTHERS)),
            "other_level": draw(st.sampled_from("1234")),
        }
    for name, purpose in reading.CONSENTS.items():
        answers[name] = "yes" if purpose in NECESSARY else draw(st.sampled_from(["", "yes"]))
    for code in draw(st.lists(st.sampled_from(ASKED_OF_PEOPLE), max_size=4, unique=True)):
        answers[f"need_{code}"] = draw(st.sampled_from(["must", "nice", "no"]))
    return {name: value for name, value in answers.items() if value}


@given(forms())
def test_answers_come_back_from_the_file(form: Answers) -> None:
    file = _read(form)
    assert reading.sign_up(answers_of(file), language="fr") == file


@given(forms(), st.sampled_from([*sorted(CHANGEABLE), *(step.slug for step in NEEDS)]))
def test_a_page_sent_as_it_was_shown_changes_nothing(form: Answers, slug: str) -> None:
    file, page = _read(form), PAGES[slug]
    assert changed(file, page, _shown(file, slug)) == file


@given(forms(), forms(), st.sampled_from([*sorted(CHANGEABLE), *(step.slug for step in NEEDS)]))
def test_a_page_changes_what_it_asks_and_nothing_else(form: Answers, other: Answers, slug: str) -> None:
    """One page of somebody else's answers, on this file: the same as having answered so from the start."""
    file, page = _read(form), PAGES[slug]
    new = {name: value for name, value in other.items() if name in page.names}
    assume(not page.complaints(new))
    kept = {name: value for name, value in answers_of(file).items() if name not in page.names}
    if page.dimension:
        kept["consent_needs"] = "yes"
    try:
        expected = reading.sign_up(page.settle({**kept, **new}), language="fr")
    except DomainError:
        assume(False)
    found = changed(file, page, new)
    assert {**_fields(found), "consents": None} == {**_fields(expected), "consents": None}


@pytest.mark.parametrize("slug", sorted(CHANGEABLE))
def test_what_no_page_can_show_stays(slug: str) -> None:
    file = SignUp(
        first_name="Amina",
        language="fr",
        municipality="elsene",
        travel_minutes=20,
        interests=Interests.of(want=["t.cook"], sectors=[next(iter(SECTORS))]),
        languages={"nl": 2, OTHERS[0]: 4, OTHERS[1]: 3, OTHERS[2]: 0},
        times=Availability.parse("tue 10:00-11:30;2027-03-14 10:00-16:00"),
        channel=Channel.DESK,
        consents=NECESSARY | {Purpose.NEEDS},
        needs={"sv.buddy": Strength.MUST},
    )
    assert changed(file, PAGES[slug], _shown(file, slug)) == file


def test_one_of_two_languages_from_the_long_list_can_go() -> None:
    file = SignUp(
        first_name="Amina", language="fr", channel=Channel.DESK, languages={OTHERS[0]: 4, OTHERS[1]: 3}
    )
    found = changed(file, PAGES["languages"], {})
    assert found.languages == {OTHERS[1]: 3}


def _read(form: Answers) -> SignUp:
    try:
        return reading.sign_up(form, language="fr")
    except DomainError:
        assume(False)
        raise


def _shown(file: SignUp, slug: str) -> Answers:
    """What a browser sends when somebody opens the page and presses the button: what it has fields for."""
    answers = answers_of(file)
    rows = {f"level_{code}" for code in ROWS}
    return {
        name: value
        for name, value in answers.items()
        if name in PAGES[slug].names and (not name.startswith("level_") or name in rows)
    }


def _fields(file: SignUp) -> dict[str, Any]:
    return {name: getattr(file, name) for name in SignUp.__slots__}
