"""The documents behind every metric on a whole company: they add up to it exactly, whoever asks for whatever day."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pytest

import sql
from analyst import catalog, documents, functions, metrics
from analyst.documents import COLUMNS
from analyst.engine import SERIALIZE
from analyst.guard import Guard
from tests.sql.documents_behind import DOCUMENTS, differences, given, with_defaults

METRICS = metrics.read()
# Parts that this company has nothing for: no month is closed, no VAT is wrong, every deal has a start, no customer got money back.
# The books of tests/sql/metric_books.py have them, and hold the documents of every question against its answer too.
EMPTY = {
    "client_summary": {"advances_kzt", "open_deals", "open_deals_kzt", "unmatched_in", "unmatched_in_doc"},
    "deal_cycle": {"without_start"},
    "gross_margin": {"value", "cost_kzt", "uncosted"},
    "intercompany_balance": {"received_doc", "paid_doc"},
    "received_from": {"refunds_kzt"},
    "vat_check": {"value", "wrong_amount", "wrong_rate"},
    "vat_problems": {"vat_doc", "expected_doc", "sum_doc"},
}
TYPES = {
    "part": "VARCHAR",
    "doc_id": "VARCHAR",
    "type": "VARCHAR",
    "number": "VARCHAR",
    "doc_date": "DATE",
    "counterparty": "VARCHAR",
}


@pytest.fixture(scope="module")
def folder(demo: Path) -> Path:
    current: dict[str, str] = json.loads((demo / "CURRENT").read_text(encoding="utf-8"))
    return demo / "snapshots" / current["snapshot"]


@pytest.fixture(scope="module")
def con(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file, as a worker opens it."""
    with duckdb.connect(str(folder / "serve-owner.duckdb"), read_only=True) as db:
        db.execute("set threads = 1")
        yield db


@pytest.fixture(scope="module")
def guard(folder: Path) -> Guard:
    allowed = functions.allowed(duckdb.__version__)
    assert allowed is not None
    return Guard(catalog.read(folder / "serve-owner.json"), allowed, "2026-01-31")


@pytest.fixture(scope="module")
def questions(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Two days and periods, with the parties and the number that have the most to tell."""

    def first(sql: str) -> Any:
        row = con.execute(sql).fetchone()
        assert row is not None
        return row[0]

    debtor = first("select cp_id from ageing(date '2026-01-31') order by open_kzt desc limit 1")
    refunded = first("select cp_id from pay where type = 'refund_in' limit 1")
    number = first(
        "select number_short from doc where type in ('sale', 'invoice_out') group by 1 order by bool_or(doc_id in"
        " (select debit_doc_id from settlement where method in ('return', 'offset', 'writeoff'))) desc, count(*) desc, 1 limit 1"
    )
    usual = {"horizon": 30, "number": number}
    return [
        usual | {"as_of": date(2026, 1, 31), "period_from": date(2025, 10, 1), "period_to": date(2026, 1, 31), "counterparty": None},
        usual | {"as_of": date(2026, 1, 31), "period_from": date(2025, 11, 1), "period_to": date(2025, 12, 31), "counterparty": refunded},
        usual | {"as_of": date(2025, 6, 15), "period_from": date(2022, 3, 1), "period_to": date(2025, 5, 31), "counterparty": debtor},
    ]  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_add_up_to_their_metric(
    con: duckdb.DuckDBPyConnection, questions: list[dict[str, Any]], name: str
) -> None:
    metric, seen = METRICS[name], set[str]()
    party = [p for p in metric.parameters if p.type == "counterparty"]
    for question in questions:
        # a metric of one party cannot be asked without it; one of none need not be asked for each
        named = question["counterparty"] is not None
        if (party and (named or party[0].optional)) or (not party and question is not questions[1]):
            assert differences(con, metric, with_defaults(metric, question), seen) == {}
    # What is empty whatever is asked holds nothing: it would add up with any statement.
    assert set(DOCUMENTS[name].parts) - seen <= EMPTY.get(name, set())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_list_of_documents_is_one_and_passes_the_guard(
    con: duckdb.DuckDBPyConnection, guard: Guard, questions: list[dict[str, Any]], name: str
) -> None:
    def serialize(text: str) -> str:
        row = con.execute(SERIALIZE, [text]).fetchone()
        return str(row[0]) if row else ""

    listed = DOCUMENTS[name]
    assert set(listed.parts) <= {column.name for column in METRICS[name].columns}
    assert set(re.findall(r"\$(\w+)", listed.body)) <= set(re.findall(r"\$(\w+)", METRICS[name].body)) | {"as_of"}
    assert listed.untrusted == ("counterparty",)
    for statement in (listed.totals(), listed.page(listed.parts[0], 20, 0)):
        guard.check(statement, serialize, frozenset(re.findall(r"\$(\w+)", statement)))
    found = (
        con.execute(
            f"from ({listed.body}) limit 0", given(listed.body, with_defaults(METRICS[name], questions[1]))
        ).description
        or ()
    )
    types = {str(column[0]): str(column[1]) for column in found}
    assert tuple(types) == COLUMNS
    assert types.pop("amount") == ("DECIMAL(18,3)" if name == "stock" else "DECIMAL(18,2)")
    assert types == TYPES


def test_a_metric_has_its_documents_or_says_why_not() -> None:
    assert set(DOCUMENTS) <= set(METRICS), "a list of documents without its metric"
    both = [name for name, metric in METRICS.items() if metric.documents and name in DOCUMENTS]
    assert both == [], "the header says that there are no documents, and there are"
    neither = [name for name, metric in METRICS.items() if not metric.documents and name not in DOCUMENTS]
    assert neither == [], "write sql/documents/<id>.sql, or say why not: `documents:` in the header of the metric"


@pytest.mark.parametrize(
    ("facts", "body"),
    [("same: nothing", ""), ("same: revenue", ""), ("same: cei_adj", ""), ("same: cei", "select 1")],
    ids=["no such file", "a part that it lacks", "one that has none itself", "SQL of its own beside"],
)
def test_a_list_that_is_the_same_as_none_is_refused(tmp_path: Path, facts: str, body: str) -> None:
    shutil.copytree(str(files("sql").joinpath("documents")), tmp_path / "documents")
    text = f"-- Some.\n--\n-- {facts}\n-- parts: begin_kzt\n{body}\n"
    (tmp_path / "documents" / "other.sql").write_text(text, encoding="utf-8")
    with pytest.raises(sql.HeaderError, match=r"documents/other.sql: same: names no file"):
        documents.read(tmp_path)
