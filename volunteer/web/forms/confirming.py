"""How somebody says yes to a file that was begun together with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from volunteer.domain.candidates import SignUp
from volunteer.domain.consent import GivenHow
from volunteer.domain.errors import DomainError
from volunteer.domain.support import Scope
from volunteer.web.errors import Complaints
from volunteer.web.forms import signup as reading
from volunteer.web.forms.answers import Answers, ticked
from volunteer.web.support_words import field_of

FIELDS = (*reading.CONSENTS, *(field_of(scope) for scope in Scope))


def complaints(given: Answers) -> list[DomainError]:
    """Which yes is missing without which there is no file."""
    found = Complaints()
    for name in reading.CONSENTS:
        with found.collect():
            reading.check_consent(given, name)
    return found.errors


def scopes(given: Mapping[str, object]) -> frozenset[Scope]:
    """What the person allows their support worker; whatever is not ticked is refused."""
    return frozenset(scope for scope in Scope if ticked(given, field_of(scope)))


def confirmed(known: SignUp, given: Answers, *, language: str, given_how: GivenHow) -> SignUp:
    """The file as the person says yes to it, in the language in which they read it."""
    return replace(
        known,
        language=language,
        consents=reading.consents({name: given.get(name, "") for name in reading.CONSENTS}),
        given_how=given_how,
    )
