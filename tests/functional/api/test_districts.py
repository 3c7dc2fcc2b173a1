"""Districts through the API: read, named by a person, given to a place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from tests.factories.city_map import ELSENE, SIDE, load_districts
from tests.functional.api.conftest import Join, Program, a_posting, a_sign_up
from volunteer.bootstrap import Core
from volunteer.models import Candidate
from volunteer.web.api.registration import PREFIX


def test_without_a_map_there_are_none(client: Program) -> None:
    assert client.get(f"{PREFIX}/districts").json == {"districts": []}


def test_each_is_named_with_its_municipality(client: Program, core: Core) -> None:
    load_districts(core)
    found = client.get(f"{PREFIX}/districts").json["districts"]
    assert [(each["code"], each["municipality"]) for each in found] == [
        ("A1", "anderlecht"),
        ("E1", "elsene"),
        ("E2", "elsene"),
    ]
    assert found[1]["names"] == {"nl": "Vijverwijk", "fr": "Quartier de l'Étang"}


def test_a_person_names_theirs(client: Program, core: Core, enrol: Callable[..., dict[str, Any]]) -> None:
    load_districts(core)
    enrolled = enrol(district="E2", municipality=None)
    with core.units.read() as uow:
        candidate = uow.session.get_one(Candidate, UUID(enrolled["id"]))
        assert (candidate.district, candidate.municipality) == ("E2", "elsene")


@pytest.mark.parametrize("wrong", ["A1", "Z9"])
def test_one_that_is_not_there_or_elsewhere_is_refused(client: Program, core: Core, wrong: str) -> None:
    load_districts(core)
    answer = client.post(f"{PREFIX}/candidates", json=a_sign_up(district=wrong, municipality="elsene"))
    assert (answer.status_code, answer.json["field"]) == (422, "district")
    assert client.post(f"{PREFIX}/candidates", json=a_sign_up(district="E1")).status_code == 201


def test_a_place_gets_the_district_around_its_point(client: Program, core: Core, join: Join) -> None:
    load_districts(core)
    member = join()
    place = {"street": "Plein 1", "latitude": ELSENE.latitude, "longitude": ELSENE.longitude}
    role = post(client, member.headers, place=place)
    assert role["place"]["district"] == "E1"
    moved = {**place, "longitude": ELSENE.longitude + 2 * SIDE, "district": "E1"}
    changed = client.patch(
        f"{PREFIX}/opportunities/{role['id']}", json={"place": moved}, headers=member.headers
    )
    assert changed.json["place"]["district"] == "E2"


def test_a_place_without_a_point_may_name_its_district(client: Program, core: Core, join: Join) -> None:
    load_districts(core)
    member = join()
    role = post(client, member.headers, place={"district": "E1"})
    assert (role["place"]["district"], role["place"]["municipality"]) == ("E1", "elsene")
    other = post(client, member.headers, place={"district": "E2"})
    assert other["place"]["district"] == "E2"
    where = f"{PREFIX}/opportunities/{role['id']}"
    renamed = client.patch(where, json={"title": "Soep"}, headers=member.headers).json
    assert renamed["place"] == role["place"]
    wrong = client.patch(where, json={"place": {"district": "Z9"}}, headers=member.headers)
    assert wrong.status_code == 422


def post(client: Program, headers: dict[str, str], **content: Any) -> dict[str, Any]:
    response = client.post(f"{PREFIX}/opportunities", json=a_posting(**content), headers=headers)
    assert response.status_code == 201, response.json
    assert isinstance(response.json, dict)
    return response.json
