"""Rows that are not shown: counted where they come from, without a second run of what was heavy to begin."""

from __future__ import annotations

import time
from collections.abc import Iterator

import duckdb
import pytest

from analyst.rows import Rows

FAR = float("inf")


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": "1"}) as db:
        yield db


def test_the_rest_is_counted_to_its_end(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("SELECT * FROM range(5000)")
    rows = Rows(con)
    assert len(list(rows.first(6))) == rows.taken == 6
    assert rows.ended(FAR)
    assert rows.taken == 5000


def test_the_rest_is_left_when_its_time_is_over_or_its_rows_are_large(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("SELECT * FROM range(5000)")
    late = Rows(con)
    list(late.first(6))
    assert not late.ended(time.monotonic() - 1)
    con.abort()
    con.execute("SELECT repeat('x', 100000) FROM range(50)")
    large = Rows(con)
    list(large.first(6))
    assert not large.ended(FAR)
    assert large.taken == 6
