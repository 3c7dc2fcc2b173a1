"""Districts on the wire."""

from __future__ import annotations

from marshmallow import Schema, fields


class DistrictOnTheWire(Schema):
    """A part of the city that a person or a place can name."""

    code = fields.String(required=True, dump_only=True)
    names = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        dump_only=True,
        metadata={"description": "By language: in those that the map of the centre has."},
    )
    municipality = fields.String(required=True, dump_only=True)


class DistrictsOnTheWire(Schema):
    """All of them."""

    districts = fields.List(fields.Nested(DistrictOnTheWire), required=True, dump_only=True)
