"""Signed links: bound to one purpose, expiring, made and read without Flask."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from volunteer.domain.errors import NotAllowed


class Purpose(StrEnum):
    """What a link opens; a link for one purpose never works for another."""

    OPEN_FILE = "open-file"
    JOIN_ORGANISATION = "join-organisation"
    CONFIRM_DEVICE = "confirm-device"
    CONFIRM_FILE = "confirm-file"
    """Shows a file that somebody began together with its person; only a button there says yes or no."""
    PASSED_ANSWER = "passed-answer"
    """Shows an answer that a support worker passed on; only a button there undoes it."""
    KEEP_FILE = "keep-file"
    UNSUBSCRIBE = "unsubscribe"
    """Ends messages of one topic; the proof says to whom and which."""
    CONFIRM_ROLE = "confirm-role"
    CONFIRM_JOINING = "confirm-joining"
    JOIN_TEAM = "join-team"
    FOLLOW_UP = "follow-up"
    ANSWER_QUESTION = "answer-question"
    """Shows one question to an organisation; only a button there answers it."""
    SEAT = "seat"
    """Shows what somebody signed up for; only a button there says that they come, or not."""
    TICKET = "ticket"
    """The code on a ticket: at the door it says who came; nobody else does anything by it."""
    MARKET_CARD = "market-card"
    """The code on a card of a market: it shows a route. With a proof its owner changes it."""
    AFTERWARDS = "afterwards"
    """Material of a gathering, and the one question about it."""
    PAPER = "paper"
    """The code on a slip or a list. It names a card, and opens what that card opens."""
    STAND = "stand"
    """The page of a stand on the day of a market, for its hosts, who need no account."""
    DOOR = "door"
    """The page of who checks people in at a market, or interprets there; they need no account either."""


_LIFETIME = {
    Purpose.OPEN_FILE: timedelta(days=30),
    Purpose.JOIN_ORGANISATION: timedelta(days=30),
    Purpose.CONFIRM_DEVICE: timedelta(days=1),
    Purpose.CONFIRM_FILE: timedelta(days=14),
    Purpose.PASSED_ANSWER: timedelta(days=30),
    Purpose.KEEP_FILE: timedelta(days=45),
    Purpose.UNSUBSCRIBE: timedelta(days=730),
    Purpose.CONFIRM_ROLE: timedelta(days=30),
    Purpose.CONFIRM_JOINING: timedelta(days=2),
    Purpose.JOIN_TEAM: timedelta(days=14),
    Purpose.FOLLOW_UP: timedelta(days=30),
    Purpose.ANSWER_QUESTION: timedelta(days=21),
    Purpose.SEAT: timedelta(days=400),
    Purpose.TICKET: timedelta(days=400),
    Purpose.MARKET_CARD: timedelta(days=400),
    Purpose.AFTERWARDS: timedelta(days=45),
    Purpose.PAPER: timedelta(days=30),
    Purpose.STAND: timedelta(days=400),
    Purpose.DOOR: timedelta(days=400),
}
_PATH = {
    Purpose.OPEN_FILE: "/open/",
    Purpose.JOIN_ORGANISATION: "/join/",
    Purpose.CONFIRM_DEVICE: "/confirm/",
    Purpose.CONFIRM_FILE: "/yes/",
    Purpose.PASSED_ANSWER: "/passed/",
    Purpose.KEEP_FILE: "/keep/",
    Purpose.UNSUBSCRIBE: "/unsubscribe/",
    Purpose.CONFIRM_ROLE: "/still-true/",
    Purpose.CONFIRM_JOINING: "/organisation/join/",
    Purpose.JOIN_TEAM: "/team/",
    Purpose.FOLLOW_UP: "/how/",
    Purpose.ANSWER_QUESTION: "/q/",
    Purpose.SEAT: "/seat/",
    Purpose.TICKET: "/ticket/",
    Purpose.MARKET_CARD: "/m/",
    Purpose.AFTERWARDS: "/after/",
    Purpose.PAPER: "/p/",
    Purpose.STAND: "/stand/",
    Purpose.DOOR: "/door/",
}


_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_NO_PROOF = "0" * 16
_SIGNATURE = 10
_SHORT = 48
"""Characters of a short token; the others have more than eighty."""


class Links:
    """Makes and reads the links of one installation."""

    def __init__(self, *, public_url: str, key: bytes) -> None:
        self._public_url = public_url
        self._key = key

    def make(self, purpose: Purpose, subject: UUID, *, proof: str = "") -> str:
        """The full address that opens ``subject``; ``proof`` is whatever must still hold when it is read."""
        return f"{self._public_url}{_PATH[purpose]}{self._serializer(purpose).dumps([subject.hex, proof])}"

    def make_short(self, purpose: Purpose, subject: UUID, *, proof: str = "") -> str:
        """The same in 48 characters, for text messages; ``proof`` is 16 hexadecimal digits or nothing.

        80 bits of signature, and the day in place of the second.
        """
        day = (datetime.now(UTC) - _EPOCH).days
        content = subject.bytes + bytes.fromhex(proof or _NO_PROOF) + day.to_bytes(2)
        token = urlsafe_b64encode(content + self._signature(purpose, content)).decode()
        return f"{self._public_url}{_PATH[purpose]}{token}"

    def to(self, path: str) -> str:
        """The full address of a page; ``path`` begins with a slash."""
        return f"{self._public_url}{path}"

    def read(self, purpose: Purpose, token: str) -> tuple[UUID, str]:
        """Subject and proof of a link. Raises :class:`NotAllowed` when it is too old or not ours."""
        if len(token) == _SHORT:
            return self._read_short(purpose, token)
        age = int(_LIFETIME[purpose].total_seconds())
        try:
            subject, proof = self._serializer(purpose).loads(token, max_age=age)
            return UUID(subject), proof
        except SignatureExpired:
            raise _too_old() from None
        except (BadSignature, ValueError):
            raise _not_ours() from None

    def _read_short(self, purpose: Purpose, token: str) -> tuple[UUID, str]:
        try:
            content = urlsafe_b64decode(token)
        except ValueError:
            raise _not_ours() from None
        said, signature = content[:-_SIGNATURE], content[-_SIGNATURE:]
        if not hmac.compare_digest(signature, self._signature(purpose, said)):
            raise _not_ours()
        made_on = _EPOCH + timedelta(days=int.from_bytes(said[24:]))
        if datetime.now(UTC) - made_on > _LIFETIME[purpose] + timedelta(days=1):
            raise _too_old()
        proof = said[16:24].hex()
        return UUID(bytes=said[:16]), "" if proof == _NO_PROOF else proof

    def _signature(self, purpose: Purpose, content: bytes) -> bytes:
        return hmac.digest(self._key, f"short {purpose}:".encode() + content, "sha256")[:_SIGNATURE]

    def _serializer(self, purpose: Purpose) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self._key, salt=purpose.value)


def _too_old() -> NotAllowed:
    return NotAllowed("This link is too old. Ask for a new one.", code="link_expired")


def _not_ours() -> NotAllowed:
    return NotAllowed("This link does not work. Check that it is complete.", code="link_invalid")
