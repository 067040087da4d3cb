"""The demo is the real walk, the same each time, and never over somebody's mirror."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from pydantic import SecretStr

from analyst.demo import ask
from sync import snapshot
from sync.demo import TRUTH
from sync.demo import demo as show
from sync.errors import DemoRefused
from sync.run import Report, run
from sync.settings import Bitrix
from tests.sync.made import NOW, docs, settings, source


def quiet(_source: str, _table: str, _rows: int) -> None:
    pass


def held(data: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every published table's rows."""
    said, folder = snapshot.published(data)
    with duckdb.connect(str(folder / said["roles"]["owner"]["file"]), read_only=True) as con:
        return {name: con.execute(f"from {name} order by all").fetchall() for name in sorted(said["rows"])}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report, Report]:
    data = tmp_path_factory.mktemp("shown") / "data"
    return data, *show(settings(data), "tiny", 7, quiet)


def test_the_demo_reads_every_source_twice_and_publishes(shown: tuple[Path, Report, Report]) -> None:
    data, before, now = shown
    for report in (before, now):
        assert {s.source: s.status for s in report.sources} == {
            "onec": "ok", "bank": "ok", "esf": "ok", "settings": "ok", "bitrix": "ok",
        }  # fmt: skip
    assert before.as_of == "2026-01-11"
    assert now.as_of == "2026-01-31"
    assert (snapshot.current(data) or {})["snapshot"] == now.snapshot
    onec = next(s for s in now.sources if s.source == "onec")
    assert onec.inserted
    assert onec.updated
    assert onec.deleted
    assert held(data)["doc"]


def test_the_truth_of_the_company_stands_beside_its_mirror(shown: tuple[Path, Report, Report]) -> None:
    told = json.loads((shown[0] / TRUTH).read_text(encoding="utf-8"))
    assert (told["as_of"], told["size"], told["seed"]) == ("2026-01-31", "tiny", 7)


def test_a_tiny_company_matches_its_own_truth(shown: tuple[Path, Report, Report]) -> None:
    assert asyncio.run(ask(shown[0])) == 0


def test_the_demo_again_over_another_one_gives_the_same_tables_from_its_own_sources(
    demo: Path, shown: tuple[Path, Report, Report], tmp_path: Path
) -> None:
    first = held(shown[0])
    elsewhere = Bitrix(webhook=SecretStr("http://127.0.0.1:9/rest/1/none/"))
    data = Path(shutil.copytree(demo, tmp_path / "data"))
    assert held(data) != first
    show(settings(data).model_copy(update={"bitrix": elsewhere}), "tiny", 7, quiet)
    assert held(data) == first


def test_a_demo_does_not_touch_a_real_mirror(tmp_path: Path) -> None:
    real = settings(tmp_path / "data")
    run(real, [source(docs({"a": "1.00"}))], now=NOW, sql_root=tmp_path)
    (tmp_path / "data" / "inbox").mkdir()
    kept = tmp_path / "data" / "inbox" / "statement.txt"
    kept.write_text("mine", encoding="utf-8")
    with pytest.raises(DemoRefused, match="--data"):
        show(real, "tiny", 7, quiet)
    assert kept.read_text(encoding="utf-8") == "mine"
