"""Every sentence that people see is there in every language, whole, and holds what varies in it."""

from __future__ import annotations

import re
from unicodedata import bidirectional

import pytest
from babel.messages.catalog import Catalog

from volunteer.cli.translations import (
    EVERYWHERE,
    LANGUAGES,
    SCOPES,
    brought_up_to_date,
    extracted,
    stored,
    untranslated,
)
from volunteer.config import from_environment
from volunteer.domain.access import FEATURES
from volunteer.domain.interests import SECTORS, TASKS
from volunteer.domain.languages import LANGUAGES as SPOKEN
from volunteer.domain.places import MUNICIPALITIES
from volunteer.domain.vocabulary import LABEL_LANGUAGES
from volunteer.translation import SAID_EVERYWHERE, SOURCE_LANGUAGE

_PLACEHOLDER = re.compile(r"%\((\w+)\)([sd])")
_UPDATE = "run `volunteer translations update`, then translate what is empty"


def test_what_is_said_everywhere_has_a_whole_catalogue() -> None:
    whole = {language for language, scope in SCOPES.items() if scope == EVERYWHERE}
    assert set(SAID_EVERYWHERE) == {SOURCE_LANGUAGE, *whole}


def test_every_language_of_the_centre_has_a_catalogue() -> None:
    assert set(from_environment({}).centre.languages) == {SOURCE_LANGUAGE, *SCOPES}


def test_every_scope_names_sentences() -> None:
    found = [file for message in extracted() for file, _ in message.locations]
    idle = {
        beginning
        for scope in SCOPES.values()
        for beginning in scope
        if not any(file.startswith(beginning) for file in found)
    }
    assert idle == set()


def test_the_scope_decides_what_may_stay_empty() -> None:
    catalogue = Catalog()
    catalogue.add("Yes.", locations=[("volunteer/messages/words.py", 0), ("volunteer/cli/run.py", 0)])
    catalogue.add("No.", locations=[("volunteer/cli/run.py", 0)])
    assert untranslated(catalogue) == ["Yes.", "No."]
    assert untranslated(catalogue, ("volunteer/messages/",)) == ["Yes."]


def test_sentences_are_found_in_every_kind_of_place() -> None:
    found = {message.id for message in extracted()}
    assert "I support someone" in found, "templates"
    assert "Choose yes or no." in found, "domain errors raised in the web"
    assert "Tell us what to call you." in found, "domain errors raised in the domain"
    assert "You like to do this: %(task)s." in found, "explanations"
    assert "See my suggestions" in found, "messages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_the_sentences_of_the_source_and_no_other(language: str) -> None:
    in_source = {message.id for message in extracted()}
    in_catalogue = {message.id for message in stored(language)}
    assert in_source - in_catalogue == set(), _UPDATE
    assert in_catalogue - in_source == set(), _UPDATE


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_complete(language: str) -> None:
    assert untranslated(brought_up_to_date(language), SCOPES[language]) == [], _UPDATE


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_guessed(language: str) -> None:
    assert [message.id for message in stored(language) if message.fuzzy and message.id] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_varies_in_a_sentence_varies_in_its_translation(language: str) -> None:
    wrong = {}
    for message in stored(language):
        asked, said = _forms(message.id), _forms(message.string)
        for index, translation in enumerate(said):
            original = asked[min(index, len(asked) - 1)]
            is_said = message.id and translation
            if is_said and not _may_stand_for(original, translation, number=len(asked) > 1):
                wrong[original] = translation
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_ends_as_it_does_in_the_source(language: str) -> None:
    wrong = {
        original: translation
        for message in stored(language)
        for original, translation in zip(_forms(message.id), _forms(message.string), strict=False)
        if original
        and translation
        and (original[-1] in ".:") != (translation[-1:] in {".", ":", "”", "»"})
        and original[-1] not in "?!”"
    }
    assert wrong == {}


def test_the_vocabularies_speak_every_language() -> None:
    silent = {
        f"{each.code} in {language}"
        for listed in (FEATURES, TASKS, SECTORS, MUNICIPALITIES, SPOKEN)
        for each in listed.values()
        for language in LABEL_LANGUAGES
        if not each.labels.get(language)
    }
    assert silent == set()


def test_names_in_arabic_are_written_in_arabic_alone() -> None:
    """A word in another script would jump to another place within the sentence."""
    foreign = {
        each.code
        for listed in (FEATURES, TASKS, SECTORS, MUNICIPALITIES, SPOKEN)
        for each in listed.values()
        if {bidirectional(character) for character in each.labels["ar"]} - {"AL", "WS", "ON", "CS", "NSM"}
    }
    assert foreign == set()


def _forms(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(str(form) for form in text or ())  # type: ignore[attr-defined]


def _may_stand_for(original: str, translation: str, *, number: bool) -> bool:
    """Compare placeholders; a form for one may say "one" instead of the number."""
    asked, said = set(_PLACEHOLDER.findall(original)), set(_PLACEHOLDER.findall(translation))
    counted = {("num", "d"), ("count", "d")} if number else set()
    return said - asked <= counted and asked - said <= counted
