"""Finding an organisation at the desk: by a part of its name, by how its words sound, or by a slip away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from volunteer.domain.sound import folded, sound_beginning, sound_keys, within
from volunteer.models import Organisation
from volunteer.queries import people as queries
from volunteer.unit_of_work import UnitOfWork

MOST_SHOWN = 20
_SHORTEST = 2
_LONG_WORD = 8
"""From so many letters on, two slips are forgiven, and from four on one."""
_SHORT_WORD = 4


def search(uow: UnitOfWork, text: str, *, forgives_slips: bool = True) -> Sequence[Organisation]:
    """Organisations with these letters in their name, those that begin with them first; else alike ones.

    Slips are looked at last, and only when the caller found nobody else with this name either.
    """
    if len(folded(text)) < _SHORTEST:
        return ()
    every = queries.every_organisation(uow.session)
    names = _by_letters(every, text) or _by_sound(every, text)
    if not names and forgives_slips:
        names = _by_slips(every, text)
    order = {name: place for place, name in enumerate(names[:MOST_SHOWN])}
    found = queries.organisations_named(uow.session, order.keys())
    return sorted(found, key=lambda each: order[each.name])[:MOST_SHOWN]


def _by_letters(every: Iterable[tuple[str, str]], text: str) -> list[str]:
    wanted = folded(text)
    named = [(folded(name), name) for name, _sounds in every]
    hits = [(not letters.startswith(wanted), letters, name) for letters, name in named if wanted in letters]
    return [name for _later, _letters, name in sorted(hits)]


def _by_sound(every: Iterable[tuple[str, str]], text: str) -> list[str]:
    """Every word that was typed sounds as a word of the name; a long one, as the beginning of one."""
    words = [word for word in text.split() if len(folded(word)) >= _SHORTEST and sound_keys(word)]
    if not words:
        return []
    wanted = [_heard_as(word) for word in words]
    return [
        name
        for name, sounds in every
        if all(any(part in f" {sounds} " for part in parts) for parts in wanted)
    ]


def _heard_as(word: str) -> list[str]:
    """What is looked for among the sounds of a name, which stand between blanks."""
    beginning = sound_beginning(word)
    return [f" {sound_keys(word)[0]} ", *([f" {beginning}"] if len(beginning) >= _SHORT_WORD else [])]


def _by_slips(every: Iterable[tuple[str, str]], text: str) -> list[str]:
    """Every word that was typed is a slip or two away from a word of the name; the nearest first."""
    wanted = [word for word in map(folded, text.split()) if len(word) >= _SHORT_WORD]
    if not wanted:
        return []
    found = []
    for name, _sounds in every:
        words = [folded(word) for word in name.split()]
        slips = [_slips(word, words) for word in wanted]
        if None not in slips:
            found.append((sum(each or 0 for each in slips), name))
    return [name for _far, name in sorted(found)]


def _slips(wanted: str, words: Sequence[str]) -> int | None:
    most = 2 if len(wanted) >= _LONG_WORD else 1
    near = [far for word in words if (far := within(wanted, word, most)) is not None]
    return min(near, default=None)
