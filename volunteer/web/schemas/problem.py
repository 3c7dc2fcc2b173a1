"""The one shape in which the API says that something is not right."""

from __future__ import annotations

from marshmallow import Schema, fields


class Problem(Schema):
    """Every answer from 400 on."""

    code = fields.String(
        required=True,
        dump_only=True,
        metadata={"description": "Names the rule, for programs. Never changes."},
    )
    message = fields.String(
        required=True, dump_only=True, metadata={"description": "For people, in the language they asked for."}
    )
    field = fields.String(
        required=True,
        allow_none=True,
        dump_only=True,
        metadata={"description": "The input it concerns, or the first of several; dots go deeper."},
    )
    errors = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        required=True,
        dump_only=True,
        metadata={"description": "Everything that is not right, by field."},
    )
    reference = fields.String(
        required=True,
        allow_none=True,
        dump_only=True,
        metadata={"description": "Tell us this number when something broke on our side."},
    )
