"""The one tree of errors that people may see.

A message is an English sentence from the translation catalogue; whatever varies in it
comes through ``values``, so that it can be said in the reader's own language.
"""

from __future__ import annotations


class DomainError(Exception):
    """A rule was broken; ``code`` names the rule, ``field`` the input it concerns."""

    code = "rule_broken"

    def __init__(
        self,
        message: str,
        *,
        field: str | None = None,
        code: str | None = None,
        values: dict[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.values = values or {}
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message


class InvalidValue(DomainError):
    """What was given cannot be understood or is not allowed."""

    code = "invalid_value"


class NotFound(DomainError):
    """What was asked for does not exist, or not for this reader."""

    code = "not_found"


class NotAllowed(DomainError):
    """This person may not do this."""

    code = "not_allowed"


class ConsentMissing(NotAllowed):
    """The person did not agree to this purpose, or withdrew it."""

    code = "consent_missing"


class ImpossibleStep(DomainError):
    """The thing is not in a state in which this can happen."""

    code = "impossible_step"
