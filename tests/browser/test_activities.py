"""An activity and a seat there, on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.factories.gatherings import make_gathering, sign_up
from volunteer.bootstrap import Core
from volunteer.links import Purpose

_FOR_A_THUMB = 43.5
"""Pixels, rounded down from 44."""
_EXPECTED = 2
"""So many of them at least."""
_LINKS = ".detail-body a.with-icon, .seat a.with-icon"


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_links_beside_the_big_button_are_large_enough_for_a_thumb(
    open_page: Callable[..., Page], core: Core, language: str
) -> None:
    with core.units.write() as uow:
        workshop = make_gathering(uow, online_url="https://meet.example/abc", access=frozenset())
        party = sign_up(uow, workshop).id
    seat = core.links.make(Purpose.SEAT, party).removeprefix(core.settings.public_url)
    page = open_page(f"/agenda/{workshop}", language=language)
    for path in (f"/agenda/{workshop}", seat):
        page.goto(path)
        boxes = [each.bounding_box() for each in page.locator(_LINKS).all()]
        assert len(boxes) >= _EXPECTED
        assert [box for box in boxes if box is None or box["height"] < _FOR_A_THUMB] == []
