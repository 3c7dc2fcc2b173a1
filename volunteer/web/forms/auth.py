"""What is typed to log in, to take up an invitation, and to change a password."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from volunteer.domain.errors import InvalidValue
from volunteer.web.forms.answers import Answers, typed

LONGEST_PASSWORD = 1000


@dataclass(frozen=True, slots=True)
class Secret:
    """A form with one or more passwords: ``answers`` can be shown again, passwords cannot."""

    answers: Answers
    passwords: dict[str, str]

    def text(self, name: str) -> str:
        """One answer; empty when it was left open."""
        found: str = self.answers.get(name, "")
        return found

    def password(self, name: str) -> str:
        """A password exactly as it was typed. Raises :class:`InvalidValue` when it is far too long."""
        found = self.passwords.get(name, "")
        if len(found) > LONGEST_PASSWORD:
            raise InvalidValue(
                "This is too long. Use at most %(most)d letters.",
                field=name,
                values={"most": LONGEST_PASSWORD},
            )
        return found


def log_in(form: MultiDict[str, str]) -> Secret:
    """E-mail address and password."""
    return _secret(form, texts=("email",), passwords=("password",))


def invitation(form: MultiDict[str, str]) -> Secret:
    """A name, and the password to make (or, for who has an account already, to show)."""
    return _secret(form, texts=("name",), passwords=("password",))


def change_of_password(form: MultiDict[str, str]) -> Secret:
    """The password of now and the next one."""
    return _secret(form, passwords=("old_password", "password"))


def _secret(form: MultiDict[str, str], *, passwords: tuple[str, ...], texts: tuple[str, ...] = ()) -> Secret:
    return Secret(typed(form, texts=texts), {name: form.get(name, "") for name in passwords})
