"""What a referrer tells about itself: with whom it works, and how we reach it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError
from volunteer.models import Organisation
from volunteer.services import contacts, organisations, profiles, referrers
from volunteer.services.enterprise_numbers import spoken
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_support_workers, staff
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms import joining as forms
from volunteer.web.forms.answers import Answers, several
from volunteer.web.joining_choices import publics
from volunteer.web.language import gettext as _
from volunteer.web.support_team import our_referrer
from volunteer.web.views.support.agreement import accepted_by
from volunteer.web.views.support.blueprint import blueprint, owned

_INVALID = 422


@blueprint.get("/about")
@for_support_workers
def about() -> ResponseReturnValue:
    """With whom we work, what we agreed to, whom to reach."""
    return _page()


@blueprint.post("/about")
@for_support_workers
def write_about() -> ResponseReturnValue:
    """Write it again; with whom you work, the desk looks at again."""
    referrer, answers = owned(), forms.referrer(request.form)
    try:
        with current_core().units.write() as uow:
            referrers.tell_publics(
                uow, referrer.id, several(answers, "publics"), account_id=staff().account_id
            )
            profiles.reach(uow, uow.session.get_one(Organisation, referrer.id), forms.reach_of(answers))
    except DomainError as error:
        return _page(answers, error)
    flash(_("Saved."), "success")
    return redirect(url_for("support.about"), code=303)


def _told(uow: UnitOfWork, organisation: Organisation) -> Answers:
    return {
        "publics": list(organisation.publics),
        "language": organisation.language,
        "contact_name": organisation.contact_name or "",
        "email": organisations.email_of(uow, organisation) or "",
        "phone": contacts.spoken_phone(organisations.phone_of(uow, organisation) or ""),
    }


def _page(answers: Answers | None = None, error: DomainError | None = None) -> ResponseReturnValue:
    referrer = our_referrer()
    with current_core().units.read() as uow:
        organisation = uow.session.get_one(Organisation, referrer.id)
        number = organisation.enterprise_number
        page = render_template(
            "support/about.html",
            team=referrer,
            state=organisation.approval,
            activity=organisation.activity or "",
            legal_form=organisation.legal_form,
            number=spoken(number) if number else "",
            lack=referrers.standing(uow, organisation).lacks(),
            accepted=accepted_by(uow, referrer),
            publics=publics(),
            seeks=organisation.seeks_volunteers,
            answers=answers if answers is not None else _told(uow, organisation),
            errors=form_errors([error], field="main") if error else [],
        )
    return page, _INVALID if error else 200
