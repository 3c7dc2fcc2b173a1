"""Where the pages about people at the desk hang."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, url_for

from volunteer.domain.errors import NotFound
from volunteer.models import Candidate
from volunteer.queries.people import file_it_went_into
from volunteer.unit_of_work import UnitOfWork

blueprint = Blueprint("people", __name__, url_prefix="/desk/people")


def person(uow: UnitOfWork, candidate_id: UUID, *, hold: bool = False) -> Candidate:
    """The file, confirmed or not; one that was merged leads to where it went. Raises :class:`NotFound`."""
    wanted = file_it_went_into(uow.session, candidate_id) or candidate_id
    found = uow.session.get(Candidate, wanted, with_for_update=hold or None)
    if found is None:
        raise NotFound("This file is not there any more.")
    return found


def page_of(candidate_id: UUID, anchor: str = "") -> str:
    """The address of a person's page."""
    return url_for("people.show", candidate_id=candidate_id) + (f"#{anchor}" if anchor else "")
