"""What travels over the wire is strict: text is text, a number is a number, nothing unknown passes.

Every sentence is one of the translation catalogue. What varies in it comes beside it (:class:`Sentence`),
because a sentence that was filled in can no longer be said in another language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Self

from marshmallow import RAISE, Schema, ValidationError, fields, validate

N_ = str
"""Marks a sentence for the catalogue, where it is not said at once."""

NEEDED = N_("This is needed.")
NOT_EMPTY = N_("This must not be empty.")
NOT_TEXT = N_("This must be text.")
NOT_CLEAN_TEXT = N_("There is a sign in this text that cannot be kept.")
NOT_A_NUMBER = N_("This must be a number.")
NOT_A_WHOLE_NUMBER = N_("This must be a whole number.")
NOT_TRUE_OR_FALSE = N_("This must be true or false.")
NOT_A_LIST = N_("This must be a list.")
NOT_AN_OBJECT = N_("This must be an object with names and values.")
NOT_A_DATE = N_("This must be a date such as 2027-03-01.")
NOT_AN_ID = N_("This is not an id.")
UNKNOWN_FIELD = N_("We do not know this field.")
UNKNOWN_CODE = N_("We do not know this code. The vocabulary lists all of them.")
TOO_MANY = N_("These are too many.")
OUT_OF_RANGE = N_("This number is too low or too high.")
TOO_LONG = N_("This is too long. Use at most %(most)d letters.")
WRONG_FORM = N_("This is not written in the right form.")

_SEPARATORS = "\t\n\r"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


_Messages = dict[str, str | list[Any] | dict[Any, Any]]


class Sentence(str):
    """An English sentence of the catalogue, filled in; keeps the template and what varies in it."""

    __slots__ = ("template", "values")

    def __new__(cls, template: str, **values: object) -> Self:
        """``template`` is what the catalogue knows."""
        sentence = super().__new__(cls, template % values)
        sentence.template = template
        sentence.values = values
        return sentence

    template: str
    values: Mapping[str, object]


class Wire(Schema):
    """Base of every schema: an unknown field is an error, never ignored."""

    class Meta:
        """Strictness for all."""

        unknown = RAISE

    error_messages = {"unknown": UNKNOWN_FIELD, "type": NOT_AN_OBJECT}  # noqa: RUF012 - read by marshmallow


class AtMost(validate.Length):
    """No longer than ``most`` letters."""

    def __init__(self, most: int) -> None:
        super().__init__(max=most)

    def __call__(self, value: Any) -> Any:
        """Raise ``ValidationError`` for a longer text."""
        if self.max is not None and len(value) > self.max:
            raise ValidationError(Sentence(TOO_LONG, most=self.max))
        return value


def _messages(**own: str) -> _Messages:
    return {"required": NEEDED, "null": NOT_EMPTY, **own}


class Text(fields.String):
    """Text that every database can keep: no control signs but line ends and tabs, no halves of letters."""

    default_error_messages = _messages(invalid=NOT_TEXT, invalid_utf8=NOT_TEXT)

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(validate=[AtMost(most), *options.pop("validate", [])], **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        if not isinstance(value, str):
            raise ValidationError(NOT_TEXT)
        if any(_is_refused(letter) for letter in value):
            raise ValidationError(NOT_CLEAN_TEXT)
        return value


def _is_refused(letter: str) -> bool:
    is_control = letter < " " and letter not in _SEPARATORS
    return is_control or letter == "\x7f" or "\ud800" <= letter <= "\udfff"


class Code(fields.String):
    """One of a fixed list of codes."""

    default_error_messages = _messages(invalid=UNKNOWN_CODE, invalid_utf8=UNKNOWN_CODE)

    def __init__(self, codes: Iterable[str], **options: Any) -> None:
        super().__init__(
            validate=validate.OneOf([str(code) for code in codes], error=UNKNOWN_CODE), **options
        )


class Whole(fields.Integer):
    """A whole number within limits; 2.0 and "2" are none."""

    default_error_messages = _messages(invalid=NOT_A_WHOLE_NUMBER, too_large=OUT_OF_RANGE)

    def __init__(self, lowest: int, highest: int, **options: Any) -> None:
        limits = validate.Range(min=lowest, max=highest, error=OUT_OF_RANGE)
        super().__init__(strict=True, validate=limits, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValidationError(NOT_A_WHOLE_NUMBER)
        return value


class Degrees(fields.Float):
    """A coordinate; text is none."""

    default_error_messages = _messages(invalid=NOT_A_NUMBER, special=NOT_A_NUMBER)

    def __init__(self, limit: int, **options: Any) -> None:
        limits = validate.Range(min=-limit, max=limit, error=OUT_OF_RANGE)
        super().__init__(validate=limits, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise ValidationError(NOT_A_NUMBER)
        # A whole number may be too large to become a float at all.
        if not -360 <= value <= 360:
            raise ValidationError(OUT_OF_RANGE)
        return float(value)


class Truth(fields.Boolean):
    """true or false; 1, "yes" and "on" are neither."""

    default_error_messages = _messages(invalid=NOT_TRUE_OR_FALSE)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError(NOT_TRUE_OR_FALSE)
        return value


class Day(fields.Date):
    """A calendar day as ``YYYY-MM-DD``, the only one of the ISO forms."""

    default_error_messages = _messages(invalid=NOT_A_DATE)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> date:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise ValidationError(NOT_A_DATE)
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValidationError(NOT_A_DATE) from None


class Id(fields.UUID):
    """An id of ours."""

    default_error_messages = _messages(invalid_uuid=NOT_AN_ID)


def codes(known: Iterable[str], **options: Any) -> fields.List[str]:
    """A list of codes; empty means that nothing was said. Each may stand in it once."""
    choices = [str(code) for code in known]
    return fields.List(
        Code(choices),
        validate=validate.Length(max=len(choices), error=TOO_MANY),
        error_messages=_messages(invalid=NOT_A_LIST),
        **options,
    )


def by_code(known: Iterable[str], values: fields.Field[Any], **options: Any) -> fields.Dict:
    """An object whose names are codes."""
    return fields.Dict(
        keys=Code(known), values=values, error_messages=_messages(invalid=NOT_AN_OBJECT), **options
    )
