"""A few documents written by hand in the shape of core, the real settlement and mart on them, and the real metrics asked."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import duckdb

import sql
from analyst import metrics
from tests.sql.documents_behind import DOCUMENTS, differences

TABLES = """
create table org (org_id varchar, bin varchar, name varchar);
create table cp (cp_id varchar, name varchar, bin_iin varchar, is_intercompany boolean, parent_cp_id varchar);
create table contract (contract_id varchar, cp_id varchar, org_id varchar, number varchar, currency varchar, settle_mode varchar,
    credit_limit_kzt decimal(18,2));
create table doc (doc_id varchar, type varchar, org_id varchar, cp_id varchar, contract_id varchar, number varchar, doc_date date,
    currency varchar, rate decimal(18,4), rate_mult bigint, sum_doc decimal(18,2), sum_kzt decimal(18,2), base_doc_id varchar,
    due_source varchar, doc_set varchar, warehouse_id varchar, bank_account_id varchar, cash_desk_id varchar, ddc_item_id varchar, knp varchar, purpose varchar, number_short varchar, in_date date,
    is_late_entry boolean, first_synced_at timestamp);
create table doc_key (doc_id varchar, src_ref varchar);
create table doc_line (doc_id varchar, line_no integer, item_id varchar, qty decimal(18,3), sum_doc decimal(18,2),
    vat_rate decimal(5,2), vat_doc decimal(18,2), is_goods boolean);
create table doc_schedule (doc_id varchar, stage integer, due_date date, amount_doc decimal(18,2));
create table pay_alloc (doc_id varchar, line_no integer, contract_id varchar, target_doc_id varchar, invoice_doc_id varchar,
    amount_doc decimal(18,2), amount_kzt decimal(18,2), amount_settled decimal(18,2), side varchar, ddc_item_id varchar);
create table ddc_item (ddc_item_id varchar, name varchar);
create table gl (doc_id varchar, line_side varchar, account varchar, corr_account varchar, org_id varchar, cp_id varchar,
    contract_id varchar, bank_account_id varchar, cash_desk_id varchar, dt date, amount_kzt decimal(18,2), amount_doc decimal(18,2), currency varchar);
create table deal (deal_id varchar, title varchar, pipeline varchar, stage varchar, stage_kind varchar, amount decimal(18,2),
    currency varchar, amount_kzt decimal(18,2), probability bigint, cp_id varchar, company varchar, owner varchar, begin_date date, close_date date,
    created_at timestamp, moved_at timestamp, invoice_number varchar);
create table crm_invoice (deal_id varchar, number varchar);
create table fx_rate (currency varchar, rate_date date, rate decimal(18,4), mult bigint);
create table item (item_id varchar, name varchar, unit varchar, is_service boolean);
create table warehouse (warehouse_id varchar, name varchar);
create table stock_move (doc_id varchar, org_id varchar, item_id varchar, warehouse_id varchar, move_date date, qty decimal(18,3));
create table bank_account (bank_account_id varchar, org_id varchar, iban varchar, bank varchar, currency varchar);
create table cash_desk (cash_desk_id varchar, org_id varchar, name varchar, currency varchar);
create table bank_stmt (bank_account_id varchar, first_day date, last_day date, opening decimal(18,2), closing decimal(18,2));
create table bank_line (bank_line_id varchar, bank_account_id varchar, value_date date, direction varchar, amount decimal(18,2),
    cp_id varchar, doc_number varchar, purpose varchar, cp_name varchar, cp_iban varchar, knp varchar);
create table doc_inactive (doc_id varchar, type varchar, cp_id varchar, number varchar, doc_date date, sum_doc decimal(18,2),
    bank_account_id varchar, status varchar);
create table changes_since (doc_id varchar, org_id varchar, doc_date date, what varchar, sum_kzt decimal(18,2));
create schema meta;
create table meta.run as select 'Asia/Almaty' as timezone;
create table meta.debt_account (role varchar, account varchar);
"""
# Each after what it reads.
MODELS = (
    "in_kzt", "share_of", "vat_inside", "before_from", "before_to", "journal_item", "debit_item", "credit_item", "claim", "matched", "revaluation",
    "settlement", "open_span", "unused_span", "pay", "bank_rec", "open_items", "ar_open", "ap_open", "advances", "aged_items", "aged", "ageing", "ap_ageing",
    "ledger_day", "control_gl", "cash_position", "sale_line", "sales_in", "sales_by_document", "sales_shift", "credit_sale", "credit_sales", "dso", "dso_months", "collections", "paid_item", "paid_items", "cash_in",
    "cash_in_daily", "cash_move", "cash_share", "cash_item", "party_moves", "account_manager", "deal_invoice", "deal_money", "deal_chain", "exposure", "exposure_day", "exposure_days", "margin", "pipeline",
    "stock_on", "vat_lines", "vat_fault", "intercompany_balance", "backdated",
)  # fmt: skip
METRICS = metrics.read()


def day(text: str) -> date:
    """2026-03-31, or 03-31 of 2026."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


class MetricBooks:
    """Own entity org_1 with customer cp_1 and supplier cp_2; cp_own is own entity org_2. Everything is put before the first question."""

    def __init__(self) -> None:
        self.con = duckdb.connect()
        self.con.execute("set threads = 1")
        self.con.execute(TABLES)
        self.put("org", org_id="org_1", bin="1", name="Альфа")
        self.put("org", org_id="org_2", bin="2", name="Бета")
        self.put("cp", cp_id="cp_1", name="Покупатель", is_intercompany=False)
        self.put("cp", cp_id="cp_2", name="Поставщик", is_intercompany=False)
        self.put("cp", cp_id="cp_own", name="Бета", bin_iin="2", is_intercompany=True)
        self.put("cp", cp_id="cp_self", name="Альфа", bin_iin="1", is_intercompany=True)
        self.put("bank_account", bank_account_id="ba_1", org_id="org_1", iban="KZ1", bank="Банк", currency="KZT")
        self._built: set[str] = set()

    def put(self, table: str, **columns: Any) -> None:
        """One row; what is not named is null."""
        marks = ", ".join("?" for _ in columns)
        self.con.execute(f"insert into {table} ({', '.join(columns)}) values ({marks})", list(columns.values()))

    def doc(self, doc_id: str, kind: str, on: str, total: str, **columns: Any) -> Decimal | None:
        """A document of org_1 with cp_1 in tenge, under a contract of its own number unless `contract_id` says otherwise; its tenge."""
        usual: dict[str, Any] = {
            "org_id": "org_1", "cp_id": "cp_1", "contract_id": f"ct_{doc_id}", "number": doc_id, "number_short": doc_id,
            "currency": "KZT", "rate": Decimal(1), "rate_mult": 1, "due_source": "contract", "is_late_entry": False,
        }  # fmt: skip
        row = usual | columns
        amount = Decimal(total)
        worth = None if row["rate"] is None else (amount * row["rate"]).quantize(Decimal("0.01"), "ROUND_HALF_UP")
        self.put("doc", doc_id=doc_id, type=kind, doc_date=day(on), sum_doc=amount, sum_kzt=worth, **row)
        self.put("doc_key", doc_id=doc_id, src_ref=doc_id)
        known = self.con.execute("select 1 from contract where contract_id = ?", [row["contract_id"]]).fetchall()
        if row["contract_id"] and not known:
            self.put("contract", contract_id=row["contract_id"], cp_id=row["cp_id"], org_id=row["org_id"],
                     number=row["contract_id"], currency=row["currency"], settle_mode="by_contract")  # fmt: skip
        return worth

    def owed(
        self, doc_id: str, on: str, total: str, due: str | None = None, kind: str = "sale", **columns: Any
    ) -> None:
        """A sale or purchase with one payment stage."""
        self.doc(doc_id, kind, on, total, **columns)
        self.put("doc_schedule", doc_id=doc_id, stage=1, due_date=day(due or on), amount_doc=Decimal(total))

    def paid(
        self, doc_id: str, on: str, total: str, target: str, kind: str = "pay_in", side: str = "ar", **columns: Any
    ) -> None:
        """A payment or write-off that names what it pays, under the contract of that document."""
        contract = columns.pop("contract_id", f"ct_{target}")
        worth = self.doc(doc_id, kind, on, total, contract_id=contract, **columns)
        self.put(
            "pay_alloc",
            doc_id=doc_id,
            line_no=1,
            contract_id=contract,
            target_doc_id=target,
            amount_doc=Decimal(total),
            amount_kzt=worth,
            side=side,
        )

    def line(self, doc_id: str, line_no: int, gross: str, vat: str, rate: int | None = 12, **columns: Any) -> None:
        """A line of a document."""
        usual: dict[str, Any] = {"item_id": "it_1", "qty": Decimal(1), "is_goods": True}
        self.put(
            "doc_line",
            doc_id=doc_id,
            line_no=line_no,
            sum_doc=Decimal(gross),
            vat_doc=Decimal(vat),
            vat_rate=rate,
            **(usual | columns),
        )

    def entry(self, doc_id: str | None, debit: str, credit: str, on: str, amount: str, **columns: Any) -> None:
        """A ledger entry in tenge, both its sides."""
        for side, account, other in (("dr", debit, credit), ("cr", credit, debit)):
            usual = {"org_id": "org_1", "amount_doc": Decimal(amount), "currency": "KZT"}
            self.put("gl", doc_id=doc_id, line_side=side, account=account, corr_account=other, dt=day(on),
                     amount_kzt=Decimal(amount), **(usual | columns))  # fmt: skip

    def deal(self, deal_id: str, kind: str, amount: str, moved: str, **columns: Any) -> None:
        """A deal created on 1 January, moved to its stage on a day."""
        usual = {"pipeline": "Продажи", "stage": kind, "currency": "KZT", "amount_kzt": Decimal(amount), "probability": 50,
                 "begin_date": day("01-01"), "close_date": day(moved), "created_at": datetime(2026, 1, 1, 9)}  # fmt: skip
        moved_at = datetime.combine(day(moved), datetime.min.time())
        self.put(
            "deal", deal_id=deal_id, stage_kind=kind, amount=Decimal(amount), moved_at=moved_at, **(usual | columns)
        )

    def ask(self, metric: str, **arguments: Any) -> list[dict[str, Any]]:
        """The rows of a metric, to which the documents behind it must add up. period: two days; a day: its text."""
        self._build(metric)
        first, last = arguments.pop("period", (None, None))
        # what nobody gives is as the header has it, but for a few that these books chose long ago
        usual: dict[str, Any] = {p.name: int(p.default) if p.type == "int" and p.default else p.default
                                 for p in METRICS[metric].parameters}  # fmt: skip
        given: dict[str, Any] = usual | {"days": 90, "horizon": 14, "as_of": "03-31"} | arguments
        values = given | {
            "as_of": day(given["as_of"]),
            "period_from": first and day(first),
            "period_to": last and day(last),
        }
        body = METRICS[metric].body
        assert metric not in DOCUMENTS or differences(self.con, METRICS[metric], values) == {}
        found = self.con.execute(body, {k: v for k, v in values.items() if re.search(rf"\${k}\b", body)})
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def one(self, metric: str, *columns: str, **arguments: Any) -> tuple[Any, ...]:
        """Columns of the only row, numbers as text and dates too, as they are read."""
        (row,) = self.ask(metric, **arguments)
        return told(row, columns)

    def many(self, metric: str, *columns: str, **arguments: Any) -> list[tuple[Any, ...]]:
        """Columns of every row, the same way."""
        return [told(row, columns) for row in self.ask(metric, **arguments)]

    def _build(self, metric: str) -> None:
        """What the metric and the documents behind it read, as far as it is not there from an earlier question."""
        accounts = _definitions()["stg_settings__debt_account"].body
        self.con.execute(f"create table if not exists debt_account as {accounts}")
        for name in read_by(metric):
            if name in self._built:
                continue
            self._built.add(name)
            kind, body = _definitions()[name].facts["kind"], _definitions()[name].body
            if kind.startswith("macro"):
                self.con.execute(f"create macro {name}{kind[5:]} as table {body}")
            elif kind.startswith("scalar"):
                arguments = ", ".join(part.split()[0] for part in kind[7:-1].split(","))
                self.con.execute(f"create macro {name}({arguments}) as {body}")
            else:
                self.con.execute(f"create table {name} as {body}")


@cache
def _definitions() -> dict[str, sql.Definition]:
    return {d.name: d for folder in ("staging", "core", "settlement", "mart") for d in sql.read(folder)}


@cache
def read_by(metric: str) -> tuple[str, ...]:
    """The models that a metric and its documents read, in the order of MODELS."""
    found: set[str] = set()
    waiting = [METRICS[metric].body, DOCUMENTS[metric].body if metric in DOCUMENTS else ""]
    while waiting:
        fresh = ({*re.findall(r"[a-z_]\w*", waiting.pop())} & {*MODELS}) - found
        found |= fresh
        waiting += [_definitions()[name].body for name in fresh]
    return tuple(name for name in MODELS if name in found)


def told(row: dict[str, Any], columns: tuple[str, ...]) -> tuple[Any, ...]:
    """Values in order of the columns; decimals and dates as text."""
    return tuple(str(v) if isinstance(v := row[c], Decimal | date) else v for c in columns)
