"""Signs that a room is wrong: too large, named after a kind, or doing what only one room may do."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILES = sorted(path for top in ("volunteer", "workers") for path in (ROOT / top).rglob("*.py"))
MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 40
KINDS = {"utils", "util", "helpers", "helper", "common", "misc", "base_utils", "tools", "shared"}

MAY_READ_THE_ENVIRONMENT = {"volunteer/config.py", "volunteer/cli/children.py", "volunteer/cli/run.py"}
"""The settings, and the two that hand the whole environment on to another program."""


def _where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text("utf-8")))


def test_a_file_is_a_thing_one_can_hold_in_mind() -> None:
    sizes = {_where(path): len(path.read_text("utf-8").splitlines()) for path in FILES}
    assert {where: size for where, size in sizes.items() if size > MOST_LINES_OF_A_FILE} == {}


def test_a_function_tells_one_story() -> None:
    too_long = {
        f"{_where(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in FILES
        for node in _nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    }
    assert too_long == {}


def test_a_file_is_named_after_a_thing() -> None:
    assert [_where(path) for path in FILES if {path.stem, path.parent.name} & KINDS] == []


def test_only_the_unit_of_work_commits() -> None:
    elsewhere = [
        f"{_where(path)}:{node.lineno}"
        for path in FILES
        if _where(path) != "volunteer/unit_of_work.py"
        for node in _nodes(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]
    assert elsewhere == []


def test_only_the_settings_read_the_environment() -> None:
    elsewhere = [
        f"{_where(path)}:{node.lineno}"
        for path in FILES
        if _where(path) not in MAY_READ_THE_ENVIRONMENT
        for node in _nodes(path)
        if isinstance(node, ast.Attribute)
        and node.attr in {"environ", "getenv"}
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
    ]
    assert elsewhere == []


def test_no_import_hides_in_a_function() -> None:
    hidden = [
        f"{_where(path)}:{inner.lineno}"
        for path in FILES
        for node in _nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []
