"""An organisation joins, is approved, posts a role, and says what is possible with it; three answers wait."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.story.walk import DESK, LEFT_OPEN, TEAM, Walk, log_in, reads
from tests.browser.whole_house import PASSWORD


def an_organisation_writes_itself_in(walk: Walk) -> None:
    """An organisation writes itself in."""
    page = walk.team
    page.goto("/organisation/join")
    page.fill("#name", "Fietsatelier De Trapper")
    page.locator("[name=legal_form][value=legal_person]").check()
    page.fill("#activity", "We maken fietsen weer rijklaar, en eten samen.")
    page.locator("[name=sectors]").first.check(force=True)
    page.fill("#street", "Kettingstraat 4")
    page.fill("#postal_code", "1070")
    page.fill("#person", "Jo")
    page.fill("#email", TEAM)
    page.locator("main form").get_by_role("button", name="Schrijf ons in").click()
    reads(page, "Kijk in je mail")


def it_confirms_its_address_by_the_link_in_the_mail(walk: Walk) -> None:
    """It confirms its address by the link in the mail."""
    mail = walk.house.mailbox.letter(TEAM, "Nog één stap om mee te doen")
    walk.team.goto(mail.link("/organisation/join/"))
    walk.team.fill("#password", PASSWORD)
    walk.team.get_by_role("button", name="Ja, dit is mijn adres").click()
    walk.team.wait_for_url("**/organisation")
    reads(walk.team, "Fietsatelier De Trapper")


def the_desk_says_yes(walk: Walk) -> None:
    """The desk says yes."""
    walk.desk.goto("/login")
    log_in(walk.desk, DESK)
    walk.desk.goto("/desk/organisations")
    walk.desk.get_by_role("link", name="Fietsatelier De Trapper").click()
    reads(walk.desk, "Nieuw, wacht op ons", "We maken fietsen weer rijklaar")
    walk.desk.locator("[name=do][value=approve]").click()
    reads(walk.desk, "Goedgekeurd")
    assert "het is in orde. Welkom!" in walk.house.mailbox.letter(TEAM, "Welkom: jullie kunnen starten").text


def the_team_posts_a_role(walk: Walk) -> None:
    """The team posts a role."""
    page = walk.team
    page.goto("/organisation/roles/new?template=kitchen")
    page.locator("#week_day_0").select_option("tue")
    page.fill("#week_from_0", "10:00")
    page.fill("#week_to_0", "13:00")
    page.fill("#contact_name", "Jo")
    page.locator("[name=then][value=publish]").click()
    page.wait_for_url(re.compile(r"/organisation/roles/[0-9a-f-]{36}$"))
    reads(page, "Helpen in de keuken", "Je vacature staat open")


def it_fills_the_access_check_but_for_three_answers(walk: Walk) -> None:
    """It fills the access check but for three answers."""
    page = walk.team
    page.goto("/organisation/access")
    for group in ("physical", "information", "service"):
        expect(page.locator(f"main form input[name=group][value={group}]").first).to_be_attached()
        for more in page.locator("main form > details.more > summary").all():
            more.click()
        for field in page.locator("main form .pick-row input[value=yes]").all():
            if (field.get_attribute("name") or "").removeprefix("answer_") not in LEFT_OPEN:
                field.check(force=True)
        page.locator("[name=do][value=next]").click()
        reads(page, "antwoorden bewaard")
    reads(page, "35 van 38 beantwoord")
