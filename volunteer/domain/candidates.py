"""Who a candidate is to us: what they chose to tell, and the rules for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from volunteer.domain.access import ASKED_OF_PEOPLE, OTHER_LANGUAGE, SIGN_LANGUAGE, Strength
from volunteer.domain.availability import UNKNOWN, Availability
from volunteer.domain.commitment import Commitment
from volunteer.domain.consent import NECESSARY, GivenHow, Purpose
from volunteer.domain.errors import ConsentMissing, InvalidValue
from volunteer.domain.interests import Interests
from volunteer.domain.languages import SIGN_LANGUAGES
from volunteer.domain.national_numbers import REFUSED_CODE, holds_national_number

PENDING_LASTS = timedelta(days=14)
"""A file that its person does not confirm disappears after this."""
LONGEST_NAME = 60
SHORTEST_WAY, ANY_WAY = 5, 24 * 60
"""Minutes that somebody may want to be on their way at most; the latter says that it does not matter."""
_MACHINE_MADE = re.compile(r"[0-9a-z]{20,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
"""A code that a computer made: nobody types twenty letters and digits, and a UUID has its own form."""


class CandidateState(StrEnum):
    """Pending files are never matched."""

    PENDING = "pending"
    CONFIRMED = "confirmed"


class Channel(StrEnum):
    """How we reach someone; each is equal, and most need no computer."""

    SMS = "sms"
    PHONE = "phone"
    EMAIL = "email"
    LETTER = "letter"
    SUPPORT_WORKER = "support_worker"
    DESK = "desk"


WITH_CONTACT = frozenset({Channel.SMS, Channel.PHONE, Channel.EMAIL, Channel.LETTER, Channel.SUPPORT_WORKER})
"""Channels that need an address, a number or a name; at the desk people come themselves."""
BY_HAND = frozenset({Channel.PHONE, Channel.LETTER, Channel.SUPPORT_WORKER, Channel.DESK})
"""Channels by which a person at the desk does the telling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUp:
    """Everything a person answered, understood and checked one by one; ``check`` looks at the whole."""

    first_name: str
    language: str
    municipality: str | None = None
    postal_code: str | None = None
    district: str | None = None
    """Code of the neighbourhood they named, when districts are loaded."""
    travel_minutes: int | None = None
    """How long they want to be on their way at most, one way; ``ANY_WAY`` when it does not matter."""
    commitments: frozenset[Commitment] = frozenset()
    """How often they would like to help, each as good as another; empty is unknown."""
    interests: Interests = field(default_factory=Interests)
    languages: Mapping[str, int] = field(default_factory=dict)
    times: Availability = UNKNOWN
    channel: Channel
    contact: str | None = None
    """In the form of the channel: an address, or a number in international form."""
    needs: Mapping[str, Strength] = field(default_factory=dict)
    consents: frozenset[Purpose] = frozenset()
    given_how: GivenHow = GivenHow.OWN_DEVICE
    witness: str | None = None
    external_id: str | None = None

    def check(self) -> None:
        """Raise :class:`ConsentMissing` or :class:`InvalidValue` where the whole does not hold."""
        if not self.consents >= NECESSARY:
            raise ConsentMissing(
                "We need your yes to keep your answers and to look for you.", field="consent_match"
            )
        if self.needs and Purpose.NEEDS not in self.consents:
            raise ConsentMissing("We need your yes before we keep what helps you.", field="consent_needs")
        if self.channel in WITH_CONTACT and not self.contact:
            raise InvalidValue("Tell us how we can reach you.", field=f"contact_{self.channel}")
        if self.needs.get(OTHER_LANGUAGE) is Strength.MUST and not any(self.languages.values()):
            raise InvalidValue(
                "Tell us which languages you speak. Then we can look for them.", field="languages"
            )
        if self.needs.get(SIGN_LANGUAGE) is Strength.MUST and SIGN_LANGUAGES.isdisjoint(self.languages):
            raise InvalidValue(
                "Tell us which sign language you use. Choose it in your languages.", field="languages"
            )
        if self.travel_minutes is not None:
            check_way(self.travel_minutes)
        for code in self.needs:
            if code not in ASKED_OF_PEOPLE:
                raise InvalidValue("We do not know “%(code)s”.", field="needs", values={"code": code})


def clean_name(text: str, *, field: str = "first_name") -> str:
    """A first name, trimmed. Raises :class:`InvalidValue` when there is none, or it is not a name."""
    name = " ".join(text.split())
    if not name:
        raise InvalidValue("Tell us what to call you.", field=field)
    if len(name) > LONGEST_NAME:
        raise InvalidValue(
            "This name is too long. Use at most %(most)d letters.", field=field, values={"most": LONGEST_NAME}
        )
    if any(character.isdigit() or character in "<>@" for character in name):
        raise InvalidValue("Write only your first name here, without numbers.", field=field)
    return name


def check_way(minutes: int, *, field: str = "travel_minutes") -> int:
    """Minutes on the way, when they make sense. Raises :class:`InvalidValue` otherwise."""
    if not SHORTEST_WAY <= minutes <= ANY_WAY:
        raise InvalidValue(
            "The way takes between %(least)d and %(most)d minutes.",
            field=field,
            values={"least": SHORTEST_WAY, "most": ANY_WAY},
        )
    return minutes


def clean_words(text: str, *, longest: int, field: str) -> str:
    """Free text, trimmed. Raises :class:`InvalidValue` when it is too long or holds a national number."""
    words = text.strip()
    if len(words) > longest:
        raise InvalidValue(
            "This is too long. Use at most %(most)d letters.", field=field, values={"most": longest}
        )
    if holds_national_number(words):
        raise InvalidValue(
            "We do not need your national number. Leave it out to protect yourself.",
            field=field,
            code=REFUSED_CODE,
        )
    return words


def clean_identifier(text: str, *, longest: int, field: str) -> str:
    """What another system calls something. Raises :class:`InvalidValue` as :func:`clean_words` does.

    One in some hundreds of random codes holds eleven digits that would pass for a national number, so the
    digits within such a code are not looked at; a number that stands apart is refused here too.
    """
    identifier = text.strip()
    clean_words(_MACHINE_MADE.sub(lambda code: "x" * len(code[0]), identifier), longest=longest, field=field)
    return identifier
