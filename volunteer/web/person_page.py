"""What the desk sees of one person at a glance: answers, introductions, suggestions, consents."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.access import FEATURES, Strength
from volunteer.domain.availability import Availability
from volunteer.domain.candidates import ANY_WAY, CandidateState, Channel
from volunteer.domain.commitment import STEPS, Commitment
from volunteer.domain.consent import Purpose
from volunteer.domain.interests import TASKS
from volunteer.domain.introductions import RUNNING, IntroductionState
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.places import MUNICIPALITIES
from volunteer.models import Candidate, FollowUp, Introduction, Opportunity
from volunteer.queries.candidates import consents_in_force
from volunteer.queries.introductions import introductions_of
from volunteer.services import candidates, follow_ups, introductions, proposals, suggestions
from volunteer.services.contacts import spoken_phone
from volunteer.translation import isolated, listed
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.choices import commitment_name
from volunteer.web.dates import spoken_ago, spoken_day, spoken_days_ago, spoken_hour, spoken_times
from volunteer.web.found_people import last_seen, place_of
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.proposed_times import buttons


@dataclass(frozen=True, slots=True)
class Reach:
    """How to reach somebody."""

    how: str
    contact: str
    number: str | None
    """To dial, where it is a phone."""


@dataclass(frozen=True, slots=True)
class Running:
    """One introduction: what it is, where it stands, and what comes next."""

    id: UUID
    role: str
    organisation: str
    state: dict[str, str]
    next_step: str
    since: str
    is_running: bool
    asked_id: UUID | None
    """The question of how it goes, while it waits for their answer."""
    times: list[tuple[str, str]]
    """What they can choose from now: the value of each button, and its words."""


@dataclass(frozen=True, slots=True)
class Idea:
    """One suggestion; why it fits would tell what helps this person, and stands on their own page."""

    id: UUID
    role: str
    organisation: str
    municipality: str
    asks_first: bool
    is_running: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything about one person but what helps them, and what partials of others hold."""

    id: UUID
    name: str
    language: str
    speaks: str
    place: str
    is_pending: bool
    disappears: str | None
    reach: Reach
    facts: list[tuple[str, str]]
    introductions: list[Running]
    ideas: list[Idea] | None
    """None while the engine still works."""
    has_needs: bool
    """Whether they agreed to be asked what helps; whether anything does is not known from this."""


def person_page(uow: UnitOfWork, candidate: Candidate) -> PersonPage:
    """The page of this person, in the desk worker's language."""
    asked_what_helps = consents_in_force(uow.session, candidate.id, Purpose.NEEDS, now=uow.now)
    is_pending = candidate.state == CandidateState.PENDING
    asked = follow_ups.open_for(uow, candidate.id)
    running = introductions_of(uow.session, candidate.id)
    return PersonPage(
        id=candidate.id,
        name=candidate.first_name,
        language=candidate.language,
        speaks=LANGUAGES[candidate.language].own,
        place=place_of(candidate),
        is_pending=is_pending,
        disappears=spoken_day(candidate.expires_at) if is_pending and candidate.expires_at else None,
        reach=reach_of(uow, candidate),
        facts=_facts(uow, candidate),
        introductions=[_running(uow, each, asked.get(each.id)) for each in running],
        ideas=ideas_of(uow, candidate) if not is_pending else [],
        has_needs=bool(asked_what_helps),
    )


def ideas_of(uow: UnitOfWork, candidate: Candidate) -> list[Idea] | None:
    """Their newest list; None while it is being made."""
    found = suggestions.current(uow, candidate.id)
    if found is None:
        return None
    asked = {
        each.opportunity_id for each in introductions_of(uow.session, candidate.id) if each.state in RUNNING
    }
    return [
        Idea(
            id=each.suggestion.id,
            role=each.suggestion.opportunity.title,
            organisation=each.suggestion.opportunity.organisation.name,
            municipality=_town(each.suggestion.opportunity),
            asks_first=bool(each.match.questions),
            is_running=each.suggestion.opportunity_id in asked,
        )
        for each in found
        if each.role.is_open
    ]


def _town(role: Opportunity) -> str:
    town = MUNICIPALITIES.get((role.venue.municipality if role.venue else None) or "")
    return town.label(current_language()) if town else ""


def reach_of(uow: UnitOfWork, candidate: Candidate) -> Reach:
    """How to reach them, opened for the desk."""
    channel = Channel(candidate.channel)
    ways = {
        Channel.SMS: _("With a text message"),
        Channel.PHONE: _("With a phone call"),
        Channel.EMAIL: _("With an e-mail"),
        Channel.LETTER: _("With a letter"),
        Channel.SUPPORT_WORKER: _("Through their support worker"),
        Channel.DESK: _("They come back to the info desk"),
    }
    contact = candidates.contact_of(uow, candidate) or ""
    is_number = channel in {Channel.SMS, Channel.PHONE}
    return Reach(
        ways[channel], spoken_phone(contact) if is_number else contact, contact if is_number else None
    )


def needs_in_words(needs: dict[str, Strength]) -> tuple[list[str], list[str]]:
    """What helps, by name: what is needed, and what is nice."""
    reader = current_language()
    by_strength = {
        strength: [FEATURES[code].label(reader) for code in FEATURES if needs.get(code) is strength]
        for strength in Strength
    }
    return by_strength[Strength.MUST], by_strength[Strength.NICE]


def facts_of(uow: UnitOfWork, candidate: Candidate, *, unknown: str | None = None) -> dict[str, str]:
    """What they told, in words; tasks are empty where nothing was said, and the others ``unknown``."""
    unknown = _("does not know yet") if unknown is None else unknown
    often = {Commitment(each) for each in candidate.commitments}
    minutes = candidate.travel_minutes
    way = _("It does not matter") if minutes == ANY_WAY else _("%(num)s minutes", num=minutes)
    return {
        "speaks": LANGUAGES[candidate.language].own,
        "languages": _languages(candidate) or unknown,
        "can": _tasks(candidate.tasks_can),
        "want": _tasks(candidate.tasks_want),
        "learn": _tasks(candidate.tasks_learn),
        "times": _times(uow, candidate) or unknown,
        "often": listed((commitment_name(each) for each in STEPS if each in often), current_language())
        or unknown,
        "way": way if minutes else unknown,
    }


def _facts(uow: UnitOfWork, candidate: Candidate) -> list[tuple[str, str]]:
    said = facts_of(uow, candidate)
    return [
        (_("Languages"), said["languages"]),
        (_("Can"), said["can"]),
        (_("Wants"), said["want"]),
        (_("Wants to learn"), said["learn"]),
        (_("When"), said["times"]),
        (_("How often"), said["often"]),
        (_("Way there"), said["way"]),
        (_("Last seen"), spoken_days_ago(last_seen(candidate), uow.now)),
        (_("File since"), spoken_day(candidate.created_at)),
    ]


def _languages(candidate: Candidate) -> str:
    levels = [_("none"), _("a few words"), _("gets by"), _("good"), _("very good")]
    known = sorted(candidate.languages.items(), key=lambda pair: -pair[1])
    spoken = current_language()
    # The name apart from its level: a name in Arabic would pull the bracket to its other side.
    names = {code: isolated({"own": LANGUAGES[code].own}, spoken)["own"] for code, _level in known}
    return listed((f"{names[code]} ({levels[level]})" for code, level in known), spoken)


def _tasks(codes: list[str]) -> str:
    return listed((TASKS[code].label(current_language()) for code in codes), current_language())


def _times(uow: UnitOfWork, candidate: Candidate) -> str | None:
    times = Availability.parse(candidate.times)
    return _("Flexible") if times.flexible else spoken_times(times, uow.today)


def _running(uow: UnitOfWork, introduction: Introduction, asked: FollowUp | None) -> Running:
    state = IntroductionState(introduction.state)
    looks = {
        IntroductionState.ASKING: ("asked", _("We ask something first")),
        IntroductionState.SENT: ("asked", _("Waits for their answer")),
        IntroductionState.ACCEPTED: ("proposed", _("They said yes")),
        IntroductionState.MET: ("met", _("They met")),
        IntroductionState.STARTED: ("started", _("Started")),
        IntroductionState.STOPPED: ("stopped", _("It stopped")),
        IntroductionState.DECLINED: ("declined", _("Not now")),
        IntroductionState.FELL_THROUGH: ("declined", _("It fell through")),
        IntroductionState.WITHDRAWN: ("withdrawn", _("Taken back")),
    }
    times = buttons(uow, introduction)
    name, text = ("proposed", _("They propose times")) if times else looks[state]
    moved = introduction.answered_at or introduction.sent_at or introduction.asked_at
    return Running(
        id=introduction.id,
        role=introduction.opportunity.title,
        organisation=introduction.opportunity.organisation.name,
        state={"name": name, "text": text},
        next_step=_choose(uow, introduction) if times else _next_step(uow, introduction, state),
        since=spoken_ago(moved, uow.now),
        is_running=state in RUNNING,
        asked_id=asked.id if asked else None,
        times=times,
    )


def _next_step(uow: UnitOfWork, introduction: Introduction, state: IntroductionState) -> str:
    if state is IntroductionState.ACCEPTED:
        return _after_a_yes(uow, introduction)
    if state is IntroductionState.SENT and proposals.is_closed(introduction):
        return _("The role is closed. Look at the other suggestions together.")
    steps = {
        IntroductionState.ASKING: _("The organisation answers our question. Then it goes out by itself."),
        IntroductionState.SENT: _("The organisation answers. Call them when it takes over a week."),
        IntroductionState.MET: _("Ask how it was, and whether they start."),
        IntroductionState.STARTED: _("Nothing: they volunteer there."),
        IntroductionState.STOPPED: _("Look at the other suggestions together."),
        IntroductionState.DECLINED: _("Look at the other suggestions together."),
        IntroductionState.FELL_THROUGH: _("Look at the other suggestions together."),
        IntroductionState.WITHDRAWN: _("Nothing: this was their wish."),
    }
    return steps[state]


def _choose(uow: UnitOfWork, introduction: Introduction) -> str:
    """What to ask them, and the words of the organisation."""
    reply = introductions.reply_to(uow, introduction)
    said = [_("Ask which of these times suits.")]
    return " ".join([*said, _("Tell them: “%(reply)s”", reply=reply)] if reply else said)


def _after_a_yes(uow: UnitOfWork, introduction: Introduction) -> str:
    """What to tell them: the agreed moment, and the words of the organisation."""
    reply, agreed = introductions.reply_to(uow, introduction), introduction.agreed_at
    said = []
    if agreed:
        said.append(_("They meet on %(day)s, %(hour)s.", day=spoken_day(agreed), hour=spoken_hour(agreed)))
    if reply:
        said.append(_("Tell them: “%(reply)s”", reply=reply))
    return " ".join(said) or _("Agree on a day with the organisation.")
