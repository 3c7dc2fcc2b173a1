"""The form of a stand, and what the desk decides about one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from werkzeug.datastructures import MultiDict

from volunteer.domain.errors import InvalidValue
from volunteer.domain.spots import Spot
from volunteer.domain.stands import Application
from volunteer.web.errors import Complaints
from volunteer.web.forms.answers import Answers, several, text, ticked, typed
from volunteer.web.forms.gatherings import number

YES, NO = "yes", "no"
_TEXTS = ("seats", "hosts", "phone", "words", "training", "training_size", "organisation")
_LISTS = ("languages", "tasks", "closed_rounds")


def application(form: MultiDict[str, str], *, languages: Iterable[str], asked: Iterable[str]) -> Answers:
    """Everything the form asks; ``asked`` are the access codes on it."""
    offers = (f"offer_{code}" for code in languages)
    return typed(form, texts=(*_TEXTS, *offers, *(f"access_{code}" for code in asked)), lists=_LISTS)


def told(
    answers: Answers,
    complaints: Complaints,
    *,
    languages: Sequence[str],
    asked: Sequence[str],
    kept: Application,
    rounds: int,
) -> Application | None:
    """What it says, with what it does not ask as it was ``kept``; ``None`` with complaints, all at once."""
    seats = kept.seats
    with complaints.collect():
        seats = number(answers, "seats")
    said = Application(
        languages=frozenset(several(answers, "languages")),
        access=_answered(answers, YES, asked) | (kept.access - set(asked)),
        not_access=_answered(answers, NO, asked) | (kept.not_access - set(asked)),
        offer={code: _words(answers, f"offer_{code}", complaints) for code in languages},
        tasks=frozenset(several(answers, "tasks")),
        seats=seats,
        closed_rounds=_rounds(answers),
        hosts=_words(answers, "hosts", complaints),
        phone=_words(answers, "phone", complaints),
        words=_words(answers, "words", complaints),
    )
    known = {each.field for each in complaints.errors}
    complaints.errors += [each for each in said.complaints(rounds=rounds) if each.field not in known]
    return None if complaints.errors else said


def filled(said: Application) -> Answers:
    """The form of what was said before."""
    return {
        "seats": str(said.seats),
        "hosts": said.hosts,
        "phone": said.phone,
        "words": said.words,
        "languages": sorted(said.languages),
        "tasks": sorted(said.tasks),
        "closed_rounds": [str(each) for each in sorted(said.closed_rounds)],
        **{f"offer_{code}": words for code, words in said.offer.items()},
        **{f"access_{code}": YES for code in said.access},
        **{f"access_{code}": NO for code in said.not_access},
    }


def comes_to_training(answers: Answers) -> int | None:
    """How many of them come to the training; ``None`` when they did not tick it.

    Raises :class:`InvalidValue`.
    """
    return number(answers, "training_size") if ticked(answers, "training") else None


def decision(form: MultiDict[str, str], languages: Iterable[str]) -> Answers:
    """What the desk says of one stand."""
    return typed(form, texts=("knows_how", "spot", "swap", *(f"reason_{code}" for code in languages)))


def spot(answers: Answers) -> Spot:
    """The spot that was chosen, such as ``B4``. Raises :class:`InvalidValue`."""
    said = text(answers, "spot")
    digits = said[1:]
    if not said[:1].isalpha() or not (digits.isascii() and digits.isdecimal() and len(digits) < 4):
        raise InvalidValue("Choose a spot.", field="spot")
    return Spot(said[0].upper(), int(digits))


def _words(answers: Answers, name: str, complaints: Complaints) -> str:
    """What was typed there; nothing with a complaint where it is far too long."""
    found = {name: ""}
    with complaints.collect():
        found[name] = text(answers, name)
    return found[name]


def _answered(answers: Answers, said: str, asked: Iterable[str]) -> frozenset[str]:
    return frozenset(code for code in asked if answers.get(f"access_{code}") == said)


def _rounds(answers: Answers) -> frozenset[int]:
    """The rounds that were ticked; a word that is no number is one that no market has."""
    return frozenset(
        int(each) if each.isascii() and each.isdecimal() and len(each) < 4 else -1
        for each in several(answers, "closed_rounds")
    )


def whose(answers: Answers) -> UUID | None:
    """Which organisation the desk writes a stand in for."""
    return _id(answers.get("organisation", ""))


def reasons(answers: Answers, languages: Iterable[str]) -> dict[str, str]:
    """Why not, by language; the domain says which are needed."""
    return {code: text(answers, f"reason_{code}") for code in languages}


def move(form: MultiDict[str, str]) -> Answers:
    """Which stand comes to which spot."""
    return typed(form, texts=("stand", "spot", "swap"))


def stand(answers: Answers) -> UUID:
    """The stand that was chosen. Raises :class:`InvalidValue`."""
    found = _id(answers.get("stand", ""))
    if found is None:
        raise InvalidValue("Choose a stand.", field="stand")
    return found


def _id(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
