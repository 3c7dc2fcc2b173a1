"""What somebody may say of a role they do not want, and what it changes, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from volunteer.domain.interests import TASKS
from volunteer.domain.refusals import Refusal, RefusalReason
from volunteer.matching.sentences import within_a_sentence
from volunteer.models import Opportunity
from volunteer.services.refusals import reasons_for
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _

WITH_TASK = ":"
"""Between the reason and the task in the value of a form."""


@dataclass(frozen=True, slots=True)
class ReasonChoice:
    """One reason to choose, with what it changes."""

    value: str
    label: str
    changes: str


def reason_choices(opportunity: Opportunity) -> list[ReasonChoice]:
    """Everything that can be said of this role, in order."""
    return [
        ReasonChoice(value_of(each), said(each, opportunity), promise(each))
        for each in reasons_for(opportunity)
    ]


def value_of(refusal: Refusal) -> str:
    """The value of a reason in a form."""
    return f"{refusal.reason}{WITH_TASK}{refusal.task}" if refusal.task else str(refusal.reason)


def reason_in(value: str) -> tuple[RefusalReason, str | None]:
    """The reason and the task that a form means; nothing chosen is nothing said. Raises ``ValueError``."""
    reason, _colon, task = value.partition(WITH_TASK)
    return RefusalReason(reason or RefusalReason.UNSAID), task or None


def said(refusal: Refusal, opportunity: Opportunity) -> str:
    """The reason in words about the role."""
    match refusal.reason:
        case RefusalReason.TOO_FAR:
            return _("It is too far")
        case RefusalReason.HOURS:
            return _("Not at these hours")
        case RefusalReason.TASK:
            return _("Not this kind of work: %(task)s", task=_task(refusal))
        case RefusalReason.ORGANISATION:
            return _("Not with %(organisation)s", organisation=opportunity.organisation.name)
        case RefusalReason.TOO_MUCH:
            return _("It is too often or too long")
        case RefusalReason.UNSAID:
            return _("I want to say nothing")


def promise(refusal: Refusal) -> str:
    """What choosing it will change."""
    return {
        RefusalReason.TOO_FAR: _("We can look closer by. We ask you first."),
        RefusalReason.HOURS: _("You can change your hours. We help you with that."),
        RefusalReason.TASK: _("Other work comes first from now on."),
        RefusalReason.ORGANISATION: _("You see no task of theirs any more."),
        RefusalReason.TOO_MUCH: _("We look first for what takes less time."),
        RefusalReason.UNSAID: _("That is fine. Only this task goes."),
    }[refusal.reason]


def effect(refusal: Refusal, opportunity: Opportunity) -> str:
    """What it changes from now on."""
    match refusal.reason:
        case RefusalReason.TOO_FAR if refusal.minutes is not None:
            return _(
                "We look for a way of at most %(minutes)s min. What is farther comes last.",
                minutes=refusal.minutes,
            )
        case RefusalReason.TASK:
            return _("Other work comes first. This comes last: %(task)s.", task=_task(refusal))
        case RefusalReason.ORGANISATION:
            return _(
                "You see no task of %(organisation)s any more. What you asked them before goes on.",
                organisation=opportunity.organisation.name,
            )
        case RefusalReason.TOO_MUCH:
            return _("We look first for tasks that take less of your time.")
        case _:
            return _("Only this task goes. Your other suggestions stay as they are.")


def changes_lists(refusal: Refusal) -> bool:
    """Whether looking again may show something else, besides that this role is gone."""
    return refusal.minutes is not None or refusal.reason in {
        RefusalReason.TASK,
        RefusalReason.ORGANISATION,
        RefusalReason.TOO_MUCH,
    }


def _task(refusal: Refusal) -> str:
    return within_a_sentence(TASKS[refusal.task].label(current_language())) if refusal.task else ""
