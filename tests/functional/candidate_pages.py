"""Every page that a candidate may meet, one after the other, as one person would see them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from uuid import UUID

from flask import Flask

from tests.factories.card_groups import make_group
from tests.factories.gatherings import make_gathering
from tests.functional.browsing import Browser
from tests.functional.signing_up import ANSWERS
from volunteer.bootstrap import Core
from volunteer.services import card_groups

BEFORE = ("/", "/card", "/signup/too-young", "/law", "/not-right")
WITHOUT_ANSWER = {"languages", "needs/physical", "needs/information", "needs/service"}
"""Questions of the sign-up that may stay empty; the others complain, and how they do that is read too."""
OWN_FILE = (
    "/me",
    "/me/answers",
    "/me/answers/where",
    "/me/answers/tasks",
    "/me/answers/when",
    "/me/answers/often",
    "/me/answers/contact",
    "/me/consents",
    "/me/journal",
    "/me/data",
    "/me/erase",
    "/me/card",
    "/me/suggestions",
    "/me/suggestions/refused",
    "/me/nothing-fits",
    "/me/nothing-fits/others",
)
_SUGGESTION = re.compile(r"/me/suggestions/[0-9a-f-]{36}")


def walk(
    app: Flask, core: Core, language: str, *, post_role: Callable[..., UUID], work: Callable[[], None]
) -> Iterator[tuple[str, Browser]]:
    """Name of each page, and the browser in which it is open."""
    post_role()
    browser = Browser(app, language=language)
    for path in BEFORE:
        browser.get(path)
        yield path, browser
    yield from _to_a_seat(browser, core)
    browser.get("/nowhere", status=404)
    yield "/nowhere", browser
    for slug, answers in ANSWERS.items():
        browser.get(f"/signup/{slug}")
        yield f"/signup/{slug}", browser
        if slug not in WITHOUT_ANSWER:
            browser.post(f"/signup/{slug}", status=422)
            yield f"/signup/{slug}, not answered", browser
        browser.post(f"/signup/{slug}", **answers)
    yield "/signup/check", browser
    browser.post("/signup/check")
    yield "/me/suggestions, still looking", browser
    work()
    browser.get("/me/suggestions")
    yield "/me/suggestions, ready", browser
    suggestion = _SUGGESTION.findall(browser.page)[0]
    for path in (suggestion, f"{suggestion}/meet", f"{suggestion}/refuse"):
        browser.get(path)
        yield _SUGGESTION.sub("/me/suggestions/x", path), browser
    for path in OWN_FILE:
        browser.get(path)
        yield path, browser
    browser.send(f"{suggestion}/meet")
    yield "/me, after a wish to meet", browser
    yield from _with_card(app, core, browser, language)


def _with_card(app: Flask, core: Core, known: Browser, language: str) -> Iterator[tuple[str, Browser]]:
    """Where a blank card leads: who has a file already, and somebody new."""
    with core.units.write() as uow:
        code = card_groups.to_print(uow, make_group(uow))[0].code
    known.get(f"/k/{code}")
    yield "/with-card, with a file", known
    known.post("/with-card")
    yield "/me/may-help", known
    known.post("/me/may-help", allow_sees_progress="yes")
    known.get("/me/support")
    yield "/me/support, by card", known
    new = Browser(app, language=language)
    new.get(f"/k/{code}")
    yield "/with-card", new


def _to_a_seat(browser: Browser, core: Core) -> Iterator[tuple[str, Browser]]:
    """An activity, signing up for it without a file, and the seat, until it is given back."""
    with core.units.write() as uow:
        workshop = make_gathering(uow, seats=1, access=frozenset({"ph.step_free_entrance"}))
    page = f"/agenda/{workshop}"
    for path in ("/agenda", page, f"{page}/join"):
        browser.get(path)
        yield path.replace(str(workshop), "x"), browser
    for name in ("Samira", "Otis"):
        browser.send(
            f"{page}/join",
            name=name,
            channel="email",
            contact_email=f"{name}@{workshop.hex}.example",
            agrees="yes",
        )
        yield f"/seat/x of {name}", browser
    browser.post(browser.path, do="does_not_come")
    yield "/seat/x, given back", browser
