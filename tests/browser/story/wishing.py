"""Somebody wants to meet them, and what nobody knew is asked and answered."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.story.walk import (
    DOOR,
    LEFT_OPEN,
    NAME,
    NOTE,
    NUMBER,
    NUMBER_AS_KEPT,
    PRAYER,
    QUESTIONS,
    TEAM,
    WORDS,
    Walk,
    reads,
)
from tests.browser.walking import FILL, answer, press_next
from tests.servers.scanned_mailbox import Letter, links_in
from volunteer.domain.access import FEATURES


def somebody_signs_up_who_needs_that_door(walk: Walk) -> None:
    """Somebody signs up who needs that door."""
    page = walk.tablet
    page.goto("/signup")
    given = {**FILL, "name": _name, "contact": _number, "consent": _agree, "needs/service": _prayer}
    for slug, fill in given.items():
        page.wait_for_url(f"**/signup/{slug}")
        answer(page, slug, fill)
    page.wait_for_url("**/signup/check")
    press_next(page)
    page.wait_for_url("**/me/suggestions")
    expect(page.locator("article.suggestion")).to_have_count(1)
    reads(page, "Helpen in de keuken", "Hier vragen we eerst iets", "Ingang zonder trap")


def _name(page: Page) -> None:
    page.fill("#first_name", NAME)


def _number(page: Page) -> None:
    page.locator("#channel-sms, [name=channel][value=sms]").first.check()
    page.fill("#contact_sms", NUMBER)


def _agree(page: Page) -> None:
    for each in ("account", "match", "follow_up"):
        page.locator(f"#consent_{each}").check()


def _prayer(page: Page) -> None:
    page.locator("main details.more > summary").first.click()
    page.locator(f'[name="need_{PRAYER}"][value=nice]').check(force=True)


def she_opens_the_link_of_her_text_message_and_wants_to_meet_them(walk: Walk) -> None:
    """She opens the link of her text message and wants to meet them."""
    page = walk.phone
    (link,) = links_in(walk.house.text_message(NUMBER_AS_KEPT, "Jouw suggesties"))
    page.goto(link)
    page.wait_for_url("**/me")
    page.goto("/me/suggestions")
    page.locator("article.suggestion form[action*='/meet'] button").first.click()
    page.wait_for_url(re.compile(r"/meet\??$"))
    page.fill("#message", WORDS)
    press_next(page)
    page.wait_for_url("**/me")
    expect(page.locator(".introduction .pill")).to_have_text("We vragen het eerst aan hen")


def the_desk_keeps_a_note(walk: Walk) -> None:
    """The desk keeps a note."""
    page = walk.desk
    page.goto("/desk/people")
    page.locator("input[name=q]").first.fill(NAME)
    page.keyboard.press("Enter")
    page.locator(".found-people").get_by_role("link", name=NAME).click()
    work = page.locator("#work")
    work.locator("details.more > summary").first.click()
    work.locator("#note").fill(NOTE)
    work.locator("form:has(#note) button").click()
    expect(work.locator(".notes").first).to_contain_text(NOTE)


def the_question_goes_out_the_next_morning(walk: Walk) -> None:
    """The question goes out the next morning."""
    walk.house.until(QUESTIONS)
    mail = question_mail(walk)
    assert all(FEATURES[code].label("nl") in mail.text for code in LEFT_OPEN), (
        "mixed, so that none points at her"
    )
    assert NAME not in mail.whole
    assert _introductions_told(walk) == 0, "the team hears of nobody before it answered"


def question_mail(walk: Walk) -> Letter:
    """What the team was asked."""
    return walk.house.mailbox.letter(TEAM, "Een paar korte vragen voor jullie team")


def _introductions_told(walk: Walk) -> int:
    return sum("/organisation/introductions/" in each.text for each in walk.house.mailbox.letters)


def the_question_is_answered_from_the_mail_and_only_once(walk: Walk) -> None:
    """The question is answered from the mail and only once."""
    label = re.escape(FEATURES[DOOR].label("nl"))
    found = re.search(rf"^{label} .*?(http\S+)$", question_mail(walk).text, re.MULTILINE)
    assert found
    first, second = walk.house.somebody(), walk.house.somebody()
    for page in (first, second):
        page.goto(found[1])
        reads(page, "Ingang zonder trap", "Je hoeft niet in te loggen")
    first.fill("#note", "Bel aan de zijdeur.")
    first.locator("[name=said][value=yes]").click()
    reads(first, "Bedankt", "Beantwoord", "Ja. Jo, dinsdag 6 oktober")
    second.locator("[name=said][value=no]").click()
    reads(second, "Beantwoord", "Ja. Jo, dinsdag 6 oktober")
    expect(second.locator("[name=said]")).to_have_count(0)


def she_who_waits_is_told_that_it_is_possible(walk: Walk) -> None:
    """She who waits is told that it is possible."""
    (link,) = links_in(walk.house.text_message(NUMBER_AS_KEPT, "Nieuws over je kennismaking"))
    page = walk.house.somebody()
    page.goto(link)
    page.wait_for_url("**/me")
    expect(page.locator(".introduction .pill")).to_have_text("Gevraagd")
    reads(page, "We vertelden hun over jou", "We wachten op een antwoord")
    walk.phone = page
