"""A person's suggestions one by one: saying no and why, others, the short list, and when nothing fits."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories.city_map import load_districts
from tests.functional.browsing import Browser
from tests.functional.signing_up import answers, sign_up
from volunteer.bootstrap import Core
from volunteer.domain.access import Answer
from volunteer.domain.commitment import Commitment
from volunteer.domain.opportunities import Place
from volunteer.domain.signals import SignalCause
from volunteer.models import Opportunity, Question, Signal
from volunteer.queries.signals import open_signals
from volunteer.services import questions, signals

PostRole = Callable[..., UUID]
Work = Callable[[], None]
YES = {"ph.step_free_entrance": Answer.YES, "ic.plain_language": Answer.YES}


@pytest.fixture
def seen(browser: Browser, post_role: PostRole, work: Work) -> Browser:
    """Somebody from Anderlecht who looks at one role, in Elsene."""
    post_role(
        access=YES,
        tasks=frozenset({"t.cook", "t.serve"}),
        commitment=Commitment.MONTHS,
        place=Place(street="Plein 1", postal_code="1050", municipality="elsene"),
        getting_there="Tram 81, halte Flagey. Bel aan de groene deur.",
    )
    sign_up(browser)
    work()
    browser.get("/me/suggestions")
    return browser


def path(browser: Browser, ending: str) -> str:
    """The first way to one of the pages of a suggestion."""
    return str(re.findall(rf'(?:href|action)="(/me/suggestions/[^"]*{ending})"', browser.page)[0])


def test_a_card_leads_to_its_own_page(seen: Browser) -> None:
    seen.get(re.findall(r'href="(/me/suggestions/[0-9a-f-]{36})"', seen.page)[0])
    assert "Koken met de ploeg" in seen.text
    assert "Elke dinsdag koken we samen soep voor de buurt." in seen.text
    assert "Tram 81, halte Flagey. Bel aan de groene deur." in seen.text
    assert '<span lang="nl" dir="auto">Tram 81' in seen.page
    assert "Plein 1, 1050" in seen.text
    assert "You meet Fatima" in seen.text
    assert "Your municipality: Anderlecht" in seen.text
    assert re.search(r"about \d+ km from the middle of Anderlecht", seen.text)
    assert 'aria-label="Map of the city. The place is in Ixelles."' in seen.page
    assert seen.page.count("<rect") == 19, "without districts: a tile for each municipality"
    assert "style=" not in seen.page


def test_a_card_and_its_page_lead_to_saying_that_the_role_is_not_right(seen: Browser, core: Core) -> None:
    with core.units.read() as uow:
        role = uow.session.scalars(select(Opportunity)).one().id
    told = f'class="suggestion-wrong small" href="/not-right?role={role}"'
    assert told in seen.page
    seen.get(re.findall(r'href="(/me/suggestions/[0-9a-f-]{36})"', seen.page)[0])
    assert told in seen.page


def test_what_is_done_at_home_has_no_way_to_it(seen: Browser, core: Core) -> None:
    with core.units.write() as uow:
        uow.session.scalars(select(Opportunity)).one().is_remote = True
    seen.get("/me/suggestions")
    assert "At home" in seen.text
    assert "Tram 81" not in seen.page


def test_with_districts_the_map_has_their_outlines(
    core: Core, browser: Browser, post_role: PostRole, work: Work
) -> None:
    load_districts(core)
    post_role(access=YES, place=Place(municipality="elsene"))
    sign_up(browser)
    work()
    browser.get("/me/suggestions")
    browser.get(re.findall(r'href="(/me/suggestions/[0-9a-f-]{36})"', browser.page)[0])
    assert browser.page.count('class="map-part') == 2, "where it is, and where they live"
    assert "map-there" in browser.page
    assert "<rect" not in browser.page
    assert "map-mark-home" in browser.page
    assert "map-mark-pin" not in browser.page, "of the venue only its municipality is known"


def test_what_became_of_the_question_stands_there(
    core: Core, browser: Browser, post_role: PostRole, work: Work
) -> None:
    post_role(access={"ic.plain_language": Answer.YES})
    sign_up(browser)
    work()
    browser.get("/me/suggestions")
    one = re.findall(r'href="(/me/suggestions/[0-9a-f-]{36})"', browser.page)[0]
    browser.get(one)
    assert "We ask this when you want to meet them." in browser.text
    browser.send(one + "/meet")
    work()
    browser.get(one)
    assert "There is no answer yet." in browser.text
    assert "You said that you want to meet them." in browser.text
    with core.units.write() as uow:
        question = uow.session.scalars(select(Question)).one()
        questions.answer(uow, question.id, said=Answer.ARRANGEABLE, account_id=uuid4())
    browser.get(one)
    assert "They arrange this with you." in browser.text


def test_the_page_of_a_task_that_is_over_says_so(core: Core, seen: Browser) -> None:
    one = re.findall(r'href="(/me/suggestions/[0-9a-f-]{36})"', seen.page)[0]
    with core.units.write() as uow:
        uow.session.scalars(select(Opportunity)).one().state = "closed"
    seen.get(one, status=404)
    assert "This task is over." in seen.text


def test_somebody_else_sees_none_of_it(app: Flask, seen: Browser, work: Work) -> None:
    one = re.findall(r'href="(/me/suggestions/[0-9a-f-]{36})"', seen.page)[0]
    made = path(seen, "/others").removesuffix("/others")
    other = Browser(app, language="en")
    sign_up(other, answers(contact={"channel": "desk"}))
    work()
    other.get("/me/suggestions")
    for page in (one, one + "/refuse", one + "/refused", made):
        other.get(page, status=404)
    other.get("/me/suggestions")
    for form in (one + "/save", one + "/take-out", one + "/undo", one + "/closer", made + "/others"):
        other.post(form, status=404)
        other.get("/me/suggestions")


def test_a_reason_says_what_it_changes_and_can_be_taken_back(seen: Browser, work: Work) -> None:
    refuse = path(seen, "/refuse")
    seen.get(refuse)
    assert "Not this kind of work: cooking" in seen.text
    assert "Other work comes first from now on." in seen.text
    seen.post(refuse, reason="task:t.cook")
    assert "Other work comes first. This comes last: cooking." in seen.text
    seen.get("/me/suggestions")
    assert "Koken met de ploeg" not in seen.text
    seen.get("/me/suggestions/refused")
    assert "This comes last: cooking." in seen.text
    seen.post(path(seen, "/undo"))
    assert "It may come back" in seen.text
    assert "Koken met de ploeg" in seen.text
    assert "/me/suggestions/refused" not in seen.page


def test_too_far_offers_to_look_closer_by_and_looks_at_once(seen: Browser, work: Work) -> None:
    seen.send(path(seen, "/refuse"), reason="too_far")
    assert "Shall we look closer by?" in seen.text
    assert "at most 30 min" in seen.text
    after = seen.page
    seen.post(path(seen, "/closer"))
    assert "We look for others. One moment." in seen.text
    work()
    seen.get("/me/suggestions")
    assert "Nothing that fits yet." in seen.text
    seen.page = after
    seen.post(path(seen, "/closer"))
    assert "We look for a way of at most 30 min." in seen.text, "pressed again, it says how it is"


def test_not_at_these_hours_offers_to_change_them(seen: Browser) -> None:
    seen.send(path(seen, "/refuse"), reason="hours")
    assert "When do you have time?" in seen.text


@pytest.mark.parametrize("reason", ["", "unsaid"])
def test_nobody_has_to_say_why(seen: Browser, reason: str) -> None:
    seen.send(path(seen, "/refuse"), reason=reason)
    assert "Only this task goes." in seen.text


@pytest.mark.parametrize("reason", ["task:t.sew", "task", "needs", "x" * 3000, "too_far:t.cook"])
def test_a_reason_that_is_none_is_asked_again(seen: Browser, reason: str) -> None:
    refuse = path(seen, "/refuse")
    seen.send(refuse, reason=reason, status=422)
    assert "Error:" in seen.page
    seen.get("/me/suggestions")
    assert "Koken met de ploeg" in seen.text


def test_the_short_list_stays_when_the_list_is_a_new_one(seen: Browser, core: Core, work: Work) -> None:
    seen.post(path(seen, "/save"))
    assert "Your short list" in seen.text
    assert path(seen, "/take-out")
    seen.post("/me/suggestions/again")
    work()
    seen.get("/me/suggestions")
    assert "Your short list" in seen.text
    with core.units.write() as uow:
        uow.session.scalars(select(Opportunity)).one().state = "closed"
    seen.get("/me/suggestions")
    assert "This task is over." in seen.text
    seen.post(path(seen, "/take-out"))
    assert "Your short list" not in seen.text


def test_others_come_and_the_first_ones_stay(browser: Browser, post_role: PostRole, work: Work) -> None:
    for number in range(10):
        post_role(f"Koken {number}", organisation=f"Keuken {number}", access=YES)
    sign_up(browser)
    work()
    browser.get("/me/suggestions")
    first = set(re.findall(r"Koken \d", browser.text))
    assert len(first) == 8
    browser.post(path(browser, "/others"))
    assert "We look for others. One moment." in browser.text
    browser.get("/me/suggestions/list")
    assert "suggestion-poll" in browser.page, "the page goes on asking"
    work()
    browser.get("/me/suggestions")
    second = set(re.findall(r"Koken \d", browser.text))
    assert (len(second), first & second) == (2, set())
    assert "Here are 2 others." in browser.text
    others = path(browser, "/others")
    browser.get(re.findall(r'href="(/me/suggestions/lists/[^"]+)"', browser.page)[0])
    assert set(re.findall(r"Koken \d", browser.text)) == first
    assert "To the ones after" in browser.text
    browser.get("/me/suggestions")
    browser.post(others)
    work()
    browser.get("/me/suggestions")
    assert "You have seen everything that fits now." in browser.text
    assert "Back to the ones before" in browser.text
    assert "Show others" not in browser.text


def test_nothing_fits_tells_the_desk_and_shows_others_to_turn_to(seen: Browser, core: Core) -> None:
    seen.send("/me/nothing-fits", cause="language", words="Ik spreek nog geen Nederlands")
    assert "Thank you." in seen.text
    names = re.findall(r'<h2 class="heading-small">([^<]+)</h2>', seen.page)
    assert names[0] == "House of Language", "who helps with this cause stands first"
    assert "This is an example. It does not exist." in seen.text
    with core.units.write() as uow:
        (signal,) = open_signals(uow.session)
        assert signals.read(uow, signal, reader="test").cause is SignalCause.LANGUAGE


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"cause": "weather"},
        {"cause": "other", "words": "mijn nummer is 85.07.30-033.28"},
        {"cause": "other", "words": "é" * 301},
        {"cause": "x" * 5000},
    ],
)
def test_what_cannot_be_kept_is_asked_again_and_the_rest_stays(
    seen: Browser, core: Core, given: dict[str, str]
) -> None:
    seen.send("/me/nothing-fits", status=422, **given)
    assert "Error:" in seen.page
    if given.get("cause") == "other":
        assert re.search(r'value="other" checked', seen.page)
    with core.units.read() as uow:
        assert uow.session.scalars(select(Signal)).all() == []


def test_emoji_and_right_to_left_words_are_kept(seen: Browser, core: Core) -> None:
    seen.send("/me/nothing-fits", cause="other", words="لا شيء 🙂 <b>x</b>")
    with core.units.write() as uow:
        (signal,) = open_signals(uow.session)
        assert signals.read(uow, signal, reader="test").words == "لا شيء 🙂 <b>x</b>"
