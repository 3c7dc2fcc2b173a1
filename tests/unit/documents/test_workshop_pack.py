"""The workshop pack: complete in each language, with the amounts and the words of the rules that hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast

import pypdfium2
import pytest

from tests.unit.documents.samples import CENTRE, NOW, TODAY
from volunteer.documents.workshop_pack import workshop_pack_pdf
from volunteer.domain.law import LawRule, Section
from volunteer.services import law, workshop_pack
from volunteer.services.law import that_came_along
from volunteer.unit_of_work import UnitOfWork


@pytest.fixture(autouse=True)
def said(monkeypatch: pytest.MonkeyPatch) -> list[LawRule]:
    """What the centre says; a test may change it."""
    found = list(that_came_along())
    for module in (law, workshop_pack):
        monkeypatch.setattr(module, "rules", lambda _uow: tuple(found))
    return found


def _on(day: date = TODAY, language: str = "en") -> workshop_pack.WorkshopPack:
    now = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return workshop_pack.workshop_pack(cast("UnitOfWork", SimpleNamespace(today=day, now=now)), language)


def _read(pack: workshop_pack.WorkshopPack) -> list[str]:
    """The words of each page."""
    drawn = workshop_pack_pdf(pack, CENTRE, made_at=NOW, compress=False)
    with pypdfium2.PdfDocument(drawn) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


@pytest.mark.parametrize("language", workshop_pack.LANGUAGES)
def test_everything_stands_on_paper_and_every_page_has_its_date(language: str) -> None:
    pack = _on(language=language)
    pages = _read(pack)
    assert len(pages) <= 12
    assert all(" ".join(pack.dated.split()) in page for page in pages)
    text = " ".join(pages)
    said = [*pack.tips, pack.title, pack.lead]
    said += [step.text for step in pack.steps] + [line.text for line in pack.take_home]
    for part in pack.parts:
        assert 3 <= len(part.exercises) <= 5
        said += [*part.explanation, *(words for rule in part.rules for words in rule)]
        said += [each.text for each in part.exercises]
        said += [words for each in part.statements for words in (each.text, each.answer)]
    assert [words for words in said if " ".join(words.split()) not in text] == []
    assert CENTRE.phone in pages[-1]


def test_the_plan_fills_an_hour_and_an_hour_and_a_half() -> None:
    steps = _on().steps
    assert (sum(each.short for each in steps), sum(each.long for each in steps)) == (60, 90)


def _about_money(pack: workshop_pack.WorkshopPack) -> list[workshop_pack.Statement]:
    return [each for part in pack.parts for each in part.statements if "€" in each.text]


def test_amounts_are_those_of_the_year_and_none_where_they_are_not_known() -> None:
    (in_2026,) = _about_money(_on())
    assert in_2026.text == "In 2026, a fixed amount may be more than €44.02 a day."
    assert "at most €44.02 a day" in in_2026.answer
    assert "€42.31" in _about_money(_on(date(2025, 3, 1)))[0].text
    assert _about_money(_on(date(2027, 3, 1))) == []


def test_the_centre_s_own_words_answer_where_it_says_a_rule_anew(said: list[LawRule]) -> None:
    place = next(place for place, rule in enumerate(said) if rule.code == "what.age")
    said[place] = replace(said[place], texts=dict.fromkeys(said[place].texts, "From 18 on."))
    changed = _statement("Someone of 17 may volunteer.")
    assert (changed.is_true, changed.answer) == (None, "From 18 on.")
    assert _statement("A volunteer gets a wage every month.").is_true is False


def test_a_rule_that_holds_no_longer_is_asked_of_nobody(said: list[LawRule]) -> None:
    said[:] = [replace(r, valid_until=date(2026, 1, 1)) if r.code == "what.age" else r for r in said]
    assert "Someone of 17 may volunteer." not in " ".join(_read(_on()))


def test_every_rule_that_is_named_is_there() -> None:
    codes = {rule.code for rule in that_came_along()}
    written: dict[str, Any] = workshop_pack._written()
    assert {code for part in written["part"] for code in workshop_pack._named(part)} <= codes


def _statement(text: str) -> workshop_pack.Statement:
    return next(each for part in _on().parts for each in part.statements if each.text == text)


@pytest.mark.parametrize("shown", ["amounts", "tell"])
def test_the_weakest_rule_that_stands_in_it_dates_the_pack(said: list[LawRule], shown: str) -> None:
    old = date(2026, 1, 2)
    named = {code for part in workshop_pack._written()["part"] for code in workshop_pack._named(part)}
    for place, rule in enumerate(said):
        is_tell = rule.section is Section.TELL and rule.on_paper and rule.code not in named
        if bool(rule.amounts) if shown == "amounts" else is_tell:
            said[place] = replace(rule, collected_on=old, checked_on=None)
    assert "2 January 2026" in _on().dated
