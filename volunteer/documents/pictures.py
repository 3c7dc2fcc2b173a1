"""The drawings of the pages, for paper: a line picture from the sprite, alone or on its tinted plate."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

from fpdf.svg import SVGObject

IRIS_DARK = "#1F2168"
NO_TINT = "none"
TONES = {
    "honey": ("#FFF0DC", "#FFC887"),
    "coral": ("#FDEAE3", "#F6B59C"),
    "leaf": ("#E6F2E8", "#A3D4B1"),
    "sky": ("#E5EFF9", "#A9CCEE"),
    "lilac": ("#EDEAF8", "#C6BEEC"),
}
"""Plate and tint of each colour family, as on the pages."""
_TASKS_BY_TONE = {
    "honey": "cook serve hand_out",
    "leaf": "garden animals tidy_street",
    "sky": "drive errands sort shop clean repair diy sew craft carry",
    "lilac": (
        "paper_help interpret talk_table homework read_aloud teach inform office accounts media ict board"
        " photo"
    ),
}
_TONE_OF = {f"t.{task}": tone for tone, tasks in _TASKS_BY_TONE.items() for task in tasks.split()}
_PEOPLE = "coral"
_SYMBOL = re.compile(r'<symbol id="([^"]+)" viewBox="([^"]+)">(.*?)</symbol>', re.DOTALL)


def tone_of(task: str) -> str:
    """The colour family of a task."""
    return _TONE_OF.get(task, _PEOPLE)


def picture(code: str, width: float, *, tint: str = NO_TINT, line: float = 1.5) -> SVGObject:
    """The drawing ``code`` of the sprite, ``width`` points wide; ``line`` is in parts of its own 24."""
    box, drawn = _symbols()[code]
    _x, _y, wide, high = (float(each) for each in box.split())
    return SVGObject(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"'
        f' width="{width}" height="{width * high / wide}">'
        f'<g fill="{tint}" stroke="{IRIS_DARK}" stroke-width="{line}"'
        f' stroke-linecap="round" stroke-linejoin="round">{drawn}</g></svg>'
    )


@lru_cache(maxsize=1)
def _symbols() -> dict[str, tuple[str, str]]:
    sprite = (resources.files("volunteer") / "static" / "icons.svg").read_text("utf-8")
    return {code: (box, drawn) for code, box, drawn in _SYMBOL.findall(sprite)}
