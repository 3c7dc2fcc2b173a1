"""What the pages name exists, so that none of them goes stale unnoticed."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click
import pytest
import yaml
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from volunteer.app import create_app
from volunteer.cli import main
from volunteer.config import VARIABLES, from_environment
from volunteer.handlers.registry import HANDLERS
from volunteer.keyring import create
from volunteer.links import _PATH

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [
        *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
        *(ROOT / "docs").rglob("*.md"),
    ]
)
DECISIONS = ROOT / "docs" / "decisions"

FENCED = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
ROW = re.compile(r"^\| `([^`]+)` \|(?: `([^`]+)` \|)?", re.MULTILINE)
ASSIGNED = re.compile(r"\b([A-Z][A-Z_]+)=")
ADDRESS = re.compile(r"/[a-z][\w/.-]*")
OURS = re.compile(r"(?:volunteer|workers|tests|docs|migrations|benchmarks|requirements|\.ci)/[\w./*-]+")
CLASS_NAME = re.compile(r"(?:[A-Z][a-z]+){2,}")
CODE_NAME = re.compile(r"[a-z]+(?:_[a-z]+)+")


def _text(page: Path) -> str:
    return page.read_text("utf-8")


def _section(page: Path, heading: str) -> str:
    return _text(page).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _code(page: Path) -> list[str]:
    """What a page sets as code: every line of a block, and every piece within a line."""
    text = _text(page)
    lines = [line for block in FENCED.findall(text) for line in block.splitlines()]
    return [*lines, *INLINE.findall(FENCED.sub("", text))]


def _commands(page: Path, program: str) -> Iterator[list[str]]:
    """The words after ``program`` of each command that a page gives, as far as the next shell sign."""
    for piece in _code(page):
        for found in re.finditer(rf"(?:^|[\s/]){program} ([^|&<>]+)", piece.partition("  #")[0]):
            yield shlex.split(found.group(1))


each_page = pytest.mark.parametrize("page", PAGES, ids=_name)


def test_whoever_runs_a_proxy_is_told_of_every_address_that_opens_something() -> None:
    told = (
        _text(ROOT / "docs" / "operating.md").partition("leave out what follows these")[2].partition(". ")[0]
    )
    assert set(INLINE.findall(told)) == {"/c/", "/k/", *_PATH.values()}


@each_page
def test_links_within_the_project_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(_text(page)):
        parts = urlsplit(target)
        if parts.scheme:
            continue
        path = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        assert path.exists(), f"{target} leads nowhere"
        assert ROOT in (path, *path.parents), f"{target} leads out of the project"
        if parts.fragment:
            assert parts.fragment in {_anchor(heading) for heading in HEADING.findall(_text(path))}, target


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-")


@each_page
def test_paths_that_are_named_exist(page: Path) -> None:
    for piece in _code(page):
        for path in OURS.findall(piece):
            assert list(ROOT.glob(path.rstrip("./"))), f"there is no {path}"


@each_page
def test_make_knows_the_targets(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for words in _commands(page, "make"):
        target = next((word for word in words if "=" not in word), None)
        assert target in targets, f"there is no make {target}"


@each_page
def test_the_command_knows_its_words_and_options(page: Path) -> None:
    for words in _commands(page, "volunteer"):
        _check_command(words)


def _check_command(words: list[str]) -> None:
    command: click.Command = main
    rest = list(words)
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        word = rest.pop(0)
        found = command.get_command(click.Context(command), word)
        assert found is not None, f"there is no volunteer {' '.join(words)}"
        command = found
    options = {name for parameter in command.params for name in parameter.opts} | {"--help", "--version"}
    unknown = [word for word in rest if word.startswith("-") and word.partition("=")[0] not in options]
    assert unknown == [], f"volunteer {' '.join(words)}"


@each_page
def test_variables_that_are_set_are_read(page: Path) -> None:
    compose, makefile = (
        (ROOT / "docker-compose.yml").read_text("utf-8"),
        (ROOT / "Makefile").read_text("utf-8"),
    )
    of_make = re.findall(r"^([A-Z]+) \?=", makefile, re.MULTILINE)
    known = {*VARIABLES, *re.findall(r"\$\{([A-Z_]+)", compose), *of_make}
    named = {name for piece in _code(page) for name in ASSIGNED.findall(piece)}
    named |= {piece for piece in _code(page) if piece.endswith("_URL") and piece.isupper()}
    assert named <= known


@each_page
def test_names_in_the_code_are_there(page: Path) -> None:
    named = [piece for piece in _code(page) if CLASS_NAME.fullmatch(piece) or CODE_NAME.fullmatch(piece)]
    assert [name for name in named if name not in _known_words()] == []


OF_CODE = {".py", ".js", ".toml", ".json"}


@lru_cache(maxsize=1)
def _known_words() -> set[str]:
    """Every word of the code and its data, with the types of events, which are made of their names."""
    sources = [*ROOT.glob("*.yml"), *ROOT.glob("*.toml")]
    for folder in ("volunteer", "workers", "migrations", "benchmarks", "tests"):
        sources += [path for path in (ROOT / folder).rglob("*") if path.suffix in OF_CODE]
    words = {handler.event.type for handler in HANDLERS}
    for path in sources:
        if path != Path(__file__):
            words.update(re.findall(r"\w+", path.read_text("utf-8")))
    return words


@each_page
def test_services_of_the_compose_file_are_named_right(page: Path) -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
    profiles = {profile for service in services.values() for profile in service.get("profiles", ())}
    text = "\n".join(_code(page))
    assert set(re.findall(r"--scale (\w+)=", text)) <= set(services)
    assert set(re.findall(r"--profile (\w+)", text)) <= profiles
    assert set(re.findall(r"docker compose (?:exec|run)(?: -\S+)* (\w+)", text)) <= set(services)


def test_addresses_of_pages_exist(tmp_path: Path) -> None:
    create(tmp_path / "keys")
    app = create_app(from_environment({"DATA": str(tmp_path / "data"), "KEYS": str(tmp_path / "keys")}))
    routes = app.url_map.bind("127.0.0.1")
    prefixes = {rule.rule for rule in app.url_map.iter_rules()}
    mounted = {"/data", "/keys"}
    for page in PAGES:
        for piece in _code(page):
            if not ADDRESS.fullmatch(piece) or piece in mounted:
                continue
            try:
                routes.match(piece)
            except (MethodNotAllowed, RequestRedirect):
                continue
            except NotFound:
                assert any(rule.startswith(f"{piece.rstrip('/')}/") for rule in prefixes), (
                    f"{_name(page)}: {piece}"
                )


def test_every_setting_is_explained_and_no_other() -> None:
    section = _section(ROOT / "docs" / "operating.md", "Settings")
    assert sorted(name for name, _ in ROW.findall(section)) == sorted(VARIABLES)


def test_every_reaction_is_on_the_map_and_no_other() -> None:
    section = _section(ROOT / "docs" / "the-house.md", "What happens when")
    assert sorted(ROW.findall(section)) == sorted((handler.event.type, handler.name) for handler in HANDLERS)


def test_every_room_is_on_the_map() -> None:
    text = _text(ROOT / "docs" / "the-house.md")
    rooms = {path.parent.name for path in (ROOT / "volunteer").glob("*/__init__.py")}
    assert {room for room in rooms if f"(../volunteer/{room})" not in text} == set()


def test_decisions_are_numbered_in_order_and_listed_once() -> None:
    names = sorted(path.name for path in DECISIONS.glob("*.md") if path.name != "README.md")
    assert [name[:5] for name in names] == [f"{number:04}-" for number in range(1, len(names) + 1)]
    assert sorted(LINK.findall(_text(DECISIONS / "README.md"))) == names


@pytest.mark.parametrize("page", sorted(DECISIONS.glob("[0-9]*.md")), ids=lambda page: page.stem)
def test_a_decision_says_why_what_and_at_what_cost(page: Path) -> None:
    text = _text(page)
    assert text.startswith("# ")
    places = [text.find(part) for part in ("**Context", "**Choice", "**Cost")]
    assert -1 not in places
    assert places == sorted(places)


def test_pages_that_docstrings_name_exist() -> None:
    for top in ("volunteer", "workers"):
        for path in (ROOT / top).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                    for found in re.findall(r"docs/[\w/.-]+\.md", ast.get_docstring(node) or ""):
                        assert (ROOT / found).exists(), f"{_name(path)} sends readers to {found}"
