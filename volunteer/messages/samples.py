"""Made-up content for every kind of message, so that staff can read each before anybody gets one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from volunteer.config import Centre
from volunteer.domain.incidents import Outcome
from volunteer.domain.messages import TOPICS, MessageKind
from volunteer.links import Links, Purpose
from volunteer.messages.registry import COMPOSERS
from volunteer.messages.words import Facts, Meeting, Words
from volunteer.translation import SOURCE_LANGUAGE, is_right_to_left, translations

_NOBODY = UUID(int=0)
_WHEN, _HOUR = timedelta(days=1), timedelta(hours=1)


def sample(kind: MessageKind, language: str, *, centre: Centre, links: Links, now: datetime) -> Facts:
    """Facts of nobody: names, a role and a day that stand for any; links that open nothing."""
    _ = translations(language).gettext
    link = links.make_short(Purpose.OPEN_FILE, _NOBODY)
    hour = (now + _WHEN).astimezone(UTC).replace(hour=9, minute=0, second=0, microsecond=0)
    return Facts(
        language=language,
        centre=centre,
        to_name="أمل" if is_right_to_left(language) else "Amal",
        link=link,
        role=_("Cooking for the neighbourhood"),
        organisation="Buurthuis De Lork",
        first_name="Joseph",
        reply=_("Come at ten. Ask for Fatima."),
        count=3,
        outcome=next(iter(Outcome)),
        what=_("A ramp at the front door"),
        asked=((_("Is there a step at the front door?"), link),),
        unsubscribe=links.to("/unsubscribe/...") if kind in TOPICS else "",
        when=hour,
        times=(hour, hour + _WHEN, hour + 2 * _WHEN),
        gathering=Meeting(
            title=_("What is volunteering?"),
            place="Muntpunt, Munt 6",
            ends_at=hour + 2 * _HOUR,
            until=hour - 3 * _HOUR if kind == MessageKind.SEAT_OFFERED else None,
            number=4 if kind == MessageKind.YOU_WAIT else 0,
            reason=_("The trainer is ill."),
        ),
    )


def sample_words(kind: MessageKind, facts: Facts) -> Words:
    """What this kind says of these facts."""
    return COMPOSERS[kind](facts)


def is_for_candidates(kind: MessageKind, *, centre: Centre, links: Links, now: datetime) -> bool:
    """Whether candidates get it: those kinds alone speak Arabic."""
    said = [
        sample_words(kind, sample(kind, language, centre=centre, links=links, now=now)).subject
        for language in ("ar", SOURCE_LANGUAGE)
    ]
    return said[0] != said[1]
