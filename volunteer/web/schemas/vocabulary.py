"""The fixed lists on the wire."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from volunteer.domain.access import Dimension, Gap, Strength


class Labels(Schema):
    """Names for people."""

    nl = fields.String(required=True, dump_only=True)
    fr = fields.String(required=True, dump_only=True)
    en = fields.String(required=True, dump_only=True)


class Named(Schema):
    """A code with its names."""

    code = fields.String(required=True, dump_only=True)
    labels = fields.Nested(Labels, required=True, dump_only=True)


class SpokenLanguage(Named):
    """A language, with its own name for itself."""

    own_name = fields.String(required=True, dump_only=True)
    is_sign_language = fields.Boolean(required=True, dump_only=True)
    is_right_to_left = fields.Boolean(required=True, dump_only=True)


class MunicipalityOnTheWire(Named):
    """A municipality of the city."""

    postal_codes = fields.List(fields.String(), required=True, dump_only=True)


class Feature(Named):
    """One thing that can help."""

    dimension = fields.String(required=True, dump_only=True, validate=validate.OneOf([*Dimension]))
    gap = fields.String(required=True, allow_none=True, dump_only=True, validate=validate.OneOf([*Gap]))
    default_strength = fields.String(required=True, dump_only=True, validate=validate.OneOf([*Strength]))
    asked_of_people = fields.Boolean(required=True, dump_only=True)
    asked_of_organisations = fields.Boolean(required=True, dump_only=True)


class Vocabulary(Schema):
    """Every code there is."""

    tasks = fields.List(fields.Nested(Named), required=True, dump_only=True)
    sectors = fields.List(fields.Nested(Named), required=True, dump_only=True)
    access_features = fields.List(fields.Nested(Feature), required=True, dump_only=True)
    languages = fields.List(fields.Nested(SpokenLanguage), required=True, dump_only=True)
    municipalities = fields.List(fields.Nested(MunicipalityOnTheWire), required=True, dump_only=True)
    commitments = fields.List(
        fields.String(),
        required=True,
        dump_only=True,
        metadata={"description": "How often somebody helps, from the lightest to the heaviest."},
    )
    channels = fields.List(fields.String(), required=True, dump_only=True)
    consents = fields.List(fields.String(), required=True, dump_only=True)
