"""The compose file and the image start what exists, and set what is read."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from volunteer.cli import main
from volunteer.config import VARIABLES
from volunteer.queues import QUEUE_OF, Actor, Queue

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
OURS = {name: service for name, service in COMPOSE["services"].items() if service.get("image") == "schakel"}
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


def test_every_process_of_the_house_is_there() -> None:
    assert set(OURS) == {"prepare", "web", "worker", "scheduler"}
    assert {"postgres", "redis"} <= set(COMPOSE["services"])
    assert COMPOSE["services"]["mail"]["profiles"] == ["development"]


@pytest.mark.parametrize("name", OURS)
def test_what_a_service_starts_exists(name: str) -> None:
    _check_command(OURS[name]["command"])


def test_what_the_image_starts_exists() -> None:
    found = re.search(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    assert found is not None
    _check_command(json.loads(found.group(1)))


@pytest.mark.parametrize("name", OURS)
def test_a_service_sets_only_variables_that_are_read(name: str) -> None:
    assert set(OURS[name]["environment"]) <= set(VARIABLES)


def test_every_variable_is_set_by_the_compose_file_or_the_image() -> None:
    in_image = {word.partition("=")[0] for word in re.findall(r"\b[A-Z_]+=\S+", DOCKERFILE)}
    assert set(VARIABLES) <= in_image | set(OURS["web"]["environment"])


def test_the_worker_serves_every_queue_and_declares_every_actor() -> None:
    program = (
        "import json, workers.actors\n"
        "from workers.broker import broker\n"
        "actors = map(broker.get_actor, broker.get_declared_actors())\n"
        "print(json.dumps({actor.actor_name: actor.queue_name for actor in actors}))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    declared = json.loads(ran.stdout)
    assert declared == {actor.value: QUEUE_OF[actor].value for actor in Actor}
    assert set(declared.values()) == {queue.value for queue in Queue}


def test_data_and_keys_are_apart() -> None:
    mounts = dict(mount.split(":") for mount in OURS["web"]["volumes"])
    assert mounts["data"] != mounts["keys"]
    assert f"DATA={mounts['data']}" in DOCKERFILE
    assert f"KEYS={mounts['keys']}" in DOCKERFILE


def test_the_image_runs_as_nobody_special_and_installs_by_hash() -> None:
    assert re.search(r"^USER schakel$", DOCKERFILE, re.MULTILINE)
    assert "--require-hashes -r requirements/runtime.txt" in DOCKERFILE


def _check_command(words: list[str]) -> None:
    if words[:2] == ["python", "-m"]:
        spec = importlib.util.find_spec(words[2])
        assert spec is not None, f"there is no module {words[2]}"
        if spec.submodule_search_locations:
            assert importlib.util.find_spec(f"{words[2]}.__main__") is not None
        return
    assert words[0] == "volunteer"
    command: click.Command | None = main
    for word in words[1:]:
        assert isinstance(command, click.Group)
        command = command.get_command(click.Context(command), word)
        assert command is not None, f"there is no command {' '.join(words)}"
