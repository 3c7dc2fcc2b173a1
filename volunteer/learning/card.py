"""The model card: what a version of the weights is, for whoever decides whether to release it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from textwrap import wrap

import numpy as np

from volunteer.learning.fitting import FEATURES, HAND, SPREAD
from volunteer.learning.guards import FEWEST_OF_A_GROUP
from volunteer.learning.impressions import Impressions, Numbers
from volunteer.learning.measures import Comparison, Measure
from volunteer.learning.validation import EARLY, FOLDS
from volunteer.matching.scoring import HAND_WEIGHTS, TERMS
from volunteer.services.weights import Verdict

_WIDTH = 100
NEVER = "needs, number of needs, origin, language group, age, sex, district"


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """Everything a card tells."""

    shown: Impressions
    made_with: Mapping[str, int]
    """How many impressions were made with each version of the weights."""
    examination: float
    weights: Numbers
    comparisons: Mapping[str, Comparison | None]
    guards: Mapping[str, Verdict]


def write(trained: Trained, *, version: str, trained_at: datetime) -> str:
    """The card in Markdown."""
    title = f"# Weights {version}\n\nTrained {trained_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC."
    parts = (_purpose, _data, _weights, _validation, _guards, _limits)
    return "\n\n".join([title, *("\n".join(part(trained)) for part in parts)]) + "\n"


def _purpose(trained: Trained) -> Iterator[str]:
    yield from _paragraph(
        "For one thing: the order in which roles that fit are shown to a person who looks for one. They "
        "never decide whether a role fits, and nothing that an organisation sees is ordered by them."
    )
    yield ""
    if all(verdict.passed for verdict in trained.guards.values()):
        yield "**Every guard passed: it can be released.**"
    else:
        yield "**A guard failed: it cannot be released.**"


def _data(trained: Trained) -> Iterator[str]:
    shown = trained.shown
    first, last = (datetime.fromtimestamp(moment, UTC) for moment in shown.shown_at[[0, -1]])
    yield "## What it was learned from"
    yield ""
    yield from _paragraph(
        "Roles that were shown to people who agreed to statistics and learning, and whether they asked "
        "to meet them. Each role counts once for each person; what was shown in the last two weeks does "
        "not count yet."
    )
    yield ""
    yield "| | |"
    yield "|---|---:|"
    yield f"| impressions | {len(shown)} |"
    yield f"| … that led to a wish to meet | {int(shown.asked.sum())} |"
    yield f"| … and to a yes of the organisation | {shown.acceptances} |"
    yield f"| people | {len(np.unique(shown.person))} |"
    yield f"| impressions of people with needs | {int(shown.with_needs.sum())} |"
    yield f"| organisations | {len(np.unique(shown.organisation))} |"
    yield f"| period | {first:%Y-%m-%d} to {last:%Y-%m-%d} |"
    for version, number in sorted(trained.made_with.items()):
        yield f"| put in order by {version} | {number} |"


def _weights(trained: Trained) -> Iterator[str]:
    yield "## The weights"
    yield ""
    yield f"| term | by hand ({HAND_WEIGHTS.version}) | learned | difference |"
    yield "|---|---:|---:|---:|"
    for term, hand, learned in zip(TERMS, HAND, trained.weights, strict=True):
        yield f"| {term} | {hand:.3f} | {learned:.3f} | {learned - hand:+.3f} |"
    yield ""
    yield from _paragraph(
        "Logistic regression with the hand-weighted score as a fixed offset; only departures from it "
        f"are learned, and shrunk to none (a spread of {SPREAD} beforehand). The weight of arrangement "
        "is policy and is not learned. How much less a place further down is looked at is learned "
        f"beside them: its number to the power of {trained.examination:.2f}."
    )
    yield ""
    yield f"It sees {', '.join(FEATURES)}, and nothing else. It never sees: {NEVER}."


def _validation(trained: Trained) -> Iterator[str]:
    yield "## How it was tried"
    yield ""
    yield from _paragraph(
        f"Learned from the first {EARLY:.0%} in time, tried on the rest; people and organisations in "
        f"{FOLDS} groups each, and nothing is tried on a person or organisation that was learned from. "
        "The hand weights are tried on the same impressions. In brackets: 95 %, drawing people anew. "
        "NDCG@5 and precision@5 are parts of the best that any order of the list could reach, corrected "
        "for how often a place is looked at."
    )
    yield ""
    yield "| for | impressions | wishes | figure | by hand | learned | better by |"
    yield "|---|---:|---:|---|---:|---:|---|"
    for name, comparison in trained.comparisons.items():
        if comparison is None:
            yield f"| {name} | 0 | 0 | | | | nobody asked |"
            continue
        for figure, measure in _figures(comparison):
            before = f"| {name} | {comparison.impressions} | {comparison.wishes} | {figure}"
            yield f"{before} | {measure.hand:.4f} | {measure.learned:.4f} | {_better(measure)} |"


def _figures(comparison: Comparison) -> Sequence[tuple[str, Measure]]:
    return (
        ("log loss (less is better)", comparison.log_loss),
        ("NDCG@5", comparison.ndcg),
        ("precision@5", comparison.precision),
    )


def _better(measure: Measure) -> str:
    return f"{measure.gain.mean:+.4f} ({measure.gain.low:+.4f} to {measure.gain.high:+.4f})"


def _guards(trained: Trained) -> Iterator[str]:
    yield "## Guards"
    yield ""
    for name, verdict in trained.guards.items():
        yield f"- **{name}: {'passed' if verdict.passed else 'FAILED'}.** {verdict.words}"


def _limits(trained: Trained) -> Iterator[str]:
    yield "## Limits"
    yield ""
    yield "- Only what was shown can be learned from; what was never shown says nothing."
    yield "- Wishes tell what people choose on a screen, not whether they stay: that is not recorded so far."
    yield f"- Groups of people with needs are looked at apart from {FEWEST_OF_A_GROUP} held-out impressions"
    yield "  on. Smaller ones may be worse off without our seeing it."
    yield "- Whoever did not agree to learning is not in here."
    if len(trained.shown) < 2000:
        yield "- Few impressions: expect the next version to differ."


def _paragraph(text: str) -> Sequence[str]:
    return wrap(text, _WIDTH)
