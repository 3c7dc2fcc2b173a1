"""Rows about candidates: from cells to sign-ups."""

from __future__ import annotations

from dataclasses import dataclass

from volunteer.domain.access import parse_needs
from volunteer.domain.candidates import WITH_CONTACT, Channel, SignUp, check_way, clean_name
from volunteer.domain.consent import NECESSARY, GivenHow, Purpose
from volunteer.domain.errors import DomainError, InvalidValue
from volunteer.domain.interests import Interests, parse_sectors, parse_tasks
from volunteer.services.contacts import clean_contact
from volunteer.services.imports.cells import (
    Cells,
    understood_commitment,
    understood_count,
    understood_id,
)
from volunteer.services.imports.places import read_home

COLUMNS = (
    "external_id",
    "first_name",
    "language",
    "postal_code",
    "municipality",
    "travel_minutes",
    "commitments",
    "tasks_can",
    "tasks_want",
    "tasks_learn",
    "sectors",
    "needs_must",
    "needs_nice",
    "languages",
    "times",
    "channel",
    "contact",
)
REQUIRED = frozenset({"external_id", "first_name"})
_COLUMN_OF = {"languages": "languages", "needs": "needs_must"}
"""Fields of a sign-up that are called otherwise here; the rest of what can be wrong is the contact."""
SCREEN_LANGUAGES = ("nl", "fr", "en", "ar")


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """A row that was understood; needs are in it, whether or not they may be kept."""

    line: int
    external_id: str
    sign_up: SignUp


def understand(cells: Cells, *, language: str, witness: str | None) -> CandidateRow:
    """Read a row; what is wrong is in ``cells.problems``, and then the row must not be used.

    ``language`` is that of people who do not say. ``witness`` is the desk worker who says that each of them
    agreed; without one there is no consent.
    """
    external_id = cells.value("external_id", understood_id, "")
    cells.required("external_id")
    cells.required("first_name")
    postal_code, municipality = read_home(cells)
    channel = cells.value("channel", _channel, Channel.DESK)
    must, nice = _needs(cells, "needs_must"), _needs(cells, "needs_nice")
    sign_up = SignUp(
        external_id=external_id,
        first_name=cells.value("first_name", clean_name, "-"),
        language=cells.value("language", _screen_language, language),
        municipality=municipality,
        postal_code=postal_code,
        travel_minutes=cells.value("travel_minutes", lambda text: check_way(understood_count(text)), None),
        commitments=frozenset(cells.each("commitments", understood_commitment)),
        interests=Interests.of(
            can=_tasks(cells, "tasks_can"),
            want=_tasks(cells, "tasks_want"),
            learn=_tasks(cells, "tasks_learn"),
            sectors=cells.each("sectors", lambda code: next(iter(parse_sectors([code])))),
        ),
        languages=cells.levels("languages"),
        times=cells.times("times"),
        channel=channel,
        contact=_contact(cells, channel),
        needs=parse_needs(must, nice),
        consents=_consents(witness, needs=bool(must or nice)),
        given_how=GivenHow.DESK,
        witness=witness,
    )
    if witness is not None and not cells.problems:
        _check_whole(cells, sign_up)
    return CandidateRow(cells.line, external_id, sign_up)


def _consents(witness: str | None, *, needs: bool) -> frozenset[Purpose]:
    if witness is None:
        return frozenset()
    return NECESSARY | {Purpose.NEEDS} if needs else NECESSARY


def _tasks(cells: Cells, column: str) -> list[str]:
    return cells.each(column, lambda code: next(iter(parse_tasks([code]))))


def _needs(cells: Cells, column: str) -> list[str]:
    return cells.each(column, lambda code: next(iter(parse_needs([code]))))


def _channel(text: str) -> Channel:
    try:
        return Channel(text.lower())
    except ValueError:
        raise InvalidValue(
            "“%(text)s” is not a channel; those are %(channels)s.",
            values={"text": text, "channels": ", ".join(Channel)},
        ) from None


def _screen_language(text: str) -> str:
    language = text.lower()
    if language not in SCREEN_LANGUAGES:
        raise InvalidValue(
            "Our pages do not speak “%(text)s” yet: choose one of %(languages)s, and name the other under "
            "languages.",
            values={"text": text, "languages": ", ".join(SCREEN_LANGUAGES)},
        )
    return language


def _contact(cells: Cells, channel: Channel) -> str | None:
    if not cells.text("channel"):
        if cells.text("contact"):
            cells.wrong(
                "channel", "A contact needs its channel: sms, phone, email, letter or support_worker."
            )
        return None
    if channel not in WITH_CONTACT:
        if cells.text("contact"):
            cells.wrong(
                "contact", "Who comes back to the desk needs no contact: empty it, or choose a channel."
            )
        return None
    if not cells.required("contact"):
        return None
    return cells.value("contact", lambda text: clean_contact(channel, text), None)


def _check_whole(cells: Cells, sign_up: SignUp) -> None:
    try:
        sign_up.check()
    except DomainError as error:
        cells.wrong(_COLUMN_OF.get(error.field or "", "contact"), str(error))
