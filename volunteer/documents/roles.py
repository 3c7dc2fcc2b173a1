"""A role as paper tells of it: what, where, when and with whom, sentence by sentence in any language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from volunteer import times_in_words
from volunteer.documents.typed import on_one_line, shortened, strong
from volunteer.domain.availability import Availability
from volunteer.domain.commitment import Commitment
from volunteer.domain.interests import TASKS
from volunteer.domain.places import MUNICIPALITIES
from volunteer.models import Opportunity
from volunteer.translation import isolated, listed, translations

DEFAULT_PICTURE = "t.welcome"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleOnPaper:
    """What paper says of a role; texts that somebody typed are readable already."""

    title: str
    language: str
    """What the title and the way there are written in."""
    tasks: tuple[str, ...]
    organisation: str
    street: str | None
    postal_code: str | None
    municipality: str | None
    """Its code."""
    getting_there: str | None
    contact: str | None
    """First name of whom to ask for."""
    times: Availability
    commitment: Commitment | None
    is_remote: bool

    @property
    def picture(self) -> str:
        """Code of the drawing of its first task."""
        return next(iter(self.tasks), DEFAULT_PICTURE)


def role_on_paper(opportunity: Opportunity) -> RoleOnPaper:
    """What paper says of this role."""
    venue = opportunity.venue
    getting_there = opportunity.getting_there or (venue.getting_there if venue else None)
    return RoleOnPaper(
        title=on_one_line(opportunity.title),
        language=opportunity.language,
        tasks=tuple(code for code in opportunity.tasks if code in TASKS),
        organisation=on_one_line(opportunity.organisation.name),
        street=on_one_line(venue.street) if venue and venue.street else None,
        postal_code=on_one_line(venue.postal_code) if venue and venue.postal_code else None,
        municipality=venue.municipality if venue else None,
        getting_there=shortened(getting_there) if getting_there else None,
        contact=on_one_line(opportunity.contact_name) if opportunity.contact_name else None,
        times=Availability.parse(opportunity.times),
        commitment=Commitment(opportunity.commitment) if opportunity.commitment else None,
        is_remote=opportunity.is_remote,
    )


def municipality_of(role: RoleOnPaper, language: str) -> str:
    """ "1080 Molenbeek"; empty when it is not known."""
    found = MUNICIPALITIES.get(role.municipality or "")
    return " ".join(filter(None, (role.postal_code, found.label(language) if found else None)))


def tasks_of(role: RoleOnPaper, language: str) -> str:
    """The tasks in a line; empty when none is named."""
    return listed((TASKS[code].label(language) for code in role.tasks), language)


def hours_of(role: RoleOnPaper, language: str, today: date) -> str:
    """When it is, or that the day is chosen together."""
    _ = translations(language).gettext
    return times_in_words.hours(role.times, today, language) or _("You choose the day together.")


def ask_for(role: RoleOnPaper, language: str) -> str | None:
    """Whom to ask for; None when nobody is named."""
    if role.contact is None:
        return None
    _ = translations(language).gettext
    return _("Ask for %(name)s.") % isolated({"name": strong(role.contact)}, language)
