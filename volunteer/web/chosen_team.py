"""Which of their teams somebody works for now: chosen before, kept in the session, checked with each form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from flask import request, session

from volunteer.domain.errors import ImpossibleStep


class _Named(Protocol):
    @property
    def id(self) -> UUID: ...


_Team = TypeVar("_Team", bound=_Named)


def chosen(teams: Sequence[_Team], key: str) -> _Team:
    """The team kept in the session under ``key``, or the first one. ``teams`` is never empty."""
    return next((team for team in teams if team.id.hex == session.get(key)), teams[0])


def of_form(team: _Team) -> _Team:
    """The same. Raises :class:`ImpossibleStep` where the form that was sent is another team's."""
    if request.form.get("team", team.id.hex) != team.id.hex:
        raise ImpossibleStep("You chose another team in the meantime. Go back, and choose this one again.")
    return team
