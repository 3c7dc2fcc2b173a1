"""The API of version 1: its blueprints, its document, and what holds for every request."""

from __future__ import annotations

from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.common import resolve_schema_cls
from flask import Flask, Response, request
from flask_smorest import Api
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from volunteer.bootstrap import Core
from volunteer.domain.errors import ImpossibleStep
from volunteer.web.api import candidates, districts, errors, opportunities, suggestions, tokens, vocabulary
from volunteer.web.api.errors import IN_USE
from volunteer.web.extensions import csrf
from volunteer.web.schemas.problem import Problem

PREFIX = "/api/v1"
VERSION = "1.0.0"
LARGEST_BODY_BYTES = 64 * 1024
_JSON = "application/json"
_BODIES = frozenset({"POST", "PATCH"})
_BLUEPRINTS = (
    vocabulary.blueprint,
    districts.blueprint,
    candidates.blueprint,
    suggestions.blueprint,
    tokens.blueprint,
    opportunities.blueprint,
)


class _QuietApi(Api):
    """flask-smorest without its own error handlers: ``web.errors`` answers for pages and programs alike."""

    ERROR_SCHEMA = Problem

    def _register_error_handlers(self) -> None:
        pass


def register_api(app: Flask, core: Core) -> None:
    """Put the API into ``app``, whose extensions are bound already."""
    app.config.update(
        API_TITLE=f"Schakel, {core.settings.centre.name}",
        API_VERSION=VERSION,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=PREFIX,
        OPENAPI_JSON_PATH="openapi.json",
    )
    api = _QuietApi(app, spec_kwargs={"marshmallow_plugin": MarshmallowPlugin(_name_in_document)})
    api.spec.components.security_scheme(
        "personal_token",
        {"type": "http", "scheme": "bearer", "description": "The token someone got when signing up."},
    )
    api.spec.components.security_scheme(
        "organisation_token", {"type": "http", "scheme": "bearer", "description": "From POST /tokens."}
    )
    for blueprint in _BLUEPRINTS:
        # Tokens are sent on purpose, cookies by themselves: without cookies there is nothing to forge.
        csrf.exempt(blueprint)
        api.register_blueprint(blueprint, url_prefix=PREFIX)


def _name_in_document(schema: Any) -> str:
    """What the document calls a schema: on the wire, the wire goes without saying."""
    found = resolve_schema_cls(schema)
    name = found.__name__ if isinstance(found, type) else type(found).__name__
    return name.removesuffix("OnTheWire")


def _demand_readable_json() -> None:
    """A body is JSON and not too large; nothing is read before that is sure."""
    request.max_content_length = LARGEST_BODY_BYTES
    if request.method not in _BODIES:
        return
    if request.mimetype != _JSON:
        raise UnsupportedMediaType
    try:
        request.get_json()
    except RecursionError:
        raise BadRequest from None


def _already_there(_error: IntegrityError) -> Response:
    """Two requests wrote the same thing at the same moment, and this one came second."""
    conflict = ImpossibleStep("Somebody else just did the same. Look again.", code=IN_USE)
    return errors.refusal(conflict, 409)


for _blueprint in _BLUEPRINTS:
    _blueprint.before_request(_demand_readable_json)
    _blueprint.register_error_handler(IntegrityError, _already_there)
