"""A sync that is killed at any moment leaves the last snapshot whole, and the next one ends where an undisturbed one does."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sync import snapshot
from sync.publish import sha256
from sync.standins import statements
from sync.standins.bitrix import BitrixServer
from sync.standins.company import generate
from sync.standins.onec import PASSWORD, USER, OnecServer

KILLS = 6
SEED = 20260131


@dataclass(frozen=True, slots=True)
class World:
    """The company's systems as they run, a mirror of its yesterday, and the environment of a sync."""

    yesterday: Path
    environment: dict[str, str]

    def start(self, data: Path) -> subprocess.Popen[bytes]:
        """The real command; its moment is fixed, so that two mirrors can be compared to the last column."""
        return subprocess.Popen(
            [sys.executable, "-m", "sync", "run", "--data", str(data), "--now", "2026-01-31T02:00:00Z"],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def finish(self, data: Path) -> None:
        """One sync that nobody disturbs."""
        with self.start(data) as process:
            _, narration = process.communicate()
            assert process.returncode == 0, narration.decode()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("kill")
    story = generate("tiny", 1)
    with OnecServer(story.before) as onec, BitrixServer(story.before, rate=1000.0, burst=1000) as bitrix:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("SYNC_", "COV_"))}
        environment |= {
            "SYNC_ONEC__URL": onec.url,
            "SYNC_ONEC__USER": USER,
            "SYNC_ONEC__PASSWORD": PASSWORD,
            "SYNC_BITRIX__WEBHOOK": bitrix.url,
            "PYTHONPYCACHEPREFIX": str(folder / "pycache"),
            "PYTHONIOENCODING": "utf-8",
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        made = World(folder / "yesterday", environment)
        statements.write(story.before, made.yesterday / "inbox")
        made.finish(made.yesterday)
        onec.load(story.now)
        bitrix.load(story.now)
        statements.write(story.now, made.yesterday / "inbox")
        yield made


def held(data: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every relation of the master's main schema, published or not."""
    said, folder = snapshot.published(data)
    with duckdb.connect(str(folder / said["master"]["file"]), read_only=True) as con:
        names = con.execute(
            "select table_name from information_schema.tables where table_schema = 'main' order by 1"
        ).fetchall()
        return {str(name): con.execute(f"from main.{name} order by all").fetchall() for (name,) in names}


def whole(data: Path) -> str:
    """The name of the current snapshot, once every file of it has been held against CURRENT and opened."""
    said, folder = snapshot.published(data)
    for part in (said["master"], said["roles"]["owner"]):
        assert sha256(folder / part["file"]) == part["sha256"]
    owner = said["roles"]["owner"]
    json.loads((folder / owner["catalog"]).read_text(encoding="utf-8"))
    with duckdb.connect(str(folder / owner["file"]), read_only=True) as con:
        counted = {name: con.execute(f"select count(*) from {name}").fetchone() for name in said["rows"]}
    assert counted == {name: (rows,) for name, rows in said["rows"].items()}
    return str(said["snapshot"])


@pytest.mark.slow
@pytest.mark.promise("sync.published_whole")
def test_kills_leave_a_whole_snapshot_each_and_the_end_of_an_undisturbed_sync(world: World, tmp_path: Path) -> None:
    undisturbed, data = tmp_path / "undisturbed", tmp_path / "data"
    shutil.copytree(world.yesterday, undisturbed)
    shutil.copytree(world.yesterday, data)
    began = time.monotonic()
    world.finish(undisturbed)
    seconds = time.monotonic() - began
    moments = random.Random(SEED)
    seen, killed = {whole(data)}, 0
    for _ in range(KILLS):
        with world.start(data) as process:
            try:
                process.communicate(timeout=moments.uniform(0.0, seconds))
            except subprocess.TimeoutExpired:
                process.kill()
                killed += 1
            process.communicate()
        seen.add(whole(data))
    world.finish(data)
    assert killed >= KILLS // 2
    assert not list((data / "snapshots").glob("*.building"))
    assert held(data) == held(undisturbed)
    assert held(data) != held(world.yesterday)
