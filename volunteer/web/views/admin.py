"""Administration: who may log in, and whether everything runs."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer.domain.accounts import Role
from volunteer.domain.errors import DomainError, InvalidValue
from volunteer.models import Organisation
from volunteer.queries import offer_checks
from volunteer.queries.accounts import all_accounts
from volunteer.queries.deliveries import stuck_deliveries, unfinished_count
from volunteer.queries.organisations import names_of_organisations
from volunteer.services import accounts
from volunteer.web.auth import for_admin
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms import admin as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.language import offered_languages
from volunteer.web.seats import staff_of

blueprint = Blueprint("admin", __name__, url_prefix="/admin")

_INVALID = 422
_A_WEEK = timedelta(days=7)


@blueprint.get("")
@for_admin
def home() -> ResponseReturnValue:
    """Who may log in, what is on its way, and a form to add somebody."""
    return _page()


@blueprint.post("")
@for_admin
def add() -> ResponseReturnValue:
    """Give somebody a role; a new account comes with a password that is shown this once."""
    answers = forms.colleague(request.form)
    try:
        name, password = _add(answers)
    except DomainError as error:
        return _page(answers=answers, error=error)
    return _page(added=name, password=password)


def _add(answers: Answers) -> tuple[str, str | None]:
    role = forms.role(answers)
    organisation_id = forms.organisation_for(role, answers)
    language = answers.get("language", "")
    with current_core().units.write() as uow:
        organisation = uow.session.get(Organisation, organisation_id) if organisation_id else None
        if organisation_id and organisation is None:
            raise InvalidValue("Choose the organisation this person works with.", field="organisation")
        account, password = accounts.add_colleague(
            uow,
            name=answers.get("name", ""),
            email=answers.get("email", ""),
            role=role,
            organisation=organisation,
            language=language if language in offered_languages() else offered_languages()[0],
        )
    return account.name, password


def _page(
    *,
    answers: Answers | None = None,
    error: DomainError | None = None,
    added: str | None = None,
    password: str | None = None,
) -> ResponseReturnValue:
    with current_core().units.read() as uow:
        people = [staff_of(account) for account in all_accounts(uow.session)]
        organisations = [(str(id_), name) for id_, name in names_of_organisations(uow.session)]
        unfinished, stuck = unfinished_count(uow.session), len(stuck_deliveries(uow.session))
        has_failed_check = offer_checks.has_failed_check(uow.session, since=uow.now - _A_WEEK)
    page = render_template(
        "admin/home.html",
        people=people,
        roles=list(Role),
        organisations=organisations,
        unfinished=unfinished,
        stuck=stuck,
        has_failed_check=has_failed_check,
        answers=answers or {},
        errors=form_errors([error], field="email") if error else [],
        added=added,
        password=password,
    )
    return page, _INVALID if error else 200
