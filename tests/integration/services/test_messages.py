"""What leaves the house is in the language of whoever reads it."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.integration.services.conftest import Town
from volunteer.domain.candidates import Channel
from volunteer.domain.events.messages import MessageQueued
from volunteer.domain.messages import MessageKind
from volunteer.domain.ports import Outgoing
from volunteer.handlers import sending
from volunteer.handlers.reaction import Cause, Ports
from volunteer.matching.catalogue import Catalogue
from volunteer.models import Candidate, Message, SuggestionList
from volunteer.services import messages


class Nobody:
    """Sends nothing."""

    def send(self, message: Outgoing) -> None:
        """Never called: what would leave is looked at before."""
        raise AssertionError(message)


def _leaving(town: Town, candidate_id: UUID) -> Outgoing:
    """The message about somebody's list, as the worker would send it."""
    with town.core.units.write() as uow:
        candidate = uow.session.get_one(Candidate, candidate_id)
        made = uow.session.scalars(select(SuggestionList).where(SuggestionList.candidate_id == candidate_id))
        messages.tell_candidate(
            uow, candidate, MessageKind.SUGGESTIONS_READY, about_id=made.one().id, cause_id=uuid4()
        )
    core = town.core
    ports = Ports(
        centre=core.settings.centre,
        links=core.links,
        catalogue=Catalogue(),
        senders={Channel.EMAIL: Nobody(), Channel.SMS: Nobody()},
    )
    with core.units.read() as uow:
        message = uow.session.scalars(select(Message).where(Message.recipient_id == candidate_id)).one()
        prepared = sending.prepare(Cause(uuid4(), MessageQueued(message.id)), uow, ports)
    assert isinstance(prepared, tuple)
    return prepared[1]


@pytest.mark.parametrize(
    ("language", "subject", "found"),
    [
        ("ar", "اقتراحاتك للتطوّع", "وجدنا لك اقتراحًا واحدًا."),
        ("en", "Your suggestions for volunteering", "We found 1 suggestion for you."),
    ],
)
def test_a_mail_is_in_the_language_of_its_reader(town: Town, language: str, subject: str, found: str) -> None:
    town.role(town.organisation())
    person = town.person(language=language, channel=Channel.EMAIL, contact="amina@example.org")
    mail = _leaving(town, person)
    assert (mail.language, mail.subject) == (language, subject)
    assert found in mail.text


def test_a_text_message_in_arabic_has_the_link_on_a_line_of_its_own(town: Town) -> None:
    town.role(town.organisation())
    text = _leaving(town, town.person(language="ar")).text
    assert text.splitlines()[0] == "اقتراحاتك للتطوّع"
    assert text.splitlines()[1].startswith(town.core.settings.public_url)
