"""Tokens for programs of organisations, on the wire."""

from __future__ import annotations

from marshmallow import fields

from volunteer.web.schemas.wire import Id, Text, Wire


class LogInOnTheWire(Wire):
    """Who asks for a token."""

    email = Text(most=320, required=True, load_only=True)
    password = Text(most=1000, required=True, load_only=True)
    organisation_id = Id(
        load_default=None,
        allow_none=True,
        load_only=True,
        metadata={"description": "Needed only by someone with a role in several organisations."},
    )


class TokenOnTheWire(Wire):
    """A token that speaks for one organisation. It is shown only now."""

    token = fields.String(required=True, dump_only=True)
    organisation_id = fields.UUID(required=True, dump_only=True)
    organisation = fields.String(required=True, dump_only=True)
    may_write = fields.Boolean(required=True, dump_only=True)
