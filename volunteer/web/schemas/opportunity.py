"""Volunteer roles on the wire."""

from __future__ import annotations

from marshmallow import fields, validate

from volunteer.domain.access import ASKED_OF_ORGANISATIONS, Answer
from volunteer.domain.commitment import Commitment
from volunteer.domain.districts import LONGEST_CODE
from volunteer.domain.interests import SECTORS, TASKS
from volunteer.domain.languages import HIGHEST_LEVEL, LANGUAGES
from volunteer.domain.opportunities import (
    LONGEST_DESCRIPTION,
    LONGEST_TITLE,
    MOST_WANTED,
    OpportunityState,
)
from volunteer.domain.places import MUNICIPALITIES
from volunteer.web.schemas.wire import (
    NOT_AN_OBJECT,
    OUT_OF_RANGE,
    Code,
    Day,
    Degrees,
    Text,
    Truth,
    Whole,
    Wire,
    by_code,
    codes,
)

MOST_ON_A_PAGE = 100
SETTABLE_STATES = (OpportunityState.OPEN, OpportunityState.PAUSED, OpportunityState.CLOSED)


class PlaceOnTheWire(Wire):
    """Where a role is done."""

    street = Text(most=160, allow_none=True, load_default=None)
    postal_code = Text(most=10, allow_none=True, load_default=None)
    municipality = Code(MUNICIPALITIES, allow_none=True, load_default=None)
    district = Text(
        most=LONGEST_CODE,
        allow_none=True,
        load_default=None,
        metadata={"description": "A code from `/districts`. A point on the map counts for more."},
    )
    latitude = Degrees(90, allow_none=True, load_default=None)
    longitude = Degrees(180, allow_none=True, load_default=None)


class PostingOnTheWire(Wire):
    """What an organisation tells about a role. Whatever is left out is not known."""

    external_id = Text(most=120, allow_none=True)
    title = Text(most=LONGEST_TITLE, required=True)
    description = Text(most=LONGEST_DESCRIPTION, required=True)
    language = Code(
        LANGUAGES, required=True, metadata={"description": "The language of the title and description."}
    )
    tasks = codes(TASKS)
    sectors = codes(SECTORS)
    wanted = Whole(1, MOST_WANTED, metadata={"description": "How many people; 1 unless said otherwise."})
    starts_on = Day(allow_none=True)
    ends_on = Day(allow_none=True)
    commitment = Code(
        Commitment,
        allow_none=True,
        metadata={
            "description": "How often: `once`, `sometimes` (now and then), `months` (most weeks, for some "
            "months) or `long` (most weeks, for a year or longer)."
        },
    )
    times = Text(
        most=1000,
        metadata={"description": "Such as `mon 09:00-12:00;2027-03-14 10:00-16:00`, or `flexible`."},
    )
    languages_needed = by_code(
        LANGUAGES, Whole(0, HIGHEST_LEVEL), metadata={"description": "Lowest level that will do, 0 to 4."}
    )
    languages_spoken = codes(LANGUAGES, metadata={"description": "What the team speaks."})
    place = fields.Nested(
        PlaceOnTheWire, allow_none=True, error_messages={"type": NOT_AN_OBJECT, "null": NOT_AN_OBJECT}
    )
    contact_name = Text(most=80, allow_none=True)
    getting_there = Text(most=1000, allow_none=True)
    url = Text(most=500, allow_none=True)
    is_remote = Truth()
    extract_required = Truth(
        metadata={"description": "The law asks an extract from the criminal records (596.2) for this work."}
    )
    access = by_code(
        ASKED_OF_ORGANISATIONS,
        Code(Answer, allow_none=True),
        metadata={
            "description": "Answers of the access check. What is left out stays as it is; null takes it back."
        },
    )


class ChangeOnTheWire(PostingOnTheWire):
    """What changes of a role; whatever is left out stays."""

    state = Code(SETTABLE_STATES)


class OpportunityOnTheWire(Wire):
    """A role as it stands."""

    id = fields.UUID(required=True, dump_only=True)
    external_id = fields.String(required=True, allow_none=True, dump_only=True)
    state = fields.String(required=True, dump_only=True, validate=validate.OneOf([*OpportunityState]))
    title = fields.String(required=True, dump_only=True)
    description = fields.String(required=True, dump_only=True)
    language = fields.String(required=True, dump_only=True)
    tasks = fields.List(fields.String(), required=True, dump_only=True)
    sectors = fields.List(fields.String(), required=True, dump_only=True)
    wanted = fields.Integer(required=True, dump_only=True)
    starts_on = fields.Date(required=True, allow_none=True, dump_only=True)
    ends_on = fields.Date(required=True, allow_none=True, dump_only=True)
    commitment = fields.String(
        required=True, allow_none=True, dump_only=True, validate=validate.OneOf([*Commitment])
    )
    times = fields.String(required=True, dump_only=True)
    languages_needed = fields.Dict(
        keys=fields.String(), values=fields.Integer(), required=True, dump_only=True
    )
    languages_spoken = fields.List(fields.String(), required=True, dump_only=True)
    place = fields.Nested(PlaceOnTheWire, required=True, allow_none=True, dump_only=True)
    contact_name = fields.String(required=True, allow_none=True, dump_only=True)
    getting_there = fields.String(required=True, allow_none=True, dump_only=True)
    url = fields.String(required=True, allow_none=True, dump_only=True)
    is_remote = fields.Boolean(required=True, dump_only=True)
    extract_required = fields.Boolean(required=True, dump_only=True)
    access = fields.Dict(
        keys=fields.String(),
        values=fields.String(validate=validate.OneOf([*Answer])),
        required=True,
        dump_only=True,
        metadata={"description": "What was answered for this role itself, not what its venue answers."},
    )
    created_at = fields.AwareDateTime(required=True, dump_only=True)
    updated_at = fields.AwareDateTime(required=True, dump_only=True)


class PageWanted(Wire):
    """Which part of a list."""

    limit = fields.Integer(
        load_default=25,
        validate=validate.Range(min=1, max=MOST_ON_A_PAGE, error=OUT_OF_RANGE),
        error_messages={"invalid": OUT_OF_RANGE, "too_large": OUT_OF_RANGE},
    )
    cursor = Text(most=200, metadata={"description": "`next_cursor` of the page before this one."})
    state = Code(OpportunityState)


class OpportunitiesOnTheWire(Wire):
    """A part of a list, newest first."""

    opportunities = fields.List(fields.Nested(OpportunityOnTheWire), required=True, dump_only=True)
    next_cursor = fields.String(
        required=True, allow_none=True, dump_only=True, metadata={"description": "null on the last page."}
    )
