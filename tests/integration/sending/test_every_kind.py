"""Every kind of message in every language and channel, every handler and every job: none carries a mark.

Kinds, handlers and jobs are read from where they are registered, so that a new one is looked at by itself.
Each kind is written to everybody and about everything there is, whether that makes sense or not.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import dramatiq
import pytest
from sqlalchemy import select

from tests.factories.gatherings import make_gathering
from tests.integration.sending.marked import LANGUAGES, NEEDS, House, all_of, everything_in, live, secrets
from tests.integration.services.conftest import Town
from tests.integration.services.markets import make_market
from tests.integration.services.markets import plan as plan_visit
from volunteer.config import Settings
from volunteer.domain.access import Answer
from volunteer.domain.accounts import Role
from volunteer.domain.candidates import Channel
from volunteer.domain.devices import Asked
from volunteer.domain.devices import Kind as DeviceKind
from volunteer.domain.events import Event
from volunteer.domain.follow_ups import Moment, Side
from volunteer.domain.incidents import Outcome, SaidAs
from volunteer.domain.market_visitors import Help
from volunteer.domain.messages import MessageKind, Recipient
from volunteer.domain.opportunities import Place, Scope
from volunteer.domain.organisations import LegalForm
from volunteer.handlers import sending
from volunteer.handlers.registry import HANDLERS
from volunteer.messages.addressed import addressed
from volunteer.messages.registry import COMPOSERS
from volunteer.messages.words import Facts
from volunteer.models import (
    Account,
    Candidate,
    Delivery,
    FollowUp,
    FormerContact,
    Introduction,
    JoinRequest,
    Message,
    OutboxEvent,
    QuestionMail,
    SuggestionList,
    TeamInvitation,
)
from volunteer.services import (
    access_answers,
    access_plans,
    devices,
    figures,
    former_contacts,
    gathering_sign_ups,
    incidents,
    joining,
    market_visitors,
    mornings,
    questions,
    remarks,
    retention,
    teams,
    timetables,
)
from volunteer.services.access_check import Place as Checked
from volunteer.unit_of_work import UnitOfWork
from workers.scheduler import jobs

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PLANTED = (
    "zqstory", "zqplace", "zqvisitor@voorbeeld.example", "zqjoiner@voorbeeld.example", "zqactivity",
    "zqcomer", "zqinvited@voorbeeld.example", "zqremark", "zqaccessnote", "zqplanner",
    "zqformer@voorbeeld.example", "zqmarketer@voorbeeld.example",
)  # fmt: skip
"""Beside those of the story: in reports, requests, invitations, remarks, answers, plans, old contacts."""


ASKED = "ph.lift_or_ground"
"""What a team is asked about and plans: it is in no file of these people."""


@dataclass(frozen=True)
class Marked:
    """Ids of what there is to write about, and of whom there is to write to."""

    by_name: dict[str, UUID]
    """As events name them: ``introduction_id`` and so on."""
    beside: list[UUID]
    """What messages are about besides."""
    readers: list[tuple[Recipient, UUID]]


def _plant(house: House) -> Marked:
    live(house)
    town = Town(house.worker.core, house.clock)
    with town.core.units.write() as uow:
        meeting = uow.session.scalars(select(Introduction).order_by(Introduction.asked_at)).first()
        assert meeting is not None
        account = uow.session.scalars(select(Account).order_by(Account.created_at)).first()
        assert account is not None
        incident, plan, follow_up = _told(uow, meeting, account)
        mail = _asked(uow, meeting)
        _written(uow, meeting, account)
        gathering_id = make_gathering(uow, access=frozenset({ASKED}))
        party = _signed_up(uow, gathering_id)
        # Now: an old address is forgotten as soon as its owner was told.
        uow.session.flush()
        found = uow.session.scalars
        joiner, invited = found(select(JoinRequest.id)).one(), found(select(TeamInvitation.id)).one()
        beside = [found(select(FormerContact.id)).one(), joiner, invited, account.id]
        by_name = {
            "candidate_id": meeting.candidate_id, "introduction_id": meeting.id,
            "organisation_id": meeting.organisation_id, "opportunity_id": meeting.opportunity_id,
            "list_id": found(select(SuggestionList.id)).first() or uuid4(),
            "import_id": uuid4(), "follow_up_id": follow_up, "mail_id": mail, "plan_id": plan,
            "party_id": party, "gathering_id": gathering_id,
            "incident_id": incident, "message_id": found(select(Message.id)).first() or uuid4(),
            **_at_market(uow),
        }  # fmt: skip
        readers = [
            (Recipient.CANDIDATE, meeting.candidate_id),
            (Recipient.ACCOUNT, account.id), (Recipient.ORGANISATION, meeting.organisation_id),
            (Recipient.REPORTER, incident), (Recipient.JOINER, joiner), (Recipient.INVITEE, invited),
            (Recipient.VISITOR, party),
        ]  # fmt: skip
    house.work()
    return Marked(by_name, beside, readers)


def _told(uow: UnitOfWork, meeting: Introduction, account: Account) -> tuple[UUID, UUID, UUID]:
    """A report with all its words, a plan, and a follow-up that somebody answered."""
    told = incidents.report(
        uow,
        incidents.Report(
            story="zqstory: zij was niet vriendelijk", place="zqplace", said_as=SaidAs.VISITOR, language="fr",
            opportunity_id=meeting.opportunity_id, candidate_id=meeting.candidate_id,
            channel=Channel.EMAIL, contact="zqvisitor@voorbeeld.example",
        ),
    )  # fmt: skip
    incidents.close(uow, told.id, outcome=next(iter(Outcome)), account_id=account.id)
    place = Checked(meeting.organisation_id, Scope.ORGANISATION, meeting.organisation_id)
    plan = access_plans.make(uow, place, ASKED, by_when=uow.today, who="Zqplanner", account_id=account.id)
    asked = FollowUp(
        id=uuid4(), introduction_id=meeting.id, candidate_id=meeting.candidate_id, asked_at=uow.now,
        moment=next(iter(Moment)), side=next(iter(Side)), outcomes=[],
    )  # fmt: skip
    uow.session.add(asked)
    return told.id, plan.id, asked.id


def _asked(uow: UnitOfWork, meeting: Introduction) -> UUID:
    """A mail with a question that has nothing to do with what these people need."""
    question = questions.open_for(uow, meeting.opportunity, ASKED)
    uow.session.flush()
    asked = [str(question.id)]
    mail = QuestionMail(
        id=uuid4(), organisation_id=meeting.organisation_id, sent_on=uow.today, question_ids=asked
    )
    uow.session.add(mail)
    return mail.id


def _written(uow: UnitOfWork, meeting: Introduction, account: Account) -> None:
    """Words and addresses of the one who comes, of a team, and of who is not known yet."""
    joining.ask(
        uow,
        joining.Joining(
            name="Zqteam", legal_form=LegalForm.DE_FACTO, enterprise_number="", sectors=frozenset(),
            activity="zqactivity, samen koken", place=Place(municipality="elsene"), person="Zqperson",
            email="zqjoiner@voorbeeld.example", language="nl",
        ),
    )  # fmt: skip
    teams.invite(
        uow, meeting.organisation_id, person="Zqinvited", email="zqinvited@voorbeeld.example",
        role=Role.VIEWER, language="nl", account_id=account.id,
    )  # fmt: skip
    remarks.write(uow, meeting, "zqremark: te ver weg")
    access_answers.record(
        uow, {NEEDS[0]: Answer.YES}, organisation_id=meeting.organisation_id, scope=Scope.OPPORTUNITY,
        scope_id=meeting.opportunity_id, said_by=f"account:{account.id}", note="zqaccessnote: opzij bellen",
        note_language="nl",
    )  # fmt: skip
    candidate = uow.session.get_one(Candidate, meeting.candidate_id)
    devices.ask(uow, candidate, kind=next(iter(DeviceKind)), cookie="a", by=Asked.OWN_CHANNEL)
    former_contacts.keep_and_tell(
        uow, candidate, Channel.EMAIL, "zqformer@voorbeeld.example", cause_id=uuid4()
    )


def _signed_up(uow: UnitOfWork, gathering_id: UUID) -> UUID:
    """A visitor who comes to a gathering, and asks for something on that day."""
    visitor = gathering_sign_ups.Visitor(
        name="Zqcomer", channel=Channel.EMAIL, contact="zqcomer@voorbeeld.example", language="nl", agrees=True
    )
    asked = gathering_sign_ups.Asked(help=frozenset({NEEDS[0]}), agrees_to_help=True)
    return gathering_sign_ups.sign_up_visitor(uow, gathering_id, visitor, asked).id


def _at_market(uow: UnitOfWork) -> dict[str, UUID]:
    """A market with somebody who told a name, a way to reach them and what helps, and a timetable to make."""
    market = make_market(uow, access=[ASKED])
    newcomer = market_visitors.Newcomer(
        name="Zqmarketer", channel=Channel.EMAIL, contact="zqmarketer@voorbeeld.example", language="nl",
        agrees=True, help=Help(frozenset({NEEDS[0]})), agrees_to_help=True,
    )  # fmt: skip
    visitor = market_visitors.register_visitor(uow, market.id, newcomer)
    timetable = timetables.ask(uow, market.id, by="test")
    return {
        "market_id": market.id, "stand_id": market.stands["B1"], "group_id": market.group,
        "visitor_id": visitor.id, "timetable_id": timetable.id,
        "visit_id": plan_visit(uow, visitor.id, market.stands["B1"], 0),
    }  # fmt: skip


def _marks(house: House) -> list[str]:
    return [*secrets(house), *PLANTED]


def _facts(house: House, marked: Marked, uow: UnitOfWork) -> Iterator[tuple[Message, Facts]]:
    """Each kind to everybody about everything; what says the same as another one is left out."""
    ports = house.worker.ports
    for kind, (recipient, reader) in product(MessageKind, marked.readers):
        known: list[Facts] = []
        for about in (*marked.by_name.values(), *marked.beside, reader):
            message = Message(
                id=uuid4(), kind=kind, recipient=recipient, recipient_id=reader, about_id=about,
                cause_id=uuid4(), channel=Channel.EMAIL, language="nl", state="queued", created_at=uow.now,
            )  # fmt: skip
            found = addressed(uow, message, centre=ports.centre, links=ports.links)
            if found is not None and found.facts not in known:
                known.append(found.facts)
                yield message, found.facts


def _said(uow: UnitOfWork, message: Message, facts: Facts) -> Iterator[tuple[str, str, str]]:
    """Language, subject and all the words by mail, by text message, and on paper or on the phone."""
    for language in LANGUAGES:
        there = replace(facts, language=language)
        words = COMPOSERS[MessageKind(message.kind)](there)
        yield language, words.subject, "\n".join([*words.paragraphs, *words.spoken, words.button])
        for channel in (Channel.EMAIL, Channel.SMS):
            message.channel = channel
            files = sending._attachments(uow, message, there)
            letter = sending._outgoing(message, "", there, files)
            yield language, letter.subject, f"{letter.text}\n{letter.html}\n{letter.unsubscribe}\n{files}"


def test_no_kind_in_any_language_and_channel_carries_a_mark(house: House) -> None:
    marked = _plant(house)
    marks, names = _marks(house), [each.first_name.lower() for each in house.people]
    written: set[tuple[str, str]] = set()
    with house.worker.core.units.read() as uow, uow.session.no_autoflush:
        for message, facts in _facts(house, marked, uow):
            for language, subject, said in _said(uow, message, facts):
                about, content = (message.kind, message.recipient, language), f"{subject}\n{said}".lower()
                assert [mark for mark in marks if mark in content] == [], about
                outside = " ".join([subject.lower(), *re.findall(r"https?://\S+", content)])
                assert [name for name in names if name in outside] == [], about
                written.add((message.kind, language))
    assert written == set(product(MessageKind, LANGUAGES))


def _event(kind: type[Event], ids: dict[str, UUID]) -> Event:
    """One of this kind about what is marked. A new name of a field is to be planted first."""
    plain: dict[str, Any] = {"bool": True, "str": "1", "int": 1, "tuple[str, ...]": ()}
    values = {
        each.name: ids[each.name] if str(each.type) == "UUID" else plain.get(str(each.type), [])
        for each in fields(kind)
    }
    return kind(**values)


def test_no_handler_and_no_job_lets_a_mark_out(
    house: House,
    settings: Settings,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    marked = _plant(house)
    for kind in {handler.event for handler in HANDLERS}:
        with house.worker.core.units.write() as uow:
            uow.record(_event(kind, marked.by_name))
        house.work()
    _let_time_pass(house, monkeypatch)
    with house.worker.core.units.read() as uow:
        ran = set(uow.session.scalars(select(Delivery.handler)))
        events = [str(each.payload) for each in uow.session.scalars(select(OutboxEvent))]
        errors = [str(each) for each in uow.session.scalars(select(Delivery.last_error))]
    assert ran >= {handler.name for handler in HANDLERS}
    logged = "\n".join(capfd.readouterr()) + caplog.text
    everything = "\n".join([*events, *errors, everything_in(settings.redis_url), logged]).lower()
    names = [each.first_name.lower() for each in house.people]
    assert [mark for mark in (*_marks(house), *names) if mark in everything] == []
    for letter in house.left:
        content = all_of(letter, settings).lower()
        assert [mark for mark in _marks(house) if mark in content] == [], letter.subject


def _let_time_pass(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every job by the clock, and what the large ones ask of a worker, now and in the weeks that follow."""
    asked: list[str] = []
    monkeypatch.setattr(dramatiq.Actor, "send", lambda actor: asked.append(actor.actor_name))
    units, ports = house.worker.core.units, house.worker.ports
    for days in (0, 8, 30, 100):
        house.clock.go_on(days=days)
        for job in jobs():
            job.run(house.worker)
        mornings.look_again(units, ports.catalogue, mornings.News(by=frozenset(ports.senders), most_a_week=1))
        figures.refresh(units, ports.catalogue)
        house.work()
    house.clock.go_on(days=365)
    retention.keep_no_longer(units)
    house.work()
    assert asked, "some jobs leave their work to others"
