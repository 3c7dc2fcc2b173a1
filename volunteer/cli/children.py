"""Programs that run under this one: started, watched, started again, and stopped in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

_WRAPPER = Path(__file__).with_name("child.py")

MANY_DEATHS = 5
WITHIN_SECONDS = 60.0
LONGEST_PAUSE_SECONDS = 10.0


class GivingUp(RuntimeError):
    """A program stops again and again; somebody has to look at it."""


class Child:
    """One program that dies with this process.

    ``given`` is its standard input on every start, the place for secrets; ``descriptors`` stay open in
    it; ``output`` is where both its outputs go, None meaning where ours go; ``user`` is whom it becomes;
    ``orphaned`` is the signal it gets when this process is killed.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        environment: Mapping[str, str] | None = None,
        given: bytes = b"",
        descriptors: Iterable[int] = (),
        output: int | None = None,
        user: str | None = None,
        orphaned: signal.Signals = signal.SIGKILL,
    ) -> None:
        self.name = name
        self._command = tuple(command)
        self._environment = dict(os.environ if environment is None else environment)
        self._given = given
        self._descriptors = tuple(descriptors)
        self._output = output
        self._user = user
        self._orphaned = orphaned
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self.process is not None and self.process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """How it ended: minus the signal's number if by a signal; None while it runs."""
        return None if self.process is None else self.process.poll()

    def start(self) -> None:
        """Start it in a process group of its own, so that the terminal's Ctrl-C does not reach it.

        Call this from the main thread: Linux sends the signal of orphans when the *thread* that started
        them ends.
        """
        wrapper = (sys.executable, "-I", "-S", str(_WRAPPER), str(os.getpid()), str(int(self._orphaned)))
        self.process = subprocess.Popen(
            (*wrapper, self._user or "-", *self._command),
            stdin=subprocess.PIPE if self._given else subprocess.DEVNULL,
            stdout=self._output,
            stderr=self._output,
            env=self._environment,
            pass_fds=self._descriptors,
            process_group=0,
        )
        if self.process.stdin is not None:
            self.process.stdin.write(self._given)
            self.process.stdin.close()

    def stop(self, *, seconds: float, politely: signal.Signals = signal.SIGTERM) -> None:
        """Ask it to end, and after ``seconds`` no longer ask."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(politely)
        try:
            self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it at once."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()


class Supervisor:
    """Keeps children alive; ``say`` takes a line for people.

    A child that ends is started again after half a second, then after twice as long each time. One that
    ends :data:`MANY_DEATHS` times within :data:`WITHIN_SECONDS` is given up, and with it everything.
    """

    def __init__(self, say: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._say = say
        self._clock = clock
        self._children: list[tuple[Child, float]] = []
        self._deaths: dict[Child, deque[float]] = {}
        self._due: dict[Child, float] = {}

    def add(self, child: Child, *, patience_seconds: float) -> None:
        """Watch over ``child``, and start it if it is not running; they are stopped in reverse order."""
        if not child.is_running:
            child.start()
        self._children.append((child, patience_seconds))
        self._deaths[child] = deque(maxlen=MANY_DEATHS)

    def look_after(self) -> None:
        """Start again whatever ended, when its time has come. Raises :class:`GivingUp`."""
        for child, _ in self._children:
            if child.is_running:
                continue
            if child not in self._due:
                self._note_death(child)
            elif self._clock() >= self._due[child]:
                del self._due[child]
                child.start()

    def stop(self) -> None:
        """Stop all children, the last one added first."""
        for child, patience in reversed(self._children):
            child.stop(seconds=patience)

    def kill(self) -> None:
        """End all children at once."""
        for child, _ in self._children:
            child.kill()

    def _note_death(self, child: Child) -> None:
        now = self._clock()
        deaths = self._deaths[child]
        deaths.append(now)
        recent = sum(now - death < WITHIN_SECONDS for death in deaths)
        if recent >= MANY_DEATHS:
            raise GivingUp(
                f"{child.name} stopped {MANY_DEATHS} times within {WITHIN_SECONDS:.0f} seconds "
                f"({_ending(child)}). What it said is above."
            )
        pause = min(2.0 ** (recent - 2), LONGEST_PAUSE_SECONDS)
        self._due[child] = now + pause
        self._say(f"{child.name} stopped ({_ending(child)}); it starts again in {pause:g} s.")


def _ending(child: Child) -> str:
    code = child.exit_code or 0
    return f"signal {-code}" if code < 0 else f"exit code {code}"
