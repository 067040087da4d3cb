"""Pages into raw tables: what a row remembers, what a reread changes, what a failure leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.errors import SourceUnavailable
from sync.mirror import open_master, prepare
from sync.table import Item, Reject, Since, Sweep, Table, Total, Window
from tests.sync.made import JANUARY, NOW, TABLES, docs, master, moves, pulled, rows, source, sweep

LATER = NOW + timedelta(days=1)
LATEST = NOW + timedelta(days=2)
ALL = "select * from raw.made_doc order by all"
LINES = "select * from raw.made_doc_line order by all"


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with master(tmp_path) as opened:
        yield opened


def test_first_pull_mirrors_rows_and_lines_with_the_moment_they_came(con: duckdb.DuckDBPyConnection) -> None:
    loaded = pulled(
        con, docs({"a": "10.00", "b": "20.50"}, lines=[("a", 1, "4.00"), ("a", 2, "6.00"), ("b", 1, "20.50")])
    )
    at = NOW.replace(tzinfo=None)
    assert (loaded.status, loaded.inserted, loaded.updated, loaded.deleted, loaded.rows) == ("ok", 2, 0, 0, 2)
    assert rows(
        con,
        'select src_base, src_ref, src_version, synced_at, first_synced_at, deleted_at, "Сумма" from raw.made_doc order by src_ref',
    ) == [
        ("main", "a", "1", at, at, None, Decimal("10.00")),
        ("main", "b", "1", at, at, None, Decimal("20.50")),
    ]
    assert rows(con, 'select src_ref, n, "Сумма", synced_at from raw.made_doc_line order by all') == [
        ("a", 1, Decimal("4.00"), at),
        ("a", 2, Decimal("6.00"), at),
        ("b", 1, Decimal("20.50"), at),
    ]


def test_reading_the_same_again_changes_nothing(con: duckdb.DuckDBPyConnection) -> None:
    items = docs({"a": "10.00", "b": "1.00"}, lines=[("a", 1, "10.00")]), moves({"m": (3, "7.00")}), sweep("a", "b")
    pulled(con, *items)
    before = rows(con, ALL), rows(con, LINES), rows(con, "from raw.made_move")
    loaded = pulled(con, *items, now=LATER)
    assert (loaded.inserted, loaded.updated, loaded.deleted) == (0, 0, 0)
    assert (rows(con, ALL), rows(con, LINES), rows(con, "from raw.made_move")) == before


def test_a_changed_row_keeps_its_first_moment_and_takes_a_new_one(con: duckdb.DuckDBPyConnection) -> None:
    pulled(con, docs({"a": "10.00", "b": "1.00"}))
    loaded = pulled(con, docs({"a": "11.00", "b": "1.00"}), now=LATER)
    assert loaded.updated == 1
    assert rows(con, 'select src_ref, "Сумма", first_synced_at, synced_at from raw.made_doc order by src_ref') == [
        ("a", Decimal("11.00"), NOW.replace(tzinfo=None), LATER.replace(tzinfo=None)),
        ("b", Decimal("1.00"), NOW.replace(tzinfo=None), NOW.replace(tzinfo=None)),
    ]


def test_a_new_version_of_the_same_content_is_noted_and_is_no_change(con: duckdb.DuckDBPyConnection) -> None:
    pulled(con, docs({"a": "10.00"}))
    pulled(con, docs({"a": "10.00"}, versions={"a": "2"}), now=LATER)
    assert rows(con, "select src_version, synced_at from raw.made_doc") == [("2", NOW.replace(tzinfo=None))]


def test_a_changed_line_replaces_the_lines_of_its_document_alone(con: duckdb.DuckDBPyConnection) -> None:
    pulled(con, docs({"a": "10.00", "b": "1.00"}, lines=[("a", 1, "4.00"), ("a", 2, "6.00"), ("b", 1, "1.00")]))
    pulled(con, docs({"a": "10.00", "b": "1.00"}, lines=[("a", 1, "10.00"), ("b", 1, "1.00")]), now=LATER)
    assert rows(con, 'select src_ref, n, "Сумма", synced_at from raw.made_doc_line order by all') == [
        ("a", 1, Decimal("10.00"), LATER.replace(tzinfo=None)),
        ("b", 1, Decimal("1.00"), NOW.replace(tzinfo=None)),
    ]
    assert rows(con, "select src_ref, synced_at from raw.made_doc order by all") == [
        ("a", LATER.replace(tzinfo=None)),
        ("b", NOW.replace(tzinfo=None)),
    ]


def test_two_equal_lines_are_not_one(con: duckdb.DuckDBPyConnection) -> None:
    pulled(con, docs({"a": "2.00"}, lines=[("a", 1, "1.00"), ("a", 1, "1.00")]))
    pulled(con, docs({"a": "2.00"}, lines=[("a", 1, "1.00")]), now=LATER)
    assert rows(con, "select count(*) from raw.made_doc_line") == [(1,)]


def test_what_a_sweep_does_not_name_gets_a_tombstone_and_loses_it_when_it_comes_back(
    con: duckdb.DuckDBPyConnection,
) -> None:
    pulled(con, docs({"a": "1.00", "b": "2.00"}, lines=[("b", 1, "2.00")]), sweep("a", "b"))
    assert pulled(con, sweep("a"), now=LATER).deleted == 1
    assert rows(con, "select src_ref, deleted_at from raw.made_doc order by all") == [
        ("a", None),
        ("b", LATER.replace(tzinfo=None)),
    ]
    assert rows(con, "select src_ref from raw.made_doc_line") == [("b",)]
    pulled(con, docs({"b": "2.00"}, lines=[("b", 1, "2.00")]), sweep("a", "b"), now=LATEST)
    assert rows(con, "select deleted_at, first_synced_at, synced_at from raw.made_doc where src_ref = 'b'") == [
        (None, NOW.replace(tzinfo=None), LATEST.replace(tzinfo=None))
    ]


def test_a_row_that_appeared_while_its_source_was_swept_stays(con: duckdb.DuckDBPyConnection) -> None:
    pulled(con, docs({"new": "1.00"}), sweep("old"))
    assert rows(con, "select src_ref, deleted_at from raw.made_doc") == [("new", None)]


def test_a_window_puts_its_rows_in_place_of_all_in_it(con: duckdb.DuckDBPyConnection) -> None:
    pulled(con, moves({"a": (1, "1.00"), "b": (31, "2.00")}), moves({"c": (15, "3.00")}))
    assert rows(con, "select count(*) from raw.made_move") == [(3,)]
    february = replace(JANUARY, start="2026-02-01", end="2026-03-01")
    pulled(con, moves({}, february), now=LATER)
    assert rows(con, "select count(*) from raw.made_move") == [(3,)]
    assert pulled(con, moves({"b": (30, "2.00")}), now=LATEST).deleted == 2
    assert rows(con, "select src_ref, day(period), amount from raw.made_move") == [("b", 30, Decimal("2.00"))]
    pulled(con, moves({}), now=LATEST)
    assert rows(con, "select count(*) from raw.made_move") == [(0,)]


def test_a_window_over_documents_takes_the_lines_of_those_that_are_gone(con: duckdb.DuckDBPyConnection) -> None:
    week = Window("day", "2026-01-01", "2026-01-08")
    pulled(con, docs({"a": "1.00", "b": "2.00"}, lines=[("a", 1, "1.00"), ("b", 1, "2.00")]))
    pulled(con, replace(docs({"b": "2.00"}, lines=[("b", 1, "2.00")]), window=week), now=LATER)
    assert (
        rows(con, "select src_ref from raw.made_doc") == rows(con, "select src_ref from raw.made_doc_line") == [("b",)]
    )


def test_of_a_key_that_came_on_two_pages_the_last_stands_with_its_lines(con: duckdb.DuckDBPyConnection) -> None:
    loaded = pulled(con, docs({"a": "1.00"}, lines=[("a", 1, "1.00")]), docs({"a": "2.00"}, lines=[("a", 1, "2.00")]))
    assert (loaded.inserted, loaded.rows) == (1, 1)
    assert rows(con, 'select d."Сумма", l."Сумма" from raw.made_doc d join raw.made_doc_line l using (src_ref)') == [
        (Decimal("2.00"), Decimal("2.00"))
    ]


def test_the_largest_money_comes_through_to_the_last_digit(con: duckdb.DuckDBPyConnection) -> None:
    pulled(con, docs({"a": "9999999999999999.99", "b": "-0.01"}))
    assert rows(con, 'select "Сумма" from raw.made_doc order by src_ref') == [
        (Decimal("9999999999999999.99"),),
        (Decimal("-0.01"),),
    ]


def test_a_source_that_breaks_off_leaves_the_mirror_as_it_was_and_says_why(con: duckdb.DuckDBPyConnection) -> None:
    pulled(con, docs({"a": "1.00"}), watermark="first")
    loaded = pulled(
        con, docs({"a": "9.00"}), SourceUnavailable("made", "no answer in time"), now=LATER, watermark="second"
    )
    assert (loaded.status, loaded.error) == (
        "failed",
        "made: no answer in time. Try later; if it stays so, see that the server answers in a browser.",
    )
    assert rows(con, 'select "Сумма" from raw.made_doc') == [(Decimal("1.00"),)]
    assert rows(
        con, "select status, watermark, last_ok_at, data_to::varchar, rows, error, tried_at from meta.sync_state"
    ) == [("failed", "first", NOW.replace(tzinfo=None), "2026-01-30", 1, loaded.error, LATER.replace(tzinfo=None))]
    assert rows(con, "select count(*) from duckdb_tables() where temporary") == [(0,)]


def test_a_pull_that_ends_without_saying_so_is_not_believed(con: duckdb.DuckDBPyConnection) -> None:
    assert pulled(con, docs({"a": "1.00"}), watermark=None).status == "failed"
    assert rows(con, "select count(*) from raw.made_doc") == [(0,)]


def test_the_source_is_told_its_watermark_and_its_live_versions(con: duckdb.DuckDBPyConnection) -> None:
    asked: list[Since] = []
    pulled(con, docs({"a": "1.00", "b": "1.00"}), asked=asked, watermark="first")
    pulled(con, sweep("a"), asked=asked)
    pulled(con, asked=asked)
    pulled(con, asked=asked, full=True)
    assert [(s.full, s.watermark) for s in asked] == [(True, None), (False, "first"), (False, "w"), (True, "w")]
    assert [s.versions["doc"].sort("src_ref").rows() for s in asked[2:3]] == [[("a", "1")]]
    assert set(asked[0].versions) == {"doc", "move"}


def test_a_reject_is_kept_once_and_leaves_when_its_row_can_be_read(con: duckdb.DuckDBPyConnection) -> None:
    reject = Reject("doc", "a", "amount is no number", "12,3x")
    pulled(con, reject)
    loaded = pulled(con, reject, now=LATER)
    assert loaded.rejects == (reject,)
    assert rows(con, 'select source, table_name, ref, reason, "at", text from meta.quarantine') == [
        ("made", "doc", "a", "amount is no number", NOW.replace(tzinfo=None), "12,3x")
    ]
    pulled(con, docs({"a": "12.30"}), now=LATEST)
    assert rows(con, "select count(*) from meta.quarantine") == [(0,)]


def test_what_the_source_counts_stands_beside_what_the_mirror_holds(con: duckdb.DuckDBPyConnection) -> None:
    pulled(con, docs({"a": "1.00", "b": "1.00"}, lines=[("a", 1, "1.00")]), Total("doc", "rows", "2"))
    pulled(con, sweep("a"), Total("doc", "rows", "1"), now=LATER)
    assert rows(con, "select source, table_name, name, value from meta.table_total") == [("made", "doc", "rows", "1")]
    assert rows(con, "select table_name, rows, deleted from meta.table_rows order by all") == [
        ("doc", 1, 1),
        ("doc_line", 1, 0),
        ("move", 0, 0),
    ]


def test_two_bases_of_one_kind_do_not_touch_each_other(con: duckdb.DuckDBPyConnection) -> None:
    pulled(con, docs({"a": "1.00"}), sweep("a"), base="one")
    pulled(con, docs({"a": "2.00", "b": "3.00"}), sweep("a", "b"), base="two")
    pulled(con, docs({"a": "1.00"}), sweep("a"), base="one", now=LATER)
    assert rows(con, 'select src_base, src_ref, "Сумма", deleted_at from raw.made_doc order by all') == [
        ("one", "a", Decimal("1.00"), None),
        ("two", "a", Decimal("2.00"), None),
        ("two", "b", Decimal("3.00"), None),
    ]


def test_a_mirror_of_an_older_shape_is_carried_over_and_read_in_full(tmp_path: Path) -> None:
    with master(tmp_path) as con:
        pulled(con, docs({"a": "1.00"}))
    newer = {
        "made": (
            Table("doc", "Document", {"number": "VARCHAR", "Сумма": "DECIMAL(18,2)", "day": "DATE", "memo": "VARCHAR"}),
            *TABLES[1:],
        )
    }
    with open_master(tmp_path / "mirror.duckdb", "256MB", 1) as con:
        prepare(con, newer)
        assert rows(con, 'select src_ref, number, "Сумма", memo, first_synced_at from raw.made_doc') == [
            ("a", "№ a", Decimal("1.00"), None, NOW.replace(tzinfo=None))
        ]
        assert rows(con, "select watermark from meta.sync_state") == [(None,)]
        prepare(con, newer)
        assert rows(con, "select count(*) from raw.made_doc") == [(1,)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    states=st.lists(
        st.dictionaries(
            st.sampled_from("abcdef"),
            st.tuples(st.integers(-9, 9), st.lists(st.integers(0, 3), max_size=3)),
            max_size=6,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_live_rows_and_lines_always_equal_what_the_source_last_held(
    con: duckdb.DuckDBPyConnection, states: list[dict[str, tuple[int, list[int]]]]
) -> None:
    con.execute("delete from raw.made_doc; delete from raw.made_doc_line")
    for day, state in enumerate(states):
        page = docs(
            {k: f"{amount}.00" for k, (amount, _) in state.items()},
            lines=[(k, n, f"{v}.00") for k, (_, vs) in state.items() for n, v in enumerate(vs)],
        )
        pulled(con, page, sweep(*state), now=NOW + timedelta(days=day))
        assert rows(
            con, 'select src_ref, "Сумма"::int from raw.made_doc where deleted_at is null order by all'
        ) == sorted((k, amount) for k, (amount, _) in state.items())
        assert rows(
            con,
            'select l.src_ref, n, l."Сумма"::int from raw.made_doc_line l join raw.made_doc using (src_ref) where deleted_at is null order by all',
        ) == sorted((k, n, v) for k, (_, vs) in state.items() for n, v in enumerate(vs))


def test_progress_is_told_page_by_page(con: duckdb.DuckDBPyConnection) -> None:
    from sync.load import load  # noqa: PLC0415

    told: list[tuple[str, str, int]] = []
    items: tuple[Item, ...] = docs({"a": "1.00"}), docs({"b": "1.00"}), Sweep("doc", pl.Series(["a", "b"]))
    load(con, source(*items), full=False, now=NOW, progress=lambda *what: told.append(what))
    assert told == [("made", "doc", 1), ("made", "doc", 2)]
