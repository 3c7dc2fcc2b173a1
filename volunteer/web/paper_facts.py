"""What goes on paper, gathered from the file: never a need."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from volunteer.documents.calls import CallLine
from volunteer.documents.card import PersonalCard
from volunteer.documents.letter import Letter, Told
from volunteer.documents.roles import role_on_paper
from volunteer.documents.sheet import Tongues
from volunteer.documents.slip import Slip
from volunteer.documents.suggestions import SuggestedRole, SuggestionsOnPaper
from volunteer.documents.typed import shortened
from volunteer.domain.candidates import Channel
from volunteer.domain.errors import NotFound
from volunteer.domain.introductions import RUNNING, IntroductionState
from volunteer.domain.languages import LANGUAGES
from volunteer.links import Purpose
from volunteer.matching.explanation import explain
from volunteer.matching.sentences import sentences
from volunteer.messages.spoken import Call, call_for, to_tell
from volunteer.messages.written import letter_for
from volunteer.models import Candidate, Introduction, Message, Opportunity
from volunteer.services import cards, introductions, law, suggestions
from volunteer.services.access_notes import notes_of
from volunteer.services.contacts import spoken_phone
from volunteer.services.own_suggestions import own_suggestion
from volunteer.services.suggestion_details import ShownSuggestion
from volunteer.translation import translations
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_ago
from volunteer.web.extensions import current_core
from volunteer.web.language import current_language

MOST_NOTES = 2
BY_NUMBER = frozenset({Channel.PHONE, Channel.SMS})


def tongues_of(language: str) -> Tongues:
    """This language, where we speak it, beside that of the desk."""
    offered = current_core().settings.centre.languages
    return Tongues(theirs=language if language in offered else offered[0], ours=offered[0])


def slip_of(uow: UnitOfWork, candidate: Candidate, about_id: UUID, language: str) -> Slip:
    """The slip for a suggestion or an introduction of this person. Raises :class:`NotFound`.

    What is printed of a suggestion counts as shown.
    """
    introduction = uow.session.get(Introduction, about_id)
    if introduction is None:
        suggestion = own_suggestion(uow, candidate.id, about_id)
        suggestion.shown_at = suggestion.shown_at or uow.now
        return _slip(uow, candidate, suggestion.opportunity, language)
    if introduction.candidate_id != candidate.id or introduction.state not in RUNNING:
        raise NotFound("This is not there any more.")
    reply = introductions.reply_to(uow, introduction)
    is_agreed = introduction.state == IntroductionState.ACCEPTED
    return replace(
        _slip(uow, candidate, introduction.opportunity, language),
        state=IntroductionState(introduction.state),
        reply=shortened(reply) if reply else None,
        agreed_at=introduction.agreed_at if is_agreed else None,
    )


def suggestions_of(uow: UnitOfWork, candidate: Candidate, language: str) -> SuggestionsOnPaper:
    """The newest list of this person, from now on shown. Raises :class:`NotFound` while there is none."""
    shown = suggestions.current(uow, candidate.id)
    if shown is None:
        raise NotFound("This is not there any more.")
    suggestions.mark_shown(uow, candidate.id)
    tongues = tongues_of(language)
    return SuggestionsOnPaper(
        tongues=tongues,
        roles=[_suggested(uow, candidate, each, tongues.theirs) for each in shown if each.role.is_open],
        link=_link(uow, candidate),
        centre=current_core().settings.centre,
        today=uow.today,
        made_at=uow.now,
    )


def card_of(uow: UnitOfWork, candidate: Candidate, *, number: str, link: str, language: str) -> PersonalCard:
    """The card of this person, while its link is still known."""
    return PersonalCard(
        tongues=tongues_of(language),
        first_name=candidate.first_name,
        number=number,
        link=link,
        centre=current_core().settings.centre,
        made_at=uow.now,
    )


def letter_of(uow: UnitOfWork, message_id: UUID) -> Letter:
    """A message as a letter. Raises :class:`NotFound` when it does not go by post."""
    core = current_core()
    ours = core.settings.centre.languages[0]
    message = uow.session.get(Message, message_id)
    centre = core.settings.centre
    found = letter_for(uow, message, centre=centre, links=core.links, language=ours) if message else None
    if found is None:
        raise NotFound("This is not there any more.")
    tongues = tongues_of(found.language)
    return Letter(
        tongues=tongues,
        to_name=found.to_name,
        address=found.address,
        theirs=Told(tongues.theirs, found.theirs.subject, found.theirs.paragraphs),
        ours=Told(ours, found.ours.subject, found.ours.paragraphs),
        link=found.link,
        centre=centre,
        made_at=uow.now,
    )


def has_letter(uow: UnitOfWork, message: Message) -> bool:
    """Whether this can be printed: somebody chose the post, and gave an address."""
    core = current_core()
    ours = core.settings.centre.languages[0]
    return letter_for(uow, message, centre=core.settings.centre, links=core.links, language=ours) is not None


def call_lines(uow: UnitOfWork) -> list[CallLine]:
    """Everyone the desk is to tell something, in the language of who prints the list."""
    core, reader = current_core(), current_language()
    calls = (
        call_for(uow, message, centre=core.settings.centre, links=core.links, language=reader)
        for message in to_tell(uow)
    )
    return [_call_line(call, uow.now) for call in calls if call.name]


def _call_line(call: Call, now: datetime) -> CallLine:
    contact = call.contact or ""
    return CallLine(
        name=call.name,
        ask_for=call.ask_for,
        contact=spoken_phone(contact) if call.channel in BY_NUMBER else contact,
        speaks=LANGUAGES[call.language].own,
        age=spoken_ago(call.since, now),
        subject=call.subject,
        language=call.language,
        theirs=call.theirs,
        ours=call.ours,
    )


def _slip(uow: UnitOfWork, candidate: Candidate, opportunity: Opportunity, language: str) -> Slip:
    tongues = tongues_of(language)
    return Slip(
        tongues=tongues,
        role=role_on_paper(opportunity),
        state=None,
        reply=None,
        law=(
            law.tell_before_you_start(uow, tongues.theirs),
            law.tell_before_you_start(uow, tongues.ours),
        ),
        notes=_notes(uow, opportunity),
        link=_link(uow, candidate),
        centre=current_core().settings.centre,
        today=uow.today,
        made_at=uow.now,
    )


def _notes(uow: UnitOfWork, opportunity: Opportunity) -> tuple[tuple[str, str], ...]:
    """The first notes of the organisation, as far as paper has room."""
    found = notes_of(uow, opportunity)[:MOST_NOTES]
    return tuple((shortened(each.text), each.language or opportunity.language) for each in found)


def _suggested(uow: UnitOfWork, candidate: Candidate, shown: ShownSuggestion, language: str) -> SuggestedRole:
    """Why it fits, from everything but needs: they stay closed, so no reason can name one."""
    person = suggestions.facts_without_needs(uow, candidate)
    match = replace(shown.match, needs={}, questions=())
    said = sentences(explain(match, person, shown.role, uow.today), translations(language).gettext, language)
    return SuggestedRole(
        role=role_on_paper(shown.suggestion.opportunity),
        fits=said["fits"],
        is_asked_first=bool(shown.match.questions),
    )


def _link(uow: UnitOfWork, candidate: Candidate) -> str | None:
    """A slip is shown, left behind or lost: its code opens no more than the card, and without one nothing."""
    card = cards.of(uow, candidate.id)
    return current_core().links.make(Purpose.PAPER, card.id) if card else None
