"""After a gathering: what somebody says to the one question, and what the desk may know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.afterwards import LONGEST_SAID, Answer, sentences_shown, shown, takes_answers
from volunteer.domain.candidates import clean_words
from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.events.gatherings import GatheringAnswered
from volunteer.domain.gathering_seats import SeatState
from volunteer.domain.gatherings import GatheringKind, GatheringState
from volunteer.models import Gathering, GatheringParty
from volunteer.models.base import field_name
from volunteer.queries import gatherings as queries
from volunteer.services import gathering_seats
from volunteer.translation import translations
from volunteer.unit_of_work import UnitOfWork

_WORDS = field_name("gathering_parties", "words_sealed")


@dataclass(frozen=True, slots=True)
class Answers:
    """What was said after a gathering, as far as it points at nobody."""

    counts: Mapping[Answer, int | None]
    """``None`` for fewer than five."""
    sentences: Sequence[str]


def is_asked(uow: UnitOfWork, party: GatheringParty) -> bool:
    """Whether they were there, as far as we know, and can still answer."""
    gathering = party.gathering
    came = party.attended or (party.attended is None and party.state == SeatState.IN)
    goes_on = gathering.state == GatheringState.PUBLISHED
    return bool(came) and goes_on and takes_answers(gathering.ends_at, uow.now)


def answer(uow: UnitOfWork, party_id: UUID, said: Answer, words: str = "") -> GatheringParty:
    """Keep what they say to the question, in place of what they said before.

    Raises :class:`InvalidValue` for too long a sentence, and :class:`ImpossibleStep` when it is too late.
    """
    sentence = clean_words(words, longest=LONGEST_SAID, field="words")
    party = gathering_seats.held(uow, party_id)
    if not is_asked(uow, party):
        raise ImpossibleStep("This question is closed. You can always call us.")
    party.answer, party.answered_at = said, uow.now
    party.words_sealed = uow.keyring.seal(sentence, field=_WORDS) if sentence else None
    uow.record(GatheringAnswered(party.id))
    return party


def words_of(uow: UnitOfWork, party: GatheringParty) -> str:
    """The sentence beside their answer, opened for themselves."""
    return uow.keyring.open(party.words_sealed, field=_WORDS) if party.words_sealed else ""


def answers_of(uow: UnitOfWork, gathering_id: UUID) -> Answers:
    """What all of them said together; few answers are not shown."""
    parties = [each for each in queries.parties_of(uow.session, gathering_id) if each.answer]
    return Answers(
        counts=shown(each.answer or "" for each in parties),
        sentences=sentences_shown([words_of(uow, each) for each in parties if each.words_sealed]),
    )


def question_of(gathering: Gathering, language: str) -> str:
    """The one question: what the desk wrote in this language, else the one of its kind."""
    return gathering.question.get(language) or usual_question(GatheringKind(gathering.kind), language)


def usual_question(kind: GatheringKind, language: str) -> str:
    """What is asked after a gathering of this kind when the desk wrote nothing else."""
    _ = translations(language).gettext
    match kind:
        case GatheringKind.CANDIDATE_WORKSHOP:
            return _("Do you know now what you can do?")
        case GatheringKind.SUPPORT_INFO_SESSION:
            return _("Can you help people on their way now?")
        case GatheringKind.ORGANISATION_TRAINING:
            return _("Can you use this in your organisation?")
        case GatheringKind.COMPANY_DAY:
            return _("Would you do this again?")
