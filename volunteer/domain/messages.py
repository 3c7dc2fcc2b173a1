"""Messages: what we tell, whom, and how far it got."""

from __future__ import annotations

from enum import StrEnum


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
    OFFER_CHECK_FAILED = "offer_check_failed"
    CONFIRM_DEVICE = "confirm_device"
    PAUSED = "paused"
    RESUMED = "resumed"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    INCIDENT_CLOSED = "incident_closed"
    CONTACT_CHANGED = "contact_changed"
    NOT_EXPECTED = "not_expected"
    KEEP_FILE = "keep_file"


class Recipient(StrEnum):
    """Who is told."""

    CANDIDATE = "candidate"
    ACCOUNT = "account"
    ORGANISATION = "organisation"
    REPORTER = "reporter"
    """Somebody without file or account, who said that something is not right."""


class MessageState(StrEnum):
    """How far it got; ``to_do`` waits for a person at the desk."""

    QUEUED = "queued"
    SENT = "sent"
    TO_DO = "to_do"
    DONE = "done"
    DROPPED = "dropped"
    """Overtaken by what happened since."""
