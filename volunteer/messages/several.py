"""One message in place of several: what it speaks of, when others of its kind waited for the same reader."""

from __future__ import annotations

from dataclasses import replace

from volunteer.config import Centre
from volunteer.domain.messages import MessageKind, Recipient
from volunteer.links import Links
from volunteer.messages.addressed import addressed
from volunteer.messages.words import Facts
from volunteer.models import Message
from volunteer.queries.messages import bundled_in
from volunteer.unit_of_work import UnitOfWork

_TOGETHER = "/organisation"
"""Where somebody goes on from several things at once."""


def of_several(uow: UnitOfWork, message: Message, facts: Facts, *, centre: Centre, links: Links) -> Facts:
    """The facts with what this message took along; as they were when it took along nothing."""
    beside = bundled_in(uow.session, message.id)
    if not beside:
        return facts
    every = [facts, *(_facts_of(uow, each, facts, centre, links) for each in beside)]
    if message.kind == MessageKind.NEW_SUGGESTIONS:
        # The newest list says what is new on any of them.
        newest = max(zip([message, *beside], every, strict=True), key=lambda pair: pair[0].created_at)
        return replace(facts, count=newest[1].count or facts.count)
    logs_in = message.recipient == Recipient.ACCOUNT
    if message.kind == MessageKind.STILL_TRUE:
        # Whoever does not log in has no page of all roles, and the link of one must not seem to be that.
        link = links.to(_TOGETHER) if logs_in else ""
        return replace(facts, asked=tuple((each.role, each.link) for each in every), link=link)
    return replace(facts, count=len(every), link=links.to(_TOGETHER) if logs_in else facts.link)


def _facts_of(uow: UnitOfWork, message: Message, facts: Facts, centre: Centre, links: Links) -> Facts:
    found = addressed(uow, message, centre=centre, links=links)
    return found.facts if found else facts
