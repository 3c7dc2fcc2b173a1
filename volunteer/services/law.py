"""What we say about the law: it comes with the program, and the centre writes over it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib import resources
from uuid import UUID

from babel.dates import format_date

from volunteer.domain.errors import NotFound
from volunteer.domain.law import LawRule, Section, Standing, in_force, oldest
from volunteer.models import LawEdition
from volunteer.queries.law import newest_editions
from volunteer.translation import translations
from volunteer.unit_of_work import UnitOfWork

_LOCALES = {"en": "en_GB", "nl": "nl_BE", "fr": "fr_BE"}


@dataclass(frozen=True, slots=True)
class LawNote:
    """One line for paper: where money comes from, and whom to tell."""

    money_from: str
    tell_whom: str


@dataclass(frozen=True, slots=True)
class LawNotes:
    """Whom to tell before one starts, in one language, with the day it was looked at."""

    title: str
    rows: Sequence[LawNote]
    dated: str
    """One sentence: when this was checked, or that it is old, or that nobody checked it yet."""
    is_stale: bool


@lru_cache(maxsize=1)
def that_came_along() -> tuple[LawRule, ...]:
    """The rules that come with the program, in the order of the page."""
    text = (resources.files("volunteer") / "data" / "law.toml").read_text("utf-8")
    found = tomllib.loads(text)
    return tuple(LawRule.of({"collected_on": found["collected_on"], **entry}) for entry in found["rule"])


def rules(uow: UnitOfWork) -> tuple[LawRule, ...]:
    """Every rule as the centre says it now, those it added at the end."""
    own = {code: LawRule.of(edition.rule) for code, edition in newest_editions(uow.session).items()}
    return tuple(own.pop(rule.code, rule) for rule in that_came_along()) + tuple(own.values())


def rule_of(uow: UnitOfWork, code: str) -> LawRule:
    """One rule as the centre says it now. Raises :class:`NotFound`."""
    for rule in rules(uow):
        if rule.code == code:
            return rule
    raise NotFound("This page is not there.")


def write(uow: UnitOfWork, rule: LawRule, *, account_id: UUID) -> None:
    """Say a rule anew, as of today and not checked; what was said before is kept.

    Raises :class:`InvalidValue`.
    """
    rule.check()
    _keep(uow, replace(rule, collected_on=uow.today, checked_on=None), account_id)


def check_today(uow: UnitOfWork, code: str, *, account_id: UUID) -> None:
    """Somebody of the centre held this rule against its source today. Raises :class:`NotFound`."""
    _keep(uow, replace(rule_of(uow, code), checked_on=uow.today), account_id)


def tell_before_you_start(uow: UnitOfWork, language: str) -> LawNotes:
    """The table of whom to tell, as a slip has room for it, the same for everybody."""
    _ = translations(language).gettext
    found = [rule for rule in in_force(rules(uow), Section.TELL, uow.today) if rule.on_paper]
    weakest = oldest(found, uow.today)
    return LawNotes(
        title=_("Do you get money from them? Tell them before you start."),
        rows=[LawNote(rule.titles[language], rule.texts[language]) for rule in found],
        dated=dated(weakest, uow.today, language) if weakest else _("Ask at the info desk."),
        is_stale=weakest is None or weakest.standing(uow.today) is Standing.STALE,
    )


def dated(rule: LawRule, today: date, language: str) -> str:
    """How far a rule can be relied on, in one or two sentences that name the day."""
    _ = translations(language).gettext
    day = format_date(
        rule.checked_on or rule.collected_on, "d MMMM y", locale=_LOCALES.get(language, language)
    )
    match rule.standing(today):
        case Standing.CHECKED:
            return _("Checked on %(day)s.") % {"day": day}
        case Standing.COLLECTED:
            return _("Written down on %(day)s. Ask at the info desk whether it still holds.") % {"day": day}
        case Standing.STALE:
            return _("This is old: from %(day)s. Ask at the info desk first.") % {"day": day}


def _keep(uow: UnitOfWork, rule: LawRule, account_id: UUID) -> None:
    uow.session.add(
        LawEdition(code=rule.code, rule=rule.to_keep(), written_at=uow.now, written_by=account_id)
    )
