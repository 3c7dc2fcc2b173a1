"""Which language a reader gets, and how templates and views speak it."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, g, has_request_context, request
from werkzeug.wrappers import Response as AnyResponse

from volunteer.domain.errors import DomainError
from volunteer.domain.languages import LANGUAGES
from volunteer.translation import SOURCE_LANGUAGE, said, translations
from volunteer.web.extensions import current_core
from volunteer.web.security import A_YEAR_SECONDS, cookie_options

COOKIE = "lang"


def current_language() -> str:
    """The reader's language: what they chose, else what their browser asks for, else the centre's first."""
    if not has_request_context():
        return SOURCE_LANGUAGE
    if "language" not in g:
        g.language = _choose()
    return str(g.language)


def offered_languages() -> tuple[str, ...]:
    """Codes of the languages this centre speaks."""
    return current_core().settings.centre.languages


def remember(response: AnyResponse, code: str) -> None:
    """Keep the choice of language in a cookie; it says nothing about anyone."""
    settings = current_core().settings
    response.set_cookie(COOKIE, code, **cookie_options(secure=settings.is_secure, max_age=A_YEAR_SECONDS))


def gettext(message: str, /, **values: object) -> str:
    """``message`` in the reader's language, with its values filled in."""
    text = translations(current_language()).gettext(message)
    return text % values if values else text


def ngettext(singular: str, plural: str, number: int, /, **values: object) -> str:
    """The form that goes with ``number``, in the reader's language; ``num`` is filled in too."""
    text = translations(current_language()).ngettext(singular, plural, number)
    return text % {"num": number, **values}


def said_to_reader(error: DomainError) -> str:
    """The message of ``error`` in the reader's language."""
    return said(current_language(), error.message, error.values)


def speak(app: Flask) -> None:
    """Teach templates to translate, and give every page the centre and its languages."""
    environment: Any = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(
        lambda text: translations(current_language()).gettext(text),
        lambda one, many, number: translations(current_language()).ngettext(one, many, number),
        newstyle=True,
    )
    app.context_processor(_context)
    app.after_request(_vary)


def _context() -> dict[str, object]:
    centre = current_core().settings.centre
    return {
        "centre": centre,
        "lang": current_language(),
        "languages": [(code, LANGUAGES[code].own) for code in centre.languages],
    }


def _vary(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.content_language.add(current_language())
        response.vary.update(("Accept-Language", "Cookie"))
    return response


def _choose() -> str:
    offered = offered_languages()
    chosen = request.cookies.get(COOKIE)
    if chosen in offered:
        return chosen
    # One by one: a reader of nl-BE who knows some French is to read Dutch.
    for wanted, quality in request.accept_languages:
        code = wanted.partition("-")[0].lower()
        if quality > 0 and code in offered:
            return code
    return offered[0]
