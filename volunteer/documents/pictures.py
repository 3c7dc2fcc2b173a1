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
ZONE_COLOURS = {
    "circle": "#2E3192",
    "square": "#0A5C46",
    "triangle": "#9A2A20",
    "diamond": "#7A1F6E",
    "hexagon": "#0D4F78",
    "arch": "#6B4700",
}
"""Of the zones of a market; white on them is at least 7.7 to 1."""
_ZONES = {
    "circle": "M50 2a48 48 0 0 1 0 96a48 48 0 0 1 0-96z",
    "square": "M14 5h72a9 9 0 0 1 9 9v72a9 9 0 0 1-9 9H14a9 9 0 0 1-9-9V14a9 9 0 0 1 9-9z",
    "triangle": "M45.9 6.6 3 90.2A5 5 0 0 0 7.4 97.5h85.2a5 5 0 0 0 4.4-7.3L54.1 6.6a4.6 4.6 0 0 0-8.2 0z",
    "diamond": (
        "M45.7 3.3 3.3 45.7a6 6 0 0 0 0 8.6l42.4 42.4a6 6 0 0 0 8.6 0l42.4-42.4a6 6 0 0 0 0-8.6"
        "L54.3 3.3a6 6 0 0 0-8.6 0z"
    ),
    "hexagon": (
        "M24 6h52a5 5 0 0 1 4.3 2.5l17 39a5 5 0 0 1 0 5l-17 39A5 5 0 0 1 76 94H24a5 5 0 0 1-4.3-2.5"
        "l-17-39a5 5 0 0 1 0-5l17-39A5 5 0 0 1 24 6z"
    ),
    "arch": "M6 50a44 44 0 0 1 88 0v38a8 8 0 0 1-8 8H14a8 8 0 0 1-8-8z",
}
"""The shapes of the pages, in a square of 100."""
_SYMBOL = re.compile(r'<symbol id="([^"]+)" viewBox="([^"]+)">(.*?)</symbol>', re.DOTALL)


def tone_of(task: str) -> str:
    """The colour family of a task."""
    return _TONE_OF.get(task, _PEOPLE)


@lru_cache(maxsize=256)
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


@lru_cache(maxsize=64)
def zone_mark(shape: str, width: float) -> SVGObject:
    """The mark of a zone, filled, ``width`` points wide; its letter is written over it."""
    return SVGObject(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="{width}" height="{width}">'
        f'<path fill="{ZONE_COLOURS[shape]}" d="{_ZONES[shape]}"/></svg>'
    )


@lru_cache(maxsize=16)
def dot(width: float, colour: str) -> SVGObject:
    """A filled circle, ``width`` points wide."""
    return SVGObject(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2" width="{width}" height="{width}">'
        f'<circle fill="{colour}" cx="1" cy="1" r="1"/></svg>'
    )


@lru_cache(maxsize=1)
def _symbols() -> dict[str, tuple[str, str]]:
    sprite = (resources.files("volunteer") / "static" / "icons.svg").read_text("utf-8")
    return {code: (box, drawn) for code, box, drawn in _SYMBOL.findall(sprite)}
