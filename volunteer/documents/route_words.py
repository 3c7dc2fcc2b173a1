"""The words of a route card, in one language."""

from __future__ import annotations

from collections.abc import Iterator

from volunteer.config import Centre
from volunteer.documents.drawn import name_on_paper
from volunteer.documents.route_facts import RouteCard
from volunteer.documents.typed import on_one_line, shortened
from volunteer.translation import isolated, listed, translations

_HARD_SPACE = "\u00a0"


def title(card: RouteCard, language: str) -> str:
    """What the card is."""
    _ = translations(language).gettext
    return _("Your route") if card.stops else _("Your card for the market")


def whose(card: RouteCard, language: str) -> Iterator[str]:
    """Whose card it is, in ever fewer letters, for a narrow place."""
    word = translations(language).gettext("card")
    name = name_on_paper(on_one_line(card.first_name))
    yield listed([*filter(None, [name]), word], language)
    yield from cut_short(name, language)


def cut_short(text: str, language: str) -> Iterator[str]:
    """What somebody typed in ever fewer letters."""
    for most in range(len(text), 3, -2):
        yield typed(text, language, most=most)


def typed(text: str, language: str, *, most: int) -> str:
    """What somebody typed, which may read in the other direction than the card."""
    found = isolated({"text": shortened(on_one_line(text), most=most)}, language)
    return str(found["text"])


def walking(card: RouteCard, language: str) -> str:
    """What somebody without a route can do."""
    _ = translations(language).gettext
    if card.walks_about:
        return _("You walk about as you like. Every stand is happy to meet you.")
    return _("You can ask for a route at the entrance. You can walk about as well.")


def no_place(language: str) -> str:
    """Of a stand without a place yet."""
    return translations(language).gettext("Ask at the entrance where this is.")


def show(language: str) -> str:
    """What the code is for."""
    return translations(language).gettext("Show this code at the entrance.")


def question(centre: Centre, language: str) -> str:
    """Whom to ask."""
    names = translations(language).gettext("A question? Ask %(names)s: %(phone)s")
    return names % isolated(
        {"names": " & ".join(centre.people), "phone": centre.phone.replace(" ", _HARD_SPACE)}, language
    )
