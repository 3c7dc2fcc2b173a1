"""``volunteer web``: one web process."""

from __future__ import annotations

import logging
import signal
import socket
import sys
from types import FrameType

import click
import waitress

from volunteer.app import create_app
from volunteer.config import Settings

THREADS = 8
CONNECTIONS = 1000
"""Browsers that hold a line open: hundreds of screens and phones in one hall, each with one of its own."""


@click.command()
@click.option("--socket", "descriptor", type=int, help="Number of a listening socket that was inherited.")
@click.pass_obj
def web(settings: Settings, *, descriptor: int | None) -> None:
    """Serve the pages and the API on HOST and PORT until told to stop."""
    signal.signal(signal.SIGTERM, _leave)
    # It warns whenever one request waits for another, which is what a queue is for.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    where = (
        {"host": settings.host, "port": settings.port}
        if descriptor is None
        else {"sockets": [socket.socket(fileno=descriptor)]}
    )
    waitress.serve(
        create_app(settings),
        **where,
        threads=THREADS,
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,  # The other way cannot watch a thousand lines.
        ident=None,
        # Whoever stands in front of us is believed only as far as TRUSTED_PROXIES says; see create_app.
        clear_untrusted_proxy_headers=settings.trusted_proxies == 0,
        _quiet=True,
    )


def _leave(_number: int, _frame: FrameType | None) -> None:
    """Waitress finishes its requests on SystemExit; left alone it would end with code 143."""
    sys.exit(0)
