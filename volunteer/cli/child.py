"""Become another program that does not outlive the one that started it, even after ``kill -9``.

Run by path, without packages: ``python -I -S child.py PARENT SIGNAL USER PROGRAM ARGUMENT...``. PARENT is
the process to stay with, SIGNAL the number this one gets when that is gone, USER whom to become first
(``-``: nobody else; PostgreSQL refuses to be root). A function run between fork and exec would do the
same with less, but it may deadlock in a parent with threads.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import signal
import subprocess
import sys

SET_SIGNAL_ON_PARENTS_DEATH = 1
"""``PR_SET_PDEATHSIG`` of Linux' ``prctl``."""


def become(user: str) -> None:
    """Give up the rights of root for those of ``user``."""
    entry = pwd.getpwnam(user)
    os.setgroups([])
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)


def replace_by(command: list[str], parent: int, end: int) -> None:
    """Turn into ``command``, having asked the kernel for ``end`` when the parent dies (Linux)."""
    ctypes.CDLL(None, use_errno=True).prctl(SET_SIGNAL_ON_PARENTS_DEATH, end, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("the program that started this one is gone already")
    os.execv(command[0], command)  # noqa: S606 - no shell is meant


def stay_beside(command: list[str], parent: int, end: int) -> int:
    """Run ``command`` and look twice a second whether the parent lives (where there is no ``prctl``)."""
    process = subprocess.Popen(command, close_fds=False)
    for passed_on in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        signal.signal(passed_on, lambda number, _frame: process.send_signal(number))
    while True:
        try:
            code = process.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            if os.getppid() != parent:
                process.send_signal(end)
        else:
            return code if code >= 0 else 128 - code


def main(arguments: list[str]) -> int:
    """Do what the module says; returns only where it has to stay beside the program."""
    parent, end, user, *command = arguments
    if user != "-":
        become(user)
    if sys.platform == "linux":
        replace_by(command, int(parent), int(end))
    return stay_beside(command, int(parent), int(end))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
