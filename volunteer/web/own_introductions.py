"""What a candidate's pages show of introductions: how each stands, what came before, and what is shared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from flask import url_for

from volunteer.domain.access import FEATURES
from volunteer.domain.introductions import RUNNING, DeclineReason, IntroductionState
from volunteer.models import Candidate, FollowUp, Introduction
from volunteer.queries.introductions import introductions_of
from volunteer.services import follow_ups, introductions, organisations, proposals, remarks
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_day, spoken_hour
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.proposed_times import buttons
from volunteer.web.role_words import role_words

DEFAULT_PICTURE = "t.welcome"


@dataclass(frozen=True, slots=True)
class State:
    """Where an introduction stands: the name of its look, and words."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionCard:
    """One introduction as its person follows it."""

    id: UUID
    task_code: str
    title: str
    language: str | None
    organisation: str
    state: State
    shares: str
    history: list[tuple[str, str]]
    withdraw_url: str | None
    how_url: str | None
    """Where they say how it goes, when they are asked."""
    url: str | None = None
    calendar_url: str | None = None
    """The agreed moment as a file for a calendar."""
    times: list[tuple[str, str]] = field(default_factory=list)
    """What they can choose from now: the value of each button, and its words."""
    times_url: str = ""
    can_give_back: bool = False
    """Whether they agreed on a moment, and can still say that it does not suit."""


def introduction_cards(uow: UnitOfWork, candidate: Candidate) -> list[IntroductionCard]:
    """Everything this person asked for, the newest first."""
    asked = follow_ups.open_for(uow, candidate.id)
    return [
        introduction_card(uow, each, asked.get(each.id))
        for each in introductions_of(uow.session, candidate.id)
    ]


def introduction_card(
    uow: UnitOfWork, introduction: Introduction, asked: FollowUp | None = None
) -> IntroductionCard:
    """One introduction as its person follows it."""
    opportunity = introduction.opportunity
    words = role_words(opportunity)
    is_running = introduction.state in RUNNING
    times = buttons(uow, introduction)
    look = look_of(IntroductionState(introduction.state))
    return IntroductionCard(
        id=introduction.id,
        task_code=next(iter(opportunity.tasks), DEFAULT_PICTURE),
        title=words.title,
        language=words.language,
        organisation=opportunity.organisation.name,
        state=State("proposed", _("They propose times")) if times else look,
        shares=_shares(uow, introduction),
        history=_history(uow, introduction),
        withdraw_url=url_for("me.withdraw", introduction_id=introduction.id) if is_running else None,
        how_url=url_for("follow_ups.own", follow_up_id=asked.id) if asked else None,
        calendar_url=_calendar_url(introduction),
        times=times,
        times_url=url_for("me.choose_time", introduction_id=introduction.id),
        can_give_back=proposals.has_appointment(uow, introduction),
    )


def _calendar_url(introduction: Introduction) -> str | None:
    if introduction.state != IntroductionState.ACCEPTED or introduction.agreed_at is None:
        return None
    return url_for("me.calendar", introduction_id=introduction.id)


def states_by_role(found: Iterable[Introduction]) -> dict[UUID, State]:
    """The state of the newest introduction by role; a role one may ask again has none."""
    newest: dict[UUID, Introduction] = {}
    for introduction in found:
        newest.setdefault(introduction.opportunity_id, introduction)
    again = {IntroductionState.WITHDRAWN, IntroductionState.STOPPED}
    states = {role: IntroductionState(each.state) for role, each in newest.items()}
    return {role: look_of(state) for role, state in states.items() if state not in again}


def look_of(state: IntroductionState) -> State:
    """How far it is, in a few words to its person."""
    looks = {
        IntroductionState.ASKING: State("asked", _("We ask them first")),
        IntroductionState.SENT: State("asked", _("Asked")),
        IntroductionState.ACCEPTED: State("accepted", _("They say yes")),
        IntroductionState.MET: State("met", _("You met")),
        IntroductionState.STARTED: State("started", _("You started")),
        IntroductionState.STOPPED: State("stopped", _("It stopped")),
        IntroductionState.DECLINED: State("declined", _("Not now")),
        IntroductionState.FELL_THROUGH: State("stopped", _("It does not fit for now")),
        IntroductionState.WITHDRAWN: State("withdrawn", _("You stopped this")),
    }
    return looks[state]


def _history(uow: UnitOfWork, introduction: Introduction) -> list[tuple[str, str]]:
    history = [(spoken_day(introduction.asked_at), _("You said that you want to meet them."))]
    if introduction.state == IntroductionState.ASKING:
        history.append(("", _("We first ask them what you need. We tell you as soon as we know.")))
    if introduction.sent_at:
        history.append((spoken_day(introduction.sent_at), _("We told them about you.")))
    history += _their_side(uow, introduction)
    if introduction.state == IntroductionState.ACCEPTED and introduction.agreed_at:
        agreed = introduction.agreed_at
        moment = _("You meet on %(day)s, %(hour)s.", day=spoken_day(agreed), hour=spoken_hour(agreed))
        history.append(("", moment))
    if introduction.state in RUNNING and not organisations.gets_people(introduction.opportunity.organisation):
        history.append(("", _("This waits for a moment. You did nothing wrong. Please do not go there yet.")))
    if introduction.state == IntroductionState.SENT and proposals.is_closed(introduction):
        history.append(("", _("This role is closed for now. You can look at other roles, or call us.")))
    if introduction.started_at:
        history.append((spoken_day(introduction.started_at), _("You started there.")))
    elif introduction.met_at:
        history.append((spoken_day(introduction.met_at), _("You met each other.")))
    if introduction.state == IntroductionState.STOPPED and introduction.ended_at:
        history.append((spoken_day(introduction.ended_at), _("It stopped.")))
    if introduction.state == IntroductionState.FELL_THROUGH:
        history.append(("", _("We looked for other roles for you.")))
    return history


def _their_side(uow: UnitOfWork, introduction: Introduction) -> list[tuple[str, str]]:
    """What they said, or that it is their turn again."""
    if introduction.answered_at:
        return [(spoken_day(introduction.answered_at), _answer(uow, introduction))]
    waits = introduction.state == IntroductionState.SENT and not proposals.is_closed(introduction)
    if introduction.returned_at and waits:
        return [(spoken_day(introduction.returned_at), _("No time was found. They propose others."))]
    return []


def _answer(uow: UnitOfWork, introduction: Introduction) -> str:
    if introduction.decline_reason:
        reason = _why_not_now(DeclineReason(introduction.decline_reason))
        words = remarks.passed_on(uow, introduction)
        return " ".join([reason, _("They write: “%(reply)s”", reply=words)] if words else [reason])
    reply = introductions.reply_to(uow, introduction)
    if introduction.proposal:
        said = _("They would like to meet you.")
        return " ".join([said, _("They write: “%(reply)s”", reply=reply)] if reply else [said])
    return _("They say yes: “%(reply)s”", reply=reply) if reply else _("They say yes.")


def _why_not_now(reason: DeclineReason) -> str:
    """What it is about on their side, to the person."""
    reasons = {
        DeclineReason.NO_SPOT_NOW: _("They have no room for someone now. That is not about you."),
        DeclineReason.NO_TIME_TO_WELCOME: _("They have no time to welcome you now. That is not about you."),
        DeclineReason.ROLE_CHANGED: _("This task changed or stopped. That is not about you."),
        DeclineReason.HOURS_CHANGED: _("Their hours changed. That is not about you."),
    }
    return reasons[reason]


def _shares(uow: UnitOfWork, introduction: Introduction) -> str:
    """What this person lets the organisation know."""
    choice = introductions.choice_of(uow, introduction)
    names = [_("how to reach you")] if choice.contact else []
    names += [FEATURES[code].label(current_language()) for code in FEATURES if code in choice.needs]
    if not names:
        return _("They see your first name.")
    return _("They see your first name and: %(names)s.", names=", ".join(names))
