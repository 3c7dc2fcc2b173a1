"""The step between the version before support workers and proposed times and the one with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, text

from tests.fakes import HandClock, RecordingBell
from volunteer.bootstrap import Core, make_core
from volunteer.cli.database import bring_down, bring_up
from volunteer.config import Settings
from volunteer.domain.accounts import Role
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import GivenHow, Purpose
from volunteer.domain.deeds import DeedKind
from volunteer.domain.events import Event
from volunteer.domain.events import introductions as of_introductions
from volunteer.domain.events import organisations as of_organisations
from volunteer.domain.introductions import IntroductionState
from volunteer.domain.messages import MessageKind
from volunteer.domain.opportunities import Posting
from volunteer.domain.organisations import Approval, EntryKind
from volunteer.domain.referrers import Aim
from volunteer.domain.support import Scope, consent_for
from volunteer.models import (
    Candidate,
    Consent,
    Deed,
    Delivery,
    Introduction,
    JoinRequest,
    Membership,
    Message,
    Organisation,
    OrganisationEntry,
    OutboxEvent,
    Proposal,
    Remark,
    Reply,
    SupportLink,
    TeamInvitation,
)
from volunteer.services import accounts, candidates, opportunities, organisations
from volunteer.unit_of_work import UnitOfWork

BEFORE = "0004"
NEW_MESSAGES = (
    MessageKind.TIMES_PROPOSED,
    MessageKind.TIME_CHOSEN,
    MessageKind.NO_TIME_LEFT,
    MessageKind.REMARK,
    MessageKind.CONFIRM_FILE,
    MessageKind.FILE_DISAPPEARED,
    MessageKind.REFERRER_APPROVED,
)
NEW_EVENTS: tuple[type[Event], ...] = (
    of_introductions.TimesProposed,
    of_introductions.TimesUnanswered,
    of_introductions.TimeChosen,
    of_introductions.TimesTurnedDown,
    of_introductions.TimesExpired,
    of_introductions.RemarkWritten,
    of_introductions.RemarkPassedOn,
    of_introductions.RemarkHeldBack,
    of_organisations.OrganisationHeldBack,
    of_organisations.OrganisationLetOn,
)
TALKS: dict[str, tuple[Approval, tuple[EntryKind, ...], bool]] = {
    "imported": (Approval.APPROVED, (), True),
    "imported, and changed": (Approval.TO_CHECK, (EntryKind.CHANGED,), True),
    "imported, changed and asked": (Approval.ASKED, (EntryKind.CHANGED, EntryKind.ASKED), True),
    "imported, changed and refused": (Approval.REFUSED, (EntryKind.CHANGED, EntryKind.REFUSED), False),
    "imported, refused and answered": (Approval.TO_CHECK, (EntryKind.REFUSED, EntryKind.ANSWERED), False),
    "new": (Approval.NEW, (EntryKind.JOINED,), False),
    "new, and asked": (Approval.ASKED, (EntryKind.JOINED, EntryKind.ASKED), False),
    "new, asked and answered": (
        Approval.TO_CHECK,
        (EntryKind.JOINED, EntryKind.ASKED, EntryKind.ANSWERED),
        False,
    ),
    "approved": (Approval.APPROVED, (EntryKind.JOINED, EntryKind.APPROVED), True),
    "approved, and changed": (
        Approval.TO_CHECK,
        (EntryKind.JOINED, EntryKind.APPROVED, EntryKind.CHANGED),
        True,
    ),
    "approved, then refused and asked": (
        Approval.ASKED,
        (EntryKind.JOINED, EntryKind.APPROVED, EntryKind.CHANGED, EntryKind.REFUSED, EntryKind.ASKED),
        False,
    ),
    "refused, then approved": (
        Approval.APPROVED,
        (EntryKind.JOINED, EntryKind.REFUSED, EntryKind.ANSWERED, EntryKind.APPROVED),
        True,
    ),
    "refused, then approved and changed": (
        Approval.TO_CHECK,
        (EntryKind.JOINED, EntryKind.REFUSED, EntryKind.APPROVED, EntryKind.CHANGED),
        True,
    ),
    "twice refused": (
        Approval.TO_CHECK,
        (EntryKind.REFUSED, EntryKind.APPROVED, EntryKind.REFUSED, EntryKind.ANSWERED),
        False,
    ),
}
"""Where it is, what was said, and whether the last word on it was a yes."""


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    core = make_core(settings, clock=HandClock(), bell=RecordingBell())
    yield core
    core.engine.dispose()


def rows(url: str, said: str) -> list[Any]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(text(said)).all()
    engine.dispose()
    return list(found)


def _talk(uow: UnitOfWork, name: str) -> None:
    approval, entries, _ = TALKS[name]
    organisation = organisations.add(uow, name, language="nl")
    uow.session.flush()
    organisation.approval = approval
    for number, kind in enumerate(entries):
        moment = uow.now + timedelta(minutes=number)
        if kind is EntryKind.APPROVED:
            organisation.approved_at = moment
        uow.session.add(
            OrganisationEntry(organisation_id=organisation.id, kind=kind, author="An", happened_at=moment)
        )


def _person(uow: UnitOfWork) -> Candidate:
    agreed = frozenset({Purpose.ACCOUNT, Purpose.MATCH})
    sign_up = SignUp(first_name="Amina", language="fr", channel=Channel.DESK, consents=agreed)
    return candidates.enrol(uow, sign_up, origin="page")[0]


def _organisation(uow: UnitOfWork) -> Organisation:
    organisation = organisations.add(uow, "De Kring", language="nl")
    uow.session.flush()
    return organisation


def _introduction(uow: UnitOfWork, state: IntroductionState, *, proposes: bool) -> Introduction:
    """One that the organisation answered, with a yes or with times to choose from."""
    organisation, candidate = _organisation(uow), _person(uow)
    posting = Posting(title="Soep", description="Samen.", language="nl")
    role = opportunities.post(uow, posting, organisation_id=organisation.id, said_by="test")
    introduction = Introduction(
        id=uuid4(),
        candidate=candidate,
        opportunity=role,
        organisation_id=organisation.id,
        state=state,
        asked_at=uow.now,
        sent_at=uow.now,
        answered_at=uow.now,
        nudged_at=uow.now,
        reply_sealed=b"sealed",
        shared_sealed=b"sealed",
    )
    uow.session.add(introduction)
    if proposes:
        times = [uow.now + timedelta(days=1), uow.now + timedelta(days=2)]
        introduction.proposal = Proposal(
            candidate_id=candidate.id,
            times=[each.isoformat() for each in times],
            proposed_at=uow.now,
            over_at=times[-1],
        )
    uow.session.flush()
    return introduction


def _message(uow: UnitOfWork, kind: MessageKind, state: str) -> Message:
    message = Message(
        id=uuid4(),
        cause_id=uuid4(),
        kind=kind,
        recipient="candidate",
        recipient_id=uuid4(),
        about_id=uuid4(),
        channel="desk",
        language="nl",
        state=state,
        created_at=uow.now,
    )
    uow.session.add(message)
    return message


def _stored(uow: UnitOfWork, kind: type[Event], *states: str) -> None:
    """An event with deliveries in these states; without any it was not fanned out."""
    event = OutboxEvent(
        id=uuid4(),
        type=kind.type,
        version=1,
        payload={},
        occurred_at=uow.now,
        due_at=uow.now,
        fanned_out_at=uow.now if states else None,
    )
    uow.session.add(event)
    uow.session.flush()
    for state in states:
        lease = uuid4() if state == "claimed" else None
        uow.session.add(
            Delivery(event_id=event.id, handler=f"{state}_one", state=state, due_at=uow.now, lease=lease)
        )


def test_after_the_upgrade_only_those_had_a_yes_whose_last_word_was_one(core: Core) -> None:
    url = core.settings.database_url
    with core.units.write() as uow:
        for name in TALKS:
            _talk(uow, name)
    bring_down(url, BEFORE)
    bring_up(url)
    found = {row.name: bool(row.had_yes) for row in rows(url, "SELECT name, had_yes FROM organisations")}
    assert found == {name: had_yes for name, (_, _, had_yes) in TALKS.items()}


def test_below_it_nobody_is_sent_to_who_was_refused_and_talks_with_the_desk(core: Core) -> None:
    url = core.settings.database_url
    with core.units.write() as uow:
        for name in TALKS:
            _talk(uow, name)
    bring_down(url, BEFORE)
    said = "SELECT name, approval FROM organisations WHERE suspended_at IS NOT NULL"
    assert {row.name: row.approval for row in rows(url, said)} == {
        "imported, refused and answered": Approval.TO_CHECK,
        "approved, then refused and asked": Approval.ASKED,
        "twice refused": Approval.TO_CHECK,
    }


def test_below_it_times_to_choose_from_are_no_yes(core: Core) -> None:
    url = core.settings.database_url
    with core.units.write() as uow:
        proposed = _introduction(uow, IntroductionState.SENT, proposes=True).id
        welcomed = _introduction(uow, IntroductionState.ACCEPTED, proposes=False).id
    said = "SELECT id, state, answered_at, reply_sealed, nudged_at FROM introductions"

    def answered() -> dict[UUID, tuple[str, bool, bool, bool]]:
        return {
            UUID(str(row.id)): (
                row.state,
                row.answered_at is not None,
                row.reply_sealed is not None,
                row.nudged_at is not None,
            )
            for row in rows(url, said)
        }

    expected = {proposed: ("sent", False, False, False), welcomed: ("accepted", True, True, True)}
    bring_down(url, BEFORE)
    assert answered() == expected
    bring_up(url)
    assert answered() == expected
    assert rows(url, "SELECT id FROM proposals") == []


def test_below_it_no_message_is_of_a_kind_that_it_cannot_name(core: Core) -> None:
    url = core.settings.database_url
    with core.units.write() as uow:
        for kind in NEW_MESSAGES:
            for state in ("queued", "to_do", "sent", "bounced"):
                answered = _message(uow, kind, state)
        _message(uow, MessageKind.STILL_TRUE, "to_do")
        uow.session.flush()
        uow.session.add(
            Reply(message_id=answered.id, channel="email", words_sealed=b"sealed", received_at=uow.now)
        )
    bring_down(url, BEFORE)
    assert rows(url, "SELECT kind, state FROM messages") == [("still_true", "to_do")]
    bring_up(url)
    assert rows(url, "SELECT kind, state FROM messages") == [("still_true", "to_do")]


def test_below_it_nothing_is_owed_to_an_event_that_it_cannot_read(core: Core) -> None:
    url = core.settings.database_url
    older = of_introductions.IntroductionAsked
    with core.units.write() as uow:
        for kind in NEW_EVENTS:
            _stored(uow, kind)
            _stored(uow, kind, "waiting", "claimed", "stuck", "done")
        _stored(uow, older)
        _stored(uow, older, "waiting", "stuck")
    bring_down(url, BEFORE)
    owed = "SELECT type, state FROM deliveries JOIN outbox ON outbox.id = event_id WHERE state <> 'done'"
    held = "SELECT type FROM deliveries JOIN outbox ON outbox.id = event_id WHERE lease IS NOT NULL"
    assert sorted(rows(url, owed)) == [(older.type, "stuck"), (older.type, "waiting")]
    assert rows(url, held) == []
    assert rows(url, "SELECT type FROM outbox WHERE fanned_out_at IS NULL") == [(older.type,)]
    kept = {row.type for row in rows(url, "SELECT DISTINCT type FROM outbox")}
    assert kept == {older.type, *(kind.type for kind in NEW_EVENTS)}
    bring_up(url)
    assert sorted(rows(url, owed)) == [(older.type, "stuck"), (older.type, "waiting")]


def test_below_it_an_owner_of_a_referrer_is_a_support_worker_once(core: Core) -> None:
    url = core.settings.database_url
    with core.units.write() as uow:
        organisation = _organisation(uow)
        for name, roles in (
            ("An", (Role.REFERRER_OWNER,)),
            ("Bo", (Role.REFERRER_OWNER, Role.SUPPORT_WORKER)),
            ("Cas", (Role.OWNER, Role.REFERRER_OWNER)),
        ):
            account = accounts.create(
                uow, name=name, email=f"{name}@example.org", password="een lange zin", language="nl"
            )
            uow.session.flush()
            for role in roles:
                uow.session.add(
                    Membership(
                        account_id=account.id,
                        organisation_id=organisation.id,
                        role=role,
                        created_at=uow.now,
                    )
                )
        for role in (Role.REFERRER_OWNER, Role.VIEWER):
            uow.session.add(
                TeamInvitation(
                    organisation_id=organisation.id,
                    state="invited",
                    person="Dan",
                    role=role,
                    language="nl",
                    created_at=uow.now,
                )
            )
    bring_down(url, BEFORE)
    said = "SELECT name, role FROM memberships JOIN accounts ON accounts.id = account_id"
    expected = [
        ("An", "support_worker"),
        ("Bo", "support_worker"),
        ("Cas", "owner"),
        ("Cas", "support_worker"),
    ]
    assert sorted(rows(url, said)) == expected
    assert sorted(rows(url, "SELECT role FROM team_invitations")) == [("support_worker",), ("viewer",)]
    bring_up(url)
    assert sorted(rows(url, said)) == expected


def test_below_it_a_file_holds_only_agreements_and_deeds_that_it_can_name(core: Core) -> None:
    url = core.settings.database_url
    with core.units.write() as uow:
        candidate, organisation = _person(uow), _organisation(uow)
        account = accounts.create(
            uow, name="An", email="an@example.org", password="een lange zin", language="nl"
        )
        uow.session.flush()
        link = SupportLink(
            id=uuid4(),
            candidate_id=candidate.id,
            account_id=account.id,
            organisation_id=organisation.id,
            opened_at=uow.now,
        )
        uow.session.add(link)
        uow.session.flush()
        for scope in Scope:
            uow.session.add(
                Consent(
                    candidate_id=candidate.id,
                    purpose=consent_for(scope),
                    text_version="1",
                    language="nl",
                    given_how=GivenHow.DESK,
                    given_at=uow.now,
                    support_link_id=link.id,
                )
            )
        for deed in (DeedKind.TIME_ANSWERED, DeedKind.NEW_CARD):
            uow.session.add(Deed(candidate_id=candidate.id, kind=deed, done_by="desk", done_at=uow.now))
    bring_down(url, BEFORE)
    purposes = [(each.value,) for each in (Purpose.ACCOUNT, Purpose.MATCH)]
    assert sorted(rows(url, "SELECT purpose FROM consents")) == purposes
    assert sorted(rows(url, "SELECT kind FROM deeds")) == [("answers",), ("new_card",)]
    bring_up(url)
    assert sorted(rows(url, "SELECT purpose FROM consents")) == purposes


def test_below_it_nobody_joins_as_what_they_are_not(core: Core) -> None:
    url = core.settings.database_url
    with core.units.write() as uow:
        for aim in Aim:
            uow.session.add(
                JoinRequest(
                    aim=aim,
                    name=aim,
                    sectors=[],
                    activity="",
                    person="An",
                    email_sealed=b"sealed",
                    language="nl",
                    asked_at=uow.now,
                )
            )
    bring_down(url, BEFORE)
    assert sorted(rows(url, "SELECT name FROM join_requests")) == [(Aim.BOTH,), (Aim.VOLUNTEERS,)]
    bring_up(url)


def test_words_that_wait_for_the_desk_go_with_the_step_down(core: Core) -> None:
    url = core.settings.database_url
    with core.units.write() as uow:
        introduction = _introduction(uow, IntroductionState.DECLINED, proposes=False)
        uow.session.add(
            Remark(
                introduction_id=introduction.id,
                candidate_id=introduction.candidate_id,
                state="waiting",
                words_sealed=b"sealed",
                written_at=uow.now,
            )
        )
    bring_down(url, BEFORE)
    bring_up(url)
    assert rows(url, "SELECT state FROM introductions") == [("declined",)]
    assert rows(url, "SELECT state FROM remarks") == []
