"""Facts for paper, all invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from volunteer.config import from_environment
from volunteer.documents.calls import CallLine
from volunteer.documents.card import PersonalCard
from volunteer.documents.letter import Letter, Told
from volunteer.documents.roles import RoleOnPaper
from volunteer.documents.sheet import Tongues
from volunteer.documents.slip import Slip
from volunteer.documents.suggestions import SuggestedRole, SuggestionsOnPaper
from volunteer.domain.availability import Availability
from volunteer.domain.commitment import Commitment
from volunteer.services.law import LawNote, LawNotes

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
CENTRE = from_environment({}).centre
LINK = "https://schakel.example/open/WyJhNjM1ZGQ0OCIsIiJd.aRk2Fw.6Ck0hSvxWm8f0uPZbHG0nXk1s2Q"
ROLE = RoleOnPaper(
    title="Soep koken voor de buurt",
    language="nl",
    tasks=("t.cook", "t.serve"),
    organisation="Buurtkeuken Pollepel",
    street="Lindenkaai 24",
    postal_code="1080",
    municipality="sint-jans-molenbeek",
    getting_there="Metro 2 of 6, halte Ribaucourt. Dan 5 minuten te voet.",
    contact="Fatima",
    times=Availability.parse("tue 10:00-13:00"),
    commitment=Commitment.MONTHS,
    is_remote=False,
)
_SAID = {
    "nl": ("Krijg je geld van hen?", "Werkloosheid (RVA)", "Je vakbond", "Nagekeken op 3 november."),
    "ar": ("هل يصلك مال؟", "البطالة (RVA)", "النقابة", "تمت المراجعة."),
}


def notes(language: str) -> LawNotes:
    """What to tell whom, as short as it can be."""
    title, money, whom, dated = _SAID.get(language, _SAID["nl"])
    return LawNotes(title=title, rows=[LawNote(money, whom)], dated=dated, is_stale=False)


def a_slip(theirs: str = "nl", **changed: Any) -> Slip:
    """A slip for a role that is only suggested."""
    slip = Slip(
        tongues=Tongues(theirs, "nl"),
        role=ROLE,
        state=None,
        reply=None,
        law=(notes(theirs), notes("nl")),
        link=LINK,
        centre=CENTRE,
        today=TODAY,
        made_at=NOW,
    )
    return replace(slip, **changed)


def a_list(theirs: str = "nl", *, roles: int = 8) -> SuggestionsOnPaper:
    """A list of suggestions."""
    one = SuggestedRole(
        role=ROLE, fits=["Je wil dit graag doen: koken.", "Je bent vrij op dinsdag."], is_asked_first=True
    )
    return SuggestionsOnPaper(
        tongues=Tongues(theirs, "nl"), roles=[one] * roles, link=LINK, centre=CENTRE, today=TODAY, made_at=NOW
    )


def a_card(theirs: str = "nl", *, first_name: str = "Amal") -> PersonalCard:
    """A card."""
    return PersonalCard(
        tongues=Tongues(theirs, "nl"),
        first_name=first_name,
        number="K-4821-7730",
        link="https://schakel.example/c/Qm9X2vLr8TnYpAe31ZcWdA",
        centre=CENTRE,
        made_at=NOW,
    )


def a_letter(theirs: str = "nl", **changed: Any) -> Letter:
    """A letter."""
    words = {"nl": "Goed nieuws. Ze willen je leren kennen.", "ar": "خبر جيد. يسعدهم التعارف."}
    letter = Letter(
        tongues=Tongues(theirs, "nl"),
        to_name="Amal",
        address="Kerkstraat 3 bus 12\n1080 Sint-Jans-Molenbeek",
        theirs=Told(theirs, "Nieuws", [words.get(theirs, words["nl"])]),
        ours=Told("nl", "Nieuws", [words["nl"]]),
        link=LINK,
        centre=CENTRE,
        made_at=NOW,
    )
    return replace(letter, **changed)


def a_call(**changed: Any) -> CallLine:
    """One line of the call list."""
    line = CallLine(
        name="Amal",
        ask_for="",
        contact="0470 12 34 56",
        speaks="العربية",
        age="2 dagen geleden",
        subject="Goed nieuws over je kennismaking",
        language="ar",
        theirs=["خبر جيد. يسعدهم التعارف."],
        ours=["Goed nieuws. Ze willen je leren kennen."],
    )
    return replace(line, **changed)
