"""The demo city fills an empty database once, is marked as demo, and keeps its log-ins for the next start."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from uuid import UUID

import pytest
from sqlalchemy import func, select

from tests.fakes import HandClock, RecordingBell, work_off
from volunteer.bootstrap import Core, make_silent_core
from volunteer.cli.demo import load_when_empty
from volunteer.config import Settings
from volunteer.domain.accounts import Role
from volunteer.domain.candidates import Channel
from volunteer.domain.commitment import Commitment
from volunteer.domain.introductions import IntroductionState
from volunteer.domain.market_days import StandState
from volunteer.domain.stands import Training
from volunteer.matching.catalogue import Catalogue
from volunteer.models import (
    AccessAnswer,
    Candidate,
    Consent,
    Introduction,
    Market,
    Opportunity,
    Organisation,
    OutboxEvent,
    Venue,
    Visit,
)
from volunteer.queries.candidates import confirmed_candidates
from volunteer.queries.deliveries import stuck_deliveries
from volunteer.queries.gatherings import counts_of, every_gathering
from volunteer.queries.introductions import received_introductions
from volunteer.queries.markets import counts_of as market_counts
from volunteer.queries.messages import messages_to_do
from volunteer.queries.questions import open_questions
from volunteer.queries.timetables import stands_of
from volunteer.services import accounts, introductions, market_interests, suggestions
from volunteer.services.demo_city import files, loading, people
from volunteer.services.market_interests import Waits
from volunteer.services.stands import trainings_of
from volunteer.unit_of_work import UnitOfWork
from workers.bootstrap import make_worker_core

TO_ASK = {
    ("demo-org-derde-ronde", "sv.support_person"),
    ("demo-org-op-eigen-wielen", "ph.step_free_stop"),
    ("demo-org-soepterras", "ic.phone_or_visit"),
    ("demo-org-evenwicht", "sv.first_time_together"),
}
MEMBERS = ("demo-org-derde-ronde", "demo-org-fil-et-vis")


def _events(core: Core) -> Counter[str]:
    with core.units.read() as uow:
        return Counter(uow.session.scalars(select(OutboxEvent.type)))


def test_an_empty_database_is_filled_once(settings: Settings) -> None:
    log_ins = load_when_empty(settings)
    core = make_silent_core(settings)
    with core.units.read() as uow:
        organisations = uow.session.scalars(select(Organisation)).all()
        roles = uow.session.scalars(select(Opportunity)).all()
        candidates = uow.session.scalars(select(Candidate)).all()
        assert len(organisations) >= 40
        assert Counter(each.state for each in roles) == {"open": 120, "draft": 2}
        assert len(candidates) == 300
        assert sum(each.is_referrer for each in organisations) == 2
        assert all(each.is_demo for each in organisations)
        assert all(each.is_demo for each in roles)
        assert {each.origin for each in candidates} == {"demo"}
        assert sorted(each.state for each in candidates if each.state != "confirmed") == ["pending"] * 2
        municipalities = uow.session.scalars(select(Venue.municipality).distinct()).all()
        assert len(municipalities) == 19
        scopes = uow.session.scalars(select(AccessAnswer.scope).distinct()).all()
        assert set(scopes) == {"organisation", "venue", "opportunity"}
        assert {said.partition(":")[0] for said in uow.session.scalars(select(AccessAnswer.said_by))} == {
            "demo",
            "account",
        }
        assert set(uow.session.scalars(select(Consent.given_how))) == {"demo", "kiosk"}
    happened = _events(core)
    assert happened.pop("suggestions_ready") < 20
    with core.units.read() as uow:
        of_market = Counter(each.state for each in _begun_at_the_market(uow))
    assert happened == {
        "opportunities_imported": 1,
        "candidate_enrolled": 300,
        "introduction_asked": 4 + of_market["asking"],
        "introduction_sent": 7 + of_market["sent"],
        "introduction_accepted": 2,
        "question_answered": 1,
        "access_answered": 1,
        "incident_reported": 2,
        "organisation_asked": 1,
        "gathering_published": 6,
        "message_queued": 1,
    }
    before = _events(core)
    assert load_when_empty(settings) == log_ins
    assert _events(core) == before
    _check_what_is_shown(core)
    _check_gatherings(core)
    _check_markets(core)
    core.engine.dispose()


def _check_markets(core: Core) -> None:
    """One is ready to open its doors, with a route for nearly everyone; one is on, and meetings were held."""
    with core.units.read() as uow:
        on, ready = uow.session.scalars(select(Market).order_by(Market.starts_at)).all()
        counts = market_counts(uow.session, ready.id)
        asked = Counter(confirmed=60, applied=3, refused=1, withdrawn=1)
        assert (counts.stands, counts.without_spot) == (asked, 0)
        waiting = stands_of(uow.session, ready.id, [StandState.APPLIED])
        trained = Counter(trainings_of(uow, ready, list(waiting)).values())
        assert trained == Counter([Training.SEAT, Training.MISSING, Training.WAIVED])
        assert ready.training is not None
        assert uow.now < ready.training.starts_at < ready.starts_at
        assert (counts.visitors, counts.groups) == (400, 12)
        assert counts.visits > 3 * 375
        assert on.starts_at < uow.now < on.ends_at
        here = market_counts(uow.session, on.id)
        assert 0 < here.here < here.visitors == 90
        states = Counter(uow.session.scalars(select(Visit.state).where(Visit.market_id == on.id)))
        assert states.keys() == {"planned", "met", "missed"}
        _check_interests(uow, on)


def _check_interests(uow: UnitOfWork, market: Market) -> None:
    """Most of who has a file and wants to go on, as their stand does, are introduced already."""
    met = uow.session.scalars(select(Visit).where(Visit.market_id == market.id)).all()
    waits = Counter(market_interests.waits_for(uow, each) for each in met if market_interests.is_mutual(each))
    assert waits[None] == len(_begun_at_the_market(uow)) > 5
    assert waits[None] > waits[Waits.NO_FIT] + waits[Waits.NO_ROLE]
    assert waits.keys() >= {Waits.GROUP, Waits.NO_FILE, Waits.NO_WAY}


def _begun_at_the_market(uow: UnitOfWork) -> Sequence[Introduction]:
    return uow.session.scalars(select(Introduction).join(Visit)).unique().all()


def _check_gatherings(core: Core) -> None:
    """One has room, one is full with people who wait, and one was already, with who came."""
    with core.units.read() as uow:
        every = every_gathering(uow.session)
        counts = counts_of(uow.session, [each.id for each in every])
        was = [each for each in every if each.ends_at < uow.now]
        free = {each.seats - counts[each.id].coming for each in every if each.id in counts}
        assert [counts[each.id].came for each in was] == [5]
        assert 0 in free
        assert any(each > 0 for each in free)
        assert sum(each.waiting for each in counts.values()) == 2


def _check_what_is_shown(core: Core) -> None:
    """Most people see a full page, hardly anyone nothing."""
    with core.units.write() as uow:
        snapshot = Catalogue().snapshot(uow)
        shown = [
            len(suggestions.find(uow, candidate, snapshot, reader="test"))
            for candidate in confirmed_candidates(uow.session)
        ]
    assert sum(count == 8 for count in shown) > 200
    assert sum(count == 0 for count in shown) < 15


def test_there_is_work_at_the_desk_and_somebody_waits_for_each_team(settings: Settings) -> None:
    load_when_empty(settings)
    clock, bell = HandClock(datetime.now(UTC)), RecordingBell()
    worker = make_worker_core(settings, bell=bell, clock=clock)
    clock.go_on(minutes=1)
    bell.ring_events(_about_introductions(worker.core))
    work_off(worker, bell)
    with worker.core.units.read() as uow:
        assert [each.handler for each in stuck_deliveries(uow.session)] == ["send_message"]
        every = open_questions(uow.session)  # also of who met somebody at the market
        asked = [each for each in every if (each.organisation.external_id, each.code) in TO_ASK]
        assert len(asked) == len(TO_ASK)
        assert all(each.organisation.phone_sealed for each in asked)
        calls = messages_to_do(uow.session)
        assert [(each.kind, each.channel) for each in calls] == [("accepted", Channel.PHONE)] * 2
        assert {each.language for each in calls} == {"nl", "fr"}
        for external_id in MEMBERS:
            _check_what_a_team_sees(uow, external_id)
        waited_for = set(
            uow.session.scalars(
                select(Introduction.organisation_id).where(Introduction.state == IntroductionState.SENT)
            )
        )
    worker.core.close()
    mails = [message_from_bytes(file.read_bytes()) for file in settings.data.rglob("*.eml")]
    # Every team that somebody waits for hears of it, or is invited where it has no members.
    assert len({mail["To"] for mail in mails}) == len(waited_for) > 3
    assert all(mail["To"].endswith(".example") for mail in mails)


def _about_introductions(core: Core) -> list[UUID]:
    """What a sweep finds, without the hundreds of enrolments, which take long and change nothing here."""
    with core.units.read() as uow:
        about = select(OutboxEvent.id).where(OutboxEvent.type.startswith("introduction_"))
        return list(uow.session.scalars(about.order_by(OutboxEvent.occurred_at)))


def _check_what_a_team_sees(uow: UnitOfWork, external_id: str) -> None:
    """Two wait, one is expected, all with words; one of them shares more than a first name.

    Whom they met at the market comes beside that, without a word.
    """
    team = uow.session.scalars(select(Organisation).where(Organisation.external_id == external_id)).one()
    of_market = set(_begun_at_the_market(uow))
    received = [each for each in received_introductions(uow.session, team.id) if each not in of_market]
    assert [each.state for each in received] == ["accepted", "sent", "sent"]
    arrived = [each.sent_at for each in received if each.sent_at]
    assert len(set(arrived)) == 3
    assert all(moment < uow.now for moment in arrived)
    assert introductions.reply_to(uow, received[0])
    choices = [introductions.choice_of(uow, each) for each in received]
    assert all(each.words for each in choices)
    assert any(each.contact or each.needs for each in choices)


def test_the_log_ins_work_and_are_for_their_owner_alone(settings: Settings) -> None:
    log_ins = load_when_empty(settings)
    core = make_silent_core(settings)
    held: Counter[str] = Counter()
    with core.units.read() as uow:
        for _, email, password in log_ins:
            account = accounts.authenticate(uow, email, password)
            assert account.is_demo
            held.update(membership.role for membership in account.memberships)
    core.engine.dispose()
    assert held == {
        Role.DESK_WORKER: 1,
        Role.ADMIN: 1,
        Role.OWNER: 2,
        Role.REFERRER_OWNER: 2,
        Role.SUPPORT_WORKER: 1,
    }
    (file,) = settings.data.glob("demo-logins*")
    assert file.stat().st_mode & 0o077 == 0


def test_a_database_that_somebody_uses_is_left_alone(settings: Settings) -> None:
    core = make_silent_core(settings)
    with core.units.write() as uow:
        accounts.create(
            uow, name="An", email="an@example.org", password="a good long password", language="nl"
        )
    assert load_when_empty(settings) == []
    with core.units.read() as uow:
        assert uow.session.scalar(select(func.count()).select_from(Organisation)) == 0
    core.engine.dispose()


def test_the_people_are_the_same_on_every_loading() -> None:
    written = files.read().people
    assert list(people.generate(written)) == list(people.generate(written))


def test_more_than_half_know_how_far_and_how_often_and_nearly_every_role_how_often() -> None:
    written = files.read()
    everyone = list(people.generate(written.people))
    assert 150 < sum(person.travel_minutes is not None for person in everyone) < 220
    assert 150 < sum(bool(person.commitments) for person in everyone) < 220
    assert {each for person in everyone for each in person.commitments} == set(Commitment)
    asked = Counter(role.get("commitment") for role in written.roles)
    assert set(asked) == {*Commitment, None}
    assert asked[None] < 30


def test_loading_leaves_nothing_when_it_fails(settings: Settings) -> None:
    """The folder of the log-ins cannot be made: then there is no city either."""
    blocked = settings.data.parent / "file"
    blocked.touch()
    broken = replace(settings, data=blocked / "data")
    with pytest.raises(OSError, match="file"):
        load_when_empty(broken)
    core = make_silent_core(settings)
    with core.units.read() as uow:
        assert loading.is_empty(uow)
    core.engine.dispose()
