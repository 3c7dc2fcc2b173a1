"""Messages: what we tell, whom, how far it got, and which of them a person can do without."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class MessageKind(StrEnum):
    """What a message says; each has a module of its own under ``messages/``."""

    SUGGESTIONS_READY = "suggestions_ready"
    NEW_SUGGESTIONS = "new_suggestions"
    INTRODUCTION_RECEIVED = "introduction_received"
    INVITATION = "invitation"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    FELL_THROUGH = "fell_through"
    WENT_OUT = "went_out"
    WITHDRAWN = "withdrawn"
    MISSED = "missed"
    HOW_IS_IT = "how_is_it"
    HOW_IS_IT_TEAM = "how_is_it_team"
    WAITS_FOR_ANSWER = "waits_for_answer"
    STOPPED = "stopped"
    OFFER_CHECK_FAILED = "offer_check_failed"
    CONFIRM_DEVICE = "confirm_device"
    CONFIRM_FILE = "confirm_file"
    FILE_DISAPPEARED = "file_disappeared"
    PAUSED = "paused"
    RESUMED = "resumed"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    INCIDENT_CLOSED = "incident_closed"
    CONTACT_CHANGED = "contact_changed"
    NOT_EXPECTED = "not_expected"
    KEEP_FILE = "keep_file"
    MOVED = "moved"
    REMINDER = "reminder"
    TEAM_REMINDER = "team_reminder"
    STILL_TRUE = "still_true"
    ROLE_LAPSED = "role_lapsed"
    CONFIRM_JOINING = "confirm_joining"
    TEAM_INVITATION = "team_invitation"
    ACCESS_ASKED = "access_asked"
    ORGANISATION_APPROVED = "organisation_approved"
    REFERRER_APPROVED = "referrer_approved"
    ORGANISATION_ASKED = "organisation_asked"
    ORGANISATION_REFUSED = "organisation_refused"
    QUESTIONS = "questions"
    PLAN_DUE = "plan_due"
    TIMES_PROPOSED = "times_proposed"
    TIME_CHOSEN = "time_chosen"
    NO_TIME_LEFT = "no_time_left"
    PASSED_ANSWER = "passed_answer"
    """A support worker passed on an answer of this person."""
    REMARK = "remark"
    """What a team wrote with its "not now", once the desk passed it on."""
    YOU_ARE_IN = "you_are_in"
    """This and the next seven are about a gathering somebody signed up for."""
    YOU_WAIT = "you_wait"
    SEAT_OFFERED = "seat_offered"
    SEAT_LAPSED = "seat_lapsed"
    GATHERING_MOVED = "gathering_moved"
    GATHERING_CANCELLED = "gathering_cancelled"
    GATHERING_TOMORROW = "gathering_tomorrow"
    GATHERING_AFTERWARDS = "gathering_afterwards"
    MARKET_REGISTERED = "market_registered"
    MARKET_ROUTE = "market_route"
    MARKET_ROUTE_CHANGED = "market_route_changed"
    MARKET_TOMORROW = "market_tomorrow"
    MARKET_MOVED = "market_moved"
    """This and the next are told to visitors and to who brings a group; the two after them to stands."""
    MARKET_CANCELLED = "market_cancelled"
    STAND_DAY_MOVED = "stand_day_moved"
    STAND_DAY_CANCELLED = "stand_day_cancelled"
    STAND_CONFIRMED = "stand_confirmed"
    """This and the next are about a stand at a market, for who answers for its organisation."""
    STAND_REFUSED = "stand_refused"
    GROUP_REGISTERED = "group_registered"
    MARKET_INTEREST = "market_interest"
    """This and the next are about two who both want to go on; the four after them are for the day after."""
    GROUP_INTEREST = "group_interest"
    MARKET_THANKS = "market_thanks"
    MARKET_MISSED = "market_missed"
    GROUP_THANKS = "group_thanks"
    STAND_THANKS = "stand_thanks"
    STAND_TOMORROW = "stand_tomorrow"


class Recipient(StrEnum):
    """Who is told."""

    CANDIDATE = "candidate"
    ACCOUNT = "account"
    ORGANISATION = "organisation"
    REPORTER = "reporter"
    """Somebody without file or account, who said that something is not right."""
    JOINER = "joiner"
    """Somebody who wrote an organisation in, and has not confirmed their address yet."""
    INVITEE = "invitee"
    """Somebody who was invited to a team."""
    VISITOR = "visitor"
    """Somebody without a file who signed up for a gathering."""
    MARKET = "market"
    """Somebody without a file who comes to a market."""


class MessageState(StrEnum):
    """How far it got; ``to_do`` waits for a person at the desk."""

    QUEUED = "queued"
    SENT = "sent"
    BOUNCED = "bounced"
    """The gateway says for good that nobody is there."""
    BUNDLED = "bundled"
    """Another message says this, too."""
    TO_DO = "to_do"
    DONE = "done"
    DROPPED = "dropped"
    """Overtaken by what happened since."""


class Topic(StrEnum):
    """What somebody can do without: ``unsubscribe`` in a mail ends one of these."""

    NEW_ROLES = "new_roles"
    REMINDERS = "reminders"
    QUESTIONS = "questions"
    ROLES = "roles"
    """Whether a role still stands."""


TOPICS: Mapping[MessageKind, Topic] = {
    MessageKind.NEW_SUGGESTIONS: Topic.NEW_ROLES,
    MessageKind.STILL_TRUE: Topic.ROLES,
    MessageKind.QUESTIONS: Topic.QUESTIONS,
    MessageKind.PLAN_DUE: Topic.REMINDERS,
    MessageKind.REMINDER: Topic.REMINDERS,
    MessageKind.TEAM_REMINDER: Topic.REMINDERS,
    MessageKind.GATHERING_TOMORROW: Topic.REMINDERS,
    MessageKind.GATHERING_AFTERWARDS: Topic.REMINDERS,
    MessageKind.MARKET_THANKS: Topic.REMINDERS,
    MessageKind.MARKET_MISSED: Topic.REMINDERS,
    MessageKind.GROUP_THANKS: Topic.REMINDERS,
    MessageKind.STAND_THANKS: Topic.REMINDERS,
}
"""Messages that nobody asked for at that moment. All others answer an act of their reader, or protect them,
and have no way to unsubscribe (RFC 8058 is for bulk mail)."""

FOR_CANDIDATES = (Topic.NEW_ROLES, Topic.REMINDERS)
"""What a person with a file is told unasked."""
FOR_TEAMS = (Topic.QUESTIONS, Topic.ROLES, Topic.REMINDERS)
"""What whoever answers for an organisation is told unasked."""

UNCOUNTED = frozenset(
    {
        MessageKind.STILL_TRUE,
        MessageKind.REMINDER,
        MessageKind.TEAM_REMINDER,
        MessageKind.GATHERING_TOMORROW,
    }
)
"""Of these, what must not wait for the next week."""

AT_ONCE = frozenset(
    {
        MessageKind.SUGGESTIONS_READY,
        MessageKind.CONFIRM_DEVICE,
        MessageKind.CONFIRM_FILE,
        MessageKind.CONFIRM_JOINING,
        MessageKind.CONTACT_CHANGED,
        MessageKind.OFFER_CHECK_FAILED,
        MessageKind.YOU_ARE_IN,
        MessageKind.YOU_WAIT,
    }
)
"""What a person just asked for, or must hear now: sent in quiet hours too."""

BUNDLED = frozenset(
    {
        MessageKind.INTRODUCTION_RECEIVED,
        MessageKind.WAITS_FOR_ANSWER,
        MessageKind.STILL_TRUE,
        MessageKind.NEW_SUGGESTIONS,
    }
)
"""Several of these that wait for one reader become one message."""


def quiet_until(now: datetime, zone: ZoneInfo, *, since: time, until: time) -> datetime | None:
    """When the quiet hours end that ``now`` is in, on the clock of ``zone``; ``None`` outside of them.

    They may run over midnight; when both ends are the same there are none.
    """
    here = now.astimezone(zone)
    clock = here.time()
    over_midnight = since > until
    is_quiet = (clock >= since or clock < until) if over_midnight else since <= clock < until
    if not is_quiet:
        return None
    day = here.date() + timedelta(days=1 if over_midnight and clock >= since else 0)
    return datetime.combine(day, until, tzinfo=zone)
