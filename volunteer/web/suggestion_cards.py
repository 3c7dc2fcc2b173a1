"""What a candidate's pages show of suggestions: cards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from volunteer.domain.districts import name_in
from volunteer.domain.matching_facts import PersonFacts
from volunteer.domain.places import MUNICIPALITIES
from volunteer.matching.explanation import explain
from volunteer.matching.sentences import sentences
from volunteer.models import Candidate, Opportunity
from volunteer.queries.districts import named_district
from volunteer.queries.introductions import introductions_of
from volunteer.queries.suggestions import suggestion_of
from volunteer.services import shortlists, suggestions
from volunteer.services.suggestion_details import ShownSuggestion
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.choices import commitment_name
from volunteer.web.dates import spoken_times
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.own_introductions import DEFAULT_PICTURE, State, states_by_role
from volunteer.web.role_words import role_words

_END_OF_SENTENCE = re.compile(r"[.!?](?=\s+[A-ZÀ-Þ])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One suggestion; texts are whole sentences in the reader's language, but for the title."""

    id: UUID
    url: str
    """Its own page: the map, the way, and what becomes of the question."""
    task_code: str
    title: str
    language: str | None
    organisation: str
    fits: list[str]
    arrange: list[str]
    ask: list[str]
    against: list[str]
    municipality: str | None
    travel: str | None
    stop: str | None
    """The first sentence of it: mostly where one gets off."""
    travel_language: str | None
    """Of these words, where it is not the reader's."""
    when: str | None
    often: str | None
    meet: str | None
    is_new: bool
    state: State | None
    is_saved: bool
    save_url: str
    """Puts it in the short list, or takes it out when it is there."""
    refuse_url: str
    wrong_url: str
    """To say that something about this role is not right."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A person's list: what fits, and where something is asked first."""

    fits: list[Card]
    ask_first: list[Card]


def suggested(uow: UnitOfWork, candidate: Candidate, list_id: UUID | None = None) -> Suggested | None:
    """The newest list of this person (or this one) as cards; None while the engine still works."""
    shown = suggestions.current(uow, candidate.id, list_id)
    if shown is None:
        return None
    cards = cards_of(uow, candidate, shown)
    return Suggested(
        fits=[card for card in cards if not card.ask],
        ask_first=[card for card in cards if card.ask],
    )


def cards_of(uow: UnitOfWork, candidate: Candidate, shown: Sequence[ShownSuggestion]) -> list[Card]:
    """These suggestions as cards, in their order; a role that is over is left out, unless it was asked."""
    person = suggestions.facts_of(uow, candidate, reader="candidate", purpose="explanation")
    states = states_by_role(introductions_of(uow.session, candidate.id))
    saved = shortlists.saved_roles(uow, candidate.id)
    there = [each for each in shown if each.role.is_open or each.role.opportunity_id in states]
    return [_card(uow, each, person, states, saved) for each in there]


def card_of(uow: UnitOfWork, candidate: Candidate, suggestion_id: UUID) -> Card | None:
    """One suggestion of this person as a card; None when it is not there any more."""
    suggestion = suggestion_of(uow.session, candidate.id, suggestion_id)
    if suggestion is None:
        return None
    return next(iter(cards_of(uow, candidate, suggestions.opened(uow, [suggestion]))), None)


def _card(
    uow: UnitOfWork,
    shown: ShownSuggestion,
    person: PersonFacts,
    states: dict[UUID, State],
    saved: Set[UUID],
) -> Card:
    opportunity, today = shown.suggestion.opportunity, uow.today
    travel, travel_language = getting_there(opportunity)
    is_saved, this = opportunity.id in saved, shown.suggestion.id
    reader = current_language()
    said = sentences(explain(shown.match, person, shown.role, today), _, reader)
    contact, words = opportunity.contact_name, role_words(opportunity)
    return Card(
        id=shown.suggestion.id,
        url=url_for("my_suggestions.one", suggestion_id=this),
        task_code=_picture(opportunity, person.interests.tasks),
        title=words.title,
        language=words.language,
        organisation=opportunity.organisation.name,
        fits=said["fits"],
        arrange=said["arrange"],
        ask=said["ask"],
        against=said["against"],
        municipality=where(uow, opportunity),
        travel=travel,
        stop=first_sentence(travel) if travel else None,
        travel_language=travel_language,
        when=spoken_times(shown.role.times, today),
        often=commitment_name(shown.role.commitment) if shown.role.commitment else None,
        meet=_("You meet %(name)s", name=contact) if contact else None,
        is_new=shown.is_new,
        state=states.get(opportunity.id),
        is_saved=is_saved,
        save_url=url_for(f"my_suggestions.{'take_out' if is_saved else 'save'}", suggestion_id=this),
        refuse_url=url_for("my_refusals.refuse", suggestion_id=this),
        wrong_url=url_for("incidents.tell", role=opportunity.id),
    )


def _picture(opportunity: Opportunity, liked: Iterable[str]) -> str:
    """The picture of a task this person chose, else of the first task of the role."""
    chosen = set(liked)
    return next(
        (code for code in opportunity.tasks if code in chosen), next(iter(opportunity.tasks), DEFAULT_PICTURE)
    )


def where(uow: UnitOfWork, opportunity: Opportunity) -> str | None:
    """The neighbourhood, where one is known, and the municipality."""
    if opportunity.is_remote:
        return _("At home")
    venue, reader = opportunity.venue, current_language()
    if venue is None:
        return None
    municipality = MUNICIPALITIES.get(venue.municipality or "")
    district = named_district(uow.session, venue.district) if venue.district else None
    names = (
        name_in(district.names, reader) if district else None,
        municipality.label(reader) if municipality else None,
    )
    return ", ".join(filter(None, names)) or None


def first_sentence(words: str) -> str:
    """What is said first."""
    return words[: found.start() + 1] if (found := _END_OF_SENTENCE.search(words)) else words


def getting_there(opportunity: Opportunity) -> tuple[str | None, str | None]:
    """How one gets there, in the words of who offers it, and their language where it is not the reader's.

    None for what is done at home: the way to the organisation is not asked of anybody then.
    """
    if opportunity.is_remote:
        return None, None
    said, language = opportunity.getting_there, opportunity.language
    if not said and opportunity.venue is not None:
        said, language = opportunity.venue.getting_there, opportunity.organisation.language
    return said or None, language if language != current_language() else None
