"""Reads that find a person again at the desk, and files that are perhaps of one person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from volunteer.domain.places import MUNICIPALITIES, municipality_of
from volunteer.models import Candidate, MergedFile, Organisation, ToldApart

LOOKED_BACK = timedelta(days=30)
"""A file as old as this was seen by the desk more than once: it is not brought up by itself any more."""
MOST_FILES = 500
MOST_PAIRS = 50


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """Two files with first names that sound alike, and the same contact or the same place."""

    newer_id: UUID
    older_id: UUID
    newer_name: str
    older_name: str
    same_contact: bool
    """The same number or address; otherwise they only live in the same place."""
    since: datetime
    """When the newer one was opened."""


def names_heard_as(session: Session, key: str, beginning: str) -> Sequence[str]:
    """First names on file with this sound, or with a sound that begins like this."""
    heard = Candidate.sound_key == key
    if beginning:
        heard = or_(heard, Candidate.sound_key.startswith(beginning, autoescape=True))
    return session.scalars(select(Candidate.first_name).where(heard).distinct()).all()


def every_name(session: Session) -> Sequence[str]:
    """Every first name on file, once."""
    return session.scalars(select(Candidate.first_name).distinct()).all()


def files_named(
    session: Session, names: Collection[str], *, postal_code: str | None, municipality: str | None
) -> Sequence[Candidate]:
    """Files with one of these first names, in this place when one is given; the newest first, 500 at most."""
    return session.scalars(
        select(Candidate)
        .where(Candidate.first_name.in_(names), lives_in(postal_code, municipality))
        .order_by(Candidate.created_at.desc(), Candidate.id)
        .limit(MOST_FILES)
    ).all()


def files_in(
    session: Session, *, postal_code: str | None, municipality: str | None, most: int
) -> Sequence[Candidate]:
    """The newest files of a place."""
    return session.scalars(
        select(Candidate)
        .where(lives_in(postal_code, municipality))
        .order_by(Candidate.created_at.desc(), Candidate.id)
        .limit(most)
    ).all()


def files_with(session: Session, ids: Collection[UUID]) -> Sequence[Candidate]:
    """The files with these ids, the newest first."""
    return session.scalars(
        select(Candidate).where(Candidate.id.in_(ids)).order_by(Candidate.created_at.desc(), Candidate.id)
    ).all()


def files_reached_at(session: Session, contact_hash: bytes) -> Sequence[Candidate]:
    """The files of whoever is reached at this number or address, the newest first."""
    return session.scalars(
        select(Candidate)
        .where(Candidate.contact_hash == contact_hash)
        .order_by(Candidate.created_at.desc(), Candidate.id)
        .limit(MOST_FILES)
    ).all()


def every_organisation(session: Session) -> Sequence[Organisation]:
    """Every organisation, by name."""
    return session.scalars(select(Organisation).order_by(Organisation.name, Organisation.id)).all()


def lives_in(postal_code: str | None, municipality: str | None) -> ColumnElement[bool]:
    """Tell of a row of candidates whether it is of this place; of any row, when none is given.

    A code finds who gave the same code, and who gave only the municipality it lies in.
    """
    if postal_code:
        town = municipality_of(postal_code)
        only_town = and_(
            Candidate.postal_code.is_(None), Candidate.municipality == (town.code if town else None)
        )
        return or_(Candidate.postal_code == postal_code, only_town)
    if municipality:
        codes = MUNICIPALITIES[municipality].postal_codes
        only_code = and_(Candidate.municipality.is_(None), Candidate.postal_code.in_(codes))
        return or_(Candidate.municipality == municipality, only_code)
    return Candidate.id.is_not(None)


def files_heard_as(session: Session, somebody: Candidate) -> Sequence[Candidate]:
    """Files whose first name sounds as this one, with the same contact or perhaps the same place."""
    alike = [Candidate.contact_hash == somebody.contact_hash] if somebody.contact_hash else []
    if somebody.postal_code or somebody.municipality:
        alike.append(lives_in(somebody.postal_code, somebody.municipality))
    return (
        session.scalars(
            select(Candidate)
            .where(Candidate.sound_key == somebody.sound_key, or_(*alike))
            .order_by(Candidate.created_at.desc(), Candidate.id)
            .limit(MOST_FILES)
        ).all()
        if alike
        else ()
    )


def told_apart_from(session: Session, candidate_id: UUID) -> frozenset[UUID]:
    """The files that the desk knows to be of somebody else than this one."""
    pairs = session.execute(
        select(ToldApart.older_id, ToldApart.newer_id).where(
            or_(ToldApart.older_id == candidate_id, ToldApart.newer_id == candidate_id)
        )
    )
    return frozenset(each for pair in pairs for each in pair) - {candidate_id}


def possible_duplicates(session: Session, *, now: datetime) -> list[PossibleDuplicate]:
    """Files of the last 30 days that are perhaps of somebody who had one: same contact first, 50 at most."""
    newer, older = aliased(Candidate), aliased(Candidate)
    apart = exists().where(
        or_(
            and_(ToldApart.older_id == older.id, ToldApart.newer_id == newer.id),
            and_(ToldApart.older_id == newer.id, ToldApart.newer_id == older.id),
        )
    )
    pairs = session.execute(
        select(newer, older)
        .join(older, older.sound_key == newer.sound_key)
        .where(
            newer.created_at >= now - LOOKED_BACK,
            newer.sound_key != "",
            or_(
                older.created_at < newer.created_at,
                and_(older.created_at == newer.created_at, older.id < newer.id),
            ),
            ~apart,
        )
        .order_by(newer.created_at.desc(), older.created_at.desc(), older.id)
    )
    found = [
        PossibleDuplicate(
            one.id, other.id, one.first_name, other.first_name, has_same_contact(one, other), one.created_at
        )
        for one, other in pairs
        if has_same_contact(one, other) or is_same_place(one, other)
    ]
    return sorted(found, key=lambda each: not each.same_contact)[:MOST_PAIRS]


def has_same_contact(one: Candidate, other: Candidate) -> bool:
    """Whether both are reached at the same number or address."""
    return one.contact_hash is not None and one.contact_hash == other.contact_hash


def is_same_place(one: Candidate, other: Candidate) -> bool:
    """Whether both live in the same place: the same code, or the same municipality where one gave no code."""
    if one.postal_code and other.postal_code:
        return one.postal_code == other.postal_code
    return _town(one) is not None and _town(one) == _town(other)


def file_it_went_into(session: Session, old_id: UUID) -> UUID | None:
    """Where a file went that was merged; None when it was not."""
    return session.scalar(select(MergedFile.candidate_id).where(MergedFile.old_id == old_id))


def names_nobody_heard(session: Session, *, most: int) -> Sequence[Candidate]:
    """Files whose name was written before sounds were kept."""
    return session.scalars(select(Candidate).where(Candidate.sound_key.is_(None)).limit(most)).all()


def _town(file: Candidate) -> str | None:
    if file.municipality:
        return file.municipality
    found = municipality_of(file.postal_code) if file.postal_code else None
    return found.code if found else None
