"""Waiting for something to happen, without sleeping and hoping."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")


def eventually(ask: Callable[[], Answer | None], *, seconds: float = 10.0, what: str = "it") -> Answer:
    """Ask until the answer is true, and return it; fail when ``seconds`` have passed."""
    deadline = time.monotonic() + seconds
    while True:
        answer = ask()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not happen within {seconds:g} seconds")
        time.sleep(0.02)
