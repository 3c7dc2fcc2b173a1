"""What templates must not do to each other without a word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "volunteer" / "templates"
_IMPORTED = re.compile(r"{%-? from \S+ import ([^%]+?) -?%}")
_SET = re.compile(r"{%-? set (\w+)")
LAYOUTS = ("base.html", "staff.html")


@pytest.mark.parametrize(
    "page",
    [path for path in sorted(TEMPLATES.rglob("*.html")) if "{% extends" in path.read_text("utf-8")],
    ids=lambda path: str(path.relative_to(TEMPLATES)),
)
def test_a_page_sets_nothing_that_its_layout_imports(page: Path) -> None:
    """The import wins within a block, and what the page shows there is silently empty."""
    imported = {
        name.strip()
        for layout in LAYOUTS
        for names in _IMPORTED.findall((TEMPLATES / layout).read_text("utf-8"))
        for name in names.split(",")
    }
    before_its_blocks = page.read_text("utf-8").split("{% block", 1)[0]
    assert imported, "no layout imports anything: is the pattern still right?"
    assert set(_SET.findall(before_its_blocks)) & imported == set()


def test_every_weight_of_a_button_is_one_that_is_drawn() -> None:
    """A name that the style sheet does not know looks like the one first thing to press, beside that."""
    style = (TEMPLATES.parent / "static" / "schakel.css").read_text("utf-8")
    drawn = set(re.findall(r"\.(button-[a-z]+)", style))
    written = {
        (str(path.relative_to(TEMPLATES)), weight)
        for path in TEMPLATES.rglob("*.html")
        for weight in re.findall(r'class="button (button-[a-z]+)', path.read_text("utf-8"))
    }
    assert written
    assert {each for each in written if each[1] not in drawn} == set()
