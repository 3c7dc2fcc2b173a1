"""Where a page of a list ended, as an opaque text that programs send back."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from uuid import UUID

from volunteer.domain.errors import InvalidValue
from volunteer.models import Opportunity

_SEPARATOR = "|"
_FORM = "%Y-%m-%dT%H:%M:%S.%f%z"


def cursor_of(last: Opportunity) -> str:
    """The cursor after this row."""
    written = f"{last.created_at.astimezone(UTC):{_FORM}}{_SEPARATOR}{last.id.hex}"
    return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")


def after(cursor: str | None) -> tuple[datetime, UUID] | None:
    """The moment and id that a cursor stands for. Raises :class:`InvalidValue` for one that is not ours."""
    if cursor is None:
        return None
    padded = cursor + "=" * (-len(cursor) % 4)
    try:
        written = base64.urlsafe_b64decode(padded.encode("ascii")).decode("ascii")
        moment, _, last = written.partition(_SEPARATOR)
        return datetime.strptime(moment, _FORM).astimezone(UTC), UUID(last)
    except (ValueError, OverflowError):
        raise InvalidValue("This cursor is not one of ours. Begin without it.", field="cursor") from None
