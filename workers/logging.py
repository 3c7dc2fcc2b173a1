"""How a worker process logs: one line an event, ids only."""

from __future__ import annotations

import logging

import structlog


def configure(level: str) -> None:
    """Send structured lines to standard error from ``level`` (a name of ``logging``) upwards."""
    number = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(level=number, format="%(levelname)s %(name)s %(message)s")
    logging.getLogger("dramatiq").setLevel(max(number, logging.WARNING))
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(number))
