"""How a line of the table is read: who is let in, and what everybody else is answered.

A cell is a status ("200", "404"); or ``login``, ``card``, ``first`` where somebody is led to one of those
pages to say who they are; ``done`` where something was written and the answer leads to another page; ``on``
where it leads there and writes nothing, or where it may (a session, a draft, what stood so already);
``unchanged`` where it leads there and must have done nothing; or the path of the other page, where that says
something. A pattern takes what the ones inside are answered, and then whoever differs, by name:
``team("200", viewer="403")``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from tests.functional.matrix.roles import BROWSERS, CENTRE, PROGRAMS, STAFF, SUPPORT, TEAMS, Who

LOGIN, CARD, FIRST, ON, DONE, UNCHANGED = "login", "card", "first", "on", "done", "unchanged"
NOT_YOURS, NOT_THERE, UNKNOWN, WITHOUT_TOKEN = "403", "404", "401", "400"


@dataclass(frozen=True)
class Row:
    """One address and one method: what each is answered, and what is sent."""

    cells: Mapping[Who, str]
    places: Mapping[str, str] = field(default_factory=dict)
    """Parts of the address that are not filled in by their own name: a name in the world, or else a word."""
    sends: Mapping[str, str] = field(default_factory=dict)
    """The fields of the form, or of the JSON; what is a name in the world is filled in."""
    is_proof: bool = False
    """Whether whoever holds this address may read what it is about: it was mailed to them."""

    def at(self, **places: str) -> Row:
        """The same at the address of this thing."""
        return replace(self, places=places)

    def sending(self, **sends: str) -> Row:
        """The same with a body, where an empty one would be refused before anybody asks whose it is."""
        return replace(self, sends=sends)


def everybody(answer: str, **others: str) -> Row:
    """Open to all."""
    return _row({}, answer, others)


def by_link(answer: str, **others: str) -> Row:
    """Open to whoever holds the link, which is secret."""
    return replace(_row({}, answer, others), is_proof=True)


def by_card(answer: str, **others: str) -> Row:
    """Open to whoever holds the card; staff are not led into a file, and the desk sees whose it is."""
    staff = {**dict.fromkeys((*SUPPORT, *TEAMS), "/"), **dict.fromkeys(CENTRE, ON)}
    return replace(_row(staff, answer, others), is_proof=True)


def not_for_staff(answer: str, **others: str) -> Row:
    """Open to whoever holds the link, while nobody is logged in here: staff are led to the start."""
    return replace(_row(dict.fromkeys(STAFF, "/"), answer, others), is_proof=True)


def logged_in(answer: str, **others: str) -> Row:
    """For every account."""
    return _row(dict.fromkeys(STAFF, answer), LOGIN, others)


def own_file(answer: str, **others: str) -> Row:
    """For a candidate, about their own file: whoever asks, it is theirs."""
    return _row(_candidates(answer, answer), CARD, others)


def own_thing(answer: str, **others: str) -> Row:
    """For the candidate whose it is; for another one it is not there."""
    return _row(_candidates(answer, NOT_THERE), CARD, others)


def with_card(answer: str, **others: str) -> Row:
    """For whoever holds a card, also on a device that nobody confirmed."""
    return _row({**_candidates(answer, answer), Who.FINDER: answer}, CARD, others)


def confirming(answer: str, **others: str) -> Row:
    """For a person whose file waits for their yes; who has a file already is led to it."""
    file = dict.fromkeys((Who.CANDIDATE, Who.OTHER), "/me/suggestions")
    return _row({**file, Who.WAITING: answer}, CARD, others)


def support(answer: str, **others: str) -> Row:
    """For every support worker, about their own referrer."""
    return _staff(SUPPORT, dict.fromkeys(SUPPORT, answer), others)


def leads_support(answer: str, **others: str) -> Row:
    """For who leads the team of a referrer, about their own one."""
    return _staff(SUPPORT, {Who.SCHOOL: answer, Who.ELSEWHERE: answer}, others)


def leads_own_support(answer: str, **others: str) -> Row:
    """For who leads the team of this referrer; for another one it is not there."""
    return leads_support(answer, **{Who.ELSEWHERE: NOT_THERE, **others})


def helped(answer: str, **others: str) -> Row:
    """For the support worker whom this person allows it: for every other one they are not there."""
    return _staff(SUPPORT, {**dict.fromkeys(SUPPORT, NOT_THERE), Who.HELPER: answer}, others)


def team(answer: str, **others: str) -> Row:
    """For everybody in a team, about their own organisation."""
    return _staff(TEAMS, dict.fromkeys(TEAMS, answer), others)


def own_team(answer: str, **others: str) -> Row:
    """For everybody in this team; for another one it is not there."""
    return team(answer, **{Who.STRANGER: NOT_THERE, **others})


def editors(answer: str, **others: str) -> Row:
    """For who answers for an organisation, about their own one; a viewer only looks on."""
    return team(answer, **{Who.VIEWER: NOT_YOURS, **others})


def own_editors(answer: str, **others: str) -> Row:
    """For who answers for this organisation; for another one it is not there."""
    return own_team(answer, **{Who.VIEWER: NOT_YOURS, **others})


def leads(answer: str, **others: str) -> Row:
    """For who leads a team, about their own organisation."""
    return editors(answer, **{Who.EDITOR: NOT_YOURS, **others})


def leads_own(answer: str, **others: str) -> Row:
    """For who leads this team; for another one it is not there."""
    return own_editors(answer, **{Who.EDITOR: NOT_YOURS, **others})


def desk(answer: str, **others: str) -> Row:
    """For the desk and for administrators."""
    return _staff(CENTRE, dict.fromkeys(CENTRE, answer), others)


def admin(answer: str, **others: str) -> Row:
    """For administrators alone."""
    return _staff(CENTRE, {Who.ADMIN: answer}, others)


def program(**others: str) -> Row:
    """For programs with a token; no session of a browser counts."""
    return _row({}, UNKNOWN, others)


def _candidates(own: str, other: str) -> dict[Who, str]:
    return {Who.CANDIDATE: own, Who.OTHER: other, Who.FINDER: FIRST}


def _staff(inside: Iterable[Who], cells: Mapping[Who, str], others: Mapping[str, str]) -> Row:
    """Staff elsewhere, and whoever inside is not named, is refused; who has no account is led to log in."""
    return _row({**dict.fromkeys((*STAFF, *inside), NOT_YOURS), **cells}, LOGIN, others)


def _row(cells: Mapping[Who, str], rest: str, others: Mapping[str, str]) -> Row:
    named = {Who(who): answer for who, answer in others.items()}
    return Row({**dict.fromkeys((*BROWSERS, *PROGRAMS), rest), **cells, **named})
