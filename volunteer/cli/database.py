"""``volunteer database``: bring the tables to a revision, or write the next one."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, pool

from volunteer.config import Settings


def configuration(url: str) -> Config:
    """Alembic's configuration for the database at ``url``; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(files("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["url"] = url
    return config


def bring_up(url: str, revision: str = "head") -> None:
    """Migrate the database at ``url`` upwards; does nothing when it is there already."""
    command.upgrade(configuration(url), revision)


def bring_down(url: str, revision: str) -> None:
    """Migrate the database at ``url`` back to ``revision`` (``base``: no tables at all)."""
    command.downgrade(configuration(url), revision)


def present_revision(url: str) -> str | None:
    """Where the database at ``url`` stands; None before its first migration."""
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@click.group()
def database() -> None:
    """The tables and their history."""


@database.command()
@click.argument("revision", default="head")
@click.pass_obj
def upgrade(settings: Settings, revision: str) -> None:
    """Migrate upwards, to the newest revision unless one is named."""
    _make_folder(settings)
    bring_up(settings.database_url, revision)
    click.echo(f"The database is at revision {present_revision(settings.database_url)}.")


@database.command()
@click.argument("revision")
@click.pass_obj
def downgrade(settings: Settings, revision: str) -> None:
    """Migrate back to REVISION; what only the newer tables hold is lost."""
    bring_down(settings.database_url, revision)
    click.echo(f"The database is at revision {present_revision(settings.database_url) or 'base'}.")


@database.command()
@click.argument("message")
@click.option("--empty", is_flag=True, help="Leave the steps to be written by hand.")
@click.pass_obj
def revision(settings: Settings, message: str, *, empty: bool) -> None:
    """Write the next migration from the difference between models and database."""
    config = configuration(settings.database_url)
    known = len(list(ScriptDirectory.from_config(config).walk_revisions()))
    _make_folder(settings)
    bring_up(settings.database_url)
    command.revision(config, message=message, autogenerate=not empty, rev_id=f"{known + 1:04}")


def _make_folder(settings: Settings) -> None:
    prefix = "sqlite:///"
    if settings.database_url.startswith(prefix):
        Path(settings.database_url.removeprefix(prefix)).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
