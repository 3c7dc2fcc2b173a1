"""From a file back to the answers of the sign-up, and from changed answers to the file.

The pages of the sign-up cannot show everything that a file may hold: an hour and a half on a Tuesday, a
second language from the long list, a limit of twenty minutes. What a page cannot show, it does not change
either: only where its answer became another one, the file does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from volunteer.domain.access import FEATURES, Dimension
from volunteer.domain.availability import DAYS, PARTS, Availability
from volunteer.domain.candidates import SignUp
from volunteer.domain.consent import Purpose
from volunteer.domain.errors import DomainError
from volunteer.services.contacts import spoken_phone
from volunteer.web.choices import spoken_languages
from volunteer.web.forms import signup as reading
from volunteer.web.forms.answers import Answers, text, ticked
from volunteer.web.forms.signup_steps import Step

Parts = dict[str, Any]
"""Fields of :class:`SignUp` by name."""


def answers_of(file: SignUp) -> Answers:
    """The answers that :func:`reading.sign_up` makes this file of, as far as its pages can say it."""
    found: Answers = {"first_name": file.first_name, "is_16": "yes"}
    found |= _place(file)
    found["travel_minutes"] = next(
        (said for said, minutes in reading.WAYS.items() if minutes == file.travel_minutes), ""
    )
    if file.travel_minutes is None:
        found["travel_minutes"] = "unknown"
    for way in ("can", "want", "learn"):
        found[f"tasks_{way}"] = sorted(getattr(file.interests, way))
    found["commitments"] = sorted(file.commitments)
    found |= _times(file.times) | _languages(file.languages) | _contact(file)
    found |= _unknowns(file)
    for name, purpose in reading.CONSENTS.items():
        found[name] = "yes" if purpose in file.consents else ""
    found["consent_needs"] = "yes" if Purpose.NEEDS in file.consents else "no"
    found |= {f"need_{code}": str(strength) for code, strength in file.needs.items()}
    return {name: value for name, value in found.items() if value}


def changed(file: SignUp, step: Step, given: Answers) -> SignUp:
    """The file with what this page changed. Raises as the pages of the sign-up do, and :meth:`SignUp.check`.

    Needs must be opened in ``file`` for a page that asks for them.
    """
    before = answers_of(file)
    settled = step.settle({**_not_shown(step, before), **given})
    old, new = _understood(step, before), _read(step, settled)
    parts = {name: value for name, value in new.items() if name not in old or old[name] != value}
    if "interests" in parts:
        parts["interests"] = replace(parts["interests"], sectors=file.interests.sectors)
    if "needs" in parts:
        elsewhere = {code: how for code, how in file.needs.items() if not _is_of(code, step.dimension)}
        parts["needs"] = {**elsewhere, **parts["needs"]}
    return replace(file, **parts)


def _place(file: SignUp) -> Answers:
    named = {"where": file.municipality, "postal_code": file.postal_code, "district": file.district}
    known = {name: value for name, value in named.items() if value}
    return known or {"where_unknown": "yes"}


def _times(times: Availability) -> Answers:
    """The parts of days in which there is any time: of what the pages can say, these are whole."""
    parts = [
        f"{day}:{part}"
        for number, day in enumerate(DAYS)
        for part, (start, end) in PARTS.items()
        if any(span.day == number and span.start < end and start < span.end for span in times.spans)
    ]
    return {"days_parts": parts, "flexible": "yes" if times.flexible else ""}


def _languages(levels: Mapping[str, int]) -> Answers:
    """Rows for the first languages; of the others one stands in the list, and more are taken along unseen."""
    rows = {code for code, _ in spoken_languages()}
    others = [code for code, level in levels.items() if code not in rows and level > 0]
    listed = others[0] if others else None
    found = {f"level_{code}": str(level) for code, level in levels.items() if code != listed}
    return {**found, "other_language": listed, "other_level": str(levels[listed])} if listed else found


def _contact(file: SignUp) -> Answers:
    found: Answers = {"channel": str(file.channel)}
    if file.contact and file.channel in reading.CONTACTS:
        found[reading.CONTACTS[file.channel]] = spoken_phone(file.contact)
    return found


def _unknowns(file: SignUp) -> Answers:
    """ "I don't know yet", wherever that is what they said."""
    return {
        "tasks_unknown": "" if file.interests.tasks else "yes",
        "times_unknown": "" if file.times.is_known else "yes",
        "commitments_unknown": "" if file.commitments else "yes",
    }


def _not_shown(step: Step, before: Answers) -> Answers:
    """What the page has no place for, but takes along."""
    if "other_language" not in step.names:
        return {}
    shown = {f"level_{code}" for code, _ in spoken_languages()}
    hidden = set(step.names) - shown - {"other_language", "other_level"}
    return {name: value for name, value in before.items() if name in hidden}


def _understood(step: Step, answers: Answers) -> Parts:
    """What the page says of the file as it is; nothing where it cannot say it."""
    try:
        return _read(step, answers)
    except DomainError:
        return {}


def _read(step: Step, answers: Answers) -> Parts:
    if step.dimension:
        asked = reading.needs({**answers, "consent_needs": "yes"})
        return {"needs": {code: how for code, how in asked.items() if _is_of(code, step.dimension)}}
    return _READ[step.slug](answers)


def _is_of(code: str, dimension: Dimension | None) -> bool:
    return FEATURES[code].dimension is dimension


def _read_where(answers: Answers) -> Parts:
    municipality, postal_code = reading.place(answers)
    return {
        "municipality": municipality,
        "postal_code": postal_code,
        "district": None if ticked(answers, "where_unknown") else text(answers, "district") or None,
        "travel_minutes": reading.way(answers),
    }


def _read_contact(answers: Answers) -> Parts:
    channel, contact = reading.contact(answers)
    return {"channel": channel, "contact": contact}


_READ: Mapping[str, Callable[[Answers], Parts]] = {
    "name": lambda answers: {"first_name": reading.first_name(answers)},
    "where": _read_where,
    "tasks": lambda answers: {"interests": reading.interests(answers)},
    "when": lambda answers: {"times": reading.times(answers), "commitments": reading.commitments(answers)},
    "often": lambda answers: {"commitments": reading.commitments(answers)},
    "languages": lambda answers: {"languages": reading.languages(answers)},
    "contact": _read_contact,
}
CHANGEABLE = frozenset(_READ)
"""Pages whose answers can be changed one by one, besides those about needs."""
