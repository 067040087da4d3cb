"""What the product has published, in rows that carry no ids of its own: entities and parties by BIN, or by name where none is valid."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

PARTY = "case when cp.bin_valid then cp.bin_iin else cp.name end"
NAMED = "join org on org.org_id = m.org_id join cp on cp.cp_id = m.cp_id"
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Published:
    db: duckdb.DuckDBPyConnection

    @classmethod
    def of(cls, data: Path) -> Published:
        """The serving file that CURRENT names, read-only."""
        said = json.loads((data / "CURRENT").read_text(encoding="utf-8"))
        file = data / "snapshots" / said["snapshot"] / said["roles"]["owner"]["file"]
        return cls(duckdb.connect(str(file), read_only=True))

    def rows(self, sql: str, *values: object) -> Rows:
        return self.db.execute(sql, list(values)).fetchall()

    def value(self, sql: str, *values: object) -> Any:
        return self.rows(sql, *values)[0][0]

    def open_items(self, side: str, day: date) -> Rows:
        return self.rows(
            f"select org.bin, {PARTY}, m.doc_type, coalesce(m.number, ''), m.doc_date, m.stage, m.due_date, m.due_source, m.currency,"
            " m.amount_doc, m.open_doc, m.open_kzt, m.days_late, m.bucket, m.is_intercompany"
            f" from {side}_open(date '{day}') m {NAMED}"
        )

    def paid_after(self, side: str, day: date) -> Rows:
        return self.rows(
            f"select m.doc_type, coalesce(m.number, ''), m.doc_date, m.stage, m.paid_after_doc from {side}_open(date '{day}') m"
        )

    def advances(self, day: date) -> Rows:
        return self.rows(
            f"select m.side, m.kind, org.bin, {PARTY}, m.doc_type, coalesce(m.number, ''), m.doc_date, m.line_no, m.currency,"
            f" m.unused_doc, m.unused_kzt, m.is_intercompany from advances(date '{day}') m {NAMED}"
        )

    def ageing(self, day: date) -> Rows:
        return self.rows(
            f"select {PARTY}, not_due_kzt, d1_30_kzt, d31_60_kzt, d61_90_kzt, d91_plus_kzt, advances_kzt, credits_kzt"
            f" from ageing(date '{day}') m join cp on cp.cp_id = m.cp_id"
        )

    def control(self, day: date) -> Rows:
        return self.rows(
            f"select m.side, org.bin, {PARTY}, contract.number, m.currency, m.items, m.items_kzt, m.ledger, m.ledger_kzt"
            f" from control_gl(date '{day}') m {NAMED} left join contract on contract.contract_id = m.contract_id"
            " where (m.items, m.items_kzt, m.ledger, m.ledger_kzt) <> (0, 0, 0, 0)"
        )

    def settled(self) -> Rows:
        return self.rows(
            "select m.method = 'fx_close', m.eff_date, coalesce(c.number, ''), c.type, m.credit_line, coalesce(d.number, ''), d.type, m.stage, m.amount_doc,"
            " m.amount_kzt, m.evidence = 'linked',"
            f" org.bin, {PARTY} from settlement m {NAMED}"
            " join doc c on c.doc_id = m.credit_doc_id join doc d on d.doc_id = m.debit_doc_id"
        )

    def payments(self) -> Rows:
        return self.rows(
            f"select m.type, m.channel, org.bin, {PARTY}, m.number, m.pay_date, m.currency, m.amount_doc, m.amount_kzt"
            f" from pay m {NAMED}"
        )

    def statuses(self, number: str, day: date) -> Rows:
        return self.rows(
            f"select doc_type, doc_number, doc_date, {PARTY}, m.currency, sum_doc, paid_doc, other_doc, coalesce(likely_doc, 0), open_doc,"
            " status, last_paid_on, coalesce(paid_by, '')"
            f" from invoice_status(?, date '{day}') m join cp on cp.cp_id = m.cp_id",
            number,
        )

    def invoices(self) -> Rows:
        """Electronic invoices against 1C."""
        return self.rows(
            f"select m.direction, m.outcome, org.bin, {PARTY}, d.number, e.reg_no, m.turnover_date, m.book_kzt, m.esf_kzt, m.days_late"
            " from esf_rec m join org on org.org_id = m.org_id left join cp on cp.cp_id = m.cp_id"
            " left join doc d on d.doc_id = m.doc_id left join esf e on e.esf_id = m.esf_id"
        )

    def cash(self, day: date) -> Rows:
        return self.rows(
            f"select iban, cash_desk, bank_balance, stmt_date, book_balance from cash_position(date '{day}')"
        )

    def cash_by_item(self, first: date, last: date) -> Rows:
        """By month."""
        return self.rows(
            "select year(move_date), month(move_date), category, named_by, if(named_by = 'item', '', coalesce(knp, '')), sum(in_kzt), sum(out_kzt),"
            f" count(*) from cash_item(date '{first}', date '{last}') where is_flow group by all"
        )

    def on_its_way(self) -> Rows:
        """By month: what went out of own places and did not come into one."""
        return self.rows(
            "select year(move_date), month(move_date), sum(out_kzt - in_kzt) as total from cash_move(date '2000-01-01', date '2099-12-31')"
            " where category = 'own_transfer' group by all having total <> 0"
        )

    def revenue(self) -> Rows:
        """By month: net of VAT and gross, in tenge."""
        return self.rows(
            "select year(doc_date), month(doc_date), sum(net_kzt), sum(gross_kzt)"
            " from sales_in(date '2000-01-01', date '2099-12-31') where not is_intercompany group by all"
        )

    def paid_items(self, first: date, last: date) -> Rows:
        return self.rows(
            "select coalesce(c.number, ''), m.credit_line, coalesce(d.number, ''), m.stage, m.amount_kzt, m.due_date, m.eff_date, m.days_late"
            f" from paid_items(date '{first}', date '{last}') m"
            " join doc c on c.doc_id = m.credit_doc_id join doc d on d.doc_id = m.debit_doc_id"
        )

    def columns(self) -> list[tuple[str, str, str]]:
        """(relation, column, type) of everything published: of a macro, what it gives for arguments of its types."""
        found = self.rows(
            "select table_name, column_name, data_type from duckdb_columns() where not internal order by all"
        )
        macros = self.rows(
            "select function_name, parameter_types from duckdb_functions()"
            " where not internal and function_type = 'table_macro' order by all"
        )
        for name, types in macros:
            given = ", ".join(f"cast(null as {kind})" for kind in types)
            found += [(name, *column[:2]) for column in self.rows(f"describe select * from {name}({given})")]
        return [(str(relation), str(column), str(kind)) for relation, column, kind in found]
