"""How far a market is, for the desk: what is done, what is next, and where each of it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask import url_for

from volunteer.domain.gatherings import FIRST_LANGUAGE
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.market_days import HelperRole, MarketState, StandState, TimetableState
from volunteer.models import Market, Timetable
from volunteer.queries.markets import MarketCounts
from volunteer.services import timetable_reasons
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.language import gettext as _
from volunteer.web.language import joined, ngettext


class StepState(StrEnum):
    """Whether a step is done, is the one to do now, or comes later."""

    DONE = "done"
    NEXT = "next"
    LATER = "later"


@dataclass(slots=True)
class Step:
    """One thing to do for a market."""

    name: str
    said: str
    """How far it is, in a few words."""
    why: str
    """What there is to do, in a sentence."""
    verb: str
    """On the button."""
    url: str
    is_done: bool
    icon: str
    is_form: bool = False
    """Done by pressing, not by going somewhere."""
    state: StepState = StepState.LATER


def steps_of(
    uow: UnitOfWork, market: Market, counts: MarketCounts, timetables: Sequence[Timetable]
) -> list[Step]:
    """All of them in order; exactly one is next, unless the market was called off."""
    has_begun = market.starts_at <= uow.now
    found = [
        _words(market),
        _hall(market, counts),
        _people_who_help(market, counts),
        _opening(market),
    ]
    if market.state != MarketState.DRAFT:
        found += [
            _stands(market, counts),
            _visitors(market, counts, is_past=market.signup_closes_at <= uow.now),
            _timetable(
                counts,
                timetables,
                # On the day the page of the day asks for new routes.
                waiting=0 if has_begun else timetable_reasons.waiting(uow, market.id),
                url=url_for("desk_markets.timetable_list", market_id=market.id),
            ),
            _papers(market, has_begun=has_begun),
            _day(market, counts, is_over=market.ends_at <= uow.now),
            _afterwards(market),
        ]
    for step in found:
        step.state = StepState.DONE if step.is_done else StepState.LATER
    # On the day nothing goes before the day itself, whatever was left undone.
    behind = found[-2:] if market.opened_at and has_begun else found
    first = next((step for step in behind if not step.is_done), None)
    if first is not None and market.state != MarketState.CANCELLED:
        first.state = StepState.NEXT
    return found


def _words(market: Market) -> Step:
    said = market.texts.get(FIRST_LANGUAGE, {})
    return Step(
        name=_("When, where and what"),
        said=joined(each.own for code, each in LANGUAGES.items() if code in market.texts)
        if market.texts
        else _("Not written yet"),
        why=_("Write in Dutch what it is called, what happens there, and where it is."),
        verb=_("Write it"),
        url=url_for("desk_markets.change_form", market_id=market.id),
        is_done=bool(said.get("title") and said.get("about") and market.venue_name and market.street),
        icon="pencil",
    )


def _hall(market: Market, counts: MarketCounts) -> Step:
    zones = len(market.zones)
    return Step(
        name=_("The hall"),
        said=_(
            "%(zones)s, %(spots)s",
            zones=ngettext("%(num)d zone", "%(num)d zones", zones),
            spots=ngettext("%(num)d spot", "%(num)d spots", counts.spots),
        ),
        why=_("Give each part of the hall a letter, a name and so many spots."),
        verb=_("Draw the hall"),
        url=url_for("desk_markets.hall", market_id=market.id),
        is_done=zones > 0,
        icon="map-pin",
    )


def _people_who_help(market: Market, counts: MarketCounts) -> Step:
    door, tongues = counts.helpers[HelperRole.CHECK_IN], counts.helpers[HelperRole.INTERPRETER]
    return Step(
        name=_("Who helps"),
        said=_(
            "%(door)s at the door, %(interpreters)s",
            door=door,
            interpreters=ngettext("%(num)d interpreter", "%(num)d interpreters", tongues),
        ),
        why=_("Name who checks people in and who interprets. Each gets a link of their own."),
        verb=_("Name who helps"),
        url=url_for("desk_markets.helping", market_id=market.id),
        is_done=door > 0,
        icon="user-heart",
    )


def _opening(market: Market) -> Step:
    return Step(
        name=_("Open to everybody"),
        said=_("Only the desk sees it") if market.opened_at is None else _("Everybody can read it"),
        why=_("From then on organisations ask for a stand and people register."),
        verb=_("Open it"),
        url=url_for("desk_markets.publish", market_id=market.id),
        is_done=market.opened_at is not None,
        icon="lock-open",
        is_form=True,
    )


def _stands(market: Market, counts: MarketCounts) -> Step:
    asked, confirmed = counts.stands[StandState.APPLIED], counts.stands[StandState.CONFIRMED]
    said = ngettext("%(num)d confirmed", "%(num)d confirmed", confirmed)
    if asked:
        said = joined([said, ngettext("%(num)d to look at", "%(num)d to look at", asked)])
    if counts.without_spot:
        said = joined(
            [said, ngettext("%(num)d without a spot", "%(num)d without a spot", counts.without_spot)]
        )
    return Step(
        name=_("Stands"),
        said=said,
        why=_("Look at who asks for a stand, and give every stand a spot in the hall."),
        verb=_("See the stands"),
        url=url_for("desk_markets.stands", market_id=market.id),
        is_done=confirmed > 0 and not asked and not counts.without_spot,
        icon="building-community",
    )


def _visitors(market: Market, counts: MarketCounts, *, is_past: bool) -> Step:
    people = ngettext("%(num)d person", "%(num)d people", counts.visitors)
    groups = ngettext("%(num)d group", "%(num)d groups", counts.groups)
    return Step(
        name=_("People and groups"),
        said=joined([people, groups]) if counts.groups else people,
        why=_("People register themselves, at the desk or with a support worker."),
        verb=_("See who comes"),
        url=url_for("desk_markets.visitors", market_id=market.id),
        is_done=counts.visitors > 0 or is_past,
        icon="users",
    )


def _timetable(counts: MarketCounts, timetables: Sequence[Timetable], *, waiting: int, url: str) -> Step:
    """``waiting`` are people without a route whom another timetable may give one."""
    states = {each.state for each in timetables}
    is_published = TimetableState.PUBLISHED in states
    if is_published:
        why = _("Make another timetable: they get what is free, and everybody else keeps their route.")
        said = _("Everybody has a route")
        if waiting:
            said = ngettext("%(num)d person has no route yet", "%(num)d people have no route yet", waiting)
        elif without := counts.without_route:
            said = ngettext("%(num)d person has no route", "%(num)d people have no route", without)
    elif TimetableState.READY in states:
        said, why = _("Ready to be looked at"), _("Compare the timetables, and publish one.")
    elif states & {TimetableState.WAITING, TimetableState.SOLVING}:
        said, why = _("It is being made"), _("It takes a few seconds.")
    else:
        said, why = _("Not made yet"), _("Schakel gives everyone who wants one a route of their own.")
    return Step(
        name=_("Timetable"),
        said=said,
        why=why,
        verb=_("To the timetable"),
        url=url,
        is_done=is_published and not waiting,
        icon="clock",
    )


def _papers(market: Market, *, has_begun: bool) -> Step:
    return Step(
        name=_("On paper"),
        said=_("Cards, sheets for stands and interpreters, lists"),
        why=_("Print the cards and the sheets. The day works with them if the wifi fails."),
        verb=_("To the papers"),
        url=url_for("desk_markets.papers", market_id=market.id),
        is_done=has_begun,
        icon="printer",
    )


def _day(market: Market, counts: MarketCounts, *, is_over: bool) -> Step:
    return Step(
        name=_("The day itself"),
        said=_("%(here)s of %(all)s people came", here=counts.here, all=counts.visitors),
        why=_("Check people in, give a route to who just comes in, and plan again when much changed."),
        verb=_("To the day"),
        url=url_for("desk_markets.day", market_id=market.id),
        is_done=is_over,
        icon="door-enter",
    )


def _afterwards(market: Market) -> Step:
    return Step(
        name=_("Afterwards"),
        said=_("What came of it"),
        why=_("See how many met, who was left without, and what people say."),
        verb=_("To the report"),
        url=url_for("desk_markets.report", market_id=market.id),
        is_done=False,
        icon="chart-bar",
    )
