"""Contact details: made uniform before they are sealed and hashed, so that the same one is found again."""

from __future__ import annotations

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from volunteer.domain.candidates import Channel, clean_words
from volunteer.domain.errors import InvalidValue

_HOME = "BE"
LONGEST_ADDRESS = 300


def clean_contact(channel: Channel, text: str) -> str | None:
    """The contact in the form of its channel. Raises :class:`InvalidValue` on the field of that channel."""
    field = f"contact_{channel}"
    if channel is Channel.DESK:
        return None
    if channel is Channel.EMAIL:
        return clean_email(text, field=field)
    if channel is Channel.PHONE:
        return clean_phone(text, field=field)
    if channel is Channel.SMS:
        return clean_mobile(text, field=field)
    words = clean_words(text, longest=LONGEST_ADDRESS, field=field)
    if not words:
        raise InvalidValue("Tell us how we can reach you.", field=field)
    return words


def clean_email(text: str, *, field: str = "email") -> str:
    """A mail address, normalised, in lower case. Raises :class:`InvalidValue`."""
    try:
        found = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise InvalidValue(
            "This is not an e-mail address yet. It looks like name@example.be.", field=field
        ) from None
    return found.normalized.lower()


def clean_phone(text: str, *, field: str = "phone") -> str:
    """A number in E.164 form; Belgian unless it says otherwise. Raises :class:`InvalidValue`."""
    return _written(_number(text, field), field)


def likely_phone(text: str, *, field: str = "phone") -> str:
    """A number in E.164 form that has the length of one, given out or not: for looking one up.

    The numbers of invented people cannot exist, and are found by this. Raises :class:`InvalidValue`.
    """
    number = _number(text, field)
    if not phonenumbers.is_possible_number(number):
        raise InvalidValue("A number is missing or one too many. Look at it once more.", field=field)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def clean_mobile(text: str, *, field: str = "phone") -> str:
    """A number that takes text messages, in E.164 form. Raises :class:`InvalidValue`."""
    number = _number(text, field)
    if phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.FIXED_LINE:
        raise InvalidValue("This phone takes no text messages. Choose a phone call instead.", field=field)
    return _written(number, field)


def spoken_phone(number: str) -> str:
    """A number as people write it: 02 123 45 67 at home, +33 1 23 45 67 89 elsewhere.

    Anything but a number in international form stays as it is.
    """
    if not number.startswith("+"):
        return number
    try:
        parsed = phonenumbers.parse(number, _HOME)
    except phonenumbers.NumberParseException:
        return number
    at_home = parsed.country_code == phonenumbers.country_code_for_region(_HOME)
    forms = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, forms.NATIONAL if at_home else forms.INTERNATIONAL)


def _number(text: str, field: str) -> phonenumbers.PhoneNumber:
    try:
        return phonenumbers.parse(text, _HOME)
    except phonenumbers.NumberParseException:
        raise InvalidValue("Write a phone number, such as 0470 12 34 56.", field=field) from None


def _written(number: phonenumbers.PhoneNumber, field: str) -> str:
    if not phonenumbers.is_valid_number(number):
        raise InvalidValue("A number is missing or one too many. Look at it once more.", field=field)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
