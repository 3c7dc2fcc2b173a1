"""What the pages of the access check show: places, rows, figures and the history, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from volunteer.domain.access import ASKED_OF_ORGANISATIONS, FEATURES, Answer, Dimension, removes_barrier
from volunteer.domain.access_tips import tip_of
from volunteer.domain.opportunities import Scope
from volunteer.domain.places import MUNICIPALITIES
from volunteer.models import AccessChange, Opportunity, Organisation, Venue
from volunteer.queries import access as queries
from volunteer.queries.figures import ShownFigure
from volunteer.services import figures
from volunteer.services.access_check import Place, Standing
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_day
from volunteer.web.forms.access import NAMES
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _

GROUPS = tuple(Dimension)
NOBODY = UUID(int=0)
FIRST_SHOWN = 7
"""Rows of a group that lie open; the others are folded until they are answered or looked for."""
PICTURES = {
    Dimension.PHYSICAL: "ph.step_free_entrance",
    Dimension.INFORMATION: "ic.plain_language",
    Dimension.SERVICE: "sv.buddy",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One question with its answer."""

    code: str
    label: str
    help: str
    value: str
    """yes, arrange, no, or empty where the place has no answer of its own."""
    inherited: str
    """What comes from above, in words; empty when nothing does."""
    note: str
    note_language: str | None
    since: str
    asks_to_be_confirmed: bool
    people: int | None
    """About how many people an answer would open for, as of last night."""


@dataclass(frozen=True, slots=True)
class Group:
    """One of the three groups, as its card shows it."""

    slug: str
    title: str
    hint: str
    picture: str
    answered: int
    total: int
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """Somewhere else to answer for."""

    text: str
    language: str | None
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history."""

    day: str
    who: str
    label: str
    before: str
    after: str
    is_barrier_removed: bool
    is_confirmation: bool


def answer_words(answer: Answer | str | None) -> str:
    """An answer as the check says it."""
    if not answer:
        return _("Still open")
    return {Answer.YES: _("Yes"), Answer.ARRANGEABLE: _("We arrange it"), Answer.NO: _("No")}[Answer(answer)]


def inherited_words(scope: Scope, answer: Answer) -> str:
    """What comes from above, and from where."""
    said = answer_words(answer).lower()
    if scope is Scope.VENUE:
        return _("From the place: %(answer)s.", answer=said)
    return _("From the whole organisation: %(answer)s.", answer=said)


def codes_of(group: Dimension) -> list[str]:
    """The codes of one group, in the order of the check."""
    return [code for code in ASKED_OF_ORGANISATIONS if FEATURES[code].dimension is group]


def group_title(group: Dimension) -> str:
    """What people call a group."""
    return {
        Dimension.PHYSICAL: _("The place"),
        Dimension.INFORMATION: _("The explanation"),
        Dimension.SERVICE: _("The welcome"),
    }[group]


def group_hint(group: Dimension) -> str:
    """What a group is about."""
    return {
        Dimension.PHYSICAL: _("Can somebody come in, move around and work there?"),
        Dimension.INFORMATION: _("How do you explain the work, and how do you agree on things?"),
        Dimension.SERVICE: _("What may somebody expect of you?"),
    }[group]


def url_of(place: Place, group: Dimension | None = None) -> str:
    """The page of the check for this place."""
    return url_for("access_check.show", scope=place.scope, scope_id=place.id, group=group)


def groups(standing: Mapping[str, Standing], place: Place, here: Dimension) -> list[Group]:
    """The three cards with their bars."""
    return [
        Group(
            slug=group.value,
            title=group_title(group),
            hint=group_hint(group),
            picture=PICTURES[group],
            answered=sum(1 for code in codes_of(group) if standing[code].counts),
            total=len(codes_of(group)),
            url=url_of(place, group),
            is_here=group is here,
        )
        for group in GROUPS
    ]


def rows(standing: Mapping[str, Standing], group: Dimension, opens: Mapping[str, int]) -> list[Row]:
    """The questions of one group."""
    return [_row(standing[code], opens.get(code)) for code in codes_of(group)]


def _row(each: Standing, people: int | None) -> Row:
    own, above = each.own, each.inherited
    inherited = ""
    if above is not None and not above.is_old:
        inherited = inherited_words(above.scope, above.answer)
    return Row(
        code=each.code,
        label=FEATURES[each.code].label(current_language()),
        help=tip_of(each.code, current_language()).short,
        value=NAMES[own.answer] if own else "",
        inherited=inherited,
        note=(own.note or "") if own else "",
        note_language=own.note_language if own else None,
        since=spoken_day(own.said_at) if own else "",
        asks_to_be_confirmed=bool(own and own.asks_to_be_confirmed),
        people=people,
    )


def here(uow: UnitOfWork, place: Place) -> tuple[str, str | None]:
    """What this place is called, and the language of that name where it is known."""
    found = uow.session.get_one(
        {Scope.ORGANISATION: Organisation, Scope.VENUE: Venue, Scope.OPPORTUNITY: Opportunity}[place.scope],
        place.id,
    )
    if isinstance(found, Venue):
        return venue_name(found), None
    return (
        (found.title, found.language)
        if isinstance(found, Opportunity)
        else (_("The whole organisation"), None)
    )


def venue_name(venue: Venue) -> str:
    """The address of a venue as its team knows it."""
    town = MUNICIPALITIES.get(venue.municipality or "")
    parts = (venue.street, town.label(current_language()) if town else None)
    return ", ".join(part for part in parts if part) or venue.postal_code or _("A place without address")


def places(uow: UnitOfWork, place: Place) -> dict[str, list[PlaceLink]]:
    """Everywhere this organisation can answer for: as a whole, per venue, per role."""
    mine = place.organisation_id
    return {
        "organisation": [_link(_("The whole organisation"), None, Scope.ORGANISATION, mine, place)],
        "venues": [
            _link(venue_name(each), None, Scope.VENUE, each.id, place)
            for each in queries.venues_of(uow.session, mine)
        ],
        "roles": [
            _link(each.title, each.language, Scope.OPPORTUNITY, each.id, place)
            for each in queries.roles_of(uow.session, mine)
        ],
    }


def _link(text: str, language: str | None, scope: Scope, scope_id: UUID, place: Place) -> PlaceLink:
    url = url_for("access_check.show", scope=scope, scope_id=scope_id)
    return PlaceLink(text, language, url, is_here=scope_id == place.id)


def would_open(uow: UnitOfWork, place: Place) -> tuple[str | None, dict[str, int], list[ShownFigure]]:
    """Day of the figures, people by code for this place, and the figures to show beside it."""
    found = figures.of_organisation(uow, place.organisation_id)
    chain = {place.id, *(scope_id for _scope, scope_id in place.above)}
    nearby = [
        each
        for each in found.shown
        if each.code in FEATURES and (place.scope is Scope.ORGANISATION or each.scope_id in chain)
    ]
    here = {each.code: each.people for each in reversed(nearby) if each.scope_id == place.id}
    return (spoken_day(found.day) if found.day else None), here, nearby


def history(uow: UnitOfWork, place: Place) -> list[Change]:
    """Who said what and when in this place, the newest first."""
    changes = queries.changes_in(uow.session, place.id)
    names = queries.names_of_accounts(
        uow.session, [who for each in changes if (who := account_in(each.said_by))]
    )
    return [_change(each, names) for each in changes]


def _change(each: AccessChange, names: Mapping[UUID, str]) -> Change:
    before = Answer(each.before) if each.before else None
    after = Answer(each.after) if each.after else None
    return Change(
        day=spoken_day(each.said_at),
        who=said_by_words(each.said_by, names),
        label=FEATURES[each.code].label(current_language()),
        before=answer_words(before),
        after=answer_words(after),
        is_barrier_removed=removes_barrier(before, after),
        is_confirmation=before is after,
    )


def said_by_words(said_by: str, names: Mapping[UUID, str]) -> str:
    """Who said something, by first name where it is a person who logs in."""
    kind = said_by.partition(":")[0]
    if kind == "account":
        account_id = account_in(said_by)
        return names.get(account_id or NOBODY, _("Somebody who left"))
    return {"mail": _("From a mail"), "import": _("A list"), "demo": _("The demo")}.get(kind, _("A program"))


def account_in(said_by: str) -> UUID | None:
    """The account that said something, where one did."""
    kind, _colon, rest = said_by.partition(":")
    try:
        return UUID(rest) if kind == "account" else None
    except ValueError:
        return None


def just_answered(changes: Sequence[AccessChange], opens: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """What was said a moment ago that opens something: label, answer, and about how many people."""
    newest: dict[str, AccessChange] = {}
    for each in changes:
        newest.setdefault(each.code, each)
    return [
        (FEATURES[code].label(current_language()), answer_words(each.after), opens[code])
        for code, each in newest.items()
        if code in opens
        and removes_barrier(
            Answer(each.before) if each.before else None, Answer(each.after) if each.after else None
        )
    ]
