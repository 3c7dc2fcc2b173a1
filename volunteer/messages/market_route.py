"""To who comes to a market or brings a group: the route is there, or is another one now."""

from __future__ import annotations

from volunteer.messages.at_gathering import title
from volunteer.messages.words import Facts, Words
from volunteer.translation import translations


def compose(facts: Facts) -> Words:
    """The first route; a text message has its hours and spots, so that it helps without a network."""
    _ = translations(facts.language).gettext
    if not facts.gathering.number:
        said = _("The routes of your group are ready.")
    else:
        said = _("Your route at the market is ready.")
    return _words(facts, said, subject=_("Your route for the market"))


def compose_changed(facts: Facts) -> Words:
    """Another route than they were told."""
    _ = translations(facts.language).gettext
    if not facts.gathering.number:
        said = _("The routes of your group changed.")
    else:
        said = _("Your route at the market changed.")
    return _words(facts, said, subject=_("Your route changed"))


def _words(facts: Facts, said: str, *, subject: str) -> Words:
    _ = translations(facts.language).gettext
    lines, short = [_("You come to “%(title)s”.") % title(facts), said], said
    if facts.what:
        route = _("Your route: %(stops)s.") % {"stops": facts.what}
        lines.append(route)
        short = f"{said} {route}"
    return Words(
        subject=subject,
        paragraphs=tuple(lines),
        button=_("See the route"),
        spoken=tuple(lines),
        short=short,
    )
