"""Pictures of an evaluation: plain SVG, coloured by the page's own style sheet.

Each says in words what it shows, for who cannot see it. Drawn narrow, so that their letters stay
readable on a telephone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 380
_LEFT, _RIGHT = 2, 56
_ROW = 44


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a picture of bars or of dots; values from 0 to 1 of the scale."""

    label: str
    value: float
    low: float
    high: float
    tone: str
    """Class of its colour: ours, other, ceiling."""
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line through points (x, y), both 0 to 1."""

    label: str
    points: Sequence[tuple[float, float]]
    tone: str


def bars(title: str, rows: Sequence[Bar], *, most: float) -> str:
    """Return bars with their intervals; the scale ends at ``most``."""
    width = WIDTH - _LEFT - _RIGHT
    parts = []
    for number, row in enumerate(rows):
        top = number * _ROW
        reach, down = width * min(1.0, row.value / most), top + 20
        parts.append(f'<text class="label" x="{_LEFT}" y="{top + 14}">{escape(row.label)}</text>')
        parts.append(f'<rect class="track" x="{_LEFT}" y="{down}" width="{width}" height="14" rx="4"/>')
        parts.append(
            f'<rect class="bar {row.tone}" x="{_LEFT}" y="{down}" width="{reach:.1f}" height="14" rx="4"/>'
        )
        parts.append(_whisker(row, top + 27, most))
        parts.append(f'<text class="value" x="{WIDTH}" y="{top + 32}">{escape(row.text)}</text>')
    return _svg(title, _said(rows), len(rows) * _ROW, parts)


def dots(title: str, rows: Sequence[Bar], *, most: float, mean: float, band: float) -> str:
    """Return a dot with its interval a row, beside a line at the mean and a band of so much around it."""
    width, height = WIDTH - _LEFT - _RIGHT, len(rows) * _ROW
    low, high = (_LEFT + width * min(1.0, mean * (1 + sign * band) / most) for sign in (-1, 1))
    middle = _LEFT + width * mean / most
    parts = [
        f'<rect class="band" x="{low:.1f}" y="0" width="{high - low:.1f}" height="{height}"/>',
        f'<line class="mean" x1="{middle:.1f}" y1="0" x2="{middle:.1f}" y2="{height}"/>',
    ]
    for number, row in enumerate(rows):
        top = number * _ROW
        at = _LEFT + width * min(1.0, row.value / most)
        parts.append(f'<text class="label" x="{_LEFT}" y="{top + 15}">{escape(row.label)}</text>')
        parts.append(
            f'<line class="rail" x1="{_LEFT}" y1="{top + 28}" x2="{_LEFT + width}" y2="{top + 28}"/>'
        )
        parts.append(_whisker(row, top + 28, most))
        parts.append(f'<circle class="dot {row.tone}" cx="{at:.1f}" cy="{top + 28}" r="6"/>')
        parts.append(f'<text class="value" x="{WIDTH}" y="{top + 33}">{escape(row.text)}</text>')
    return _svg(title, _said(rows), height, parts)


def lines(
    title: str,
    found: Sequence[Line],
    *,
    across: tuple[str, str],
    up: tuple[str, str],
    goal: float | None = None,
) -> str:
    """Return lines over a square; ``across`` and ``up`` are what stands at both ends of each axis."""
    left, top, size, tall = 46, 10, 318, 210
    parts = [
        f'<line class="rail" x1="{left}" y1="{top + tall * step / 4:.1f}" x2="{left + size}" '
        f'y2="{top + tall * step / 4:.1f}"/>'
        for step in range(5)
    ]
    if goal is not None:
        at = top + tall * (1 - goal)
        parts.append(f'<line class="goal" x1="{left}" y1="{at:.1f}" x2="{left + size}" y2="{at:.1f}"/>')
    for line in found:
        places = [(left + size * x, top + tall * (1 - y)) for x, y in line.points]
        drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline class="line {line.tone}" points="{drawn}"/>')
        if line.tone != "even" and len(places) <= 8:
            parts.extend(
                f'<circle class="dot {line.tone}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in places
            )
    parts.append(f'<text class="axis end" x="{left - 6}" y="{top + tall + 4}">{escape(up[0])}</text>')
    parts.append(f'<text class="axis end" x="{left - 6}" y="{top + 8}">{escape(up[1])}</text>')
    parts.append(f'<text class="axis" x="{left}" y="{top + tall + 20}">{escape(across[0])}</text>')
    parts.append(f'<text class="axis end" x="{left + size}" y="{top + tall + 20}">{escape(across[1])}</text>')
    said = "; ".join(
        f"{line.label}: from {line.points[0][1]:.0%} to {line.points[-1][1]:.0%}" for line in found
    )
    return _svg(title, said, top + tall + 28, parts)


def chart(title: str, places: Iterable[tuple[float, float, bool]]) -> str:
    """Return a map of people (dots) and roles (squares): north is up, and one kilometre is said by a bar."""
    points = list(places)
    middle = sum(each[0] for each in points) / len(points)
    flat = [(each[1] * 111.2 * math.cos(math.radians(middle)), each[0] * 111.2, each[2]) for each in points]
    west, east = _most([x for x, _, _ in flat])
    south, north = _most([y for _, y, _ in flat])
    tall, margin = 240, 14
    scale = min((WIDTH - 2 * margin) / (east - west), (tall - 2 * margin) / (north - south))
    parts = []
    for x, y, is_role in sorted(flat, key=lambda each: each[2]):
        across = WIDTH / 2 + (x - (west + east) / 2) * scale
        down = tall / 2 - (y - (south + north) / 2) * scale
        if not (4 < across < WIDTH - 4 and 4 < down < tall - 4):
            continue
        if is_role:
            parts.append(
                f'<rect class="role" x="{across - 2.5:.1f}" y="{down - 2.5:.1f}" width="5" height="5"/>'
            )
        else:
            parts.append(f'<circle class="person" cx="{across:.1f}" cy="{down:.1f}" r="2.6"/>')
    kilometres = 1 if scale > 22 else 2 if scale > 12 else 5
    parts.append(
        f'<line class="mean" x1="10" y1="{tall - 10}" x2="{10 + kilometres * scale:.1f}" y2="{tall - 10}"/>'
    )
    parts.append(f'<text class="axis" x="10" y="{tall - 16}">{kilometres} km</text>')
    said = f"About {east - west:.0f} by {north - south:.0f} kilometres; dots are people, squares are roles."
    return _svg(title, said, tall, parts)


def _most(values: Sequence[float]) -> tuple[float, float]:
    """Return the range without the outermost hundredth on each side."""
    ordered = sorted(values)
    cut = len(ordered) // 100
    low, high = ordered[cut], ordered[-1 - cut]
    return low, max(high, low + 0.1)


def _whisker(row: Bar, middle: float, most: float) -> str:
    width = WIDTH - _LEFT - _RIGHT
    low, high = (_LEFT + width * min(1.0, each / most) for each in (row.low, row.high))
    return f'<line class="whisker" x1="{low:.1f}" y1="{middle}" x2="{high:.1f}" y2="{middle}"/>'


def _said(rows: Sequence[Bar]) -> str:
    return "; ".join(f"{row.label}: {row.text}" for row in rows)


def _svg(title: str, said: str, height: float, parts: Iterable[str]) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(title)}. {escape(said)}">'
        f"{''.join(parts)}</svg>"
    )
