"""A bank line and a payment are paired by what both say, near in time, and one that is missing leaves the others paired."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import duckdb
import pytest

import sql

TABLES = """
create table doc (doc_id varchar, type varchar, bank_account_id varchar, doc_date date, sum_doc decimal(18,2), number_short varchar, cp_id varchar);
create table bank_line (bank_line_id varchar, bank_account_id varchar, direction varchar, value_date date, amount decimal(18,2),
    doc_number varchar, cp_id varchar, purpose varchar);
create table bank_stmt (bank_account_id varchar, first_day date, last_day date, opening decimal(18,2), closing decimal(18,2));
create table bank_account (bank_account_id varchar, org_id varchar, iban varchar, bank varchar, currency varchar);
create table gl (bank_account_id varchar, account varchar, dt date, line_side varchar, amount_doc decimal(18,2), cash_desk_id varchar,
    org_id varchar, currency varchar);
create table cash_desk (cash_desk_id varchar, org_id varchar, name varchar, currency varchar);
create table fx_rate (currency varchar, rate_date date, rate decimal(18,4), mult bigint);
"""
START = date(2025, 1, 10)
RENT = Decimal("150000.00")


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    db = duckdb.connect()
    db.execute(TABLES)
    db.execute("insert into bank_account values ('ba_1', 'org_1', 'KZ00', 'Пример', 'KZT')")
    db.execute("insert into bank_stmt values ('ba_1', date '2025-01-01', date '2025-12-31', 0, 0)")
    return db


def line(con: duckdb.DuckDBPyConnection, n: int, day: date, amount: Decimal = RENT, cp: str | None = "cp_1") -> None:
    con.execute("insert into bank_line values (?, 'ba_1', 'out', ?, ?, null, ?, null)", [f"bl_{n:02}", day, amount, cp])


def paid(con: duckdb.DuckDBPyConnection, n: int, day: date, amount: Decimal = RENT, cp: str | None = "cp_1") -> None:
    con.execute("insert into doc values (?, 'pay_out', 'ba_1', ?, ?, ?, ?)", [f"d_{n:02}", day, amount, str(n), cp])


def pairs(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str | None, str | None, str | None]]:
    body = next(d.body for d in sql.read("mart") if d.name == "bank_rec")
    return con.execute(
        f"select status, rule, bank_line_id, doc_id from ({body}) order by bank_line_id, doc_id"
    ).fetchall()


def test_a_rent_forgotten_in_one_month_leaves_the_other_months_paired(con: duckdb.DuckDBPyConnection) -> None:
    for month in range(12):
        day = START + timedelta(days=30 * month)
        line(con, month, day)
        if month:
            paid(con, month, day + timedelta(days=2))
    assert pairs(con) == [
        ("unmatched_bank", None, "bl_00", None),
        *(("matched", "party", f"bl_{n:02}", f"d_{n:02}") for n in range(1, 12)),
    ]


def test_two_documents_of_a_party_make_one_line(con: duckdb.DuckDBPyConnection) -> None:
    line(con, 1, START, Decimal("150.00"))
    paid(con, 1, START, Decimal("100.00"))
    paid(con, 2, START, Decimal("50.00"))
    assert pairs(con) == [("matched", "group", "bl_01", "d_01"), ("matched", "group", "bl_01", "d_02")]


def test_a_payment_on_a_day_that_no_statement_covers_is_not_missing(con: duckdb.DuckDBPyConnection) -> None:
    paid(con, 1, date(2026, 5, 1))
    assert pairs(con) == []


def test_the_same_amount_of_another_party_is_not_its_payment(con: duckdb.DuckDBPyConnection) -> None:
    line(con, 1, START, cp="cp_1")
    paid(con, 1, START, cp="cp_2")
    assert {status for status, *_ in pairs(con)} == {"unmatched_bank", "unmatched_book"}


def test_each_line_and_each_document_is_used_once(con: duckdb.DuckDBPyConnection) -> None:
    for n in (1, 2):
        line(con, n, START + timedelta(days=n))
        paid(con, n, START + timedelta(days=n + 2))
    con.execute(  # the bank's number names a document that two lines claim
        "insert into bank_line select 'by_number_' || n, 'ba_1', 'out', ?, 7, '000009', null, null from range(2) as r(n)",
        [START],
    )
    paid(con, 9, START, Decimal("7.00"), cp=None)
    assert pairs(con) == [
        ("matched", "party", "bl_01", "d_01"),
        ("matched", "party", "bl_02", "d_02"),
        ("matched", "number", "by_number_0", "d_09"),
        ("unmatched_bank", None, "by_number_1", None),
    ]


def test_a_payment_found_by_its_party_is_within_five_days(con: duckdb.DuckDBPyConnection) -> None:
    line(con, 1, START)
    line(con, 2, START + timedelta(days=4))
    paid(con, 1, START + timedelta(days=8))
    assert ("matched", "party", "bl_01", "d_01") not in pairs(con)


@pytest.mark.parametrize(("apart", "is_matched"), [(5, True), (-5, True), (6, False), (-6, False)])
def test_one_line_and_one_payment_of_a_party_meet_within_five_days(
    con: duckdb.DuckDBPyConnection, apart: int, *, is_matched: bool
) -> None:
    line(con, 1, START)
    paid(con, 1, START + timedelta(days=apart))
    assert (("matched", "party", "bl_01", "d_01") in pairs(con)) == is_matched


def test_of_two_lines_of_a_party_one_payment_takes_the_first(con: duckdb.DuckDBPyConnection) -> None:
    line(con, 1, START)
    line(con, 2, START + timedelta(days=1))
    paid(con, 1, START + timedelta(days=1))
    assert pairs(con) == [("matched", "party", "bl_01", "d_01"), ("unmatched_bank", None, "bl_02", None)]


def position(con: duckdb.DuckDBPyConnection, day: str) -> tuple[Decimal, Decimal]:
    body = next(d.body for d in sql.read("mart") if d.name == "cash_position")
    in_kzt = next(d.body for d in sql.read("core") if d.name == "in_kzt")
    con.execute(f"create or replace macro in_kzt(amount_doc, rate, mult) as {in_kzt}")
    con.execute(f"create or replace macro cash_position(as_of date) as table {body}")
    row = con.execute(f"select bank_balance, book_balance from cash_position(date '{day}')").fetchone()
    assert row
    return row


def test_the_balance_is_of_the_statement_that_reaches_furthest(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("delete from bank_stmt")
    con.execute(
        "insert into bank_stmt values ('ba_1', '2025-01-01', '2025-01-31', 1000, 1300), ('ba_1', '2025-01-30', '2025-01-30', 1000, 1100)"
    )
    con.execute(
        "insert into bank_line values ('a', 'ba_1', 'in', '2025-01-30', 100, null, null, null), ('b', 'ba_1', 'in', '2025-01-31', 200, null, null, null)"
    )
    assert position(con, "2025-01-31")[0] == Decimal("1300.00")
    assert position(con, "2025-01-30")[0] == Decimal("1100.00")


def test_the_book_balance_holds_entries_of_documents_that_are_not_mirrored(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        """insert into gl (bank_account_id, account, dt, line_side, amount_doc)
        values ('ba_1', '1030', '2025-01-01', 'dr', 500), ('ba_1', '1030', '2025-01-02', 'cr', 120), (null, '1210', '2025-01-02', 'dr', 9)"""
    )
    assert position(con, "2025-01-31")[1] == Decimal("380.00")
