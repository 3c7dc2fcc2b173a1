"""A mail server that is quick and keeps nothing: ``python -m benchmarks.post_office`` prints its port.

In a process of its own, so that it takes no time from whoever is measured. It says yes to everything.
"""

from __future__ import annotations

import socketserver
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_END_OF_LETTER = b".\r\n"


class _Counter(socketserver.StreamRequestHandler):
    """One dialogue (RFC 5321), without extensions."""

    disable_nagle_algorithm = True

    def handle(self) -> None:
        """Say yes until the client says goodbye."""
        self.wfile.write(b"220 bench\r\n")
        for line in self.rfile:
            command = line[:4].upper()
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                for part in self.rfile:
                    if part == _END_OF_LETTER:
                        break
            self.wfile.write(b"221 bye\r\n" if command == b"QUIT" else b"250 yes\r\n")
            if command == b"QUIT":
                return


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 128


@contextmanager
def post_office() -> Iterator[str]:
    """Such a server in another process; yields its address for ``SMTP_URL``."""
    command = (sys.executable, "-m", "benchmarks.post_office")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"smtp://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.kill()


def main() -> None:
    """Serve until killed."""
    with _Server(("127.0.0.1", 0), _Counter) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
