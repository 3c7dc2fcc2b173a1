"""The agreement on data of a referrer: to read, to accept, to print."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.documents.agreement import AgreedBy, agreement_pdf
from volunteer.documents.sheet import PaperSize
from volunteer.domain.errors import DomainError
from volunteer.domain.referrers import agreement_on
from volunteer.queries.referrers import agreements_of
from volunteer.services import referrers
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_support_workers, staff
from volunteer.web.dates import spoken_day
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.paper_reply import pdf_reply
from volunteer.web.support_team import Referrer, our_referrer
from volunteer.web.views.support.blueprint import blueprint, owned

_INVALID = 422


@dataclass(frozen=True, slots=True)
class Accepted:
    """One yes, as a page shows it."""

    version: str
    author: str
    day: str


@blueprint.get("/agreement")
@for_support_workers
def agreement() -> ResponseReturnValue:
    """What counts today, and who said yes to it."""
    return _page()


@blueprint.post("/agreement")
@for_support_workers
def accept() -> ResponseReturnValue:
    """An owner says yes to what they read."""
    referrer = owned()
    try:
        with current_core().units.write() as uow:
            referrers.accept(
                uow,
                referrer.id,
                version=request.form.get("version", ""),
                language=current_language(),
                account_id=staff().account_id,
            )
    except DomainError as error:
        return _page(error)
    flash(_("Thank you. Your team works by this agreement from now on."), "success")
    return redirect(url_for("support.home"), code=303)


@blueprint.get("/agreement/paper")
@for_support_workers
def agreement_paper() -> ResponseReturnValue:
    """The same on paper, with who said yes and when."""
    referrer = our_referrer()
    with current_core().units.read() as uow:
        wording = agreement_on(uow.today)
        found = [each for each in agreements_of(uow.session, referrer.id) if each.version == wording.version]
        agreed = AgreedBy(found[0].author, found[0].accepted_at) if found else None
        made = agreement_pdf(
            wording,
            organisation=referrer.name,
            agreed=agreed,
            language=current_language(),
            made_on=uow.now,
            time_zone=current_core().settings.centre.time_zone,
            size=PaperSize.A4,
        )
    return pdf_reply("agreement", made)


def _page(error: DomainError | None = None) -> ResponseReturnValue:
    referrer = our_referrer()
    with current_core().units.read() as uow:
        page = render_template(
            "support/agreement.html",
            team=referrer,
            wording=agreement_on(uow.today),
            articles=agreement_on(uow.today).said_in(current_language()),
            accepted=accepted_by(uow, referrer),
            errors=form_errors([error]) if error else [],
        )
    return page, _INVALID if error else 200


def accepted_by(uow: UnitOfWork, referrer: Referrer) -> list[Accepted]:
    """Each yes of this referrer, the newest first."""
    return [
        Accepted(each.version, each.author, spoken_day(each.accepted_at))
        for each in agreements_of(uow.session, referrer.id)
    ]
