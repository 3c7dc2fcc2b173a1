"""Lists of roles and people go in whole or not at all, and a second time change only what is different."""

from __future__ import annotations

import csv
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.integration.commands import volunteer
from tests.patience import eventually
from volunteer.bootstrap import Core, make_silent_core
from volunteer.config import Settings
from volunteer.domain.access import Answer, Strength
from volunteer.domain.opportunities import Scope
from volunteer.models import (
    AccessAnswer,
    Base,
    Candidate,
    Consent,
    ImportRun,
    NeedReading,
    Opportunity,
    Organisation,
    OutboxEvent,
    Venue,
)
from volunteer.services import access_answers, candidates, needs, organisations

ROLES = [
    {
        "external_id": "r1",
        "organisation": "De Kring",
        "title": "Soep koken",
        "tasks": "t.cook",
        "street": "Straat 1",
        "postal_code": "1060",
        "latitude": "50.83",
        "longitude": "4.34",
        "times": "mon 09:00-12:00",
        "languages": "nl:1",
        "access_yes": "sv.buddy;sv.trial",
        "access_no": "ph.lift_or_ground",
        "contact_email": "kring@example.org",
    },
    {"external_id": "r2", "organisation": "de kring", "title": "Onthaal", "access_yes": "sv.buddy"},
    {"external_id": "r3", "organisation": "Café Één", "title": "Zaal", "postal_code": "1030"},
]
PEOPLE = [
    {
        "external_id": "p1",
        "first_name": "Amal",
        "tasks_want": "t.cook",
        "needs_must": "ph.seated_work",
        "languages": "nl:2;fr:4",
        "channel": "sms",
        "contact": "0470 12 34 56",
    },
    {"external_id": "p2", "first_name": "Zoë", "postal_code": "1060", "channel": "desk"},
]


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    made = make_silent_core(settings)
    yield made
    made.engine.dispose()


def written(path: Path, rows: list[dict[str, str]], *, encoding: str = "utf-8") -> str:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def counts(core: Core, *tables: type[Base]) -> list[int]:
    with core.units.read() as uow:
        return [uow.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def cells(core: Core) -> dict[str, list[Any]]:
    """Everything in the database, table by table."""
    with core.units.read() as uow:
        return {
            table.name: sorted(map(repr, uow.session.execute(select(table)).all()))
            for table in Base.metadata.sorted_tables
        }


def events(core: Core) -> list[str]:
    with core.units.read() as uow:
        return list(uow.session.scalars(select(OutboxEvent.type).order_by(OutboxEvent.seq)))


def test_a_list_of_roles_goes_in_with_its_organisations_venues_and_answers(
    settings: Settings, core: Core, tmp_path: Path
) -> None:
    result = volunteer(settings, "import", "opportunities", written(tmp_path / "r.csv", ROLES))
    assert "3 added, 0 changed, 0 unchanged" in result.output
    assert "rows a second" in result.output
    assert counts(core, Opportunity, Organisation, Venue, ImportRun) == [3, 2, 2, 1]
    with core.units.read() as uow:
        role = uow.session.scalars(select(Opportunity).where(Opportunity.external_id == "r1")).one()
        assert (role.state, role.tasks, role.languages_needed) == ("open", ["t.cook"], {"nl": 1})
        assert role.venue is not None
        assert (role.venue.municipality, role.venue.latitude) == ("sint-gillis", 50.83)
        assert organisations.email_of(uow, role.organisation) == "kring@example.org"
        said = uow.session.scalars(select(AccessAnswer).where(AccessAnswer.scope_id == role.id))
        assert {each.code: (each.answer, each.said_by) for each in said} == {
            "sv.buddy": ("yes", "import"),
            "sv.trial": ("yes", "import"),
            "ph.lift_or_ground": ("no", "import"),
        }
    assert events(core) == ["opportunities_imported"]


def test_the_same_list_again_changes_nothing(settings: Settings, core: Core, tmp_path: Path) -> None:
    file = written(tmp_path / "r.csv", ROLES)
    volunteer(settings, "import", "opportunities", file)
    before = cells(core)
    result = volunteer(settings, "import", "opportunities", file)
    assert "0 added, 0 changed, 3 unchanged" in result.output
    after = cells(core)
    assert {name for name in after if after[name] != before[name]} == {
        "access_answers",  # said again today
        "import_runs",
        "outbox",
    }


def test_a_changed_list_says_what_changed_and_changes_only_that(
    settings: Settings, core: Core, tmp_path: Path
) -> None:
    volunteer(settings, "import", "opportunities", written(tmp_path / "r.csv", ROLES))
    changed = [
        ROLES[0]
        | {"title": "Soep en brood", "access_yes": "sv.buddy", "access_no": "", "street": "Straat 2"},
        ROLES[1] | {"wanted": "4"},
        ROLES[2],
        {"external_id": "r4", "organisation": "Café Één", "title": "Toog"},
    ]
    result = volunteer(settings, "import", "opportunities", written(tmp_path / "r.csv", changed))
    assert "1 added, 2 changed, 1 unchanged" in result.output
    assert "r1: title, street, access_yes, access_no" in result.output
    assert "r2: wanted" in result.output
    with core.units.read() as uow:
        role = uow.session.scalars(select(Opportunity).where(Opportunity.external_id == "r1")).one()
        said = uow.session.scalars(select(AccessAnswer).where(AccessAnswer.scope_id == role.id))
        assert [each.code for each in said] == ["sv.buddy"]
        assert role.venue is not None
        assert role.venue.street == "Straat 2"


def test_columns_that_a_list_does_not_have_stay_as_they_are(
    settings: Settings, core: Core, tmp_path: Path
) -> None:
    volunteer(settings, "import", "opportunities", written(tmp_path / "r.csv", ROLES))
    before = cells(core)
    short = [{key: row[key] for key in ("external_id", "organisation", "title")} for row in ROLES]
    result = volunteer(settings, "import", "opportunities", written(tmp_path / "s.csv", short))
    assert "0 changed, 3 unchanged" in result.output
    after = cells(core)
    assert {name for name in after if after[name] != before[name]} == {"import_runs", "outbox"}


def test_a_list_never_overrides_what_a_person_said(settings: Settings, core: Core, tmp_path: Path) -> None:
    file = written(tmp_path / "r.csv", ROLES)
    volunteer(settings, "import", "opportunities", file)
    with core.units.write() as uow:
        role = uow.session.scalars(select(Opportunity).where(Opportunity.external_id == "r1")).one()
        access_answers.record(
            uow,
            {"sv.buddy": Answer.NO, "ph.quiet_place": Answer.YES},
            organisation_id=role.organisation_id,
            scope=Scope.OPPORTUNITY,
            scope_id=role.id,
            said_by="account:somebody",
        )
    result = volunteer(settings, "import", "opportunities", file)
    assert "0 changed, 3 unchanged" in result.output
    with core.units.read() as uow:
        said = uow.session.scalars(select(AccessAnswer).where(AccessAnswer.scope_id == role.id))
        answers = {each.code: each.answer for each in said}
    assert answers == {
        "sv.buddy": "no",
        "sv.trial": "yes",
        "ph.lift_or_ground": "no",
        "ph.quiet_place": "yes",
    }


def test_one_bad_row_keeps_the_whole_list_out(settings: Settings, core: Core, tmp_path: Path) -> None:
    bad = [*ROLES, {"external_id": "r9", "organisation": "De Kring", "title": "", "tasks": "t.none"}]
    before = cells(core)
    result = volunteer(settings, "import", "opportunities", written(tmp_path / "r.csv", bad), fails=True)
    assert "line 5, column “title”" in result.stderr
    assert "line 5, column “tasks”" in result.stderr
    assert "Nothing was imported" in result.stderr
    assert cells(core) == before


def test_bad_rows_are_left_out_when_that_is_asked_for(settings: Settings, core: Core, tmp_path: Path) -> None:
    bad = [*ROLES, {"external_id": "r9", "organisation": "De Kring", "title": ""}]
    file = written(tmp_path / "r.csv", bad)
    result = volunteer(settings, "import", "opportunities", file, "--skip-bad")
    assert "3 added" in result.output
    assert "1 skipped" in result.output
    assert "line 5, column “title”" in result.stderr
    assert counts(core, Opportunity) == [3]


def test_a_dry_run_says_the_same_and_writes_nothing(settings: Settings, core: Core, tmp_path: Path) -> None:
    file = written(tmp_path / "r.csv", ROLES)
    before = cells(core)
    dry = volunteer(settings, "import", "opportunities", file, "--dry-run")
    assert "3 added" in dry.output
    assert cells(core) == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252"])
def test_accents_arrive_whatever_saved_the_file(
    settings: Settings, core: Core, tmp_path: Path, encoding: str
) -> None:
    volunteer(settings, "import", "opportunities", written(tmp_path / "r.csv", ROLES, encoding=encoding))
    with core.units.read() as uow:
        assert "Café Één" in uow.session.scalars(select(Organisation.name)).all()


def test_a_foreign_list_goes_in_through_a_mapping(settings: Settings, core: Core, tmp_path: Path) -> None:
    foreign = [
        {"title": "Help out", "description": "With joy", "cause_area": "Education"},
        {"title": "Help out", "description": "With zeal", "cause_area": ""},
    ]
    file = written(tmp_path / "f.csv", foreign)
    for outcome in ("2 added", "2 unchanged"):
        result = volunteer(settings, "import", "opportunities", file, "--map", "volunteer_tasks")
        assert outcome in result.output
    with core.units.read() as uow:
        found = uow.session.scalars(select(Opportunity).order_by(Opportunity.description)).all()
        assert [role.tasks for role in found] == [["t.homework", "t.teach"], []]
        assert [role.language for role in found] == ["en", "en"]


def test_people_become_pending_files_without_needs(settings: Settings, core: Core, tmp_path: Path) -> None:
    result = volunteer(settings, "import", "candidates", written(tmp_path / "p.csv", PEOPLE))
    assert "2 added" in result.output
    assert "Needs were left out in 1 rows" in result.output
    with core.units.read() as uow:
        people = uow.session.scalars(select(Candidate).order_by(Candidate.external_id)).all()
        assert [(each.state, each.needs_sealed, each.origin) for each in people] == [
            ("pending", None, "import")
        ] * 2
        assert candidates.contact_of(uow, people[0]) == "+32470123456"
        assert people[0].expires_at is not None
    assert counts(core, Consent, NeedReading) == [0, 0]
    assert events(core) == []


def test_with_a_witness_they_are_confirmed_and_it_is_recorded_who_says_so(
    settings: Settings, core: Core, tmp_path: Path
) -> None:
    file = written(tmp_path / "p.csv", PEOPLE)
    volunteer(settings, "import", "candidates", file, "--consented-by-desk", "Yasmina")
    with core.units.read() as uow:
        first = uow.session.scalars(select(Candidate).where(Candidate.external_id == "p1")).one()
        assert first.state == "confirmed"
        read = needs.read(uow, first, reader="test", purpose="test")
        assert read == {"ph.seated_work": Strength.MUST}
        given = uow.session.execute(
            select(Consent.purpose, Consent.given_how, Consent.witness)
            .where(Consent.candidate_id == first.id)
            .order_by(Consent.purpose)
        ).all()
        assert [tuple(each) for each in given] == [
            (purpose, "desk", "Yasmina") for purpose in ("account", "match", "needs")
        ]
        assert uow.session.scalar(select(ImportRun.consented_by_desk)) == "Yasmina"
    assert events(core) == ["candidate_enrolled"] * 2
    again = volunteer(settings, "import", "candidates", file, "--consented-by-desk", "Yasmina")
    assert "0 added, 0 changed, 2 unchanged" in again.output
    assert events(core) == ["candidate_enrolled"] * 2
    assert counts(core, Consent) == [5]


def test_a_confirmed_file_is_left_alone_by_a_list_without_a_witness(
    settings: Settings, core: Core, tmp_path: Path
) -> None:
    volunteer(
        settings,
        "import",
        "candidates",
        written(tmp_path / "p.csv", PEOPLE),
        "--consented-by-desk",
        "Yasmina",
    )
    before = cells(core)
    renamed = [row | {"first_name": "Iemand"} for row in PEOPLE]
    result = volunteer(settings, "import", "candidates", written(tmp_path / "q.csv", renamed))
    assert "2 left alone" in result.output
    after = cells(core)
    assert {name for name in after if after[name] != before[name]} == {"import_runs"}


def test_a_pending_file_is_confirmed_by_a_later_witness(
    settings: Settings, core: Core, tmp_path: Path
) -> None:
    file = written(tmp_path / "p.csv", PEOPLE)
    volunteer(settings, "import", "candidates", file)
    result = volunteer(settings, "import", "candidates", file, "--consented-by-desk", "Tom")
    assert "0 added, 2 changed" in result.output
    assert "p1: needs_must, confirmed" in result.output
    assert events(core) == ["candidate_enrolled"] * 2


def test_changed_people_are_looked_for_again_and_consent_to_new_needs_is_recorded(
    settings: Settings, core: Core, tmp_path: Path
) -> None:
    file = written(tmp_path / "p.csv", PEOPLE)
    volunteer(settings, "import", "candidates", file, "--consented-by-desk", "Tom")
    changed = [PEOPLE[0], PEOPLE[1] | {"needs_nice": "sv.buddy"}]
    result = volunteer(
        settings,
        "import",
        "candidates",
        written(tmp_path / "q.csv", changed),
        "--consented-by-desk",
        "Tom",
    )
    assert "p2: needs_nice" in result.output
    assert events(core) == ["candidate_enrolled"] * 2 + ["candidate_changed"]
    assert counts(core, Consent) == [6]


def test_how_far_and_how_often_change_only_when_a_list_speaks_of_it(
    settings: Settings, core: Core, tmp_path: Path
) -> None:
    def take(name: str, *rows: dict[str, str]) -> str:
        file = written(tmp_path / name, list(rows))
        return volunteer(settings, "import", "candidates", file, "--consented-by-desk", "Tom").output

    def known() -> dict[str | None, tuple[int | None, list[str]]]:
        with core.units.read() as uow:
            people = uow.session.scalars(select(Candidate)).all()
            return {each.external_id: (each.travel_minutes, each.commitments) for each in people}

    wishes = {"travel_minutes": "30", "commitments": "once;months"}
    take("p.csv", PEOPLE[0] | wishes, PEOPLE[1])
    assert known() == {"p1": (30, ["months", "once"]), "p2": (None, [])}
    assert "0 changed, 2 unchanged" in take("q.csv", *PEOPLE)
    assert "0 changed, 1 unchanged" in take("r.csv", PEOPLE[0] | wishes)
    changed = take("s.csv", PEOPLE[0] | {"travel_minutes": "", "commitments": "months"})
    assert "p1: travel_minutes, commitments" in changed
    assert known() == {"p1": (None, ["months"]), "p2": (None, [])}


def test_a_role_says_how_often_and_a_list_changes_that(
    settings: Settings, core: Core, tmp_path: Path
) -> None:
    asked = [ROLES[0] | {"commitment": "long"}, *ROLES[1:]]
    volunteer(settings, "import", "opportunities", written(tmp_path / "r.csv", asked))
    changed = [ROLES[0] | {"commitment": "once"}, ROLES[1] | {"commitment": "months"}, *ROLES[2:]]
    result = volunteer(settings, "import", "opportunities", written(tmp_path / "s.csv", changed))
    assert "r1: commitment" in result.output
    assert "r2: commitment" in result.output
    with core.units.read() as uow:
        found = dict(uow.session.execute(select(Opportunity.external_id, Opportunity.commitment)).all())
    assert found == {"r1": "once", "r2": "months", "r3": None}


def test_a_consent_that_was_taken_back_is_not_given_again_by_a_list(
    settings: Settings, core: Core, tmp_path: Path
) -> None:
    file = written(tmp_path / "p.csv", PEOPLE)
    volunteer(settings, "import", "candidates", file, "--consented-by-desk", "Tom")
    with core.units.write() as uow:
        consent = uow.session.scalars(select(Consent).where(Consent.purpose == "needs")).one()
        consent.withdrawn_at = datetime(2026, 11, 1, tzinfo=UTC)
    changed = [row | {"first_name": "Iemand"} for row in PEOPLE]
    result = volunteer(
        settings,
        "import",
        "candidates",
        written(tmp_path / "q.csv", changed),
        "--consented-by-desk",
        "Tom",
    )
    assert "1 changed" in result.output
    assert "decided themselves: p1" in result.output


def test_a_file_without_a_database_is_refused_in_one_line(settings: Settings, tmp_path: Path) -> None:
    file = written(tmp_path / "r.csv", ROLES)
    bare = {**settings.environment, "DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite'}"}
    result = volunteer(
        Settings(**{**_fields(settings), "environment": bare}), "import", "opportunities", file, fails=True
    )
    assert "There is no database yet" in result.stderr


def _fields(settings: Settings) -> dict[str, Any]:
    return {name: getattr(settings, name) for name in Settings.__slots__}


_HANG_IN_THE_MIDDLE = """
import sys, time
from pathlib import Path
from volunteer.bootstrap import make_silent_core
from volunteer.config import from_environment
from volunteer.services.imports import opportunities, understanding

core = make_silent_core(from_environment())
content = Path(sys.argv[1]).read_bytes()
understood = understanding.opportunities(content, mapping=None, language="nl")

def hang(done: int, total: int) -> None:
    if done >= 1000:
        print("in the middle", flush=True)
        time.sleep(600)

with core.units.write() as uow:
    opportunities.carry_out(uow, understood, file_name="r.csv", advance=hang)
"""


@pytest.mark.chaos
def test_a_kill_in_the_middle_of_an_import_leaves_nothing(
    settings: Settings, core: Core, tmp_path: Path
) -> None:
    many = [ROLES[0] | {"external_id": f"r{number}"} for number in range(2000)]
    file = written(tmp_path / "r.csv", many)
    before = cells(core)
    with subprocess.Popen(
        [sys.executable, "-c", _HANG_IN_THE_MIDDLE, file],
        env={**settings.environment},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "in the middle\n"
        finally:
            process.send_signal(signal.SIGKILL)
    assert cells(core) == before
    result = eventually(
        lambda: volunteer(settings, "import", "opportunities", file), what="an import after the kill"
    )
    assert "2000 added" in result.output
