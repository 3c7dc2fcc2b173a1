"""Hours of a role, as people say them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from volunteer.app import create_app
from volunteer.bootstrap import make_silent_core
from volunteer.config import from_environment
from volunteer.domain.availability import Availability
from volunteer.keyring import create
from volunteer.web.dates import spoken_times


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("dates")
    create(folder / "keys")
    core = make_silent_core(
        from_environment({"DATA": str(folder), "KEYS": str(folder / "keys"), "RATE_LIMITS": "0"})
    )
    yield create_app(core.settings, core)
    core.engine.dispose()


@pytest.mark.parametrize(
    ("times", "language", "said"),
    [
        ("", "en", None),
        ("flexible", "en", "You choose the hours"),
        ("tue 10:00-13:00", "en", "Tuesday from 10 to 13"),
        ("tue 10:00-13:00", "nl", "Dinsdag van 10 tot 13 uur"),
        ("mon 09:30-12:00;thu 09:30-12:00", "fr", "Lundi et jeudi de 9:30 à 12 h"),
        ("mon 09:00-12:00;tue 09:00-12:00;fri 09:00-12:00", "en", "Monday, Tuesday and Friday from 9 to 12"),
        (
            "mon 09:00-12:00;tue 14:00-16:00;sat 18:00-20:00",
            "en",
            "Monday from 9 to 12; Tuesday from 14 to 16 and at other times",
        ),
        ("2027-03-14 10:00-16:00", "en", "Sunday 14 March from 10 to 16"),
        ("2027-03-14 10:00-16:00", "nl", "Zondag 14 maart van 10 tot 16 uur"),
        ("2027-03-14 10:00-16:00", "fr", "Dimanche 14 mars de 10 à 16 h"),
        (
            "tue 10:00-13:00;2027-03-14 10:00-16:00;2027-03-21 10:00-16:00",
            "en",
            "Tuesday from 10 to 13; Sunday 14 March and Sunday 21 March from 10 to 16",
        ),
        ("2027-02-28 10:00-16:00;2027-03-01 10:00-16:00", "en", "Monday 1 March from 10 to 16"),
        ("2027-02-28 10:00-16:00", "en", None),
        ("unsure", "en", None),
    ],
)
def test_hours_are_said_in_a_few_words(app: Flask, times: str, language: str, said: str | None) -> None:
    with app.test_request_context(headers={"Accept-Language": language}):
        assert spoken_times(Availability.parse(times), date(2027, 3, 1)) == said
