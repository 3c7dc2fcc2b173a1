"""Somebody who follows every link they find, and looks at each page once."""

from __future__ import annotations

from collections import deque
from urllib.parse import urlsplit
from uuid import UUID

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.browser.looking import faults_of

Kind = tuple[str, tuple[str, ...]]
"""A page: its endpoint, and whatever in its address is not the id of a row."""
_LINKS = "[...document.querySelectorAll('a[href]')].map(each => each.href)"


class Tour:
    """One reader in one language; several people may go on the same tour, one after another.

    Nobody looks at endpoints that are ``passed_by``. Of an endpoint one address is looked at; of those that
    are ``whole`` every one that differs in more than the id of a row.
    """

    def __init__(self, app: Flask, language: str, *, passed_by: set[str], whole: set[str]) -> None:
        self._language = language
        self._passed_by = passed_by
        self._whole = whole
        self._addresses = app.url_map.bind("127.0.0.1")
        self._axe = Axe()
        self.seen: dict[Kind, str] = {}
        """Pages that were looked at, and where."""
        self.faults: list[str] = []

    @property
    def endpoints(self) -> set[str]:
        """Endpoints of the pages that were looked at."""
        return {endpoint for endpoint, _ in self.seen}

    def look(self, page: Page) -> None:
        """Look at the page as it stands, and note what is wrong with it."""
        page.locator("body").wait_for(state="attached")
        page.wait_for_load_state()
        kind = self._kind_of(page.url)
        if kind:
            self.seen.setdefault(kind, page.url)
        spoken = page.evaluate("document.documentElement.lang")
        faults = [] if spoken == self._language else [f"speaks {spoken}"]
        path = urlsplit(page.url).path
        self.faults += [f"{path}: {fault}" for fault in [*faults, *faults_of(page, self._axe)]]

    def follow(self, page: Page, *starts: str) -> None:
        """Look at these pages and at everything that leads on from them.

        A start is looked at once more: it may lead on to more than when it was first seen.
        """
        for start in starts:
            self.seen.pop(self._kind_of(start) or ("", ()), None)
        waiting = deque(starts)
        while waiting:
            path = waiting.popleft()
            kind = self._kind_of(path)
            if kind is None or not self._is_wanted(kind):
                continue
            answer = page.goto(path)
            self.seen[kind] = path
            if answer is None or not answer.ok:
                self.faults.append(f"{path}: {answer.status if answer else 'nothing came'}")
                continue
            self.look(page)
            waiting.extend(urlsplit(each).path for each in page.evaluate(_LINKS) if self._is_here(page, each))

    def _is_wanted(self, kind: Kind) -> bool:
        if kind in self.seen or kind[0] in self._passed_by:
            return False
        return kind[0] in self._whole or kind[0] not in self.endpoints

    def _kind_of(self, address: str) -> Kind | None:
        try:
            endpoint, values = self._addresses.match(urlsplit(address).path)
        except (HTTPException, RequestRedirect):
            return None
        return endpoint, tuple(str(each) for each in values.values() if not isinstance(each, UUID))

    @staticmethod
    def _is_here(page: Page, address: str) -> bool:
        return urlsplit(address).netloc == urlsplit(page.url).netloc
