"""From an organisation that joins to "how does it go?", as everybody in it sees it, with everything running.

Web, worker and scheduler are processes on PostgreSQL and Valkey. Mail goes by SMTP to a server that opens
every link before anybody reads it, text messages to a gateway. Only the clock is turned.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.story import offering, starting, wishing
from tests.browser.story.walk import (
    DESK,
    DOOR,
    JOINING,
    NAME,
    NUMBER,
    NUMBER_AS_KEPT,
    PRAYER,
    TEAM,
    WORDS,
    Walk,
)
from tests.browser.whole_house import desk_worker, whole_house
from tests.patience import eventually
from tests.servers.scanned_mailbox import links_in
from volunteer.domain.access import FEATURES

pytestmark = pytest.mark.browser
BECOME_OLD = ("/organisation/join/", "/q/")
"""Links that are over once they were used, or after three weeks: they say so, and where to turn."""


@pytest.fixture
def walk(tmp_path: Path, postgres_url: str, valkey_url: str, chromium: Browser) -> Iterator[Walk]:
    with whole_house(tmp_path, postgres_url, valkey_url, chromium) as house:
        house.until(JOINING)
        house.start("", "volunteer.cli", "web")
        house.start("worker_ready", "workers.__main__")
        eventually(house.web_is_up, seconds=60, what="the first page")
        desk_worker(house, DESK)
        team, desk, tablet, phone = (house.somebody() for _ in range(4))
        yield Walk(house, team, desk, tablet, phone)


def machines_open_every_link_and_change_nothing(walk: Walk) -> None:
    house = walk.house
    house.rest()
    told = [each.content["text"] for each in house.gateway.handed]
    before = house.everything_kept()
    for text in [*(each.whole for each in house.mailbox.letters), *told]:
        house.mailbox.scanner.open(text)
    after = house.everything_kept()
    assert [table for table in before if before[table] != after[table]] == []
    refused = {link: said for link, said in house.mailbox.scanner.statuses.items() if not said <= {200}}
    over = {link: said for link, said in refused.items() if any(path in link for path in BECOME_OLD)}
    assert refused == over
    assert all(said <= {200, 404, 410} for said in over.values()), over
    house.go_on()


def nothing_private_left_the_house(walk: Walk) -> None:
    house = walk.house
    house.rest()
    told = [NUMBER, NUMBER_AS_KEPT.removeprefix("+32"), WORDS, "Zqwoorden", "Zqnota"]
    needs = [DOOR, PRAYER, *FEATURES[DOOR].labels.values(), *FEATURES[PRAYER].labels.values()]
    asked = wishing.question_mail(walk)
    for letter in house.mailbox.letters:
        allowed = {FEATURES[DOOR].label("nl")} if letter is asked else set()
        _holds_none(letter.whole, [*told, *needs], but_for=allowed)
        _holds_none(letter.subject, [NAME])
        assert all(NAME not in link for link in links_in(letter.whole))
    for handed in house.gateway.handed:
        _holds_none(handed.content["text"], [*told, *needs, NAME])
    assert len(house.queued) > len(STEPS), "somebody listened"
    assert "request" in house.logged
    for place in (house.addresses, house.queued, [house.logged]):
        _holds_none("\n".join(place), [*told, *needs, NAME, TEAM])
    assert [each for each in house.complaints if "422" not in each] == []


def _holds_none(text: str, secrets: Collection[str], *, but_for: Collection[str] = ()) -> None:
    found = [each for each in secrets if each.lower() in text.lower() and each not in but_for]
    assert found == [], text[:2000]


STEPS: tuple[Callable[[Walk], None], ...] = (
    offering.an_organisation_writes_itself_in,
    offering.it_confirms_its_address_by_the_link_in_the_mail,
    offering.the_desk_says_yes,
    offering.the_team_posts_a_role,
    offering.it_fills_the_access_check_but_for_three_answers,
    wishing.somebody_signs_up_who_needs_that_door,
    wishing.she_opens_the_link_of_her_text_message_and_wants_to_meet_them,
    wishing.the_desk_keeps_a_note,
    wishing.the_question_goes_out_the_next_morning,
    machines_open_every_link_and_change_nothing,
    wishing.the_question_is_answered_from_the_mail_and_only_once,
    wishing.she_who_waits_is_told_that_it_is_possible,
    starting.the_team_is_told_and_says_yes_with_a_day,
    starting.she_is_told_the_day,
    starting.both_are_reminded_the_day_before,
    starting.they_meet_and_she_starts,
    starting.both_are_asked_four_weeks_later,
    machines_open_every_link_and_change_nothing,
    starting.both_answer_by_link,
    nothing_private_left_the_house,
)


def test_the_whole_way(walk: Walk) -> None:
    for step in STEPS:
        try:
            step(walk)
        except BaseException as error:
            error.add_note(f"while: {step.__name__.replace('_', ' ')}")
            raise
