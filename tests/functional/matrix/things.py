"""One thing of each sort, so that every address can be filled in: the candidate's, or the organisation's."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import select

from tests.functional.matrix import at_gatherings, at_markets, at_support, at_team, mailed
from tests.functional.matrix.cast import Cast
from tests.functional.matrix.roles import Who
from volunteer.domain.candidates import Channel
from volunteer.domain.devices import Asked, Kind
from volunteer.domain.follow_ups import Side
from volunteer.domain.incidents import SaidAs
from volunteer.domain.introductions import IntroductionState
from volunteer.domain.messages import MessageKind, MessageState, Recipient
from volunteer.domain.referrals import ReferralReason
from volunteer.domain.signals import SignalCause
from volunteer.models import (
    Candidate,
    Delivery,
    FollowUp,
    Introduction,
    Message,
    OutboxEvent,
    Remark,
    Suggestion,
)
from volunteer.services import (
    devices,
    incidents,
    introductions,
    notes,
    proposals,
    referrals,
    refusals,
    remarks,
    replies,
    signals,
    suspensions,
)
from volunteer.unit_of_work import UnitOfWork

_SERVICE = "dutch_courses"
_LETTER = """From: a@matrix.example
To: b@matrix.example
Subject: Hello
Date: Tue, 24 Nov 2026 10:00:00 +0000

Hello.
"""


def happen(cast: Cast, mail_folder: Path) -> None:
    """Everything that can happen to the candidate and at the organisation has happened."""
    _roles_and_introductions(cast)
    parts = (
        *(_suggestions, _told_at_desk, _passed_by_desk, at_team.happen, _devices, _messages),
        at_support.happen,
        at_gatherings.happen,
        at_markets.happen,
        mailed.happen,
    )
    for part in parts:
        with cast.town.core.units.write() as uow:
            part(uow, cast)
    cast.ids["letter"] = uuid4()
    mail_folder.mkdir(parents=True, exist_ok=True)
    (mail_folder / f"{cast.ids['letter']}.eml").write_text(_LETTER, "utf-8")


def _roles_and_introductions(cast: Cast) -> None:
    town, person = cast.town, cast.ids["candidate_id"]
    known = {"ph.step_free_entrance": "yes"}
    for state in ("accepted", "started", "proposed", "declined"):
        role = town.role(cast.ids["organisation"], known, title=f"Koken, {state}")
        cast.ids[f"role {state}"] = role
        cast.ids[f"introduction {state}"] = town.ask_to_meet(person, role, contact=True)
    cast.ids["role elsewhere"] = town.role(cast.ids["stranger"], known, title="Wandelen")
    cast.ids["refused role"] = town.role(cast.ids["stranger"], known, title="Ramen lappen")
    cast.ids["draft"] = town.role(cast.ids["organisation"], title="Nog niet af")
    town.look(person)
    town.do(lambda uow: _become(uow, cast))


def _become(uow: UnitOfWork, cast: Cast) -> None:
    organisation, soon = cast.ids["organisation"], uow.now + timedelta(days=3)
    introductions.accept(
        uow, organisation, cast.ids["introduction accepted"], words="Bel aan.", agreed_at=soon
    )
    proposals.propose(
        uow,
        organisation,
        cast.ids["introduction proposed"],
        times=[soon, soon + timedelta(days=1)],
        words="Kies maar.",
    )
    started = uow.session.get_one(Introduction, cast.ids["introduction started"])
    started.state, started.answered_at = IntroductionState.STARTED, uow.now
    started.met_at = started.started_at = uow.now - timedelta(weeks=5)
    declined = uow.session.get_one(Introduction, cast.ids["introduction declined"])
    declined.state, declined.ended_at = IntroductionState.DECLINED, uow.now
    remarks.write(uow, declined, "Kom in maart terug.")
    uow.session.flush()
    for side in Side:
        asked = FollowUp(
            id=uuid4(),
            introduction=started,
            candidate_id=started.candidate_id,
            moment="four_weeks",
            side=side,
            asked_at=uow.now,
            outcomes=[],
        )
        uow.session.add(asked)
        cast.ids[f"follow-up of {side}"] = asked.id
    cast.ids["introduction_id"], cast.ids["role_id"] = (
        cast.ids["introduction accepted"],
        cast.ids["role accepted"],
    )
    cast.ids["opportunity_id"] = cast.ids["role accepted"]
    cast.ids["follow_up_id"] = cast.ids[f"follow-up of {Side.PERSON}"]


def _suggestions(uow: UnitOfWork, cast: Cast) -> None:
    newest = {
        each.opportunity_id: each
        for each in uow.session.scalars(
            select(Suggestion).where(Suggestion.candidate_id == cast.ids["candidate_id"])
        )
    }
    cast.ids["suggestion_id"] = newest[cast.ids["role elsewhere"]].id
    cast.ids["list_id"] = newest[cast.ids["role elsewhere"]].list_id
    cast.ids["refused suggestion"] = newest[cast.ids["refused role"]].id
    person = uow.session.get_one(Candidate, cast.ids["candidate_id"])
    refusals.refuse(uow, person, cast.ids["refused suggestion"])


def _told_at_desk(uow: UnitOfWork, cast: Cast) -> None:
    person = uow.session.get_one(Candidate, cast.ids["candidate_id"])
    cast.ids["signal"] = signals.give(uow, person, SignalCause.HOURS).id
    told = incidents.Report(
        story="De deur was dicht.", said_as=SaidAs.CANDIDATE, language="en", candidate_id=person.id
    )
    cast.ids["report"] = incidents.report(uow, told).id
    cast.ids["reply"] = replies.keep(
        uow, "Bel me.", channel=Channel.SMS, candidate_id=person.id, message_id=None
    ).id
    cast.ids["remark"] = uow.session.scalars(select(Remark.id)).one()
    happened = uow.session.scalars(select(OutboxEvent).limit(1)).one()
    stuck = Delivery(
        id=uuid4(), event_id=happened.id, handler="suggest_on_enrolment", state="stuck", due_at=uow.now
    )
    uow.session.add(stuck)
    cast.ids["stuck"] = stuck.id


def _passed_by_desk(uow: UnitOfWork, cast: Cast) -> None:
    person, desk = (
        uow.session.get_one(Candidate, cast.ids["candidate_id"]),
        cast.ids[f"account of {Who.DESK}"],
    )
    cast.ids["note_id"] = notes.write(uow, person, "Belt terug.", account_id=desk).id
    cast.ids["referral_id"] = referrals.refer(
        uow,
        person,
        service=_SERVICE,
        known=frozenset({_SERVICE}),
        reason=ReferralReason.NO_HOURS,
        account_id=desk,
    ).id
    suspended = suspensions.suspend(uow, cast.ids["untold"], account_id=desk)
    cast.ids["suspended"] = suspended.id


def _devices(uow: UnitOfWork, cast: Cast) -> None:
    person = uow.session.get_one(Candidate, cast.ids["candidate_id"])
    cookie = devices.new_cookie()
    cast.ids["device_id"] = devices.ask(uow, person, kind=Kind.PHONE, cookie=cookie, by=Asked.OWN_CHANNEL).id
    for who, called in ((Who.PROGRAM, "candidate_id"), (Who.OTHER_PROGRAM, "other_id")):
        token = devices.new_cookie()
        devices.welcome(uow, cast.ids[called], kind=Kind.PROGRAM, cookie=token)
        cast.programs[who] = token


def _messages(uow: UnitOfWork, cast: Cast) -> None:
    for called, channel in (
        ("message to pass on", Channel.SUPPORT_WORKER),
        ("call", Channel.PHONE),
        ("letter to post", Channel.LETTER),
    ):
        message = Message(
            id=uuid4(),
            cause_id=uuid4(),
            kind=MessageKind.SUGGESTIONS_READY,
            recipient=Recipient.CANDIDATE,
            recipient_id=cast.ids["candidate_id"],
            about_id=cast.ids["candidate_id"],
            channel=channel,
            language="en",
            state=MessageState.TO_DO,
            created_at=uow.now,
        )
        uow.session.add(message)
        cast.ids[called] = message.id
    cast.ids["message_id"] = cast.ids["message to pass on"]
