"""After a gathering: the answer to the one question, and what the desk writes for those who came."""

from __future__ import annotations

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from volunteer.domain.afterwards import Answer
from volunteer.domain.errors import InvalidValue
from volunteer.models import Gathering
from volunteer.web.forms import answers as said
from volunteer.web.forms.answers import Answers

_MATERIAL = ("words", "link")


def answer(form: MultiDict[str, str]) -> Answers:
    """What was chosen and written, as it was typed."""
    return said.typed(form, texts=("answer", "words"))


def chosen(answers: Answers) -> Answer:
    """The answer that was chosen. Raises :class:`InvalidValue` when none was."""
    try:
        return Answer(said.text(answers, "answer"))
    except ValueError:
        raise InvalidValue("Choose one of the answers.", field="answer") from None


def typed(form: MultiDict[str, str], languages: tuple[str, ...]) -> Answers:
    """What the desk typed, as it was typed."""
    names = (*_MATERIAL, "question")
    return said.typed(form, texts=[f"{name}_{language}" for name in names for language in languages])


def answers_of(gathering: Gathering) -> Answers:
    """What stands there now."""
    found: Answers = {
        f"{name}_{language}": words.get(name, "")
        for language, words in gathering.afterwards.items()
        for name in _MATERIAL
    }
    return found | {f"question_{language}": words for language, words in gathering.question.items()}


def material(answers: Answers, languages: tuple[str, ...]) -> Mapping[str, Mapping[str, str]]:
    """Words and link by language."""
    return {
        language: {name: said.text(answers, f"{name}_{language}") for name in _MATERIAL}
        for language in languages
    }


def question(answers: Answers, languages: tuple[str, ...]) -> Mapping[str, str]:
    """The question by language."""
    return {language: said.text(answers, f"question_{language}") for language in languages}
