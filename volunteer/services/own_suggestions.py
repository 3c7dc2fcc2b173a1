"""The one way to a suggestion: through the person it was made for."""

from __future__ import annotations

from uuid import UUID

from volunteer.domain.errors import NotFound
from volunteer.models import Suggestion
from volunteer.queries.suggestions import suggestion_of
from volunteer.unit_of_work import UnitOfWork


def own_suggestion(uow: UnitOfWork, candidate_id: UUID, suggestion_id: UUID) -> Suggestion:
    """A suggestion of this person. Raises :class:`NotFound` for somebody else's."""
    suggestion = suggestion_of(uow.session, candidate_id, suggestion_id)
    if suggestion is None:
        raise NotFound("This suggestion is not there any more.")
    return suggestion
