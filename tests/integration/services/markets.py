"""A small market that is open: three zones, five stands, four rounds with a break, eight visitors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.factories.referrers import make_referrer
from volunteer.domain.accounts import Role
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import GivenHow, Purpose
from volunteer.domain.market_days import (
    HelperRole,
    MarketState,
    StandState,
    VisitorKind,
    VisitorState,
    VisitState,
)
from volunteer.domain.market_visitors import CONSENT_VERSION
from volunteer.models import (
    Market,
    MarketGroup,
    MarketHelper,
    MarketVisitor,
    MarketZone,
    Organisation,
    Stand,
    Visit,
)
from volunteer.models.base import field_name
from volunteer.services import accounts, candidates, organisations, timetables
from volunteer.services.timetable_solving import solved
from volunteer.unit_of_work import UnitOfWork

AHEAD = timedelta(days=10)
ZONES = {"A": "Mensen", "B": "Eten", "C": "Maken"}
STANDS: dict[str, dict[str, Any]] = {
    "A1": {"languages": ["fr", "nl"], "tasks": ["t.company"], "seats": 2},
    "A2": {"languages": ["ar", "nl"], "tasks": ["t.listen"], "seats": 1},
    "B1": {"languages": ["fr", "nl"], "tasks": ["t.cook"], "seats": 2, "access": ["ph.seated_work"]},
    "B2": {"languages": ["nl", "vgt"], "tasks": ["t.serve"], "seats": 2, "not_access": ["ph.seated_work"]},
    "C1": {"languages": ["en", "nl"], "tasks": ["t.sew"], "seats": 2, "closed_rounds": [3]},
}
"""By spot, all confirmed, each of an organisation of its own: ``Soep A1`` and so on."""
VISITORS = {"Amina": "fr", "Bart": "nl", "Chloé": "fr", "Dawit": "en", "Elif": "nl"}
"""Cards 1 to 5: Amina has a file and is told by text message, the others have none; Dawit has no number.
Cards 6 to 8 are the group ``Klas 1`` of Veerle, who speak Arabic."""


@dataclass
class SmallMarket:
    """Ids of everything in it."""

    id: UUID
    zones: dict[str, UUID] = field(default_factory=dict)
    """By letter."""
    stands: dict[str, UUID] = field(default_factory=dict)
    """By zone and spot: ``A1``."""
    organisations: dict[str, UUID] = field(default_factory=dict)
    """Of the stands."""
    visitors: dict[str, UUID] = field(default_factory=dict)
    """By first name."""
    members: list[UUID] = field(default_factory=list)
    """Of the group, by card."""
    group: UUID = field(default_factory=uuid4)
    veerle: UUID = field(default_factory=uuid4)
    """The account of the support worker who brings the group."""
    referrer: UUID = field(default_factory=uuid4)
    candidate: UUID = field(default_factory=uuid4)
    """The file of Amina."""
    interpreter: UUID = field(default_factory=uuid4)
    """Rasha, Arabic, all day."""
    at_the_door: UUID = field(default_factory=uuid4)
    """Idris, who checks people in."""


def make_market(uow: UnitOfWork, *, ahead: timedelta = AHEAD, **given: Any) -> SmallMarket:
    """Lay it all out. The doors open ``ahead`` from now, the first round is half an hour later; ``given``
    are columns of the market.
    """
    market = _market(uow, ahead, given)
    made = SmallMarket(market.id)
    for letter, name in ZONES.items():
        zone = MarketZone(id=uuid4(), letter=letter, texts={"nl": name}, spots=3, access=[])
        market.zones.append(zone)
        made.zones[letter] = zone.id
    uow.session.add(market)
    uow.session.flush()
    for spot, facts in STANDS.items():
        _stand(uow, made, spot, facts)
    _helper(uow, made.interpreter, market.id, HelperRole.INTERPRETER, "Rasha", ["ar"])
    _helper(uow, made.at_the_door, market.id, HelperRole.CHECK_IN, "Idris", [])
    _people(uow, market, made)
    _group(uow, market, made)
    uow.session.flush()
    return made


def plan(uow: UnitOfWork, visitor_id: UUID, stand_id: UUID, number: int, **given: Any) -> UUID:
    """The id of a planned meeting of these two in this round, from 0; ``given`` are columns of it."""
    visitor = uow.session.get_one(MarketVisitor, visitor_id)
    visit = Visit(
        **{
            "id": uuid4(),
            "market_id": visitor.market_id,
            "visitor_id": visitor_id,
            "stand_id": stand_id,
            "round": number,
            "state": VisitState.PLANNED,
            "made_at": uow.now,
            **given,
        }
    )
    uow.session.add(visit)
    uow.session.flush()
    return visit.id


def make_timetable(uow: UnitOfWork, market_id: UUID) -> UUID:
    """The id of a timetable that is ready to be published, as a worker makes it."""
    asked = timetables.ask(uow, market_id, by="account:desk")
    found = timetables.begin(uow, asked.id)
    assert found is not None
    timetables.keep(uow, asked.id, solved(found, lambda _: None))
    return asked.id


def _market(uow: UnitOfWork, ahead: timedelta, given: dict[str, Any]) -> Market:
    opens = uow.now + ahead
    if ahead == AHEAD:
        # At noon, so that it never lies across midnight, whatever the hour at which a test runs.
        opens = opens.replace(hour=11, minute=0, second=0, microsecond=0)
    first = opens + timedelta(minutes=30)
    return Market(
        id=uuid4(),
        **{
            "state": MarketState.OPEN,
            "texts": {"nl": {"title": "Kleine markt", "about": "Ontmoet organisaties."}},
            "starts_at": opens,
            "ends_at": first + timedelta(minutes=4 * 20 + 10 + 15),
            "first_round_at": first,
            "round_count": 4,
            "round_minutes": 15,
            "change_minutes": 5,
            "breaks": {"1": 10},
            "stands_close_at": opens - timedelta(hours=2),
            "signup_closes_at": opens - timedelta(hours=1),
            "venue_name": "De Hal",
            "street": "Kaai 1",
            "postal_code": "1000",
            "municipality": "brussel",
            "access": ["ph.step_free_entrance"],
            "rules": {"wanted": 3},
            "made_at": uow.now,
            "opened_at": uow.now,
            "last_card": 0,
            "last_timetable": 0,
            **given,
        },
    )


def _stand(uow: UnitOfWork, made: SmallMarket, spot: str, facts: dict[str, Any]) -> None:
    organisation = organisations.add(uow, f"Soep {spot}", language="nl")
    organisations.set_email(uow, organisation, f"{spot.lower()}@soep.example")
    uow.session.flush()
    stand = Stand(
        id=uuid4(),
        market_id=made.id,
        organisation_id=organisation.id,
        state=StandState.CONFIRMED,
        zone_id=made.zones[spot[0]],
        spot=int(spot[1:]),
        offer={"nl": "Kom proeven."},
        applied_at=uow.now,
        settled_at=uow.now,
        **{"access": [], "not_access": [], "closed_rounds": [], **facts},
    )
    uow.session.add(stand)
    made.stands[spot], made.organisations[spot] = stand.id, organisation.id


def _helper(
    uow: UnitOfWork, helper_id: UUID, market_id: UUID, role: HelperRole, name: str, languages: list[str]
) -> None:
    sealed = uow.keyring.seal(name, field=field_name("market_helpers", "name_sealed"))
    uow.session.add(
        MarketHelper(
            id=helper_id, market_id=market_id, role=role, name_sealed=sealed, languages=languages, away=[]
        )
    )


def _people(uow: UnitOfWork, market: Market, made: SmallMarket) -> None:
    consents = frozenset({Purpose.ACCOUNT, Purpose.MATCH})
    file = SignUp(
        first_name="Amina",
        language="fr",
        channel=Channel.SMS,
        contact="+32470123456",
        languages={"fr": 4},
        consents=consents,
    )
    made.candidate = candidates.enrol(uow, file, origin="page")[0].id
    for name, language in VISITORS.items():
        visitor = _visitor(uow, market, VisitorKind.VISITOR, language)
        made.visitors[name] = visitor.id
        if name == "Amina":
            visitor.kind, visitor.candidate_id = VisitorKind.CANDIDATE, made.candidate
            continue
        visitor.languages = [language]
        visitor.name_sealed = uow.keyring.seal(name, field=field_name("market_visitors", "name_sealed"))
        visitor.consent_version = CONSENT_VERSION
        if name != "Dawit":
            contact = f"+3247000000{visitor.card}"
            visitor.channel = Channel.SMS
            visitor.contact_sealed = uow.keyring.seal(
                contact, field=field_name("market_visitors", "contact_sealed")
            )
            visitor.contact_hash = uow.keyring.fingerprint(f"{name} {contact}", kind="test")


def _visitor(uow: UnitOfWork, market: Market, kind: VisitorKind, language: str, **more: Any) -> MarketVisitor:
    market.last_card += 1
    visitor = MarketVisitor(
        id=uuid4(),
        market_id=market.id,
        card=market.last_card,
        kind=kind,
        state=VisitorState.REGISTERED,
        language=language,
        given_how=GivenHow.DESK,
        registered_at=uow.now,
        wants_route=True,
        languages=more.pop("languages", []),
        tasks=[],
        shares=[],
        **more,
    )
    uow.session.add(visitor)
    return visitor


def _group(uow: UnitOfWork, market: Market, made: SmallMarket) -> None:
    school: Organisation = organisations.add(uow, "Taalschool", language="nl")
    account = accounts.create(
        uow, name="Veerle", email="veerle@school.example", password="a good long password", language="nl"
    )
    accounts.grant(uow, account, Role.REFERRER_OWNER, organisation=school)
    uow.session.flush()
    make_referrer(uow, school, accepted_by=account.id)
    made.veerle, made.referrer = account.id, school.id
    group = MarketGroup(
        id=made.group,
        market_id=market.id,
        account_id=account.id,
        organisation_id=school.id,
        name="Klas 1",
        state=VisitorState.REGISTERED,
        companions=1,
        languages=["ar"],
        registered_at=uow.now,
    )
    uow.session.add(group)
    uow.session.flush()
    before = None
    for _ in range(3):
        member = _visitor(uow, market, VisitorKind.MEMBER, "ar", group_id=group.id, languages=["ar"])
        member.together_id, before = before, member.id
        made.members.append(member.id)
