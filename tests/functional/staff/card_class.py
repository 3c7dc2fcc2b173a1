"""A class with blank cards: the support worker who printed them, and whoever uses one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from tests.functional.browsing import Browser
from tests.functional.signing_up import answers, sign_up
from volunteer.bootstrap import Core
from volunteer.models import CardGroup
from volunteer.services import card_groups

ALFABED = "Taalschool Het Alfabed"
GROUP: Mapping[str, Any] = {"name": "Nederlands 1.2", "count": "5", "language": "en", "days": "60"}
YES: Mapping[str, Any] = {"allow_sees_progress": "yes"}


@dataclass
class Class:
    """Veerle of the school, and the cards of her group."""

    core: Core
    app: Flask
    veerle: Browser
    path: str

    @property
    def id(self) -> UUID:
        return UUID(self.path.rpartition("/")[2])

    def codes(self) -> list[str]:
        with self.core.units.read() as uow:
            group = uow.session.get_one(CardGroup, self.id)
            return [each.code for each in card_groups.to_print(uow, group)]

    def every(self, model: type[Any]) -> list[Any]:
        """All rows there are."""
        with self.core.units.read() as uow:
            return list(uow.session.scalars(select(model)))

    def comes(self, code: str, **changed: Any) -> Browser:
        """Somebody scans this card and signs up; ends on the page that comes after that."""
        browser = Browser(self.app, language="en")
        browser.get(f"/k/{code}")
        browser.post("/with-card")
        sign_up(browser, answers(helps={"consent_needs": "no"}, **changed))
        return browser

    def counts(self) -> tuple[int, ...]:
        """What the page of the group says: cards, begun, signed up."""
        self.veerle.get(self.path)
        return tuple(int(each) for each in re.findall(r"<dd>(\d+)</dd>", self.veerle.page))
