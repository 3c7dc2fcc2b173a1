"""A message as a letter: the same words as a mail has, for who chose the post."""

from __future__ import annotations

from dataclasses import dataclass, replace

from volunteer.config import Centre
from volunteer.domain.candidates import Channel
from volunteer.domain.messages import MessageKind
from volunteer.links import Links
from volunteer.messages.addressed import addressed
from volunteer.messages.registry import COMPOSERS
from volunteer.messages.words import Words
from volunteer.models import Message
from volunteer.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Written:
    """To whom a letter goes, and its words in their language and in the desk's."""

    to_name: str
    address: str
    language: str
    link: str
    theirs: Words
    ours: Words


def letter_for(
    uow: UnitOfWork, message: Message, *, centre: Centre, links: Links, language: str
) -> Written | None:
    """The letter for a desk that works in ``language``; ``None`` when it does not go by post."""
    found = addressed(uow, message, centre=centre, links=links)
    if message.channel != Channel.LETTER or found is None or not found.to:
        return None
    compose = COMPOSERS[MessageKind(message.kind)]
    return Written(
        to_name=found.facts.to_name,
        address=found.to,
        language=message.language,
        link=found.facts.link,
        theirs=compose(found.facts),
        ours=compose(replace(found.facts, language=language)),
    )
