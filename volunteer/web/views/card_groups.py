"""A class at once: blank cards for a group, and how many of them were used. Never which, and never who."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from volunteer.documents.blank_cards import PER_SHEET, BlankCard, BlankCards, blank_cards_pdf
from volunteer.domain.card_groups import KEPT, LASTING_DAYS, MOST, GroupState, spoken_code
from volunteer.domain.errors import DomainError
from volunteer.domain.languages import LANGUAGES
from volunteer.models import CardGroup
from volunteer.queries.card_groups import groups_of, printed
from volunteer.services import blank_cards, card_groups
from volunteer.services.card_groups import PrintedCard
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_support_workers, staff
from volunteer.web.dates import spoken_day
from volunteer.web.enrolment_page import offered
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms import card_groups as forms
from volunteer.web.forms.answers import Answers, typed
from volunteer.web.language import gettext as _
from volunteer.web.language import ngettext
from volunteer.web.paper_reply import pdf_reply
from volunteer.web.support_team import our_referrer, referrer_of_form

blueprint = Blueprint("card_groups", __name__, url_prefix="/support/groups")

_INVALID = 422


@blueprint.get("")
@for_support_workers
def index() -> ResponseReturnValue:
    """The groups of this support worker, and a new one."""
    with current_core().units.read() as uow:
        return _index(uow, forms.USUAL)


@blueprint.post("")
@for_support_workers
@limiter.limit("20 per minute")
def make() -> ResponseReturnValue:
    """A new group with its cards."""
    given, referrer = typed(request.form, texts=forms.FIELDS), referrer_of_form()
    with current_core().units.write() as uow:
        if wrong := forms.complaints(given, offered()):
            return _index(uow, given, wrong), _INVALID
        new = forms.new_group(given, offered())
        group = card_groups.make(
            uow,
            name=new.name,
            language=new.cards.language,
            count=new.cards.count,
            days=new.days,
            account_id=staff().account_id,
            organisation_id=referrer.id,
        )
        group_id = group.id
    flash(_("The cards are ready to be printed."), "success")
    return _to(group_id)


@blueprint.get("/<uuid:group_id>")
@for_support_workers
def show(group_id: UUID) -> ResponseReturnValue:
    """How many began and finished; by name only those who allow it at this moment."""
    with current_core().units.read() as uow:
        return _page(uow, card_groups.own(uow, group_id, staff().account_id), {})


@blueprint.get("/<uuid:group_id>/cards")
@for_support_workers
def paper(group_id: UUID) -> ResponseReturnValue:
    """Every card, to print or to print again."""
    core = current_core()
    with core.units.write() as uow:
        group = card_groups.own_running(uow, group_id, staff().account_id)
        centre = core.settings.centre
        found = BlankCards(
            cards=[_card(each) for each in card_groups.to_print(uow, group)],
            ours=centre.languages[0],
            typed_at=core.links.to(url_for("cards.ask")).partition("://")[2],
            until=group.expires_at,
            time_zone=centre.time_zone,
            centre=centre,
            made_at=uow.now,
        )
    return pdf_reply("cards", blank_cards_pdf(found))


@blueprint.post("/<uuid:group_id>/more")
@for_support_workers
@limiter.limit("20 per minute")
def more(group_id: UUID) -> ResponseReturnValue:
    """More cards for the same group."""
    given = typed(request.form, texts=("count", "language"))
    with current_core().units.write() as uow:
        group = card_groups.own_running(uow, group_id, staff().account_id)
        try:
            new = forms.more_cards(given, offered(), there=printed(uow.session, group.id))
        except DomainError as error:
            return _page(uow, group, given, [error]), _INVALID
        card_groups.add(uow, group, count=new.count, language=new.language)
    flash(ngettext("%(num)d card more.", "%(num)d cards more.", new.count), "success")
    return _to(group_id)


@blueprint.post("/<uuid:group_id>/stop")
@for_support_workers
def stop(group_id: UUID) -> ResponseReturnValue:
    """From now on its cards open nothing; who signed up keeps their file."""
    with current_core().units.write() as uow:
        card_groups.stop(uow, card_groups.own(uow, group_id, staff().account_id, hold=True))
    flash(_("Stopped. These cards do not work any more. Who signed up keeps their file."), "success")
    return _to(group_id)


def _index(uow: UnitOfWork, given: Answers, errors: Collection[DomainError] = ()) -> str:
    referrer = our_referrer()
    card_groups.check_may_make(uow, staff().account_id, referrer.id)
    found = groups_of(uow.session, staff().account_id, referrer.id)
    return render_template(
        "support/groups.html",
        team=referrer,
        groups=[_facts(uow, each) for each in found],
        languages=_languages(),
        lasting=[(str(days), ngettext("%(num)d day", "%(num)d days", days)) for days in LASTING_DAYS],
        answers=given,
        errors=form_errors(errors),
    )


def _page(uow: UnitOfWork, group: CardGroup, given: Answers, errors: Collection[DomainError] = ()) -> str:
    facts = _facts(uow, group)
    return render_template(
        "support/group.html",
        group=facts,
        works=blank_cards.works(uow, group),
        people=[(candidate.first_name, link.id) for link, candidate in card_groups.who_allows(uow, group)],
        languages=_languages(),
        left=MOST - printed(uow.session, group.id),
        per_sheet=PER_SHEET,
        answers=given,
        errors=form_errors(errors),
    )


def _facts(uow: UnitOfWork, group: CardGroup) -> dict[str, object]:
    """What a page says about one group: counts, and days of the group, never of a card."""
    state = card_groups.state(uow, group)
    ended = group.stopped_at or group.expires_at
    return {
        "id": group.id,
        "name": group.name,
        "organisation": group.organisation.name,
        "state": str(state),
        "counts": card_groups.counts(uow, group),
        "since": spoken_day(group.made_at),
        "until": spoken_day(ended),
        "forgotten": spoken_day(ended + KEPT) if state is not GroupState.RUNNING else "",
    }


def _card(card: PrintedCard) -> BlankCard:
    link = current_core().links.to(url_for("blank_cards.by_code", code=card.code))
    return BlankCard(number=card.number, language=card.language, code=spoken_code(card.code), link=link)


def _languages() -> list[tuple[str, str]]:
    return [(code, LANGUAGES[code].own) for code in offered()]


def _to(group_id: UUID) -> Response:
    return redirect(url_for(".show", group_id=group_id), code=303)
