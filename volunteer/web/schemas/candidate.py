"""Candidates on the wire."""

from __future__ import annotations

from marshmallow import fields, validate

from volunteer.domain.access import ASKED_OF_PEOPLE
from volunteer.domain.candidates import ANY_WAY, LONGEST_NAME, SHORTEST_WAY, Channel
from volunteer.domain.commitment import Commitment
from volunteer.domain.consent import Purpose
from volunteer.domain.districts import LONGEST_CODE
from volunteer.domain.interests import SECTORS, TASKS
from volunteer.domain.languages import HIGHEST_LEVEL, LANGUAGES
from volunteer.domain.places import MUNICIPALITIES
from volunteer.web.schemas.wire import WRONG_FORM, Code, Text, Whole, Wire, by_code, codes

WRITTEN_LANGUAGES = ("nl", "fr", "en")
"""Languages in which we can write to someone."""
PERSON, OTHER = "person", "other"


class SignUpOnTheWire(Wire):
    """What someone tells us. Whatever is left out is not known, which is a fine answer."""

    given_by = Code(
        (PERSON, OTHER),
        load_default=PERSON,
        metadata={
            "description": "Who is speaking. Only the person can agree; for someone else, the file waits "
            "until its person confirms it, without needs, and disappears after 14 days."
        },
    )
    external_id = Text(most=120, allow_none=True, load_default=None)
    first_name = Text(most=LONGEST_NAME, required=True)
    language = Code(
        WRITTEN_LANGUAGES, required=True, metadata={"description": "The language we write to them in."}
    )
    municipality = Code(MUNICIPALITIES, allow_none=True, load_default=None)
    postal_code = Text(
        most=10,
        allow_none=True,
        load_default=None,
        validate=[validate.Regexp(r"\d{4}\Z", error=WRONG_FORM)],
        metadata={"description": "Four digits.", "pattern": "^[0-9]{4}$"},
    )
    district = Text(
        most=LONGEST_CODE,
        allow_none=True,
        load_default=None,
        metadata={"description": "A code from `/districts`, in the municipality if that is given as well."},
    )
    travel_minutes = Whole(
        SHORTEST_WAY,
        ANY_WAY,
        allow_none=True,
        load_default=None,
        metadata={
            "description": f"How long the way there may take, in minutes; {ANY_WAY}: it does not matter."
        },
    )
    commitments = codes(
        Commitment,
        load_default=list,
        metadata={"description": "How often they would like to help; each is as good as another."},
    )
    tasks_can = codes(TASKS, load_default=list)
    tasks_want = codes(TASKS, load_default=list)
    tasks_learn = codes(TASKS, load_default=list)
    sectors = codes(SECTORS, load_default=list)
    languages = by_code(
        LANGUAGES,
        Whole(0, HIGHEST_LEVEL),
        load_default=dict,
        metadata={"description": "How well they speak each language: 0 not at all, 4 very well."},
    )
    times = Text(
        most=1000,
        load_default="",
        metadata={
            "description": "Such as `mon 09:00-12:00;2027-03-14 10:00-16:00`, `flexible`, or `unsure` for "
            "who was asked and does not know yet."
        },
    )
    channel = Code(Channel, required=True)
    contact = Text(
        most=300,
        allow_none=True,
        load_default=None,
        metadata={"description": "An address or a number, as the channel wants it; none for the desk."},
    )
    needs_must = codes(ASKED_OF_PEOPLE, load_default=list)
    needs_nice = codes(ASKED_OF_PEOPLE, load_default=list)
    consents = codes(
        Purpose,
        load_default=list,
        metadata={
            "description": "What the person agrees to, each apart. `account` and `match` are necessary, "
            "`needs` as well when there are needs."
        },
    )


class EnrolledOnTheWire(Wire):
    """A confirmed file. Token and card are shown only now."""

    id = fields.UUID(required=True, dump_only=True)
    state = fields.String(required=True, dump_only=True)
    token = fields.String(
        required=True,
        dump_only=True,
        metadata={
            "description": "Shows the suggestions to the program that sent this; over after 90 days unused."
        },
    )
    card = fields.String(
        required=True,
        dump_only=True,
        metadata={
            "description": "The link of the person's card. It opens the first page of their file; what helps "
            "and contact data only where they confirm that it is them."
        },
    )
    suggestions = fields.String(
        required=True, dump_only=True, metadata={"description": "Where the suggestions will be."}
    )


class PendingOnTheWire(Wire):
    """A file that waits for its person."""

    id = fields.UUID(required=True, dump_only=True)
    state = fields.String(required=True, dump_only=True)
    expires_at = fields.AwareDateTime(required=True, dump_only=True)
    left_out = fields.List(
        fields.String(),
        required=True,
        dump_only=True,
        metadata={"description": "What was not kept, because only the person can tell us."},
    )
