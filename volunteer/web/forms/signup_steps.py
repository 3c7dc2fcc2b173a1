"""The pages of the sign-up: which fields each has, in what order they come, and what is kept between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import takewhile

from volunteer.domain.access import Dimension
from volunteer.domain.errors import DomainError
from volunteer.domain.languages import LANGUAGES
from volunteer.web import neighbourhoods
from volunteer.web.choices import needs_of
from volunteer.web.errors import Complaints
from volunteer.web.forms import signup as reading
from volunteer.web.forms.answers import Answers, several, ticked, unchecked


def _settle_place(answers: Answers) -> Answers:
    if ticked(answers, "where_unknown"):
        return _without(answers, "where", "postal_code", "district")
    return answers


def _settle_tasks(answers: Answers) -> Answers:
    return _without(answers, "tasks_unknown") if reading.interests(answers).tasks else answers


def _settle_times(answers: Answers) -> Answers:
    if not several(answers, "commitments"):
        answers = {**answers, "commitments_unknown": "yes"}
    return _without(answers, "times_unknown") if reading.times(answers).is_known else answers


def _how_often_if_said(answers: Answers) -> None:
    if several(answers, "commitments"):
        reading.commitments(answers)


def _settle_commitments(answers: Answers) -> Answers:
    return _without(answers, "commitments_unknown") if reading.commitments(answers) else answers


def _settle_contact(answers: Answers) -> Answers:
    chosen, _ = reading.contact(answers)
    return _without(answers, *(name for channel, name in reading.CONTACTS.items() if channel is not chosen))


def _settle_helps(answers: Answers) -> Answers:
    if reading.wants_needs(answers):
        return answers
    return {name: value for name, value in answers.items() if not name.startswith(("need_", "needs_"))}


def _without(answers: Answers, *names: str) -> Answers:
    return {name: value for name, value in answers.items() if name not in names}


def _as_they_are(answers: Answers) -> Answers:
    return answers


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the sign-up."""

    slug: str
    template: str
    checks: tuple[Callable[[Answers], object], ...]
    """Each understands a part of this page. Raises :class:`DomainError` where it cannot."""
    texts: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    settle: Callable[[Answers], Answers] = _as_they_are
    """Takes out of all answers what this page made void, so that no more is kept than is needed."""
    number: int | None = None
    """Its place in the progress line; the questions about needs stand outside it."""
    dimension: Dimension | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every field of this page."""
        return (*self.texts, *self.lists)

    def complaints(self, answers: Answers) -> list[DomainError]:
        """What is wrong with the answers of this page."""
        found = Complaints()
        for check in self.checks:
            with found.collect():
                check(answers)
        return found.errors


def _needs_step(dimension: Dimension) -> Step:
    return Step(
        slug=f"needs/{dimension}",
        template="signup/needs.html",
        checks=(reading.check_needs,),
        texts=(f"needs_unknown_{dimension}", *(f"need_{code}" for code in needs_of(dimension))),
        dimension=dimension,
    )


CHECK = Step(
    "check", "signup/check.html", (lambda answers: reading.sign_up(answers, language="en"),), number=9
)
NAME = Step("name", "signup/name.html", (reading.first_name,), texts=("first_name",), number=1)
AGE = Step("age", "signup/age.html", (reading.is_sixteen,), texts=("is_16",), number=2)
HELPS = Step(
    "helps", "signup/helps.html", (reading.check_helps,), texts=("consent_needs",), settle=_settle_helps
)
WHEN = Step(
    "when",
    "signup/when.html",
    (reading.times, _how_often_if_said),
    texts=("flexible", "times_unknown", "commitments_unknown"),
    lists=("days_parts", "commitments"),
    settle=_settle_times,
    number=5,
)
OFTEN = Step(
    "often",
    "signup/often.html",
    (reading.commitments,),
    texts=("commitments_unknown",),
    lists=("commitments",),
    settle=_settle_commitments,
)
"""How often: folded in the page before; a page of its own for who changes it later."""
NEEDS = tuple(_needs_step(dimension) for dimension in Dimension)
_BEFORE_NEEDS = (
    NAME,
    AGE,
    Step(
        "where",
        "signup/where.html",
        (reading.place, neighbourhoods.check, reading.way),
        texts=("where", "postal_code", "district", "where_unknown", "travel_minutes"),
        settle=_settle_place,
        number=3,
    ),
    Step(
        "tasks",
        "signup/tasks.html",
        (reading.interests,),
        texts=("tasks_unknown",),
        lists=("tasks_can", "tasks_want", "tasks_learn"),
        settle=_settle_tasks,
        number=4,
    ),
    WHEN,
    Step(
        "languages",
        "signup/languages.html",
        (reading.languages,),
        texts=(*(f"level_{code}" for code in LANGUAGES), "other_language", "other_level"),
        number=6,
    ),
    Step(
        "contact",
        "signup/contact.html",
        (reading.contact,),
        texts=("channel", *reading.CONTACTS.values()),
        settle=_settle_contact,
        number=7,
    ),
    Step(
        "consent",
        "signup/consent.html",
        tuple(partial(reading.check_consent, name=name) for name in reading.CONSENTS),
        texts=tuple(reading.CONSENTS),
        number=8,
    ),
    HELPS,
)
STEPS: Mapping[str, Step] = {step.slug: step for step in (*_BEFORE_NEEDS, OFTEN, *NEEDS, CHECK)}
COUNTED = 9


@dataclass(slots=True)
class SignUpDraft:
    """Answers given so far, and which pages they came from."""

    answers: Answers = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    unsent: dict[str, Answers] = field(default_factory=dict)
    """By page, what was typed there and not sent with *Next*: kept as it is, and looked at by nobody yet."""
    blank_card: str = ""
    """The id of the blank card with which this was begun, if any."""

    @classmethod
    def stored(cls, draft: Mapping[str, object]) -> SignUpDraft:
        """Read what :meth:`to_store` wrote; anything else is an empty draft."""
        answers, done, unsent = draft.get("answers"), draft.get("done"), draft.get("unsent", {})
        if not isinstance(answers, dict) or not isinstance(done, list) or not isinstance(unsent, dict):
            return cls()
        return cls(answers, done, unsent, str(draft.get("blank_card", "")))

    def to_store(self) -> dict[str, object]:
        """What is kept between two pages."""
        return {
            "answers": self.answers,
            "done": self.done,
            "unsent": self.unsent,
            "blank_card": self.blank_card,
        }

    @property
    def is_begun(self) -> bool:
        """Whether anything was told yet."""
        return bool(self.done or self.unsent)

    def shown(self, step: Step) -> Answers:
        """All answers, and on its own page what was typed there last."""
        if step.slug not in self.unsent:
            return self.answers
        return {**_without(self.answers, *step.names), **self.unsent[step.slug]}

    def set_aside(self, step: Step, typed: Answers) -> None:
        """Keep what was typed on a page that was left without *Next*; it has to be sent before the end."""
        before = {name: value for name, value in self.answers.items() if name in step.names}
        self.unsent.pop(step.slug, None)
        if typed != before:
            self.unsent[step.slug] = unchecked(typed)
            self.done = [slug for slug in self.done if slug != step.slug]

    def way(self) -> tuple[Step, ...]:
        """The pages this person meets, in order."""
        return (*_BEFORE_NEEDS, *(NEEDS if reading.wants_needs(self.answers) else ()), CHECK)

    def missing_before(self, step: Step) -> Step | None:
        """The first page that has to come before ``step`` and was not answered yet.

        A page this person does not meet comes after everything else.
        """
        until = CHECK if step is OFTEN else step
        earlier = takewhile(lambda each: each.slug != until.slug, self.way())
        return next((each for each in earlier if each.slug not in self.done), None)

    def before(self, step: Step) -> Step | None:
        """The page that *Back* leads to."""
        way = self.way()
        place_now = next((index for index, each in enumerate(way) if each.slug == step.slug), len(way))
        return way[place_now - 1] if place_now else None

    def after(self, step: Step) -> Step:
        """The page that *Next* leads to; from a page that stands apart, the last one."""
        way = self.way()
        place_now = next((index for index, each in enumerate(way) if each.slug == step.slug), len(way))
        return way[min(place_now + 1, len(way) - 1)]

    def keep(self, step: Step, given: Answers) -> None:
        """Take over the answers of one page, which were checked before."""
        self.answers = step.settle({**_without(self.answers, *step.names), **given})
        if step.slug not in self.done:
            self.done.append(step.slug)
        met = {each.slug for each in self.way()} - {step.slug}
        self.unsent = {slug: typed for slug, typed in self.unsent.items() if slug in met}
