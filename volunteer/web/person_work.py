"""What the desk does for a person beside their file: notes for colleagues, and showing the way to others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from volunteer.domain.notes import DAYS_OFFERED, LONGEST_NOTE, USUAL_DAYS
from volunteer.domain.other_services import OtherService, other_services
from volunteer.domain.referrals import LONGEST_WORDS, ReferralReason
from volunteer.models import Candidate
from volunteer.services import notes, referrals
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_day
from volunteer.web.errors import FormError
from volunteer.web.extensions import current_core
from volunteer.web.forms.answers import Answers
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One note as colleagues read it."""

    id: UUID
    text: str
    author: str
    day: str
    until: str


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """One referral in words; a service that left the list is called by its code."""

    id: UUID
    service: str
    reason: str
    words: str
    author: str
    day: str


@dataclass(frozen=True, slots=True)
class PersonWork:
    """Everything that ``desk/_person_work.html`` shows of one person."""

    candidate_id: UUID
    notes: list[NoteLine]
    referrals: list[ReferralLine]
    services: list[tuple[str, str]]
    reasons: list[tuple[str, str]]
    days: tuple[int, ...] = DAYS_OFFERED
    usual_days: int = USUAL_DAYS
    longest_note: int = LONGEST_NOTE
    longest_words: int = LONGEST_WORDS
    answers: Answers = field(default_factory=dict)
    errors: list[FormError] = field(default_factory=list)


def person_work(
    uow: UnitOfWork,
    candidate: Candidate,
    *,
    answers: Answers | None = None,
    errors: list[FormError] | None = None,
) -> PersonWork:
    """Gather it; with what was typed and what is wrong with it, when a form came back."""
    return PersonWork(
        candidate_id=candidate.id,
        notes=[
            NoteLine(
                each.id, each.text, each.author, spoken_day(each.written_at), spoken_day(each.expires_at)
            )
            for each in notes.read(uow, candidate.id)
        ],
        referrals=[referral_line(each) for each in referrals.read(uow, candidate.id)],
        services=[(each.code, each.name(current_language())) for each in services()],
        reasons=list(reasons(_).items()),
        answers=answers or {},
        errors=errors or [],
    )


def referral_line(referral: referrals.OpenedReferral) -> ReferralLine:
    """A referral in the reader's language."""
    return ReferralLine(
        id=referral.id,
        service=service_name(referral.service),
        reason=reasons(_)[referral.reason],
        words=referral.words,
        author=referral.author,
        day=spoken_day(referral.given_at),
    )


def services() -> tuple[OtherService, ...]:
    """The other services that this centre knows."""
    return other_services(current_core().settings)


def service_of(code: str) -> OtherService | None:
    """The service of this code, when it is still on the list."""
    return next((each for each in services() if each.code == code), None)


def service_name(code: str, language: str | None = None) -> str:
    """What a service is called; its code when it left the list."""
    found = service_of(code)
    return found.name(language or current_language()) if found else code


def reasons(_: Callable[[str], str]) -> dict[str, str]:
    """Why somebody is shown another way, in words about the offer, by the translator that is given."""
    return {
        ReferralReason.NOTHING_NEAR: _("There is nothing close enough"),
        ReferralReason.NO_HOURS: _("There is nothing at the hours that suit"),
        ReferralReason.NO_TASK: _("There is no such task"),
        ReferralReason.NO_LANGUAGE: _("Nobody there speaks the language"),
        ReferralReason.NOT_ACCESSIBLE: _("No place offers what helps"),
        ReferralReason.NO_WELCOME: _("Nobody had the time to welcome somebody well"),
        ReferralReason.OTHER_QUESTION: _("It is a question about something else"),
    }
