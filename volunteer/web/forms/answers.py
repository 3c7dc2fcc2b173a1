"""What somebody typed into a form: plain text and lists of text, cleaned of what no keyboard types."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from werkzeug.datastructures import MultiDict

from volunteer.domain.errors import DomainError, InvalidValue
from volunteer.domain.national_numbers import without_national_numbers

LONGEST_TEXT = 2000
MOST_CHOICES = 200
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that make words read in another order than they are written, on into what follows them."""

Answers = dict[str, Any]
"""By the name of the field: text, or for tick boxes a list of text."""


def typed(form: MultiDict[str, str], *, texts: Iterable[str] = (), lists: Iterable[str] = ()) -> Answers:
    """The named fields of a form and no others; what was left open is left out."""
    answers: Answers = {}
    for name in texts:
        text = _clean(form.get(name, ""))
        if text:
            answers[name] = text
    for name in lists:
        chosen = [_clean(each) for each in form.getlist(name)[:MOST_CHOICES]]
        if chosen:
            answers[name] = chosen
    return answers


def unchecked(answers: Answers) -> Answers:
    """What may be kept of a page that nobody looked at yet: no endless texts, no national numbers."""
    return {
        name: [each[:LONGEST_TEXT] for each in found]
        if isinstance(found, list)
        else without_national_numbers(found[:LONGEST_TEXT])
        for name, found in answers.items()
    }


def text(answers: Mapping[str, Any], name: str) -> str:
    """One text answer; empty when there is none. Raises :class:`InvalidValue` when it is far too long."""
    found = answers.get(name, "")
    if not isinstance(found, str):
        return ""
    if len(found) > LONGEST_TEXT:
        raise InvalidValue(
            "This is too long. Use at most %(most)d letters.", field=name, values={"most": LONGEST_TEXT}
        )
    return found


def several(answers: Mapping[str, Any], name: str) -> list[str]:
    """The chosen values of one group of tick boxes."""
    found = answers.get(name, [])
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def ticked(answers: Mapping[str, Any], name: str) -> bool:
    """Whether one tick box is on."""
    return answers.get(name) == "yes"


@contextmanager
def at_field(name: str) -> Iterator[None]:
    """Let a domain error raised in this block point to this field, whatever the domain calls it."""
    try:
        yield
    except DomainError as error:
        error.field = name
        raise


def _clean(found: str) -> str:
    """Line ends made alike; control characters (a database refuses some of them) and turns dropped."""
    lines = found.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each for each in lines if each in "\n\t" or not _is_dropped(each)).strip()


def _is_dropped(character: str) -> bool:
    return character in _TURNS or unicodedata.category(character) == "Cc"
