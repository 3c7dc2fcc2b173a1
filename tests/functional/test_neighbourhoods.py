"""Naming one's neighbourhood, where the map of districts is loaded and where it is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from tests.factories.city_map import ELSENE, load_districts
from tests.functional.browsing import Browser
from tests.functional.signing_up import answers, sign_up
from volunteer.bootstrap import Core
from volunteer.domain.opportunities import Place
from volunteer.models import Candidate, District


def where(browser: Browser) -> str:
    sign_up(browser, until="where")
    browser.get("/signup/where")
    return browser.page


def only_candidate(core: Core) -> Candidate:
    with core.units.read() as uow:
        return uow.session.scalars(select(Candidate)).one()


def test_without_districts_nobody_is_asked(browser: Browser, core: Core) -> None:
    assert 'name="district"' not in where(browser)
    sign_up(browser)
    assert only_candidate(core).district is None


def test_neighbourhoods_stand_under_their_municipality_in_the_reader_s_language(
    browser: Browser, core: Core
) -> None:
    load_districts(core)
    page = where(browser)
    groups = re.findall(r'<optgroup label="([^"]+)" data-of="([^"]+)">(.*?)</optgroup>', page, re.DOTALL)
    offered = {
        (label, code): re.findall(r'value="(\w+)">([^<]+)<', options) for label, code, options in groups
    }
    assert offered == {
        ("Anderlecht", "anderlecht"): [("A1", "Sluis / Écluse")],
        ("Ixelles", "elsene"): [
            ("E2", "Heuvel / Colline"),
            ("E1", "Vijverwijk / Quartier de l&#39;Étang"),
        ],
    }
    browser.get("/language/nl?next=/signup/where")
    assert ">Vijverwijk</option>" in browser.page


@pytest.mark.parametrize("given", [{"where": "elsene"}, {}, {"postal_code": "1000"}])
def test_who_names_a_neighbourhood_lives_there(browser: Browser, core: Core, given: dict[str, str]) -> None:
    load_districts(core)
    sign_up(browser, answers(where={"district": "E2", **given}), until="check")
    browser.get("/signup/check")
    assert "Heuvel / Colline" in browser.text
    browser.send("/signup/check")
    candidate = only_candidate(core)
    assert (candidate.district, candidate.municipality) == ("E2", "elsene")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"where": "elsene", "district": "A1"}, "This neighbourhood is in another municipality."),
        ({"where": "elsene", "district": "Z9"}, "Choose a neighbourhood from the list."),
    ],
)
def test_a_neighbourhood_that_does_not_go_with_the_rest_is_asked_again(
    browser: Browser, core: Core, given: dict[str, str], message: str
) -> None:
    load_districts(core)
    sign_up(browser, until="where")
    browser.send("/signup/where", status=422, **given)
    assert message in browser.text
    assert 'id="district-error"' in browser.page


def test_who_would_rather_not_say_names_no_neighbourhood(browser: Browser, core: Core) -> None:
    load_districts(core)
    sign_up(browser, answers(where={"district": "E2", "where_unknown": "yes"}))
    candidate = only_candidate(core)
    assert (candidate.district, candidate.municipality) == (None, None)


def test_a_map_that_is_gone_in_the_meantime_is_said_at_the_end(browser: Browser, core: Core) -> None:
    load_districts(core)
    sign_up(browser, answers(where={"where": "elsene", "district": "E2"}), until="check")
    with core.units.write() as uow:
        uow.session.execute(delete(District))
    browser.get("/signup/check")
    browser.send("/signup/check", status=422)
    assert "Choose a neighbourhood from the list." in browser.text
    browser.send("/signup/where?to=check", where="elsene")
    browser.send("/signup/check")
    assert only_candidate(core).municipality == "elsene"


def test_a_card_names_the_neighbourhood_of_the_role(
    browser: Browser, core: Core, post_role: Callable[..., UUID], work: Callable[[], None]
) -> None:
    load_districts(core)
    post_role(place=Place(municipality="elsene", latitude=ELSENE.latitude, longitude=ELSENE.longitude))
    browser.get("/language/nl?next=/signup/name")
    sign_up(browser)
    work()
    browser.get("/me/suggestions/list")
    assert "Vijverwijk, Elsene" in browser.text
