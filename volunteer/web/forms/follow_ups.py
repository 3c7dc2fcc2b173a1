"""How it goes, and what it brought."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from volunteer.domain.errors import InvalidValue
from volunteer.domain.follow_ups import Going, Outcome


def answer(form: MultiDict[str, str]) -> tuple[Going, frozenset[Outcome]]:
    """The button that was pressed, and what was ticked. Raises :class:`InvalidValue` without a button."""
    try:
        return Going(form.get("going", "")), outcomes(form)
    except ValueError:
        raise InvalidValue("Press one of the buttons.", field="going") from None


def outcomes(form: MultiDict[str, str]) -> frozenset[Outcome]:
    """What was ticked; anything else is left out."""
    return frozenset(Outcome(each) for each in form.getlist("outcome") if each in set(Outcome))
