"""The access check of an organisation: what is possible with them, where, and what a change would open."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.documents.self_check import Asked, SelfCheck, self_check_pdf
from volunteer.documents.sheet import PaperSize
from volunteer.domain.access import FEATURES, Dimension
from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.opportunities import Scope
from volunteer.queries import access as queries
from volunteer.queries.figures import ShownFigure
from volunteer.services import access_check
from volunteer.services.access_check import Standing
from volunteer.web import access_page
from volunteer.web.access_team import answering, place_of, said_by
from volunteer.web.auth import for_members
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms import access as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.language import current_language, ngettext
from volunteer.web.language import gettext as _
from volunteer.web.paper_facts import tongues_of
from volunteer.web.paper_reply import pdf_reply
from volunteer.web.views.organisation.blueprint import our_team

blueprint = Blueprint("access_check", __name__, url_prefix="/organisation/access")

_INVALID = 422
_JUST = timedelta(minutes=5)


@blueprint.get("")
@for_members
def start() -> ResponseReturnValue:
    """The check for the organisation as a whole."""
    here = our_team()
    return redirect(url_for(".show", scope=Scope.ORGANISATION, scope_id=here.id))


@blueprint.get("/<scope>/<uuid:scope_id>")
@for_members
def show(scope: str, scope_id: UUID) -> ResponseReturnValue:
    """One group of questions for one place, with what each answer would open."""
    return _page(scope, scope_id, _group(request.args.get("group")))


@blueprint.post("/<scope>/<uuid:scope_id>")
@for_members
def save(scope: str, scope_id: UUID) -> ResponseReturnValue:
    """Keep the answers of one group, and go on with the next one or come back another day."""
    group = _group(request.form.get("group"))
    codes = access_page.codes_of(group)
    answers = forms.check(request.form, codes)
    mine = answering()
    try:
        with current_core().units.write() as uow:
            place = place_of(uow, mine, scope, scope_id)
            given = forms.given(answers, codes)
            changed = access_check.save(uow, place, given, said_by=said_by(), language=current_language())
    except InvalidValue as error:
        return _page(scope, scope_id, group, answers, error)
    except ImpossibleStep as error:
        raise NotFound("Something changed at this very moment. Try it again.") from error
    flash(_kept(len(changed)), "success")
    if request.form.get("do") == "later":
        return redirect(url_for("organisation.home"), code=303)
    return redirect(access_page.url_of(place, _next(group)), code=303)


@blueprint.post("/<scope>/<uuid:scope_id>/confirm")
@for_members
def confirm(scope: str, scope_id: UUID) -> ResponseReturnValue:
    """Everything that was said long ago here is still true."""
    mine = answering()
    with current_core().units.write() as uow:
        place = place_of(uow, mine, scope, scope_id)
        count = access_check.confirm(uow, place, said_by=said_by())
    flash(ngettext("One answer is as good as new.", "%(num)d answers are as good as new.", count), "success")
    return redirect(access_page.url_of(place, _group(request.form.get("group"))), code=303)


@blueprint.get("/<scope>/<uuid:scope_id>/print")
@for_members
def paper(scope: str, scope_id: UUID) -> ResponseReturnValue:
    """The whole check on paper, with the answers so far: to go round the building with."""
    mine, core = our_team(), current_core()
    with core.units.read() as uow:
        place = place_of(uow, mine, scope, scope_id)
        standing = access_check.standings(uow, place)
        name, name_language = access_page.here(uow, place)
        check = SelfCheck(
            tongues=tongues_of(current_language()),
            organisation=mine.name,
            place=name,
            place_language=name_language,
            asked=[_asked(each) for each in standing.values()],
            link=f"{core.settings.public_url}{access_page.url_of(place)}",
            centre=core.settings.centre,
            made_at=uow.now,
        )
    return pdf_reply("check", self_check_pdf(check, PaperSize.A4))


def _asked(each: Standing) -> Asked:
    own, above = each.own, each.inherited
    return Asked(
        code=each.code,
        answer=own.answer if own else None,
        note=(own.note or "") if own else "",
        note_language=own.note_language if own else None,
        # Not ticked: who sends this back would say it for this place too.
        from_above=access_page.inherited_words(above.scope, above.answer)
        if above and not own and not above.is_old
        else "",
    )


def _page(
    scope: str,
    scope_id: UUID,
    group: Dimension,
    answers: Answers | None = None,
    error: DomainError | None = None,
) -> ResponseReturnValue:
    mine = our_team()
    with current_core().units.read() as uow:
        place = place_of(uow, mine, scope, scope_id)
        standing = access_check.standings(uow, place)
        day, opens, nearby = access_page.would_open(uow, place)
        changes = queries.changes_in(uow.session, place.id)
        context = {
            "groups": access_page.groups(standing, place, group),
            "rows": access_page.rows(standing, group, opens),
            "answered": sum(1 for each in standing.values() if each.counts),
            "total": len(standing),
            "stale": sum(1 for each in standing.values() if each.own and each.own.asks_to_be_confirmed),
            "here": access_page.here(uow, place),
            "places": access_page.places(uow, place),
            "history": access_page.history(uow, place),
            "opens_on": day,
            "just": access_page.just_answered(
                [each for each in changes if uow.now - each.said_at <= _JUST], opens
            ),
            "nearby": [_opening(each) for each in nearby],
        }
    page = render_template(
        "access/check.html",
        team=mine,
        place=place,
        group=group,
        is_last=group is access_page.GROUPS[-1],
        first_shown=access_page.FIRST_SHOWN,
        typed=answers,
        errors=form_errors([error]) if error else [],
        **context,
    )
    return page, _INVALID if error else 200


def _opening(each: ShownFigure) -> tuple[str, int, str, str]:
    """Label, people, where, and the page on which it can be said."""
    group = FEATURES[each.code].dimension
    url = url_for(".show", scope=each.scope, scope_id=each.scope_id, group=group, _anchor=f"row-{each.code}")
    return FEATURES[each.code].label(current_language()), each.people, each.role or each.street or "", url


def _kept(count: int) -> str:
    if not count:
        return _("Nothing changed. Your answers stand as they were.")
    return ngettext(
        "One answer kept. Whoever waits for it is looked at again.",
        "%(num)d answers kept. Whoever waits for them is looked at again.",
        count,
    )


def _group(slug: str | None) -> Dimension:
    return Dimension(slug) if slug in list(Dimension) else Dimension.PHYSICAL


def _next(group: Dimension) -> Dimension:
    """The group after this one; the last one stays."""
    after = access_page.GROUPS.index(group) + 1
    return access_page.GROUPS[min(after, len(access_page.GROUPS) - 1)]
