"""The extensions of the web, made here and bound to the application in ``app.py``."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_wtf import CSRFProtect

from volunteer.bootstrap import Core

_CORE = "schakel"
_STORE_PATIENCE_SECONDS = 0.25

csrf = CSRFProtect()
login_manager = LoginManager()
# A session that turns up in another browser or behind another address is not the one that logged in.
login_manager.session_protection = "strong"
limiter = Limiter(key_func=get_remote_address, default_limits=["1200 per minute"])
"""Generous by default: a whole class signs up behind one address of a library."""


def current_core() -> Core:
    """The core of the running application: settings, keys, links, and ``units`` that open units of work."""
    return cast("Core", current_app.extensions[_CORE])


def bind(app: Flask, core: Core) -> None:
    """Bind the core and every extension to ``app``."""
    app.extensions[_CORE] = core
    app.config.update(
        WTF_CSRF_TIME_LIMIT=None,
        # Pages send no referrer, so there is none to compare; the token in the form is the proof.
        WTF_CSRF_SSL_STRICT=False,
        RATELIMIT_ENABLED=core.settings.rate_limits,
        RATELIMIT_STORAGE_URI=core.settings.redis_url,
        RATELIMIT_STORAGE_OPTIONS={
            "socket_connect_timeout": _STORE_PATIENCE_SECONDS,
            "socket_timeout": _STORE_PATIENCE_SECONDS,
        },
        # Counting visitors is never worth an error page: without Redis each process counts for itself.
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
        RATELIMIT_SWALLOW_ERRORS=True,
        RATELIMIT_HEADERS_ENABLED=False,
    )
    csrf.init_app(app)
    login_manager.init_app(app)
    limiter.init_app(app)
