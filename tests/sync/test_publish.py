"""The serving file holds what is published and nothing else; CURRENT names a whole snapshot or the one before."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sync import snapshot
from sync.errors import ModelFailed, NoSnapshot
from sync.publish import sha256
from sync.run import Report, run
from tests.sync.made import NOW, docs, rows, settings, source, write_models

MODELS = {
    "core/doc": "-- Documents.\n--\n-- grain:    ref\n-- units:    tenge\n-- label.ru: Документы\n-- synonyms: накладные, акты\n--\n"
    "-- ref      key\n-- sum_kzt  amount\n-- note     words [untrusted]\n"
    'select src_ref as ref, "Сумма" as sum_kzt, number as note from raw.made_doc',
    "core/hidden": "-- Hidden.\n--\n-- published: no\n--\n-- marker  never to be seen\nselect 'marker-' || src_ref as marker from raw.made_doc",
    "settlement/twice": "-- Twice.\n--\n-- kind: scalar(amount decimal)\namount * 2",
    "mart/seen": "-- Seen.\n--\n-- kind: view\n--\n-- ref  key\nselect ref from doc",
    "mart/large": "-- Large.\n--\n-- kind: macro(least_kzt bigint)\n-- listed: no\n--\n-- ref  key\n-- double_kzt  twice\n"
    "select ref, twice(sum_kzt) as double_kzt from doc where sum_kzt >= least_kzt",
}


def published(data: Path, models: Mapping[str, str] = MODELS, days: int = 0, **told: Any) -> Report:
    root = write_models(data.parent / "sql", models)
    made = source(docs({"a": "1.10", "b": "2.20"}))
    return run(settings(data), [made], now=NOW + timedelta(days=days), sql_root=root, **told)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def serving(data: Path) -> Path:
    said, folder = snapshot.published(data)
    return folder / str(said["roles"]["owner"]["file"])


@pytest.mark.promise("file.published_only")
def test_the_serving_file_holds_published_relations_as_tables_with_macros_and_comments(data: Path) -> None:
    published(data)
    with duckdb.connect(str(serving(data)), read_only=True) as con:
        assert rows(con, "select schema_name, table_name, comment from duckdb_tables() order by all") == [
            ("main", "doc", "Documents."),
            ("main", "seen", "Seen."),
        ]
        assert rows(con, "select comment from duckdb_columns() where table_name = 'doc' and column_name = 'note'") == [
            ("words",)
        ]
        assert rows(con, "select ref, double_kzt::varchar from large(2)") == [("b", "4.40")]
        assert rows(con, "select schema_name from duckdb_schemas() where not internal") == []
        assert rows(con, "select count(*) from duckdb_views() where not internal") == [(0,)]


@pytest.mark.promise("file.published_only", "file.no_freed_blocks")
def test_not_one_byte_of_what_is_hidden_is_in_the_serving_file(data: Path) -> None:
    published(data)
    assert b"marker-" in (serving(data).parent / snapshot.MASTER).read_bytes()
    assert b"marker" not in serving(data).read_bytes()
    assert b"made_doc" not in serving(data).read_bytes()


@pytest.mark.promise("file.published_only")
def test_a_published_macro_that_needs_what_is_hidden_stops_the_publish(data: Path) -> None:
    leak = "-- Leak.\n--\n-- kind: macro(x int)\n--\n-- marker  m\nselect marker from hidden"
    with pytest.raises(ModelFailed, match="does not run on published relations alone") as failed:
        published(data, {**MODELS, "mart/leak": leak})
    assert failed.value.file == "mart/leak.sql"
    assert snapshot.current(data) is None
    assert list((data / "snapshots").iterdir()) == []


@pytest.mark.promise("file.published_only")
def test_the_catalog_tells_each_relation_as_its_header_and_the_engine_do(data: Path) -> None:
    published(data)
    entries = {
        e["name"]: e for e in json.loads(serving(data).with_suffix(".json").read_text(encoding="utf-8"))["relations"]
    }
    assert list(entries) == ["doc", "twice", "large", "seen"]
    assert entries["doc"] == {
        "name": "doc",
        "kind": "table",
        "args": [],
        "folder": "core",
        "summary": "Documents.",
        "grain": "ref",
        "source": "",
        "units": "tenge",
        "label": {"ru": "Документы", "kk": "Documents.", "en": "Documents."},
        "synonyms": ["накладные", "акты"],
        "rows": 2,
        "inside": [],
        "columns": [
            {"name": "ref", "type": "VARCHAR", "description": "key", "untrusted": False},
            {"name": "sum_kzt", "type": "DECIMAL(18,2)", "description": "amount", "untrusted": False},
            {"name": "note", "type": "VARCHAR", "description": "words", "untrusted": True},
        ],
    }
    assert (entries["large"]["kind"], entries["large"]["args"]) == ("macro", [{"name": "least_kzt", "type": "BIGINT"}])
    assert entries["large"]["listed"] is False
    assert entries["large"]["inside"] == ["doc"]
    assert (entries["twice"]["kind"], entries["twice"]["columns"], entries["seen"]["kind"]) == ("scalar", [], "table")


@pytest.mark.promise("file.as_published")
def test_current_says_what_stands_with_hashes_rows_and_sums(data: Path) -> None:
    report = published(data)
    said, folder = snapshot.published(data)
    assert said["snapshot"] == report.snapshot == "20260131T020000Z"
    assert (said["created_at"], said["as_of"], said["timezone"], said["engine"]) == (
        "2026-01-31T02:00:00+00:00",
        "2026-01-31",
        "Asia/Almaty",
        duckdb.__version__,
    )
    owner = said["roles"]["owner"]
    assert owner == {
        "file": "serve-owner.duckdb",
        "catalog": "serve-owner.json",
        "sha256": sha256(folder / "serve-owner.duckdb"),
        "bytes": (folder / "serve-owner.duckdb").stat().st_size,
    }
    assert said["master"] == {"file": "mirror.duckdb", "sha256": sha256(folder / "mirror.duckdb")}
    assert (said["rows"], said["control"]) == ({"doc": 2, "seen": 2}, {"doc.sum_kzt": "3.30"})
    assert said["sources"] == {
        "made": {
            "status": "ok",
            "last_ok_at": "2026-01-31T02:00:00+00:00",
            "data_to": "2026-01-30",
            "rows": 2,
            "error": None,
        }
    }
    assert said["checks"] == {"integrity": "passed", "reconciliation": []}
    assert sorted(file.name for file in folder.iterdir()) == [
        "mirror.duckdb",
        "published.json",
        "serve-owner.duckdb",
        "serve-owner.json",
    ]
    assert json.loads((folder / "published.json").read_text(encoding="utf-8")) == said


def test_the_last_three_snapshots_stay(data: Path) -> None:
    for day in range(5):
        published(data, days=day)
    assert sorted(f.name for f in (data / "snapshots").iterdir()) == [
        "20260202T020000Z",
        "20260203T020000Z",
        "20260204T020000Z",
    ]


def test_two_snapshots_of_one_moment_have_two_names(data: Path) -> None:
    assert [published(data).snapshot, published(data).snapshot] == ["20260131T020000Z", "20260131T020000Z-2"]


@pytest.mark.promise("sync.published_whole")
def test_what_an_interrupted_sync_left_is_removed_by_the_next(data: Path) -> None:
    published(data)
    stale = data / "snapshots" / "20260201T020000Z.building"
    stale.mkdir()
    (stale / "mirror.duckdb").write_bytes(b"half")
    (data / "CURRENT.tmp").write_text("{", encoding="utf-8")
    published(data, days=2)
    assert not stale.exists()
    assert not (data / "CURRENT.tmp").exists()


@pytest.mark.promise("sync.published_whole")
def test_a_snapshot_that_was_completed_and_never_named_is_passed_by(data: Path) -> None:
    first = published(data)
    _, folder = snapshot.published(data)
    shutil.copytree(folder, folder.with_name("20260201T020000Z"))
    assert (snapshot.current(data) or {})["snapshot"] == first.snapshot
    assert published(data, days=1).snapshot == "20260201T020000Z-2"
    assert (snapshot.current(data) or {})["rows"] == {"doc": 2, "seen": 2}


@pytest.mark.promise("state.one_snapshot")
def test_a_reader_of_the_old_snapshot_reads_on_while_new_ones_are_published_and_it_is_pruned(data: Path) -> None:
    published(data)
    with duckdb.connect(str(serving(data)), read_only=True) as reader:
        for day in range(1, 6):
            published(data, days=day)
        assert rows(reader, "select sum(sum_kzt)::varchar from doc") == [("3.30",)]


def test_no_snapshot_is_said_plainly(data: Path) -> None:
    with pytest.raises(NoSnapshot, match="analyst-sync run"):
        snapshot.published(data)
