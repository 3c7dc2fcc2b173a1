"""What would open more: in words, to an organisation; and of the city, to the desk."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from tests.functional.staff.conftest import POLLEPEL, Hire
from volunteer.bootstrap import Core
from volunteer.domain.access import FEATURES, Answer, Strength
from volunteer.domain.accounts import Role
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import NECESSARY, Purpose
from volunteer.domain.opportunities import Place
from volunteer.matching.catalogue import Catalogue
from volunteer.services import candidates, figures

STEP_FREE = "ph.step_free_entrance"
PostRole = Callable[..., UUID]


@pytest.fixture
def crowd(core: Core) -> Callable[..., None]:
    """Enrols people; then the night passes."""

    def enrol(**numbers: int) -> None:
        for code, number in numbers.items():
            for _ in range(number):
                sign_up = SignUp(
                    first_name="Amina",
                    language="nl",
                    channel=Channel.DESK,
                    needs={code.replace("__", "."): Strength.MUST} if code != "nothing" else {},
                    consents=NECESSARY | {Purpose.NEEDS},
                )
                with core.units.write() as uow:
                    candidates.enrol(uow, sign_up, origin="page")
        figures.refresh(core.units, Catalogue())

    return enrol


@pytest.mark.parametrize(
    ("language", "do", "people"),
    [
        ("en", "If you arranged this at Kaai 3: “%s”", "about 10 more people"),
        ("nl", "Als jullie dit regelden op het adres Kaai 3: “%s”", "ongeveer 10 mensen meer"),
        ("fr", "Si vous arrangiez ceci à l’adresse Kaai 3 : « %s »", "environ 10 personnes de plus"),
    ],
)
def test_an_organisation_reads_what_it_could_do(
    post_role: PostRole, hire: Hire, crowd: Callable[..., None], language: str, do: str, people: str
) -> None:
    post_role(access={STEP_FREE: Answer.NO}, place=Place(street="Kaai 3", municipality="elsene"))
    crowd(ph__step_free_entrance=12, sv__buddy=7, nothing=20)
    browser = hire(Role.VIEWER, language=language).browser
    browser.get("/organisation")
    assert f"{do % FEATURES[STEP_FREE].label(language)} {people}" in browser.text
    assert FEATURES["sv.buddy"].label(language) in browser.text
    assert browser.page.count(people.replace("10", "5")) == 1


def test_without_figures_there_is_no_section(post_role: PostRole, hire: Hire) -> None:
    post_role()
    browser = hire(Role.OWNER).browser
    browser.get("/organisation")
    assert "What would open more?" not in browser.text


def test_another_organisation_reads_nothing_of_it(
    post_role: PostRole, hire: Hire, crowd: Callable[..., None]
) -> None:
    post_role(access={STEP_FREE: Answer.NO}, place=Place(street="Kaai 3", municipality="elsene"))
    crowd(ph__step_free_entrance=12, nothing=20)
    browser = hire(Role.OWNER, at="Atelier Draad en Daad").browser
    browser.get("/organisation")
    assert "Kaai 3" not in browser.text


def test_the_desk_reads_what_would_open_most(
    post_role: PostRole, hire: Hire, crowd: Callable[..., None]
) -> None:
    for number in range(8):
        post_role(organisation=f"Huis {number}", access={STEP_FREE: Answer.NO})
    browser = hire(Role.DESK_WORKER).browser
    browser.get("/desk/figures")
    assert "Nobody was counted yet." in browser.text
    crowd(ph__step_free_entrance=12, nothing=20)
    browser.get("/desk")
    assert 'href="/desk/figures"' in browser.page
    browser.get("/desk/figures")
    assert "If organisations arranged this: “Entrance without steps” about 10 more people" in browser.text
    assert POLLEPEL not in browser.text
    assert "Huis" not in browser.text
