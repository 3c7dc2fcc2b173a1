"""Signed links: bound to one purpose, expiring, made and read without Flask."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from volunteer.domain.errors import NotAllowed


class Purpose(StrEnum):
    """What a link opens; a link for one purpose never works for another."""

    OPEN_FILE = "open-file"
    JOIN_ORGANISATION = "join-organisation"
    CONFIRM_DEVICE = "confirm-device"
    KEEP_FILE = "keep-file"
    CONFIRM_ROLE = "confirm-role"
    PAPER = "paper"
    """The code on a slip or a list. It names a card, and opens what that card opens."""


_LIFETIME = {
    Purpose.OPEN_FILE: timedelta(days=30),
    Purpose.JOIN_ORGANISATION: timedelta(days=30),
    Purpose.CONFIRM_DEVICE: timedelta(days=1),
    Purpose.KEEP_FILE: timedelta(days=45),
    Purpose.CONFIRM_ROLE: timedelta(days=30),
    Purpose.PAPER: timedelta(days=30),
}
_PATH = {
    Purpose.OPEN_FILE: "/open/",
    Purpose.JOIN_ORGANISATION: "/join/",
    Purpose.CONFIRM_DEVICE: "/confirm/",
    Purpose.KEEP_FILE: "/keep/",
    Purpose.CONFIRM_ROLE: "/still-true/",
    Purpose.PAPER: "/p/",
}


class Links:
    """Makes and reads the links of one installation."""

    def __init__(self, *, public_url: str, key: bytes) -> None:
        self._public_url = public_url
        self._key = key

    def make(self, purpose: Purpose, subject: UUID, *, proof: str = "") -> str:
        """The full address that opens ``subject``; ``proof`` is whatever must still hold when it is read."""
        return f"{self._public_url}{_PATH[purpose]}{self._serializer(purpose).dumps([subject.hex, proof])}"

    def to(self, path: str) -> str:
        """The full address of a page; ``path`` begins with a slash."""
        return f"{self._public_url}{path}"

    def read(self, purpose: Purpose, token: str) -> tuple[UUID, str]:
        """Subject and proof of a link. Raises :class:`NotAllowed` when it is too old or not ours."""
        age = int(_LIFETIME[purpose].total_seconds())
        try:
            subject, proof = self._serializer(purpose).loads(token, max_age=age)
            return UUID(subject), proof
        except SignatureExpired:
            raise NotAllowed("This link is too old. Ask for a new one.", code="link_expired") from None
        except (BadSignature, ValueError):
            raise NotAllowed(
                "This link does not work. Check that it is complete.", code="link_invalid"
            ) from None

    def _serializer(self, purpose: Purpose) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self._key, salt=purpose.value)
