"""Districts and travel times go in whole or not at all, and everything that names a place follows them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.factories.city_map import DISTRICTS, ELSENE, SIDE, TOWNS, feature, geojson, square
from tests.fakes import HandClock, RecordingBell
from tests.integration.commands import volunteer
from volunteer.bootstrap import Core, make_core
from volunteer.config import Settings
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import NECESSARY
from volunteer.domain.opportunities import Place, Posting
from volunteer.domain.places import Position
from volunteer.matching.catalogue import Catalogue
from volunteer.matching.scoring import CLOSE_BY_MINUTES
from volunteer.models import Candidate, District, ImportRun, OutboxEvent, TravelTime, Venue
from volunteer.queries.travel import travel_rows
from volunteer.services import candidates, opportunities, organisations, suggestions


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    made = make_core(settings, clock=HandClock(), bell=RecordingBell())
    yield made
    made.engine.dispose()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def written(path: Path, features: list[dict[str, Any]]) -> str:
    path.write_text(geojson(features), "utf-8")
    return str(path)


def read_map(settings: Settings, folder: Path, features: list[dict[str, Any]], *options: str) -> Any:
    return volunteer(
        settings, "import", "districts", written(folder / "map.geojson", features), "--source", "Us", *options
    )


def rows(core: Core, table: type[Any]) -> list[Any]:
    with core.units.read() as uow:
        return list(uow.session.scalars(select(table)))


def events(core: Core) -> list[str]:
    with core.units.read() as uow:
        return list(uow.session.scalars(select(OutboxEvent.type).order_by(OutboxEvent.seq)))


def post(core: Core, **place: Any) -> UUID:
    with core.units.write() as uow:
        organisation = organisations.by_name(uow, "De Kring", language="nl")
        uow.session.flush()
        posting = Posting(title="Soep", description="", language="nl", place=Place(**place))
        return opportunities.post(uow, posting, organisation_id=organisation.id, said_by="test").id


def enrol(core: Core, **answers: Any) -> UUID:
    sign_up = SignUp(
        first_name="Amal", language="nl", channel=Channel.DESK, consents=frozenset(NECESSARY), **answers
    )
    with core.units.write() as uow:
        return candidates.enrol(uow, sign_up, origin="page")[0].id


def test_a_map_goes_in_with_its_names_and_municipalities(
    settings: Settings, core: Core, folder: Path
) -> None:
    towns = written(folder / "towns.geojson", TOWNS)
    result = read_map(settings, folder, DISTRICTS, "--municipalities", towns)
    assert "3 added" in result.output
    assert "code “code”, names nl “name_nl”, fr “name_fr”" in result.output
    found = {each.code: each for each in rows(core, District)}
    assert found["E1"].names == {"nl": "Vijverwijk", "fr": "Quartier de l'Étang"}
    assert {code: each.municipality for code, each in found.items()} == {
        "E1": "elsene",
        "E2": "elsene",
        "A1": "anderlecht",
    }
    assert (found["E1"].latitude, found["E1"].longitude) == pytest.approx(ELSENE)
    run = rows(core, ImportRun)[-1]
    assert (run.kind, run.added, run.source) == ("districts", 3, "Us")
    assert events(core) == ["districts_imported"]


def test_the_same_map_again_changes_nothing_and_tells_nobody(
    settings: Settings, core: Core, folder: Path
) -> None:
    read_map(settings, folder, DISTRICTS)
    result = read_map(settings, folder, DISTRICTS)
    assert "0 added, 0 changed, 3 unchanged" in result.output
    assert events(core) == ["districts_imported"]


def test_a_new_map_takes_the_place_of_the_old_one(settings: Settings, core: Core, folder: Path) -> None:
    read_map(settings, folder, DISTRICTS)
    renamed = {**DISTRICTS[0], "properties": {**DISTRICTS[0]["properties"], "name_nl": "Meer"}}
    result = read_map(settings, folder, [renamed, DISTRICTS[2]])
    assert "0 added, 1 changed, 1 unchanged" in result.output
    assert "Gone, because the file does not have them: E2." in result.output
    assert {each.code: each.names["nl"] for each in rows(core, District)} == {"E1": "Meer", "A1": "Sluis"}
    assert events(core) == ["districts_imported"] * 2


def test_a_dry_run_writes_nothing(settings: Settings, core: Core, folder: Path) -> None:
    assert "3 added" in read_map(settings, folder, DISTRICTS, "--dry-run").output
    assert (rows(core, District), rows(core, ImportRun), events(core)) == ([], [], [])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "not JSON: it breaks off at line 1, column 1"),
        ('{"type": "FeatureCollection",\n "features": [', "not JSON: it breaks off at line 2"),
        ("[" * 100_000, "of a kind that no map is made of"),
        ("[]", "no GeoJSON FeatureCollection: its “type” is missing"),
        ('{"type": "Topology"}', "its “type” is “Topology”"),
        ('{"type": "FeatureCollection"}', "holds no features"),
        ('{"type": "FeatureCollection", "features": []}', "holds no features"),
        ('{"type": "FeatureCollection", "features": [3]}', "Item 1 is no GeoJSON feature"),
        (
            '{"type": "FeatureCollection", "crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::31370"}}}',
            "save it in WGS 84 (EPSG:4326)",
        ),
    ],
)
def test_a_file_that_is_no_map_is_refused_in_words(
    settings: Settings, core: Core, folder: Path, content: str, said: str
) -> None:
    path = folder / "broken.geojson"
    path.write_text(content, "utf-8")
    result = volunteer(settings, "import", "districts", str(path), fails=True)
    assert said in result.output
    assert "Traceback" not in result.output
    assert rows(core, District) == []


@pytest.mark.parametrize(
    ("features", "said"),
    [
        ([*DISTRICTS, DISTRICTS[0]], "feature 4, property “code”: “E1” is the code of feature 1 already."),
        ([*DISTRICTS, feature(None, code="X", name_nl="X")], "feature 4: It has no outline."),
        (
            [*DISTRICTS, feature({"type": "Point", "coordinates": [4.3, 50.8]}, code="X", name_nl="X")],
            "feature 4: Its outline is no polygon but “Point”.",
        ),
        (
            [feature(square(Position(170_000, 149_000)), code="X", name_nl="X")],
            "feature 1: Its coordinates (149000, 170000) are no degrees: save the file in WGS 84",
        ),
        (
            [feature(square(Position(ELSENE.longitude, ELSENE.latitude)), code="X", name_nl="X")],
            "The longitude comes first: is it the other way round?",
        ),
        (
            [*DISTRICTS, feature(square(ELSENE), code="", name_nl="X")],
            "feature 4, property “code”: This must be",
        ),
        (
            [*DISTRICTS, feature(square(ELSENE), code="X")],
            "feature 4, property “name_nl and name_fr”: It has no name.",
        ),
        (
            [feature(square(ELSENE), name_nl="X")],
            "No property looks like a code: name one with --code-property.",
        ),
        ([feature(square(ELSENE), code="X")], "No property looks like a name"),
    ],
)
def test_one_wrong_feature_keeps_the_whole_map_out(
    settings: Settings, core: Core, folder: Path, features: list[dict[str, Any]], said: str
) -> None:
    result = volunteer(settings, "import", "districts", written(folder / "map.geojson", features), fails=True)
    assert said in result.output
    assert rows(core, District) == []


def test_properties_may_be_named_by_hand(settings: Settings, core: Core, folder: Path) -> None:
    mine = [feature(square(ELSENE), ref=7.0, titel="Heuvel", stad="1050")]
    options = ("--code-property", "ref", "--name-nl", "titel", "--municipality-property", "stad")
    read_map(settings, folder, mine, *options)
    (found,) = rows(core, District)
    assert (found.code, found.names, found.municipality) == ("7", {"nl": "Heuvel"}, "elsene")
    result = volunteer(
        settings,
        "import",
        "districts",
        written(folder / "map.geojson", mine),
        "--code-property",
        "nummer",
        fails=True,
    )
    assert "No feature has a property “nummer”. The file has ref, titel, stad." in result.output


def test_a_district_outside_the_other_map_is_named(settings: Settings, core: Core, folder: Path) -> None:
    towns = written(folder / "towns.geojson", TOWNS[:1])
    result = volunteer(
        settings,
        "import",
        "districts",
        written(folder / "map.geojson", DISTRICTS),
        "--municipalities",
        towns,
        fails=True,
    )
    assert "feature 3: It lies in none of the municipalities of the other file." in result.output


def test_venues_are_placed_when_they_are_saved_and_when_the_map_changes(
    settings: Settings, core: Core, folder: Path
) -> None:
    inside = {"street": "Plein 1", "latitude": ELSENE.latitude, "longitude": ELSENE.longitude}
    post(core, **inside)
    read_map(settings, folder, DISTRICTS)
    post(core, street="Plein 2", latitude=ELSENE.latitude, longitude=ELSENE.longitude + 2 * SIDE)
    post(core, street="Plein 3", latitude=51.2, longitude=4.4)
    post(core, street="Plein 4", municipality="elsene")
    placed = {each.street: each.district for each in rows(core, Venue)}
    assert placed == {"Plein 1": "E1", "Plein 2": "E2", "Plein 3": None, "Plein 4": None}
    read_map(settings, folder, DISTRICTS[1:])
    assert {each.street: each.district for each in rows(core, Venue)} == {**placed, "Plein 1": None}


def test_a_list_of_roles_is_placed_too(settings: Settings, core: Core, folder: Path) -> None:
    read_map(settings, folder, DISTRICTS)
    path = folder / "roles.csv"
    path.write_text(
        "external_id,organisation,title,street,latitude,longitude\n"
        f"r1,De Kring,Soep,Plein 1,{ELSENE.latitude},{ELSENE.longitude}\n",
        "utf-8",
    )
    volunteer(settings, "import", "opportunities", str(path))
    assert [each.district for each in rows(core, Venue)] == ["E1"]


def test_a_named_district_that_is_gone_is_forgotten(settings: Settings, core: Core, folder: Path) -> None:
    read_map(settings, folder, DISTRICTS)
    enrol(core, municipality="elsene", district="E2")
    enrol(core, municipality="elsene", district="E1")
    result = read_map(settings, folder, [DISTRICTS[0], DISTRICTS[2]])
    assert "1 people had named a district that is gone" in result.output
    assert sorted(each.district or "" for each in rows(core, Candidate)) == ["", "E1"]


def test_a_person_lives_at_the_label_point_of_the_district_they_named(
    settings: Settings, core: Core, folder: Path
) -> None:
    read_map(settings, folder, DISTRICTS)
    named, unnamed = enrol(core, municipality="elsene", district="E2"), enrol(core, municipality="elsene")
    with core.units.write() as uow:
        facts = {
            each: suggestions.facts_of(uow, uow.session.get_one(Candidate, each), reader="t", purpose="t")
            for each in (named, unnamed)
        }
    assert facts[named].position == pytest.approx((ELSENE.latitude, ELSENE.longitude + 2 * SIDE))
    assert facts[named].district == "E2"
    assert (facts[unnamed].position, facts[unnamed].district) == (ELSENE, "elsene")


TABLE = "from,to,minutes\nE1,A1,35\nA1,E1,40.5\nE1,E2,5\n"


def read_table(settings: Settings, folder: Path, text: str, *options: str, fails: bool = False) -> Any:
    path = folder / "travel.csv"
    path.write_text(text, "utf-8")
    return volunteer(settings, "import", "travel", str(path), *options, fails=fails)


def test_a_table_goes_in_and_a_second_time_changes_nothing(
    settings: Settings, core: Core, folder: Path
) -> None:
    read_map(settings, folder, DISTRICTS)
    assert "3 added" in read_table(settings, folder, TABLE, "--source", "Timetable, CC0").output
    assert "0 added, 0 changed, 3 unchanged" in read_table(settings, folder, TABLE).output
    with core.units.read() as uow:
        assert travel_rows(uow.session) == [("A1", "E1", 40.5), ("E1", "A1", 35), ("E1", "E2", 5)]
    assert events(core) == ["districts_imported", "travel_imported"]
    result = read_table(settings, folder, "from;to;minutes\nE1;A1;30,5\n")
    assert "0 added, 1 changed, 0 unchanged, 0 left alone, 0 skipped, 2 gone." in result.output
    assert len(rows(core, TravelTime)) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("E1,X9,5", "line 5, column “to”: “X9” is not a place we know; those are A1, E1, E2"),
        ("elsene,E1,5", "line 5, column “from”: “elsene” is not a place we know"),
        ("E2,A1,-5", "line 5, column “minutes”: “-5” is not a number of minutes such as 25."),
        ("E2,A1,soon", "line 5, column “minutes”: “soon” is not a number of minutes"),
        ("E2,A1,nan", "line 5, column “minutes”: “nan” is not a number of minutes"),
        ("E2,A1,", "line 5, column “minutes”: This must be filled in."),
        (",A1,5", "line 5, column “from”: This must be filled in."),
        ("E1,A1,36", "line 5, column “to”: The way from “E1” to “A1” is on line 2 already."),
        ("E1,A1", "line 5: This row has 2 cells"),
    ],
)
def test_one_wrong_row_keeps_the_whole_table_out(
    settings: Settings, core: Core, folder: Path, line: str, said: str
) -> None:
    read_map(settings, folder, DISTRICTS)
    result = read_table(settings, folder, f"{TABLE}{line}\n", fails=True)
    assert said in result.output
    assert rows(core, TravelTime) == []


def test_a_table_without_its_columns_or_rows_is_refused(settings: Settings, core: Core, folder: Path) -> None:
    assert (
        "lacks columns that every row needs: minutes"
        in read_table(settings, folder, "from,to\nE1,A1\n", fails=True).output
    )
    assert "has no rows" in read_table(settings, folder, "from,to,minutes\n", fails=True).output


def test_without_districts_a_table_goes_between_municipalities(
    settings: Settings, core: Core, folder: Path
) -> None:
    assert "not a place we know" in read_table(settings, folder, TABLE, fails=True).output
    read_table(settings, folder, "from,to,minutes\nelsene,anderlecht,90\n")
    opportunity = post(core, street="Kaai 1", municipality="anderlecht")
    far, near = (enrol(core, municipality="elsene", travel_minutes=most) for most in (180, 60))
    assert value_of_travel(core, far, opportunity) == pytest.approx((180 - 90) / (180 - CLOSE_BY_MINUTES))
    assert value_of_travel(core, near, opportunity) == 0
    with core.units.read() as uow:
        assert Catalogue().snapshot(uow).travel.between("anderlecht", "elsene") == 90
    result = read_map(settings, folder, DISTRICTS)
    assert "1 rows of the travel table were about other places and are gone." in result.output
    assert rows(core, TravelTime) == []


def value_of_travel(core: Core, candidate_id: UUID, opportunity_id: UUID) -> float:
    with core.units.write() as uow:
        candidate = uow.session.get_one(Candidate, candidate_id)
        found = suggestions.find(uow, candidate, Catalogue().snapshot(uow), reader="test")
    (match,) = (each for each in found if each.opportunity_id == opportunity_id)
    return match.values["travel"]


def test_an_import_makes_every_snapshot_old(settings: Settings, core: Core, folder: Path) -> None:
    post(core, street="Plein 1", latitude=ELSENE.latitude, longitude=ELSENE.longitude)
    catalogue = Catalogue()
    with core.units.read() as uow:
        before = catalogue.snapshot(uow)
    read_map(settings, folder, DISTRICTS)
    read_table(settings, folder, TABLE)
    with core.units.read() as uow:
        after = catalogue.snapshot(uow)
        assert after.has_same_content(Catalogue().snapshot(uow))
    assert before.districts.tolist() == [-1]
    assert after.districts.tolist() == [after.travel.index("E1")] != [-1]


def test_a_venue_that_moves_is_followed(settings: Settings, core: Core, folder: Path) -> None:
    read_map(settings, folder, DISTRICTS)
    read_table(settings, folder, TABLE)
    inside = {"street": "Plein 1", "latitude": ELSENE.latitude, "longitude": ELSENE.longitude}
    first = post(core, **inside)
    catalogue = Catalogue()
    with core.units.read() as uow:
        before = catalogue.snapshot(uow)
    second = post(core, **{**inside, "longitude": ELSENE.longitude + 2 * SIDE})
    assert [each.district for each in rows(core, Venue)] == ["E2"]
    with core.units.read() as uow:
        after = catalogue.snapshot(uow)
        assert after.has_same_content(Catalogue().snapshot(uow))
    assert before.districts.tolist() == [before.travel.index("E1")]
    assert {after.opportunity_ids[row] for row in (0, 1)} == {first, second}
    assert after.districts.tolist() == [after.travel.index("E2")] * 2


@pytest.mark.parametrize(
    ("columns", "cells", "kept"),
    [
        ("first_name", "Amal", "E2"),
        ("first_name,municipality", "Amal,elsene", "E2"),
        ("first_name,municipality", "Amal,anderlecht", None),
    ],
)
def test_a_list_of_people_keeps_their_district_unless_they_moved(
    settings: Settings, core: Core, folder: Path, columns: str, cells: str, kept: str | None
) -> None:
    read_map(settings, folder, DISTRICTS)
    enrol(core, external_id="p1", municipality="elsene", district="E2")
    path = folder / "people.csv"
    path.write_text(f"external_id,{columns},tasks_want\np1,{cells},t.cook\n", "utf-8")
    volunteer(settings, "import", "candidates", str(path), "--consented-by-desk", "Yasmina")
    (candidate,) = rows(core, Candidate)
    assert (candidate.tasks_want, candidate.district) == (["t.cook"], kept)
