"""How the answers of the sign-up are understood: each function reads one question."""

from __future__ import annotations

from volunteer.domain.access import ASKED_OF_PEOPLE, Strength, parse_needs
from volunteer.domain.availability import Availability
from volunteer.domain.candidates import ANY_WAY, Channel, SignUp, clean_name
from volunteer.domain.commitment import STEPS, Commitment, parse_commitments
from volunteer.domain.consent import NECESSARY, GivenHow, Purpose
from volunteer.domain.errors import ConsentMissing, InvalidValue
from volunteer.domain.interests import Interests
from volunteer.domain.languages import LANGUAGES, check_levels
from volunteer.domain.places import MUNICIPALITIES, clean_postal_code
from volunteer.services.contacts import clean_contact
from volunteer.web.forms.answers import Answers, at_field, several, text, ticked

CONSENTS = {
    "consent_account": Purpose.ACCOUNT,
    "consent_match": Purpose.MATCH,
    "consent_follow_up": Purpose.FOLLOW_UP,
    "consent_statistics": Purpose.STATISTICS,
}
CONTACTS = {
    channel: f"contact_{channel}"
    for channel in (Channel.SMS, Channel.PHONE, Channel.EMAIL, Channel.LETTER, Channel.SUPPORT_WORKER)
}
WAYS = {"15": 15, "30": 30, "45": 45, "60": 60, "any": ANY_WAY}
"""What can be chosen as the longest way: minutes by the value of the field."""


def first_name(answers: Answers) -> str:
    """What to call someone. Raises :class:`InvalidValue`."""
    return clean_name(text(answers, "first_name"))


def is_sixteen(answers: Answers) -> bool:
    """Whether they say they are 16 or older. Raises :class:`InvalidValue` when they say neither."""
    said = text(answers, "is_16")
    if said not in {"yes", "no"}:
        raise InvalidValue("Choose yes or no.", field="is_16")
    return said == "yes"


def place(answers: Answers) -> tuple[str | None, str | None]:
    """Municipality and postal code; both None for who would rather not say. Raises :class:`InvalidValue`."""
    if ticked(answers, "where_unknown"):
        return None, None
    municipality, code = text(answers, "where"), text(answers, "postal_code")
    if not municipality and not code and not text(answers, "district"):
        raise InvalidValue("Choose your municipality, or say that you would rather not tell.", field="where")
    if municipality and municipality not in MUNICIPALITIES:
        raise InvalidValue("Choose a municipality from the list.", field="where")
    return municipality or None, clean_postal_code(code) if code else None


def way(answers: Answers) -> int | None:
    """How many minutes the way may take; None for who does not know yet. Raises :class:`InvalidValue`."""
    said = text(answers, "travel_minutes")
    if said in {"", "unknown"}:
        return None
    if said not in WAYS:
        raise InvalidValue("Choose how long the way may take.", field="travel_minutes")
    return WAYS[said]


def interests(answers: Answers) -> Interests:
    """What someone likes to do; empty for who does not know yet. Raises :class:`InvalidValue`."""
    with at_field("tasks"):
        chosen = Interests.of(
            can=several(answers, "tasks_can"),
            want=several(answers, "tasks_want"),
            learn=several(answers, "tasks_learn"),
        )
    if not chosen.tasks and not ticked(answers, "tasks_unknown"):
        raise InvalidValue("Choose something, or say that you do not know yet.", field="tasks")
    return chosen


def times(answers: Answers) -> Availability:
    """When someone is free; unsure for who does not know yet. Raises :class:`InvalidValue`."""
    pairs = [each.partition(":")[::2] for each in several(answers, "days_parts")]
    with at_field("days_parts"):
        found = Availability.from_parts(
            pairs, flexible=ticked(answers, "flexible"), unsure=ticked(answers, "times_unknown")
        )
    if not found.is_known and not found.unsure:
        raise InvalidValue("Choose a moment, or say that you do not know yet.", field="days_parts")
    return found


def commitments(answers: Answers) -> frozenset[Commitment]:
    """How often someone would like to help; empty for who does not know. Raises :class:`InvalidValue`."""
    chosen = several(answers, "commitments")
    if not set(chosen) <= set(STEPS) or not (chosen or ticked(answers, "commitments_unknown")):
        raise InvalidValue("Choose an answer, or say that you do not know yet.", field="commitments")
    return parse_commitments(chosen)


def languages(answers: Answers) -> dict[str, int]:
    """Levels by language; what is left open is unknown. Raises :class:`InvalidValue`."""
    levels = {}
    for code in LANGUAGES:
        level = text(answers, f"level_{code}")
        if level:
            levels[code] = _level(level, "languages")
    other, how_well = text(answers, "other_language"), text(answers, "other_level")
    if other and not how_well:
        raise InvalidValue("Tell us how well you speak this language.", field="other_level")
    if how_well and not other:
        raise InvalidValue("Choose which language this is.", field="other_language")
    if other:
        levels[other] = _level(how_well, "other_level")
    return check_levels(levels)


def contact(answers: Answers) -> tuple[Channel, str | None]:
    """How to reach someone, in the form of the channel. Raises :class:`InvalidValue`."""
    said = text(answers, "channel")
    if said not in set(Channel):
        raise InvalidValue("Choose how we can reach you.", field="channel")
    channel = Channel(said)
    return channel, clean_contact(channel, text(answers, CONTACTS.get(channel, "")))


def consents(answers: Answers) -> frozenset[Purpose]:
    """What someone agreed to, the needs apart."""
    given = {purpose for name, purpose in CONSENTS.items() if ticked(answers, name)}
    return frozenset(given | ({Purpose.NEEDS} if wants_needs(answers) else set()))


def wants_needs(answers: Answers) -> bool:
    """Whether someone agreed to be asked what helps them."""
    return ticked(answers, "consent_needs")


def needs(answers: Answers) -> dict[str, Strength]:
    """What helps someone; nothing at all without their consent. Raises :class:`InvalidValue`."""
    if not wants_needs(answers):
        return {}
    said = {code: text(answers, f"need_{code}") for code in ASKED_OF_PEOPLE}
    for code, strength in said.items():
        if strength not in {"", "no", *Strength}:
            raise InvalidValue("Choose one of the three.", field=f"need_{code}")
    return parse_needs(
        (code for code, strength in said.items() if strength == Strength.MUST),
        (code for code, strength in said.items() if strength == Strength.NICE),
    )


def sign_up(answers: Answers, *, language: str, given_how: GivenHow = GivenHow.OWN_DEVICE) -> SignUp:
    """Everything together. Raises :class:`InvalidValue` or :class:`ConsentMissing`."""
    whole = told(answers, language=language, given_how=given_how)
    whole.check()
    return whole


def told(answers: Answers, *, language: str, given_how: GivenHow = GivenHow.OWN_DEVICE) -> SignUp:
    """What somebody told, of whom no yes is needed yet. Raises :class:`InvalidValue`."""
    municipality, postal_code = place(answers)
    channel, reached_at = contact(answers)
    if not is_sixteen(answers):
        raise InvalidValue("Choose yes or no.", field="is_16")
    return SignUp(
        first_name=first_name(answers),
        language=language,
        municipality=municipality,
        postal_code=postal_code,
        district=None if ticked(answers, "where_unknown") else text(answers, "district") or None,
        travel_minutes=way(answers),
        commitments=commitments(answers),
        interests=interests(answers),
        languages=languages(answers),
        times=times(answers),
        channel=channel,
        contact=reached_at,
        needs=needs(answers),
        consents=consents(answers),
        given_how=given_how,
    )


def check_consent(answers: Answers, name: str) -> None:
    """Raise :class:`ConsentMissing` where this yes is missing, and we can do nothing without it."""
    if CONSENTS[name] in NECESSARY - consents(answers):
        raise ConsentMissing("We need your yes to keep your answers and to look for you.", field=name)


def check_helps(answers: Answers) -> None:
    """Raise :class:`InvalidValue` for who neither agreed nor skipped."""
    if text(answers, "consent_needs") not in {"yes", "no"}:
        raise InvalidValue("Choose yes or no.", field="consent_needs")


def check_needs(answers: Answers) -> None:
    """Raise :class:`InvalidValue` for a need that is not one of the three answers."""
    needs({**answers, "consent_needs": "yes"})


def _level(said: str, field_name: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) == 1):
        raise InvalidValue("Choose how well you speak it.", field=field_name)
    return int(said)
