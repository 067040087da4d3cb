"""What an error offers for a name that nothing is called by: the author's own question made runnable, or nothing of it; never another one."""

from __future__ import annotations

import pytest

from analyst import edits
from analyst.desk import Desk
from analyst.errors import AnalystError
from tests.analyst.test_drafts import asked, desk

__all__ = ["desk"]

# A statement that fails, and what gives the same as its fix.
MEANT: tuple[tuple[str, str], ...] = (
    ("SELECT month, sum(net_kzt) FROM sales_in('2025-01-01', '2025-12-31') GROUP BY month", "SELECT date_trunc('month', doc_date)::DATE, sum(net_kzt) FROM sales_in(DATE '2025-01-01', DATE '2025-12-31') GROUP BY 1"),
    ("SELECT sum(net_kzt) FROM sales_in WHERE year = 2025", "SELECT sum(net_kzt) FROM sales_in(DATE '2025-01-01', DATE '2025-12-31')"),
    ("SELECT sum(net_kzt) FROM sales_in WHERE doc_date >= '2025-03-01'", "SELECT sum(net_kzt) FROM sales_in(DATE '2025-03-01', DATE '2026-01-31')"),
    ("SELECT sum(open_kzt) FROM ar_open('2025-11')", "SELECT sum(open_kzt) FROM ar_open(DATE '2025-11-30')"),
    ("SELECT warehouse, ready_on FROM atp('it_4', 10)", "SELECT warehouse, ready_on FROM atp('it_4', 10, NULL, DATE '2026-01-31')"),
    ("SELECT account, sum(balance) FROM gl_balance GROUP BY account ORDER BY abs(sum(balance))", "SELECT account, sum(debit_kzt - credit_kzt) FROM gl_balance GROUP BY account"),
    ("SELECT line_no, doc_date FROM doc_line WHERE qty > 100", "SELECT l.line_no, d.doc_date FROM doc_line l JOIN doc d USING (doc_id) WHERE l.qty > 100"),
    ("SELECT unit, sum(qty) FROM stock_move GROUP BY unit", "SELECT i.unit, sum(m.qty) FROM stock_move m JOIN item i USING (item_id) GROUP BY ALL"),
    ("SELECT item, on_hand, reserved FROM stock_now WHERE reserved > 0", "SELECT item, on_hand, reserved FROM stock_available(DATE '2026-01-31') WHERE reserved > 0"),
    ("SELECT counterparty, overdue_kzt FROM ar_open(DATE '2025-12-31') WHERE d31_60_kzt > 0", "SELECT counterparty, overdue_kzt FROM ageing(DATE '2025-12-31') WHERE d31_60_kzt > 0"),
    ("SELECT counterparty, total_due FROM ap_ageing('2026-01-31')", "SELECT counterparty, open_kzt FROM ap_ageing(DATE '2026-01-31')"),
    ("SELECT TRY_TO_NUMBER(number_short) FROM doc", "SELECT TRY_CAST(number_short AS DECIMAL(18,2)) FROM doc"),
    ("PIVOT (SELECT type, currency, sum_kzt FROM doc WHERE currency IN ('KZT', 'USD')) ON currency USING sum(sum_kzt) GROUP BY type", "SELECT type, sum(sum_kzt) FILTER (WHERE currency = 'KZT'), sum(sum_kzt) FILTER (WHERE currency = 'USD') FROM doc WHERE currency IN ('KZT', 'USD') GROUP BY type"),
    ("WITH s AS (SELECT type, quarter(doc_date) AS q, net_kzt FROM sales_in('2025-01-01', '2025-06-30')) PIVOT s ON q USING sum(net_kzt) GROUP BY type", "SELECT type, sum(net_kzt) FILTER (WHERE quarter(doc_date) = 1), sum(net_kzt) FILTER (WHERE quarter(doc_date) = 2) FROM sales_in(DATE '2025-01-01', DATE '2025-06-30') GROUP BY type"),
    ("SELECT month, sum(revenue) FROM revenue GROUP BY month", "SELECT date_trunc('month', doc_date)::DATE, sum(net_kzt) FROM sale_line WHERE doc_date <= '2026-01-31' GROUP BY 1"),
    ("SELECT sum(open_kzt) FROM ar_open('2026-01-31') WHERE org = 'org_1'", "SELECT sum(open_kzt) FROM ar_open(DATE '2026-01-31') WHERE org_id = 'org_1'"),
    ("SELECT number, mood FROM doc WHERE type = 'writeoff'", "SELECT number, 'no such column' FROM doc WHERE type = 'writeoff'"),
)  # fmt: skip
# A statement, and what its fix must not hold: a neighbour in letters or in kind that means something else.
OTHER: tuple[tuple[str, str], ...] = (
    ("SELECT due_date, amount_doc FROM pay", "pay_date AS"),
    ("SELECT order_date FROM order_demand(DATE '2026-01-31')", "order_id AS"),
    ("SELECT counterparty, sum(amount_kzt) FROM bank_line GROUP BY counterparty", "sum(amount)"),
    ("SELECT counterparty, opening_kzt FROM party_moves(DATE '2026-01-01', DATE '2026-01-31') WHERE opening_kzt > 0", "WHERE debit_kzt"),
    ("SELECT counterparty, sum(net_kzt) FROM sales_in() WHERE signed_on > '2025-01-01' GROUP BY 1", "sum(net_kzt) FROM sales_in(DATE"),
    ("SELECT counterparty, sum(receivables_kzt) FROM dso(DATE '2026-01-31', 90) GROUP BY counterparty", "NULL AS"),
    ("SELECT * FROM cash_forecast WHERE horizon = 30", "open_kzt = 30"),
    ("SELECT HASHBYTES('MD5', number) FROM doc", "hash("),
    ("SELECT number, days_late FROM doc", "is_late_entry"),
    ("SELECT l.amount FROM bank_line l JOIN pay p ON p.bank_line_id = l.bank_line_id", "p.bank_account_id"),
    ("SELECT account, debit_turnover FROM gl_balance", "debit_kzt AS"),
    ("SELECT name, is_customer FROM cp", "name AS is_customer"),
    ("SELECT method, invoice_number FROM settlement", "contract"),
    ("SELECT * FROM stock_available('2026-01-31', 'it_4')", "SELECT *"),
    ("SELECT counterparty, sum(net_kzt) FROM sales_in() WHERE signed_on > '2025-01-01' GROUP BY 1", "doc_date"),
    ("SELECT sum(difference_kzt) FROM esf_rec", "difference_doc"),
)  # fmt: skip


def fix_of(desk: Desk, sql: str) -> str:
    with pytest.raises(AnalystError) as told:
        asked(desk, sql)
    return edits.applied(sql, told.value.replace) if told.value.replace else told.value.fix


def test_a_fix_gives_what_the_author_meant(desk: Desk) -> None:
    wrong = {sql: fix for sql, same in MEANT if asked(desk, fix := fix_of(desk, sql))[1] != asked(desk, same)[1]}
    assert wrong == {}


def test_a_fix_never_puts_something_else_in_the_place_of_what_was_asked(desk: Desk) -> None:
    assert {sql: fix for sql, other in OTHER if other in (fix := fix_of(desk, sql))} == {}
