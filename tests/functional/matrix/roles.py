"""Who asks: the columns of the matrix."""

from __future__ import annotations

from enum import StrEnum


class Who(StrEnum):
    """Somebody at a browser with their own session, or a program with its own token."""

    VISITOR = "visitor"
    FINDER = "finder"
    """Holds the card of the candidate, on a device that nobody confirmed."""
    CANDIDATE = "candidate"
    """Everything that happens to a person happened to them."""
    OTHER = "other"
    """Another candidate, with a file of their own."""
    WAITING = "waiting"
    """Begun by the support worker, and about to say yes or no."""
    HELPER = "helper"
    """The support worker whom the candidate allows everything."""
    WITHOUT = "without"
    """A colleague of theirs, whom the candidate once signed up with and allows nothing."""
    SCHOOL = "school"
    """Leads the team of that referrer."""
    ELSEWHERE = "elsewhere"
    """Leads the team of another referrer."""
    OWNER = "owner"
    """Leads the team of the organisation that the candidate meets."""
    EDITOR = "editor"
    VIEWER = "viewer"
    STRANGER = "stranger"
    """Leads the team of another organisation."""
    DESK = "desk"
    ADMIN = "admin"
    PROGRAM = "program"
    """Signed the candidate up, and holds the token that came of it."""
    OTHER_PROGRAM = "other_program"
    """The same for the other candidate."""
    TEAM_PROGRAM = "team_program"
    """Speaks for the organisation with the rights of its editor."""
    VIEWER_PROGRAM = "viewer_program"
    STRANGER_PROGRAM = "stranger_program"


PROGRAMS = frozenset(
    {Who.PROGRAM, Who.OTHER_PROGRAM, Who.TEAM_PROGRAM, Who.VIEWER_PROGRAM, Who.STRANGER_PROGRAM}
)
BROWSERS = frozenset(Who) - PROGRAMS
SUPPORT = (Who.HELPER, Who.WITHOUT, Who.SCHOOL, Who.ELSEWHERE)
TEAMS = (Who.OWNER, Who.EDITOR, Who.VIEWER, Who.STRANGER)
CENTRE = (Who.DESK, Who.ADMIN)
STAFF = (*SUPPORT, *TEAMS, *CENTRE)
KNOW_THE_NAME = frozenset(
    {Who.FINDER, Who.CANDIDATE, Who.HELPER, Who.OWNER, Who.EDITOR, Who.VIEWER, Who.DESK, Who.ADMIN}
)
"""Who may read the first name of the candidate; the finder reads it on the first page alone."""
KNOW_THE_CONTACT = KNOW_THE_NAME - {Who.FINDER, Who.HELPER}
"""The candidate shared it with the organisation, and with no support worker."""
