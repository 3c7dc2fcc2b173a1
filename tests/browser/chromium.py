"""Which browser looks at the pages, and how it is kept quiet."""

from __future__ import annotations

import os
import shutil

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--no-sandbox",
)
"""A browser that asks nothing of anybody; without its sandbox, because it may run as root."""


def path_of_chromium() -> str | None:
    """The program that ``CHROMIUM`` names, else the first one found."""
    found = [os.environ.get("CHROMIUM"), *(shutil.which(program) for program in PROGRAMS)]
    return next((path for path in found if path), None)
