"""Which messages somebody gets unasked: seen and turned on their own page, without a script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from tests.functional.browsing import Browser
from tests.functional.signing_up import answers, sign_up
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.messages import Recipient, Topic
from volunteer.models import Candidate, MutedTopic
from volunteer.services import accounts, organisations, subscriptions

PAGE = "/me/messages"
PASSWORD = "een korte zin om binnen te komen"


def _muted(core: Core) -> set[tuple[str, str]]:
    with core.units.read() as uow:
        return {(each.recipient, each.topic) for each in uow.session.scalars(select(MutedTopic))}


def test_a_person_stops_and_begins_again(app: Flask, core: Core, work: Callable[[], None]) -> None:
    browser = Browser(app, language="en")
    sign_up(browser)
    work()
    browser.get("/me")
    assert f'href="{PAGE}"' in browser.page
    browser.get(PAGE)
    assert browser.text.count("You get them") == 2
    browser.send(PAGE, topic="reminders", do="stop")
    assert "Stopped. You do not get them any more." in browser.text
    assert _muted(core) == {("candidate", "reminders")}
    browser.send(PAGE, topic="reminders", do="stop")
    assert browser.text.count("You do not get them") == 2, "once in a notice, once beside the topic"
    browser.send(PAGE, topic="reminders", do="again")
    assert _muted(core) == set()
    assert "You get these messages again." in browser.text


def test_what_was_muted_from_a_mail_stands_here(app: Flask, core: Core, work: Callable[[], None]) -> None:
    browser = Browser(app, language="en")
    sign_up(browser)
    work()
    with core.units.write() as uow:
        person = uow.session.scalars(select(Candidate.id)).one()
        subscriptions.mute(uow, Recipient.CANDIDATE, person, Topic.NEW_ROLES)
    browser.get(PAGE)
    assert browser.text.count("You do not get them") == 1


def test_who_did_not_agree_to_be_contacted_is_led_to_where_they_can(
    app: Flask, core: Core, work: Callable[[], None]
) -> None:
    browser = Browser(app, language="en")
    sign_up(browser, answers(consent={"consent_account": "yes", "consent_match": "yes"}))
    work()
    browser.get(PAGE)
    assert "We only send them when you agree that we contact you later." in browser.text
    assert browser.page.count('name="topic"') == 1


@pytest.mark.parametrize(
    "sent",
    [{}, {"topic": "questions", "do": "stop"}, {"topic": "reminders"}, {"topic": "reminders", "do": "erase"}],
)
def test_another_button_changes_nothing(
    app: Flask, core: Core, work: Callable[[], None], sent: dict[str, Any]
) -> None:
    browser = Browser(app, language="en")
    sign_up(browser)
    work()
    browser.send(PAGE, **sent)
    assert "Press one of the buttons." in browser.text
    assert _muted(core) == set()


def test_it_is_said_in_arabic_too(app: Flask, work: Callable[[], None]) -> None:
    browser = Browser(app, language="ar")
    sign_up(browser)
    work()
    browser.get(PAGE)
    assert "You get them" not in browser.text
    assert "أوقفوا هذه الرسائل" in browser.text


def test_somebody_of_a_team_turns_their_own(app: Flask, core: Core) -> None:
    browser, account_id = _colleague(app, core)
    browser.get("/account")
    assert 'href="/account/messages"' in browser.page
    browser.send("/account/messages", topic="questions", do="stop")
    with core.units.read() as uow:
        assert list(subscriptions.muted(uow, account_id)) == ["questions"]
    assert _muted(core) == {("account", "questions")}
    browser.send("/account/messages", topic="new_roles", do="stop")
    assert "Press one of the buttons." in browser.text
    browser.send("/account/messages", topic="questions", do="again")
    assert _muted(core) == set()


def _colleague(app: Flask, core: Core) -> tuple[Browser, UUID]:
    email = f"{uuid4().hex[:8]}@voorbeeld.example"
    with core.units.write() as uow:
        account = accounts.create(uow, name="Noor", email=email, password=PASSWORD, language="en")
        organisation = organisations.by_name(uow, "De Lork", language="en")
        accounts.grant(uow, account, Role.EDITOR, organisation=organisation)
    browser = Browser(app, language="en")
    browser.send("/login", email=email, password=PASSWORD)
    return browser, account.id
