"""Why nothing fits, in the reader's words."""

from __future__ import annotations

from volunteer.domain.signals import SignalCause
from volunteer.services.signals import SignalDetail
from volunteer.web.language import gettext as _


def said_signal(detail: SignalDetail) -> str:
    """The cause, and what else the person wrote."""
    causes = {
        SignalCause.NEAR: _("Everything is too far."),
        SignalCause.HOURS: _("The hours do not suit."),
        SignalCause.TASKS: _("None of the tasks suits."),
        SignalCause.LANGUAGE: _("It is about the language."),
        SignalCause.NEEDS: _("What helps is nowhere there."),
        SignalCause.OTHER: _("It is something else."),
    }
    said = causes[detail.cause]
    return _("%(cause)s “%(words)s”", cause=said, words=detail.words) if detail.words else said
