"""Pages that the loader does not take: another shape, lost digits, doubled keys, a source that has suddenly emptied."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest

from sync.table import Page
from tests.sync.made import NOW, docs, master, pulled, rows, sweep

LATER = NOW + timedelta(days=1)
LATEST = NOW + timedelta(days=2)


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with master(tmp_path) as opened:
        yield opened


BAD_FRAMES = {
    "the column is missing": docs({"a": "1.00"}).frame.drop("number"),
    "the column is not declared": docs({"a": "1.00"}).frame.with_columns(extra=pl.lit(1)),
    "came as Float64": docs({"a": "1.00"}).frame.with_columns(pl.col("Сумма").cast(pl.Float64)),
    "came as Decimal(precision=18, scale=4)": docs({"a": "1.00"}).frame.with_columns(
        pl.col("Сумма").cast(pl.Decimal(18, 4))
    ),
    "came as String": docs({"a": "1.00"}).frame.with_columns(pl.col("day").cast(pl.String)),
    "one page holds the same key twice": pl.concat([docs({"a": "1.00"}).frame] * 2),
    "a row without a key": docs({"a": "1.00"}).frame.with_columns(src_ref=pl.lit(None, dtype=pl.String)),
}


@pytest.mark.parametrize("reason", BAD_FRAMES)
def test_a_frame_of_another_shape_stops_its_source(con: duckdb.DuckDBPyConnection, reason: str) -> None:
    loaded = pulled(con, Page("doc", BAD_FRAMES[reason], {"doc_line": docs({}).children["doc_line"]}))
    assert loaded.status == "failed"
    assert reason in str(loaded.error)
    assert rows(con, "select count(*) from raw.made_doc") == [(0,)]


def test_a_page_of_an_undeclared_table_stops_its_source(con: duckdb.DuckDBPyConnection) -> None:
    assert "a table that is not declared" in str(pulled(con, Page("other", docs({}).frame)).error)


def test_money_too_large_for_its_column_stops_its_source(con: duckdb.DuckDBPyConnection) -> None:
    wide = docs({}).frame.cast({"Сумма": pl.Decimal(38, 2)})
    row = pl.DataFrame([["a", "1", "№", Decimal("12345678901234567.00"), None]], schema=wide.schema, orient="row")
    assert pulled(con, Page("doc", row)).status == "failed"
    assert rows(con, "select count(*) from raw.made_doc") == [(0,)]


def test_a_source_that_suddenly_has_nothing_is_not_believed_unless_read_in_full(con: duckdb.DuckDBPyConnection) -> None:
    many = {f"d{n}": "1.00" for n in range(12)}
    pulled(con, docs(many), sweep(*many))
    loaded = pulled(con, sweep(), now=LATER)
    assert loaded.status == "failed"
    assert "all 12 rows that the mirror holds have vanished" in str(loaded.error)
    assert rows(con, "select count(*) from raw.made_doc where deleted_at is not null") == [(0,)]
    assert pulled(con, sweep(), full=True, now=LATEST).deleted == 12
