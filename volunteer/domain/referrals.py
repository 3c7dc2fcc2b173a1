"""Onward referrals: what the offer lacked, so that somebody was shown another way."""

from __future__ import annotations

from enum import StrEnum

LONGEST_WORDS = 200


class ReferralReason(StrEnum):
    """Always about the offer, never about the person."""

    NOTHING_NEAR = "nothing_near"
    NO_HOURS = "no_hours"
    NO_TASK = "no_task"
    NO_LANGUAGE = "no_language"
    NOT_ACCESSIBLE = "not_accessible"
    NO_WELCOME = "no_welcome"
    """Nobody there had the time to welcome somebody well."""
    OTHER_QUESTION = "other_question"
    """They asked for something that is not volunteering."""
