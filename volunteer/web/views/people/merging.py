"""Two files of one person: side by side, then once more before they are one."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from volunteer.services import merging
from volunteer.services.merging import COLUMNS, NEEDS, Pair, Take
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_desk, staff
from volunteer.web.compare_page import differences
from volunteer.web.extensions import current_core
from volunteer.web.forms.answers import text, typed
from volunteer.web.found_people import person_row
from volunteer.web.language import gettext as _
from volunteer.web.views.people.blueprint import blueprint, page_of, person


@blueprint.get("/<uuid:candidate_id>/same/<uuid:other_id>")
@for_desk
def compare(candidate_id: UUID, other_id: UUID) -> ResponseReturnValue:
    """Both files side by side, with a choice where they differ."""
    with current_core().units.read() as uow:
        pair = Pair.of(person(uow, candidate_id), person(uow, other_id))
        return _page(uow, pair, {}, is_checked=False)


@blueprint.post("/<uuid:candidate_id>/same/<uuid:other_id>")
@for_desk
def merge(candidate_id: UUID, other_id: UUID) -> ResponseReturnValue:
    """First show what will be, then do it: nobody can part them again."""
    takes = _takes()
    if request.form.get("do") != "merge":
        with current_core().units.read() as uow:
            pair = Pair.of(person(uow, candidate_id), person(uow, other_id))
            return _page(uow, pair, takes, is_checked=request.form.get("do") == "check")
    with current_core().units.write() as uow:
        one, other = person(uow, candidate_id).id, person(uow, other_id).id
        pair = merging.two_files(uow, one, other)
        kept = merging.merge(uow, pair, takes, account_id=staff().account_id).id
    flash(_("One file now. Both cards open it."), "success")
    return redirect(page_of(kept), code=303)


def _takes() -> dict[str, Take]:
    fields = (*COLUMNS, NEEDS)
    given = typed(request.form, texts=[f"take_{field}" for field in fields])
    chosen = {field: text(given, f"take_{field}") for field in fields}
    return {field: Take(said) for field, said in chosen.items() if said in set(Take)}


def _page(uow: UnitOfWork, pair: Pair, takes: dict[str, Take], *, is_checked: bool) -> str:
    return render_template(
        "desk/compare.html",
        stays=person_row(uow, pair.stays),
        goes=person_row(uow, pair.goes),
        rows=differences(uow, pair, takes),
        is_checked=is_checked,
        back_url=page_of(pair.stays.id),
    )
