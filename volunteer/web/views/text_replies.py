"""Where the text gateway hands over what people write back; described in docs/messages.md."""

from __future__ import annotations

import hmac
import json
from http import HTTPStatus

import structlog
from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from volunteer.services import text_replies
from volunteer.web.extensions import csrf, current_core

blueprint = Blueprint("text_replies", __name__)

LARGEST_BYTES = 16 * 1024
LONGEST_TEXT = 2000
"""Characters: longer than any phone sends in one piece."""
_LONGEST_ID = 200
_LONGEST_SENDER = 32
_log = structlog.get_logger()


@blueprint.post("/sms/incoming")
@csrf.exempt
def take() -> ResponseReturnValue:
    """One text message of the gateway. Says nothing of whom it knows: 204 for whatever was understood."""
    key = current_core().settings.sms_incoming_key
    if not key:
        abort(HTTPStatus.NOT_FOUND)
    if not _has_key(key):
        return {"error": "key"}, HTTPStatus.UNAUTHORIZED
    if request.content_length is None:
        return {"error": "length"}, HTTPStatus.LENGTH_REQUIRED
    if request.content_length > LARGEST_BYTES:
        return {"error": "size"}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    found = _read(request.get_data(cache=False))
    if found is None:
        return {"error": "form"}, HTTPStatus.BAD_REQUEST
    known_as, sender, text = found
    with current_core().units.write() as uow:
        outcome = text_replies.take(uow, known_as=known_as, sender=sender, text=text)
    _log.info("text_taken_in", outcome=outcome.value)
    return "", HTTPStatus.NO_CONTENT


def _has_key(key: str) -> bool:
    given = request.authorization
    token = given.token if given is not None and given.type == "bearer" else None
    return hmac.compare_digest((token or "").encode(), key.encode())


def _read(body: bytes) -> tuple[str, str, str] | None:
    """Id, sender and text; ``None`` for anything else."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    known_as, sender, text = (found.get(name) for name in ("id", "from", "text"))
    if not (isinstance(known_as, str) and isinstance(sender, str) and isinstance(text, str)):
        return None
    if not 0 < len(known_as) <= _LONGEST_ID or not 0 < len(sender) <= _LONGEST_SENDER:
        return None
    return _whole(known_as), sender, text[:LONGEST_TEXT]


def _whole(text: str) -> str:
    """Half a character, which JSON allows and nothing else does, becomes a question mark."""
    return text.encode("utf-8", errors="replace").decode()
