"""The one dense screen of the desk: every question of the sign-up at once, read by the same functions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from werkzeug.datastructures import MultiDict

from volunteer.domain.candidates import SignUp
from volunteer.domain.consent import GivenHow, Purpose
from volunteer.domain.errors import DomainError, InvalidValue
from volunteer.services.duplicates import Traits
from volunteer.web.errors import Complaints
from volunteer.web.forms import signup as reading
from volunteer.web.forms.answers import Answers, several, text, typed
from volunteer.web.forms.file_answers import CHANGEABLE, answers_of, changed
from volunteer.web.forms.signup_steps import CHECK, NEEDS, STEPS

LANGUAGE = "person_language"
SOMEBODY_ELSE = "somebody_else"
"""Files that the desk worker looked at: this is somebody else."""
_STEPS = tuple(step for step in STEPS.values() if step is not CHECK and step not in NEEDS)
_LEFT_OPEN = {
    "tasks_unknown": ("tasks_can", "tasks_want", "tasks_learn"),
    "times_unknown": ("days_parts", "flexible"),
    "commitments_unknown": ("commitments",),
}
"""In a conversation, what was left open was not known: nobody has to tick that as well."""


def answers(form: MultiDict[str, str]) -> Answers:
    """Everything that was typed, of every page of the sign-up."""
    steps = (*_STEPS, *NEEDS)
    texts = [name for step in steps for name in step.texts]
    lists = [name for step in steps for name in step.lists]
    given = typed(form, texts=[*texts, LANGUAGE], lists=[*lists, SOMEBODY_ELSE])
    for unknown, names in _LEFT_OPEN.items():
        if not any(given.get(name) for name in names):
            given[unknown] = "yes"
        else:
            given.pop(unknown, None)
    return given


def language(given: Answers, offered: Collection[str]) -> str:
    """The language to speak with this person. Raises :class:`InvalidValue`."""
    chosen = text(given, LANGUAGE)
    if chosen not in offered:
        raise InvalidValue("Choose the language of this person.", field=LANGUAGE)
    return chosen


def complaints(given: Answers, offered: Collection[str]) -> list[DomainError]:
    """Everything that is wrong, in the order of the screen."""
    language_found = Complaints()
    with language_found.collect():
        language(given, offered)
    found = language_found.errors
    steps = (*_STEPS, *(NEEDS if reading.wants_needs(given) else ()))
    found += [error for step in steps for error in step.complaints(given)]
    if given.get("is_16") == "no":
        found.append(
            InvalidValue("Who is not 16 yet gets no file. Talk about what is possible later.", field="is_16")
        )
    return found


def sign_up(given: Answers, *, offered: Collection[str], witness: str) -> SignUp:
    """The whole, with each consent spoken before this desk worker. Raises as the pages of the sign-up."""
    whole = reading.sign_up(given, language=language(given, offered), given_how=GivenHow.DESK)
    return replace(whole, witness=witness)


def of_file(known: SignUp) -> Answers:
    """The fields of the screen for what is in a file; every language stands in its own line here."""
    found = answers_of(known)
    other, level = found.pop("other_language", None), found.pop("other_level", None)
    return {**found, **({f"level_{other}": level} if other else {}), LANGUAGE: known.language}


def carried_over(file: Answers, given: Answers) -> Answers:
    """The fields of a file with what was typed before it was found: lists add up, the newest word holds.

    Name and language stay as they are in the file, since somebody wrote them with its person.
    """
    whole = dict(file)
    for name, said in given.items():
        if name in {"first_name", LANGUAGE, SOMEBODY_ELSE, *_LEFT_OPEN}:
            continue
        whole[name] = sorted({*whole.get(name, []), *said}) if isinstance(said, list) else said
    for unknown, names in _LEFT_OPEN.items():
        if any(whole.get(name) for name in names):
            whole.pop(unknown, None)
    if any(given.get(name) for name in ("where", "postal_code")):
        whole.pop("where_unknown", None)
        whole.pop("district", None)
        whole.update({name: given.get(name, "") for name in ("where", "postal_code", "district")})
    return whole


def with_what_holds(given: Answers, known: SignUp) -> Answers:
    """What was typed, with every yes that was given before: it is not asked for twice."""
    held = {name: "yes" for name, purpose in reading.CONSENTS.items() if purpose in known.consents}
    if Purpose.NEEDS in known.consents:
        held["consent_needs"] = "yes"
    if Purpose.ACCOUNT in known.consents:
        held["is_16"] = "yes"
    return {**given, **held}


def changed_file(known: SignUp, given: Answers, *, offered: Collection[str], witness: str) -> SignUp:
    """The file with what became another answer; what the screen cannot say stays exact. Raises as above."""
    whole = known
    for step in _STEPS:
        if step.slug in CHANGEABLE:
            whole = changed(whole, step, {**dict.fromkeys(step.names, ""), **given})
    return replace(
        whole,
        language=language(given, offered),
        needs=reading.needs(given),
        consents=reading.consents(given),
        given_how=GivenHow.DESK,
        witness=witness,
    )


def traits(given: Answers) -> Traits | None:
    """What tells somebody apart, as far as it was typed and can be understood; None without a name."""
    found = Complaints()
    name = contact = None
    place: tuple[str | None, str | None] = None, None
    with found.collect():
        name = reading.first_name(given)
    with found.collect():
        place = reading.place(given)
    with found.collect():
        _channel, contact = reading.contact(given)
    return Traits(name, contact, postal_code=place[1], municipality=place[0]) if name else None


def known_to_be_others(given: Answers) -> frozenset[UUID]:
    """The files that were shown, and are of somebody else."""
    found = set()
    for each in several(given, SOMEBODY_ELSE):
        try:
            found.add(UUID(each))
        except ValueError:
            continue
    return frozenset(found)
