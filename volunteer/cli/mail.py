"""``volunteer mail``: the mails that come back to the centre."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from pathlib import Path

import click
import structlog
from sqlalchemy.exc import OperationalError

from volunteer.bootstrap import Core
from volunteer.cli.core import open_core
from volunteer.config import Settings
from volunteer.domain.errors import DomainError
from volunteer.domain.incoming_mail import LARGEST_BYTES, read_mail
from volunteer.domain.replies import Outcome
from volunteer.keyring import KeysMissing
from volunteer.services import mail_replies

_TRY_LATER = 75
"""``EX_TEMPFAIL`` of sysexits.h: a mail server keeps the mail and hands it over again."""
_STAYS = frozenset({Outcome.NOT_YET, Outcome.FAILED})
_FLAGS_SEEN = ":2,S"
_AT_ONCE = 64 * 1024
_log = structlog.get_logger()


@click.group()
def mail() -> None:
    """The mails that come back to the centre."""


@mail.command(name="take-in")
@click.option(
    "--maildir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Take in everything in the folder `new` of this Maildir, in place of one mail from standard input.",
)
@click.pass_obj
def take_in(settings: Settings, *, maildir: Path | None) -> None:
    """Read what came back: mails that did not arrive, answers, and words for the desk to read.

    Without --maildir one mail is read from standard input, as a mail server hands it to a program. Says how
    many were of which kind, and never what is in them. Exit code 75: hand it over again later, also while the
    database or the keys are away.
    """
    try:
        with open_core(settings) as core:
            found = _folder(core, maildir) if maildir else Counter([_take(core, _standard_input())])
    except (OperationalError, KeysMissing, click.ClickException) as error:
        # Exit code 1 would send the mail back to whoever wrote it.
        click.echo(f"Not now: {_why(error)}", err=True)
        raise SystemExit(_TRY_LATER) from error
    for outcome, count in sorted(found.items()):
        click.echo(f"{outcome} {count}")
    if found.keys() & _STAYS:
        raise SystemExit(_TRY_LATER)


def _folder(core: Core, maildir: Path) -> Counter[Outcome]:
    """Every new mail; what was taken in stands in `cur` afterwards, as read, so that it is not read again."""
    found: Counter[Outcome] = Counter()
    (maildir / "cur").mkdir(mode=0o700, exist_ok=True)
    for path in sorted((maildir / "new").glob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        with path.open("rb") as file:
            outcome = _take(core, file.read(LARGEST_BYTES))
        found[outcome] += 1
        if outcome not in _STAYS:
            path.rename(maildir / "cur" / f"{path.name.partition(':')[0]}{_FLAGS_SEEN}")
    return found


def _take(core: Core, raw: bytes) -> Outcome:
    found = read_mail(raw)
    known_as = found.id or hashlib.sha256(raw).hexdigest()
    try:
        with core.units.write() as uow:
            outcome = mail_replies.take(uow, found, known_as=known_as)
    except DomainError as error:
        # The mails after this one are not to wait for it.
        _log.warning("mail_not_taken_in", code=error.code)
        return Outcome.FAILED
    _log.info("mail_taken_in", outcome=outcome.value)
    return outcome


def _why(error: Exception) -> str:
    """One line, without what was asked of the database."""
    if isinstance(error, OperationalError):
        return str(error.orig).strip().partition("\n")[0]
    return error.message if isinstance(error, click.ClickException) else str(error)


def _standard_input() -> bytes:
    """The beginning of the mail; the rest is read and let go, so that no pipe breaks."""
    kept = sys.stdin.buffer.read(LARGEST_BYTES)
    while sys.stdin.buffer.read(_AT_ONCE):
        pass
    return kept
