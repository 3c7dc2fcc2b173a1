"""The list of other services: complete as it comes, and the centre's own when it has one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from volunteer.config import Settings, from_environment
from volunteer.domain.other_services import first_for, other_services
from volunteer.domain.signals import SignalCause
from volunteer.domain.vocabulary import LABEL_LANGUAGES

HERE = Path(__file__).parents[3] / "volunteer" / "data" / "centre.toml"
OURS = """
[[services]]
code = "ours"
languages = ["nl"]
checked_on = 2026-10-01
phone = "02 000 00 00"
[services.name]
nl = "Ons huis"
[services.what_for]
nl = "Voor wie belt."
"""


def _centre_with(folder: Path, text: str) -> Settings:
    centre = folder / "centre.toml"
    centre.write_text('other_services = "services.toml"\n' + HERE.read_text("utf-8"), "utf-8")
    (folder / "services.toml").write_text(text, "utf-8")
    return from_environment({"CENTRE": str(centre)})


def test_what_comes_with_us_is_said_in_four_languages_and_says_that_it_is_a_demo() -> None:
    found = other_services(from_environment({}))
    assert found
    for service in found:
        assert set(service.names) == set(service.what_for) == set(LABEL_LANGUAGES)
        assert service.is_demo
        assert service.phone is None or service.phone.startswith("02 000 ")


@pytest.mark.parametrize("cause", SignalCause)
def test_for_every_cause_somebody_stands_first(cause: SignalCause) -> None:
    found = other_services(from_environment({}))
    ordered = first_for(found, cause)
    assert cause in ordered[0].causes
    assert sorted(each.code for each in ordered) == sorted(each.code for each in found), "nobody is left out"


def test_without_a_cause_the_order_of_the_centre_stays() -> None:
    found = other_services(from_environment({}))
    assert first_for(found, None) == found


def test_a_centre_names_its_own_list_beside_its_file(tmp_path: Path) -> None:
    (service,) = other_services(_centre_with(tmp_path, OURS))
    assert (service.code, service.name("ar"), service.site) == ("ours", "Ons huis", None)
    assert (service.checked_on, service.is_demo) == (date(2026, 10, 1), False)


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ('languages = ["nl"]', 'languages = ["klingon"]'),
        ("checked_on = 2026-10-01", 'checked_on = "yesterday"'),
        ("checked_on = 2026-10-01", ""),
        ('nl = "Ons huis"', 'fr = "Chez nous"'),
        ('phone = "02 000 00 00"', 'site = "javascript:alert(1)"'),
        ('phone = "02 000 00 00"', 'causes = ["weather"]'),
        ('phone = "02 000 00 00"', 'phone = "02 000 00 00"\nlanguages = []'),
    ],
)
def test_an_entry_that_cannot_be_understood_is_named(tmp_path: Path, said: str, instead: str) -> None:
    with pytest.raises(ValueError, match=r"number 1|line"):
        other_services(_centre_with(tmp_path, OURS.replace(said, instead)))


def test_a_code_stands_once(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="twice"):
        other_services(_centre_with(tmp_path, OURS + OURS))
