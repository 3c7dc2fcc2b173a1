"""To a candidate: their support worker passed on an answer of theirs. Not right? They look at it."""

from __future__ import annotations

from volunteer.domain.support import EntryKind
from volunteer.messages.words import Facts, Words, on_and_at
from volunteer.translation import isolated, translations


def compose(facts: Facts) -> Words:
    """The words in the language of ``facts``; ``outcome`` is the kind of answer, ``when`` the chosen time,
    and ``is_open`` whether it can be undone.
    """
    _ = translations(facts.language).gettext
    answer = _answer(facts)
    values = isolated({"organisation": facts.organisation}, facts.language)
    can_undo = facts.is_open
    press = _("Is this not right? Open the link. One press is enough.")
    tell = _("Is this not right? Open the link, and tell us. We cannot undo it: call us before you go there.")
    undo = _("Is this not right? Tell us now, and we undo it.")
    look = _("Is this not right? Tell us now, and we look at it together.")
    told = _("Somebody of %(organisation)s told us your answer.") % values
    return Words(
        subject=_("Your answer was passed on"),
        paragraphs=(told, answer, press if can_undo else tell),
        button=_("Look at my answer"),
        spoken=(told, answer, undo if can_undo else look),
        short=_("Your answer was passed on. Not right? Look:"),
    )


def _answer(facts: Facts) -> str:
    _ = translations(facts.language).gettext
    match facts.outcome:
        case EntryKind.TIME_CHOSEN if facts.when:
            return _("You come on %(day)s, %(hour)s.") % isolated(on_and_at(facts), facts.language)
        case EntryKind.TIME_REFUSED:
            return _("None of the times suits you. We ask for other ones.")
        case EntryKind.CANNOT_COME:
            return _("You cannot come then. We ask for another time.")
        case EntryKind.TOLD_HOW:
            return _("You said how it goes.")
        case _:
            return _("You chose a time.")
