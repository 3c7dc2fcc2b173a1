"""Forms that do nothing twice: each carries a random id, which is spent by the first press."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import Flask, request

FIELD = "form_id"


def number_forms(app: Flask) -> None:
    """Let templates give a form its id: ``{{ once() }}`` of ``macros/forms.html``."""
    app.jinja_env.globals["new_form_id"] = lambda: uuid4().hex


def form_id() -> UUID | None:
    """The id of the form that was sent; None when it carries none, or something else."""
    try:
        return UUID(request.form.get(FIELD, ""))
    except ValueError:
        return None
