"""Forms that do nothing twice: each carries a random number, which its words spend once."""

from __future__ import annotations

import json
from uuid import UUID, uuid4, uuid5

from flask import Flask, request

FIELD = "form_id"
_NOT_SAID = frozenset({FIELD, "csrf_token"})


def number_forms(app: Flask) -> None:
    """Let templates give a form its id: ``{{ once() }}`` of ``macros/forms.html``."""
    app.jinja_env.globals["new_form_id"] = lambda: uuid4().hex


def form_id() -> UUID | None:
    """The id of what was sent: the same words from one page are the same, other words are something else.

    None when the form carries no number, or something else in its place.
    """
    try:
        number = UUID(request.form.get(FIELD, ""))
    except ValueError:
        return None
    said = sorted(pair for pair in request.form.items(multi=True) if pair[0] not in _NOT_SAID)
    return uuid5(number, json.dumps(said))
