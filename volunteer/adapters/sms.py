"""Text messages through a gateway on HTTP; the contract is in docs/messages.md."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from email.message import Message
from http import HTTPStatus
from http.client import HTTPException
from typing import IO, Any

from volunteer.domain.ports import GatewayDown, GatewayResting, Outgoing, Undeliverable

_TIMEOUT_SECONDS = 10.0
_PAUSE_SECONDS = 60.0
"""When a gateway says "too many" and not for how long."""
_ABOUT_US = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.FORBIDDEN})
"""The key or the account is not good: that is about us, whoever the message is for."""
_FOR_NOW = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_EARLY})
_OURS, _THEIRS = range(400, 500), range(500, 600)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect would turn the POST into a GET, or carry the key elsewhere."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """Never."""


class SmsGateway:
    """Posts a message to ``url``; ``key`` is the bearer token, ``sender`` the name on the phone."""

    def __init__(self, url: str, *, key: str = "", sender: str = "") -> None:
        self._url = url
        self._key = key
        self._sender = sender
        self._opener = urllib.request.build_opener(_NoRedirects)

    def send(self, message: Outgoing) -> None:
        """Hand it to the gateway. Raises as :class:`volunteer.domain.ports.Sender`."""
        try:
            with self._opener.open(self._request(message), timeout=_TIMEOUT_SECONDS):
                pass
        except urllib.error.HTTPError as error:
            with error:
                raise _meaning(error) from error
        except (OSError, HTTPException) as error:
            raise GatewayDown("the gateway is away or says nothing") from error

    def _request(self, message: Outgoing) -> urllib.request.Request:
        content: dict[str, Any] = {"id": str(message.id), "to": message.to, "text": message.text}
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(message.id)}
        if self._sender:
            content["from"] = self._sender
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        return urllib.request.Request(  # noqa: S310 - the address is the administrator's own setting
            self._url, data=json.dumps(content).encode(), headers=headers, method="POST"
        )


def _meaning(answer: urllib.error.HTTPError) -> Exception:
    """What a status other than 2xx says, as an error."""
    code = answer.code
    if code == HTTPStatus.TOO_MANY_REQUESTS:
        return GatewayResting(_pause(answer.headers.get("Retry-After")))
    if code in _FOR_NOW:
        return OSError(f"the gateway says {code}")
    if code in _OURS and code not in _ABOUT_US:
        return Undeliverable(code)
    return GatewayDown(f"the gateway says {code}")


def _pause(retry_after: str | None) -> float:
    """Seconds of ``Retry-After``; a date there, or nothing, is a minute."""
    asked = (retry_after or "").strip()
    return max(float(asked), 1.0) if asked.isdigit() else _PAUSE_SECONDS
