"""A referrer joins, agrees on data, and has a team apart from that of an organisation."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories.referrers import make_referrer
from tests.functional.browsing import Browser
from tests.functional.staff.conftest import PASSWORD, POLLEPEL, Hire, Hired, Meet, organisation_named
from volunteer.bootstrap import Core
from volunteer.domain import referrers as domain
from volunteer.domain.accounts import Role
from volunteer.domain.organisations import Approval
from volunteer.domain.referrers import AGREEMENTS, may_enrol
from volunteer.models import JoinRequest, Membership, Organisation, ReferrerAgreement, TeamInvitation
from volunteer.services import referrers

Mails = Callable[[], list[tuple[str, str]]]
Work = Callable[[], None]
EMAIL = "els@leerhuis.example"
BRUG = "Taalhuis De Brug"


def _filled(**changed: Any) -> dict[str, Any]:
    return {
        "joins_for": "brings",
        "publics": ["pub.language", "pub.newcomers"],
        "name": BRUG,
        "legal_form": "legal_person",
        "activity": "We leren Nederlands.",
        "postal_code": "1070",
        "person": "Els",
        "email": EMAIL,
        **changed,
    }


def _link(mails: Mails, core: Core, path: str, to: str = EMAIL) -> str:
    found: list[str] = [
        url for who, text in mails() if who == to for url in re.findall(r"https?://\S+", text)
    ]
    links: list[str] = [each.removeprefix(core.settings.public_url) for each in found]
    return [each for each in links if each.startswith(path)][-1]


def _may_enrol(core: Core, name: str = BRUG) -> bool:
    with core.units.read() as uow:
        return may_enrol(referrers.standing(uow, organisation_named(uow, name)))


def _refers(core: Core, name: str = BRUG, *, agreed: bool = True) -> UUID:
    """Make this organisation an approved referrer; with a yes of somebody to the agreement."""
    with core.units.write() as uow:
        organisation = organisation_named(uow, name)
        by = uow.session.scalars(select(Membership.account_id)).first()
        make_referrer(uow, organisation, accepted_by=by if agreed else None)
        return organisation.id


def test_from_the_door_to_the_agreement(
    app: Flask, core: Core, work: Work, mails: Mails, hire: Hire, browser: Browser
) -> None:
    browser.get("/organisation/join")
    assert "We bring people to volunteering" in browser.text
    browser.send("/organisation/join", **_filled())
    work()
    answer = browser.send(_link(mails, core, "/organisation/join/"), password=PASSWORD)
    assert answer.request.path == "/support"
    assert "The info desk looks at your organisation first." in browser.text
    with core.units.read() as uow:
        made = organisation_named(uow, BRUG)
        assert (made.approval, made.is_referrer, made.seeks_volunteers) == (Approval.NEW, True, False)
        assert made.publics == ["pub.language", "pub.newcomers"]
    browser.get("/organisation", status=403)

    desk = hire(Role.DESK_WORKER).browser
    page = f"/desk/organisations/{made.id}"
    desk.get(page)
    assert "People who learn the language" in desk.text
    assert "Nobody said yes to it yet." in desk.text
    desk.send(page, do="ask", words="Wie begeleidt de mensen?")
    work()
    assert any("/support/approval" in text for who, text in mails() if who == EMAIL)
    browser.get("/support/approval")
    assert "Wie begeleidt de mensen?" in browser.text
    browser.send("/support/approval", words="Onze drie leerkrachten.")
    desk.get(page)
    assert "Onze drie leerkrachten." in desk.text
    desk.send(page, do="approve")
    work()
    (welcome,) = [text for who, text in mails() if who == EMAIL and "agreement" in text]
    assert "/support" in welcome
    assert "roles" not in welcome

    assert not _may_enrol(core)
    browser.get("/support")
    assert "One thing is left" in browser.text
    browser.get("/support/agreement")
    assert AGREEMENTS[0].said_in("en")[0][1] in browser.text
    browser.send("/support/agreement", version=AGREEMENTS[0].version)
    assert _may_enrol(core)
    browser.get("/support")
    assert "One thing is left" not in browser.text
    desk.get(page)
    assert "Els said yes on" in desk.text
    paper = browser.client.get("/support/agreement/paper")
    assert paper.data.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"publics": []}, "Choose with whom you work."),
        ({"publics": ["pub.kings"]}, "Choose with whom you work."),
        ({"joins_for": "fun"}, "Choose what you come for."),
    ],
)
def test_a_referrer_says_with_whom_it_works(
    browser: Browser, core: Core, changed: dict[str, Any], said: str
) -> None:
    browser.send("/organisation/join", status=422, **_filled(**changed))
    assert said in browser.text
    with core.units.read() as uow:
        assert uow.session.scalar(select(JoinRequest.id)) is None
        assert uow.session.scalar(select(Organisation.id)) is None


def test_who_comes_for_both_has_two_teams(browser: Browser, core: Core, work: Work, mails: Mails) -> None:
    browser.send("/organisation/join", **_filled(joins_for="both"))
    work()
    answer = browser.send(_link(mails, core, "/organisation/join/"), password=PASSWORD)
    assert answer.request.path == "/organisation"
    browser.get("/support/team")
    assert "Els" in browser.text
    with core.units.read() as uow:
        held = set(uow.session.scalars(select(Membership.role)))
    assert held == {Role.OWNER, Role.REFERRER_OWNER}


def test_a_newer_agreement_is_asked_before_anything_new(
    core: Core, hire: Hire, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = hire(Role.REFERRER_OWNER, at=BRUG).browser
    _refers(core)
    assert _may_enrol(core)
    newer = replace(AGREEMENTS[0], version="2026-01-02.9", valid_from=date(2026, 1, 1))
    old = replace(AGREEMENTS[0], valid_from=date(2020, 1, 1))
    monkeypatch.setattr(domain, "AGREEMENTS", (newer, old))
    assert not _may_enrol(core)
    owner.get("/support/agreement")
    assert "This is a newer text" in owner.text
    owner.post("/support/agreement", status=422, version=old.version)
    assert "There is a newer agreement." in owner.text
    owner.post("/support/agreement", version=newer.version)
    owner.post("/support/agreement", version=newer.version)
    assert _may_enrol(core)
    with core.units.read() as uow:
        versions = sorted(uow.session.scalars(select(ReferrerAgreement.version)))
    assert versions == sorted([newer.version, old.version])


def test_a_support_worker_changes_nothing_of_the_team(core: Core, hire: Hire) -> None:
    worker = hire(Role.SUPPORT_WORKER, at=BRUG).browser
    _refers(core, agreed=False)
    for path, given in (
        ("/support/agreement", {"version": AGREEMENTS[0].version}),
        ("/support/about", {"publics": ["pub.young"]}),
        ("/support/team", {"person": "Bo", "email": "bo@brug.example", "role": "support_worker"}),
        ("/support/approval", {"words": "Hallo"}),
    ):
        worker.get(path)
        worker.post(path, status=403, **given)
    assert not _may_enrol(core)


def test_a_colleague_is_invited_and_the_last_owner_stays(
    app: Flask, core: Core, hire: Hire, work: Work, mails: Mails
) -> None:
    owner = hire(Role.REFERRER_OWNER, at=BRUG)
    _refers(core)
    owner.browser.post("/support/team", status=422, person="Bo", email=EMAIL, role="owner")
    owner.browser.send("/support/team", person="Bo", email=EMAIL, role="support_worker", language="en")
    work()
    newcomer = Browser(app, language="en")
    answer = newcomer.send(_link(mails, core, "/team/"), name="Bo", password=PASSWORD)
    assert answer.request.path == "/support"
    newcomer.get("/organisation", status=403)
    owner.browser.get("/support/team")
    assert "Bo" in owner.browser.text
    owner.browser.post("/support/team/leave", status=422)
    assert "A team needs an owner." in owner.browser.text
    newcomer.get("/support/team")
    newcomer.post("/support/team/leave")
    newcomer.get("/support", status=403)


def test_neither_side_sees_the_other(
    core: Core, hire: Hire, post_role: Callable[..., UUID], meet: Meet, two_sides: Hired
) -> None:
    """Of one and the same organisation, that offers roles and brings people."""
    post_role()
    introduction = meet(name="Amina")
    offering = hire(Role.OWNER, at=POLLEPEL)
    supporting = two_sides.browser
    supporting.get("/support")
    assert "Amina" not in supporting.page
    supporting.get(f"/organisation/introductions/{introduction}", status=403)
    supporting.get("/organisation/team", status=403)
    offering.browser.get("/support", status=403)
    offering.browser.send(
        "/organisation/team", person="Wim", email="wim@buurt.example", role="viewer", language="en"
    )
    with core.units.read() as uow:
        asked = uow.session.scalars(select(TeamInvitation.id)).one()
        ours = uow.session.scalars(
            select(Membership.id).where(Membership.account_id == offering.account_id)
        ).one()
    supporting.get("/support/team")
    assert "Wim" not in supporting.page
    supporting.post(f"/support/team/invitations/{asked}", status=422, do="take_back")
    supporting.post(f"/support/team/members/{ours}", status=422, do="take_out")
    offering.browser.get("/organisation/team")
    assert "Wim" in offering.browser.text


def test_an_organisation_asks_to_bring_people_too(hire: Hire, work: Work, mails: Mails, core: Core) -> None:
    owner, desk = hire(Role.OWNER, at=POLLEPEL), hire(Role.DESK_WORKER).browser
    owner.browser.get("/organisation/about")
    assert "/organisation/also-brings" in owner.browser.page
    owner.browser.send("/organisation/also-brings", status=422)
    assert "Choose with whom you work." in owner.browser.text
    owner.browser.send("/organisation/also-brings", publics=["pub.language"])
    owner.browser.get("/organisation/also-brings")
    assert "The info desk looks at it." in owner.browser.text
    with core.units.read() as uow:
        asked = organisation_named(uow, POLLEPEL)
        assert (asked.approval, asked.is_referrer) == (Approval.APPROVED, False), "what it does goes on"
    desk.get("/desk")
    assert "1 waits for a yes." in desk.text
    desk.get("/desk/organisations")
    assert "Would like to bring people too" in desk.text
    page = f"/desk/organisations/{asked.id}"
    desk.get(page)
    assert "People who learn the language" in desk.text
    desk.post(f"{page}/other-side", status=422, do="refuse")
    desk.post(f"{page}/other-side", do="approve")
    work()
    assert [text for who, text in mails() if who == owner.email and "/support" in text]
    owner.browser.get("/support")
    assert "One thing is left" in owner.browser.text
    assert not _may_enrol(core, POLLEPEL)
    owner.browser.send("/support/agreement", version=AGREEMENTS[0].version)
    assert _may_enrol(core, POLLEPEL)
    owner.browser.get("/organisation/also-brings")
    assert "Your organisation does this already." in owner.browser.text


def test_a_referrer_asks_to_look_for_volunteers_and_hears_no(hire: Hire, core: Core) -> None:
    owner, desk = hire(Role.REFERRER_OWNER, at=BRUG).browser, hire(Role.DESK_WORKER).browser
    organisation = _refers(core)
    with core.units.write() as uow:
        uow.session.get_one(Organisation, organisation).seeks_volunteers = False
    owner.get("/support/about")
    assert "/support/also-offers" in owner.page
    owner.send("/support/also-offers")
    page = f"/desk/organisations/{organisation}"
    desk.get(page)
    desk.post(f"{page}/other-side", do="refuse", words="Eerst een gesprek.")
    desk.get(page)
    desk.post(f"{page}/other-side", status=404, do="approve")
    owner.get("/support/approval")
    assert "Eerst een gesprek." in owner.text
    owner.get("/organisation", status=403)
    assert _may_enrol(core), "what it does goes on"
    owner.send("/support/also-offers")
    desk.get(page)
    desk.post(f"{page}/other-side", do="approve")
    owner.get("/organisation")


def _asks_to_bring(hire: Hire, core: Core) -> tuple[Hired, Hired, str]:
    """Two owners, of whom the first asked; and the page of the desk."""
    asker, other = hire(Role.OWNER, at=POLLEPEL), hire(Role.OWNER, at=POLLEPEL)
    asker.browser.send("/organisation/also-brings", publics=["pub.language"])
    with core.units.read() as uow:
        return asker, other, f"/desk/organisations/{organisation_named(uow, POLLEPEL).id}"


def _membership_of(core: Core, account_id: UUID) -> Membership:
    with core.units.read() as uow:
        return uow.session.scalars(select(Membership).where(Membership.account_id == account_id)).one()


@pytest.mark.parametrize("pressed", [{"do": "take_out"}, {"role": Role.EDITOR}])
def test_who_leads_the_team_no_more_begins_no_other_one(
    hire: Hire, core: Core, pressed: dict[str, Any]
) -> None:
    asker, other, page = _asks_to_bring(hire, core)
    desk = hire(Role.DESK_WORKER).browser
    desk.get(page)
    assert "asked it, and leads the new team." in desk.text
    member = _membership_of(core, asker.account_id).id
    other.browser.send(f"/organisation/team/members/{member}", at="/organisation/team", **pressed)
    desk.post(f"{page}/other-side", status=404, do="approve")
    desk.get(page)
    assert "We take our question back." in desk.text


def test_a_request_of_somebody_who_left_otherwise_is_not_approved(hire: Hire, core: Core) -> None:
    asker, _other, page = _asks_to_bring(hire, core)
    desk = hire(Role.DESK_WORKER).browser
    with core.units.write() as uow:
        uow.session.delete(_membership_of(core, asker.account_id))
    desk.get(page)
    desk.post(f"{page}/other-side", status=422, do="approve")
    assert "does not lead the team any more" in desk.text
    with core.units.read() as uow:
        assert not organisation_named(uow, POLLEPEL).is_referrer
    desk.post(f"{page}/other-side", do="refuse", words="Een ander vraagt het opnieuw.")


def test_any_owner_takes_the_request_back(hire: Hire, core: Core) -> None:
    _asker, other, page = _asks_to_bring(hire, core)
    other.browser.send("/organisation/also-brings", do="take_back")
    other.browser.get("/organisation/also-brings")
    assert "The info desk looks at it." not in other.browser.text
    desk = hire(Role.DESK_WORKER).browser
    desk.get(page)
    desk.post(f"{page}/other-side", status=404, do="approve")


def test_after_a_no_the_page_leads_to_what_was_said(hire: Hire, core: Core) -> None:
    asker, _other, page = _asks_to_bring(hire, core)
    desk = hire(Role.DESK_WORKER).browser
    desk.get(page)
    desk.post(f"{page}/other-side", do="refuse", words="Eerst een gesprek.")
    asker.browser.get("/organisation/also-brings")
    assert "The info desk said no to this before." in asker.browser.text
    assert "/organisation/approval" in asker.browser.page


def test_an_organisation_without_the_yes_of_the_desk_asks_for_no_other_half(hire: Hire, core: Core) -> None:
    owner, desk = hire(Role.OWNER, at=POLLEPEL).browser, hire(Role.DESK_WORKER).browser
    owner.get("/organisation/also-brings")
    with core.units.write() as uow:
        organisation_named(uow, POLLEPEL).approval = Approval.TO_CHECK
    owner.send("/organisation/also-brings", at="/organisation/about", status=422, publics=["pub.language"])
    assert "Your organisation needs the yes of the info desk first." in owner.text
    desk.get("/desk/organisations")
    assert "Would like to bring people too" not in desk.text


def test_while_it_waits_itself_the_desk_still_decides_on_that_first(hire: Hire, core: Core) -> None:
    _asker, _other, page = _asks_to_bring(hire, core)
    desk = hire(Role.DESK_WORKER).browser
    with core.units.write() as uow:
        organisation_named(uow, POLLEPEL).approval = Approval.TO_CHECK
    desk.get(page)
    assert "What do you say?" in desk.text
    desk.post(f"{page}/other-side", status=422, do="approve")
    desk.post(page, do="approve")
    desk.get(page)
    desk.post(f"{page}/other-side", do="approve")


def test_only_an_owner_asks_for_the_other_half(hire: Hire, core: Core) -> None:
    editor = hire(Role.EDITOR, at=POLLEPEL).browser
    editor.get("/organisation/also-brings")
    assert "An owner of your team can ask for it." in editor.text
    editor.send("/organisation/also-brings", at="/organisation/about", status=403, publics=["pub.young"])


@pytest.fixture
def two_sides(core: Core, hire: Hire) -> Hired:
    """An owner of the support team of an organisation that offers roles, too."""
    hired = hire(Role.REFERRER_OWNER, at=POLLEPEL)
    _refers(core, POLLEPEL)
    return hired


def test_one_account_in_both_goes_from_one_to_the_other(core: Core, hire: Hire) -> None:
    somebody = hire(Role.OWNER, Role.SUPPORT_WORKER, at=POLLEPEL)
    browser = somebody.browser
    _refers(core, POLLEPEL)
    browser.get("/organisation")
    assert "/support" in browser.page
    browser.get("/support")
    assert re.search(r'href="/organisation"', browser.page)


def test_the_chosen_team_of_each_side_is_kept(core: Core, hire: Hire) -> None:
    hired = hire(Role.SUPPORT_WORKER, at=BRUG)
    with core.units.write() as uow:
        for role, name in ((Role.SUPPORT_WORKER, "Zebrapad"), (Role.OWNER, "Anker"), (Role.OWNER, "Zeil")):
            uow.session.flush()
            found = organisation_named(uow, name)
            uow.session.flush()
            uow.session.add(
                Membership(
                    account_id=hired.account_id, organisation_id=found.id, role=role, created_at=uow.now
                )
            )
    for name in (BRUG, "Zebrapad"):
        _refers(core, name, agreed=False)
    with core.units.read() as uow:
        zebra, sail = organisation_named(uow, "Zebrapad").id, organisation_named(uow, "Zeil").id
    browser = hired.browser
    browser.post("/support/choose", organisation=str(zebra))
    browser.post("/organisation/choose", organisation=str(sail))
    browser.get("/support/team")
    assert "Zebrapad" in browser.page
    browser.get("/organisation/team")
    assert "Zeil" in browser.page
    browser.post("/support/choose", status=403, organisation=str(sail))
