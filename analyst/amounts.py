"""Which columns of which relations add up, and what must be said of their rows before they do: the facts that cautions rest on."""

from __future__ import annotations

import re
from collections.abc import Mapping

CLOCK = frozenset(
    {"current_date", "current_timestamp", "now", "today", "get_current_timestamp", "localtimestamp", "localtime"}
)
# What tells apart the rows of a relation that must not be added up together.
KINDS: Mapping[str, frozenset[str]] = {
    "doc": frozenset({"type", "doc_set", "doc_id", "number", "number_short", "base_doc_id", "due_date", "in_number"}),
    "pay": frozenset({"type", "direction", "doc_id", "number"}),
    "bank_line": frozenset({"direction", "bank_line_id", "doc_number"}),
    "bank_rec": frozenset({"direction", "bank_line_id", "doc_id", "status"}),
    "esf": frozenset({"is_effective", "esf_id", "reg_no"}),
    "esf_rec": frozenset({"direction", "outcome", "doc_id", "esf_id"}),
    "gl": frozenset({"line_side", "doc_id", "entry_id"}),
    "settlement": frozenset({"side", "method", "debit_doc_id", "credit_doc_id", "doc_id"}),
    "debit_item": frozenset({"side", "doc_type", "doc_id"}),
    "credit_item": frozenset({"side", "doc_type", "doc_id"}),
    "advances": frozenset({"side", "doc_type", "doc_id", "number"}),
    "control_gl": frozenset({"side"}),
    "vat_lines": frozenset({"type", "doc_id", "number", "problem"}),
    "cash_move": frozenset(
        {"is_flow", "category", "type", "doc_id", "number", "cp_id", "counterparty", "bank_account_id", "cash_desk_id"}
    ),
    "cash_item": frozenset(
        {
            "is_flow",
            "category",
            "ddc_item_id",
            "type",
            "doc_id",
            "number",
            "cp_id",
            "counterparty",
            "bank_account_id",
            "cash_desk_id",
        }
    ),
    "deal": frozenset({"stage_kind", "stage", "deal_id", "title"}),
}
INSTEAD = {
    "doc": "metric revenue, ar_total or paid_to_supplier",
    "pay": "metric cash_flow, received_from or paid_to_supplier",
    "bank_line": "metric cash_flow",
    "cash_move": "metric cash_flow",
    "cash_item": "metric cash_flow",
    "bank_rec": "metric bank_reconciliation",
    "esf": "metric esf_reconciliation",
    "esf_rec": "metric esf_reconciliation",
    "gl": "metric control_gl",
    "deal": "metric pipeline or win_rate",
    "advances": "metric advances_total",
    "vat_lines": "metric vat_check",
}
MONEY = re.compile(
    r"(_kzt|_doc|^amount|^sum_|^opening|^closing|^total_(in|out)|_balance|^items|^ledger)$|^(amount|opening|closing|items|ledger|difference)$"
)
# Amounts that are in the currency of their row.
FOREIGN = re.compile(
    r"_doc$|^(amount|price|opening|closing|total_in|total_out|bank_balance|book_balance|difference|ledger)$"
)
CURRENCIES = frozenset(
    {
        "currency",
        "iban",
        "bank_account_id",
        "doc_id",
        "number",
        "number_short",
        "doc_number",
        "contract_id",
        "deal_id",
        "pool",
    }
)
CURRENCIES |= {"credit_doc_id", "debit_doc_id", "target_doc_id", "invoice_doc_id"}
ONE_CURRENCY = frozenset({"finding", "item", "stock_move", "stock_now", "stock_on"})
PARTIES = frozenset(
    {
        "is_intercompany",
        "cp_id",
        "counterparty",
        "name",
        "bin_iin",
        "doc_id",
        "number",
        "contract_id",
        "contract",
        "currency",
        "kind",
    }
)
OWED = frozenset({"open_kzt", "open_doc", "overdue_kzt", "receivables_kzt", "not_due_kzt"})
UNUSED = frozenset({"advances_kzt", "credits_kzt", "unused_kzt", "unused_doc"})
STANDING = frozenset({"running_kzt", "later_kzt", "doubtful_kzt", "left_kzt", "receivables_kzt", "opening", "closing"})
STANDING_IN = frozenset({"bank_stmt", "cash_in_daily", "dso_months"})
TEXT_NUMBERS = frozenset({"number", "number_short", "doc_number", "bin_iin", "in_number"})
MONEY_SIDES = (frozenset({"bank_line", "bank_stmt"}), frozenset({"pay", "cash_move", "cash_item", "doc"}))
# The day on which what a row tells of happens: one after the mirror's day was entered ahead.
HAPPENS = {
    "doc": "doc_date", "pay": "pay_date", "gl": "dt", "sale_line": "doc_date",
    "credit_sale": "doc_date", "paid_item": "eff_date", "stock_move": "move_date",
}  # fmt: skip
PAID = {"pay": "pay_date", "settlement": "eff_date"}
HOPES = (frozenset({"cash_in", "cash_in_daily", "ar_open", "ageing"}), frozenset({"pipeline", "deal", "deal_chain"}))
DOCUMENTED = frozenset({"sum_kzt", "sum_doc", "amount_kzt", "amount_doc"})
FLOWS = frozenset({"sum_kzt", "sum_doc", "amount_kzt", "amount_doc"})
WAYS = (frozenset({"pay_in", "in"}), frozenset({"pay_out", "out"}))
# The metric that gives the total of a relation without own entities; receivables where it is of none of these.
WITHOUT_OWN = {
    "ap_open": "ap_total",
    "sales_in": "revenue",
    "sale_line": "revenue",
    "credit_sale": "dso_simple",
    "advances": "advances_total",
    "exposure": "credit_exposure",
    "paid_item": "days_late",
}
