"""What a role says in more than one language: who wrote it, when, and whether the original changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from volunteer.domain.errors import InvalidValue
from volunteer.domain.languages import parse_codes
from volunteer.domain.opportunities import LONGEST_DESCRIPTION, LONGEST_NAME, LONGEST_TITLE
from volunteer.models import Opportunity, OpportunityText
from volunteer.unit_of_work import UnitOfWork

LANGUAGES = ("nl", "fr", "en", "ar")
"""Those that people read here; a role may be written in any of them, and said again in the others."""


class WrittenBy(StrEnum):
    """Who wrote a text."""

    TEAM = "team"
    PERSON = "person"
    """Somebody with a name: a translator, a colleague, a volunteer."""
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Said:
    """What a role says to one reader."""

    title: str
    description: str
    language: str
    """The language of these words, whatever was asked for."""


def said_in(opportunity: Opportunity, language: str) -> Said:
    """The words in this language where they are there, else the original."""
    if language != opportunity.language:
        for text in opportunity.texts:
            if text.language == language:
                return Said(text.title, text.description, language)
    return Said(opportunity.title, opportunity.description, opportunity.language)


def words_written_at(opportunity: Opportunity) -> datetime:
    """When the original was last changed."""
    return opportunity.words_written_at or opportunity.created_at


def is_older(opportunity: Opportunity, text: OpportunityText) -> bool:
    """Whether the original changed after this was written."""
    return text.written_at < words_written_at(opportunity)


def original_by(opportunity: Opportunity) -> WrittenBy:
    """Who wrote the original: a list or a program knows its roles by an id of its own."""
    return WrittenBy.IMPORTED if opportunity.external_id else WrittenBy.TEAM


def say(
    uow: UnitOfWork,
    opportunity: Opportunity,
    language: str,
    *,
    title: str,
    description: str,
    written_by: WrittenBy,
    writer: str = "",
) -> None:
    """Say it in another language, in place of what was said there before.

    Raises :class:`InvalidValue` where a part is missing or too long, and for the language of the original.
    """
    parse_codes([language], field="language")
    if language == opportunity.language:
        raise InvalidValue("The role is written in this language already.", field="language")
    _check(opportunity, title, description, written_by, writer)
    text = next((each for each in opportunity.texts if each.language == language), None)
    if text is None:
        text = OpportunityText(language=language)
        opportunity.texts.append(text)
    text.title, text.description = title.strip(), description.strip()
    text.written_by, text.writer = written_by, writer.strip() or None
    text.written_at = uow.now


def unsay(opportunity: Opportunity, language: str) -> None:
    """Take out what was said in this language; nothing happens when there was nothing."""
    opportunity.texts = [each for each in opportunity.texts if each.language != language]


def _check(
    opportunity: Opportunity, title: str, description: str, written_by: WrittenBy, writer: str
) -> None:
    if not title.strip():
        raise InvalidValue("Give the title in this language.", field="title")
    if opportunity.description.strip() and not description.strip():
        raise InvalidValue("Give the text in this language.", field="description")
    if written_by is WrittenBy.PERSON and not writer.strip():
        raise InvalidValue("Tell who wrote this.", field="writer")
    lengths = ((title, "title", LONGEST_TITLE), (description, "description", LONGEST_DESCRIPTION))
    for said, field, most in (*lengths, (writer, "writer", LONGEST_NAME)):
        if len(said) > most:
            raise InvalidValue(
                "This is too long. Use at most %(most)d letters.", field=field, values={"most": most}
            )
