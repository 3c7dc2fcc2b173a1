"""What somebody who comes to a market tells: who they are, what they like, when, and with whom."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from volunteer.domain.candidates import Channel, clean_name
from volunteer.domain.errors import InvalidValue
from volunteer.domain.market_visitors import (
    CardDetails,
    GroupDetails,
    Help,
    Wishes,
    check_yes,
    check_yes_to_help,
)
from volunteer.models import Market, MarketVisitor
from volunteer.services.contacts import clean_contact
from volunteer.services.gathering_sign_ups import WAYS
from volunteer.services.market_visitors import Newcomer
from volunteer.web.errors import Complaints
from volunteer.web.forms.answers import Answers, several, text, ticked, typed
from volunteer.web.forms.gatherings import number

LANGUAGE = "person_language"
NO_MESSAGES = "none"
STEP = timedelta(minutes=30)
_FREELY = "freely"
_CONTACTS: Mapping[Channel, str] = {channel: f"contact_{channel}" for channel in WAYS}
_WISHES = ("walk", "wanted", "arrives_at", "leaves_at", "together", "shares")
_HELP = ("more_time", "agrees_to_help")
_GROUP = ("name", "size", "companions", "arrives_at", "leaves_at")
_CARD = ("language", "walk", *_HELP)


def newcomer(form: MultiDict[str, str]) -> Answers:
    """What somebody without a file says."""
    return typed(
        form,
        texts=("name", "channel", "agrees", LANGUAGE, *_CONTACTS.values(), *_WISHES, *_HELP),
        lists=("languages", "tasks", "help"),
    )


def told(
    answers: Answers, language: str, complaints: Complaints, *, is_for_them: bool = False
) -> Newcomer | None:
    """Who they are, for the service; ``None`` with a complaint, of which every one is heard at once.

    ``is_for_them`` is that a colleague or a helper fills it in.
    """
    channel, asked = None, helps(answers)
    with complaints.collect():
        clean_name(text(answers, "name"), field="name")
    with complaints.collect():
        channel = _reached(answers)
    with complaints.collect():
        check_yes_to_help(asked, agrees=ticked(answers, "agrees_to_help"), is_for_them=is_for_them)
    with complaints.collect():
        check_yes(agrees=ticked(answers, "agrees"), is_for_them=is_for_them)
    if complaints.errors:
        return None
    return Newcomer(
        name=text(answers, "name"),
        channel=channel,
        contact=text(answers, _CONTACTS[channel]) if channel else "",
        language=language,
        agrees=ticked(answers, "agrees"),
        help=asked,
        agrees_to_help=ticked(answers, "agrees_to_help"),
    )


def language(answers: Answers, offered: Collection[str]) -> str:
    """In which language we write to this person. Raises :class:`InvalidValue`."""
    found = text(answers, LANGUAGE)
    if found not in offered:
        raise InvalidValue("Choose the language of this person.", field=LANGUAGE)
    return found


def helps(answers: Answers) -> Help:
    """What helps them on that day."""
    return Help(frozenset(several(answers, "help")), more_time=ticked(answers, "more_time"))


def wished(form: MultiDict[str, str]) -> Answers:
    """How somebody would like to spend the day."""
    return typed(form, texts=_WISHES, lists=("languages", "tasks"))


def wishes(answers: Answers, market: Market, zone: ZoneInfo) -> Wishes:
    """The same for the service. Raises :class:`InvalidValue`."""
    found = Wishes(
        languages=frozenset(several(answers, "languages")),
        tasks=frozenset(several(answers, "tasks")),
        wants_route=text(answers, "walk") != _FREELY,
        wanted=number(answers, "wanted") if text(answers, "wanted") else None,
        arrives_at=_hour(answers, "arrives_at", market, zone),
        leaves_at=_hour(answers, "leaves_at", market, zone),
        together_card=number(answers, "together") if text(answers, "together") else None,
        shares_tasks=ticked(answers, "shares"),
    )
    found.check(opens=market.starts_at, closes=market.ends_at)
    return found


def as_wished(told_before: Wishes, zone: ZoneInfo) -> Answers:
    """What a form shows of what was told."""
    answers: Answers = {
        "languages": sorted(told_before.languages),
        "tasks": sorted(told_before.tasks),
        "walk": "route" if told_before.wants_route else _FREELY,
        "wanted": str(told_before.wanted or ""),
        "arrives_at": clock(told_before.arrives_at, zone),
        "leaves_at": clock(told_before.leaves_at, zone),
        "together": str(told_before.together_card or ""),
    }
    return answers | ({"shares": "yes"} if told_before.shares_tasks else {})


def group(form: MultiDict[str, str]) -> Answers:
    """What a support worker tells of a group."""
    return typed(form, texts=_GROUP, lists=("languages",))


def group_details(answers: Answers, market: Market, zone: ZoneInfo) -> GroupDetails:
    """The same for the service. Raises :class:`InvalidValue`."""
    return GroupDetails(
        name=text(answers, "name"),
        size=number(answers, "size"),
        companions=number(answers, "companions") if text(answers, "companions") else 0,
        languages=frozenset(several(answers, "languages")),
        arrives_at=_hour(answers, "arrives_at", market, zone),
        leaves_at=_hour(answers, "leaves_at", market, zone),
    )


def card(form: MultiDict[str, str]) -> Answers:
    """What is told of one card of a group."""
    return typed(form, texts=_CARD, lists=("languages", "help"))


def card_details(answers: Answers, offered: Collection[str]) -> CardDetails:
    """The same for the service; the card itself is printed in one of the ``offered`` languages.

    Raises :class:`InvalidValue`.
    """
    chosen = text(answers, "language")
    if chosen not in offered:
        raise InvalidValue("Choose a language.", field="language")
    return CardDetails(
        language=chosen,
        languages=frozenset(several(answers, "languages")),
        wants_route=text(answers, "walk") != _FREELY,
        help=helps(answers),
    )


def hours(market: Market, zone: ZoneInfo) -> list[str]:
    """Every half hour at which the doors are open, as ``14:30``."""
    steps = -((market.starts_at - market.ends_at) // STEP)
    return [clock(market.starts_at + number * STEP, zone) for number in range(1, steps)]


def clock(moment: datetime | None, zone: ZoneInfo) -> str:
    """An hour as a form holds it; empty where there is none."""
    return moment.astimezone(zone).strftime("%H:%M") if moment else ""


def is_hour(said: str) -> bool:
    """Whether this is an hour as a form holds it."""
    return bool(re.fullmatch("[0-9]{2}:[0-9]{2}", said))


def _hour(answers: Answers, name: str, market: Market, zone: ZoneInfo) -> datetime | None:
    said = text(answers, name)
    if not said:
        return None
    try:
        at = time.fromisoformat(said[:5])
    except ValueError:
        raise InvalidValue("Choose an hour at which the market is open.", field=name) from None
    return datetime.combine(market.starts_at.astimezone(zone).date(), at, tzinfo=zone)


def _reached(answers: Answers) -> Channel | None:
    """How they are reached, with what that needs; ``None`` is not at all. Raises :class:`InvalidValue`."""
    said = text(answers, "channel")
    if not said or said == NO_MESSAGES:
        return None
    if said not in set(WAYS):
        raise InvalidValue("Choose how we can reach you.", field="channel")
    channel = Channel(said)
    clean_contact(channel, text(answers, _CONTACTS[channel]))
    return channel


def agrees_to_help(answers: Answers) -> bool:
    """Whether it was said that this may be kept."""
    return ticked(answers, "agrees_to_help")


def as_card(found: MarketVisitor, told: Help) -> Answers:
    """What a form shows of one card of a group."""
    said: Answers = {
        "language": found.language,
        "languages": found.languages,
        "walk": "route" if found.wants_route else "freely",
        "help": sorted(told.codes),
    }
    yes = {name: "yes" for name, is_so in (("more_time", told.more_time), ("agrees_to_help", told)) if is_so}
    return said | yes
