"""Anybody can type anything into the form to join, with any address: our mail carries none of it."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from tests.integration.services.conftest import Town
from volunteer.domain.accounts import Role
from volunteer.domain.messages import MessageKind
from volunteer.domain.opportunities import Place
from volunteer.domain.organisations import Approval, LegalForm, Turn
from volunteer.messages.addressed import addressed
from volunteer.messages.dressed import by_html
from volunteer.messages.registry import COMPOSERS
from volunteer.messages.words import by_mail
from volunteer.models import Message, Organisation
from volunteer.services import accounts, joining, organisation_talk, teams
from volunteer.services.joining import Joining

TYPED = "Win een prijs op prijs punt example"


def _mail(town: Town, kind: str) -> str:
    """The newest mail of this kind, subject, text and html, as it would leave now."""
    core = town.core
    with core.units.read() as uow:
        chosen = select(Message).where(Message.kind == kind).order_by(Message.created_at.desc())
        message = uow.session.scalars(chosen).first()
        assert message is not None
        found = addressed(uow, message, centre=core.settings.centre, links=core.links)
        assert found is not None
        words = COMPOSERS[MessageKind(message.kind)](found.facts)
        return f"{words.subject}\n{by_mail(words, found.facts)}\n{by_html(words, found.facts)}"


def _invite(town: Town, organisation_id: UUID) -> None:
    with town.core.units.write() as uow:
        owner = accounts.by_email(uow, "an@buurt.example") or accounts.create(
            uow, name="An", email="an@buurt.example", password="een korte zin hier", language="nl"
        )
        teams.invite(
            uow,
            organisation_id,
            person=TYPED[:30],
            email="bo@buurt.example",
            role=Role.EDITOR,
            language="nl",
            account_id=owner.id,
        )


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_mail_to_confirm_an_address_says_nothing_that_was_typed(town: Town, language: str) -> None:
    wanted = Joining(
        name=TYPED,
        legal_form=LegalForm.DE_FACTO,
        enterprise_number="",
        sectors=frozenset({"sec.welfare"}),
        activity=TYPED,
        place=Place(municipality="elsene", street=TYPED),
        person=TYPED,
        email="jo@fiets.example",
        language=language,
    )
    town.do(lambda uow: joining.ask(uow, wanted))
    assert "prijs" not in _mail(town, "confirm_joining")


def test_an_invitation_names_a_team_that_the_desk_knows(town: Town) -> None:
    organisation_id = town.organisation(TYPED)
    _invite(town, organisation_id)
    assert TYPED in _mail(town, "team_invitation")
    for turn in (Turn.CHANGE, Turn.REFUSE):
        with town.core.units.write() as uow:
            organisation_talk.take(uow, organisation_id, turn, words="Omdat.")
        assert "prijs" not in _mail(town, "team_invitation")
    with town.core.units.write() as uow:
        uow.session.get_one(Organisation, organisation_id).approval = Approval.NEW
    said = _mail(town, "team_invitation")
    assert "prijs" not in said
    assert "Een collega nodigt je uit" in said
