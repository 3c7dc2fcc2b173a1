"""The first column: who waits here, for whom nothing fits, and what to ask an organisation for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from volunteer.domain.access import FEATURES, SIGN_LANGUAGE
from volunteer.domain.languages import LANGUAGES
from volunteer.models import Question, Signal
from volunteer.queries.desk import signed_up_here
from volunteer.queries.questions import open_questions
from volunteer.queries.signals import open_signals
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_ago, spoken_days_ago
from volunteer.web.desk.reached import Reached, person, team
from volunteer.web.desk.rows import MOST_SHOWN, Column, Row, first_of, is_late
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _

QUESTION_LATE_AFTER = timedelta(days=7)
SIGNAL_LATE_AFTER = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing to ask an organisation; who waits for the answer is not named."""

    label: str
    """The access feature that is asked about, in the reader's language."""
    role: str
    reached: Reached
    languages: list[tuple[str, str, bool]]
    """For a question about languages: code, own name, and whether the team is known to speak it."""


def waiting(uow: UnitOfWork) -> Column:
    """People first, then what nobody has asked yet; within each who waits longest."""
    signals = open_signals(uow.session, limit=MOST_SHOWN + 1)
    return Column(
        [*_here(uow), *_nothing_fits(uow, first_of(signals)), *_questions(uow)],
        has_more=len(signals) > MOST_SHOWN,
    )


def _here(uow: UnitOfWork) -> list[Row]:
    return [
        Row(
            kind="new",
            id=candidate.id,
            name=candidate.first_name,
            age=spoken_ago(candidate.confirmed_at or candidate.created_at, uow.now),
            why=_("New. Speaks %(language)s.", language=LANGUAGES[candidate.language].own),
            icon="user",
            detail=person(uow, candidate),
        )
        for candidate in signed_up_here(uow.session, since=uow.day_began)
    ]


def _nothing_fits(uow: UnitOfWork, signals: Sequence[Signal]) -> list[Row]:
    return [
        Row(
            kind="signals",
            id=signal.id,
            name=signal.candidate.first_name,
            age=spoken_ago(signal.raised_at, uow.now),
            why=_("Says that nothing fits. Look together, or show another way."),
            icon="search",
            late=is_late(signal.raised_at, uow.now, SIGNAL_LATE_AFTER),
            detail=person(uow, signal.candidate),
        )
        for signal in signals
    ]


def _questions(uow: UnitOfWork) -> list[Row]:
    return [_question(uow, question) for question in open_questions(uow.session)]


def _question(uow: UnitOfWork, question: Question) -> Row:
    organisation, role = question.organisation, question.opportunity
    feature = FEATURES[question.code]
    return Row(
        kind="questions",
        id=question.id,
        name=organisation.name,
        age=spoken_days_ago(question.opened_at, uow.now),
        why=_("To ask: %(feature)s", feature=feature.label(current_language())),
        icon="message-question",
        late=is_late(question.opened_at, uow.now, QUESTION_LATE_AFTER),
        detail=Asked(
            label=feature.label(current_language()),
            role=role.title,
            reached=team(uow, organisation, ask_for=role.contact_name),
            languages=_languages(question) if feature.derived else [],
        ),
    )


def _languages(question: Question) -> list[tuple[str, str, bool]]:
    """Every language: first what we know they speak, then what the question is about, then the others."""
    known = set(question.opportunity.languages_spoken)
    about_signs = question.code == SIGN_LANGUAGE
    ordered = sorted(
        LANGUAGES.values(), key=lambda each: (each.code not in known, each.sign != about_signs, each.order)
    )
    return [(each.code, each.own, each.code in known) for each in ordered]
