"""Leaves a gateway alone that is away: whoever waits for it waits in the database, not in a thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from volunteer.domain.ports import GatewayDown, GatewayResting, Outgoing, Sender, Undeliverable

FAILURES = 3
"""So many in a row, and the gateway rests."""
FIRST_REST_SECONDS = 5.0
LONGEST_REST_SECONDS = 300.0


class Circuit:
    """A sender that asks a gateway which failed three times only now and then, one message at a time.

    After each such trial that fails it rests twice as long. Made once per process; threads share it.
    """

    def __init__(self, sender: Sender, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._sender = sender
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._rests_until = 0.0
        self._is_tried = False

    def send(self, message: Outgoing) -> None:
        """Hand it over, unless the gateway rests. Raises as :class:`Sender`."""
        is_trial = self._begin()
        try:
            self._sender.send(message)
        except GatewayDown:
            self._failed(is_trial=is_trial)
            raise
        except GatewayResting as resting:
            self._rest(resting.seconds, is_trial=is_trial)
            raise
        except (Undeliverable, OSError):
            # It answered, if only to this message: the line is there.
            self._worked(is_trial=is_trial)
            raise
        except BaseException:
            self._let_go(is_trial=is_trial)
            raise
        self._worked(is_trial=is_trial)

    def _begin(self) -> bool:
        """Whether this is a trial. Raises ``GatewayResting`` while the gateway is left alone."""
        with self._lock:
            left = self._rests_until - self._clock()
            if left > 0:
                raise GatewayResting(left)
            if self._failures < FAILURES:
                return False
            if self._is_tried:
                raise GatewayResting(FIRST_REST_SECONDS)
            self._is_tried = True
            return True

    def _failed(self, *, is_trial: bool) -> None:
        with self._lock:
            self._is_tried = self._is_tried and not is_trial
            self._failures += 1
            # Those that hung beside it when it failed say the same thing, not another one.
            if self._failures == FAILURES or is_trial:
                doubled = FIRST_REST_SECONDS * 2 ** min(self._failures - FAILURES, 16)
                self._rests_until = self._clock() + min(doubled, LONGEST_REST_SECONDS)
            elif self._failures > FAILURES:
                self._failures -= 1

    def _rest(self, seconds: float, *, is_trial: bool) -> None:
        """It asked for a pause itself."""
        with self._lock:
            self._is_tried = self._is_tried and not is_trial
            self._rests_until = max(self._rests_until, self._clock() + min(seconds, LONGEST_REST_SECONDS))

    def _worked(self, *, is_trial: bool) -> None:
        with self._lock:
            self._is_tried = self._is_tried and not is_trial
            self._failures = 0

    def _let_go(self, *, is_trial: bool) -> None:
        with self._lock:
            self._is_tried = self._is_tried and not is_trial
