"""How an introduction is shown to the organisation: in order of arrival, and never more than was shared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from volunteer.domain.introductions import EXPECTED, IntroductionState
from volunteer.models import Introduction
from volunteer.services import introductions
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_ago, spoken_day
from volunteer.web.language import gettext as _

PLATE_WITHOUT_TASK = "t.welcome"
LONGEST_REPLY_ON_CARD = 80


@dataclass(frozen=True, slots=True)
class Card:
    """One introduction on the page of an organisation; the template's ``introduction_card`` reads it."""

    id: UUID
    person: str
    task_code: str
    title: str
    since: str
    age: str
    words: str
    shares: str
    state: dict[str, str] | None


@dataclass(slots=True)
class Received:
    """What an organisation received, by how far it got; each in order of arrival."""

    waiting: list[Card] = field(default_factory=list)
    running: list[Card] = field(default_factory=list)
    earlier: list[Card] = field(default_factory=list)


def received(uow: UnitOfWork, found: Iterable[Introduction]) -> Received:
    """Sort introductions into those that wait, those that run, and those that are over."""
    lists = Received()
    places = {IntroductionState.SENT: lists.waiting, **dict.fromkeys(EXPECTED, lists.running)}
    for introduction in found:
        place = places.get(IntroductionState(introduction.state), lists.earlier)
        if introduction.proposal is not None:
            # It is the person's turn: nobody waits for an answer here.
            place = lists.running
        place.append(card(uow, introduction))
    return lists


def card(uow: UnitOfWork, introduction: Introduction) -> Card:
    """One introduction. Who took it back shares nothing any more, not even a name."""
    waits = introduction.state == IntroductionState.SENT and introduction.proposal is None
    withdrawn = introduction.state == IntroductionState.WITHDRAWN
    person = _("Somebody") if withdrawn else introduction.candidate.first_name
    choice = introductions.choice_of(uow, introduction)
    arrived = introduction.sent_at or introduction.asked_at
    return Card(
        id=introduction.id,
        person=person,
        task_code=next(iter(introduction.opportunity.tasks), PLATE_WITHOUT_TASK),
        title=_("for %(role)s", role=introduction.opportunity.title),
        since=spoken_day(arrived),
        age=spoken_ago(arrived, uow.now) if waits else "",
        words=choice.words if waits else "",
        shares=_shares(person, choice) if waits else "",
        state=state_of(uow, introduction),
    )


def state_of(uow: UnitOfWork, introduction: Introduction) -> dict[str, str] | None:
    """The state as the ``pill`` of the templates wants it; None while it waits."""
    state = IntroductionState(introduction.state)
    if introduction.proposal is not None:
        return {"name": "proposed", "text": _("You proposed times")}
    looks = {
        IntroductionState.ACCEPTED: ("accepted", _("You said yes")),
        IntroductionState.MET: ("met", _("You met")),
        IntroductionState.STARTED: ("started", _("Started")),
        IntroductionState.STOPPED: ("stopped", _("It stopped")),
        IntroductionState.DECLINED: ("declined", _("You said: not now")),
        IntroductionState.WITHDRAWN: ("withdrawn", _("This person took it back")),
    }
    if state not in looks:
        return None
    name, text = looks[state]
    if state is IntroductionState.ACCEPTED and (reply := introductions.reply_to(uow, introduction)):
        text = _("You wrote: “%(reply)s”", reply=_short(reply))
    return {"name": name, "text": text}


def _shares(person: str, choice: introductions.Choice) -> str:
    if choice.contact and choice.needs:
        return _("%(name)s shares: first name, how to reach them, and what helps.", name=person)
    if choice.contact:
        return _("%(name)s shares: first name and how to reach them.", name=person)
    if choice.needs:
        return _("%(name)s shares: first name and what helps. Your answer goes through us.", name=person)
    return _("%(name)s shares: first name. Your answer goes through us.", name=person)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_REPLY_ON_CARD else f"{line[: LONGEST_REPLY_ON_CARD - 1].rstrip()}…"
