"""The words of a role for whoever reads them now: in their language where it is there."""

from __future__ import annotations

from dataclasses import dataclass

from volunteer.models import Opportunity
from volunteer.services.opportunity_texts import said_in
from volunteer.web.language import current_language


@dataclass(frozen=True, slots=True)
class RoleWords:
    """Title and description."""

    title: str
    description: str
    language: str | None
    """Of these words, where it is not the reader's."""


def role_words(opportunity: Opportunity) -> RoleWords:
    """What this role says to the reader."""
    reader = current_language()
    said = said_in(opportunity, reader)
    return RoleWords(said.title, said.description, said.language if said.language != reader else None)
