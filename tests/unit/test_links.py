"""A link opens one thing, for one purpose, for a while, on one installation."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from volunteer.domain.errors import NotAllowed
from volunteer.links import Links, Purpose

LINKS = Links(public_url="https://schakel.example", key=b"k" * 32)


def token_of(link: str) -> str:
    return link.rpartition("/")[2]


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_link_leads_to_what_it_was_made_for(purpose: Purpose) -> None:
    subject = uuid4()
    link = LINKS.make(purpose, subject)
    assert link.startswith("https://schakel.example/")
    assert LINKS.read(purpose, token_of(link)) == (subject, "")


def test_a_link_for_one_purpose_opens_no_other() -> None:
    token = token_of(LINKS.make(Purpose.JOIN_ORGANISATION, uuid4()))
    with pytest.raises(NotAllowed):
        LINKS.read(Purpose.OPEN_FILE, token)


def test_a_link_of_another_installation_does_not_work() -> None:
    other = Links(public_url="https://schakel.example", key=b"o" * 32)
    with pytest.raises(NotAllowed):
        LINKS.read(Purpose.OPEN_FILE, token_of(other.make(Purpose.OPEN_FILE, uuid4())))


def test_a_link_grows_old() -> None:
    token = token_of(LINKS.make(Purpose.OPEN_FILE, uuid4()))
    with time_machine.travel(timedelta(days=29)):
        LINKS.read(Purpose.OPEN_FILE, token)
    with time_machine.travel(timedelta(days=31)), pytest.raises(NotAllowed) as refused:
        LINKS.read(Purpose.OPEN_FILE, token)
    assert refused.value.code == "link_expired"


@pytest.mark.parametrize("token", ["", ".", "x" * 5000, "../../etc", "é", "a.b.c"])
def test_anything_else_is_refused_kindly(token: str) -> None:
    with pytest.raises(NotAllowed):
        LINKS.read(Purpose.OPEN_FILE, token)
