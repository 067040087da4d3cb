"""P11: a metric of one own entity after another adds up to the company and to what its entities owe each other."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from analyst import catalog, documents, functions, metrics, scope
from analyst.engine import SERIALIZE
from analyst.errors import Refused
from analyst.guard import Guard

METRICS = {m.id: m for m in metrics.read().values() if any(p.name == "org" for p in m.parameters)}
DOCUMENTS = documents.read()
DAY = date(2026, 1, 31)
QUARTER = (date(2025, 10, 1), date(2025, 12, 31))
SALES = "sales_in(date '2025-10-01', date '2025-12-31')"
# metric → its column, and what own entities have with each other of it
ADDITIVE = {
    "ar_overdue": ("value", "select sum(open_kzt) from ar_open(date '2026-01-31') where is_intercompany and days_late > 0"),
    "ap_total": ("value", "select sum(open_kzt) from ap_open(date '2026-01-31') where is_intercompany"),
    "revenue": ("value", f"select sum(net_kzt) from {SALES} where is_intercompany"),
    "cash_flow_by_counterparty": (
        "out_kzt", "select sum(out_kzt) from cash_move(date '2025-10-01', date '2025-12-31') where category = 'intercompany'",
    ),
    # what has nothing to do with the party is simply the sum
    "bank_reconciliation": ("bank_doc", "select 0"),
    "vat_check": ("lines", "select 0"),
}  # fmt: skip
# Neither a sum: of all entities together each is what it is without the argument.
OTHERS = ("dso_countback", "cash_by_week", "limits_broken")

# Which party of the first entity each of these is asked about.
PARTIES = {
    "act_of_reconciliation": "pay_out", "client_receivables": "pay_in", "paid_to_supplier": "pay_out", "payments_of": "pay_out", "received_from": "pay_in",
}  # fmt: skip
EMPTY = {"late_entries", "vat_problems"}
ALL = {"org": "org_1"}
# Of no entity, or found only through a document of one.
SHARED = {
    "cash_share",
    "cp",
    "ddc_item",
    "deal",
    "doc_line",
    "doc_schedule",
    "esf",
    "fx_rate",
    "item",
    "pay_alloc",
    "warehouse",
    "account",
    "debt_account",
}


class Books:
    """The published file and its catalog."""

    def __init__(self, demo: Path, file: Path | None = None) -> None:
        current = json.loads((demo / "CURRENT").read_text(encoding="utf-8"))
        folder, role = demo / "snapshots" / current["snapshot"], current["roles"]["owner"]
        self.demo, self.file = demo, file or folder / role["file"]
        self.con = duckdb.connect(str(self.file), read_only=file is None)
        self.catalog = catalog.read(folder / role["catalog"])
        known = (
            "select org_id from org left join doc using (org_id) group by org_id order by count(doc_id) desc, org_id"
        )
        self.entities = [str(row[0]) for row in self.con.execute(known).fetchall()]

    def asked(self, metric: metrics.Metric, body: str, org: str | None, **given: Any) -> list[dict[str, Any]]:
        values: dict[str, Any] = {"as_of": DAY, "period_from": QUARTER[0], "period_to": QUARTER[1], "org": org}
        for parameter in metric.parameters:
            if parameter.type not in ("date", "period", "org"):
                default = parameter.default
                values[parameter.name] = int(default) if default and parameter.type == "int" else default
        values |= given
        text = scope.narrowed(body, self.catalog, values)
        found = self.con.execute(text, {k: v for k, v in values.items() if re.search(rf"\${k}\b", text)})
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@pytest.fixture(scope="module")
def books(demo: Path) -> Iterator[Books]:
    made = Books(demo)
    yield made
    made.con.close()


@pytest.fixture(scope="module")
def guard(books: Books) -> Guard:
    allowed = functions.allowed(duckdb.__version__)
    assert allowed is not None
    return Guard(books.catalog, allowed, DAY.isoformat())


@pytest.mark.parametrize("name", ADDITIVE)
def test_entities_add_up_to_the_company_and_what_they_owe_each_other(books: Books, name: str) -> None:
    metric, (column, between) = METRICS[name], ADDITIVE[name]

    def total(org: str | None) -> Decimal:
        return sum((Decimal(row[column] or 0) for row in books.asked(metric, metric.body, org)), Decimal(0))

    [(inside,)] = books.con.execute(between).fetchall()
    assert sum(map(total, books.entities)) == total(None) + (inside or 0)
    if "is_intercompany" in between:
        assert inside > 0, "without a debt between own entities the sum says nothing"


@pytest.mark.parametrize(
    "name", [n for n in ADDITIVE if "include_intercompany" in {p.name for p in METRICS[n].parameters}]
)
def test_what_own_entities_owe_each_other_is_added_when_asked(books: Books, name: str) -> None:
    metric, (column, between) = METRICS[name], ADDITIVE[name]
    [(inside,)] = books.con.execute(between).fetchall()
    alone, wide = (
        sum(row[column] or 0 for row in books.asked(metric, metric.body, None, include_intercompany=asked))
        for asked in (None, ("text", "true"))
    )
    assert wide == alone + (inside or 0)
    if name in DOCUMENTS:
        listed = books.asked(metric, DOCUMENTS[name].totals(), None, include_intercompany=("text", "true"))
        assert {row["part"]: row["total"] for row in listed}[column] == wide


@pytest.mark.parametrize("name", OTHERS)
def test_all_entities_together_are_the_company(books: Books, name: str) -> None:
    metric = METRICS[name]
    whole = books.asked(metric, metric.body, None)
    assert books.asked(metric, metric.body, ",".join(books.entities)) == whole
    assert books.asked(metric, metric.body, books.entities[0]) != whole


def test_documents_of_an_entity_add_up_to_its_number(books: Books) -> None:
    metric, behind = METRICS["ar_overdue"], DOCUMENTS["ar_overdue"]
    for org in books.entities[:2]:
        [number] = books.asked(metric, metric.body, org)
        listed = books.asked(metric, behind.totals(), org)
        assert {row["part"]: row["total"] for row in listed}["value"] == number["value"] > 0


@pytest.fixture(scope="module")
def alone(books: Books, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    """The same file as if the first entity were the whole company: everything of the others deleted."""
    file = shutil.copy(books.file, tmp_path_factory.mktemp("alone") / "alone.duckdb")
    made = Books(books.demo, Path(file))
    for table in made.catalog.tables:
        columns = {column.name for column in made.catalog.relations[table].columns}
        for column in columns & {"org_id"}:
            made.con.execute(f"delete from {table} where {column} is distinct from ?", books.entities[:1])
    for table, column, owner in (
        ("bank_rec", "bank_account_id", "bank_account"), ("bank_line", "bank_account_id", "bank_account"),
        ("bank_stmt", "bank_account_id", "bank_account"), ("doc_line", "doc_id", "doc"), ("pay_alloc", "doc_id", "doc"),
    ):  # fmt: skip
        made.con.execute(f"delete from {table} where {column} not in (select {column} from {owner})")
    made.con.execute("update cp set is_intercompany = false where bin_iin not in (select bin from org)")
    for table in made.catalog.tables - {"cp"}:
        if {"is_intercompany", "cp_id"} <= {column.name for column in made.catalog.relations[table].columns}:
            made.con.execute(
                f"update {table} set is_intercompany = false where cp_id not in (select cp_id from cp where is_intercompany)"
            )
    yield made
    made.con.close()


@pytest.mark.parametrize("name", METRICS)
def test_an_entity_is_asked_as_if_it_were_the_company(books: Books, alone: Books, name: str) -> None:
    metric = METRICS[name]
    given = {}
    if name in PARTIES:
        paid = "select mode(cp_id) from pay where org_id = ? and type = ?"
        [(given["counterparty"],)] = books.con.execute(paid, [books.entities[0], PARTIES[name]]).fetchall()
    if name == "invoice_status":
        sold = "select max(number) from doc where org_id = ? and type = 'sale'"
        [(given["number"],)] = books.con.execute(sold, books.entities[:1]).fetchall()
    expected = alone.asked(metric, metric.body, None, **given)
    assert books.asked(metric, metric.body, books.entities[0], **given) == expected
    assert expected or name in EMPTY


def test_no_table_that_knows_no_entity_holds_what_belongs_to_one(books: Books) -> None:
    read = set()
    for metric in METRICS.values():
        listed = [DOCUMENTS[metric.id].totals()] if metric.id in DOCUMENTS else []
        for body in (metric.body, *listed):
            words = set(re.findall(r"\w+", body.lower()))
            for macro in words & books.catalog.macros.keys():
                words |= books.catalog.inside(macro) or books.catalog.tables
            narrowed = set(
                re.findall(r"^(\w+) as not materialized", scope.narrowed(body, books.catalog, ALL), re.MULTILINE)
            )
            read |= words & books.catalog.tables - narrowed
    assert read <= SHARED, "give it an org_id, and is_intercompany where own entities are left out"


@pytest.mark.parametrize("name", METRICS)
def test_a_narrowed_metric_and_its_documents_pass_the_guard(books: Books, guard: Guard, name: str) -> None:
    def serialize(text: str) -> str:
        row = books.con.execute(SERIALIZE, [text]).fetchone()
        return str(row[0]) if row else ""

    listed = [DOCUMENTS[name].totals()] if name in DOCUMENTS else []
    for body in (METRICS[name].body, *listed):
        text = scope.narrowed(body, books.catalog, {"org": "org_1"})
        read = guard.check(text, serialize, frozenset(re.findall(r"\$(\w+)", text))).relations
        whole = guard.check(body, serialize, frozenset(re.findall(r"\$(\w+)", body))).relations
        assert set(scope.read(read, body)) == whole <= read
        caller = text.replace("$org", "'org_1'")
        with pytest.raises(Refused, match="a relation has that name"):
            guard.check(caller, serialize, frozenset(re.findall(r"\$(\w+)", caller)))
