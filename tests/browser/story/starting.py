"""They are welcome, meet, start, and are asked how it goes."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.story.walk import (
    AFTERWARDS,
    DOOR,
    FOUR_WEEKS_LATER,
    NAME,
    NUMBER_AS_KEPT,
    PRAYER,
    TEAM,
    THE_DAY_BEFORE,
    WORDS,
    Walk,
    log_in,
    path_of,
    reads,
)
from tests.servers.scanned_mailbox import links_in
from volunteer.domain.access import FEATURES


def the_team_is_told_and_says_yes_with_a_day(walk: Walk) -> None:
    """The team is told and says yes with a day."""
    mail = walk.house.mailbox.letter(TEAM, "Iemand wil graag kennismaken met jullie")
    assert f"{NAME} wil graag helpen met “Helpen in de keuken”" in mail.text
    page, walk.introduction = walk.team, path_of(mail.link("/organisation/introductions/"))
    page.goto(walk.introduction)
    log_in(page, TEAM)
    reads(page, NAME, WORDS, "Je antwoord gaat via ons")
    for secret in (DOOR, PRAYER):
        expect(page.locator("main")).not_to_contain_text(FEATURES[secret].label("nl"))
    page.fill("#reply", "Vraag naar Jo aan de zijdeur.")
    page.fill("#agreed_day", "2026-10-13")
    page.fill("#agreed_hour", "10:00")
    page.locator("[name=answer][value=yes]").first.click()
    reads(page, "Jullie zeiden ja", "dinsdag 13 oktober, 10:00")


def she_is_told_the_day(walk: Walk) -> None:
    """She is told the day."""
    (link,) = links_in(walk.house.text_message(NUMBER_AS_KEPT, "Goed nieuws over je kennismaking"))
    walk.phone.goto(link)
    walk.phone.wait_for_url("**/me")
    expect(walk.phone.locator(".introduction .pill")).to_have_text("Ze zeggen ja")
    reads(
        walk.phone,
        "Een organisatie zegt ja.",
        "Vraag naar Jo aan de zijdeur.",
        "Jullie spreken af op dinsdag 13 oktober, 10:00.",
    )


def both_are_reminded_the_day_before(walk: Walk) -> None:
    """Both are reminded the day before."""
    walk.house.until(THE_DAY_BEFORE)
    assert "10:00" in walk.house.text_message(NUMBER_AS_KEPT, "Je hebt morgen een afspraak")
    mail = walk.house.mailbox.letter(TEAM, "Morgen komt iemand kennismaken")
    assert f"Morgen, dinsdag 13 oktober, 10:00: {NAME} komt" in mail.text
    (calendar,) = mail.files.values()
    assert "DTSTART:20261013T080000Z" in calendar
    assert "STATUS:CONFIRMED" in calendar


def they_meet_and_she_starts(walk: Walk) -> None:
    """They meet and she starts."""
    walk.house.until(AFTERWARDS)
    page = walk.team
    page.goto(walk.introduction)
    log_in(page, TEAM)
    for step, said in (("meet", "Jullie ontmoetten elkaar"), ("start", "Begonnen")):
        page.locator(f"[name=step][value={step}]").click()
        reads(page, "Het is genoteerd", said)
    (link,) = links_in(walk.house.text_message(NUMBER_AS_KEPT, "Je hebt morgen een afspraak"))
    walk.phone.goto(link)
    walk.phone.wait_for_url("**/me")
    expect(walk.phone.locator(".introduction .pill")).to_have_text("Je bent begonnen")
    reads(walk.phone, "Je doet vrijwilligerswerk bij Fietsatelier De Trapper.")


def both_are_asked_four_weeks_later(walk: Walk) -> None:
    """Both are asked four weeks later."""
    walk.house.until(FOUR_WEEKS_LATER)
    assert links_in(walk.house.text_message(NUMBER_AS_KEPT, "Hoe gaat het?"))
    assert f"{NAME} begon bij jullie" in walk.house.mailbox.letter(TEAM, "Hoe gaat het?").text


def both_answer_by_link(walk: Walk) -> None:
    """Both answer by link."""
    (link,) = links_in(walk.house.text_message(NUMBER_AS_KEPT, "Hoe gaat het?"))
    person, member = walk.house.somebody(), walk.house.somebody()
    person.goto(link)
    reads(person, "Je doet vrijwilligerswerk bij Fietsatelier De Trapper", "Ik leer mensen kennen")
    person.locator("[name=outcome][value=social_contacts]").check(force=True)
    member.goto(walk.house.mailbox.letter(TEAM, "Hoe gaat het?").link("/how/"))
    reads(member, f"{NAME} begon bij jullie")
    for page in (person, member):
        page.locator("[name=going][value=well]").click()
        reads(page, "Dank je", "Dat horen we graag.")
        page.reload()
        expect(page.locator("[name=going]")).to_have_count(0)
