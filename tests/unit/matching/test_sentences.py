"""Every reason is said in every language, with the right values and nothing of another language in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from unicodedata import bidirectional

import pytest
from hypothesis import given

from tests.factories.facts import TODAY
from tests.unit.matching.strategies import offers, people
from volunteer.domain.access import FEATURES
from volunteer.domain.interests import SECTORS, TASKS
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.matching_facts import PersonFacts, RoleFacts
from volunteer.matching import sentences as said
from volunteer.matching.explanation import Reason, ReasonKind, explain
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.suggesting import suggest
from volunteer.translation import translations

SPOKEN = ("nl", "fr", "en", "ar")
SAMPLES: dict[str, tuple[str | int, ...]] = {
    "need": tuple(FEATURES),
    "task": tuple(TASKS),
    "sector": tuple(SECTORS),
    "language": tuple(LANGUAGES),
    "day": (*range(7), "2027-03-16", "2027-12-01"),
    "start": (0, 9 * 60, 10 * 60 + 30),
    "end": (13 * 60, 24 * 60),
    "kilometres": (1, 2, 8, 11, 25),
    "minutes": (1, 2, 5, 11, 25, 75, 103),
    "days": (2, 3, 10, 11, 30),
}
NAMED = ("need", "task", "sector", "language")
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_LISTS: dict[str, Callable[[str, str], str]] = {
    "need": lambda code, language: FEATURES[code].label(language),
    "task": lambda code, language: TASKS[code].label(language),
    "sector": lambda code, language: SECTORS[code].label(language),
    "language": lambda code, language: LANGUAGES[code].label(language),
}


def _gettext(language: str) -> Callable[[str], str]:
    return translations(language).gettext


def _every_reason() -> Iterator[Reason]:
    for kind, need in product(ReasonKind, FEATURES):
        yield Reason(kind, "need", {"need": need})
    for about, template in said._TEMPLATES.items():
        names = _PLACEHOLDER.findall(template(str))
        for values in product(*(SAMPLES[name] for name in names)):
            yield Reason(ReasonKind.FITS, about, dict(zip(names, values, strict=True)))


@pytest.mark.parametrize("language", SPOKEN)
def test_every_sentence_is_whole_and_holds_what_it_is_about(language: str) -> None:
    for reason in _every_reason():
        spoken = said.sentence(reason, _gettext(language), language)
        assert spoken.endswith(".")
        assert "%" not in spoken
        assert "  " not in spoken
        for name in set(NAMED) & reason.values.keys():
            label = _LISTS[name](str(reason.values[name]), language)
            assert label.casefold() in spoken.casefold()
        for name in {"start", "end", "kilometres"} & reason.values.keys():
            value = int(reason.values[name])
            assert str(value // 60 if name in {"start", "end"} else value) in spoken


@pytest.mark.parametrize("language", ["nl", "fr", "ar"])
def test_no_sentence_is_left_in_english(language: str) -> None:
    for reason in _every_reason():
        said_by_us = said.sentence(reason, _gettext(language), language)
        assert said_by_us != said.sentence(reason, str, language)


def test_arabic_has_no_letter_of_another_script_and_the_digits_of_brussels() -> None:
    for reason in _every_reason():
        spoken = said.sentence(reason, _gettext("ar"), "ar")
        assert {bidirectional(character) for character in spoken} <= {"AL", "WS", "ON", "CS", "NSM", "EN"}


@pytest.mark.parametrize(
    ("about", "values", "expected"),
    [
        ("need", {"need": "ph.step_free_entrance"}, "مدخل بدون درج: هذا متوفّر هنا."),
        ("task_wanted", {"task": "t.cook"}, "هذا عمل يعجبك: الطبخ."),
        (
            "free",
            {"day": 1, "start": 600, "end": 810},
            "لديك وقت يوم الثلاثاء من الساعة 10 إلى الساعة 13:30.",
        ),
        (
            "free",
            {"day": "2027-03-16", "start": 600, "end": 780},
            "لديك وقت يوم الثلاثاء 16 مارس من الساعة 10 إلى الساعة 13.",
        ),
        ("near", {"kilometres": 3}, "يبعد المكان عنك حوالي 3 كم."),
        ("minutes", {"minutes": 5}, "مدة الطريق التقريبية: 5 دقائق."),
        ("minutes", {"minutes": 25}, "مدة الطريق التقريبية: 25 دقيقة."),
        ("minutes", {"minutes": 75}, "مدة الطريق التقريبية: 75 دقيقة."),
        ("answers_soon", {"days": 2}, "مدة انتظار جواب المنظمة غالبًا: يومان أو أقل."),
        ("answers_soon", {"days": 3}, "مدة انتظار جواب المنظمة غالبًا: 3 أيام أو أقل."),
        ("answers_late", {"days": 30}, "مدة انتظار جواب المنظمة غالبًا: 30 يومًا."),
        ("language_shared", {"language": "fr"}, "يتكلمون هنا الفرنسية، وأنت أيضًا."),
    ],
)
def test_how_it_sounds_in_arabic(about: str, values: dict[str, str | int], expected: str) -> None:
    assert said.sentence(Reason(ReasonKind.FITS, about, values), _gettext("ar"), "ar") == expected


@given(offers(), people)
def test_every_language_says_as_much(roles: list[RoleFacts], person: PersonFacts) -> None:
    by_id = {role.opportunity_id: role for role in roles}
    for match in suggest(Snapshot.build(roles, "1", today=TODAY), person):
        reasons = explain(match, person, by_id[match.opportunity_id], TODAY)
        found = {language: said.sentences(reasons, _gettext(language), language) for language in SPOKEN}
        lengths = {tuple((kind, len(each)) for kind, each in by_kind.items()) for by_kind in found.values()}
        assert len(lengths) == 1
        assert not any(
            "%" in each for by_kind in found.values() for spoken in by_kind.values() for each in spoken
        )
