"""The demo city in a database of its own, served: somebody in every place, and something to do for each."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import ColumnElement, select

from tests.browser.serving import served
from tests.fakes import RecordingBell, work_off
from tests.integration.services.markets import make_timetable
from volunteer.app import create_app
from volunteer.bootstrap import Core, make_core
from volunteer.config import Settings, from_environment
from volunteer.domain.access import Strength
from volunteer.domain.accounts import ANSWERING, SUPPORTING, Role
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import Purpose as Consent
from volunteer.domain.follow_ups import Side
from volunteer.domain.gathering_seats import SeatState
from volunteer.domain.gatherings import GatheringKind
from volunteer.domain.interests import Interests
from volunteer.domain.introductions import IntroductionState
from volunteer.domain.messages import TOPICS
from volunteer.domain.opportunities import OpportunityState
from volunteer.domain.referrals import ReferralReason
from volunteer.keyring import create
from volunteer.links import Purpose
from volunteer.models import (
    Candidate,
    FollowUp,
    Gathering,
    GatheringParty,
    Introduction,
    Market,
    MarketVisitor,
    Opportunity,
    Organisation,
)
from volunteer.queries.accounts import holders_of, members_of
from volunteer.services import (
    accounts,
    candidates,
    card_groups,
    gathering_links,
    market_cards,
    opportunity_links,
    organisations,
    pending_files,
    referrals,
)
from volunteer.services.demo_city import loading
from volunteer.services.demo_city.loading import LogIn
from volunteer.unit_of_work import UnitOfWork
from workers.bootstrap import WorkerCore, make_worker_core

_SERVICE = "dutch_courses"


@dataclass(frozen=True)
class SeededCity:
    """A whole installation on this machine."""

    settings: Settings
    core: Core
    app: Flask
    address: str
    log_ins: list[LogIn]
    _worker: WorkerCore
    _bell: RecordingBell

    def work(self) -> None:
        """Do everything that workers would do now."""
        work_off(self._worker, self._bell)

    def log_in_of(self, role: str) -> LogIn:
        """The first demo account whose role begins like this."""
        return next(each for each in self.log_ins if each.role.startswith(role))

    def enrol(self, language: str) -> str:
        """Somebody with a mail address; returns the token of their card."""
        answers = SignUp(
            first_name="Samira",
            language=language,
            interests=Interests.of(want=["t.cook"]),
            channel=Channel.EMAIL,
            contact=f"samira.{language}@voorbeeld.example",
            needs={"ph.step_free_entrance": Strength.MUST},
            consents=frozenset({Consent.ACCOUNT, Consent.MATCH, Consent.NEEDS}),
        )
        with self.core.units.write() as uow:
            token = candidates.enrol(uow, answers, origin="page")[1]
        self.work()
        return token

    def begun_together(self, language: str) -> tuple[str, str]:
        """Somebody signed up together: paths of their card, and of the ways in which they can confirm."""
        with self.core.units.write() as uow:
            account_id, organisation_id = self._support_worker(uow)
            told = SignUp(first_name="Zohra", language=language, channel=Channel.DESK)
            link = pending_files.begin(uow, told, account_id=account_id, organisation_id=organisation_id)
            candidate = uow.session.get_one(Candidate, link.candidate_id)
            token = pending_files.make_card(uow, link, candidate)
            return f"/c/{token}", f"/support/waiting/{link.id}"

    def blank_card(self) -> str:
        """The path of a card that a support worker printed for a group."""
        with self.core.units.write() as uow:
            account_id, organisation_id = self._support_worker(uow)
            group = card_groups.make(
                uow,
                name="Nederlands 1.2",
                language="ar",
                count=5,
                days=60,
                account_id=account_id,
                organisation_id=organisation_id,
            )
            return f"/k/{card_groups.to_print(uow, group)[0].code}"

    def _support_worker(self, uow: UnitOfWork) -> tuple[UUID, UUID]:
        account = accounts.by_email(uow, self.log_in_of("support").email)
        assert account is not None
        seat = next(each for each in account.memberships if each.role in SUPPORTING)
        assert seat.organisation_id is not None
        return account.id, seat.organisation_id

    def mailed(self, start: str) -> list[str]:
        """Paths of the links in all mails so far that begin like this, oldest first."""
        found: list[str] = []
        for path in sorted(self.settings.mail_folder.glob("*.eml")):
            body = message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("plain",))
            text = body.get_content() if body else ""
            found += re.findall(rf"{re.escape(self.settings.public_url)}({start}[^\s>]*)", text)
        return found

    def done_at_desk(self) -> list[str]:
        """Paths of what the desk makes as it goes: the way to another service, and a question by phone."""
        with self.core.units.write() as uow:
            accepted = uow.session.scalars(
                select(Introduction).where(Introduction.state == IntroductionState.ACCEPTED)
            ).first()
            assert accepted is not None
            referral = referrals.refer(
                uow,
                accepted.candidate,
                service=_SERVICE,
                known=frozenset({_SERVICE}),
                reason=ReferralReason.NO_HOURS,
                account_id=holders_of(uow.session, Role.DESK_WORKER)[0].id,
            )
            asked = FollowUp(
                id=uuid4(),
                introduction=accepted,
                candidate_id=accepted.candidate_id,
                moment=f"test {referral.id.hex[:6]}",
                side=Side.ORGANISATION,
                asked_at=uow.now,
                outcomes=[],
            )
            uow.session.add(asked)
            person = accepted.candidate_id
            past, coming = (
                _first(uow, Gathering.ends_at < uow.now),
                _first(uow, Gathering.starts_at > uow.now),
            )
            company_day = _first(uow, Gathering.kind == GatheringKind.COMPANY_DAY)
            market = uow.session.scalars(select(Market.id).where(Market.starts_at > uow.now)).one()
            timetable = make_timetable(uow, market)
        return [
            f"/desk/people/{person}/referrals/{referral.id}",
            f"/desk/how/{asked.id}",
            f"/desk/gatherings/{past}/attendance",
            f"/desk/gatherings/{coming}/sign-up",
            f"/desk/gatherings/{coming}/cancel",
            f"/desk/gatherings/{company_day}/expertise",
            f"/desk/markets/{market}/change",
            f"/desk/markets/{market}/cancel",
            f"/desk/markets/timetables/{timetable}/publish",
            f"/desk/markets/{market}/routes?card=1",
        ]

    def ways_in(self) -> list[str]:
        """Paths of links as we send them, that show a page to anybody; and of joining a market."""
        links = self.core.links
        with self.core.units.read() as uow:
            person = uow.session.scalars(select(Candidate).where(Candidate.contact_hash.is_not(None))).first()
            assert person is not None
            role = uow.session.scalars(
                select(Opportunity)
                .join(Organisation)
                .where(Opportunity.state == OpportunityState.OPEN, Organisation.email_hash.is_not(None))
            ).first()
            assert role is not None
            without_team = next(
                each
                for each in uow.session.scalars(select(Organisation))
                if each.email_hash and not members_of(uow.session, each.id, roles=ANSWERING)
            )
            seat, past = _seat(uow, Gathering.starts_at > uow.now), _seat(uow, Gathering.ends_at < uow.now)
            made = [
                links.make(Purpose.KEEP_FILE, person.id, proof=candidates.address_proof(person)),
                links.make(Purpose.UNSUBSCRIBE, person.id, proof=f"candidate:{next(iter(TOPICS.values()))}"),
                links.make(
                    Purpose.CONFIRM_ROLE, role.id, proof=opportunity_links.of_address(role.organisation)
                ),
                links.make(
                    Purpose.JOIN_ORGANISATION,
                    without_team.id,
                    proof=organisations.address_proof(without_team),
                ),
                market_cards.own_link(links, _with_card(uow)),
                links.make(Purpose.SEAT, seat.id, proof=gathering_links.proof_of(seat)),
                links.make(Purpose.AFTERWARDS, past.id, proof=gathering_links.proof_of(past)),
            ]
            coming = uow.session.scalars(select(Market.id).where(Market.starts_at > uow.now)).one()
        return [*(link.removeprefix(self.settings.public_url) for link in made), f"/market/{coming}/join"]


def _first(uow: UnitOfWork, which: ColumnElement[bool]) -> UUID:
    """One gathering of the demo."""
    found = uow.session.scalars(select(Gathering.id).where(which)).first()
    assert found is not None
    return found


def _with_card(uow: UnitOfWork) -> MarketVisitor:
    """Somebody who comes to a market."""
    coming = select(MarketVisitor).join(Market)
    found = uow.session.scalars(coming.order_by(Market.starts_at.desc(), MarketVisitor.card)).first()
    assert found is not None
    return found


def _seat(uow: UnitOfWork, which: ColumnElement[bool]) -> GatheringParty:
    """Somebody with a seat at such a gathering."""
    found = uow.session.scalars(
        select(GatheringParty).join(Gathering).where(which, GatheringParty.state == SeatState.IN)
    ).first()
    assert found is not None
    return found


@contextmanager
def seeded_city(folder: Path, migrated: Path, redis_url: str) -> Iterator[SeededCity]:
    """Build it in ``folder`` on a copy of the database ``migrated``, and serve it."""
    database = folder / "schakel.sqlite"
    shutil.copyfile(migrated, database)
    create(folder / "keys")
    settings = from_environment(
        {
            "DATA": str(folder / "data"),
            "KEYS": str(folder / "keys"),
            "DATABASE_URL": f"sqlite:///{database}",
            "REDIS_URL": redis_url,
            "DEVELOPMENT": "1",
            "DEMO": "0",
            "RATE_LIMITS": "0",
        }
    )
    bell = RecordingBell()
    core, worker = make_core(settings, bell=bell), make_worker_core(settings, bell=bell)
    with core.units.write() as uow:
        log_ins = loading.load(uow)
    work_off(worker, bell)
    app = create_app(settings, core)
    with served(app) as address:
        yield SeededCity(settings, core, app, address, log_ins, worker, bell)
    core.engine.dispose()
    worker.core.engine.dispose()
