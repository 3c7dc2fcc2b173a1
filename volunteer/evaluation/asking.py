"""What it is worth to ask: the same town, when more of the open questions about access are answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

from volunteer.domain.access import ASKED_OF_ORGANISATIONS, Answer
from volunteer.domain.matching_facts import RoleFacts
from volunteer.evaluation.groups import Lowest, enough, lowest
from volunteer.evaluation.hidden import HiddenRole
from volunteer.evaluation.judging import Figure, Quality, figure
from volunteer.evaluation.town import Town

ANSWERED = (0.5, 1.0)
"""Shares of what is unknown that get their answer, as it really is."""


@dataclass(frozen=True, slots=True)
class Step:
    """How people are served when so much is answered."""

    answered: float
    """Share of what was unknown that has its answer now."""
    known: float
    """Share of all access answers that is known."""
    precision: Figure
    ndcg: Figure
    enough: Figure
    lowest: Mapping[str, Lowest]


def step(town: Town, quality: Quality, *, answered: float, smallest: int) -> Step:
    """Return the figures of a town in which so much was answered."""
    return Step(
        answered=answered,
        known=share_known(town),
        precision=figure(quality.precision, seed=town.world.seed),
        ndcg=figure(quality.ndcg, seed=town.world.seed),
        enough=figure(enough(quality), seed=town.world.seed),
        lowest=lowest(town, quality, smallest=smallest),
    )


def answer(town: Town, share: float) -> Town:
    """Return the town with this share of its unknown answers given truly, and team languages too."""
    random = Random(f"{town.world.seed} {share} answers")
    roles = tuple(
        _answered(random, role, real, share)
        for role, real in zip(town.city.roles, town.hidden_roles, strict=True)
    )
    return replace(town, city=replace(town.city, roles=roles))


def share_known(town: Town) -> float:
    """Return which part of all access answers was given."""
    asked = len(town.city.roles) * len(ASKED_OF_ORGANISATIONS)
    return sum(len(role.answers) for role in town.city.roles) / asked


def _answered(random: Random, role: RoleFacts, real: HiddenRole, share: float) -> RoleFacts:
    answers: dict[str, Answer] = {
        code: truth for code, truth in real.answers.items() if random.random() < share
    }
    tells_languages = random.random() < share
    return replace(
        role,
        answers={**answers, **role.answers},
        languages_spoken=role.languages_spoken or (real.languages if tells_languages else frozenset()),
    )
