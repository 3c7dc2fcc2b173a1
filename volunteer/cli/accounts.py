"""``volunteer accounts``: log-ins of an installation."""

from __future__ import annotations

import sys

import click

from volunteer.cli.core import open_core
from volunteer.config import Settings
from volunteer.domain.accounts import OF_THE_CENTRE, Role
from volunteer.domain.errors import NotFound
from volunteer.queries.imports import organisations_by_name
from volunteer.services import accounts as use_cases
from volunteer.services.contacts import clean_email


@click.group()
def accounts() -> None:
    """Log-ins of people at the desk, of organisations and of referrers."""


@accounts.command()
@click.option("--email", required=True)
@click.option("--name", required=True, help="First name.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--organisation", help="Name of the organisation, for roles that are not of the centre itself.")
@click.option("--language", default="nl", show_default=True, type=click.Choice(["nl", "fr", "en"]))
@click.pass_obj
def add(
    settings: Settings, *, email: str, name: str, role: str, organisation: str | None, language: str
) -> None:
    """Make an account, or give a further role to one that exists.

    The password of a new one is asked for, or read from the first line of standard input.
    """
    chosen = Role(role)
    if (chosen in OF_THE_CENTRE) != (organisation is None):
        raise click.UsageError("desk_worker and admin belong to the centre; other roles need --organisation.")
    with open_core(settings) as core:
        with core.units.read() as uow:
            exists = use_cases.by_email(uow, clean_email(email)) is not None
        password = "" if exists else _password()
        with core.units.write() as uow:
            found = organisations_by_name(uow.session).get((organisation or "").casefold())
            if organisation is not None and found is None:
                raise NotFound("There is no organisation “%(name)s”.", values={"name": organisation})
            account = use_cases.by_email(uow, clean_email(email)) or use_cases.create(
                uow, name=name, email=email, password=password, language=language
            )
            use_cases.grant(uow, account, chosen, organisation=found)
    click.echo(f"{account.name} can log in at {settings.public_url} with {email}.")


def _password() -> str:
    if sys.stdin.isatty():
        answer: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return answer
    return sys.stdin.readline().rstrip("\n")
