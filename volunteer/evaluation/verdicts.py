"""The questions an evaluation has to answer, with what came out and whether it is what we promised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from volunteer.evaluation.results import Evaluation, WorldReport

PROMISED_RATIO = 0.9
"""The least served group within a tenth of the mean."""
WELL_ABOVE = 1.25
"""So many times the best of the others is called well above."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One promise."""

    code: str
    question: str
    figure: str
    answer: str
    is_kept: bool


def verdicts(evaluation: Evaluation) -> list[Verdict]:
    """Return every promise with its outcome, first those that must be zero."""
    return [_zero(evaluation), _equal(evaluation), _sure(evaluation), *_of_worlds(evaluation)]


def judged_world(evaluation: Evaluation) -> WorldReport:
    """Return the unseen world, or the last one where it was left out."""
    unseen = [world for world in evaluation.worlds if world.is_unseen]
    return (unseen or evaluation.worlds)[-1]


def _zero(evaluation: Evaluation) -> Verdict:
    ours = [method for world in evaluation.worlds for method in world.methods if method.is_ours]
    rows = evaluation.proof.shown + sum(method.wrong.shown for method in ours)
    wrong = evaluation.proof.violations + sum(
        method.wrong.impossible + (method.wrong.wrongly_labelled or 0) for method in ours
    )
    return Verdict(
        "violations",
        "Is anybody shown a place that cannot have them?",
        f"{wrong:,}",
        f"A slow checker that shares no code with the engine looked at all {rows:,} rows: {wrong:,} wrong.",
        wrong == 0,
    )


def _equal(evaluation: Evaluation) -> Verdict:
    found = [world.rebuild for world in evaluation.worlds]
    unlike = sum(each.offers_that_differ + each.lists_that_differ for each in found)
    changes, rounds = sum(each.changes for each in found), sum(each.rounds for each in found)
    return Verdict(
        "rebuild",
        "Is an offer that follows changes the same as one built afresh?",
        f"{unlike:,}",
        f"After {changes:,} random changes in {rounds:,} rounds, both were compared: {unlike:,} differences.",
        unlike == 0,
    )


def _sure(evaluation: Evaluation) -> Verdict:
    have = sum(world.sure.have for world in evaluation.worlds)
    fewer = sum(world.sure.were_shown_fewer for world in evaluation.worlds)
    return Verdict(
        "sure",
        "Is everybody for whom three sure roles exist shown three?",
        f"{fewer:,}",
        f"Of {have:,} people for whom three roles fit or can be arranged, {fewer:,} were shown fewer.",
        fewer == 0,
    )


def _of_worlds(evaluation: Evaluation) -> Iterator[Verdict]:
    world = judged_world(evaluation)
    for measure, name in (("precision", "precision@5"), ("ndcg", "NDCG@5")):
        ahead = world.ahead[measure]
        yield Verdict(
            measure,
            f"Do people get what they would start with? ({name})",
            f"{ahead.ratio:.2f} ×",
            f"In “{world.name}”, the best of the others is “{ahead.best_other.lower()}”. We are ahead by "
            f"{ahead.difference:.3f} (between {ahead.low:.3f} and {ahead.high:.3f}).",
            ahead.ratio >= WELL_ABOVE and ahead.low > 0,
        )
    yield from _of_groups(world)


def _of_groups(world: WorldReport) -> Iterator[Verdict]:
    texts = {
        "enough": "Does the least served group have three sure suggestions as often as everybody?",
        "ndcg": "Does the list suit the least served group as well as everybody? (NDCG@5)",
    }
    for measure, question in texts.items():
        least = world.lowest.get(measure)
        if least is None:
            continue
        answered = world.asking[-1].lowest[measure]
        yield Verdict(
            f"group_{measure}",
            question,
            f"{least.ratio:.0%}",
            f"In “{world.name}” that is the group “{least.group}”: {least.ratio:.0%} of the mean (between "
            f"{least.low:.0%} and {least.high:.0%}). If every question about access were answered: "
            f"{answered.ratio:.0%}.",
            least.ratio >= PROMISED_RATIO,
        )
