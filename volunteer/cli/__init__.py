"""The command ``volunteer``: one group of commands a noun, each loaded only when it is asked for.

A command receives the settings of this installation through ``@click.pass_obj``.
"""

from __future__ import annotations

from importlib import import_module

import click

from volunteer.config import from_environment
from volunteer.domain.errors import DomainError
from volunteer.keyring import KeysMissing

COMMANDS = {
    "accounts": "volunteer.cli.accounts:accounts",
    "database": "volunteer.cli.database:database",
    "evaluate": "volunteer.cli.evaluate:evaluate",
    "files": "volunteer.cli.files:files",
    "figures": "volunteer.cli.figures:figures",
    "import": "volunteer.cli.imports:imports",
    "keys": "volunteer.cli.keys:keys",
    "mail": "volunteer.cli.mail:mail",
    "prepare": "volunteer.cli.prepare:prepare",
    "run": "volunteer.cli.run:run",
    "stuck": "volunteer.cli.stuck:stuck",
    "suggest": "volunteer.cli.suggest:suggest",
    "tasks": "volunteer.cli.tasks:tasks",
    "translations": "volunteer.cli.translations:translations",
    "web": "volunteer.cli.web:web",
    "weights": "volunteer.cli.weights:weights",
}
"""What a command is called, and where it is."""


class LazyCommands(click.Group):
    """A group that imports a command's module when that command is used, not before."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Names of all commands, in order."""
        return sorted(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command; None when there is no such command."""
        where = COMMANDS.get(cmd_name)
        if where is None:
            return None
        module, _, name = where.partition(":")
        command = getattr(import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{where} is not a command")
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what a person can put right is said in one line, with exit code 1."""
        try:
            return super().invoke(ctx)
        except (DomainError, KeysMissing) as error:
            raise click.ClickException(str(error)) from error


@click.command(cls=LazyCommands)
@click.version_option(package_name="schakel", message="Schakel %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Schakel: volunteering within everyone's reach."""
    try:
        ctx.obj = from_environment()
    except ValueError as error:
        raise click.ClickException(str(error)) from error
