"""Who may know whom."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOMAIN = sorted((ROOT / "volunteer" / "domain").rglob("*.py"))


def test_the_import_contracts_are_kept() -> None:
    lint = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert lint.returncode == 0, lint.stdout + lint.stderr


@pytest.mark.parametrize("path", DOMAIN, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_domain_is_plain_python(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module or "")
    strangers = {
        name
        for name in imported
        if name.partition(".")[0] not in sys.stdlib_module_names and not name.startswith("volunteer.")
    }
    assert strangers == set()


@pytest.mark.parametrize(
    ("entrance", "forbidden"),
    [
        ("volunteer.app", ("sklearn", "scipy", "volunteer.evaluation", "volunteer.learning")),
        ("volunteer", ("flask", "sqlalchemy", "dramatiq")),
        ("workers.actors", ("flask", "werkzeug", "volunteer.web", "volunteer.cli")),
        ("workers.actors", ("sklearn", "scipy", "volunteer.learning")),
        ("workers.scheduler", ("sklearn", "scipy", "volunteer.learning")),
        ("volunteer.cli.weights", ("sklearn", "scipy", "volunteer.learning")),
        ("volunteer.cli.tasks", ("sklearn", "scipy", "volunteer.learning")),
    ],
)
def test_a_process_loads_only_what_it_needs(entrance: str, forbidden: tuple[str, ...]) -> None:
    program = f"import sys, {entrance}; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    loaded = ran.stdout.split()
    too_much = [
        name for name in loaded if name in forbidden or name.startswith(tuple(f"{f}." for f in forbidden))
    ]
    assert too_much == []
