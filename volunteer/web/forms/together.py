"""Signing up together with somebody: the pages of the sign-up that are asked before the person says yes.

No consent is asked here and nothing about what helps: both are the person's alone, when they confirm.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from volunteer.domain.candidates import SignUp
from volunteer.domain.errors import DomainError, InvalidValue
from volunteer.web.errors import Complaints
from volunteer.web.forms import signup as reading
from volunteer.web.forms.answers import Answers, text
from volunteer.web.forms.signup_steps import STEPS, SignUpDraft, Step

LANGUAGE = "person_language"

SPEAKS = Step("speaks", "support/speaks.html", (), texts=(LANGUAGE,))
ASKED = tuple(STEPS[slug] for slug in ("name", "age", "where", "tasks", "when", "languages", "contact"))
READY = Step("ready", "support/ready.html", ())
WAY: tuple[Step, ...] = (SPEAKS, *ASKED, READY)
PAGES: Mapping[str, Step] = {step.slug: step for step in WAY}


@dataclass(slots=True)
class TogetherDraft(SignUpDraft):
    """What was told so far; the pages come in an order of their own."""

    def way(self) -> tuple[Step, ...]:
        """The pages, in order."""
        return WAY


def language(given: Answers, offered: Collection[str]) -> str:
    """The language to speak with this person. Raises :class:`InvalidValue`."""
    chosen = text(given, LANGUAGE)
    if chosen not in offered:
        raise InvalidValue("Choose the language of this person.", field=LANGUAGE)
    return chosen


def complaints(step: Step, given: Answers, offered: Collection[str]) -> list[DomainError]:
    """What is wrong with the answers of this page."""
    found = Complaints()
    if step is SPEAKS:
        with found.collect():
            language(given, offered)
    return [*found.errors, *step.complaints(given)]


def told(given: Answers, offered: Collection[str]) -> SignUp:
    """What is kept of it until the person says yes. Raises :class:`InvalidValue`."""
    return reading.told(given, language=language(given, offered))
