"""Where a person's own pages hang."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("me", __name__)
