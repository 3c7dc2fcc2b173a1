"""Reads of organisations."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from volunteer.models import Organisation


def names_of_organisations(session: Session) -> list[tuple[UUID, str]]:
    """Every organisation by name, to choose one from."""
    chosen = select(Organisation.id, Organisation.name).order_by(
        func.lower(Organisation.name), Organisation.id
    )
    return [(row.id, row.name) for row in session.execute(chosen)]
