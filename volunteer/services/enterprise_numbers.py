"""Numbers of the Belgian register of enterprises: checked, and kept in one form."""

from __future__ import annotations

from stdnum.be import vat
from stdnum.exceptions import ValidationError

from volunteer.domain.errors import InvalidValue


def clean_enterprise_number(text: str, *, field: str = "enterprise_number") -> str | None:
    """The ten digits of a number, however it was written; None for none. Raises :class:`InvalidValue`."""
    if not text.strip():
        return None
    try:
        return str(vat.validate(text.strip()))
    except ValidationError:
        raise InvalidValue(
            "This number is not right. It has ten figures, such as 0403.019.261. You may leave it open.",
            field=field,
        ) from None


def spoken(number: str) -> str:
    """The number as it is written on paper: 0403.019.261."""
    return f"{number[:4]}.{number[4:7]}.{number[7:]}"
