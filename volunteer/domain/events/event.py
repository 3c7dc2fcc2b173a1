"""What an event is: a fact, named in the past tense, frozen, made of ids and plain facts."""

from __future__ import annotations

import re
import typing
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self
from uuid import UUID

_TYPES: dict[str, type[Event]] = {}


@dataclass(frozen=True, slots=True)
class Event:
    """Base of every event. The type is derived from the class name; ``version`` grows with its fields.

    Fields are ``UUID``, ``str``, ``int`` or ``bool``; never personal data: events travel and are kept.
    """

    version: ClassVar[int] = 1
    type: ClassVar[str] = "event"

    def __init_subclass__(cls, **options: Any) -> None:
        # A slotted dataclass is made twice; the second one, with the slots, is the one that stays.
        super(Event, cls).__init_subclass__(**options)
        cls.type = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()
        _TYPES[cls.type] = cls

    def payload(self) -> dict[str, Any]:
        """The fields as JSON can hold them."""
        values = ((item.name, getattr(self, item.name)) for item in fields(self))
        return {name: str(value) if isinstance(value, UUID) else value for name, value in values}

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """The inverse of :meth:`payload`. Raises ``KeyError`` when a field is missing."""
        hints = typing.get_type_hints(cls)
        values = {item.name: payload[item.name] for item in fields(cls)}
        return cls(**{name: UUID(value) if hints[name] is UUID else value for name, value in values.items()})


def event_type(name: str) -> type[Event]:
    """The class of an event by its type. Raises ``KeyError`` for one that this version does not know."""
    return _TYPES[name]
