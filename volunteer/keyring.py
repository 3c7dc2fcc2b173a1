"""Encryption of single fields, keyed hashes for look-up, and signing keys.

The ring is one file, ``ring.json``, in a folder beside the data and never in it, so that a copied
database or back-up says nothing about needs or contacts. Losing the ring loses those fields for ever.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from pathlib import Path
from threading import Lock
from typing import TypedDict

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_FILE = "ring.json"
_NONCE_BYTES = 12
_KEY_BYTES = 32


class _Ring(TypedDict):
    current: str
    sealing: dict[str, str]
    lookup: str
    signing: str


class KeysMissing(RuntimeError):
    """There is no key ring where one was expected; nothing may start without it."""


class CannotOpen(RuntimeError):
    """A sealed value was made with a key that is gone, for another field, or was changed."""


class KeyRing:
    """The keys of one installation, read from ``folder``.

    A process that runs while the ring is rotated elsewhere follows: before it seals it looks whether the
    file is another one, so that nothing is sealed with a key that is about to be dropped.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE
        self._lock = Lock()
        self._read()

    def seal(self, text: str, *, field: str) -> bytes:
        """Encrypt ``text`` (AES-256-GCM); it only opens again as the same ``field``."""
        self._follow_rotation()
        current, cipher = self._newest
        nonce, name = os.urandom(_NONCE_BYTES), current.encode()
        return bytes([len(name)]) + name + nonce + cipher.encrypt(nonce, text.encode(), field.encode())

    def open(self, sealed: bytes, *, field: str) -> str:
        """Decrypt what :meth:`seal` made. Raises :class:`CannotOpen`."""
        name, nonce, body = _split(sealed)
        cipher = self._cipher(name)
        try:
            return cipher.decrypt(nonce, body, field.encode()).decode()
        except InvalidTag:
            raise CannotOpen(f"a value sealed as {field} does not open") from None

    def is_current(self, sealed: bytes) -> bool:
        """Whether ``sealed`` was made with the newest key."""
        return _split(sealed)[0] == self._newest[0]

    def fingerprint(self, text: str, *, kind: str) -> bytes:
        """Keyed hash (HMAC-SHA-256, 32 bytes): equal texts of one kind can be found, none can be read."""
        return hmac.digest(self._lookup, f"{kind}:{text}".encode(), hashlib.sha256)

    def signing_key(self, purpose: str) -> bytes:
        """A key of 32 bytes for signatures of one purpose, the same on every start."""
        return hmac.digest(self._signing, purpose.encode(), hashlib.sha256)

    def _cipher(self, name: str) -> AESGCM:
        if name not in self._ciphers:
            self._read()
        try:
            return self._ciphers[name]
        except KeyError:
            raise CannotOpen(f"the key {name} is not in the ring") from None

    def _follow_rotation(self) -> None:
        # A file that is gone changes nothing for a process that has read it.
        if _mark(self._path) not in (self._seen, None):
            self._read()

    def _read(self) -> None:
        with self._lock:
            self._seen = _mark(self._path)
            ring = _load(self._path)
            self._ciphers = {name: AESGCM(_decode(key)) for name, key in ring["sealing"].items()}
            self._newest = ring["current"], self._ciphers[ring["current"]]
            self._lookup = _decode(ring["lookup"])
            self._signing = _decode(ring["signing"])


def create(folder: Path) -> KeyRing:
    """Make a new ring in ``folder`` (made when absent, mode 0700). Raises ``FileExistsError``."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / _FILE
    if path.exists():
        raise FileExistsError(f"there is a key ring in {folder} already")
    name = _new_name()
    ring = _Ring(current=name, sealing={name: _new_key()}, lookup=_new_key(), signing=_new_key())
    _save(path, ring)
    return KeyRing(folder)


def load(folder: Path) -> KeyRing:
    """The ring in ``folder``. Raises :class:`KeysMissing`."""
    return KeyRing(folder)


def rotate(folder: Path) -> KeyRing:
    """Add a sealing key and make it the current one; the old ones stay, to open what they sealed."""
    path = folder / _FILE
    ring = _load(path)
    name = _new_name()
    ring["sealing"][name] = _new_key()
    ring["current"] = name
    _save(path, ring)
    return KeyRing(folder)


def retire(folder: Path) -> int:
    """Drop every sealing key but the current one; returns how many went.

    Only after everything was sealed again: what they sealed, back-ups included, never opens afterwards.
    """
    path = folder / _FILE
    ring = _load(path)
    gone = len(ring["sealing"]) - 1
    ring["sealing"] = {ring["current"]: ring["sealing"][ring["current"]]}
    _save(path, ring)
    return gone


def _load(path: Path) -> _Ring:
    try:
        ring: _Ring = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise KeysMissing(f"no key ring in {path.parent}: run `volunteer keys create`") from None
    return ring


def _mark(path: Path) -> tuple[int, int] | None:
    """Something that is different for every ring that was ever saved; ``None`` when there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns


def _save(path: Path, ring: _Ring) -> None:
    """Write beside and rename, so that a crash leaves either the old ring or the new one."""
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(ring, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _split(sealed: bytes) -> tuple[str, bytes, bytes]:
    end = 1 + sealed[0]
    return sealed[1:end].decode(), sealed[end : end + _NONCE_BYTES], sealed[end + _NONCE_BYTES :]


def _new_name() -> str:
    return secrets.token_hex(4)


def _new_key() -> str:
    return base64.b64encode(os.urandom(_KEY_BYTES)).decode()


def _decode(key: str) -> bytes:
    return base64.b64decode(key)
