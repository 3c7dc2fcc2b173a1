"""What comes back to a message: a figure or a word that answers the question, STOP, or words to be read."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from volunteer.domain.follow_ups import Going

ANSWERS = (Going.WELL, Going.COULD_BE_BETTER, Going.STOPPED)
"""What 1, 2 and 3 mean; messages name them in this order."""
LONGEST_KEPT = 4000
"""Characters of a reply that are kept for the desk to read; the rest is cut."""
KEPT_AFTER_READING = timedelta(days=30)
KEPT_UNREAD = timedelta(days=365)
"""Nobody waits for an answer any more."""
REMEMBERED = timedelta(days=30)
"""So long a gateway or a mail server may hand over the same reply again, and it changes nothing."""
_LONGEST_ANSWER = 60
"""Characters: a longer line says more than a figure, and is read by a person."""


class Outcome(StrEnum):
    """What became of something that came back; counted, and all that a log says of it."""

    ANSWERED = "answered"
    """It answered the question of how it goes."""
    STOPPED = "stopped"
    """STOP: topics that can be muted are."""
    TO_READ = "to_read"
    """Somebody at the desk reads it."""
    NOT_ARRIVED = "not_arrived"
    """One of our mails came back: it stands at the desk."""
    REPEATED = "repeated"
    """The same one again."""
    NOT_YET = "not_yet"
    """About a mail that is just leaving: hand it over again later."""
    FAILED = "failed"
    """A rule stood in its way: nothing was done, and it stays where it is for the next try."""
    AUTOMATIC = "automatic"
    """A program wrote it, such as the reply of somebody on holiday."""
    EMPTY = "empty"
    """Nothing of their own is in it."""
    UNKNOWN = "unknown"
    """About nothing that we sent, or from nobody we know: nothing of it is kept."""
    UNREADABLE = "unreadable"
    """No mail, or one that is made to be trouble."""


def answer_in(text: str) -> Going | None:
    """What a reply to the question says: 1, 2, 3 or a word for it, with or without thanks.

    ``None`` where it says anything else, however near it comes: a person reads that.
    """
    if len(text) > _LONGEST_ANSWER:
        return None
    said = [word for word in _words(text) if word not in _THANKS]
    if " ".join(said) in _MEANING:
        return _MEANING[" ".join(said)]
    figure, rest = " ".join(said[:1]), " ".join(said[1:])
    same = _MEANING.get(figure)
    return same if figure in _FIGURES and same is _MEANING.get(rest) else None


def says_stop(text: str) -> bool:
    """Whether it is the one word by which every phone ends messages, and nothing else."""
    return len(text) <= _LONGEST_ANSWER and " ".join(_words(text)) in _STOP


def as_kept(text: str) -> str:
    """The words without what cannot be shown, and no longer than is kept."""
    shown = (each if each.isprintable() else "\n" if each == "\n" else " " for each in text)
    return "".join(shown).strip()[:LONGEST_KEPT]


def _words(text: str) -> list[str]:
    """In small letters without accents, figures of every script as 0 to 9, signs left out."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (each for each in plain if not unicodedata.combining(each))
    return "".join(map(_plain, kept)).split()


def _plain(character: str) -> str:
    if character.isdigit():
        return str(unicodedata.digit(character))
    # "c'est" is two words in one dictionary and one in another.
    return character if character.isalpha() else " "


def _meaning(words: Mapping[Going, str]) -> dict[str, Going]:
    return {" ".join(_words(each)): going for going, said in words.items() for each in said.split("|")}


_FIGURES = ("1", "2", "3")
_MEANING = _meaning(
    {
        Going.WELL: "1|well|good|fine|it goes well|all good|goed|het gaat goed|gaat goed|bien|très bien|ça va"
        "|ça va bien|cela va bien|جيد|جيدة|بخير",
        Going.COULD_BE_BETTER: "2|could be better|it could be better|so so|kan beter|het kan beter|kon beter"
        "|peut mieux|ça peut aller mieux|pourrait aller mieux|comme ci comme ça|وسط|يمكن أن يكون أفضل",
        Going.STOPPED: "3|stopped|it stopped|i stopped|gestopt|het is gestopt|ik ben gestopt|j'ai arrêté"
        "|c'est arrêté|c'est fini|توقفت",
    }
)
"""Words that could also be an order ("arrête", "توقف") are not here: what stops is not guessed."""
_THANKS = frozenset(_words("thanks thank you merci dank bedankt je u شكرا"))
_STOP = frozenset(
    " ".join(_words(each)) for each in ("stop", "stopall", "unsubscribe", "afmelden", "arrêt", "إيقاف")
)
