"""Signing up for a gathering, and saying who came."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from volunteer.domain.candidates import Channel, clean_name
from volunteer.domain.consent import GivenHow
from volunteer.domain.errors import InvalidValue
from volunteer.domain.gathering_seats import check_yes, check_yes_to_help
from volunteer.services.contacts import clean_contact
from volunteer.services.gathering_sign_ups import WAYS, Asked, Visitor
from volunteer.web.errors import Complaints
from volunteer.web.forms.answers import Answers, several, text, ticked, typed
from volunteer.web.forms.gatherings import number

LANGUAGE = "person_language"
_CONTACTS: Mapping[Channel, str] = {channel: f"contact_{channel}" for channel in WAYS}
_SEVERAL = ("size", "companions", "agrees_to_help")
NOT_COUNTED = "none"
"""What a list says of a sign-up of which nobody wrote down yet who came."""
_LISTS = ("help", "languages", "expertise")


def visitor(form: MultiDict[str, str]) -> Answers:
    """What somebody without a file says of themselves."""
    return typed(
        form,
        texts=("name", "channel", "agrees", "agrees_to_help", LANGUAGE, *_CONTACTS.values()),
        lists=("help", "expertise"),
    )


def told(answers: Answers, language: str, complaints: Complaints) -> Visitor | None:
    """The same for the service; ``None`` with a complaint, of which every one is heard at once."""
    channel: Channel = WAYS[0]
    with complaints.collect():
        clean_name(text(answers, "name"), field="name")
    with complaints.collect():
        channel = _reached(answers)
    with complaints.collect():
        check_yes_to_help(several(answers, "help"), agrees=ticked(answers, "agrees_to_help"))
    with complaints.collect():
        check_yes(agrees=ticked(answers, "agrees"))
    if complaints.errors:
        return None
    return Visitor(
        name=text(answers, "name"),
        channel=channel,
        contact=text(answers, _CONTACTS[channel]),
        language=language,
        agrees=ticked(answers, "agrees"),
        expertise=chosen(answers, "expertise"),
    )


def language(answers: Answers, offered: Collection[str]) -> str:
    """In which language we write to this person. Raises :class:`InvalidValue`."""
    chosen = text(answers, LANGUAGE)
    if chosen not in offered:
        raise InvalidValue("Choose the language of this person.", field=LANGUAGE)
    return chosen


def asked(
    answers: Answers, *, given_how: GivenHow, form_id: UUID | None = None, by_desk: UUID | None = None
) -> Asked:
    """What would help on that day, and how this was said."""
    return Asked(
        help=frozenset(several(answers, "help")),
        agrees_to_help=ticked(answers, "agrees_to_help"),
        given_how=given_how,
        form_id=form_id,
        by_desk=by_desk,
    )


def group(form: MultiDict[str, str]) -> Answers:
    """How many come, who helps them, and in which languages."""
    return typed(form, texts=_SEVERAL, lists=_LISTS)


def size(answers: Answers) -> tuple[int, int]:
    """People in all, and how many of them come along. Raises :class:`InvalidValue`."""
    return number(answers, "size"), number(answers, "companions") if text(answers, "companions") else 0


def chosen(answers: Answers, name: str) -> frozenset[str]:
    """Codes that were chosen."""
    return frozenset(several(answers, name))


def at_door(form: MultiDict[str, str]) -> Answers:
    """How many are here."""
    return typed(form, texts=("came",))


def came(answers: Mapping[str, Any], expected: int) -> int:
    """How many are here; without a word, all who are expected. Raises :class:`InvalidValue`."""
    return number(dict(answers), "came") if text(answers, "came") else expected


def attendance(form: MultiDict[str, str], ids: Iterable[UUID]) -> Answers:
    """Who came, by the id of each sign-up, and what the list said of it when it was opened."""
    names = ("here", "came", "was")
    return typed(form, texts=[f"{name}_{each.hex}" for each in ids for name in names])


def as_shown(party_id: UUID, attended: int | None) -> Answers:
    """What the list that is filled in says of one sign-up."""
    ticks = {"here": "yes", "came": str(attended)} if attended else {}
    was = NOT_COUNTED if attended is None else str(attended)
    return {f"{name}_{party_id.hex}": value for name, value in {**ticks, "was": was}.items()}


def came_of(answers: Answers, party_id: UUID, expected: int) -> int:
    """How many of one sign-up came: nobody without its tick, and all without a number.

    Raises :class:`InvalidValue`.
    """
    if not ticked(answers, f"here_{party_id.hex}"):
        return 0
    name = f"came_{party_id.hex}"
    return number(answers, name) if text(answers, name) else expected


def says_anew(answers: Answers, party_id: UUID, came: int, attended: int | None) -> bool:
    """Whether this list says something of one sign-up that ``attended``, written down meanwhile, does not.

    A row that was left as it was shown says nothing against whoever counted at the door; one that was not on
    the list says nothing at all.
    """
    was = text(answers, f"was_{party_id.hex}")
    is_left = str(came) == ("0" if was == NOT_COUNTED else was)
    return bool(was) and (not is_left or attended is None)


def _reached(answers: Answers) -> Channel:
    """How they are reached, with what that needs. Raises :class:`InvalidValue`."""
    said = text(answers, "channel")
    if said not in set(WAYS):
        raise InvalidValue("Choose how we can reach you.", field="channel")
    channel = Channel(said)
    clean_contact(channel, text(answers, _CONTACTS[channel]))
    return channel
