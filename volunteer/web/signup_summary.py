"""The page before the end: every answer once more, in words, with a way back to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from flask import url_for

from volunteer.domain.access import FEATURES, Strength
from volunteer.domain.availability import PARTS
from volunteer.domain.candidates import ANY_WAY, Channel
from volunteer.domain.commitment import STEPS
from volunteer.domain.consent import Purpose
from volunteer.domain.interests import TASKS
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.places import MUNICIPALITIES
from volunteer.translation import strung
from volunteer.web import neighbourhoods
from volunteer.web.choices import commitment_name
from volunteer.web.dates import day_name
from volunteer.web.forms import signup as reading
from volunteer.web.forms.answers import Answers, several, ticked
from volunteer.web.forms.signup_steps import CHECK, SignUpDraft
from volunteer.web.language import current_language, joined
from volunteer.web.language import gettext as _

Row = tuple[str, str, str]
"""Label, answer in words, and where it can be changed: an address, or the name of the page."""


def summary(draft: SignUpDraft) -> list[Row]:
    """One row a question, in the order they were asked."""
    answers = draft.answers
    rows = [
        *rows_without_needs(answers),
        (_("What we may do"), _consents(answers), "consent"),
        (_("What helps you"), needs_in_words(answers), "helps"),
    ]
    rows.insert(1, (_("16 or older"), _("Yes"), "age"))
    return [(label, said, url_for("signup.step", step=slug, to=CHECK.slug)) for label, said, slug in rows]


def rows_without_needs(answers: Answers, *, with_contact: bool = True) -> list[Row]:
    """What somebody told of themselves: label, answer in words, and the page that asks for it."""
    rows = [
        (_("Your name"), reading.first_name(answers), "name"),
        (_("Where you live"), _place(answers), "where"),
        (_("How long the way may take"), _way(answers), "where"),
        (_("What you like to do"), _tasks(answers), "tasks"),
        (_("When you have time"), _times(answers), "when"),
        (_("How often you help"), _often(answers), "often"),
        (_("Languages"), _languages(answers), "languages"),
    ]
    return [*rows, (_("How we reach you"), _contact(answers), "contact")] if with_contact else rows


def _place(answers: Answers) -> str:
    municipality, postal_code = reading.place(answers)
    name = MUNICIPALITIES[municipality].label(current_language()) if municipality else ""
    town = " ".join(filter(None, (postal_code, name)))
    neighbourhood = neighbourhoods.name_of(neighbourhoods.chosen(answers))
    return joined(filter(None, (neighbourhood, town))) or _("You would rather not say")


def _way(answers: Answers) -> str:
    minutes = reading.way(answers)
    if minutes is None:
        return _("You don't know yet")
    return _("It does not matter") if minutes == ANY_WAY else _("At most %(num)d minutes", num=minutes)


def _often(answers: Answers) -> str:
    chosen = reading.commitments(answers)
    return ". ".join(commitment_name(each) for each in STEPS if each in chosen) or _("You don't know yet")


def _tasks(answers: Answers) -> str:
    chosen = reading.interests(answers)
    parts = (
        (_("You can: %(tasks)s."), chosen.can),
        (_("You want: %(tasks)s."), chosen.want),
        (_("You want to learn: %(tasks)s."), chosen.learn),
    )
    said = [sentence % {"tasks": _names(codes, TASKS)} for sentence, codes in parts if codes]
    return " ".join(said) or _("You don't know yet")


def _times(answers: Answers) -> str:
    parts = {"morning": _("morning"), "afternoon": _("afternoon"), "evening": _("evening")}
    chosen = set(several(answers, "days_parts"))
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    said = []
    for number, day in enumerate(days):
        free = [parts[part] for part in PARTS if f"{day}:{part}" in chosen]
        if free:
            said.append(f"{day_name(number)}: {joined(free)}")
    if ticked(answers, "flexible"):
        said.append(_("Your week is never the same"))
    return strung(said, current_language()) or _("You don't know yet")


def _languages(answers: Answers) -> str:
    levels = [_("none"), _("a little"), _("fair"), _("good"), _("very good")]
    said = [
        f"{joined((LANGUAGES[code].own,))} ({levels[level]})"
        for code, level in reading.languages(answers).items()
    ]
    return joined(said) or _("You left this open")


def _contact(answers: Answers) -> str:
    channel, contact = reading.contact(answers)
    ways: Mapping[Channel, str] = {
        Channel.SMS: _("With a text message"),
        Channel.PHONE: _("With a phone call"),
        Channel.EMAIL: _("With an e-mail"),
        Channel.LETTER: _("With a letter"),
        Channel.SUPPORT_WORKER: _("Through your support worker"),
        Channel.DESK: _("You come back to the info desk"),
    }
    return f"{ways[channel]}: {joined((contact,))}" if contact else ways[channel]


def _consents(answers: Answers) -> str:
    given = reading.consents(answers)
    names = {
        Purpose.ACCOUNT: _("Keep your answers"),
        Purpose.MATCH: _("look for tasks"),
        Purpose.FOLLOW_UP: _("contact you later"),
        Purpose.STATISTICS: _("count you without your name"),
    }
    return joined(text for purpose, text in names.items() if purpose in given)


def needs_in_words(answers: Answers) -> str:
    """What helps somebody, as they would say it."""
    if not reading.wants_needs(answers):
        return _("You skipped this")
    needs = reading.needs(answers)
    said = []
    for sentence, strength in (
        (_("Needed: %(needs)s."), Strength.MUST),
        (_("Nice: %(needs)s."), Strength.NICE),
    ):
        codes = [code for code in FEATURES if needs.get(code) is strength]
        if codes:
            said.append(sentence % {"needs": _names(codes, FEATURES)})
    return " ".join(said) or _("You don't know yet")


def _names(codes: Iterable[str], known: Mapping[str, object]) -> str:
    language = current_language()
    chosen = set(codes)
    names = []
    for code, each in known.items():
        if code in chosen:
            label: Callable[[str], str] = each.label  # type: ignore[attr-defined]
            names.append(label(language))
    return joined(names)
