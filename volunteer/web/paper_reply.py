"""A document as an answer."""

from __future__ import annotations

from flask import Response

_MAY = "script-src 'none'; object-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""Chromium shows a PDF as a plug-in on a page with styles of its own, which our usual policy would leave
blank (crbug.com/271452). Nothing in it can run."""


def pdf_reply(name: str, content: bytes) -> Response:
    """A PDF to look at or print; its name says nothing about anyone, and nobody keeps it."""
    reply = Response(content, mimetype="application/pdf")
    reply.headers["Content-Disposition"] = f"inline; filename={name}.pdf"
    reply.headers["Cache-Control"] = "no-store"
    reply.headers["Content-Security-Policy"] = _MAY
    return reply
