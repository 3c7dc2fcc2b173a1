"""To who signed up for a gathering: it is at another time or place."""

from __future__ import annotations

from volunteer.messages.at_gathering import briefly, not_coming, title, until, when, where
from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``; a text message has the day and the hour, too.

    What they can do depends on whether they have a seat, were offered one, or wait.
    """
    _ = translations(facts.language).gettext
    changed = _("Something changed at “%(title)s”. This is how it is now.") % title(facts)
    said = (changed, when(facts), *where(facts))
    return Words(
        subject=_("Your activity is at another time or place"),
        paragraphs=(*said, *_next(facts)),
        button=_button(facts),
        spoken=(*said, *_next(facts, by_voice=True)),
        short=_("Your activity changed: %(day)s, %(hour)s.") % briefly(facts.when, facts),
    )


def _next(facts: Facts, *, by_voice: bool = False) -> tuple[str, ...]:
    _ = translations(facts.language).gettext
    if facts.gathering.until:
        yes = _("Open this page and press the button: you come, or you do not.")
        kept = _("We keep a seat for you until %(day)s, %(hour)s.") % until(facts)
        return (kept, _("Do you come?") if by_voice else yes)
    if facts.gathering.number:
        number = {"number": facts.gathering.number}
        return (_("You are number %(number)d on the waiting list.") % number,)
    return (not_coming(facts, by_voice=by_voice),)


def _button(facts: Facts) -> str:
    _ = translations(facts.language).gettext
    if facts.gathering.until:
        return _("Say whether I come")
    return _("See my place in the line") if facts.gathering.number else _("See my seat")
