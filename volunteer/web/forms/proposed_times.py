"""Which of the proposed times somebody chooses."""

from __future__ import annotations

from datetime import datetime

from werkzeug.datastructures import MultiDict

from volunteer.domain.errors import InvalidValue

NONE_SUITS = "none"
CANNOT_COME = "cannot"


def cannot_come(form: MultiDict[str, str]) -> bool:
    """Whether the button says that the agreed moment does not suit after all."""
    return form.get("time") == CANNOT_COME


def chosen(form: MultiDict[str, str]) -> datetime | None:
    """The time of the button that was pressed; ``None`` when none suits. Raises :class:`InvalidValue`."""
    pressed = form.get("time", "")
    if pressed == NONE_SUITS:
        return None
    try:
        moment = datetime.fromisoformat(pressed)
    except ValueError:
        raise InvalidValue("Press one of the buttons.", field="time") from None
    if moment.tzinfo is None:
        raise InvalidValue("Press one of the buttons.", field="time")
    return moment
