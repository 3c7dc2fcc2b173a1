"""Who comes to the markets of the demo city: people with a file, people without, and groups."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from volunteer.domain.candidates import CandidateState, Channel
from volunteer.domain.consent import GivenHow
from volunteer.domain.languages import COMFORTABLE_LEVEL
from volunteer.domain.market_days import Share, VisitorKind, VisitorState
from volunteer.domain.market_visitors import CARD_HELP_VERSION, CONSENT_VERSION, HELP_VERSION
from volunteer.models import Candidate, Market, MarketGroup, MarketVisitor
from volunteer.models.base import field_name
from volunteer.services import accounts
from volunteer.services.demo_city.files import Entry
from volunteer.unit_of_work import UnitOfWork

_NAME = field_name("market_visitors", "name_sealed")
_CONTACT = field_name("market_visitors", "contact_sealed")
_HELP = field_name("market_visitors", "help_sealed")
_FIRST_NUMBER = 32_400_100_000
"""No Belgian telephone number begins with 0400: these cannot reach anybody."""
_LATEST = 5
"""Who comes late or leaves early misses so many rounds at most."""


@dataclass(slots=True)
class _Crowd:
    """Everyone so far, and the chance by which the rest is drawn."""

    uow: UnitOfWork
    market: Market
    people: Entry
    """The lists of ``people.toml``."""
    chance: random.Random
    visitors: list[MarketVisitor]

    def draw(self, name: str) -> Entry:
        entries: list[Entry] = self.people[name]
        return self.chance.choices(entries, weights=[entry["weight"] for entry in entries])[0]

    def one_in(self, number: int) -> bool:
        return self.chance.randrange(number) == 0

    def add(self, kind: VisitorKind, language: str, **more: Any) -> MarketVisitor:
        self.market.last_card += 1
        visitor = MarketVisitor(
            id=uuid4(),
            market_id=self.market.id,
            card=self.market.last_card,
            kind=kind,
            state=VisitorState.REGISTERED,
            language=language,
            given_how=GivenHow.DEMO,
            registered_at=self.uow.now,
            **more,
        )
        self.visitors.append(visitor)
        return visitor


def load(
    uow: UnitOfWork, market: Market, entry: Entry, people: Sequence[Candidate], lists: Entry, *, seed: int
) -> None:
    """Register all of them at this market; the same for the same lists and ``seed``."""
    dice = random.Random(f"{seed} {entry['rounds']}")  # noqa: S311 - repeatable, not secret
    crowd = _Crowd(uow, market, lists, dice, [])
    market.last_card = 0
    first, end = entry["candidates"]
    for person in people[first:end]:
        if person.state == CandidateState.CONFIRMED:
            crowd.add(VisitorKind.CANDIDATE, person.language, candidate_id=person.id)
    missing = end - first - len(crowd.visitors)
    for number in range(entry["visitors"] + missing):
        _visitor(crowd, number + entry["contacts"])
    for visitor in crowd.visitors:
        _wish(crowd, visitor)
    _befriend(crowd)
    for group in entry["groups"]:
        _group(crowd, group)
    uow.session.add_all(crowd.visitors)


def _visitor(crowd: _Crowd, number: int) -> None:
    """Somebody without a file; two in three left a number."""
    keyring, tongues, tasks = crowd.uow.keyring, crowd.draw("language_profile"), crowd.draw("task_profile")
    name: str = crowd.chance.choice(crowd.people["first_names"])
    visitor = crowd.add(
        VisitorKind.VISITOR,
        tongues["interface"],
        name_sealed=keyring.seal(name, field=_NAME),
        consent_version=CONSENT_VERSION,
        languages=sorted(code for code, level in tongues["levels"].items() if level >= COMFORTABLE_LEVEL),
        tasks=sorted({*tasks["can"], *tasks["want"]}),
    )
    if not crowd.one_in(3):
        contact = f"+{_FIRST_NUMBER + number}"
        visitor.channel, visitor.contact_sealed = Channel.SMS, keyring.seal(contact, field=_CONTACT)
        visitor.contact_hash = keyring.fingerprint(f"{name.casefold()} {contact}", kind="market visitor")
    must = crowd.draw("need_profile")["must"]
    more_time = crowd.one_in(15)
    if must or more_time:
        _help(crowd, visitor, must, more_time=more_time, version=HELP_VERSION)


def _help(
    crowd: _Crowd, visitor: MarketVisitor, codes: Sequence[str], *, more_time: bool, version: str
) -> None:
    told = json.dumps({"codes": sorted(codes), "more_time": more_time})
    visitor.help_sealed = crowd.uow.keyring.seal(told.ljust(1024), field=_HELP)
    visitor.help_version = version


def _wish(crowd: _Crowd, visitor: MarketVisitor) -> None:
    """Some walk freely, some come for a part of the day, some want fewer or more meetings."""
    if crowd.one_in(14):
        visitor.wants_route = False
    if crowd.one_in(6):
        visitor.arrives_at = _at(crowd.market, crowd.chance.randint(1, _LATEST))
    elif crowd.one_in(6):
        visitor.leaves_at = _at(crowd.market, crowd.market.round_count - crowd.chance.randint(1, _LATEST))
    if crowd.one_in(8):
        visitor.wanted = crowd.chance.choice((2, 3, 5))
    if crowd.one_in(2):
        visitor.shares = [Share.TASKS]


def _at(market: Market, number: int) -> datetime:
    return market.rounds.starts(number)


def _befriend(crowd: _Crowd) -> None:
    """One in ten would like to go with the one before."""
    for before, visitor in zip(crowd.visitors, crowd.visitors[1:], strict=False):
        if crowd.one_in(10):
            visitor.together_id = before.id


def _group(crowd: _Crowd, entry: Entry) -> None:
    account = accounts.by_email(crowd.uow, entry["account"])
    if account is None:
        raise ValueError("a group of the demo city comes with an account that is not there")
    market = crowd.market
    group = MarketGroup(
        id=uuid4(),
        market_id=market.id,
        account_id=account.id,
        organisation_id=account.memberships[0].organisation_id,
        name=entry["name"],
        state=VisitorState.REGISTERED,
        companions=entry["companions"],
        languages=entry["languages"],
        arrives_at=_at(market, entry["late"]) if "late" in entry else None,
        leaves_at=_at(market, market.round_count - entry["early"]) if "early" in entry else None,
        registered_at=crowd.uow.now,
    )
    crowd.uow.session.add(group)
    crowd.uow.session.flush()
    _members(crowd, group.id, entry)


def _members(crowd: _Crowd, group_id: UUID, entry: Entry) -> None:
    """Each with a card of their own, chained as friends; every third one ticked what the group needs."""
    before: UUID | None = None
    for number in range(entry["size"]):
        member = crowd.add(
            VisitorKind.MEMBER, entry["language"], group_id=group_id, languages=entry["languages"]
        )
        member.together_id, before = before, member.id
        if number % 3 == 0 and "needs" in entry:
            _help(crowd, member, entry["needs"], more_time=number == 0, version=CARD_HELP_VERSION)
