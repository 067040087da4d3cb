"""One demo company for the whole run: pulled by the real sync over HTTP, published, and left as it is."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Sync = Callable[..., str]


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
    data = tmp_path_factory.mktemp("demo")
    run_sync(data, "demo", "--size", "demo", "--seed", "42")
    return data


@pytest.fixture(scope="session")
def truth(demo: Path) -> dict[str, Any]:
    """What the company was made with."""
    told: dict[str, Any] = json.loads((demo / "truth.json").read_text(encoding="utf-8"))
    return told
