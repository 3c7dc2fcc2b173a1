"""How a web process logs: one line a request, without addresses that open something, names or tokens."""

from __future__ import annotations

import logging
import sys
import time

import structlog
from flask import Flask, Response, g, request

_log = structlog.get_logger("web")


def configure(level: str) -> None:
    """Send structured lines to standard error from ``level`` (a name of ``logging``) upwards."""
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )


def log_requests(app: Flask) -> None:
    """Write a line for every request: its method, the rule it met (never the raw path), status and time."""
    app.before_request(_start)
    app.after_request(_write)


def _start() -> None:
    g.started = time.perf_counter()


def _write(response: Response) -> Response:
    rule = request.url_rule.rule if request.url_rule else None
    elapsed = time.perf_counter() - g.get("started", time.perf_counter())
    # Health checks and files come by the thousand and say nothing.
    write = _log.debug if request.endpoint in {"static", "health.alive", "health.ready"} else _log.info
    write(
        "request", method=request.method, rule=rule, status=response.status_code, ms=round(elapsed * 1000, 1)
    )
    return response
