"""Errors for programs: one documented shape (:class:`Problem`), in the language that was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response, jsonify
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from volunteer.domain.errors import ConsentMissing, DomainError
from volunteer.translation import said
from volunteer.web.errors import RETRY_SECONDS
from volunteer.web.language import current_language, said_to_reader
from volunteer.web.schemas.wire import N_, Sentence

BAD_TOKEN, BAD_LOG_IN, IN_USE = "bad_token", "bad_log_in", "already_in_use"
_UNAUTHENTICATED = {BAD_TOKEN, BAD_LOG_IN}
_WHOLE = "_schema"

_HTTP: Mapping[int, tuple[str, str]] = {
    400: ("bad_request", N_("This request cannot be read. Its body must be JSON.")),
    404: ("not_found", N_("There is nothing at this address.")),
    405: ("method_not_allowed", N_("This address does not know this method.")),
    412: ("changed_meanwhile", N_("Somebody changed this in the meantime. Read it again first.")),
    413: ("too_large", N_("This is too much at once.")),
    415: ("not_json", N_("Send JSON, with the content type application/json.")),
    422: ("invalid_value", N_("Something is not right yet. Look at each field.")),
    429: ("too_many_requests", N_("This is too often. Wait a minute.")),
    503: ("unavailable", N_("We are away for a moment. Try it again later.")),
}
_BROKEN = ("server_error", N_("Something broke on our side. Tell us the reference number."))


def answer(error: HTTPException | DomainError, status: int, reference: str | None) -> ResponseReturnValue:
    """The answer to a program, for ``web.errors``; a few rules have a status of their own here."""
    if isinstance(error, DomainError):
        return refusal(error, status)
    headers = {name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After"}}
    if status in {429, 503}:
        headers.setdefault("Retry-After", str(RETRY_SECONDS))
    code, sentence = _HTTP.get(status, _HTTP[400] if status < 500 else _BROKEN)
    errors = dict(_flat(_invalid_fields(error)))
    return _problem(
        status, code, said(current_language(), sentence), errors=errors, reference=reference, headers=headers
    )


def refusal(error: DomainError, status: int) -> Response:
    """The answer to a broken rule, with ``status`` unless the rule has one of its own here."""
    headers = {}
    if error.code in _UNAUTHENTICATED:
        status = 401
        headers["WWW-Authenticate"] = "Bearer"
    elif isinstance(error, ConsentMissing):
        status = 422
    message = said_to_reader(error)
    errors = {error.field: [message]} if error.field else {}
    return _problem(status, error.code, message, errors=errors, headers=headers)


def _problem(
    status: int,
    code: str,
    message: str,
    *,
    errors: dict[str, list[str]],
    headers: Mapping[str, str],
    reference: str | None = None,
) -> Response:
    response = jsonify(
        code=code, message=message, field=next(iter(errors), None), errors=errors, reference=reference
    )
    response.status_code = status
    response.headers.update(headers)
    response.headers["Cache-Control"] = "no-store"
    return response


def _invalid_fields(error: HTTPException) -> Any:
    """What the schemas found, without the name of the place (body, query) it was found in."""
    found: Any = getattr(error, "data", None) or {}
    messages = found.get("messages", {})
    return next(iter(messages.values()), {}) if isinstance(messages, dict) else {}


def _flat(found: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    """Nested messages as pairs of a dotted name and its sentences."""
    if isinstance(found, dict):
        for name, inner in found.items():
            # The keys and values of an object of codes are reported apart; the code itself says enough.
            is_level = name in {_WHOLE, "key", "value"}
            yield from _flat(inner, path if is_level else (*path, str(name)))
    elif found:
        sentences = found if isinstance(found, list) else [found]
        yield ".".join(path) or "body", [_said(sentence) for sentence in sentences]


def _said(sentence: str) -> str:
    if isinstance(sentence, Sentence):
        return said(current_language(), sentence.template, dict(sentence.values))
    return said(current_language(), sentence)
