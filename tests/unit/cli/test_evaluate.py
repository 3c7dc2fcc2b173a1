"""The command ``volunteer evaluate``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from volunteer.cli import main
from volunteer.evaluation.worlds import WORLDS

TINY = ("evaluate", "--people", "20", "--roles", "40", "--days", "1", "--without-unseen")


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    return {"DATA": str(tmp_path / "data"), "KEYS": str(tmp_path / "keys"), "COLUMNS": "200"}


def test_it_writes_figures_and_a_page_and_says_what_was_kept(
    surroundings: dict[str, str], tmp_path: Path
) -> None:
    page = tmp_path / "docs" / "evaluation.html"
    result = CliRunner().invoke(main, [*TINY, "--report", str(page)], env=surroundings)
    assert result.exit_code == 0, result.output
    figures = json.loads((tmp_path / "data" / "evaluation.json").read_text("utf-8"))
    assert figures["verdicts"][0]["question"] in page.read_text("utf-8").replace("&#39;", "'")
    assert [each["code"] for each in figures["worlds"]] == [
        world.code for world in WORLDS if not world.is_unseen
    ]
    assert str(page) in result.output
    assert "kept" in result.output


def test_without_a_place_the_page_goes_to_the_data(surroundings: dict[str, str], tmp_path: Path) -> None:
    assert CliRunner().invoke(main, TINY, env=surroundings).exit_code == 0
    assert (tmp_path / "data" / "evaluation.html").exists()


def test_too_small_a_world_is_refused(surroundings: dict[str, str]) -> None:
    assert CliRunner().invoke(main, ["evaluate", "--people", "3"], env=surroundings).exit_code == 2
