"""Memory of the web process after it has served its pages, beside a Flask application that does nothing."""

from __future__ import annotations

import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence

import psutil

from benchmarks.installation import installation
from benchmarks.report import Row, row
from volunteer.cli.children import Child
from volunteer.cli.valkey import free_port

PATHS = ("/", "/signup/name", "/login", "/api/v1/vocabulary")
GIVE_UP_SECONDS = 30.0
MEBIBYTE = 1024 * 1024
BARE = """
from flask import Flask
from waitress import serve
app = Flask("bare")
app.add_url_rule("/", view_func=lambda: "hello")
serve(app, host="127.0.0.1", port={port}, _quiet=True)
"""


def measure(kind: str) -> list[Row]:
    """Resident memory of both, in MiB."""
    with installation(kind) as settings:
        port = free_port()
        environment = {**os.environ, **settings.environment, "PORT": str(port)}
        ours = _resident((sys.executable, "-m", "volunteer.cli", "web"), environment, port, PATHS)
    port = free_port()
    bare = _resident((sys.executable, "-c", BARE.format(port=port)), dict(os.environ), port, ("/",))
    return [
        row("memory of the web process", ours, "MiB", baseline="Flask that does nothing", baseline_value=bare)
    ]


def _resident(
    command: Sequence[str], environment: Mapping[str, str], port: int, paths: Sequence[str]
) -> float:
    child = Child("The web", command, environment=environment)
    child.start()
    try:
        _wait(port, child)
        for path in paths:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
                answer.read()
        assert child.process is not None
        return float(psutil.Process(child.process.pid).memory_info().rss) / MEBIBYTE
    finally:
        child.stop(seconds=5)


def _wait(port: int, child: Child) -> None:
    deadline = time.monotonic() + GIVE_UP_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/"):
                return
        except (urllib.error.URLError, OSError):
            if time.monotonic() > deadline or not child.is_running:
                raise
            time.sleep(0.05)
