"""To whoever reported that something is not right: what was done about it."""

from __future__ import annotations

from collections.abc import Callable

from volunteer.domain.incidents import Outcome
from volunteer.messages.words import Facts, Words
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``."""
    _ = translations(facts.language).gettext
    number = isolated({"number": str(facts.count)}, facts.language)
    words = isolated({"words": facts.reply}, facts.language)
    done = said_done(facts.outcome, _)
    return Words(
        subject=_("What we did about your report"),
        paragraphs=(
            _("You told us that something is not right. Your report has number %(number)s.") % number,
            *((done,) if done else ()),
            *((_("We add: “%(words)s”") % words,) if facts.reply else ()),
            _("Is it not good yet? Call us, or come to the desk."),
        ),
        button=_("Go to Schakel"),
    )


def said_done(outcome: str, _: Callable[[str], str]) -> str:
    """What was done, in one sentence, by the translator that is given; empty for what nobody knows."""
    said = {
        Outcome.TALKED: _("We talked with those concerned."),
        Outcome.CHANGED: _("The organisation changed something."),
        Outcome.SUSPENDED: _("We do not send anybody there for now."),
        Outcome.MENDED: _("We corrected what was wrong on our side."),
        Outcome.PASSED_ON: _("We passed it on to who must look into it."),
        Outcome.NOTHING_FOUND: _("We looked into it. We could not find what went wrong."),
    }
    return said[Outcome(outcome)] if outcome in list(Outcome) else ""
