"""What an organisation answers to somebody who would like to meet it."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from volunteer.domain.errors import InvalidValue
from volunteer.domain.introductions import DeclineReason, Step
from volunteer.services.placements import HowItWent
from volunteer.web.forms.answers import Answers, text, typed


def answer(form: MultiDict[str, str]) -> Answers:
    """The words for the person, the reason, and which of the two buttons was pressed."""
    return typed(form, texts=("reply", "reason", "answer", "agreed_day", "agreed_hour"))


def reply(answers: Answers) -> str:
    """When and where to come. Raises :class:`InvalidValue` when nothing is said."""
    words = text(answers, "reply")
    if not words:
        raise InvalidValue("Write when and where this person can come.", field="reply")
    return words


def agreed_at(answers: Answers, zone: ZoneInfo) -> datetime | None:
    """The named moment, on the clock of the centre; ``None`` when none is. Raises :class:`InvalidValue`."""
    day, hour = text(answers, "agreed_day"), text(answers, "agreed_hour")
    if not day and not hour:
        return None
    if not day or not hour:
        missing = "agreed_hour" if day else "agreed_day"
        raise InvalidValue("Give both a day and an hour, or neither.", field=missing)
    try:
        return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), tzinfo=zone)
    except ValueError:
        raise InvalidValue("Write the day as 2026-03-10 and the hour as 14:30.", field="agreed_day") from None


def reason(answers: Answers) -> DeclineReason:
    """Why not now. Raises :class:`InvalidValue` when none is chosen."""
    try:
        return DeclineReason(text(answers, "reason"))
    except ValueError:
        raise InvalidValue("Choose the reason that comes closest.", field="reason") from None


def how_it_went(form: MultiDict[str, str]) -> HowItWent:
    """What became of a yes. Raises :class:`InvalidValue` when no button was pressed."""
    steps: dict[str, HowItWent] = {
        "meet": Step.MEET,
        "miss": Step.MISS,
        "start": Step.START,
        "stop": Step.STOP,
    }
    if (found := steps.get(form.get("step", ""))) is None:
        raise InvalidValue("Press one of the buttons.", field="step")
    return found


def fits(form: MultiDict[str, str]) -> bool:
    """Whether the task fits. Raises :class:`InvalidValue` when neither button was pressed."""
    chosen = form.get("fits")
    if chosen not in {"yes", "no"}:
        raise InvalidValue("Choose yes or no.", field="fits")
    return chosen == "yes"


def organisation(form: MultiDict[str, str]) -> UUID | None:
    """Which organisation to go on with."""
    try:
        return UUID(form.get("organisation", ""))
    except ValueError:
        return None
