"""Perhaps this person has a file already: by a plain rule that is said on the page.

The rule: the first name sounds the same, **and** the number or address is the same, or the place is. It is a
question to a person at the desk, never an answer to whoever signs up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.candidates import SignUp
from volunteer.models import Candidate, ToldApart
from volunteer.queries import people as queries
from volunteer.unit_of_work import UnitOfWork

MOST_NAMED = 8
"""More than this nobody reads with somebody in front of them; the same contact comes first."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What a file is recognised by."""

    first_name: str
    contact: str | None = None
    """In the form of its channel."""
    postal_code: str | None = None
    municipality: str | None = None

    @classmethod
    def of(cls, answers: SignUp) -> Traits:
        """Those of somebody who gives these answers."""
        return cls(answers.first_name, answers.contact, answers.postal_code, answers.municipality)


def files_like(uow: UnitOfWork, traits: Traits) -> list[Candidate]:
    """Files that are perhaps of this person; same contact first, then the newest, 8 at most."""
    somebody = Candidate(
        first_name=traits.first_name,
        municipality=traits.municipality,
        postal_code=traits.postal_code,
        contact_hash=_contact_hash(uow, traits.contact),
    )
    return _like(uow, somebody)


def others_like(uow: UnitOfWork, candidate: Candidate) -> list[Candidate]:
    """Other files that are perhaps of this person, without those the desk told apart."""
    known = queries.told_apart_from(uow.session, candidate.id) | {candidate.id}
    return [each for each in _like(uow, candidate, most=MOST_NAMED + len(known)) if each.id not in known][
        :MOST_NAMED
    ]


def tell_apart(uow: UnitOfWork, candidate: Candidate, others: Sequence[UUID], *, account_id: UUID) -> None:
    """These files are of somebody else; harmless to repeat, and for files that are gone."""
    known = queries.told_apart_from(uow.session, candidate.id)
    for other in queries.files_with(uow.session, set(others) - known - {candidate.id}):
        older, newer = sorted((candidate, other), key=lambda each: (each.created_at, each.id.hex))
        uow.session.add(
            ToldApart(older_id=older.id, newer_id=newer.id, told_by=f"account:{account_id}", told_at=uow.now)
        )


def _like(uow: UnitOfWork, somebody: Candidate, *, most: int = MOST_NAMED) -> list[Candidate]:
    if not somebody.sound_key:
        return []
    alike = [
        each
        for each in queries.files_heard_as(uow.session, somebody)
        if queries.has_same_contact(each, somebody) or queries.is_same_place(each, somebody)
    ]
    return sorted(alike, key=lambda each: not queries.has_same_contact(each, somebody))[:most]


def _contact_hash(uow: UnitOfWork, contact: str | None) -> bytes | None:
    return uow.keyring.fingerprint(contact, kind="candidate") if contact else None
