"""An organisation joins: its address is confirmed, the desk asks, it answers, it is approved."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.functional.browsing import Browser
from tests.functional.staff.conftest import PASSWORD, POLLEPEL, Hire, organisation_named
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.organisations import Approval, InvitationState
from volunteer.domain.teams import REFERRING
from volunteer.models import Account, JoinRequest, Organisation, TeamInvitation
from volunteer.services import organisations, teams

Mails = Callable[[], list[tuple[str, str]]]
Work = Callable[[], None]
EMAIL = "jo@fietsatelier.example"


def _filled(**changed: Any) -> dict[str, Any]:
    return {
        "name": "Fietsatelier De Trapper",
        "legal_form": "legal_person",
        "enterprise_number": "BE 0403.019.261",
        "activity": "We maken fietsen weer rijklaar.",
        "sectors": ["sec.welfare"],
        "street": "Kettingstraat 4",
        "postal_code": "1070",
        "person": "Jo",
        "email": EMAIL,
        **changed,
    }


def _link(mails: Mails, core: Core, path: str, to: str = EMAIL) -> str:
    found: list[list[str]] = [re.findall(r"https?://\S+", text) for who, text in mails() if who == to]
    links: list[str] = [each.removeprefix(core.settings.public_url) for urls in found for each in urls]
    return [each for each in links if each.startswith(path)][-1]


def _organisation(core: Core, name: str = "Fietsatelier De Trapper") -> Organisation | None:
    with core.units.read() as uow:
        return uow.session.scalar(select(Organisation).where(Organisation.name == name))


def _count(core: Core, table: type[Any]) -> int:
    with core.units.read() as uow:
        return uow.session.scalar(select(func.count()).select_from(table)) or 0


def test_from_the_door_to_a_yes(
    app: Flask, core: Core, work: Work, mails: Mails, hire: Hire, browser: Browser
) -> None:
    browser.get("/")
    assert "/organisation/join" in browser.page
    browser.send("/organisation/join", **_filled())
    assert "Look at your mail" in browser.text
    assert _organisation(core) is None
    work()
    (asked,) = [text for who, text in mails() if who == EMAIL]
    assert "Somebody wrote an organisation in with us" in asked
    assert not any(typed in asked for typed in ("Trapper", "Hello Jo", "fietsen"))
    link = _link(mails, core, "/organisation/join/")
    for _ in range(2):  # A mail scanner opens links too.
        Browser(app, language="en").get(link)
    assert _organisation(core) is None
    answer = browser.send(link, password=PASSWORD)
    assert answer.request.path == "/organisation"
    made = _organisation(core)
    assert made is not None
    assert (made.approval, made.enterprise_number) == (Approval.NEW, "0403019261")
    with core.units.read() as uow:
        assert not organisations.may_publish(uow.session.get_one(Organisation, made.id))

    desk = hire(Role.DESK_WORKER).browser
    desk.get("/desk")
    assert "1 waits for a yes." in desk.text
    desk.get("/desk/organisations")
    assert "Fietsatelier De Trapper" in desk.text
    page = f"/desk/organisations/{made.id}"
    desk.send(page, do="ask", words="Wie verzekert de vrijwilligers?")
    work()
    assert any("/organisation/approval" in text for who, text in mails() if who == EMAIL)
    assert not any("Wie verzekert" in text for _who, text in mails())
    browser.get("/organisation/approval")
    assert "Wie verzekert de vrijwilligers?" in browser.text
    browser.send("/organisation/approval", words="De gratis collectieve verzekering.")
    desk.get(page)
    assert "De gratis collectieve verzekering." in desk.text
    desk.send(page, do="approve")
    work()
    assert any("Welcome" in text for who, text in mails() if who == EMAIL)
    with core.units.read() as uow:
        assert organisations.may_publish(uow.session.get_one(Organisation, made.id))
    browser.get(link, status=410)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": " "}, "Write the name of your organisation."),
        ({"legal_form": "king"}, "Choose what your organisation is."),
        ({"enterprise_number": "0403.019.262"}, "This number is not right."),
        ({"activity": "x" * 301}, "This is too long."),
        ({"postal_code": "12"}, "A postal code has four figures"),
        ({"postal_code": "", "municipality": "atlantis"}, "Choose a municipality from the list."),
        ({"email": "jo"}, "This is not an e-mail address yet."),
        ({"person": "<script>"}, "Write only your first name"),
        ({"sectors": ["sec.nonsense"]}, "sec.nonsense"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    browser: Browser, core: Core, changed: dict[str, Any], said: str
) -> None:
    browser.send("/organisation/join", status=422, **_filled(**changed))
    assert said in browser.text
    assert "<script>" not in browser.page
    assert "Kettingstraat 4" in browser.page
    assert _count(core, JoinRequest) == 0


@pytest.mark.parametrize("name", ["Buurtkeuken Pollepel", "buurtkeuken  POLLEPEL", "Buurtkeuken Pollepil"])
def test_an_organisation_like_it_is_offered_without_its_people(
    browser: Browser, core: Core, hire: Hire, work: Work, mails: Mails, name: str
) -> None:
    owner = hire(Role.OWNER)
    browser.send("/organisation/join", **_filled(name=name))
    assert POLLEPEL in browser.text
    assert "Noor" not in browser.page
    assert owner.email not in browser.page
    with core.units.read() as uow:
        theirs = organisation_named(uow, POLLEPEL).id
    browser.post("/organisation/join", **_filled(name=name, choice=str(theirs)))
    work()
    browser.send(_link(mails, core, "/organisation/join/"))
    assert "We asked the team" in browser.text
    assert _count(core, Account) == 1
    work()
    assert any(who == owner.email and "/organisation/team" in text for who, text in mails())
    owner.browser.get("/organisation/team")
    assert EMAIL in owner.browser.text
    with core.units.read() as uow:
        asked = uow.session.scalars(select(TeamInvitation.id)).one()
    owner.browser.post(f"/organisation/team/invitations/{asked}", do="let_in", role="viewer")
    work()
    browser.send(_link(mails, core, "/team/"), name="Jo", password=PASSWORD)
    browser.get("/organisation/team")
    assert POLLEPEL in browser.text
    assert "Invite a colleague" not in browser.text


def test_the_desk_lets_somebody_into_a_team_without_an_owner(
    browser: Browser, core: Core, hire: Hire, work: Work, mails: Mails
) -> None:
    hire(Role.VIEWER)
    browser.send("/organisation/join", **_filled(name=POLLEPEL))
    assert " checked" not in browser.page.partition("<fieldset")[2].partition("</fieldset>")[0]
    with core.units.read() as uow:
        theirs = organisation_named(uow, POLLEPEL).id
    browser.post("/organisation/join", **_filled(name=POLLEPEL, choice=str(theirs)))
    work()
    browser.send(_link(mails, core, "/organisation/join/"))
    with core.units.read() as uow:
        asked = uow.session.scalars(select(TeamInvitation.id)).one()
    desk = hire(Role.DESK_WORKER).browser
    desk.get("/desk/organisations")
    assert EMAIL in desk.text
    desk.post(f"/desk/organisations/asking/{asked}", do="let_in")
    work()
    browser.get(_link(mails, core, "/team/"))
    desk.send(f"/desk/organisations/asking/{asked}", at="/desk/organisations", status=404, do="let_in")


def test_the_desk_says_no_to_who_asks_into_a_referrer(core: Core, hire: Hire) -> None:
    hire(Role.VIEWER)
    with core.units.write() as uow:
        theirs = organisation_named(uow, POLLEPEL).id
        teams.ask_in(uow, theirs, person="Jo", email=EMAIL, language="nl", side=REFERRING)
        asked = uow.session.scalars(select(TeamInvitation.id)).one()
    desk = hire(Role.DESK_WORKER).browser
    desk.send(f"/desk/organisations/asking/{asked}", at="/desk/organisations", do="no")
    with core.units.read() as uow:
        assert uow.session.get_one(TeamInvitation, asked).state == InvitationState.ENDED


@pytest.mark.parametrize("page", ["about", "team", "token"])
def test_a_form_of_another_team_changes_nothing(hire: Hire, page: str) -> None:
    browser = hire(Role.OWNER).browser
    browser.get(f"/organisation/{page}")
    assert 'name="team"' in browser.page
    browser.send(f"/organisation/{page}", status=409, team=uuid4().hex)


def test_the_same_number_is_never_a_second_organisation(browser: Browser, core: Core) -> None:
    with core.units.write() as uow:
        organisation_named(uow, POLLEPEL).enterprise_number = "0403019261"
    browser.send("/organisation/join", **_filled())
    assert "None of these" not in browser.text
    browser.post("/organisation/join", status=422, **_filled(choice="new"))
    assert _count(core, JoinRequest) == 0


def test_an_address_with_an_account_is_answered_alike(
    browser: Browser, core: Core, hire: Hire, work: Work, mails: Mails
) -> None:
    known = hire(Role.EDITOR)
    browser.send("/organisation/join", **_filled(email=known.email))
    with_account = browser.text
    browser.send("/organisation/join", **_filled(name="Iets heel anders", enterprise_number="", email=EMAIL))
    assert browser.text == with_account
    work()
    link = _link(mails, core, "/organisation/join/", known.email)
    browser.send(link, status=422, password="not their password at all")
    assert _organisation(core) is None
    browser.send(link, password=PASSWORD)
    assert _count(core, Account) == 1


def test_refused_with_a_reason_that_can_be_answered(core: Core, hire: Hire, work: Work, mails: Mails) -> None:
    owner, desk = hire(Role.OWNER), hire(Role.DESK_WORKER).browser
    with core.units.write() as uow:
        organisation = organisation_named(uow, POLLEPEL)
        organisation.approval = Approval.NEW
        page = f"/desk/organisations/{organisation.id}"
    desk.send(page, status=422, do="refuse", words="")
    desk.send(page, do="refuse", words="Dit is betaald werk.")
    work()
    assert any(who == owner.email and "/organisation/approval" in text for who, text in mails())
    owner.browser.send("/organisation/approval", words="Nee, niemand wordt betaald.")
    desk.get("/desk/organisations")
    assert "To look at again" in desk.text


def test_a_change_that_matters_is_looked_at_again(core: Core, hire: Hire) -> None:
    browser = hire(Role.OWNER).browser
    about: dict[str, Any] = {"name": POLLEPEL, "legal_form": "de_facto", "activity": "Samen koken."}
    browser.send("/organisation/about", **about)
    assert "We look at it again" in browser.text
    with core.units.write() as uow:
        organisation_named(uow, POLLEPEL).approval = Approval.APPROVED
    browser.send("/organisation/about", **about, insurance="Vrijwilligersverzekering.", phone="0470 12 34 56")
    assert "We look at it again" not in browser.text
    assert "Vrijwilligersverzekering." in browser.page
    made = _organisation(core, POLLEPEL)
    assert made is not None
    assert made.approval == Approval.APPROVED


def test_only_an_owner_changes_the_team(hire: Hire) -> None:
    hire(Role.OWNER)
    for role in (Role.EDITOR, Role.VIEWER):
        browser = hire(role).browser
        browser.get("/organisation/team")
        browser.post(
            "/organisation/team", status=403, person="Ali", email="ali@voorbeeld.example", role="owner"
        )
    viewer = hire(Role.VIEWER).browser
    viewer.get("/organisation/about")
    viewer.post("/organisation/about", status=403, name="Anders")
    viewer.get("/organisation/about")
    viewer.post("/organisation/venues/new", status=403, municipality="elsene")


def test_who_leaves_sees_nothing_from_that_moment(hire: Hire, core: Core) -> None:
    hire(Role.OWNER)
    leaver = hire(Role.EDITOR).browser
    leaver.send("/organisation/team/leave", at="/organisation/team")
    leaver.get("/organisation", status=403)
    last = hire(Role.OWNER, at="Alleen").browser
    last.get("/organisation/team")
    last.post("/organisation/team/leave", status=422)
    assert "A team needs an owner." in last.text


def test_places_come_and_go_and_are_ours_alone(hire: Hire, core: Core) -> None:
    browser, stranger = hire(Role.OWNER).browser, hire(Role.OWNER, at="Elders").browser
    browser.send("/organisation/venues/new", street="Plein 1", postal_code="1050", getting_there="Tram 81")
    assert "Plein 1" in browser.text
    (path,) = re.findall(r"/organisation/venues/[0-9a-f-]{36}", browser.page)
    stranger.get(path, status=404)
    stranger.get("/organisation/venues")
    stranger.post(path, status=404, do="remove")
    browser.send(path, street="Plein 2", postal_code="1050", municipality="anderlecht", status=422)
    browser.send(path, street="Plein 2", postal_code="1050")
    assert "Plein 2" in browser.text
    browser.send(path, do="remove")
    assert "Plein 2" not in browser.text
