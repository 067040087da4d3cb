"""Statements of one account that overlap: the balance is of the furthest day known, and a day inside a month breaks no chain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import duckdb
import pytest

import sql

TABLES = """
create table bank_account as select 'ba_1' as bank_account_id, 'org_1' as org_id, 'KZ01' as iban, 'Bank' as bank, 'KZT' as currency;
create table gl (bank_account_id varchar, cash_desk_id varchar, org_id varchar, currency varchar, account varchar, dt date, line_side varchar, amount_doc decimal(18, 2), amount_kzt decimal(18, 2));
create table cash_desk (cash_desk_id varchar, org_id varchar, name varchar, currency varchar);
create table fx_rate (currency varchar, rate_date date, rate decimal(18, 4), mult bigint);
create table bank_stmt (bank_account_id varchar, first_day date, last_day date, opening decimal(18, 2), closing decimal(18, 2));
create table bank_line (bank_account_id varchar, value_date date, direction varchar, amount decimal(18, 2));
insert into bank_stmt values
    ('ba_1', date '2026-01-01', date '2026-01-31', 1000, 1300),
    ('ba_1', date '2026-01-30', date '2026-01-30', 1000, 1100),
    ('ba_1', date '2026-02-01', date '2026-02-28', 1300, 1300);
insert into bank_line values ('ba_1', date '2026-01-30', 'in', 100), ('ba_1', date '2026-01-31', 'in', 200);
"""


def body(folder: str, name: str) -> str:
    return next(d.body for d in sql.read(folder) if d.name == name)


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute(TABLES)
        yield opened


@pytest.mark.parametrize(("as_of", "balance"), [(date(2026, 1, 30), "1100.00"), (date(2026, 1, 31), "1300.00")])
def test_the_balance_is_that_of_the_furthest_day_known(
    con: duckdb.DuckDBPyConnection, as_of: date, balance: str
) -> None:
    con.execute(f"create macro in_kzt(amount_doc, rate, mult) as {body('core', 'in_kzt')}")
    con.execute(f"create macro cash_position(as_of date) as table {body('mart', 'cash_position')}")
    told = con.execute("select bank_balance, stmt_date from cash_position($day)", {"day": as_of}).fetchall()
    assert told == [(Decimal(balance), as_of)]


def test_a_statement_inside_another_one_leaves_no_gap_behind_it(con: duckdb.DuckDBPyConnection) -> None:
    chain = body("checks", "bank_days_follow_each_other")
    assert con.execute(chain).fetchall() == []
    con.execute("update bank_stmt set opening = 1250 where first_day = date '2026-02-01'")
    assert [row[1:3] for row in con.execute(chain).fetchall()] == [
        ("opens with 1250.00 after 1300.00", Decimal("-50.00"))
    ]
