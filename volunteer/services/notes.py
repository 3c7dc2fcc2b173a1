"""Notes of the desk: written, read, thrown away, and gone by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete

from volunteer.domain.errors import NotFound
from volunteer.domain.notes import USUAL_DAYS, clean_note, lasting
from volunteer.models import Account, Candidate, Note
from volunteer.models.base import field_name
from volunteer.queries.notes import notes_of
from volunteer.unit_of_work import UnitOfWork

_TEXT = field_name("notes", "text_sealed")


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """A note that can be read."""

    id: UUID
    text: str
    author: str
    written_at: datetime
    expires_at: datetime


def write(
    uow: UnitOfWork, candidate: Candidate, text: str, *, account_id: UUID, days: int = USUAL_DAYS
) -> Note:
    """Keep a note about this person for so many days. Raises :class:`InvalidValue`."""
    words = clean_note(text)
    author = uow.session.get_one(Account, account_id)
    note = Note(
        id=uuid4(),
        candidate_id=candidate.id,
        text_sealed=uow.keyring.seal(words, field=_TEXT),
        account_id=account_id,
        author=author.name,
        written_at=uow.now,
        expires_at=uow.now + lasting(days),
    )
    uow.session.add(note)
    return note


def read(uow: UnitOfWork, candidate_id: UUID) -> list[OpenedNote]:
    """What stands about this person now, the newest first; for the desk and for the person."""
    return [
        OpenedNote(
            id=note.id,
            text=uow.keyring.open(note.text_sealed, field=_TEXT),
            author=note.author,
            written_at=note.written_at,
            expires_at=note.expires_at,
        )
        for note in notes_of(uow.session, candidate_id, now=uow.now)
    ]


def throw_away(uow: UnitOfWork, candidate_id: UUID, note_id: UUID) -> None:
    """It is not needed any more. Raises :class:`NotFound`."""
    note = uow.session.get(Note, note_id)
    if note is None or note.candidate_id != candidate_id:
        raise NotFound("This note is gone already.")
    uow.session.delete(note)


def forget_expired(uow: UnitOfWork) -> None:
    """Delete every note whose days are over."""
    uow.session.execute(delete(Note).where(Note.expires_at <= uow.now))
