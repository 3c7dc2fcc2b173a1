"""Writing an evaluation down: as figures for programs, and as a page with pictures for people."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from volunteer.evaluation import pictures
from volunteer.evaluation.groups import ENOUGH, MANY, SMALLEST_GROUP, NeedRow
from volunteer.evaluation.judging import FIRST
from volunteer.evaluation.pictures import Bar, Line
from volunteer.evaluation.results import Evaluation, MethodReport, Size, WorldReport
from volunteer.evaluation.verdicts import PROMISED_RATIO, judged_world, verdicts

DECIMALS = 6
FONTS = {400: "400-normal", 700: "700-normal"}
_TONES = ("first", "second", "third", "fourth")
_SPREAD = ("engine", "hand", "platform", "nearest")
"""Methods of which the spread of attention is drawn."""


def as_json(evaluation: Evaluation) -> str:
    """Return everything as JSON, the verdicts included; the same evaluation gives the same text."""
    found = asdict(evaluation) | {"verdicts": [asdict(each) for each in verdicts(evaluation)]}
    found["invented"] = "Every person, role, answer and outcome in here is invented."
    found["command"] = command(evaluation.size)
    return json.dumps(_rounded(found), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def as_page(evaluation: Evaluation) -> str:
    """Return the report as one page that needs no other file."""
    environment = Environment(
        loader=PackageLoader("volunteer", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {"percent": lambda value: f"{value:.0%}", "three": lambda value: f"{value:.3f}"}
    return environment.get_template("evaluation/report.html").render(
        evaluation=evaluation,
        command=command(evaluation.size),
        judged=judged_world(evaluation),
        verdicts=verdicts(evaluation),
        worlds=[_drawn(world) for world in evaluation.worlds],
        needs=_needs(evaluation.worlds),
        fonts={weight: _font(name) for weight, name in FONTS.items()},
        smallest=SMALLEST_GROUP,
        enough=ENOUGH,
        many=MANY,
        first=FIRST,
        promised=PROMISED_RATIO,
    )


def command(size: Size) -> str:
    """Return the command that gives these figures again."""
    usual = Size()
    options = [
        f"--{name} {getattr(size, name)}"
        for name in ("people", "roles", "days", "seed")
        if getattr(size, name) != getattr(usual, name)
    ]
    if not size.with_unseen:
        options.append("--without-unseen")
    return " ".join(["volunteer evaluate", *options])


def _drawn(world: WorldReport) -> Mapping[str, Any]:
    """Return a world with its pictures."""
    name = world.name
    return {
        "report": world,
        "chart": Markup(pictures.chart(f"Map of {name}", world.dots)),  # noqa: S704 - our own drawing
        "precision": _bars(world.methods, f"Would start, of the first {FIRST}, {name}", "precision"),
        "ndcg": _bars(world.methods, f"NDCG@5, {name}", "ndcg"),
        "groups": _groups(world),
        "asking": _asking(world),
        "days": _days(world),
        "lorenz": _lorenz(world),
        "spread": [method for method in world.methods if method.code in _SPREAD],
    }


def _bars(methods: Sequence[MethodReport], title: str, measure: str) -> Markup:
    rows = [(method, getattr(method, measure)) for method in methods]
    drawn = [
        Bar(method.name, each.value, each.low, each.high, _tone(method), f"{each.value:.2f}")
        for method, each in rows
    ]
    return Markup(pictures.bars(title, drawn, most=1.0))  # noqa: S704


def _tone(method: MethodReport) -> str:
    if method.is_ceiling:
        return "ceiling"
    return "ours" if method.is_ours else "other"


def _groups(world: WorldReport) -> Markup:
    everybody = world.asking[0].ndcg.value
    rows = [
        Bar(
            f"{group.name} ({group.ndcg.people})",
            group.ndcg.value,
            group.ndcg.low,
            group.ndcg.high,
            "ours",
            f"{group.ndcg.value:.2f}",
        )
        for group in world.groups
    ]
    most = max([everybody, *(row.high for row in rows)]) * 1.1 or 1.0
    title = f"NDCG@5 by group, {world.name}; the line is the mean, the band a tenth around it"
    return Markup(  # noqa: S704
        pictures.dots(title, rows, most=most, mean=everybody, band=1 - PROMISED_RATIO)
    )


def _asking(world: WorldReport) -> Markup:
    names = {"enough": "three sure suggestions", "ndcg": "NDCG@5"}
    found = [
        Line(label, [(step.known, min(1.0, step.lowest[key].ratio)) for step in world.asking], tone)
        for (key, label), tone in zip(names.items(), _TONES, strict=False)
        if all(key in step.lowest for step in world.asking)
    ]
    return Markup(  # noqa: S704
        pictures.lines(
            f"Least served group beside the mean, as more is known, {world.name}",
            found,
            across=("nothing known", "everything"),
            up=("0 %", "100 %"),
            goal=PROMISED_RATIO,
        )
    )


def _days(world: WorldReport) -> Markup:
    drawn = [
        Line(
            method.name,
            [
                (day / max(1, len(spread.shown_by_day) - 1), shown / max(1, spread.open))
                for day, shown in enumerate(spread.shown_by_day)
            ],
            tone,
        )
        for method, spread, tone in _of_spread(world)
    ]
    across = ("day 1", f"day {len(world.methods[0].spread.shown_by_day)}")
    title = f"Open roles shown at least once, {world.name}"
    return Markup(pictures.lines(title, drawn, across=across, up=("0 %", "100 %")))  # noqa: S704


def _lorenz(world: WorldReport) -> Markup:
    drawn = [
        Line(
            method.name,
            [(at / (len(spread.lorenz) - 1), value) for at, value in enumerate(spread.lorenz)],
            tone,
        )
        for method, spread, tone in _of_spread(world)
    ]
    even = Line("all alike", [(0.0, 0.0), (1.0, 1.0)], "even")
    title = f"How attention is spread over the roles, {world.name}"
    return Markup(  # noqa: S704
        pictures.lines(title, [even, *drawn], across=("least shown", "most shown"), up=("0 %", "100 %"))
    )


def _of_spread(world: WorldReport) -> list[tuple[MethodReport, Any, str]]:
    found = [method for method in world.methods if method.code in _SPREAD]
    return [(method, method.spread, tone) for method, tone in zip(found, _TONES, strict=True)]


def _needs(worlds: Sequence[WorldReport]) -> list[tuple[str, list[NeedRow]]]:
    """Return each need with its row of every world, in the order of the vocabulary's labels."""
    by_code = [{row.code: row for row in world.needs} for world in worlds]
    return [
        (each[0].label, each) for code in sorted(by_code[0]) if (each := [rows[code] for rows in by_code])
    ]


def _font(name: str) -> str:
    file = resources.files("volunteer").joinpath(
        "static", "fonts", f"atkinson-hyperlegible-next-latin-{name}.woff2"
    )
    return b64encode(file.read_bytes()).decode("ascii")


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, Mapping):
        return {key: _rounded(each) for key, each in value.items() if key != "dots"}
    return [_rounded(each) for each in value] if isinstance(value, list | tuple) else value
