"""The agenda for programs: the city's event database, search engines, calendars. It names nobody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, jsonify, request

from volunteer.documents.calendar_file import calendar_feed, calendar_file
from volunteer.domain.gatherings import FIRST_LANGUAGE
from volunteer.models import Gathering
from volunteer.services import agenda, gatherings
from volunteer.translation import SAID_EVERYWHERE, translations
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.calendar_reply import calendar_reply
from volunteer.web.extensions import current_core
from volunteer.web.language import current_language
from volunteer.web.schemas.schema_event import schema_event
from volunteer.web.schemas.uitdatabank import uitdatabank_event
from volunteer.web.views.gatherings.blueprints import for_all

_KEPT_SECONDS = 5 * 60
"""Others may show what is at most so old: seats go fast."""
_CALENDAR = "text/calendar; charset=utf-8"


@for_all.get("/agenda.json")
def for_event_database() -> Response:
    """Everything announced, in the shape of UiTdatabank."""
    core = current_core()
    with core.units.read() as uow:
        centre = core.settings.centre
        member = [
            uitdatabank_event(each, centre, now=uow.now) for each in agenda.announced(uow, pages=pages())
        ]
    listed = {
        "@context": "http://www.w3.org/ns/hydra/context.jsonld",
        "@type": "PagedCollection",
        "totalItems": len(member),
        "member": member,
    }
    return _kept(jsonify(listed))


@for_all.get("/agenda.ics")
def to_follow() -> Response:
    """Everything announced, for a calendar that looks again by itself; ``?language=`` chooses the words."""
    asked = request.args.get("language", "")
    language = asked if asked in SAID_EVERYWHERE else FIRST_LANGUAGE
    core = current_core()
    with core.units.read() as uow:
        found = agenda.calendar_of(uow, language, pages=pages())
    centre = core.settings.centre
    name = f"{translations(language).gettext('Agenda')} – {centre.name}"
    return _kept(Response(calendar_feed(found, centre, name=name), content_type=_CALENDAR))


@for_all.get("/agenda/<uuid:gathering_id>/calendar.ics")
def for_calendar(gathering_id: UUID) -> Response:
    """One of them, for a calendar; what was called off is taken out again."""
    core = current_core()
    with core.units.read() as uow:
        gathering = gatherings.shown(uow, gathering_id)
        link = f"{pages()}/{gathering.id}"
        found = agenda.appointment_of(gathering, current_language(), made_at=uow.now, link=link)
    return calendar_reply(calendar_file(found, core.settings.centre))


def structured(uow: UnitOfWork, gathering: Gathering) -> dict[str, Any]:
    """One of them for search engines, in the language of the page it stands on."""
    core = current_core()
    found = agenda.announcement_of(uow, gathering, pages=pages())
    return schema_event(found, core.settings.centre, language=current_language(), now=uow.now)


def pages() -> str:
    """The address with which the pages of the agenda begin."""
    return f"{current_core().settings.public_url}/agenda"


def _kept(reply: Response) -> Response:
    """The same for everybody: it may be kept for a while, and is not sent again while nothing changed."""
    reply.cache_control.public = True
    reply.cache_control.max_age = _KEPT_SECONDS
    reply.add_etag()
    reply.make_conditional(request)
    return reply
