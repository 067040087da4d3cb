"""What every metric promises: it runs on a whole company, returns what its header says, and never changes under its version."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

import sql
from analyst import catalog, functions, metrics
from analyst.guard import Guard
from analyst.worker import SERIALIZE

METRICS = metrics.read()
GOLDEN = Path(__file__).with_name("metrics.golden.json")
MONEY = re.compile(r"_(kzt|doc)$")
AS_OF = date(2026, 1, 31)
QUARTER = (date(2025, 10, 1), date(2025, 12, 31))
SAMPLES = {"counterparty": "cp_1", "text": "234", "int": 30, "item": "it_4", "quantity": Decimal(5)}


@pytest.fixture(scope="module")
def con(demo: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file, as a worker opens it."""
    current = json.loads((demo / "CURRENT").read_text(encoding="utf-8"))
    file = demo / "snapshots" / current["snapshot"] / current["roles"]["owner"]["file"]
    with duckdb.connect(str(file), read_only=True) as db:
        yield db


@pytest.fixture(scope="module")
def guard(demo: Path) -> Guard:
    """The guard of the published file, as the worker that asks a metric has it."""
    current = json.loads((demo / "CURRENT").read_text(encoding="utf-8"))
    file = demo / "snapshots" / current["snapshot"] / current["roles"]["owner"]["catalog"]
    allowed = functions.allowed(duckdb.__version__)
    assert allowed is not None
    return Guard(catalog.read(file), allowed, AS_OF.isoformat())


def asked(con: duckdb.DuckDBPyConnection, metric: metrics.Metric) -> list[dict[str, Any]]:
    values: dict[str, Any] = {"as_of": AS_OF, "period_from": QUARTER[0], "period_to": QUARTER[1]}
    for parameter in metric.parameters:
        if parameter.type == "date":
            values.setdefault(parameter.name, None)
        elif parameter.type != "period":
            sample = None if parameter.optional else SAMPLES[parameter.type]
            values[parameter.name] = (parameter.default and int(parameter.default)) or sample
    bound = {k: v for k, v in values.items() if re.search(rf"\${k}\b", metric.body)}
    found = con.execute(metric.body, bound)
    types = {column[0]: str(column[1]) for column in found.description or ()}
    assert list(types) == [column.name for column in metric.columns]
    assert not {name for name, kind in types.items() if kind in ("DOUBLE", "FLOAT", "HUGEINT")}
    assert {types[name] for name in types if MONEY.search(name)} <= {"DECIMAL(18,2)"}
    return [dict(zip(types, row, strict=True)) for row in found.fetchall()]


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_a_metric_returns_what_its_header_says_and_no_float(
    con: duckdb.DuckDBPyConnection, metric: metrics.Metric
) -> None:
    rows = asked(con, metric)
    if metric.shape == "value":
        assert len(rows) == 1
        assert "value" in rows[0]
        # no answer is told by a reason, never by silence
        assert rows[0]["value"] is not None or rows[0]["reason"]


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_a_metric_passes_the_guard(con: duckdb.DuckDBPyConnection, guard: Guard, metric: metrics.Metric) -> None:
    def serialize(text: str) -> str:
        row = con.execute(SERIALIZE, [text]).fetchone()
        return str(row[0]) if row else ""

    guard.check(metric.body, serialize, frozenset(re.findall(r"\$(\w+)", metric.body)))


@pytest.mark.parametrize("definition", sql.read("metrics"), ids=lambda d: d.name)
def test_a_header_is_whole(definition: sql.Definition) -> None:
    facts = definition.facts
    assert facts["id"] == definition.name
    assert {
        "version",
        "title.ru",
        "title.kk",
        "title.en",
        "synonyms",
        "unit",
        "basis",
        "shape",
        "params",
        "formula",
        "needs",
    } <= facts.keys()
    assert all(value.strip() for value in facts.values())
    assert facts["shape"] in ("value", "table")
    needed = [word.strip() for word in facts["needs"].split(",")]
    assert needed
    assert set(needed) <= {"onec", "bank", "bitrix", "onec.supply"}


def test_a_changed_definition_has_a_new_version() -> None:
    kept = json.loads(GOLDEN.read_text(encoding="utf-8"))
    for metric in METRICS.values():
        digest = hashlib.sha256(" ".join(metric.body.split()).encode()).hexdigest()
        known = kept.get(metric.id, {})
        assert metric.version in known, (
            f'{GOLDEN.name} lacks {metric.label}: put "{metric.version}": "{digest}" under "{metric.id}"'
        )
        assert known[metric.version] == digest, (
            f"{metric.label} is defined anew under its old version: raise `version` in sql/metrics/{metric.id}.sql"
            f' and put "{int(metric.version) + 1}": "{digest}" beside the old one in {GOLDEN.name}'
        )
    assert set(kept) == set(METRICS), "a metric that is gone leaves the golden file too"


def value(con: duckdb.DuckDBPyConnection, name: str, column: str = "value") -> Any:
    return asked(con, METRICS[name])[0][column]


def test_revenue_is_the_same_by_month_customer_and_item_and_that_of_the_ledger(con: duckdb.DuckDBPyConnection) -> None:
    revenue = value(con, "revenue")
    for by in ("month", "counterparty", "item"):
        rows = asked(con, METRICS[f"revenue_by_{by}"])
        assert {sum(row["net_kzt"] for row in rows)} == {row["total_kzt"] for row in rows} == {revenue}
    (booked,) = con.execute(
        """select sum(case line_side when 'cr' then amount_kzt else -amount_kzt end) from gl join doc using (doc_id)
        left join cp on cp.cp_id = doc.cp_id
        where account[1:4] in ('6010', '6020') and doc_date between ? and ? and not coalesce(is_intercompany, false)""",
        QUARTER,
    ).fetchall()
    assert booked == (revenue,)


def test_lines_of_sales_sum_to_their_documents(con: duckdb.DuckDBPyConnection) -> None:
    off = con.execute(
        """select d.doc_id from doc d join sales_in(date '1900-01-01', date '9999-12-31') s using (doc_id)
        group by d.doc_id having abs(sum(s.gross_kzt)) <> any_value(d.sum_kzt) or abs(sum(s.vat_kzt)) <> any_value(d.vat_kzt)"""
    ).fetchall()
    assert off == []


def test_what_is_expected_later_and_doubtful_is_all_that_is_owed(con: duckdb.DuckDBPyConnection) -> None:
    plan = asked(con, METRICS["cash_in_plan"])
    assert len(plan) == 31
    assert plan[-1]["running_kzt"] + plan[0]["later_kzt"] + plan[0]["doubtful_kzt"] == value(con, "ar_total")
    assert plan[0]["expected_kzt"] == 0


def test_dso_is_what_is_possible_and_what_is_late(con: duckdb.DuckDBPyConnection) -> None:
    best = asked(con, METRICS["best_possible_dso"])[0]
    assert best["value"] + best["add_days"] == best["dso_days"]
    owed = value(con, "ar_total")
    assert value(con, "dso_simple", "receivables_kzt") == value(con, "dso_countback", "receivables_kzt") == owed


def test_payables_by_supplier_are_all_payables(con: duckdb.DuckDBPyConnection) -> None:
    assert asked(con, METRICS["ap_ageing"])[0]["total_kzt"] == value(con, "ap_total")


def test_accounts_close_where_their_movements_lead_and_no_transfer_is_lost(con: duckdb.DuckDBPyConnection) -> None:
    assert {row["difference_doc"] for row in asked(con, METRICS["cash_flow_by_account"])} == {Decimal(0)}
    own = [row for row in asked(con, METRICS["cash_flow"]) if row["category"] == "own_transfer"]
    assert [row["net_kzt"] for row in own] == [Decimal(0)]


def test_both_sides_of_the_bank_are_matched_and_alone(con: duckdb.DuckDBPyConnection) -> None:
    rows = asked(con, METRICS["bank_reconciliation"])
    assert rows
    assert all(
        r["bank_doc"] - r["book_doc"] == r["difference_doc"] == r["only_bank_doc"] - r["only_book_doc"] for r in rows
    )
    (booked,) = con.execute("select sum(amount) from bank_line where value_date between ? and ?", QUARTER).fetchall()
    assert booked == (sum(r["bank_doc"] for r in rows),)
