"""Finding somebody again at the desk: by how a name sounds, a card, a number, an address, a place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from volunteer.domain.errors import InvalidValue
from volunteer.domain.national_numbers import holds_national_number, without_national_numbers
from volunteer.domain.places import find_municipality
from volunteer.domain.sound import distance, folded, sound_beginning, sound_key, sound_keys, within
from volunteer.models import Candidate, Organisation
from volunteer.queries import people as queries
from volunteer.queries.cards import files_with_number
from volunteer.services import organisation_search
from volunteer.services.contacts import clean_email, clean_phone, likely_phone
from volunteer.unit_of_work import UnitOfWork

LONGEST_QUERY = 120
MOST_SHOWN = 20
_MOST_NAMES = 60
_FEW_NAMES = 2
"""With fewer names than this under the sound, those that are a slip of the finger away are looked at too."""
_MOST_SLIPS = 2
_AT_ONCE = 1000
_CARD = re.compile(r"K?[\s-]*(\d{4})[\s-]?(\d{4})", re.IGNORECASE)
_CODE = re.compile(r"\b[1-9]\d{3}\b")
_PHONE = re.compile(r"[+(]?\d[\d\s./()+-]{6,}")


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: people, the most likely first, and organisations."""

    people: Sequence[Candidate] = ()
    organisations: Sequence[Organisation] = ()
    has_more: bool = False
    """More people than are shown: a postal code or a number beside the name makes them fewer."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query, taken apart."""

    name: str
    postal_code: str | None = None
    municipality: str | None = None


def search(uow: UnitOfWork, query: str) -> Found:
    """Find people and organisations; an empty query finds nobody."""
    text = " ".join(query.split())[:LONGEST_QUERY]
    if not text:
        return Found()
    exact = _by_number(uow, text)
    if exact:
        return _shown(exact)
    asked = _taken_apart(text)
    if asked.name:
        people = _by_name(uow, asked)
    else:
        people = queries.files_in(
            uow.session, postal_code=asked.postal_code, municipality=asked.municipality, most=MOST_SHOWN + 1
        )
    return _shown(people, organisation_search.search(uow, text, forgives_slips=not people))


def kept_of(query: str) -> str:
    """What may be kept of a query for a while: no national number, unless it is a phone number as well."""
    kept = query if _contact(" ".join(query.split())) else without_national_numbers(query).strip()
    return kept[:LONGEST_QUERY]


def listen(uow: UnitOfWork) -> int:
    """Note the sound of names that were written before sounds were kept, some at a time; returns how many."""
    unheard = queries.names_nobody_heard(uow.session, most=_AT_ONCE)
    for each in unheard:
        each.sound_key = sound_key(each.first_name)
    organisations = queries.organisations_nobody_heard(uow.session, most=_AT_ONCE)
    for organisation in organisations:
        organisation.name_sounds = " ".join(sound_keys(organisation.name))
    return len(unheard) + len(organisations)


def _shown(people: Sequence[Candidate], organisations: Sequence[Organisation] = ()) -> Found:
    return Found(people[:MOST_SHOWN], organisations, has_more=len(people) > MOST_SHOWN)


def _by_number(uow: UnitOfWork, text: str) -> Sequence[Candidate]:
    """By something that is one person's: a card, a mail address, a phone number."""
    if card := _CARD.fullmatch(text):
        ids = files_with_number(uow.session, f"K-{card[1]}-{card[2]}")
        if ids:
            return queries.files_with(uow.session, ids)
    contact = _contact(text)
    if contact is None:
        return ()
    return queries.files_reached_at(uow.session, uow.keyring.fingerprint(contact, kind="candidate"))


def _contact(text: str) -> str | None:
    try:
        if "@" in text:
            return clean_email(text)
        return _phone(text) if _PHONE.fullmatch(text) else None
    except InvalidValue:
        return None


def _phone(text: str) -> str:
    """A number, also one that is given to nobody; what could be a national number must begin as a phone's."""
    if not holds_national_number(text):
        return likely_phone(text)
    if text[0] not in "+(0":
        raise InvalidValue("A number is missing or one too many. Look at it once more.", field="phone")
    return clean_phone(text)


def _taken_apart(text: str) -> _Asked:
    """A code anywhere, or a municipality at the end, is the place; the rest is a name."""
    code = _CODE.search(text)
    rest = (text[: code.start()] + text[code.end() :]).split() if code else text.split()
    for first in range(len(rest)):
        town = find_municipality(" ".join(rest[first:]))
        if town:
            return _Asked(" ".join(rest[:first]), code[0] if code else None, town.code)
    return _Asked(" ".join(rest), code[0] if code else None)


def _by_name(uow: UnitOfWork, asked: _Asked) -> Sequence[Candidate]:
    ranks = _names_like(uow, asked.name)
    found = queries.files_named(
        uow.session,
        {name: sound for name, (_rank, sound) in ranks.items()},
        postal_code=asked.postal_code,
        municipality=asked.municipality,
    )
    nearest = sorted(found, key=lambda each: ranks[each[1]][0])[: MOST_SHOWN + 1]
    place = {file_id: number for number, (file_id, _name) in enumerate(nearest)}
    return sorted(queries.files_with(uow.session, place.keys()), key=lambda each: place[each.id])


def _names_like(uow: UnitOfWork, name: str) -> dict[str, tuple[int, str]]:
    """Names on file, each with how far it is from what was typed and with its sound; the nearest sixty."""
    wanted, key = folded(name), sound_key(name)
    if not wanted:
        return {}
    beginning = sound_beginning(name) if len(wanted) > 1 else ""
    heard = queries.names_heard_as(uow.session, key, beginning) if key else ()
    ranks = _near(wanted, key, heard)
    if len(ranks) < _FEW_NAMES:
        ranks |= _near(wanted, key, queries.every_name(uow.session))
    nearest = sorted(ranks.items(), key=lambda pair: (pair[1][0], pair[0]))[:_MOST_NAMES]
    return dict(nearest)


def _near(wanted: str, key: str, names: Iterable[tuple[str, str]]) -> dict[str, tuple[int, str]]:
    """The same letters, then the same sound or the same beginning, then a slip or two."""
    ranks: dict[str, tuple[int, str]] = {}
    slips = _MOST_SLIPS if len(wanted) > 4 else 1
    for name, sound in names:
        letters = folded(name)
        if letters == wanted:
            ranks[name] = 0, sound
        elif letters.startswith(wanted):
            ranks[name] = 1, sound
        elif sound == key:
            ranks[name] = 1 + distance(wanted, letters), sound
        elif (far := within(wanted, letters, slips)) is not None:
            ranks[name] = 10 + far, sound
    return ranks
