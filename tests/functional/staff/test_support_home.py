"""The first page of a support worker: what it costs with many people, and a message told once."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, select

from tests.factories.referrers import make_referrer
from tests.functional.staff.conftest import Hire, Hired, organisation_named
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.candidates import CandidateState, Channel
from volunteer.domain.consent import GivenHow
from volunteer.domain.messages import MessageKind, MessageState, Recipient
from volunteer.domain.support import Scope
from volunteer.models import Candidate, Message, SupportLink
from volunteer.services import support_links

ALFABED = "Taalschool Het Alfabed"


@pytest.fixture
def veerle(core: Core, hire: Hire) -> Hired:
    """A support worker whose school may bring people."""
    hired = hire(Role.SUPPORT_WORKER, at=ALFABED)
    with core.units.write() as uow:
        make_referrer(uow, organisation_named(uow, ALFABED), accepted_by=hired.account_id)
    return hired


def _support(core: Core, veerle: Hired, names: Collection[str]) -> None:
    """These people allow her everything."""
    with core.units.write() as uow:
        school = organisation_named(uow, ALFABED)
        for name in names:
            person = Candidate(
                id=uuid4(),
                state=CandidateState.CONFIRMED,
                origin="person",
                first_name=name,
                language="nl",
                channel=Channel.SUPPORT_WORKER,
                created_at=uow.now,
            )
            link = SupportLink(
                id=uuid4(),
                candidate_id=person.id,
                account_id=veerle.account_id,
                organisation_id=school.id,
                opened_at=uow.now,
            )
            uow.session.add(person)
            uow.session.flush()
            uow.session.add(link)
            uow.session.flush()
            support_links.give(uow, link, list(Scope), language="nl", given_how=GivenHow.OWN_DEVICE)


def _queries_of_home(core: Core, veerle: Hired) -> int:
    asked: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(core.engine, "before_cursor_execute", count)
    veerle.browser.get("/support")
    event.remove(core.engine, "before_cursor_execute", count)
    return len(asked)


def test_the_page_asks_as_much_for_thirty_people_as_for_three(core: Core, veerle: Hired) -> None:
    _support(core, veerle, ["Amina", "Bilal", "Chen"])
    few = _queries_of_home(core, veerle)
    _support(core, veerle, [f"Person {number}" for number in range(27)])
    many = _queries_of_home(core, veerle)
    assert veerle.browser.page.count("/support/people/") >= 30
    assert few == many


def _message(core: Core) -> tuple[UUID, str]:
    """Something to tell the one person; its id, and the page that says it was told."""
    with core.units.write() as uow:
        link = uow.session.scalars(select(SupportLink)).one()
        message = Message(
            id=uuid4(),
            cause_id=uuid4(),
            kind=MessageKind.SUGGESTIONS_READY,
            recipient=Recipient.CANDIDATE,
            recipient_id=link.candidate_id,
            about_id=link.candidate_id,
            channel=Channel.SUPPORT_WORKER,
            language="nl",
            state=MessageState.TO_DO,
            created_at=uow.now,
        )
        uow.session.add(message)
        return message.id, f"/support/people/{link.id}"


def test_a_message_is_told_once_and_a_second_press_leads_to_the_same_page(core: Core, veerle: Hired) -> None:
    _support(core, veerle, ["Amina"])
    message_id, page = _message(core)
    for said in ("Passed on.", "This was done already."):
        veerle.browser.send(f"{page}/messages/{message_id}", at=page)
        assert said in veerle.browser.text
        assert veerle.browser.get(page).request.path == page
    with core.units.read() as uow:
        told = uow.session.get_one(Message, message_id)
        assert (told.state, told.finished_by) == ("done", f"account:{veerle.account_id}")
