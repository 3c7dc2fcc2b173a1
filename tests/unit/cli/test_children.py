"""A supervisor starts again what ends, waits longer each time, and knows when to give up."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.patience import eventually
from volunteer.cli.children import MANY_DEATHS, Child, GivingUp, Supervisor

SLEEPS = (sys.executable, "-S", "-c", "import time; time.sleep(600)")
ENDS = (sys.executable, "-S", "-c", "raise SystemExit(3)")
IGNORES = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(9)"
)
STUBBORN = (sys.executable, "-S", "-c", IGNORES)


class Watch:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(watch: Watch, said: list[str]) -> Iterator[Supervisor]:
    made = Supervisor(said.append, clock=watch)
    yield made
    made.kill()


def test_what_ends_is_started_again_after_its_pause(
    supervisor: Supervisor, watch: Watch, said: list[str]
) -> None:
    # Given a child that was killed
    child = Child("The worker", SLEEPS)
    supervisor.add(child, patience_seconds=1)
    child.kill()
    # When the supervisor looks before and after the pause
    supervisor.look_after()
    assert said == ["The worker stopped (signal 9); it starts again in 0.5 s."]
    supervisor.look_after()
    assert not child.is_running
    watch.seconds += 0.6
    supervisor.look_after()
    # Then it runs again
    assert child.is_running


def test_what_ends_again_and_again_is_given_up(supervisor: Supervisor, watch: Watch, said: list[str]) -> None:
    child = Child("The worker", ENDS)
    supervisor.add(child, patience_seconds=1)
    with pytest.raises(GivingUp, match="The worker stopped 5 times within 60 seconds \\(exit code 3\\)"):
        _let_it_die_until_given_up(supervisor, child, watch, pause=5.0)
    assert [line.rpartition(" in ")[2] for line in said] == ["0.5 s.", "1 s.", "2 s.", "4 s."]


def test_what_ends_once_in_a_while_is_never_given_up(
    supervisor: Supervisor, watch: Watch, said: list[str]
) -> None:
    child = Child("The worker", ENDS)
    supervisor.add(child, patience_seconds=1)
    for _ in range(2 * MANY_DEATHS):
        _let_it_die(supervisor, child, watch, pause=61.0)
    assert {line.rpartition(" in ")[2] for line in said} == {"0.5 s."}


def test_who_does_not_stop_when_asked_is_not_asked_again(capfd: pytest.CaptureFixture[str]) -> None:
    child = Child("stubborn", STUBBORN)
    child.start()
    eventually(lambda: capfd.readouterr().out, what="the first word of the child")
    child.stop(seconds=0.1)
    assert child.exit_code == -9


def test_standard_input_is_given_on_every_start(capfd: pytest.CaptureFixture[str]) -> None:
    child = Child("reader", (sys.executable, "-S", "-c", "print(input())"), given=b"a secret\n")
    for _ in range(2):
        child.start()
        eventually(lambda: child.exit_code == 0, what="the end of the child")
        assert capfd.readouterr().out == "a secret\n"


def _let_it_die(supervisor: Supervisor, child: Child, watch: Watch, *, pause: float) -> None:
    eventually(lambda: not child.is_running, what="the end of the child")
    supervisor.look_after()
    watch.seconds += pause
    supervisor.look_after()


def _let_it_die_until_given_up(supervisor: Supervisor, child: Child, watch: Watch, *, pause: float) -> None:
    for _ in range(MANY_DEATHS):
        _let_it_die(supervisor, child, watch, pause=pause)
