"""Settings come from the environment, with defaults for one machine and a clear word when they are wrong."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from volunteer.config import from_environment


def test_the_defaults_are_one_machine_that_only_itself_can_reach() -> None:
    settings = from_environment({})
    assert settings.host == "127.0.0.1"
    assert settings.database_url.startswith("sqlite:///")
    assert settings.keys.parent == settings.data.parent
    assert settings.demo
    assert settings.development
    assert not settings.is_secure


def test_a_database_of_its_own_means_no_development_pages_unless_asked() -> None:
    assert not from_environment({"DATABASE_URL": "postgresql://db/schakel"}).development
    assert from_environment({"DATABASE_URL": "postgresql://db/schakel", "DEVELOPMENT": "1"}).development


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "eighty"), ("PORT", "-1"), ("DEMO", "maybe"), ("WORKER_THREADS", "2.5")]
)
def test_what_cannot_be_understood_is_named(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        from_environment({name: value})


def test_the_centre_is_a_file_of_its_own(tmp_path: Path) -> None:
    here = Path(__file__).parents[2] / "volunteer" / "data" / "centre.toml"
    ours = tmp_path / "centre.toml"
    ours.write_text(here.read_text("utf-8").replace("Muntpunt", "De Hoek"), "utf-8")
    assert from_environment({"CENTRE": str(ours)}).centre.place == "De Hoek"


@pytest.mark.parametrize(
    ("name", "said", "instead"),
    [
        ("looks_again_at", "08:00:00", '"eight"'),
        ("most_news_a_week", "1", "-1"),
        ("most_news_a_week", "1", "true"),
    ],
)
def test_what_the_centre_cannot_mean_is_named(tmp_path: Path, name: str, said: str, instead: str) -> None:
    here = Path(__file__).parents[2] / "volunteer" / "data" / "centre.toml"
    text, ours = here.read_text("utf-8"), tmp_path / "centre.toml"
    ours.write_text(text.replace(f"{name} = {said}", f"{name} = {instead}"), "utf-8")
    with pytest.raises(ValueError, match=name):
        from_environment({"CENTRE": str(ours)})


def test_a_centre_that_says_nothing_of_mornings_has_the_usual_ones(tmp_path: Path) -> None:
    here = Path(__file__).parents[2] / "volunteer" / "data" / "centre.toml"
    lines = here.read_text("utf-8").splitlines()
    ours = tmp_path / "centre.toml"
    left_out = ("looks_", "most_", "quiet_", "short_")
    ours.write_text("\n".join(line for line in lines if not line.startswith(left_out)), "utf-8")
    centre = from_environment({"CENTRE": str(ours)}).centre
    assert (centre.looks_again_at, centre.most_news_a_week) == (time(8), 1)


def test_an_empty_variable_is_an_unset_one() -> None:
    assert from_environment({"PORT": "", "SMTP_URL": ""}).port == 8000
