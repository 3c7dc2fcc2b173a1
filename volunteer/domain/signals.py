"""Signals: somebody says that nothing fits, and why."""

from __future__ import annotations

from enum import StrEnum


class SignalCause(StrEnum):
    """Why nothing fits: always something about the offer, never about the person."""

    NEAR = "near"
    HOURS = "hours"
    TASKS = "tasks"
    LANGUAGE = "language"
    NEEDS = "needs"
    OTHER = "other"


LONGEST_WORDS = 300
