"""Which tasks a posting's text makes one think of: a suggestion to its organisation, never a decision.

Each text becomes TF-IDF weights of its words, pairs of words, and pieces of words (which carry across the
forms of a word, and between languages where they share a stem). The profile of a task is what its own names
and synonyms say in Dutch, French and English, and, the more of them there are, what sets the postings apart
whose organisation chose it (Rocchio's classifier, 1971). How sure we are is the cosine of text and profile.
On few postings this found as much as a regression for each task, and says why in one number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion
from sklearn.preprocessing import normalize

from volunteer.domain.interests import TASKS

LANGUAGES = ("nl", "fr", "en")
MOST = 3
"""More than three suggestions are not read."""
FLOOR = 0.1
"""Cosine below which a guess is kept to ourselves."""
_FIRM = 4.0
"""So many postings of a task count for half of what very many would."""
_PIECES_OF_WORDS = (3, 5)
_MOST_WORDS = 50_000
"""Of each kind: profiles stay small however many postings there are."""
_WORDS_TO_PIECES = {"words": 0.5, "pieces": 1.0}


@dataclass(frozen=True, slots=True)
class Approved:
    """A posting's text, with the tasks its organisation chose."""

    text: str
    tasks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Guess:
    """One task, with how sure we are: a cosine, between 0 and 1."""

    task: str
    confidence: float


def text_of(title: str, description: str) -> str:
    """What is read of a role: the title counts twice."""
    return f"{title} . {title} . {description}"


class TaskSuggester(BaseEstimator):
    """Reads texts and thinks of tasks."""

    def fit(self, postings: Sequence[Approved]) -> Self:
        """Learn the profiles from the vocabulary, which is always there, and from these postings."""
        self.tasks_ = list(TASKS)
        names = [_names_of(code) for code in self.tasks_]
        texts = [each.text for each in postings]
        self.vectorizer_ = _vectorizer().fit([*names, *texts])
        profiles = normalize(self.vectorizer_.transform(names)).toarray()
        if postings:
            profiles += self._set_apart(postings, normalize(self.vectorizer_.transform(texts)))
        self.profiles_ = normalize(profiles)
        return self

    def guess(self, texts: Sequence[str], *, floor: float = FLOOR) -> list[list[Guess]]:
        """For each text at most ``MOST`` tasks, the surest first; none where nothing is sure enough."""
        cosines = normalize(self.vectorizer_.transform(texts)) @ self.profiles_.T
        best = np.argsort(-cosines, axis=1, kind="stable")[:, :MOST]
        return [
            [
                Guess(self.tasks_[task], round(float(row[task]), 4))
                for task in chosen
                if row[task] >= max(floor, np.finfo(float).tiny)
            ]
            for row, chosen in zip(cosines, best, strict=True)
        ]

    def _set_apart(self, postings: Sequence[Approved], texts: Any) -> Any:
        """What the postings of each task have that others have not, by how many they are: (tasks, words)."""
        chosen = np.array([[task in each.tasks for task in self.tasks_] for each in postings], dtype=float)
        number = chosen.sum(axis=0)[:, np.newaxis]
        centres = (texts.T @ chosen).T / np.maximum(number, 1.0)
        return (centres - np.asarray(texts.mean(axis=0))) * (number / (number + _FIRM))


def _names_of(code: str) -> str:
    task = TASKS[code]
    return " . ".join([*(task.label(language) for language in LANGUAGES), *task.synonyms])


def _vectorizer() -> FeatureUnion:
    alike: dict[str, Any] = {
        "strip_accents": "unicode",
        "sublinear_tf": True,
        "max_features": _MOST_WORDS,
    }
    words = TfidfVectorizer(ngram_range=(1, 2), **alike)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=_PIECES_OF_WORDS, **alike)
    return FeatureUnion([("words", words), ("pieces", pieces)], transformer_weights=_WORDS_TO_PIECES)
