"""A table is not built again while nothing that it comes from has changed, and a mirror built so equals one built from nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest

from sync.mirror import listed, open_master, quoted
from sync.models import build
from tests.sync.made import NOW, docs, master, moves, pulled, rows, sweep, write_models

ALMATY = ZoneInfo("Asia/Almaty")
MODELS = {
    "staging/doc": '-- Documents.\nselect src_ref, "Сумма" as amount from raw.made_doc where deleted_at is null',
    "core/twice": "-- Twice.\n--\n-- kind: scalar(n decimal)\nn * 2",
    "core/least": "-- Accounts.\n--\n-- kind: table\n-- published: no\nselect account from meta.debt_account",
    "core/money": "-- Money.\n--\n-- kind: table\n-- published: no\nselect src_ref, twice(amount) as amount from staging.doc",
    "core/day": "-- Day.\n--\n-- kind: table\n-- published: no\nselect as_of from meta.run",
    "core/chance": "-- Chance.\n--\n-- kind: table\n-- published: no\nselect random() as n",
    "core/clock": "-- Clock.\n--\n-- kind: table\n-- published: no\nselect current_date as today",
    "mart/many": "-- How many.\n--\n-- kind: table\n-- published: no\nselect count(*) as n from money",
    "mart/over": "-- Over.\n--\n-- kind: macro(least bigint)\n-- published: no\nselect n from many where n > least",
    "mart/told": "-- Told.\n--\n-- kind: table\n-- published: no\nselect n from over(0)",
    "mart/moved": "-- Moved.\n--\n-- kind: table\n-- published: no\nselect sum(amount) as amount from raw.made_move",
}
MANY = 500  # rows of a raw table of which a tenth will do
ALWAYS = {"chance", "clock"}  # another answer each time
Change = Callable[[duckdb.DuckDBPyConnection, dict[str, str]], object]


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with master(tmp_path) as opened:
        pulled(opened, docs({"a": "10", "b": "20"}), moves({"m": (5, "7")}), sweep("a", "b"))
        yield opened


def text(name: str, old: str, new: str) -> Change:
    """A file that is written anew."""

    def change(_con: duckdb.DuckDBPyConnection, models: dict[str, str]) -> None:
        assert old in models[name]
        models[name] = models[name].replace(old, new)

    return change


def said(statement: str) -> Change:
    """A statement on the master."""
    return lambda con, _models: con.execute(statement)


def test_what_reads_no_change_stands_and_the_rest_is_built_again(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, subtests: pytest.Subtests, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = {name.split("/")[1] for name, file in MODELS.items() if "kind: table" in file}
    cases: dict[str, tuple[Change, set[str]]] = {
        "nothing": (lambda _con, _models: None, set()),
        "a row that counts": (
            lambda con, _models: pulled(con, docs({"c": "1"}), now=NOW + timedelta(days=1)),
            {"money", "many", "told"},
        ),
        "an amount, so that as many rows come out": (
            lambda con, _models: pulled(con, docs({"a": "11"}, {"a": "2"}), now=NOW + timedelta(days=2)),
            {"money", "many"},
        ),
        "another table": (
            lambda con, _models: pulled(con, moves({"m": (5, "8")}), now=NOW + timedelta(days=3)),
            {"moved"},
        ),
        "a setting": (said("insert into meta.debt_account values ('customers', '1299')"), {"least"}),
        "the file of a macro": (text("core/twice", "n * 2", "n * 3"), {"money", "many"}),
        "the file of a view, to the same rows": (text("staging/doc", "is null", "is null and true"), {"money"}),
        "the file of a macro of rows": (text("mart/over", "n > least", "n >= least"), {"told"}),
        "words of a header": (text("mart/moved", "Moved", "How much moved"), {"moved"}),
        "another program built in between": (said("update meta.run set now = now + interval 1 second"), every),
        "another engine": (lambda _con, _models: monkeypatch.setattr(duckdb, "__version__", "9.9.9"), every),
    }  # fmt: skip
    models = dict(MODELS)
    build(con, NOW, ALMATY, write_models(tmp_path / "sql", models))
    for what, (change, anew) in cases.items():
        with subtests.test(what):
            for name in every:
                con.execute(f"comment on table main.{name} is 'stood'")
            change(con, models)
            build(con, NOW, ALMATY, write_models(tmp_path / "sql", models))
            told = rows(
                con,
                "select table_name from duckdb_tables() where schema_name = 'main' and comment is distinct from 'stood'",
            )
            assert {name for (name,) in told} == anew | ALWAYS
    assert rows(con, "select amount from money order by src_ref") == [(33,), (60,), (3,)]
    assert rows(con, "from told") == [(3,)]
    assert rows(con, "from moved") == [(8,)]


def test_a_new_day_builds_what_asks_for_the_day(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    root = write_models(tmp_path / "sql", MODELS)
    build(con, NOW, ALMATY, root)
    con.execute("comment on table main.money is 'stood'")
    build(con, NOW + timedelta(days=1), ALMATY, root)
    assert rows(con, "select as_of::varchar from day") == [("2026-02-01",)]
    assert rows(con, "select comment from duckdb_tables() where table_name = 'money'") == [("stood",)]


def digests(con: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """The rows of every table of the models, whatever their order."""
    found: dict[str, object] = {}
    tables = "select table_name, list(column_name) from duckdb_columns() semi join duckdb_tables() using (table_oid) where schema_name = 'main' and database_name = current_database() group by all"
    for table, columns in rows(con, tables):
        row = f"hash({listed(columns)})"
        found[table] = rows(con, f"select count(*), sum({row}), bit_xor({row}) from main.{quoted(table)}")
    return found


def test_after_a_sync_of_one_source_alone_the_mirror_is_the_one_that_is_built_from_nothing(
    demo: Path, tmp_path: Path
) -> None:
    current = json.loads((demo / "CURRENT").read_text(encoding="utf-8"))["snapshot"]
    (before,) = (f for f in (demo / "snapshots").iterdir() if f.name != current)
    file = Path(shutil.copy(before / "mirror.duckdb", tmp_path))
    at = datetime(2026, 1, 31, 2, tzinfo=UTC)
    with open_master(file, "512MB", 2) as con:
        con.execute(f"attach '{demo / 'snapshots' / current / 'mirror.duckdb'}' as later (read_only)")
        raw = "select table_name, estimated_size from duckdb_tables() where database_name = 'later' and schema_name = 'raw'"
        tables = rows(con, raw)
        # 1C first: it brings nearly all anew, and would hide what should have been built for another
        for hour, source in enumerate(("onec", "bank", "bitrix", "esf")):
            for name, size in tables:
                if name.startswith(f"{source}_"):
                    few = " where hash(src_ref) % 10 = 0" if size > MANY else ""
                    con.execute(f"create or replace table raw.{name} as from later.raw.{name}{few}")
            build(con, at + timedelta(hours=hour), ALMATY)
        stood = rows(con, "select name from meta.built")
        kept = digests(con)
        con.execute("delete from meta.built")
        build(con, at + timedelta(hours=hour), ALMATY)
        assert digests(con) == kept
    assert len(stood) == len(kept)
