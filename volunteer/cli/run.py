"""``volunteer run``: the whole service on one machine, under one supervisor."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import ExitStack, closing
from http.client import HTTPConnection, HTTPException
from socket import socket

import click

from volunteer.cli.children import Child, GivingUp, Supervisor
from volunteer.cli.demo import load_when_empty
from volunteer.cli.installation import CannotStart, listen, lock, make_folders, make_ready
from volunteer.cli.signals import StopSignals
from volunteer.cli.valkey import Valkey, ValkeyFailed
from volunteer.config import Settings, from_environment

LOOK_SECONDS = 0.25
"""How often the children are looked after when nothing calls for it."""

PATIENCE_SECONDS = {"The web": 3.0, "The scheduler": 3.0, "The worker": 6.0, "Valkey": 3.0}
"""How long each may take to finish what it is doing."""

ANSWER_SECONDS = 30.0
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - compared, not bound

LogIn = tuple[str, str, str]
"""Role, e-mail address and password of a demo account."""


@click.command()
@click.pass_obj
def run(settings: Settings) -> None:
    """Start everything on this machine; Ctrl-C stops it."""
    try:
        with StopSignals() as signals:
            _run(settings, signals)
    except KeyboardInterrupt:
        pass
    except (CannotStart, ValkeyFailed, GivingUp) as error:
        raise click.ClickException(str(error)) from error


def _run(settings: Settings, signals: StopSignals) -> None:
    os.umask(0o077)
    with ExitStack() as open_until_the_end:
        make_folders(settings)
        open_until_the_end.enter_context(lock(settings.data))
        door = open_until_the_end.enter_context(listen(settings.host, settings.port))
        supervisor = Supervisor(_say)
        open_until_the_end.callback(_stop, supervisor, signals)
        chosen = _start_valkey(settings, supervisor, port=door.getsockname()[1])
        make_ready(chosen)
        log_ins = load_when_empty(chosen) if chosen.demo else []
        for child in _programs(chosen, door):
            supervisor.add(child, patience_seconds=PATIENCE_SECONDS[child.name])
        _watch(supervisor, signals, chosen, log_ins)


def _start_valkey(settings: Settings, supervisor: Supervisor, *, port: int) -> Settings:
    """Start our own Valkey, unless another one was named; returns the settings with what was chosen."""
    chosen = {"PORT": str(port), "DEVELOPMENT": "1" if settings.development else "0"}
    if "REDIS_URL" not in settings.environment:
        valkey = Valkey(settings.data / "valkey")
        valkey.start()
        supervisor.add(valkey.child, patience_seconds=PATIENCE_SECONDS[valkey.child.name])
        chosen["REDIS_URL"] = valkey.url
    places = {"DATA": str(settings.data), "KEYS": str(settings.keys)}
    return from_environment({**settings.environment, **places, **chosen})


def _programs(settings: Settings, door: socket) -> list[Child]:
    """Worker, scheduler and web, in the order they start."""
    # The engine's arrays are small: a second thread of linear algebra makes it slower.
    alone = {"OPENBLAS_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
    environment: Mapping[str, str] = {**os.environ, **settings.environment, **alone}
    python = (sys.executable, "-m")
    serve = (*python, "volunteer.cli", "web", "--socket", str(door.fileno()))
    return [
        Child("The worker", (*python, "workers"), environment=environment),
        Child("The scheduler", (*python, "workers.scheduler"), environment=environment),
        Child("The web", serve, environment=environment, descriptors=(door.fileno(),)),
    ]


def _watch(supervisor: Supervisor, signals: StopSignals, settings: Settings, log_ins: list[LogIn]) -> None:
    """Look after the children until told to stop; say where we are once the web answers."""
    signals.interrupting = False
    waited, greeted = 0.0, False
    while not signals.wait(LOOK_SECONDS):
        supervisor.look_after()
        if not greeted:
            waited += LOOK_SECONDS
            greeted = _web_answers(settings) or waited > ANSWER_SECONDS
            if greeted:
                _greet(settings, log_ins)


def _stop(supervisor: Supervisor, signals: StopSignals) -> None:
    """Stop everything in order; being told again means at once."""
    signals.interrupting = True
    try:
        _say("Stopping …")
        supervisor.stop()
    except KeyboardInterrupt:
        supervisor.kill()
    _say("Stopped.")


def _web_answers(settings: Settings) -> bool:
    here = "127.0.0.1" if settings.host in EVERYWHERE else settings.host
    try:
        with closing(HTTPConnection(here, settings.port, timeout=LOOK_SECONDS)) as connection:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
    except (OSError, HTTPException):
        return False
    return True


def _greet(settings: Settings, log_ins: list[LogIn]) -> None:
    lines = ["", f"  {settings.centre.name} is at {settings.public_url}"]
    if settings.development and settings.smtp_url is None:
        lines.append(f"  Mails are not sent; read them at {settings.public_url}/dev/mails")
    if log_ins:
        width = max(len(role) for role, _, _ in log_ins)
        reach = max(len(email) for _, email, _ in log_ins)
        lines += ["", "  Log-ins of the demo city, made for this installation alone:"]
        lines += [f"    {role:<{width}}  {email:<{reach}}  {password}" for role, email, password in log_ins]
    lines += ["", f"  Data in {settings.data}, keys in {settings.keys}. Ctrl-C stops everything.", ""]
    _say("\n".join(lines))


def _say(line: str) -> None:
    click.echo(line)
    sys.stdout.flush()
