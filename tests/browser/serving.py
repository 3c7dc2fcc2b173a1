"""The site on this machine, served by the server that serves it for real."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve ``app`` for as long as it takes; gives its address."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    serving = Thread(target=server.run, daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.task_dispatcher.shutdown()
    # The thread that waits for its sockets closes them: closed under its feet, they would be an error there.
    server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
    serving.join(timeout=5)
    assert not serving.is_alive()
