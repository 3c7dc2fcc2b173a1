"""A browser without JavaScript: follows links and redirects, and sends forms with their hidden token."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_GONE = re.compile(r"<(script|style|head)\b.*?</\1>|<[^>]+>", re.DOTALL)


class Browser:
    """One person's browser, with its own cookies."""

    def __init__(self, app: Flask, *, language: str = "nl") -> None:
        self.client = app.test_client()
        self._headers = {"Accept-Language": language}
        self.page = ""
        """The source of the page that was last seen."""
        self.path = ""
        """Its address, without what follows a question mark."""

    def get(self, path: str, *, status: int = 200) -> TestResponse:
        """Open a page; redirects are followed."""
        answer = self.client.get(path, headers=self._headers, follow_redirects=True)
        return self._see(answer, status)

    def send(self, path: str, *, at: str | None = None, status: int = 200, **fields: Any) -> TestResponse:
        """Open the page ``at`` (or ``path``), then send its form to ``path``; redirects are followed."""
        self.get(at or path)
        return self.post(path, status=status, **fields)

    def post(self, path: str, *, status: int = 200, **fields: Any) -> TestResponse:
        """Send a form of the page that is open."""
        token = csrf_token_of(self.page)
        data = {**fields, **({"csrf_token": token} if token else {})}
        answer = self.client.post(path, data=data, headers=self._headers, follow_redirects=True)
        return self._see(answer, status)

    @property
    def text(self) -> str:
        """What a person reads on the page."""
        return " ".join(unescape(_GONE.sub(" ", self.page)).split())

    def cookie(self, name: str) -> str | None:
        """The value of a cookie."""
        found = self.client.get_cookie(name)
        return found.value if found else None

    def _see(self, answer: TestResponse, status: int) -> TestResponse:
        self.page, self.path = answer.get_data(as_text=True), answer.request.path
        assert answer.status_code == status, f"{answer.status_code} {answer.request.path}: {self.text[:400]}"
        return answer


def csrf_token_of(page: str) -> str:
    """The hidden token of the forms on a page; empty when it has none."""
    found = _TOKEN.search(page)
    return unescape(found[1]) if found else ""
