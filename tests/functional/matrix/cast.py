"""Everybody in the matrix: two candidates, two referrers, two organisations, and the centre."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.factories.referrers import make_referrer
from tests.functional.matrix.roles import Who
from tests.integration.services.conftest import Town
from volunteer.domain.accounts import Role
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import GivenHow, Purpose
from volunteer.domain.organisations import LegalForm
from volunteer.domain.support import Scope
from volunteer.models import Candidate, Organisation, SupportLink
from volunteer.services import accounts, cards, organisations, pending_files, support_links
from volunteer.unit_of_work import UnitOfWork

PASSWORD = "een korte zin om binnen te komen"
NAME, CONTACT = "Zeliha", "zeliha.van.hier@voorbeeld.example"
"""Of the candidate: nobody else in the whole matrix is called like that."""
_SEATS = {
    Who.HELPER: (Role.SUPPORT_WORKER, "school"),
    Who.WITHOUT: (Role.SUPPORT_WORKER, "school"),
    Who.SCHOOL: (Role.REFERRER_OWNER, "school"),
    Who.ELSEWHERE: (Role.REFERRER_OWNER, "elsewhere"),
    Who.OWNER: (Role.OWNER, "organisation"),
    Who.EDITOR: (Role.EDITOR, "organisation"),
    Who.VIEWER: (Role.VIEWER, "organisation"),
    Who.STRANGER: (Role.OWNER, "stranger"),
    Who.DESK: (Role.DESK_WORKER, ""),
    Who.ADMIN: (Role.ADMIN, ""),
}


@dataclass
class Cast:
    """Who is there, by what the rows of the table call them."""

    town: Town
    ids: dict[str, UUID] = field(default_factory=dict)
    cards: dict[Who, str] = field(default_factory=dict)
    """Tokens of cards."""
    programs: dict[Who, str] = field(default_factory=dict)
    """Tokens of programs."""

    links: dict[str, str] = field(default_factory=dict)
    """The last part of each link as it is mailed."""

    def email(self, who: Who) -> str:
        """Of the account of one of the staff."""
        return f"seat.{who}@matrix.example"


def gather(town: Town) -> Cast:
    """Make them all."""
    cast = Cast(town)
    town.do(lambda uow: _organisations(uow, cast))
    town.do(lambda uow: _accounts(uow, cast))
    town.do(lambda uow: _referrers(uow, cast))
    cast.ids["candidate_id"] = town.person("ph.step_free_entrance", **_told(NAME, CONTACT))
    cast.ids["other_id"] = town.person(**_told("Otto", "otto@voorbeeld.example"))
    town.do(lambda uow: _cards(uow, cast))
    town.do(lambda uow: _supported(uow, cast))
    return cast


def _told(name: str, contact: str) -> dict[str, Any]:
    agreed = frozenset({Purpose.ACCOUNT, Purpose.MATCH, Purpose.NEEDS, Purpose.FOLLOW_UP})
    return {
        "first_name": name,
        "language": "en",
        "channel": Channel.EMAIL,
        "contact": contact,
        "consents": agreed,
    }


def _organisations(uow: UnitOfWork, cast: Cast) -> None:
    for called, name in (
        ("organisation", "Buurtkeuken Pollepel"),
        ("stranger", "Wijkhuis De Sluis"),
        ("school", "Taalschool Het Alfabed"),
        ("elsewhere", "Onthaalpunt De Brug"),
        ("untold", "Speelplein De Mus"),
    ):
        made = organisations.add(uow, name, language="nl")
        made.legal_form, made.aim = LegalForm.LEGAL_PERSON, "Samen koken."
        made.insurance, made.expenses, made.discretion = (
            "Verzekerd.",
            "Geen vergoeding.",
            "Namen blijven hier.",
        )
        made.needs_agreement = True
        organisations.set_email(uow, made, f"{called}@matrix.example")
        cast.ids[called] = made.id
    cast.ids["organisation_id"] = cast.ids["organisation"]


def _accounts(uow: UnitOfWork, cast: Cast) -> None:
    for who, (role, called) in _SEATS.items():
        account = accounts.create(
            uow, name=f"Ina {who}", email=cast.email(who), password=PASSWORD, language="en"
        )
        seat = uow.session.get_one(Organisation, cast.ids[called]) if called else None
        accounts.grant(uow, account, role, organisation=seat)
        uow.session.flush()
        cast.ids[f"account of {who}"] = account.id
        cast.ids[f"seat of {who}"] = account.memberships[0].id
    for program, human in (
        (Who.TEAM_PROGRAM, Who.EDITOR),
        (Who.VIEWER_PROGRAM, Who.VIEWER),
        (Who.STRANGER_PROGRAM, Who.STRANGER),
    ):
        of = cast.ids[_SEATS[human][1]]
        cast.programs[program] = accounts.issue_token(uow, cast.ids[f"account of {human}"], of)


def _referrers(uow: UnitOfWork, cast: Cast) -> None:
    for called, owner in (("school", Who.SCHOOL), ("elsewhere", Who.ELSEWHERE)):
        referrer = uow.session.get_one(Organisation, cast.ids[called])
        make_referrer(uow, referrer, accepted_by=cast.ids[f"account of {owner}"])


def _cards(uow: UnitOfWork, cast: Cast) -> None:
    person = uow.session.get_one(Candidate, cast.ids["candidate_id"])
    cast.cards[Who.FINDER] = cards.renew(uow, person)


def _supported(uow: UnitOfWork, cast: Cast) -> None:
    """The candidate is helped by one of two colleagues; a third person waits for their own yes."""
    for who, scopes in ((Who.HELPER, list(Scope)), (Who.WITHOUT, [])):
        link = SupportLink(
            id=UUID(int=len(cast.ids)),
            candidate_id=cast.ids["candidate_id"],
            account_id=cast.ids[f"account of {who}"],
            organisation_id=cast.ids["school"],
            opened_at=uow.now,
        )
        uow.session.add(link)
        uow.session.flush()
        support_links.give(uow, link, scopes, language="en", given_how=GivenHow.OWN_DEVICE)
        cast.ids[f"link of {who}"] = link.id
    cast.ids["link_id"] = cast.ids[f"link of {Who.HELPER}"]
    begun = pending_files.begin(
        uow,
        SignUp(first_name="Wahid", language="en", channel=Channel.DESK),
        account_id=cast.ids[f"account of {Who.HELPER}"],
        organisation_id=cast.ids["school"],
    )
    uow.session.flush()
    waiting = uow.session.get_one(Candidate, begun.candidate_id)
    cast.ids["waiting link"], cast.ids["waiting person"] = begun.id, waiting.id
    cast.cards[Who.WAITING] = pending_files.make_card(uow, begun, waiting)
