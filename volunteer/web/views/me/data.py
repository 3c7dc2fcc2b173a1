"""A person's data: to take along, to read on paper, and to erase."""

from __future__ import annotations

import json

from flask import Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.consent import Purpose
from volunteer.domain.errors import InvalidValue
from volunteer.domain.introductions import EXPECTED
from volunteer.domain.retention import ErasureAsked
from volunteer.models import Candidate
from volunteer.queries.introductions import introductions_of
from volunteer.services import agreements, erasure, export
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import draft_cookie, kiosk
from volunteer.web.auth import for_candidates, own_file
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.held_page import held
from volunteer.web.language import current_language, offered_languages
from volunteer.web.views.me.blueprint import blueprint

FILE_NAME = "schakel.json"
"""Whoever sees a folder of downloads learns nothing of anybody."""


@blueprint.get("/me/data")
@for_candidates
def data() -> ResponseReturnValue:
    """Everything we hold on this person, to read or to print."""
    with current_core().units.write() as uow:
        candidate = own_file(uow)
        return render_template(
            "me/data.html",
            sections=held(uow, candidate),
            export_url=url_for(".take_along"),
            erase_url=url_for(".erase"),
            back_url=url_for(".file"),
            wipe_url=url_for(".leave"),
        )


@blueprint.get("/me/data.json")
@for_candidates
def take_along() -> ResponseReturnValue:
    """The same for a program: JSON with lasting keys."""
    with current_core().units.write() as uow:
        found = export.everything(uow, own_file(uow), language=current_language())
    reply = Response(json.dumps(found, ensure_ascii=False, indent=2), mimetype="application/json")
    reply.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    reply.headers["Cache-Control"] = "no-store"
    return reply


@blueprint.get("/me/erase")
@for_candidates
def erase() -> ResponseReturnValue:
    """What goes and what stays, before anything happens."""
    return _erase_page()


@blueprint.post("/me/erase")
@for_candidates
def erase_now() -> ResponseReturnValue:
    """Erase everything at once, after one tick that says it is meant."""
    if request.form.get("sure") != "yes":
        return _erase_page([InvalidValue("Tick the box if you are sure.", field="sure")]), 422
    with current_core().units.write() as uow:
        erasure.erase(uow, own_file(uow), asked_by=ErasureAsked.CANDIDATE)
    draft_cookie.forget()
    # The browser forgets the choice of a language with everything else, so the address says it once.
    reply = redirect(url_for(".erased", language=current_language()), code=303)
    kiosk.wipe(reply)
    return reply


@blueprint.get("/me/erased")
def erased() -> ResponseReturnValue:
    """It is done; this page knows nothing of whoever reads it."""
    if request.args.get("language") in offered_languages():
        g.language = request.args["language"]
    return render_template("me/erased.html")


def _erase_page(errors: list[InvalidValue] | None = None) -> str:
    with current_core().units.read() as uow:
        candidate = own_file(uow)
        return render_template(
            "me/erase.html",
            expecting=_who_expects(uow, candidate),
            keeps_needs=agreements.agrees(uow, candidate, Purpose.NEEDS),
            data_url=url_for(".data"),
            back_url=url_for(".file"),
            wipe_url=url_for(".leave"),
            errors=form_errors(errors or []),
        )


def _who_expects(uow: UnitOfWork, candidate: Candidate) -> list[str]:
    """Organisations that said yes to this person."""
    running = introductions_of(uow.session, candidate.id)
    accepted = (each for each in running if each.state in EXPECTED)
    return list(dict.fromkeys(each.opportunity.organisation.name for each in accepted))
