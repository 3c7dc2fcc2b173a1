"""A role as people will see it: the same card and the same page, in each language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from flask import g, render_template
from markupsafe import Markup

from volunteer.domain.availability import Availability
from volunteer.domain.commitment import Commitment
from volunteer.domain.interests import TASKS
from volunteer.domain.languages import LANGUAGES
from volunteer.models import Opportunity, Venue
from volunteer.services import opportunity_texts
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.choices import commitment_name
from volunteer.web.city_map import city_map
from volunteer.web.dates import spoken_times
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.own_introductions import DEFAULT_PICTURE, State
from volunteer.web.role_words import role_words
from volunteer.web.suggestion_cards import Card, first_sentence, getting_there, where
from volunteer.web.suggestion_detail import Detail, said_notes

_NOBODY = UUID(int=0)
_NOWHERE = "#main"
"""What a candidate would press leads nowhere from here."""


def languages() -> list[tuple[str, str]]:
    """Every language that people read here, by its own name."""
    return [(code, LANGUAGES[code].own) for code in opportunity_texts.LANGUAGES]


def card_page(uow: UnitOfWork, opportunity: Opportunity, language: str) -> Markup:
    """The card of this role in one language, ready to stand on a page in another."""
    with _spoken(language):
        return Markup(render_template("roles/_card.html", card=_card(uow, opportunity)))  # noqa: S704 - a template of ours


def detail_page(uow: UnitOfWork, opportunity: Opportunity, language: str, *, back_url: str) -> str:
    """The whole page of this role in one language."""
    with _spoken(language):
        detail = _detail(uow, opportunity)
        return render_template("roles/as_seen.html", detail=detail, back_url=back_url)


@contextmanager
def _spoken(language: str) -> Iterator[None]:
    """Let everything in this block be said to somebody who reads this language."""
    before = current_language()
    g.language = language
    try:
        yield
    finally:
        g.language = before


def _card(uow: UnitOfWork, opportunity: Opportunity) -> Card:
    words = role_words(opportunity)
    travel, travel_language = getting_there(opportunity)
    contact = opportunity.contact_name
    times = Availability.parse(opportunity.times) if opportunity.times else None
    return Card(
        id=_NOBODY,
        url=_NOWHERE,
        task_code=next(iter(opportunity.tasks), DEFAULT_PICTURE),
        title=words.title or "…",
        language=words.language,
        organisation=opportunity.organisation.name,
        fits=_fits(opportunity),
        arrange=[],
        ask=[],
        against=[],
        municipality=where(uow, opportunity),
        travel=travel,
        stop=first_sentence(travel) if travel else None,
        travel_language=travel_language,
        when=spoken_times(times, uow.today) if times else None,
        often=commitment_name(Commitment(opportunity.commitment)) if opportunity.commitment else None,
        meet=_("You meet %(name)s", name=contact) if contact else None,
        is_new=False,
        state=State("saved", _("Here people press “I want to meet them”.")),
        is_saved=False,
        save_url=_NOWHERE,
        refuse_url=_NOWHERE,
        wrong_url=_NOWHERE,
    )


def _fits(opportunity: Opportunity) -> list[str]:
    """A reason as an example: everybody reads their own."""
    reader = current_language()
    liked = [TASKS[code].label(reader) for code in opportunity.tasks if code in TASKS][:1]
    return [_("You like to do this: %(task)s.", task=task) for task in liked]


def _detail(uow: UnitOfWork, opportunity: Opportunity) -> Detail:
    venue = None if opportunity.is_remote else opportunity.venue
    return Detail(
        card=_card(uow, opportunity),
        description=role_words(opportunity).description,
        address=_address(venue) if venue else None,
        map=city_map(uow, venue, None) if venue else None,
        yours=None,
        far=None,
        asked_first=[],
        notes=said_notes(uow, opportunity),
        introduction=None,
        fits_still=True,
        slip_url=None,
    )


def _address(venue: Venue) -> str | None:
    return ", ".join(filter(None, (venue.street, venue.postal_code))) if venue.street else None
