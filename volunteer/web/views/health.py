"""Whether this process is alive, and whether it can serve."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import redis
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from volunteer.web.extensions import current_core, limiter

PATIENCE_SECONDS = 0.5

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@limiter.exempt
def alive() -> ResponseReturnValue:
    """The process answers; nothing else is asked."""
    return {"status": "ok"}


@blueprint.get("/readyz")
@limiter.exempt
def ready() -> ResponseReturnValue:
    """Ready while the database is reachable and migrated.

    Without the broker sign-up still works and the sweep catches up, so that is said and is no reason
    to send people away.
    """
    database, broker = _database(), _broker()
    is_ready = database == "ok"
    status = "away" if not is_ready else "ok" if broker == "ok" else "degraded"
    return {"status": status, "database": database, "broker": broker}, 200 if is_ready else 503


def _database() -> str:
    try:
        with current_core().engine.connect() as connection:
            present = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError:
        return "away"
    return "ok" if present == _newest_revision() else "not migrated"


@lru_cache(maxsize=1)
def _newest_revision() -> str | None:
    config = Config()
    config.set_main_option("script_location", str(files("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config).get_current_head()


def _broker() -> str:
    url = current_core().settings.redis_url
    try:
        with redis.Redis.from_url(
            url, socket_connect_timeout=PATIENCE_SECONDS, socket_timeout=PATIENCE_SECONDS
        ) as client:
            client.ping()
    except (redis.RedisError, OSError):
        return "away"
    return "ok"
