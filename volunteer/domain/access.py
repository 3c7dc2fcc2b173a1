"""What helps people, what organisations offer, and how the two meet.

An access feature is one concrete thing ("entrance without steps"). People have *needs*
(must or nice), offers have *answers* (yes, arrangeable, no); no answer is the normal
case, and is neither a yes nor a no: it is a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from volunteer.domain import vocabulary
from volunteer.domain.errors import InvalidValue

BITS_IN_A_MASK = 64
ANSWERS_LAST = timedelta(days=730)
"""Buildings and teams change: an answer older than this counts as not given."""
CONFIRM_AFTER = timedelta(days=365)
"""From this age on an organisation is asked whether its answer is still true."""
LONGEST_NOTE = 300
"""Letters that somebody may add to an answer: "ring the bell at the side door"."""

OTHER_LANGUAGE = "ic.other_language"
SIGN_LANGUAGE = "ic.sign_language"
NO_DUTCH_NEEDED = "ic.no_dutch_needed"
NO_PAPERS_ASKED = "sv.no_id_no_extract"
ABOUT_THE_WORK = frozenset({"ph.seated_work", "ph.light_work"})


class Answer(StrEnum):
    """What an organisation says about one feature; unknown is the absence of an answer."""

    YES = "yes"
    ARRANGEABLE = "arrangeable"
    NO = "no"


class Strength(StrEnum):
    """How much a person depends on a feature."""

    MUST = "must"
    NICE = "nice"


class Dimension(StrEnum):
    """The three dimensions of accessibility."""

    PHYSICAL = "physical"
    INFORMATION = "information"
    SERVICE = "service"


class Gap(StrEnum):
    """The five gaps people fall through; a feature closes at most one."""

    KNOWLEDGE = "knowledge"
    ADMINISTRATIVE = "administrative"
    DIGITAL = "digital"
    TRUST = "trust"
    CULTURAL = "cultural"


class NeedState(StrEnum):
    """How one need of one person stands with one offer."""

    FITS = "fits"
    ARRANGE = "arrange"
    ASK = "ask"
    OUT = "out"
    MISSING = "missing"
    """Nice to have, and they cannot: said in the explanation, never a reason to exclude."""


@dataclass(frozen=True, slots=True)
class AccessFeature:
    """One thing that can help; ``bit`` is its place in masks and never changes."""

    code: str
    dimension: Dimension
    gap: Gap | None
    bit: int
    default_strength: Strength
    labels: Mapping[str, str]
    derived: bool
    """True when the answer follows from languages and is therefore never asked."""
    asked_of_people: bool

    def label(self, language: str) -> str:
        """Return its name in ``language``, in English where that is missing."""
        return self.labels.get(language) or self.labels["en"]


@dataclass(frozen=True, slots=True)
class OfferAnswer:
    """One answer with who said it and when (an aware moment; ``None`` means it does not age)."""

    code: str
    answer: Answer
    said_by: str | None = None
    said_at: datetime | None = None
    note: str | None = None

    def is_current(self, now: datetime, *, lasts: timedelta = ANSWERS_LAST) -> bool:
        """Tell whether the answer is young enough to count."""
        return self.said_at is None or now - self.said_at <= lasts


def load(entries: Iterable[Mapping[str, Any]]) -> Mapping[str, AccessFeature]:
    """Build the vocabulary; raise ``ValueError`` on a doubled code or bit, or a bit outside 64."""
    features: dict[str, AccessFeature] = {}
    bits: set[int] = set()
    for entry in entries:
        feature = _feature(entry)
        if not 0 <= feature.bit < BITS_IN_A_MASK:
            raise ValueError(f"{feature.code}: bit {feature.bit} does not fit in {BITS_IN_A_MASK} bits")
        if feature.bit in bits or feature.code in features:
            raise ValueError(f"{feature.code}: its code or bit {feature.bit} is already taken")
        bits.add(feature.bit)
        features[feature.code] = feature
    return MappingProxyType(features)


def _feature(entry: Mapping[str, Any]) -> AccessFeature:
    return AccessFeature(
        code=entry["code"],
        dimension=Dimension(entry["dimension"]),
        gap=Gap(entry["gap"]) if entry["gap"] else None,
        bit=entry["bit"],
        default_strength=Strength(entry["default_strength"]),
        labels=vocabulary.labels(entry["label"]),
        derived="derived_from" in entry,
        asked_of_people=entry.get("asked_of_person", True),
    )


FEATURES: Mapping[str, AccessFeature] = load(vocabulary.read("access.json"))
ASKED_OF_PEOPLE: tuple[str, ...] = tuple(code for code, each in FEATURES.items() if each.asked_of_people)
ASKED_OF_ORGANISATIONS: tuple[str, ...] = tuple(code for code, each in FEATURES.items() if not each.derived)
ABOUT_THE_VENUE: tuple[str, ...] = tuple(
    code
    for code, each in FEATURES.items()
    if each.dimension is Dimension.PHYSICAL and code not in ABOUT_THE_WORK
)


def feature_of(code: str, *, field: str | None = None) -> AccessFeature:
    """Return the feature, or raise ``InvalidValue`` naming the unknown code."""
    try:
        return FEATURES[code]
    except KeyError:
        raise InvalidValue(
            "“%(code)s” is not a known access code.",
            field=field,
            code="unknown_access",
            values={"code": code},
        ) from None


def is_about_the_venue(code: str) -> bool:
    """Tell whether the answer belongs to the building, so that every role there shares it."""
    return code in ABOUT_THE_VENUE


def parse_needs(must: Iterable[str], nice: Iterable[str] = ()) -> dict[str, Strength]:
    """Return needs by code, a must winning over a nice.

    Raises ``InvalidValue`` for an unknown code and for one that is never asked of a person.
    """
    needs: dict[str, Strength] = {}
    for strength, codes in ((Strength.NICE, nice), (Strength.MUST, must)):
        for code in codes:
            if not feature_of(code, field="needs").asked_of_people:
                raise InvalidValue(
                    "“%(code)s” describes an offer and is not asked of a person.",
                    field="needs",
                    code="not_asked_of_people",
                    values={"code": code},
                )
            needs[code] = strength
    return needs


def need_state(strength: Strength, answer: Answer | None) -> NeedState:
    """Return how a need stands with an answer; ``None`` is unknown, which becomes a question."""
    if answer is Answer.NO:
        return NeedState.OUT if strength is Strength.MUST else NeedState.MISSING
    return _STATES[answer]


_STATES = {Answer.YES: NeedState.FITS, Answer.ARRANGEABLE: NeedState.ARRANGE, None: NeedState.ASK}


def removes_barrier(before: Answer | None, after: Answer | None) -> bool:
    """Tell whether something became possible that was not, or of which nobody knew that it was."""
    can = {Answer.YES, Answer.ARRANGEABLE}
    return after in can and before not in can


def inherit(
    organisation: Iterable[OfferAnswer],
    venue: Iterable[OfferAnswer],
    opportunity: Iterable[OfferAnswer],
    *,
    now: datetime,
    lasts: timedelta = ANSWERS_LAST,
) -> dict[str, OfferAnswer]:
    """Return the effective answers: opportunity over venue over organisation.

    The most specific answer wins before its age is looked at. When it is too old the code
    is unknown again, even where a more general answer is fresh: a building-wide yes must
    not hide that this role once said no.
    """
    effective: dict[str, OfferAnswer] = {}
    for layer in (organisation, venue, opportunity):
        for said in layer:
            if not feature_of(said.code, field="access").derived:
                effective[said.code] = said
    return {code: said for code, said in effective.items() if said.is_current(now, lasts=lasts)}


def effective_answers(said: Mapping[str, OfferAnswer]) -> dict[str, Answer]:
    """Reduce effective answers to what the engine needs."""
    return {code: each.answer for code, each in said.items()}
