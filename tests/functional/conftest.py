"""The pages over a real core, and workers that run when they are told to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from tests.functional.browsing import Browser
from volunteer.app import create_app
from volunteer.bootstrap import Core, make_core
from volunteer.config import Settings, from_environment
from volunteer.domain.availability import Availability
from volunteer.domain.opportunities import Place, Posting
from volunteer.services import opportunities, organisations


@pytest.fixture
def make_app(settings: Settings) -> Iterator[Callable[..., Flask]]:
    """Makes the application with other variables, as another start would."""
    made: list[Core] = []

    def make(**variables: str) -> Flask:
        changed = from_environment({**settings.environment, **variables})
        made.append(make_core(changed))
        return create_app(changed, made[-1])

    yield make
    for core in made:
        core.engine.dispose()


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser whose owner reads English."""
    return Browser(app, language="en")


@pytest.fixture
def post_role(core: Core) -> Callable[..., UUID]:
    """Publishes a role; whatever is not said stays unknown."""

    def post(
        title: str = "Koken met de ploeg", *, organisation: str = "Buurtkeuken Pollepel", **content: Any
    ) -> UUID:
        posting = Posting(
            **{
                "title": title,
                "description": "Elke dinsdag koken we samen soep voor de buurt.",
                "language": "nl",
                "tasks": frozenset({"t.cook"}),
                "times": Availability.parse("tue 10:00-13:00"),
                "place": Place(municipality="anderlecht"),
                "contact_name": "Fatima",
                **content,
            }
        )
        with core.units.write() as uow:
            owner = organisations.by_name(uow, organisation, language="nl")
            organisations.set_email(uow, owner, "keuken@pollepel.example")
            uow.session.flush()
            return opportunities.post(uow, posting, organisation_id=owner.id, said_by="test").id

    return post
