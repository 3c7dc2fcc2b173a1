"""The forms on a page as a browser would send them: their address, their fields, and what stands in those."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_FREE = frozenset({"text", "search", "email", "tel", "textarea"})
_CHOSEN = frozenset({"radio", "checkbox"})


@dataclass
class Form:
    """One form."""

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    """What would be sent as the page stands; of radio buttons without a choice, the first."""
    free: set[str] = field(default_factory=set)
    """Names of fields in which anything can be typed."""


def forms_on(page: str, *, at: str) -> list[Form]:
    """Every form on this page that is sent as a POST; ``at`` is its address."""
    reader = _Reader(at)
    reader.feed(page)
    return reader.found


class _Reader(HTMLParser):
    def __init__(self, at: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._at = at
        self._open: Form | None = None
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._begin(given)
        name = given.get("name", "")
        if self._open is None or (not name and tag != "option"):
            return
        if tag == "textarea":
            self._area = name
            self._open.values[name] = [""]
            self._open.free.add(name)
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            self._choose(self._select, given.get("value", ""), is_chosen="selected" in given)
        elif tag == "input":
            self._input(name, given)

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._area:
            self._open.values[self._area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def _begin(self, given: dict[str, str]) -> None:
        if given.get("method", "").lower() == "post":
            self._open = Form(given.get("action") or self._at)
            self.found.append(self._open)

    def _input(self, name: str, given: dict[str, str]) -> None:
        assert self._open is not None
        kind = given.get("type", "text")
        if kind in _FREE:
            self._open.free.add(name)
        if kind == "checkbox":
            known = self._open.values.setdefault(name, [])
            if "checked" in given:
                known.append(given.get("value", "on"))
        elif kind == "radio":
            self._choose(name, given.get("value", "on"), is_chosen="checked" in given)
        elif kind not in {"submit", "button", "file"}:
            self._open.values.setdefault(name, []).append(given.get("value", ""))

    def _choose(self, name: str, value: str, *, is_chosen: bool) -> None:
        assert self._open is not None
        if is_chosen or name not in self._open.values:
            self._open.values[name] = [value]
