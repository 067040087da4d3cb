"""Integrity blocks, reconciliation is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest

from sync.checks import Finding, check
from sync.errors import CheckFailed, ModelFailed
from sync.models import build
from tests.sync.made import NOW, docs, master, pulled, rows, write_models

BLOCK = '-- Nothing costs more than five.\n--\n-- kind: integrity\nselect src_ref as doc, "Сумма" as amount from raw.made_doc where "Сумма" > 5 order by src_ref'
TELL = (
    "-- Cheap documents.\n--\n-- kind: reconciliation\n-- label.ru: Дешёвые\n-- touches: ar_total, ageing\n"
    "select src_ref as subject, 'on ' || $as_of as detail, \"Сумма\" as amount, null::varchar as cp_id, date '2026-01-05' as first_day, null::date as last_day from raw.made_doc where \"Сумма\" < 2"
)


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with master(tmp_path) as opened:
        build(opened, NOW, ZoneInfo("Asia/Almaty"), tmp_path)
        yield opened


def test_an_integrity_check_that_returns_rows_raises_with_them(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    pulled(con, docs({f"d{n:02}": f"{n}.00" for n in range(20)}))
    with pytest.raises(CheckFailed) as failed:
        check(con, write_models(tmp_path, {"checks/all_are_cheap": BLOCK}))
    assert (failed.value.claim, failed.value.found, failed.value.rows[0]) == (
        "all_are_cheap",
        14,
        {"doc": "d06", "amount": Decimal("6.00")},
    )
    assert "doc=d06, amount=6.00" in str(failed.value)
    assert "and 4 more" in str(failed.value)


def test_a_reconciliation_that_returns_rows_is_kept_counted_and_blocks_nothing(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    pulled(con, docs({"a": "1.00", "b": "1.50", "c": "3.00"}))
    root = write_models(tmp_path, {"checks/all_are_cheap": BLOCK, "checks/too_cheap": TELL})
    found = check(con, root)
    label = {"ru": "Дешёвые", "kk": "Cheap documents.", "en": "Cheap documents."}
    assert found == (Finding("too_cheap", 2, Decimal("2.50"), label, ("ar_total", "ageing")),)
    assert rows(con, "from meta.finding order by all") == [
        ("too_cheap", "a", "on 2026-01-31", Decimal("1.00"), None, date(2026, 1, 5), None),
        ("too_cheap", "b", "on 2026-01-31", Decimal("1.50"), None, date(2026, 1, 5), None),
    ]
    con.execute("delete from raw.made_doc")
    assert check(con, root)[0].rows == 0
    assert rows(con, "from meta.finding") == []


def test_differences_of_two_signs_do_not_cancel_out(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    pulled(con, docs({"a": "1.00", "b": "-1.00"}))
    (found,) = check(con, write_models(tmp_path, {"checks/too_cheap": TELL}))
    assert (found.rows, found.amount) == (2, Decimal("2.00"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("-- No kind.\nselect 1", "kind is ''"),
        (
            "-- Other columns.\n--\n-- kind: reconciliation\nselect 1 as n",
            "returns subject, detail, amount, cp_id, first_day, last_day; this one n",
        ),
        ("-- Broken.\n--\n-- kind: integrity\nselect * from no_such_table", "no_such_table"),
    ],
)
def test_a_check_that_is_wrong_itself_is_named(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, text: str, why: str
) -> None:
    with pytest.raises(ModelFailed, match=why) as failed:
        check(con, write_models(tmp_path, {"checks/wrong": text}))
    assert failed.value.file == "checks/wrong.sql"
