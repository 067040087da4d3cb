"""The files of sql/ as relations of the master: their order, their headers, their short ids."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest

from sync.checks import check
from sync.configured import DECLARED
from sync.errors import ModelFailed
from sync.mirror import open_master, prepare
from sync.models import Relation, body_reads, build
from tests.sync.made import NOW, docs, master, pulled, rows, sweep, write_models

ALMATY = ZoneInfo("Asia/Almaty")
REF_DOC = "-- Keys.\nselect src_base, src_ref from raw.made_doc"
DOC = "-- Documents.\n--\n-- kind: table\n--\n-- doc_id  short id\n-- ref     key\nselect 'd_' || id as doc_id, src_ref as ref from meta.short_id where kind = 'doc'"


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with master(tmp_path) as opened:
        yield opened


def made(con: duckdb.DuckDBPyConnection, root: Path, **files: str) -> tuple[Relation, ...]:
    """Build the files given by folder__name."""
    return build(
        con, NOW, ALMATY, write_models(root / "sql", {name.replace("__", "/", 1): text for name, text in files.items()})
    )


def test_a_relation_is_built_after_those_it_reads_whatever_their_names(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    relations = made(
        con,
        tmp_path,
        core__a="-- A.\n--\n-- kind: table\n--\n-- n  n\nselect n + 1 as n from z",
        core__z="-- Z.\n--\n-- kind: table\n--\n-- n  n\nselect n from staging.one",
        staging__one="-- One.\nselect twice(1) as n",
        core__twice="-- Twice.\n--\n-- kind: scalar(n int)\nn * 2",
        mart__open="-- Open.\n--\n-- kind: macro(as_of date, least_n int)\n--\n-- n   n\n-- on  day\nselect n, as_of as on from a where n >= least_n",
    )
    assert [r.model.name for r in relations] == [
        ("main", "twice"),
        ("staging", "one"),
        ("main", "z"),
        ("main", "a"),
        ("main", "open"),
    ]
    assert rows(con, "from open(date '2026-01-31', 3)") == [(3, date(2026, 1, 31))]
    assert relations[-1].columns == (("n", "INTEGER"), ("on", "DATE"))


@pytest.mark.parametrize(
    ("query", "reads"),
    [
        ("with doc as (select 1 as n) select * from doc", set()),
        ("with doc as (select * from doc) select * from doc", {("main", "doc")}),
        ("with a as (select * from later), later as (select 1) from a", {("main", "later")}),
        ("with recursive r as (select 1 as n union all select n + 1 from r where n < 3) from r", set()),
        ("select * from staging.doc where exists (from meta.run)", {("staging", "doc"), ("meta", "run")}),
        ("from ar_open(date '2026-01-31') join cp using (cp_id)", {("main", "ar_open"), ("main", "cp")}),
    ],
)
def test_what_a_query_reads_is_told_by_the_parser(
    con: duckdb.DuckDBPyConnection, query: str, reads: set[tuple[str, str]]
) -> None:
    named = {"doc", "later", "run", "ar_open", "cp", "r", "a"}
    assert {name for name in body_reads(con, query) if name[1] in named} == reads


def test_relations_that_read_each_other_in_a_ring_are_named(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(ModelFailed, match=r"in a ring: core/[ab]\.sql ← core/[ab]\.sql") as ring:
        made(
            con,
            tmp_path,
            core__a="-- A.\n--\n-- kind: table\n--\n-- n  n\nselect n from b",
            core__b="-- B.\n--\n-- kind: table\n--\n-- n  n\nselect n from a",
        )
    assert ring.value.file in {"core/a.sql", "core/b.sql"}


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("-- n  n", "no header line for m"),
        ("-- n  n\n-- m  m\n-- k  k", "no column for the header line of k"),
        ("-- m  m\n-- n  n", "another order: m, n; real: n, m"),
    ],
)
@pytest.mark.parametrize("kind", ["table", "view", "macro(x int)"])
def test_a_header_that_differs_from_the_real_columns_stops_the_build(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, header: str, why: str, kind: str
) -> None:
    with pytest.raises(ModelFailed, match=why) as failed:
        made(con, tmp_path, core__two=f"-- Two.\n--\n-- kind: {kind}\n--\n{header}\nselect 1 as n, 2 as m")
    assert failed.value.file == "core/two.sql"


def test_a_file_that_does_not_run_is_named_and_nothing_of_the_build_stays(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    made(con, tmp_path, core__good="-- Good.\n--\n-- kind: table\n--\n-- n  n\nselect 1 as n")
    with pytest.raises(ModelFailed, match="no_such_table") as failed:
        made(con, tmp_path, mart__bad="-- Bad.\n--\n-- kind: table\n--\n-- n  n\nselect n from no_such_table")
    assert failed.value.file == "mart/bad.sql"
    assert rows(con, "from good") == [(1,)]


@pytest.mark.parametrize(
    "text",
    [
        "-- Bad.\n--\n-- kind: procedure\nselect 1 as n",
        "-- Bad.\n--\n-- kind: table\n--\n-- n  n\nselect 1 as n; select 2",
        "-- Bad.\n--\n-- kind: table\n--\n-- n  n\ndrop table x",
    ],
)
def test_only_one_select_of_a_known_kind_is_a_model(con: duckdb.DuckDBPyConnection, tmp_path: Path, text: str) -> None:
    with pytest.raises(ModelFailed):
        made(con, tmp_path, core__bad=text)


def test_header_becomes_comment(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    made(
        con,
        tmp_path,
        core__t="-- What's owed.\n--\n-- kind: table\n--\n-- n  the owner's words [untrusted]\nselect 1 as n",
        mart__v="-- View.\n--\n-- kind: view\n--\n-- n  seen\nselect n from t",
        mart__m="-- Macro.\n--\n-- kind: macro(x int)\n--\n-- n  n\nselect n from t where n = x",
    )
    assert rows(
        con,
        "select table_name, comment from duckdb_tables() where schema_name = 'main' union select view_name, comment from duckdb_views() where schema_name = 'main' and not internal order by 1",
    ) == [
        ("t", "What's owed."),
        ("v", "View."),
    ]
    assert rows(con, "select comment from duckdb_columns() where table_name = 't'") == [("the owner's words",)]
    assert rows(con, "select comment from duckdb_functions() where function_name = 'm'") == [("Macro.",)]


def test_short_ids_stay_and_new_keys_get_the_next(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    pulled(con, docs({"b": "1.00", "c": "1.00"}), sweep("b", "c"))
    made(con, tmp_path, staging__ref_doc=REF_DOC, core__doc=DOC)
    assert rows(con, "from doc order by all") == [("d_1", "b"), ("d_2", "c")]
    pulled(con, docs({"a": "1.00", "d": "1.00"}), sweep("a", "c", "d"))
    made(con, tmp_path, staging__ref_doc=REF_DOC, core__doc=DOC)
    assert rows(con, "from doc order by all") == [("d_1", "b"), ("d_2", "c"), ("d_3", "a"), ("d_4", "d")]


def test_a_file_that_is_gone_takes_its_relation_with_it(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    made(
        con,
        tmp_path,
        core__a="-- A.\n--\n-- kind: table\n--\n-- n  n\nselect 1 as n",
        mart__m="-- M.\n--\n-- kind: macro(x int)\n--\n-- n  n\nselect x as n",
    )
    build(
        con,
        NOW,
        ALMATY,
        write_models(tmp_path / "other", {"core/b": "-- B.\n--\n-- kind: table\n--\n-- n  n\nselect 2 as n"}),
    )
    assert rows(con, "select table_name from duckdb_tables() where schema_name = 'main'") == [("b",)]
    assert rows(con, "select count(*) from duckdb_functions() where function_name = 'm'") == [(0,)]


def test_the_day_of_a_snapshot_is_the_company_s_day(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    evening = NOW.replace(day=10, hour=20)
    build(con, evening, ALMATY, tmp_path)
    assert rows(con, "from meta.run") == [(date(2026, 1, 11), datetime(2026, 1, 10, 20), "Asia/Almaty")]
    build(con, evening - timedelta(hours=6), ALMATY, tmp_path)
    assert rows(con, "select as_of from meta.run") == [(date(2026, 1, 10),)]


def test_every_file_of_the_product_builds_on_an_empty_mirror_and_its_checks_hold(tmp_path: Path) -> None:
    with open_master(tmp_path / "empty.duckdb", "512MB", 1) as con:
        prepare(con, DECLARED)
        relations = build(con, NOW, ALMATY)
        assert {"org", "cp", "doc", "settlement", "ar_open", "ageing", "freshness", "finding"} <= {
            r.model.definition.name for r in relations
        }
        assert all(finding.rows == 0 for finding in check(con))
