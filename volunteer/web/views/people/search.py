"""Finding somebody again; the words that were typed wait on the server, none of them in an address."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.national_numbers import holds_national_number
from volunteer.services import drafts, people_search
from volunteer.web.auth import for_desk
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms.answers import typed
from volunteer.web.found_people import organisation_rows, person_rows
from volunteer.web.language import gettext as _
from volunteer.web.views.people.blueprint import blueprint

SEARCH_LASTS = timedelta(minutes=30)
"""So long *Back* leads to what was found before."""
_SEARCH = "desk_search"


@blueprint.get("")
@for_desk
def search() -> ResponseReturnValue:
    """What was searched last in this browser."""
    key = session.get(_SEARCH)
    with current_core().units.read() as uow:
        query = drafts.load(uow, key).get("q", "") if key else ""
        found = people_search.search(uow, query)
        return render_template(
            "desk/people.html",
            query=query,
            people=person_rows(uow, found.people),
            organisations=organisation_rows(uow, found.organisations),
            has_more=found.has_more,
        )


@blueprint.post("")
@for_desk
@limiter.exempt
def find() -> ResponseReturnValue:
    """Keep the words for a while, and show what they find."""
    asked = typed(request.form, texts=("q",)).get("q", "")
    query = people_search.kept_of(asked)
    if holds_national_number(asked) and not holds_national_number(query):
        flash(_("We do not search by national number. Search by name, card or phone number."), "warning")
    key = session.setdefault(_SEARCH, drafts.new_cookie())
    with current_core().units.write() as uow:
        drafts.save(uow, key, {"q": query}, lasts=SEARCH_LASTS)
    return redirect(url_for(".search"), code=303)
