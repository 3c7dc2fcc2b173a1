"""A person's own short list: what they saved stays there, also when newer lists do not hold it."""

from __future__ import annotations

from uuid import UUID

from volunteer.models import Candidate, Suggestion
from volunteer.queries import suggestions as queries
from volunteer.services.own_suggestions import own_suggestion
from volunteer.unit_of_work import UnitOfWork


def save(uow: UnitOfWork, candidate: Candidate, suggestion_id: UUID) -> None:
    """Keep this role in the short list; harmless to repeat. Raises :class:`NotFound`."""
    suggestion = own_suggestion(uow, candidate.id, suggestion_id)
    if suggestion.opportunity_id not in saved_roles(uow, candidate.id):
        suggestion.saved_at = uow.now


def take_out(uow: UnitOfWork, candidate: Candidate, suggestion_id: UUID) -> None:
    """Take this role from the short list; harmless to repeat. Raises :class:`NotFound`."""
    suggestion = own_suggestion(uow, candidate.id, suggestion_id)
    for each in queries.suggestions_about(uow.session, candidate.id, suggestion.opportunity_id):
        each.saved_at = None


def saved(uow: UnitOfWork, candidate_id: UUID) -> list[Suggestion]:
    """What this person saved and did not refuse since, each role once, in the order of saving."""
    found: dict[UUID, Suggestion] = {}
    for suggestion in queries.saved_suggestions(uow.session, candidate_id):
        found.setdefault(suggestion.opportunity_id, suggestion)
    return list(found.values())


def saved_roles(uow: UnitOfWork, candidate_id: UUID) -> frozenset[UUID]:
    """The roles that stand in the short list."""
    return frozenset(each.opportunity_id for each in saved(uow, candidate_id))
