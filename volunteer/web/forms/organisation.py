"""What an organisation answers to somebody who would like to meet it."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from volunteer.domain.errors import InvalidValue
from volunteer.domain.introductions import DeclineReason, Step
from volunteer.domain.proposals import MOST, field_of
from volunteer.services.placements import HowItWent
from volunteer.web.forms.answers import Answers, text, typed


def answer(form: MultiDict[str, str]) -> Answers:
    """The words for the person, the reason, and which of the two buttons was pressed."""
    moments = (name for row in range(MOST) for name in _names(row))
    return typed(form, texts=("reply", "reason", "remark", "answer", *moments))


def reply(answers: Answers) -> str:
    """When and where to come. Raises :class:`InvalidValue` when nothing is said."""
    words = text(answers, "reply")
    if not words:
        raise InvalidValue("Write when and where this person can come.", field="reply")
    return words


def moments(answers: Answers, zone: ZoneInfo) -> list[datetime]:
    """Every moment that is named, row after row. Raises :class:`InvalidValue` about the row."""
    named = (agreed_at(answers, zone, row=row) for row in range(MOST))
    return [moment for moment in named if moment is not None]


def agreed_at(answers: Answers, zone: ZoneInfo, *, row: int = 0) -> datetime | None:
    """The moment named in a row, on the clock of the centre; ``None`` when none is. Raises
    :class:`InvalidValue`.
    """
    day_name, hour_name = _names(row)
    day, hour = text(answers, day_name), text(answers, hour_name)
    if not day and not hour:
        return None
    if not day or not hour:
        missing = hour_name if day else day_name
        raise InvalidValue("Give both a day and an hour, or neither.", field=missing)
    try:
        return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), tzinfo=zone)
    except ValueError:
        raise InvalidValue("Write the day as 2026-03-10 and the hour as 14:30.", field=day_name) from None


def remark(answers: Answers) -> str:
    """What the team says in its own words, which the desk reads first."""
    return text(answers, "remark")


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


def _names(row: int) -> tuple[str, str]:
    """What the day and the hour of a row are called."""
    day = field_of(row)
    return day, day.replace("day", "hour")
