"""Where errors become pages: kind words in the reader's language, a status, and a number to call about."""

from __future__ import annotations

import secrets
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import structlog
from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException

from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotAllowed, NotFound
from volunteer.domain.national_numbers import REFUSED_CODE, without_national_numbers
from volunteer.web.language import gettext as _
from volunteer.web.language import said_to_reader

FOR_PROGRAMS = "/api/"
RETRY_SECONDS = 10

_log = structlog.get_logger("web")
_STATUS: dict[type[DomainError], int] = {
    InvalidValue: 422,
    NotFound: 404,
    NotAllowed: 403,
    ImpossibleStep: 409,
}

Answer = Callable[[HTTPException | DomainError, int, str | None], ResponseReturnValue]
"""Makes an answer for a program of an error, its status and its reference number."""


@dataclass(frozen=True, slots=True)
class FormError:
    """A message at a field, in the reader's language."""

    field: str
    message: str
    is_taken_out: bool = False
    """Whether what was typed there is partly gone: a national number is never shown again."""


class Complaints:
    """Collects what is wrong with a form, so that a person hears everything at once."""

    def __init__(self) -> None:
        self.errors: list[DomainError] = []

    @contextmanager
    def collect(self) -> Iterator[None]:
        """Keep a domain error raised in this block, and go on after it."""
        try:
            yield
        except DomainError as error:
            self.errors.append(error)


def form_errors(errors: Iterable[DomainError], *, field: str = "main") -> list[FormError]:
    """What templates call ``errors``; a message without a field of its own goes to ``field``."""
    return [
        FormError(
            error.field or field,
            without_national_numbers(said_to_reader(error)),
            is_taken_out=error.code == REFUSED_CODE,
        )
        for error in errors
    ]


def shown_again(typed: str, kind: str, errors: Collection[FormError] | None, name: str) -> str:
    """What of a typed text may stand on a page that came back with ``errors``: no national number.

    A phone number may look like one, so a field for those (``kind``) is left alone unless it is wrong itself,
    or holds words.
    """
    is_wrong = any(each.field == name for each in errors or ()) or any(map(str.isalpha, typed))
    if not typed or not errors or (kind == "tel" and not is_wrong):
        return typed
    return without_national_numbers(str(typed))


def status_of(error: DomainError) -> int:
    """The HTTP status that goes with a broken rule."""
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 400)


def handle_errors(app: Flask, *, answer_program: Answer | None = None) -> None:
    """Register the handlers of ``app``; ``answer_program`` answers below ``/api/`` instead of a page."""
    answer = answer_program or _answer_plainly
    app.jinja_env.filters["shown_again"] = shown_again

    def choose(error: HTTPException | DomainError, status: int, reference: str | None) -> ResponseReturnValue:
        if request.path.startswith(FOR_PROGRAMS):
            return answer(error, status, reference)
        return _page(error, status, reference)

    def on_domain_error(error: DomainError) -> ResponseReturnValue:
        return choose(error, status_of(error), None)

    def on_http_error(error: HTTPException) -> ResponseReturnValue:
        status = error.code or 500
        if status < 400:
            return error.get_response()
        return choose(error, status, _report(error) if status >= 500 else None)

    def on_anything(error: Exception) -> ResponseReturnValue:
        away = isinstance(error, (OperationalError, InterfaceError))
        reference = _report(error)
        wrapped = HTTPException()
        wrapped.code = 503 if away else 500
        return choose(wrapped, wrapped.code, reference)

    app.register_error_handler(DomainError, on_domain_error)
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(Exception, on_anything)


def _page(error: HTTPException | DomainError, status: int, reference: str | None) -> ResponseReturnValue:
    title, text = _words(error, status)
    page = render_template("errors/page.html", error_title=title, text=text, reference=reference)
    headers = {"Retry-After": str(RETRY_SECONDS)} if status in {429, 503} else {}
    return page, status, headers


def _words(error: HTTPException | DomainError, status: int) -> tuple[str, str]:
    if isinstance(error, CSRFError):
        return _("This page was open for too long"), _(
            "Go back, load the page again and press the button once more. Your answers are still there."
        )
    titles = {
        403: _("This page is not for you"),
        404: _("We cannot find this page"),
        405: _("This does not work like that"),
        409: _("Something changed"),
        413: _("That is too much at once"),
        422: _("Something is not right yet"),
        429: _("Just a moment"),
        503: _("We are away for a moment"),
    }
    texts = {
        403: _("Maybe you need to log in, or open your card first."),
        404: _("Maybe the address is not complete. Or the page is gone."),
        405: _("Go back and try it again with the button on the page."),
        413: _("Make your text shorter, and try it again."),
        429: _("Many people are busy here. Wait a minute and try again."),
        503: _("Wait a minute and try again. Nothing is lost."),
    }
    title = titles.get(status) or (
        _("Something went wrong") if status >= 500 else _("Something is not right yet")
    )
    if isinstance(error, DomainError):
        return title, said_to_reader(error)
    return title, texts.get(status) or (
        _("It is not your fault. Try it again, or call us.")
        if status >= 500
        else _("Go back and try it again with the button on the page.")
    )


def _answer_plainly(
    error: HTTPException | DomainError, status: int, reference: str | None
) -> ResponseReturnValue:
    message = str(error) if isinstance(error, DomainError) else error.name
    return {"code": status, "status": message, "reference": reference}, status


def _report(error: Exception) -> str:
    """Write down what broke and where, without any value; returns the number that finds it again."""
    reference = secrets.token_hex(4).upper()
    where = [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    rule = request.url_rule.rule if request.url_rule else None
    # The message of an exception may hold what somebody typed, so only its kind is written.
    _log.error("failed", reference=reference, kind=type(error).__name__, rule=rule, where=where[-8:])
    return reference
