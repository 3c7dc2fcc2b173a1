"""``volunteer suggest``: what would be shown to people now, one line each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import click
from rich.console import Console
from rich.table import Table

from volunteer.bootstrap import Core
from volunteer.cli.core import open_core
from volunteer.config import Settings
from volunteer.domain.candidates import CandidateState
from volunteer.domain.errors import NotFound
from volunteer.matching.catalogue import Catalogue
from volunteer.matching.exposure import Exposure
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.suggesting import Match
from volunteer.models import Candidate
from volunteer.queries.candidates import (
    candidate_by_external_id,
    confirmed_candidate,
    confirmed_candidates,
)
from volunteer.queries.suggestions import role_names
from volunteer.services import suggestions
from volunteer.unit_of_work import UnitOfWork

_AT_ONCE = 500
_READER = "command line"

Names = dict[UUID, tuple[str | None, str]]
"""External id and title by the id of a role."""


@click.command()
@click.option("--candidate", "wanted", metavar="ID", help="External id, or our own id, of one person.")
@click.option("--all", "everyone", is_flag=True, help="Everyone with a confirmed file.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each person.")
@click.pass_obj
def suggest(settings: Settings, *, wanted: str | None, everyone: bool, as_json: bool) -> None:
    """Say what would be shown to people now. Only confirmed files are matched.

    Opening somebody's needs is written in the journal.
    """
    if (wanted is None) == (not everyone):
        raise click.UsageError("Give either --candidate ID or --all.")
    with open_core(settings) as core:
        for candidate, matches, names in _found(core, wanted):
            if as_json:
                click.echo(json.dumps(_line(candidate, matches, names), ensure_ascii=False))
            else:
                _show(candidate, matches, names)


def _found(core: Core, wanted: str | None) -> Iterator[tuple[Candidate, list[Match], Names]]:
    """Match against one snapshot; nothing is given out before the journal of its reading is written."""
    with core.units.read() as uow:
        ids = [candidate.id for candidate in _chosen(uow, wanted)]
        catalogue = Catalogue()
        snapshot, exposure = catalogue.snapshot(uow), catalogue.exposure(uow)
        names = role_names(uow.session, snapshot.opportunity_ids)
    for start in range(0, len(ids), _AT_ONCE):
        with core.units.write() as uow:
            some = _matched(uow, ids[start : start + _AT_ONCE], snapshot, exposure)
        for candidate, matches in some:
            yield candidate, matches, names


def _matched(
    uow: UnitOfWork, ids: Sequence[UUID], snapshot: Snapshot, exposure: Exposure
) -> list[tuple[Candidate, list[Match]]]:
    candidates = [confirmed_candidate(uow.session, candidate_id) for candidate_id in ids]
    return [
        (candidate, suggestions.find(uow, candidate, snapshot, reader=_READER, exposure=exposure))
        for candidate in candidates
        if candidate is not None
    ]


def _chosen(uow: UnitOfWork, wanted: str | None) -> Sequence[Candidate]:
    if wanted is None:
        return confirmed_candidates(uow.session)
    candidate = candidate_by_external_id(uow.session, wanted) or _by_own_id(uow, wanted)
    if candidate is None or candidate.state != CandidateState.CONFIRMED:
        raise NotFound("There is no confirmed file “%(id)s”.", values={"id": wanted})
    return [candidate]


def _by_own_id(uow: UnitOfWork, wanted: str) -> Candidate | None:
    try:
        return uow.session.get(Candidate, UUID(wanted))
    except ValueError:
        return None


def _line(candidate: Candidate, matches: list[Match], names: Names) -> dict[str, Any]:
    return {
        "external_id": candidate.external_id,
        "candidate_id": str(candidate.id),
        "suggestions": [
            {
                "external_id": names[match.opportunity_id][0],
                "opportunity_id": str(match.opportunity_id),
                "rank": match.rank,
                "tier": match.tier,
                "score": match.score,
                "parts": dict(match.parts),
                "needs": dict(match.needs),
                "questions": list(match.questions),
                "language_questions": list(match.language_questions),
            }
            for match in matches
        ],
    }


def _show(candidate: Candidate, matches: list[Match], names: Names) -> None:
    title = f"{candidate.first_name} ({candidate.external_id or candidate.id})"
    table = Table(title=title, title_justify="left")
    for heading in ("", "Tier", "Score", "Role", "Needs"):
        table.add_column(heading, overflow="fold")
    for match in matches:
        needs = ", ".join(f"{code} {state}" for code, state in match.needs.items())
        table.add_row(
            str(match.rank), match.tier, f"{match.score:.3f}", names[match.opportunity_id][1], needs
        )
    Console(highlight=False).print(table if matches else f"{title}: nothing fits now.")
