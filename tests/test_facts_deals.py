"""Planted facts of the bank, the CRM and taxes: fees, transfers, the night the clock changed, deals that stop, rates of lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.planted import AS_OF, NONE, Master, cp, doc, master, metric, one

DAY = date(2026, 1, 31)


@pytest.fixture(scope="module")
def con(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Master]:
    with master(demo, tmp_path_factory.mktemp("deals")) as db:
        yield db


@pytest.fixture
def facts(truth: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = truth["facts"]
    return found


def matched(con: Master, ref: str) -> Any:
    """(status, value day, amount) of a payment at the bank."""
    return one(con, "select status, value_date, amount from bank_rec where doc_id = ?", doc(con, ref))


def test_a_transfer_over_midnight_is_two_days_at_the_bank_and_no_flow_of_money(
    con: Master, facts: dict[str, Any]
) -> None:
    fact = facts["14"]["transfer"]
    amount = Decimal(fact["amount"])
    assert matched(con, fact["out"]) == ("matched", date(2025, 11, 20), amount)
    assert matched(con, fact["in"]) == ("matched", date(2025, 11, 21), amount)
    rows = con.execute(
        "select category, is_flow from cash_move(date '2025-11-20', date '2025-11-21') where doc_id in (?, ?)",
        [doc(con, fact[side]) for side in ("out", "in")],
    ).fetchall()
    assert rows == [("own_transfer", False)] * 2


def test_takings_carried_to_the_bank_are_on_their_way_at_the_end_of_the_month(
    con: Master, facts: dict[str, Any]
) -> None:
    fact = facts["26"]
    assert matched(con, fact["in"]) == ("matched", date.fromisoformat(fact["arrived"]), Decimal(fact["amount"]))
    month = {"period_from": date(2025, 11, 1), "period_to": date(2025, 11, 30)}
    own = [row["net_kzt"] for row in metric(con, "cash_flow", **month) if row["category"] == "own_transfer"]
    assert own == [-Decimal(fact["amount"])]
    desks = [row for row in metric(con, "cash_flow_by_account", **month) if row["cash_desk"]]
    assert sum(row["own_out_doc"] for row in desks) == Decimal(fact["amount"])
    assert {row["difference_doc"] for row in desks} == {Decimal(0)}
    later = {"period_from": date(2025, 11, 1), "period_to": date(2025, 12, 31)}
    assert [row["net_kzt"] for row in metric(con, "cash_flow", **later) if row["category"] == "own_transfer"] == [0]


def test_a_purchase_of_currency_is_a_pair_of_own_transfers_and_no_payment(con: Master, facts: dict[str, Any]) -> None:
    fact = facts["14"]["conversion"]
    refs = [doc(con, fact[side]) for side in ("out", "in")]
    assert matched(con, fact["out"])[2] == Decimal(fact["kzt"])
    assert matched(con, fact["in"])[2] == Decimal(fact["usd"])
    moves = con.execute(
        "select category, out_kzt - in_kzt from cash_move(date '2025-11-25', date '2025-11-25') where doc_id in (?, ?)",
        refs,
    ).fetchall()
    assert {category for category, _ in moves} == {"own_transfer"}
    assert sum(net for _, net in moves) == NONE
    assert con.execute("select 1 from pay where doc_id in (?, ?)", refs).fetchall() == []


def test_fees_are_matched_and_are_neither_payments_to_anybody_nor_left_out_of_the_flow(con: Master) -> None:
    fees, alone = one(
        con,
        "select count(*), count(*) filter (status <> 'matched') from bank_rec join doc using (doc_id) where type = 'fee'",
    )
    assert fees > 100
    assert alone == 0
    assert one(con, "select count(*) from pay join doc using (doc_id) where doc.type = 'fee'") == 0
    flow = {
        r["category"]: r for r in metric(con, "cash_flow", period_from=date(2025, 10, 1), period_to=date(2025, 12, 31))
    }
    spent = one(
        con, "select sum(sum_kzt) from doc where type = 'fee' and doc_date between '2025-10-01' and '2025-12-31'"
    )
    assert flow["bank_fees"]["out_kzt"] == spent


def test_exempt_rows_and_rows_of_nought_per_cent_stay_apart(con: Master, facts: dict[str, Any]) -> None:
    old, new, free, on_top = (doc(con, said["ref"]) for said in facts["18"]["documents"])
    rates = {
        ref: con.execute(
            "select vat_rate, vat_doc, problem from vat_lines(date '2025-12-31', date '2026-01-31') where doc_id = ? order by line_no",
            [ref],
        ).fetchall()
        for ref in (old, new, free, on_top)
    }
    assert rates == {
        old: [(Decimal(12), Decimal(12_000), None)],
        new: [(Decimal(16), Decimal(16_000), None)],
        free: [(None, NONE, None), (Decimal(0), NONE, None)],
        on_top: [(Decimal(16), Decimal(16_000), None)],
    }


def test_a_moment_of_the_crm_is_on_the_day_that_the_clock_of_almaty_showed(con: Master, facts: dict[str, Any]) -> None:
    for said in facts["20"]["deals"]:
        local = datetime.fromisoformat(said["local"])
        deal, moved = one(con, "select deal_id, moved_at from deal where title = ?", said["title"])
        assert moved == local, said
        day = local.date()
        running = [
            con.execute("select 1 from pipeline(?) where deal_id = ?", [when, deal]).fetchall() != []
            for when in (day - timedelta(days=1), day)
        ]
        assert running == [True, False], said


def test_deals_stop_where_they_were_planted_to_stop(con: Master, facts: dict[str, Any]) -> None:
    fact = facts["24"]
    won, stopped, dollars = fact["won_without_invoice"], fact["not_shipped"], fact["in_dollars"]
    chain = f"select gap, invoice_doc_id, amount_kzt from deal_chain({AS_OF}) where title = ? and cp_id = ?"
    party = cp(con, fact["company"])
    assert one(con, chain, won["title"], party) == ("won_no_invoice", None, Decimal(won["amount_kzt"]))
    assert one(con, chain, stopped["title"], party) == (
        "invoiced_not_shipped",
        doc(con, stopped["invoice"]),
        Decimal(stopped["amount_kzt"]),
    )
    titles = [row["title"] for row in metric(con, "won_without_invoice", as_of=DAY)]
    assert won["title"] in titles
    assert stopped["title"] not in titles
    assert one(
        con, f"select amount, currency, amount_kzt from pipeline({AS_OF}) where title = ?", dollars["title"]
    ) == (
        Decimal(dollars["amount"]),
        "USD",
        Decimal(dollars["amount_kzt"]),
    )


def test_a_month_without_sales_has_no_days_of_sales(con: Master, facts: dict[str, Any]) -> None:
    fact = facts["23"]["no_sales"]
    first = date.fromisoformat(f"{fact['month']}-01")
    last = date(first.year, first.month + 1, 1) - timedelta(days=1)
    org = one(con, "select org_id from org where name = ?", fact["org"])
    sold = "select count(*) from sales_in(?, ?) join doc using (doc_id) where doc.org_id = ? and doc.type = 'sale'"
    assert one(con, sold, first, last, org) == 0
    assert one(con, sold, first - timedelta(days=31), first - timedelta(days=1), org) > 0
    assert one(con, "select sales_days, reason from dso(date '2021-12-31', 90)") == (None, "no_credit_sales")
