"""What every message is made of: facts to speak of, and words for each channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from volunteer.config import Centre
from volunteer.domain.text_messages import in_plain_letters
from volunteer.times_in_words import day, hour
from volunteer.translation import is_right_to_left, isolated, translations


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A gathering, as a message speaks of it. Nothing of what anybody asked for."""

    title: str = ""
    place: str = ""
    directions: str = ""
    online_url: str = ""
    ends_at: datetime | None = None
    until: datetime | None = None
    """Until when a seat is kept for the reader."""
    number: int = 0
    """Their place in the line."""
    size: int = 1
    """For how many they signed up."""
    there: tuple[str, ...] = ()
    """Interpreters, and what helps at the venue."""
    reason: str = ""
    """Why it does not go on."""
    material: str = ""
    """What is said afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a message may speak of. Never needs, never contact data, nothing about a third person."""

    language: str
    centre: Centre
    to_name: str
    link: str
    """Where to go on; empty where each line has a way of its own."""
    role: str = ""
    organisation: str = ""
    first_name: str = ""
    """Of the person an organisation is to meet."""
    reply: str = ""
    """What the organisation wrote back."""
    is_open: bool = True
    """Whether the role still looks for people; of a passed-on answer, whether it can be undone."""
    count: int = 0
    outcome: str = ""
    """What was done about what somebody reported: an ``Outcome``."""
    what: str = ""
    """What the organisation planned, in words."""
    asked: tuple[tuple[str, str], ...] = ()
    """Questions to an organisation, each with its own link."""
    unsubscribe: str = ""
    """Where one click ends messages like this one; empty where there is no doing without."""
    when: datetime | None = None
    """The moment the two agreed on, or when a gathering begins."""
    from_stranger: bool = False
    """Whether names in it were written by somebody we do not know yet: the words then say none of them."""
    times: tuple[datetime, ...] = ()
    """Those that the person can choose from."""
    gathering: Meeting = Meeting()
    """What they signed up for; it begins at ``when``."""


@dataclass(frozen=True, slots=True)
class Words:
    """One message in the words of one language. The subject names nobody and nothing personal."""

    subject: str
    paragraphs: tuple[str, ...]
    button: str
    """What the link is called."""
    spoken: tuple[str, ...] = ()
    """What is said instead where there is no link: on the phone, at the desk. Empty: the paragraphs."""
    items: tuple[tuple[str, str], ...] = ()
    """Lines that each have a link of their own; before the button."""
    short: str = ""
    """What a text message says. Empty: the subject."""
    by_reply: tuple[str, ...] = ()
    """How to answer by writing back: said in a mail alone."""


def by_mail(words: Words, facts: Facts) -> str:
    """The plain text of a mail."""
    gap = _gap(facts.language)
    link = [f"{words.button}:{gap}{facts.link}"] if facts.link else []
    stop = [f"{doing_without(facts)}:{gap}{facts.unsubscribe}"] if facts.unsubscribe else []
    items = [f"{text}:{gap}{url}" for text, url in words.items]
    said = [*words.paragraphs, *words.by_reply]
    return "\n\n".join([greeting(facts), *said, *items, *link, signature(facts), *stop]) + "\n"


def greeting(facts: Facts) -> str:
    """The first line, with the name of whoever reads it where somebody we know gave it."""
    _ = translations(facts.language).gettext
    if facts.from_stranger:
        return _("Hello,")
    return _("Hello %(name)s,") % isolated({"name": facts.to_name}, facts.language)


def on_and_at(facts: Facts) -> dict[str, str]:
    """Day and hour of the agreed moment, for a sentence; empty words where there is none."""
    if facts.when is None:
        return {"day": "", "hour": ""}
    zone = facts.centre.time_zone
    return {"day": day(facts.when, facts.language, zone), "hour": hour(facts.when, zone)}


def doing_without(facts: Facts) -> str:
    """What the link is called that ends messages like this one."""
    _ = translations(facts.language).gettext
    return _("Stop messages like this one")


def by_text_message(words: Words, facts: Facts) -> str:
    """The same, short enough for a text message: one part in Latin letters, two in others.

    Every character of Arabic makes the whole message count 70 characters, or 67 a part. Old phones show the
    marks that keep two directions apart as boxes, so what is in another script gets a line of its own, and
    the phone number has no groups that could change places.
    """
    centre, said = facts.centre, words.short or words.subject
    if is_right_to_left(facts.language):
        return f"{said}\n{facts.link}\n{centre.short_name}\n{centre.phone.replace(' ', '')}"
    text = f"{said} {facts.link} - {centre.short_name}, {centre.phone}"
    return in_plain_letters(text)


def signature(facts: Facts) -> str:
    """A person to turn to, with phone and hours: the same under every message."""
    centre = facts.centre
    hours = centre.hours.get(facts.language, next(iter(centre.hours.values())))
    names = " & ".join(centre.people)
    phone = isolated({"phone": centre.phone}, facts.language)["phone"]
    return f"{names}\n{centre.name}, {centre.place}, {centre.address}\n{phone} - {hours}"


def _gap(language: str) -> str:
    """What stands between words and a link; a line break where they run in two directions."""
    return "\n" if is_right_to_left(language) else " "
