"""``volunteer suggest`` says what would be shown, to confirmed people only; and two commands beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.integration.commands import volunteer
from volunteer.bootstrap import Core, make_silent_core
from volunteer.config import Settings
from volunteer.models import Account, Candidate, Delivery, NeedReading, OutboxEvent

ROLES = """external_id,organisation,title,tasks,access_yes,access_arrangeable,access_no
r-yes,A,Alles kan,t.cook,ph.step_free_entrance;ph.seated_work,,
r-arrange,B,Bijna alles,t.cook,ph.step_free_entrance,ph.seated_work,
r-ask,C,Niets gezegd,t.cook,,,
r-out,D,Trap,t.cook,,,ph.step_free_entrance
"""
PEOPLE = """external_id,first_name,tasks_want,needs_must,needs_nice
p-needs,Amal,t.cook,ph.step_free_entrance;ph.seated_work,sv.buddy
p-plain,Bo,t.cook,,
"""


@pytest.fixture
def filled(settings: Settings, tmp_path: Path) -> Settings:
    (tmp_path / "roles.csv").write_text(ROLES, "utf-8")
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    (tmp_path / "pending.csv").write_text("external_id,first_name\np-pending,Cem\n", "utf-8")
    volunteer(settings, "import", "opportunities", str(tmp_path / "roles.csv"))
    volunteer(settings, "import", "candidates", str(tmp_path / "people.csv"), "--consented-by-desk", "Tom")
    volunteer(settings, "import", "candidates", str(tmp_path / "pending.csv"))
    return settings


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    made = make_silent_core(settings)
    yield made
    made.engine.dispose()


def lines(settings: Settings, *arguments: str) -> list[dict[str, Any]]:
    output = volunteer(settings, "suggest", *arguments, "--json").stdout
    return [json.loads(line) for line in output.splitlines()]


def test_one_line_for_each_confirmed_person_with_all_that_would_be_shown(filled: Settings) -> None:
    by_id = {line["external_id"]: line for line in lines(filled, "--all")}
    assert set(by_id) == {"p-needs", "p-plain"}
    shown = by_id["p-needs"]["suggestions"]
    assert [(each["external_id"], each["rank"], each["tier"]) for each in shown] == [
        ("r-yes", 1, "A"),
        ("r-arrange", 2, "B"),
        ("r-ask", 3, "C"),
    ]
    assert shown[1]["needs"] == {
        "ph.step_free_entrance": "fits",
        "ph.seated_work": "arrange",
        "sv.buddy": "ask",
    }
    assert set(shown[2]["questions"]) == {"ph.step_free_entrance", "ph.seated_work"}
    for each in shown:
        assert sum(each["parts"].values()) == pytest.approx(each["score"], abs=1e-6)
    assert len(by_id["p-plain"]["suggestions"]) == 4


def test_one_person_is_found_by_either_id(filled: Settings, core: Core) -> None:
    with core.units.read() as uow:
        own = uow.session.scalars(select(Candidate.id).where(Candidate.external_id == "p-plain")).one()
    (by_external,), (by_own,) = (
        lines(filled, "--candidate", "p-plain"),
        lines(filled, "--candidate", str(own)),
    )
    assert by_external == by_own
    assert by_external["candidate_id"] == str(own)


@pytest.mark.parametrize("unknown", ["p-pending", "nobody", "4f0b4f0e-0000-4000-8000-000000000000"])
def test_whoever_did_not_confirm_is_not_matched(filled: Settings, unknown: str) -> None:
    result = volunteer(filled, "suggest", "--candidate", unknown, "--json", fails=True)
    assert "no confirmed file" in result.stderr
    assert result.stdout == ""


def test_opening_needs_is_written_in_the_journal(filled: Settings, core: Core) -> None:
    lines(filled, "--all")
    with core.units.read() as uow:
        confirmed = set(uow.session.scalars(select(Candidate.id).where(Candidate.state == "confirmed")))
        columns = (NeedReading.candidate_id, NeedReading.reader, NeedReading.purpose)
        readings = {tuple(each) for each in uow.session.execute(select(*columns))}
    assert readings == {(each, "command line", "match") for each in confirmed}


def test_people_read_a_table(filled: Settings) -> None:
    output = volunteer(filled, "suggest", "--candidate", "p-needs").output
    assert "Alles kan" in output
    assert "Trap" not in output


def test_stuck_work_is_listed_and_brought_back(settings: Settings, core: Core, filled: Settings) -> None:
    with core.units.write() as uow:
        event = uow.session.scalars(select(OutboxEvent)).first()
        assert event is not None
        for handler in ("one", "two"):
            uow.session.add(
                Delivery(
                    event_id=event.id,
                    handler=handler,
                    state="stuck",
                    attempts=8,
                    due_at=uow.now,
                    last_error="ValueError in suggesting.py",
                )
            )
    listed = volunteer(settings, "stuck", "list").stdout.splitlines()
    assert len(listed) == 2
    assert "ValueError in suggesting.py" in listed[0]
    volunteer(settings, "stuck", "retry", listed[0].split()[0])
    assert "1 deliveries" in volunteer(settings, "stuck", "retry-all").stdout
    assert "Nothing is stuck" in volunteer(settings, "stuck", "list").stdout
    with core.units.read() as uow:
        assert set(uow.session.scalars(select(Delivery.state))) == {"waiting"}


def test_an_account_is_made_with_a_password_from_standard_input(
    settings: Settings, core: Core, filled: Settings
) -> None:
    options = ("accounts", "add", "--email", "An@example.org", "--name", "An")
    volunteer(settings, *options, "--role", "admin", given="a good long password\n")
    volunteer(settings, *options, "--role", "owner", "--organisation", "a")
    with core.units.read() as uow:
        account = uow.session.scalars(select(Account)).one()
        assert {membership.role for membership in account.memberships} == {"admin", "owner"}
    refused = volunteer(settings, *options, "--role", "owner", "--organisation", "nobody", fails=True)
    assert "no organisation" in refused.stderr
