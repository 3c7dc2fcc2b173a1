"""The law in plain words, the same for everybody; and the pages on which the centre keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from babel.numbers import format_currency
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.documents.workshop_pack import workshop_pack_pdf
from volunteer.domain.errors import DomainError, NotFound
from volunteer.domain.languages import LANGUAGES as ALL_LANGUAGES
from volunteer.domain.law import LANGUAGES, Certainty, LawRule, Section, in_force, oldest
from volunteer.queries.law import editions_of
from volunteer.services import law, workshop_pack
from volunteer.web.auth import for_admin, staff
from volunteer.web.dates import spoken_day
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms import law as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.paper_reply import pdf_reply

blueprint = Blueprint("law", __name__)

_INVALID = 422


@blueprint.get("/law")
def show() -> ResponseReturnValue:
    """What may be said to everybody, section by section, with the day it was looked at."""
    with current_core().units.read() as uow:
        rules, today = law.rules(uow), uow.today
    sections = [_section(rules, each, today) for each in Section]
    days = {each["dated"] for each in sections}
    return render_template(
        "law/show.html",
        sections=sections,
        dated=days.pop() if len(days) == 1 else None,
        sources=[
            (each.titles[current_language()], each.source, each.certainty)
            for each in rules
            if each.holds_on(today)
        ],
        amounts=_amounts(in_force(rules, Section.EXPENSES, today)),
        year=today.year,
        pack_in=[(code, ALL_LANGUAGES[code].own) for code in workshop_pack.LANGUAGES],
    )


@blueprint.get("/law/workshop/<language>")
@limiter.limit("30 per minute")
def workshop(language: str) -> ResponseReturnValue:
    """The workshop pack in one language; Arabic is not one of them."""
    if language not in workshop_pack.LANGUAGES:
        raise NotFound("This page is not there.")
    core = current_core()
    with core.units.read() as uow:
        found, now = workshop_pack.workshop_pack(uow, language), uow.now
    return pdf_reply("workshop", workshop_pack_pdf(found, core.settings.centre, made_at=now))


@blueprint.get("/admin/law")
@for_admin
def rules() -> ResponseReturnValue:
    """Every rule, and whether it can be relied on."""
    with current_core().units.read() as uow:
        rows = [_row(rule, uow.today) for rule in law.rules(uow)]
    return render_template("admin/law.html", rows=rows, sections=list(Section))


@blueprint.get("/admin/law/<code>")
@for_admin
def rule(code: str) -> ResponseReturnValue:
    """One rule, to be said anew."""
    with current_core().units.read() as uow:
        found = law.rule_of(uow, code)
    return _form(found, forms.answers_of(found))


@blueprint.get("/admin/law/new")
@for_admin
def new() -> ResponseReturnValue:
    """An empty rule."""
    return _form(None, {"section": request.args.get("section", "")})


@blueprint.post("/admin/law/new")
@for_admin
def add() -> ResponseReturnValue:
    """Say something that was not said yet."""
    return _write(None)


@blueprint.post("/admin/law/<code>")
@for_admin
def write(code: str) -> ResponseReturnValue:
    """Say a rule anew."""
    with current_core().units.read() as uow:
        found = law.rule_of(uow, code)
    return _write(found)


@blueprint.post("/admin/law/<code>/checked")
@for_admin
def check(code: str) -> ResponseReturnValue:
    """Somebody held it against its source today."""
    with current_core().units.write() as uow:
        law.check_today(uow, code, account_id=staff().account_id)
    flash(_("Written down: checked today."), "success")
    return redirect(url_for(".rules"), code=303)


def _write(before: LawRule | None) -> ResponseReturnValue:
    answers = forms.typed_rule(request.form)
    try:
        with current_core().units.write() as uow:
            start = before or _empty(forms.section(answers), uow.today)
            law.write(uow, forms.rule(answers, start), account_id=staff().account_id)
    except DomainError as error:
        return _form(before, answers, error), _INVALID
    flash(_("Kept. The page says it like this from now on."), "success")
    return redirect(url_for(".rules"), code=303)


def _empty(section: Section, today: date) -> LawRule:
    return LawRule(
        code=f"{section}.own_{uuid4().hex[:8]}", section=section, titles={}, texts={}, collected_on=today
    )


def _form(rule: LawRule | None, answers: Answers, error: DomainError | None = None) -> str:
    with current_core().units.read() as uow:
        editions = editions_of(uow.session, rule.code) if rule else []
        history = [spoken_day(each.written_at) for each in editions]
    return render_template(
        "admin/law_rule.html",
        rule=rule,
        answers=answers,
        history=history,
        sections=list(Section),
        certainties=list(Certainty),
        written_in=[(code, ALL_LANGUAGES[code].own) for code in LANGUAGES],
        errors=form_errors([error]) if error else [],
    )


def _section(rules: tuple[LawRule, ...], section: Section, today: date) -> dict[str, object]:
    """One part of the page; amounts of a year have a sentence of their own."""
    found = in_force(rules, section, today)
    weakest = oldest(found, today)
    return {
        "section": section,
        "rules": [rule for rule in found if not rule.amounts],
        "dated": law.dated(weakest, today, current_language()) if weakest else None,
    }


def _row(rule: LawRule, today: date) -> dict[str, object]:
    language = current_language()
    return {
        "code": rule.code,
        "section": rule.section,
        "title": rule.titles[language],
        "dated": law.dated(rule, today, language),
        "standing": rule.standing(today),
        "holds": rule.holds_on(today),
        "certainty": rule.certainty,
    }


def _amounts(expenses: Sequence[LawRule]) -> dict[str, str]:
    """The limits of this year in euro, as people write them; empty when they are not known."""
    limits = next((rule.amounts for rule in reversed(expenses) if rule.amounts), {})
    return {
        name: str(format_currency(euro, "EUR", locale=current_language())) for name, euro in limits.items()
    }
