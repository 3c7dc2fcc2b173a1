"""What goes on at one organisation of the seeded city: every state, and every link that is mailed to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import time, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from tests.browser.seeded_city import SeededCity
from volunteer.domain.access import Answer, Strength
from volunteer.domain.accounts import ANSWERING, Role
from volunteer.domain.availability import Availability
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import TEXT_VERSION, GivenHow
from volunteer.domain.consent import Purpose as Agreed
from volunteer.domain.follow_ups import Side
from volunteer.domain.interests import Interests
from volunteer.domain.introductions import DeclineReason, IntroductionState
from volunteer.domain.opportunities import OpportunityState, Place, Posting, Scope
from volunteer.domain.organisations import LegalForm
from volunteer.domain.questions import Weekly
from volunteer.links import Purpose
from volunteer.matching.catalogue import Catalogue
from volunteer.models import (
    Candidate,
    Consent,
    FollowUp,
    Introduction,
    JoinRequest,
    Opportunity,
    Organisation,
    Question,
)
from volunteer.queries.accounts import members_of
from volunteer.services import (
    access_check,
    access_plans,
    candidates,
    figures,
    follow_ups,
    introductions,
    joining,
    opportunities,
    opportunity_links,
    question_links,
    question_mails,
    teams,
)
from volunteer.unit_of_work import UnitOfWork

_LONG_AGO = timedelta(weeks=5)
_ANSWERED = frozenset(IntroductionState) - {IntroductionState.ASKING, IntroductionState.SENT}
_ENDED = frozenset(
    {
        IntroductionState.STOPPED,
        IntroductionState.DECLINED,
        IntroductionState.FELL_THROUGH,
        IntroductionState.WITHDRAWN,
    }
)


@dataclass(frozen=True, slots=True)
class OrganisationLife:
    """Paths of pages that are worth a look."""

    of_team: tuple[str, ...]
    """For who is logged in as the organisation."""
    by_link: tuple[str, ...]
    """For whoever holds the link of a mail."""


def live(city: SeededCity) -> OrganisationLife:
    """Let everything happen at the organisation of the first demo member; once in a city."""
    figures.refresh(city.core.units, Catalogue())
    with city.core.units.write() as uow:
        mine = _organisation_of(uow)
        roles = _roles(uow, mine)
        introduced = [_introduced(uow, roles[0], state) for state in IntroductionState]
        uow.session.flush()
        of_team = [
            *(f"/organisation/introductions/{each.id}" for each in introduced if each.sent_at),
            *(f"/organisation/roles/{each.id}" for each in roles),
            *(f"/organisation/roles/{roles[0].id}/{page}" for page in ("edit", "words", "as-seen/fr")),
            *_access(uow, mine, roles[0]),
        ]
        by_link = [*_wants_in(city, uow, mine), _question(city, uow, mine), *_asked_how(city, uow, mine)]
    city.work()
    fixed = ("/organisation/join/sent", "/organisation/join/asked")
    return OrganisationLife(tuple(of_team), (*fixed, *by_link))


def started_by_newest(city: SeededCity) -> str:
    """Whoever asked to meet somebody last volunteers there since long, and is asked how it goes: its path."""
    with city.core.units.write() as uow:
        newest = uow.session.scalars(select(Introduction).order_by(Introduction.asked_at.desc())).first()
        assert newest is not None
        newest.state, newest.started_at = IntroductionState.STARTED, uow.now - _LONG_AGO
        uow.session.add(
            Consent(
                candidate_id=newest.candidate_id,
                purpose=Agreed.FOLLOW_UP,
                text_version=TEXT_VERSION,
                language="nl",
                given_how=GivenHow.OWN_DEVICE,
                given_at=uow.now,
            )
        )
        asked = _asked(uow, newest, Side.PERSON)
    return f"/me/how/{asked.id}"


def _organisation_of(uow: UnitOfWork) -> Organisation:
    found = next(
        each
        for each in uow.session.scalars(select(Organisation).order_by(Organisation.created_at))
        if members_of(uow.session, each.id, roles={Role.OWNER})
    )
    found.legal_form, found.aim = LegalForm.LEGAL_PERSON, "Kleren een derde ronde geven."
    found.insurance = "Burgerlijke aansprakelijkheid, bij een verzekeraar naar keuze."
    found.expenses, found.discretion = "Geen vergoeding.", "Namen van bezoekers blijven hier."
    found.needs_agreement = True
    return found


def _roles(uow: UnitOfWork, mine: Organisation) -> list[Opportunity]:
    """One in every state, the open one first."""
    made = []
    for state in sorted(OpportunityState, key=lambda each: each is not OpportunityState.OPEN):
        posting = Posting(
            title=f"Kleren sorteren ({state})",
            description="Je bekijkt de kleren en kiest de bak.\n\nWe tonen je hoe.",
            language="nl",
            tasks=frozenset({"t.sort"}),
            times=Availability.parse("tue 10:00-13:00"),
            place=Place(street="Kringloopstraat 3", municipality="anderlecht"),
            contact_name="Fatima",
        )
        role = opportunities.add(uow, posting, organisation_id=mine.id, said_by="test")
        role.state = state
        made.append(role)
    uow.session.flush()
    return made


def _introduced(uow: UnitOfWork, role: Opportunity, state: IntroductionState) -> Introduction:
    """Somebody who shared everything there is to share, as far as this."""
    answers = SignUp(
        first_name=state.title(),
        language="nl",
        interests=Interests.of(want=["t.sort"]),
        channel=Channel.EMAIL,
        contact=f"{state.replace('_', '-')}@voorbeeld.example",
        needs={"ph.step_free_entrance": Strength.MUST, "sv.buddy": Strength.NICE},
        consents=frozenset({Agreed.ACCOUNT, Agreed.MATCH, Agreed.NEEDS, Agreed.FOLLOW_UP}),
    )
    candidate = candidates.enrol(uow, answers, origin="test")[0]
    began = uow.now - _LONG_AGO
    is_met = state in {IntroductionState.MET, IntroductionState.STARTED, IntroductionState.STOPPED}
    made = Introduction(
        id=uuid4(),
        candidate=candidate,
        opportunity=role,
        organisation_id=role.organisation_id,
        state=state,
        shared_sealed=b"",
        asked_at=began,
        sent_at=None if state == IntroductionState.ASKING else began,
        answered_at=began if state in _ANSWERED else None,
        met_at=began if is_met else None,
        started_at=began if is_met and state != IntroductionState.MET else None,
        ended_at=uow.now if state in _ENDED else None,
        decline_reason=DeclineReason.NO_SPOT_NOW if state == IntroductionState.DECLINED else None,
        agreed_at=uow.now + timedelta(days=3) if state == IntroductionState.ACCEPTED else None,
    )
    choice = introductions.Choice(contact=True, needs=frozenset(answers.needs), words="Ik werk graag rustig.")
    introductions.change_choice(uow, made, choice)
    uow.session.add(made)
    return made


def _access(uow: UnitOfWork, mine: Organisation, role: Opportunity) -> Iterable[str]:
    """Answers, notes and plans, one of which is due; and each group of the check for each kind of place."""
    whole = access_check.place_of(uow, mine.id, Scope.ORGANISATION, mine.id)
    given = {
        "ph.step_free_entrance": access_check.Given(Answer.NO, "Twee treden aan de voordeur."),
        "ph.lift_or_ground": access_check.Given(Answer.YES),
        "sv.buddy": access_check.Given(Answer.ARRANGEABLE, "Vraag het een week vooraf."),
    }
    access_check.save(uow, whole, given, said_by="test", language="nl")
    for code, days in (("ph.step_free_entrance", 0), ("ic.plain_language", 30)):
        access_plans.make(
            uow,
            whole,
            code,
            by_when=uow.today + timedelta(days=days),
            who="Fatima",
            account_id=members_of(uow.session, mine.id, roles={Role.OWNER})[0].id,
        )
    for scope, scope_id in (
        (Scope.ORGANISATION, mine.id),
        (Scope.VENUE, role.venue_id),
        (Scope.OPPORTUNITY, role.id),
    ):
        for group in ("physical", "information", "service"):
            yield f"/organisation/access/{scope}/{scope_id}?group={group}"
        yield f"/organisation/access/{scope}/{scope_id}/change/ph.step_free_entrance"


def _wants_in(city: SeededCity, uow: UnitOfWork, mine: Organisation) -> Iterable[str]:
    """Two who wrote a few lines, one of them about this organisation; and a colleague who is invited."""
    for into, person in ((None, "Jeroen"), (mine.id, "Inès")):
        wanted = joining.Joining(
            name="De Nieuwe Bank" if into is None else mine.name,
            legal_form=LegalForm.DE_FACTO,
            enterprise_number="",
            sectors=frozenset(),
            activity="Banken maken voor wie even wil zitten.",
            place=Place(municipality="anderlecht"),
            person=person,
            email=f"{person.casefold()[:2]}@nieuwebank.example",
            language="nl",
        )
        joining.ask(uow, wanted, into=into)
    uow.session.flush()
    for request in uow.session.scalars(select(JoinRequest)):
        yield _path(city, Purpose.CONFIRM_JOINING, request.id)
    invitation = teams.invite(
        uow,
        mine.id,
        person="Karim",
        email="karim@derderonde.example",
        role=Role.EDITOR,
        language="nl",
        account_id=members_of(uow.session, mine.id, roles={Role.OWNER})[0].id,
    )
    yield _path(city, Purpose.JOIN_TEAM, invitation.id, teams.proof_of(invitation))


def _question(city: SeededCity, uow: UnitOfWork, mine: Organisation) -> str:
    """A question that went out by mail, with its link."""
    mail = question_mails.ask(uow, mine.id, Weekly(day=uow.today.weekday(), at=time.min, most=3))
    assert mail is not None
    question = uow.session.get_one(Question, UUID(mail.question_ids[0]))
    teller = members_of(uow.session, mine.id, roles=ANSWERING)[0]
    return _path(city, Purpose.ANSWER_QUESTION, question.id, question_links.of_account(teller))


def _asked_how(city: SeededCity, uow: UnitOfWork, mine: Organisation) -> Iterable[str]:
    """The question to each side of who started long ago."""
    started = uow.session.scalars(
        select(Introduction).where(
            Introduction.organisation_id == mine.id, Introduction.state == IntroductionState.STARTED
        )
    ).one()
    teller = members_of(uow.session, mine.id, roles=ANSWERING)[0]
    proofs: dict[Side, Callable[[Candidate], str]] = {
        Side.PERSON: candidates.address_proof,
        Side.ORGANISATION: lambda _person: opportunity_links.of_account(teller),
    }
    for side, proof in proofs.items():
        asked = _asked(uow, started, side)
        yield _path(city, Purpose.FOLLOW_UP, asked.id, proof(started.candidate))


def _asked(uow: UnitOfWork, introduction: Introduction, side: Side) -> FollowUp:
    uow.session.flush()
    follow_ups.ask_due(uow)
    uow.session.flush()
    return uow.session.scalars(
        select(FollowUp).where(FollowUp.introduction_id == introduction.id, FollowUp.side == side)
    ).one()


def _path(city: SeededCity, purpose: Purpose, subject: UUID, proof: str = "") -> str:
    return city.core.links.make(purpose, subject, proof=proof).removeprefix(city.settings.public_url)
