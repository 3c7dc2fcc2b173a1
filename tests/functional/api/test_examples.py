"""Every example of docs/api.md is sent, in order, and answered as the page says."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlsplit

from tests.functional.api.conftest import PASSWORD, Program, a_sign_up
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.services import accounts, organisations
from volunteer.web.api.registration import PREFIX

PAGE = Path(__file__).parents[3] / "docs" / "api.md"
ADDRESS = "http://127.0.0.1:8000"
EXAMPLE = re.compile(r"^```sh\n(curl .*?)\n# (\d{3})\n```$", re.MULTILINE | re.DOTALL)


def _send(client: Program, command: str) -> Any:
    """Do what curl does with the few options that the page uses."""
    words = shlex.split(command.replace("\\\n", " "))[1:]
    options: dict[str, Any] = {"method": "GET", "headers": {}}
    address = ""
    while words:
        word = words.pop(0)
        if word == "-X":
            options["method"] = words.pop(0)
        elif word == "-H":
            name, _, value = words.pop(0).partition(": ")
            options["headers"][name] = value
        elif word == "--json":
            options["json"] = json.loads(words.pop(0))
            options["method"] = "POST" if options["method"] == "GET" else options["method"]
        else:
            assert not word.startswith("-"), word
            address = word
    assert address.startswith(ADDRESS)
    parts = urlsplit(address)
    return client.open(f"{parts.path}?{parts.query}", **options)


def _learn(known: dict[str, str], path: str, body: Any) -> None:
    """Remember what the page writes as a variable."""
    if path.endswith("/candidates") and "token" in body:
        known.update(CANDIDATE=body["id"], PERSONAL_TOKEN=body["token"])
    elif path.endswith("/tokens"):
        known["ORGANISATION_TOKEN"] = body["token"]
    elif path.endswith("/opportunities") and "id" in body:
        known["OPPORTUNITY"] = body["id"]


def test_every_example_works(client: Program, core: Core, look: Callable[[str], None]) -> None:
    with core.units.write() as uow:
        organisation = organisations.add(uow, "Buurthuis", language="nl")
        account = accounts.create(
            uow, name="Noor", email="noor@buurthuis.example", password=PASSWORD, language="nl"
        )
        accounts.grant(uow, account, Role.EDITOR, organisation=organisation)
    examples = EXAMPLE.findall(PAGE.read_text("utf-8"))
    assert len(examples) == PAGE.read_text("utf-8").count("\ncurl ")
    known: dict[str, str] = {}
    called = set()
    for command, status in examples:
        response = _send(client, Template(command).substitute(known))
        assert response.status_code == int(status), f"{command}\n{response.text}"
        _learn(known, response.request.path, response.json)
        called.add(f"{response.request.method} {response.request.path.partition(PREFIX)[2].split('/')[1]}")
    assert {"GET vocabulary", "POST candidates", "GET candidates", "POST tokens"} <= called
    assert {"POST opportunities", "PATCH opportunities", "GET opportunities"} <= called


def test_the_error_it_shows_is_the_one_that_comes(client: Program) -> None:
    block = re.compile(r"^```json\n(.*?)^```", re.MULTILINE | re.DOTALL)
    shown = json.loads(block.findall(PAGE.read_text("utf-8"))[0])
    came = client.post(f"{PREFIX}/candidates", json=a_sign_up(consents=[]), headers={"Accept-Language": "en"})
    assert came.json == shown
