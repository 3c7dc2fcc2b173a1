"""What an administrator types to give somebody a role."""

from __future__ import annotations

from uuid import UUID

from werkzeug.datastructures import MultiDict

from volunteer.domain.accounts import OF_THE_CENTRE, Role
from volunteer.domain.errors import InvalidValue
from volunteer.web.forms.answers import Answers, text, typed


def colleague(form: MultiDict[str, str]) -> Answers:
    """Name, address, role and organisation of somebody who is to log in."""
    return typed(form, texts=("name", "email", "role", "organisation", "language"))


def role(answers: Answers) -> Role:
    """The chosen role. Raises :class:`InvalidValue`."""
    try:
        return Role(text(answers, "role"))
    except ValueError:
        raise InvalidValue("Choose what this person does.", field="role") from None


def organisation_for(chosen: Role, answers: Answers) -> UUID | None:
    """The organisation that goes with the role; None in the centre itself. Raises :class:`InvalidValue`."""
    if chosen in OF_THE_CENTRE:
        return None
    try:
        return UUID(text(answers, "organisation"))
    except ValueError:
        raise InvalidValue("Choose the organisation this person works with.", field="organisation") from None
