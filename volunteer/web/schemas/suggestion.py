"""Suggestions on the wire."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from volunteer.domain.access import NeedState, Strength
from volunteer.matching.explanation import ReasonKind

LOOKING, READY = "looking", "ready"
FITS, WE_ASK_FIRST = "fits", "we_ask_first"


class SuggestedRole(Schema):
    """The role that is suggested."""

    id = fields.UUID(required=True, dump_only=True)
    external_id = fields.String(required=True, allow_none=True, dump_only=True)
    title = fields.String(required=True, dump_only=True)
    language = fields.String(
        required=True, dump_only=True, metadata={"description": "The language of this title."}
    )
    organisation = fields.String(required=True, dump_only=True)
    municipality = fields.String(required=True, allow_none=True, dump_only=True)


class ReasonOnTheWire(Schema):
    """Why it is shown, or what speaks against it."""

    kind = fields.String(required=True, dump_only=True, validate=validate.OneOf([*ReasonKind]))
    about = fields.String(required=True, dump_only=True)
    sentence = fields.String(
        required=True, dump_only=True, metadata={"description": "In the language that was asked for."}
    )


class NeedOnTheWire(Schema):
    """How one need of the person stands with this role."""

    code = fields.String(required=True, dump_only=True)
    label = fields.String(required=True, dump_only=True)
    strength = fields.String(required=True, dump_only=True, validate=validate.OneOf([*Strength]))
    state = fields.String(required=True, dump_only=True, validate=validate.OneOf([*NeedState]))


class SuggestionOnTheWire(Schema):
    """One suggestion."""

    id = fields.UUID(required=True, dump_only=True)
    rank = fields.Integer(required=True, dump_only=True, metadata={"description": "From 1, best first."})
    group = fields.String(required=True, dump_only=True, validate=validate.OneOf([FITS, WE_ASK_FIRST]))
    opportunity = fields.Nested(SuggestedRole, required=True, dump_only=True)
    reasons = fields.List(fields.Nested(ReasonOnTheWire), required=True, dump_only=True)
    needs = fields.List(fields.Nested(NeedOnTheWire), required=True, dump_only=True)
    score = fields.Float(required=True, dump_only=True)
    parts = fields.Dict(
        keys=fields.String(),
        values=fields.Float(),
        required=True,
        dump_only=True,
        metadata={"description": "What each term adds; together they are the score. No need is among them."},
    )
    explored = fields.Boolean(
        required=True,
        dump_only=True,
        metadata={"description": "Drawn by lot, so that roles the score puts low are tried too."},
    )


class MadeBy(Schema):
    """What a list was made with."""

    made_at = fields.AwareDateTime(required=True, dump_only=True)
    weights = fields.String(
        required=True, dump_only=True, metadata={"description": "Version of the weights."}
    )
    snapshot = fields.String(
        required=True, dump_only=True, metadata={"description": "Version of the offer that was looked at."}
    )


class SuggestionsOnTheWire(Schema):
    """The suggestions of one person; `looking` until the first list is made, usually within a second."""

    candidate_id = fields.UUID(required=True, dump_only=True)
    state = fields.String(required=True, dump_only=True, validate=validate.OneOf([LOOKING, READY]))
    made_by = fields.Nested(MadeBy, required=True, allow_none=True, dump_only=True)
    suggestions = fields.List(fields.Nested(SuggestionOnTheWire), required=True, dump_only=True)
