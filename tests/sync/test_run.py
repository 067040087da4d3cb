"""The walk of data as a whole: what one source's failure does, what blocks a publish, who may run."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from sync import snapshot
from sync.errors import (
    BadSettings,
    Busy,
    CheckFailed,
    Outgrown,
    SnapshotBroken,
    SourceRefused,
    SourceUnavailable,
    UnknownSource,
    Unwritable,
)
from sync.lock import held
from sync.quarantine import move_files
from sync.run import run
from sync.table import Reject, Source, Table
from tests.sync.made import NOW, docs, rows, settings, source, sweep, write_models

DOC = '-- Documents.\n--\n-- kind: table\n--\n-- ref      key\n-- sum_kzt  amount\nselect src_ref as ref, "Сумма" as sum_kzt from raw.one_doc'
FRESH = "-- Freshness.\n--\n-- kind: table\n--\n-- source  s\n-- status  s\n-- error   e\nselect source, status, error from meta.sync_state"
CHEAP = '-- All are cheap.\n--\n-- kind: integrity\nselect src_ref, "Сумма" from raw.one_doc where "Сумма" > 5'
LATER = NOW + timedelta(days=1)
REFUSED = SourceRefused("two", "HTTP 401")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write_models(tmp_path / "sql", {"core/doc": DOC, "core/freshness": FRESH, "checks/all_are_cheap": CHEAP})
    return tmp_path / "data"


def one(amount: str = "1.00") -> Source:
    return source(docs({"a": amount}), sweep("a"), name="one")


def served(data: Path, query: str) -> list[tuple[object, ...]]:
    said, folder = snapshot.published(data)
    with duckdb.connect(str(folder / said["roles"]["owner"]["file"]), read_only=True) as con:
        return rows(con, query)


def test_a_source_that_fails_leaves_the_others_published_and_its_own_age_seen(data: Path) -> None:
    run(settings(data), [one(), source(docs({"x": "1.00"}), name="two")], now=NOW, sql_root=data.parent / "sql")
    report = run(settings(data), [one("2.00"), source(REFUSED, name="two")], now=LATER, sql_root=data.parent / "sql")
    assert [s.source for s in report.failed] == ["two"]
    assert served(data, "select ref, sum_kzt::varchar from doc") == [("a", "2.00")]
    assert served(data, "from freshness order by source") == [("one", "ok", None), ("two", "failed", str(REFUSED))]
    said, _ = snapshot.published(data)
    assert said["sources"]["two"] == {
        "status": "failed",
        "last_ok_at": "2026-01-31T02:00:00+00:00",
        "data_to": "2026-01-30",
        "rows": 1,
        "error": str(REFUSED),
    }


@pytest.mark.promise("sync.published_whole")
def test_when_every_source_fails_nothing_is_published(data: Path) -> None:
    first = run(settings(data), [one()], now=NOW, sql_root=data.parent / "sql")
    report = run(
        settings(data),
        [source(SourceUnavailable("one", "no answer"), name="one")],
        now=LATER,
        sql_root=data.parent / "sql",
    )
    assert (report.snapshot, [s.status for s in report.sources]) == (None, ["failed"])
    assert (snapshot.current(data) or {})["snapshot"] == first.snapshot
    assert [f.name for f in (data / "snapshots").iterdir()] == [first.snapshot]


def test_an_empty_mirror_is_not_published_when_a_source_fails(data: Path) -> None:
    report = run(
        settings(data), [source(name="one"), source(REFUSED, name="two")], now=NOW, sql_root=data.parent / "sql"
    )
    assert report.snapshot is None
    assert snapshot.current(data) is None


def test_only_the_named_source_is_read_and_a_source_never_read_says_never(data: Path) -> None:
    report = run(settings(data), [one(), source(REFUSED, name="two")], ["one"], now=NOW, sql_root=data.parent / "sql")
    assert [s.source for s in report.sources] == ["one"]
    assert served(data, "select source, status from freshness order by source") == [("one", "ok"), ("two", "never")]


@pytest.mark.promise("sync.published_whole")
def test_a_failed_integrity_check_keeps_the_old_snapshot(data: Path) -> None:
    first = run(settings(data), [one()], now=NOW, sql_root=data.parent / "sql")
    with pytest.raises(CheckFailed, match=r"src_ref=a, Сумма=9\.00"):
        run(settings(data), [one("9.00")], now=LATER, sql_root=data.parent / "sql")
    assert (snapshot.current(data) or {})["snapshot"] == first.snapshot
    assert served(data, "select sum_kzt::varchar from doc") == [("1.00",)]
    assert [f.name for f in (data / "snapshots").iterdir()] == [first.snapshot]


def test_a_base_under_a_new_name_is_refused_and_not_mirrored_beside_itself(data: Path) -> None:
    first = run(settings(data), [one()], now=NOW, sql_root=data.parent / "sql")
    renamed = source(docs({"a": "1.00"}), name="one", base="renamed")
    with pytest.raises(BadSettings, match="one base 'main'"):
        run(settings(data), [renamed], now=LATER, sql_root=data.parent / "sql")
    assert (snapshot.current(data) or {})["snapshot"] == first.snapshot


def test_a_source_that_is_no_longer_set_up_is_told(data: Path) -> None:
    both = [one(), source(docs({"x": "1.00"}), name="two")]
    run(settings(data), both, now=NOW, sql_root=data.parent / "sql")
    report = run(settings(data), [one()], now=LATER, sql_root=data.parent / "sql")
    assert report.forgotten == ("two",)
    assert report.snapshot


def test_new_columns_are_not_published_empty_when_their_source_cannot_be_read(data: Path) -> None:
    first = run(settings(data), [one()], now=NOW, sql_root=data.parent / "sql")
    down = source(SourceUnavailable("one", "no answer"), name="one")
    wider = tuple(Table(t.name, t.path, {**t.columns, "Новое": "VARCHAR"}, t.parent) for t in down.tables)
    up = source(docs({"x": "1.00"}), name="two")
    with pytest.raises(Outgrown, match="one"):
        run(settings(data), [Source("one", "main", wider, down.pull), up], now=LATER, sql_root=data.parent / "sql")
    assert (snapshot.current(data) or {})["snapshot"] == first.snapshot


def test_an_unknown_source_is_told_with_those_that_are_set_up(data: Path) -> None:
    with pytest.raises(UnknownSource, match=r"Unknown source 'ones'\. Set up: one, two\."):
        run(settings(data), [one(), source(name="two")], ["ones"], now=NOW)
    assert not data.exists()


def test_a_second_sync_is_told_who_runs(data: Path) -> None:
    with held(data, NOW), pytest.raises(Busy, match=f"process {os.getpid()}, since 2026-01-31 02:00 UTC"):
        run(settings(data), [one()], now=NOW, sql_root=data.parent / "sql")


def test_the_lock_of_a_killed_sync_is_free(data: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC; from sync.lock import held\n"
        f"with held(Path({str(data)!r}), datetime.now(UTC)): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(Busy), held(data, NOW):
            pass
        holder.kill()
        holder.wait()
        with held(data, NOW):
            pass


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(Unwritable, match="SYNC_DATA") as refused:
        run(settings(tmp_path / "file" / "data"), [one()], now=NOW)
    assert refused.value.path == tmp_path / "file" / "data"


def test_a_lost_master_is_told_and_not_replaced_by_an_empty_one(data: Path) -> None:
    first = run(settings(data), [one()], now=NOW, sql_root=data.parent / "sql")
    (data / "snapshots" / str(first.snapshot) / "mirror.duckdb").unlink()
    with pytest.raises(SnapshotBroken, match=r"mirror\.duckdb cannot be read: there is no such file"):
        run(settings(data), [one()], now=LATER, sql_root=data.parent / "sql")


def test_a_torn_pointer_is_told_and_not_taken_for_an_empty_folder(data: Path) -> None:
    run(settings(data), [one()], now=NOW, sql_root=data.parent / "sql")
    (data / "CURRENT").write_text('{"snapshot": "2026', encoding="utf-8")
    with pytest.raises(SnapshotBroken, match="CURRENT cannot be read"):
        run(settings(data), [one()], now=LATER, sql_root=data.parent / "sql")


def dropped(data: Path, name: str, text: str) -> Reject:
    file = data / "inbox" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return Reject("doc", hashlib.sha256(text.encode()).hexdigest(), f"{name}: totals differ", name)


def test_a_file_that_failed_goes_to_quarantine_with_its_reason_once_published(data: Path) -> None:
    bad = dropped(data, "may.txt", "bad")
    (data / "inbox" / "good.txt").write_text("good", encoding="utf-8")
    with pytest.raises(CheckFailed):
        run(settings(data), [source(docs({"a": "9.00"}), bad, name="one")], now=NOW, sql_root=data.parent / "sql")
    assert (data / "inbox" / "may.txt").exists()
    report = run(settings(data), [source(docs({"a": "1.00"}), bad, name="one")], now=NOW, sql_root=data.parent / "sql")
    assert report.files == 1
    assert [f.name for f in (data / "inbox").iterdir()] == ["good.txt"]
    assert (data / "quarantine" / "may.txt").read_text(encoding="utf-8") == "bad"
    assert (data / "quarantine" / "may.txt.reason.txt").read_text(encoding="utf-8") == "may.txt: totals differ\n"


def test_a_file_that_goes_away_before_it_is_moved_stops_nothing(data: Path) -> None:
    gone, bad = dropped(data, "april.txt", "bad"), dropped(data, "may.txt", "bad")

    def rejects() -> Iterator[Reject]:
        (data / "inbox" / "april.txt").unlink()
        yield gone
        yield bad

    assert move_files(data, rejects()) == 1
    assert (data / "quarantine" / "may.txt").exists()


def test_another_failed_file_of_the_same_name_does_not_overwrite_the_first(data: Path) -> None:
    for text in ("first", "second", "second"):
        bad = dropped(data, "may.txt", text)
        run(settings(data), [source(docs({"a": "1.00"}), bad, name="one")], now=NOW, sql_root=data.parent / "sql")
    assert sorted(f.name for f in (data / "quarantine").iterdir()) == [
        "may-2.txt",
        "may-2.txt.reason.txt",
        "may.txt",
        "may.txt.reason.txt",
    ]


def test_a_reject_that_only_looks_like_a_file_moves_nothing(data: Path) -> None:
    dropped(data, "may.txt", "bad")
    outside = data / "CURRENT"
    texts = "may.txt", f"../{outside.name}", "{" * 4000, "\0", ""
    rejects = [Reject("doc", str(n), "no number", text) for n, text in enumerate(texts)]
    report = run(
        settings(data), [source(docs({"a": "1.00"}), *rejects, name="one")], now=NOW, sql_root=data.parent / "sql"
    )
    assert report.files == 0
    assert (data / "inbox" / "may.txt").exists()
    assert outside.exists()


def test_a_sync_that_needs_more_memory_than_it_may_use_spills_and_leaves_nothing_behind(data: Path) -> None:
    many = {f"document-{n:07}-{'x' * 40}": "1.00" for n in range(60_000)}
    keys = list(many)
    pages = [docs({key: many[key] for key in keys[n : n + 5000]}) for n in range(0, len(keys), 5000)]
    small = settings(data).model_copy(update={"memory_limit": "40MB"})
    report = run(small, [source(*pages, sweep(*keys), name="one")], now=NOW, sql_root=data.parent / "sql")
    assert report.sources[0].rows == len(many)
    said, folder = snapshot.published(data)
    assert said["rows"]["doc"] == len(many)
    assert sorted(file.name for file in folder.iterdir()) == [
        "mirror.duckdb",
        "published.json",
        "serve-owner.duckdb",
        "serve-owner.json",
    ]


@pytest.mark.parametrize("full", [False, True])
def test_a_full_run_builds_what_would_have_stood(data: Path, *, full: bool) -> None:
    run(settings(data), [one()], now=NOW, sql_root=data.parent / "sql")
    _, folder = snapshot.published(data)
    with duckdb.connect(str(folder / snapshot.MASTER)) as con:
        con.execute("comment on table main.doc is 'stood'")
    run(settings(data), [one()], now=LATER, full=full, sql_root=data.parent / "sql")
    _, folder = snapshot.published(data)
    with duckdb.connect(str(folder / snapshot.MASTER), read_only=True) as con:
        assert (rows(con, "select comment from duckdb_tables() where table_name = 'doc'") == [("stood",)]) is not full
