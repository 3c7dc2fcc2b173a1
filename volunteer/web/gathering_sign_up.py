"""What the forms to sign up for a gathering offer: languages, and what would help on that day."""

from __future__ import annotations

from volunteer.domain.access import FEATURES
from volunteer.domain.errors import ConsentMissing, DomainError
from volunteer.domain.gatherings import GatheringKind
from volunteer.domain.interests import TASKS
from volunteer.domain.languages import LANGUAGES
from volunteer.models import Gathering
from volunteer.web.choices import Choice
from volunteer.web.errors import status_of
from volunteer.web.extensions import current_core
from volunteer.web.language import current_language

ON_ONE_DAY = (
    "ph.step_free_entrance", "ph.wheelchair_space", "ph.accessible_toilet", "ph.assistance_dog",
    "ph.quiet_place", "ic.pictograms", "ic.other_language", "ic.sign_language", "ic.hearing_support",
    "ic.large_print_braille", "sv.support_person", "sv.children_welcome",
)  # fmt: skip
"""Of all that can help, what can be prepared for a day; the rest is about work."""


def status_for(error: DomainError) -> int:
    """The status of a form that comes back: a yes that is missing is something to fill in."""
    return 422 if isinstance(error, ConsentMissing) else status_of(error)


def offers(gathering: Gathering) -> dict[str, object]:
    """What the form of this gathering asks; what is there anyway is not asked."""
    reader = current_language()
    is_company_day = gathering.kind == GatheringKind.COMPANY_DAY
    return {
        "helps": [
            Choice(code, FEATURES[code].label(reader)) for code in ON_ONE_DAY if code not in gathering.access
        ],
        "tasks": [(code, task.label(reader)) for code, task in TASKS.items()] if is_company_day else [],
        "person_languages": [
            (code, LANGUAGES[code].own) for code in current_core().settings.centre.languages
        ],
    }
