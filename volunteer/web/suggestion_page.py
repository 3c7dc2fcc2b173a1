"""What stands on a person's page of suggestions: one list, what is before and after it, and a short list."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import url_for

from volunteer.domain.errors import NotFound
from volunteer.domain.opportunities import OpportunityState
from volunteer.models import Candidate, Suggestion, SuggestionList
from volunteer.queries.suggestions import list_after, list_of, list_of_event, newest_list
from volunteer.services import refusals, shortlists
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.extensions import current_core
from volunteer.web.role_words import role_words
from volunteer.web.suggestion_cards import Card, suggested

PATIENCE_SECONDS = 60
"""So long the page says that it is still looking for others; then it shows what there is."""
_WAITS = "suggestions_wait"


@dataclass(frozen=True, slots=True)
class Kept:
    """One line of the short list."""

    title: str
    language: str | None
    organisation: str
    is_open: bool
    url: str
    take_out_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One list as it is shown."""

    busy: bool = False
    is_more: bool = False
    """It goes on from a list before it: these are others."""
    fits: list[Card] = field(default_factory=list)
    ask_first: list[Card] = field(default_factory=list)
    saved: list[Kept] = field(default_factory=list)
    before_url: str | None = None
    """The list it goes on from."""
    after_url: str | None = None
    """The list that goes on from it."""
    others_url: str | None = None
    """A POST that asks for others; ``None`` where nothing is left, or they are there already."""
    has_refused: bool = False


def list_page(uow: UnitOfWork, candidate: Candidate, list_id: UUID | None = None) -> ListPage:
    """The newest list, or this one. Raises :class:`NotFound` for a list of somebody else."""
    made = (
        newest_list(uow.session, candidate.id)
        if list_id is None
        else list_of(uow.session, candidate.id, list_id)
    )
    found = suggested(uow, candidate, list_id)
    if made is None or found is None:
        raise NotFound("This list is not there any more.")
    after = list_after(uow.session, made)
    return ListPage(
        is_more=made.after_id is not None,
        fits=found.fits,
        ask_first=found.ask_first,
        saved=[_kept(each) for each in shortlists.saved(uow, candidate.id)],
        before_url=_url_of(uow, candidate, made.after_id),
        after_url=url_for("my_suggestions.earlier", list_id=after.id) if after else None,
        others_url=_others_url(made, after),
        has_refused=bool(refusals.refused_by(uow, candidate.id)),
    )


def wait_for(session: MutableMapping[str, Any], event_id: UUID) -> None:
    """Say on the page that we are looking, until the list of this event is there."""
    session[_WAITS] = (event_id.hex, _now() + PATIENCE_SECONDS)


def is_still_looked_for(uow: UnitOfWork, session: MutableMapping[str, Any]) -> bool:
    """Whether a list that was asked for in this browser is still being made."""
    event_hex, until = session.get(_WAITS) or ("", 0)
    return until > _now() and list_of_event(uow.session, UUID(event_hex)) is None


def _others_url(made: SuggestionList, after: SuggestionList | None) -> str | None:
    if after is not None or not made.suggestions:
        return None
    return url_for("my_suggestions.others", list_id=made.id)


def _url_of(uow: UnitOfWork, candidate: Candidate, list_id: UUID | None) -> str | None:
    if list_id is None or list_of(uow.session, candidate.id, list_id) is None:
        return None
    return url_for("my_suggestions.earlier", list_id=list_id)


def _kept(suggestion: Suggestion) -> Kept:
    opportunity = suggestion.opportunity
    words = role_words(opportunity)
    return Kept(
        title=words.title,
        language=words.language,
        organisation=opportunity.organisation.name,
        is_open=opportunity.state == OpportunityState.OPEN,
        url=url_for("my_suggestions.one", suggestion_id=suggestion.id),
        take_out_url=url_for("my_suggestions.take_out", suggestion_id=suggestion.id),
    )


def _now() -> int:
    return int(current_core().clock.now().timestamp())
