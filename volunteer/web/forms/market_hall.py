"""The forms of a hall with its zones, and of who helps at a market."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from werkzeug.datastructures import MultiDict

from volunteer.domain.errors import InvalidValue
from volunteer.domain.market_days import HelperRole
from volunteer.domain.market_plan import LETTERS, HelperDetails, ZoneDetails, clean_zones
from volunteer.models import Market, MarketHelper
from volunteer.web.errors import Complaints
from volunteer.web.forms.answers import Answers, several, text, typed
from volunteer.web.forms.gatherings import number

FEWEST_LINES = 3
"""Zones that an empty hall proposes."""


def letters_of(market: Market) -> str:
    """The letters of the lines: of every zone there is, and one more."""
    taken = [each.letter for each in market.zones]
    free = [each for each in LETTERS if each not in taken]
    more = max(1, FEWEST_LINES - len(taken))
    return "".join(sorted([*taken, *free[:more]]))


def hall(form: MultiDict[str, str], letters: str, languages: Iterable[str]) -> Answers:
    """What the form says of every zone."""
    names = [f"name_{letter}_{code}" for code in languages for letter in letters]
    return typed(
        form,
        texts=(*names, *(f"spots_{letter}" for letter in letters)),
        lists=("far", *(f"access_{letter}" for letter in letters)),
    )


def zones(
    answers: Answers, letters: str, languages: Sequence[str], complaints: Complaints
) -> list[ZoneDetails] | None:
    """The zones of which anything is said; ``None`` with a complaint."""
    found: list[ZoneDetails] = []
    for letter in letters:
        names = {code: text(answers, f"name_{letter}_{code}") for code in languages}
        if not any(names.values()) and not text(answers, f"spots_{letter}"):
            continue
        with complaints.collect():
            zone = ZoneDetails(
                letter=letter,
                names=names,
                spots=number(answers, f"spots_{letter}"),
                access=frozenset(several(answers, f"access_{letter}")),
            )
            found += clean_zones([zone])
    return None if complaints.errors else found


def far(answers: Answers) -> frozenset[str]:
    """Pairs of zones that lie far apart."""
    return frozenset(several(answers, "far"))


def filled_hall(market: Market) -> Answers:
    """The form of a hall that is drawn."""
    answers: Answers = {"far": list(market.rules.get("walking", {}))}
    for zone in market.zones:
        answers |= {f"name_{zone.letter}_{code}": words for code, words in zone.texts.items()}
        answers |= {f"spots_{zone.letter}": str(zone.spots), f"access_{zone.letter}": list(zone.access)}
    return answers


def helper(form: MultiDict[str, str]) -> Answers:
    """Who helps, and how."""
    return typed(form, texts=("role", "name"), lists=("languages", "away"))


def helper_details(answers: Answers) -> HelperDetails:
    """The same for the service. Raises :class:`InvalidValue`."""
    try:
        role = HelperRole(text(answers, "role"))
    except ValueError:
        raise InvalidValue("Choose what this person does.", field="role") from None
    away = several(answers, "away")
    if not all(each.isascii() and each.isdecimal() for each in away):
        raise InvalidValue("Choose from the list.", field="away")
    return HelperDetails(
        role=role,
        name=text(answers, "name"),
        languages=frozenset(several(answers, "languages")),
        away=frozenset(map(int, away)),
    )


def filled_helper(row: MarketHelper, name: str) -> Answers:
    """The form of somebody who helps already."""
    return {
        "role": row.role,
        "name": name,
        "languages": list(row.languages),
        "away": [str(each) for each in row.away],
    }
