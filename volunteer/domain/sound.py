"""First names that sound alike, however they are written in Dutch, French or from Arabic letters.

A desk worker hears a name once, over a counter. *Mohamed*, *Muhammad* and *Mohammed* have one key, *Jean*
and *Jan* have two. The rule is ours, for the spellings met in Brussels. The idea is that of Soundex (R. C.
Russell, US patent 1,261,167, 1918): keep what is stable between spellings, drop the rest. A key keeps the
consonants in classes, the colour of the first vowel, and whether the name ends in *a*: Amin is not Amina.
"""

from __future__ import annotations

import re
import unicodedata

_ARABIC = str.maketrans(
    {
        "ا": "a", "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "kh",
        "د": "d", "ذ": "d", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z",
        "ع": "a", "غ": "g", "ف": "f", "ق": "k", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "ou",
        "ي": "i", "ى": "a", "ة": "a", "ء": "", "ـ": "",
    }
)  # fmt: skip
"""A first reading of Arabic letters; short vowels are not written, so their colour is not known."""
_WRITTEN_IN_ARABIC = {
    "محمد": "mohamed", "احمد": "ahmed", "يوسف": "youssef", "خديجة": "khadija", "حسين": "hussein",
    "حسن": "hassan",
    "رشيد": "rachid", "مريم": "mariam", "وفاء": "wafa", "عمر": "omar", "علي": "ali", "خالد": "khalid",
    "فاطمة": "fatima", "عايشة": "aicha", "زينب": "zineb", "سعيد": "said", "كريم": "karim", "كريمة": "karima",
    "نور": "nour", "سمير": "samir", "سميرة": "samira", "حنان": "hanan", "هدى": "houda", "مصطفى": "mustafa",
    "عبدالله": "abdullah", "ابراهيم": "ibrahim", "جميلة": "jamila", "رحمة": "rahma", "بلال": "bilal",
}  # fmt: skip
"""Names whose short vowels Arabic does not write, as most people here write them in Latin letters."""
_LETTERS = str.maketrans(
    {
        "ş": "sh", "ș": "sh", "š": "sh", "č": "tsh", "ø": "o", "œ": "e", "æ": "e", "ß": "ss", "ł": "l",
        "đ": "d", "ı": "i", "ð": "d", "þ": "t",
    }
)  # fmt: skip
_RULES = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"(.)\1+", r"\1"),
        (r"ph", "f"),
        (r"sch|sh", "x"),
        (r"ch(?=[lr])", "k"),
        (r"ch(?=[mnt])", "h"),
        (r"t?ch", "x"),
        (r"kh", "h"),
        (r"gh", "g"),
        (r"th", "t"),
        (r"dj|dg(?=[ei])", "j"),
        (r"ck|q", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"z", "s"),
        (r"^ou(?=[aeiy])", "v"),
        (r"^y(?=[aeiou])", "j"),
        (r"(?<=[^aeiouy])w(?=[aeiou])", "u"),
        (r"w", "v"),
        (r"oe", "u"),
        (r"a[iy](?=.)|ae(?=[^l])", "e"),
        (r"(?<=.)h", ""),
        (r"(.)\1+", r"\1"),
    )
)
"""In this order. A *ch* before *l* or *r* is a k (Christian), before *m*, *n* or *t* a breath (Achmed),
elsewhere the French one (Rachid); *oe* is Dutch, and sounds as the French *ou*."""
_COLOURS = str.maketrans({"a": "A", "e": "E", "i": "E", "y": "E", "o": "O", "u": "O"})
_VOWELS = frozenset("aeiouy")
_HARD_AT_THE_END = str.maketrans({"d": "t", "b": "p", "v": "f", "g": "k"})
LONGEST_KEY = 40


def folded(text: str) -> str:
    """Letters and figures alone, without case, accents or anything between: *Jean-Luc* is ``jeanluc``."""
    if text.isascii():
        # The same in a tenth of the time, for the thousands of names that one search goes through.
        return "".join(filter(str.isalnum, text.lower()))
    return "".join(each for each in _plain(text) if each.isalnum())


def sound_key(name: str) -> str:
    """The key under which ``name`` is found by its sound; at most 40 letters, empty for no letters at all."""
    written = _as_heard(name)
    skeleton = _skeleton(written)
    ends_open = len(written) > 2 and written.endswith("a")
    if skeleton and not ends_open:
        skeleton = skeleton[:-1] + skeleton[-1].translate(_HARD_AT_THE_END)
    return (skeleton + ("a" if ends_open else ""))[:LONGEST_KEY]


def sound_keys(name: str) -> tuple[str, ...]:
    """The keys of each word of a longer name, in their order; of an organisation, say."""
    return tuple(filter(None, map(sound_key, name.split())))


def sound_beginning(text: str) -> str:
    """What the key of a name begins with when the name begins with ``text``, as far as that can tell."""
    return _skeleton(_as_heard(text))[:LONGEST_KEY]


def distance(one: str, other: str) -> int:
    """How many letters must be added, dropped or changed to turn one text into the other.

    V. I. Levenshtein, "Binary codes capable of correcting deletions, insertions, and reversals", 1966.
    """
    previous = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        present = [row]
        for column, facing in enumerate(other, start=1):
            changed = previous[column - 1] + (letter != facing)
            present.append(min(previous[column] + 1, present[-1] + 1, changed))
        previous = present
    return previous[-1]


def within(one: str, other: str, most: int) -> int | None:
    """As :func:`distance`, when that is ``most`` at most; None for texts that are further apart, and soon."""
    if abs(len(one) - len(other)) > most:
        return None
    # Each letter that the other does not have costs at least one change.
    if len(set(one).difference(other)) > most or len(set(other).difference(one)) > most:
        return None
    far = distance(one, other)
    return far if far <= most else None


def _plain(text: str) -> str:
    # NFC first: a letter with its sign is one letter here, however it was typed.
    special = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).translate(_LETTERS)
    return "".join(each for each in unicodedata.normalize("NFKD", special) if not unicodedata.combining(each))


def _as_heard(text: str) -> str:
    letters = folded(text)
    latin = _WRITTEN_IN_ARABIC.get(letters) or letters.translate(_ARABIC)
    heard = "".join(each for each in latin if each.isalpha())
    for pattern, written in _RULES:
        heard = pattern.sub(written, heard)
    return heard


def _skeleton(heard: str) -> str:
    """Consonants, with the colour of the first vowel where it stands."""
    kept: list[str] = []
    coloured = False
    for letter in heard:
        if letter not in _VOWELS:
            kept.append(letter)
        elif not coloured:
            kept.append(letter.translate(_COLOURS))
            coloured = True
    return "".join(kept)
