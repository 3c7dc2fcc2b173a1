"""Being told to stop, by Ctrl-C, by SIGTERM or by a terminal that closes."""

from __future__ import annotations

import os
import select
import signal
from types import FrameType, TracebackType
from typing import Any, Self

_TOLD_BY = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopSignals:
    """Listens for the signals that mean "stop", while entered.

    While ``interrupting`` is true they raise ``KeyboardInterrupt`` wherever the program is; otherwise
    they are remembered in ``told``, and :meth:`wait` returns at once. It also returns when a child ends.
    """

    def __init__(self) -> None:
        self.interrupting = True
        self.told = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        self._ear, self._mouth = os.pipe()
        for end in (self._ear, self._mouth):
            os.set_blocking(end, False)
        self._wakeup_before = signal.set_wakeup_fd(self._mouth, warn_on_full_buffer=False)
        for number in _TOLD_BY:
            # A program started by nohup was asked to survive its terminal.
            if number is signal.SIGHUP and signal.getsignal(number) is signal.SIG_IGN:
                continue
            self._before[number] = signal.signal(number, self._hear)
        self._before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup_before)
        os.close(self._ear)
        os.close(self._mouth)

    def wait(self, seconds: float) -> bool:
        """Wait for any signal, at most ``seconds``; returns whether we were told to stop."""
        if not self.told:
            ready, _, _ = select.select([self._ear], [], [], seconds)
            if ready:
                os.read(self._ear, 1024)
        return self.told

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self.told = True
        if self.interrupting:
            raise KeyboardInterrupt
