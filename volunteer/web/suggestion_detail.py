"""The page of one suggestion: what, where and how to get there, what we ask, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.access import FEATURES, Answer
from volunteer.domain.errors import NotFound
from volunteer.domain.matching_facts import RoleFacts
from volunteer.domain.questions import QuestionState
from volunteer.models import Candidate, Opportunity, Question, Suggestion, Venue
from volunteer.queries.introductions import introductions_of
from volunteer.queries.questions import last_asked
from volunteer.queries.suggestions import newest_list
from volunteer.services import suggestions, ways
from volunteer.services.access_notes import AccessNote, notes_of
from volunteer.services.own_suggestions import own_suggestion
from volunteer.services.suggestion_details import ShownSuggestion
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.city_map import CityMap, city_map
from volunteer.web.dates import spoken_day
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.own_introductions import IntroductionCard, introduction_card
from volunteer.web.own_pages import slip_url
from volunteer.web.role_words import role_words
from volunteer.web.suggestion_cards import Card, cards_of

CLOSE_KM = 1.5


@dataclass(frozen=True, slots=True)
class AskedFirst:
    """Something the organisation has to tell first, and how that stands."""

    label: str
    stands: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """Everything the page shows."""

    card: Card
    description: str
    address: str | None
    map: CityMap | None
    yours: str | None
    """Name of the person's municipality, which the map marks."""
    far: str | None
    """About how far it is, in words."""
    asked_first: list[AskedFirst]
    notes: list[tuple[str, AccessNote]]
    """What it is about, and what the organisation adds."""
    introduction: IntroductionCard | None
    fits_still: bool
    slip_url: str | None


def detail_of(uow: UnitOfWork, candidate: Candidate, suggestion_id: UUID) -> Detail:
    """One suggestion of this person. Raises :class:`NotFound` when it is not there, or is over."""
    suggestion = own_suggestion(uow, candidate.id, suggestion_id)
    (shown,) = suggestions.opened(uow, [suggestion])
    card = next(iter(cards_of(uow, candidate, [shown])), None)
    if card is None:
        raise NotFound("This task is over. Look at your other suggestions.")
    opportunity = suggestion.opportunity
    venue = None if opportunity.is_remote else opportunity.venue
    yours = ways.municipality_of_person(candidate)
    asked = (each for each in introductions_of(uow.session, candidate.id))
    about_this = next((each for each in asked if each.opportunity_id == opportunity.id), None)
    return Detail(
        card=card,
        description=role_words(opportunity).description,
        address=_address(venue) if venue else None,
        map=city_map(uow, venue, yours) if venue else None,
        yours=yours.label(current_language()) if yours else None,
        far=_far(uow, candidate, shown) if venue else None,
        asked_first=_asked_first(uow, opportunity, shown),
        notes=said_notes(uow, opportunity),
        introduction=introduction_card(uow, about_this) if about_this else None,
        fits_still=_fits_still(uow, candidate, suggestion),
        slip_url=slip_url(suggestion.id),
    )


def said_notes(uow: UnitOfWork, opportunity: Opportunity) -> list[tuple[str, AccessNote]]:
    """What the team wrote beside its answers, each with the name of its feature in the reader's language."""
    return [(FEATURES[each.code].label(current_language()), each) for each in notes_of(uow, opportunity)]


def _fits_still(uow: UnitOfWork, candidate: Candidate, suggestion: Suggestion) -> bool:
    """Whether the engine would still show it, where a newer list was made since."""
    newest = newest_list(uow.session, candidate.id)
    if newest is not None and newest.id == suggestion.list_id:
        return True
    return suggestions.match_with(uow, candidate, suggestion.opportunity_id) is not None


def _address(venue: Venue) -> str | None:
    return ", ".join(filter(None, (venue.street, venue.postal_code))) if venue.street else None


def _far(uow: UnitOfWork, candidate: Candidate, shown: ShownSuggestion) -> str | None:
    """How long the way takes by the table of minutes, or how far it is in a straight line."""
    minutes, kilometres = shown.match.travel_minutes, _kilometres(uow, candidate, shown.role)
    yours = ways.municipality_of_person(candidate)
    if minutes is not None:
        return _("The way takes about %(minutes)s min.", minutes=round(minutes))
    if kilometres is None or yours is None:
        return None
    if kilometres < CLOSE_KM:
        return _("That is close to you.")
    place = yours.label(current_language())
    return _(
        "That is about %(kilometres)s km from the middle of %(place)s.",
        kilometres=round(kilometres),
        place=place,
    )


def _kilometres(uow: UnitOfWork, candidate: Candidate, role: RoleFacts) -> float | None:
    return ways.way_to(uow, candidate, role).kilometres


def _asked_first(uow: UnitOfWork, opportunity: Opportunity, shown: ShownSuggestion) -> list[AskedFirst]:
    codes = shown.match.questions
    asked = last_asked(uow.session, opportunity, codes)
    reader = current_language()
    return [AskedFirst(FEATURES[code].label(reader), _stands(asked.get(code))) for code in codes]


def _stands(question: Question | None) -> str:
    if question is None:
        return _("We ask this when you want to meet them.")
    day = spoken_day(question.opened_at)
    if question.state == QuestionState.OPEN:
        return _("Asked on %(day)s. There is no answer yet.", day=day)
    answers = {
        Answer.YES: _("Asked on %(day)s. They say yes.", day=day),
        Answer.ARRANGEABLE: _("Asked on %(day)s. They arrange this with you.", day=day),
        Answer.NO: _("Asked on %(day)s. They say no.", day=day),
    }
    said = Answer(question.answer) if question.answer else None
    return answers[said] if said else _("Asked on %(day)s. They answered.", day=day)
