"""Reads that find a person again at the desk, and files that are perhaps of one person."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
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


def names_heard_as(session: Session, key: str, beginning: str) -> Sequence[tuple[str, str]]:
    """First names on file, each with its sound: with this one, or with one that begins like this."""
    heard = Candidate.sound_key == key
    if beginning:
        heard = or_(heard, Candidate.sound_key.startswith(beginning, autoescape=True))
    return _names(session, heard)


def every_name(session: Session) -> Sequence[tuple[str, str]]:
    """Every first name on file, each with its sound."""
    return _names(session, Candidate.sound_key.is_not(None))


def _names(session: Session, chosen: ColumnElement[bool]) -> Sequence[tuple[str, str]]:
    found = session.execute(select(Candidate.first_name, Candidate.sound_key).where(chosen).distinct())
    return [(name, key or "") for name, key in found]


def files_named(
    session: Session, names: Mapping[str, str], *, postal_code: str | None, municipality: str | None
) -> Sequence[tuple[UUID, str]]:
    """Files with one of these first names, each with its sound, in this place when one is given: id and name.

    The newest first, 500 at most.
    """
    if not names:
        return []
    found = session.execute(
        select(Candidate.id, Candidate.first_name)
        .where(
            # The sound says nothing new: it leads into the index, in which it comes before the name.
            Candidate.sound_key.in_(set(names.values())),
            Candidate.first_name.in_(names.keys()),
            lives_in(postal_code, municipality),
        )
        .order_by(Candidate.created_at.desc(), Candidate.id)
        .limit(MOST_FILES)
    )
    return [(file_id, name) for file_id, name in found]


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


def every_organisation(session: Session) -> Sequence[tuple[str, str]]:
    """Every name of an organisation, in order, with how its words sound."""
    found = session.execute(select(Organisation.name, Organisation.name_sounds).order_by(Organisation.name))
    return [(name, sounds or "") for name, sounds in found]


def organisations_named(session: Session, names: Collection[str]) -> Sequence[Organisation]:
    """The organisations with one of these names."""
    return (
        session.scalars(
            select(Organisation).where(Organisation.name.in_(names)).order_by(Organisation.id)
        ).all()
        if names
        else ()
    )


def organisations_nobody_heard(session: Session, *, most: int) -> Sequence[Organisation]:
    """Organisations whose name was written before sounds were kept."""
    return session.scalars(select(Organisation).where(Organisation.name_sounds.is_(None)).limit(most)).all()


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
    same_town = _town_of(older) == _town_of(newer)
    # One by one, so that each is a look into an index, and not every pair of people with one name.
    alike = (
        (True, older.contact_hash == newer.contact_hash),
        (False, older.postal_code == newer.postal_code),
        (False, and_(older.postal_code.is_(None), same_town)),
        (False, and_(newer.postal_code.is_(None), same_town)),
    )
    found: dict[tuple[UUID, UUID], PossibleDuplicate] = {}
    for same_contact, condition in alike:
        for row in session.execute(_pairs(newer, older, condition, since=now - LOOKED_BACK)):
            newer_id, older_id, newer_name, older_name, opened = row
            pair = PossibleDuplicate(newer_id, older_id, newer_name, older_name, same_contact, opened)
            found.setdefault((newer_id, older_id), pair)
    return list(found.values())[:MOST_PAIRS]


def _pairs(
    newer: type[Candidate], older: type[Candidate], condition: ColumnElement[bool], *, since: datetime
) -> Select[UUID, UUID, str, str, datetime]:
    apart = exists().where(
        or_(
            and_(ToldApart.older_id == older.id, ToldApart.newer_id == newer.id),
            and_(ToldApart.older_id == newer.id, ToldApart.newer_id == older.id),
        )
    )
    is_before = or_(
        older.created_at < newer.created_at,
        and_(older.created_at == newer.created_at, older.id < newer.id),
    )
    return (
        select(newer.id, older.id, newer.first_name, older.first_name, newer.created_at)
        .join(older, and_(older.sound_key == newer.sound_key, condition))
        .where(newer.created_at >= since, newer.sound_key != "", is_before, ~apart)
        .order_by(newer.created_at.desc(), older.created_at.desc(), older.id)
        .limit(MOST_PAIRS)
    )


def _town_of(file: type[Candidate]) -> ColumnElement[str | None]:
    """The municipality that was told, or the one the code lies in."""
    towns = {code: each.code for each in MUNICIPALITIES.values() for code in each.postal_codes}
    return func.coalesce(file.municipality, case(towns, value=file.postal_code, else_=None))


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
