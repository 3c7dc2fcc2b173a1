"""Which language a reader gets, and how templates and views speak it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from flask import Flask, Response, abort, current_app, g, has_request_context, make_response, request
from flask.typing import ResponseReturnValue
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from volunteer.domain.errors import DomainError
from volunteer.domain.languages import LANGUAGES
from volunteer.translation import (
    SAID_EVERYWHERE,
    SOURCE_LANGUAGE,
    is_right_to_left,
    isolated,
    listed,
    said,
    translations,
)
from volunteer.web import kiosk
from volunteer.web.extensions import current_core
from volunteer.web.security import A_YEAR_SECONDS, cookie_options

COOKIE = "lang"
BUTTON = "language"
"""Name of the buttons of a form that choose another language; what was typed comes along with them."""
FOR_CANDIDATES = frozenset(
    {
        "start",
        "signup",
        "me",
        "my_suggestions",
        "my_refusals",
        "my_signals",
        "cards",
        "blank_cards",
        "devices",
        "confirming",
        "passed_answers",
        "law",
        "agenda",
        "markets",
        "kiosk",
        "papers",
        "incidents",
        "follow_ups",
        "unsubscribe",
    }
)
"""Blueprints whose pages are written for candidates, in every language of the centre.

Every other page is for staff, and speaks only languages with a whole catalogue. An address that does not
exist is explained in every language.
"""


def current_language() -> str:
    """The reader's language: what they chose, else what their browser asks for, else the centre's first."""
    if not has_request_context():
        return SOURCE_LANGUAGE
    if "language" not in g:
        g.language = _choose()
    return str(g.language)


def offered_languages() -> tuple[str, ...]:
    """Codes of the languages this page can be read in: on pages for staff, those we speak everywhere."""
    every = current_core().settings.centre.languages
    if not has_request_context() or _is_for_candidates():
        return every
    return tuple(code for code in every if code in SAID_EVERYWHERE) or (SOURCE_LANGUAGE,)


def _is_for_candidates() -> bool:
    """By where the page stands; one that asks for a role at the desk or in a team is for staff anywhere."""
    guard = getattr(current_app.view_functions.get(request.endpoint or ""), "guard", None)
    return not isinstance(guard, tuple) and (request.blueprint or "start") in FOR_CANDIDATES


def remember(response: AnyResponse, code: str) -> None:
    """Keep the choice of language in a cookie; it says nothing about anyone."""
    settings = current_core().settings
    seconds = None if kiosk.is_kiosk() else A_YEAR_SECONDS
    response.set_cookie(COOKIE, code, **cookie_options(secure=settings.is_secure, max_age=seconds))


def is_chosen_here() -> bool:
    """Whether a form was sent by one of its language buttons, and not to be kept."""
    return BUTTON in request.form


def in_another_language(page: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """The page of a form again, in the language whose button was pressed; ``page`` shows what was typed.

    Nothing is checked and nothing is kept. A language that is not offered here is a 404.
    """
    code = request.form[BUTTON]
    if code not in offered_languages():
        abort(404)
    g.language = code
    reply = make_response(page())
    remember(reply, code)
    return reply


def gettext(message: str, /, **values: object) -> str:
    """``message`` in the reader's language, with its values filled in."""
    language = current_language()
    text = translations(language).gettext(message)
    return text % isolated(values, language) if values else text


def ngettext(singular: str, plural: str, number: int, /, **values: object) -> str:
    """The form that goes with ``number``, in the reader's language; ``num`` is filled in too."""
    language = current_language()
    text = translations(language).ngettext(singular, plural, number)
    return text % isolated({"num": number, **values}, language)


def joined(parts: Iterable[str]) -> str:
    """The parts in one line, with the comma of the reader's language between them."""
    return listed(parts, current_language())


def said_to_reader(error: DomainError) -> str:
    """The message of ``error`` in the reader's language."""
    return said(current_language(), error.message, error.values)


def speak(app: Flask) -> None:
    """Teach templates to translate, and give every page the centre and its languages."""
    environment: Any = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(gettext, ngettext, newstyle=True)
    # In place of Jinja's own two: these keep what is filled in apart, where it runs the other way.
    environment.globals.update(gettext=_say, ngettext=_count, is_right_to_left=is_right_to_left)
    environment.filters["listed"] = joined
    app.context_processor(_context)
    app.after_request(_vary)


def _context() -> dict[str, object]:
    language = current_language()
    return {
        "centre": current_core().settings.centre,
        "lang": language,
        "comma": listed(("", ""), language),
        "direction": "rtl" if is_right_to_left(language) else "ltr",
        "languages": [(code, LANGUAGES[code].own) for code in offered_languages()],
    }


@pass_context
def _say(context: Context, message: str, /, **values: Any) -> str:
    return _filled(context, translations(current_language()).gettext(message), values)


@pass_context
def _count(context: Context, singular: str, plural: str, number: int, /, **values: Any) -> str:
    text = translations(current_language()).ngettext(singular, plural, number)
    return _filled(context, text, {"num": number, **values})


def _filled(context: Context, text: str, values: dict[str, Any]) -> str:
    """The sentence with its values; ``Markup`` escapes what is filled in, as on the rest of the page."""
    safe = Markup(text) if context.eval_ctx.autoescape else text  # noqa: S704 - the catalogues are our own
    return safe % isolated(values, current_language())


def _vary(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.content_language.add(current_language())
        response.vary.update(("Accept-Language", "Cookie"))
    return response


def _choose() -> str:
    """What was chosen, else what the browser asks for; the first one here where we do not speak that here."""
    offered, spoken = offered_languages(), current_core().settings.centre.languages
    chosen = request.cookies.get(COOKIE)
    if chosen in spoken:
        return chosen if chosen in offered else offered[0]
    return asked_for(offered) or offered[0]


def asked_for(offered: Collection[str]) -> str | None:
    """The first of these languages that the browser asks for, if any."""
    # One by one: a reader of nl-BE who knows some French is to read Dutch.
    for wanted, quality in request.accept_languages:
        code = wanted.partition("-")[0].lower()
        if quality > 0 and code in offered:
            return code
    return None
