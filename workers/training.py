"""Runs what needs scikit-learn in a process of its own, whose memory is given back when it is done."""

from __future__ import annotations

import subprocess
import sys

_LIMIT_SECONDS = 900.0


def run(*words: str) -> None:
    """Run ``volunteer WORDS`` with our environment, and wait for it.

    Raises ``CalledProcessError`` when it fails and ``TimeoutExpired`` when it takes too long. Nothing is lost
    then: it is due again, and the scheduler comes round within the hour.
    """
    command = (sys.executable, "-m", "volunteer.cli", *words)
    subprocess.run(command, check=True, timeout=_LIMIT_SECONDS, stdin=subprocess.DEVNULL)  # noqa: S603 - ours
