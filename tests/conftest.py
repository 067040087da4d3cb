"""One demo company for the whole run: pulled by the real sync over HTTP, published, and left as it is. And the order of the files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.once import once

Sync = Callable[..., str]

# Where the environment forbids bytecode, each of the many interpreters that tests start would compile all it imports anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# What takes longest begins first, so that no process ends alone; the first of all needs no company, so that it need not wait for one.
LONG = (
    "tests/sync/test_kill.py",
    "tests/analyst/test_selfcheck.py",
    "tests/test_oracle.py",
    "tests/test_walk.py",
    "tests/sync/test_onec.py",
    "tests/analyst/test_mutation.py",
    "tests/sync/test_demo.py",
    "tests/analyst/test_snapshot.py",
    "tests/analyst/test_limits.py",
    "tests/analyst/test_pool.py",
    "tests/sync/test_onec_refusals.py",
    "tests/sync/standins/test_company_facts.py",
    "tests/test_oracle_mirror.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get(item.nodeid.partition("::")[0], len(places)))


def run_sync(data: Path, *words: str) -> str:
    """Run `analyst-sync` on a data folder; its stdout. It must succeed."""
    done = subprocess.run(
        [sys.executable, "-m", "sync", *words, "--data", str(data)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="session")
def sync() -> Sync:
    return run_sync


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the demo company with seed 42."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    made = once(shared / "made-demo", lambda data: run_sync(data, "demo", "--size", "demo", "--seed", "42"))
    return Path(shutil.copytree(made, tmp_path_factory.mktemp("demo") / "data"))


@pytest.fixture(scope="session")
def truth(demo: Path) -> dict[str, Any]:
    """What the company was made with."""
    told: dict[str, Any] = json.loads((demo / "truth.json").read_text(encoding="utf-8"))
    return told
