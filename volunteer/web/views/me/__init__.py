"""A person's own file: what became of their wishes, their answers, what they agree to, and their data."""

from volunteer.web.views.me import (
    answers,
    calendar,
    consents,
    data,
    file,
    keeping,
    may_help,
    messages,
    support,
    times,
)
from volunteer.web.views.me.blueprint import blueprint

__all__ = [
    "answers",
    "blueprint",
    "calendar",
    "consents",
    "data",
    "file",
    "keeping",
    "may_help",
    "messages",
    "support",
    "times",
]
