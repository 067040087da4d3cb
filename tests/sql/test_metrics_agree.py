"""Numbers of the demo company that must agree: what two metrics say of the same thing, and a total and its parts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.sql.metric_asked import AS_OF, METRICS, QUARTER, asked, published, value


@pytest.fixture(scope="module")
def con(demo: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with published(demo) as db:
        yield db


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


def test_money_is_the_same_by_item_by_party_and_by_place(con: duckdb.DuckDBPyConnection) -> None:
    flow = asked(con, METRICS["cash_flow"])
    assert {row["named_by"] for row in flow if row["is_flow"]} == {"item", "operation"}
    by_party = asked(con, METRICS["cash_flow_by_counterparty"])
    by_place = con.execute(
        """select sum(in_kzt - out_kzt), bool_and(bank_account_id is not null or cash_desk_id is not null)
        from cash_item(?, ?) where is_flow""",
        QUARTER,
    ).fetchone()
    net = sum(row["net_kzt"] for row in flow if row["is_flow"])
    assert {net, flow[0]["total_net_kzt"], by_party[0]["total_net_kzt"], sum(r["net_kzt"] for r in by_party)} == {net}
    assert by_place == (net, True)


def test_the_items_of_a_payment_are_the_payment(con: duckdb.DuckDBPyConnection) -> None:
    split, off = con.execute(
        """with items as (
            select doc_id, sum(in_doc) as in_doc, sum(out_doc) as out_doc, sum(in_kzt) as in_kzt, sum(out_kzt) as out_kzt, count(*) as parts
            from cash_item(date '2022-01-01', date '2026-12-31') group by doc_id
        )
        select count(*) filter (where i.parts > 1), count(*) filter (where (m.in_doc, m.out_doc, m.in_kzt, m.out_kzt)
            is distinct from (i.in_doc, i.out_doc, i.in_kzt, i.out_kzt))
        from cash_move(date '2022-01-01', date '2026-12-31') m full join items i using (doc_id)"""
    ).fetchall()[0]
    assert split > 0
    assert off == 0


def test_both_sides_of_the_bank_are_matched_and_alone(con: duckdb.DuckDBPyConnection) -> None:
    rows = asked(con, METRICS["bank_reconciliation"])
    assert rows
    assert all(
        r["bank_doc"] - r["book_doc"] == r["difference_doc"] == r["only_bank_doc"] - r["only_book_doc"] for r in rows
    )
    (booked,) = con.execute("select sum(amount) from bank_line where value_date between ? and ?", QUARTER).fetchall()
    assert booked == (sum(r["bank_doc"] for r in rows),)


def test_problems_of_electronic_invoices_are_all_listed(con: duckdb.DuckDBPyConnection) -> None:
    listed = Counter((row["org"], row["direction"]) for row in asked(con, METRICS["esf_problems"]))
    counted = asked(con, METRICS["esf_reconciliation"])
    assert listed == {(row["org"], row["direction"]): row["problems"] for row in counted if row["problems"]}
    assert listed.total() > 0


def test_the_calls_for_the_week_are_all_that_is_overdue(con: duckdb.DuckDBPyConnection) -> None:
    listed = METRICS["collection_list"]
    rows = asked(con, listed)
    overdue = value(con, "ar_overdue")
    assert overdue == sum(row["overdue_kzt"] for row in rows) == rows[0]["total_kzt"]
    buckets = ("1-30", "31-60", "61-90", "91+")
    assert overdue == sum(asked(con, listed, bucket=name)[0]["total_kzt"] for name in buckets)
    named = {row["manager"] for row in rows if row["manager"]}
    of_nobody = sum(row["overdue_kzt"] for row in rows if not row["manager"])
    assert overdue == of_nobody + sum(asked(con, listed, manager=name)[0]["total_kzt"] for name in named)


def test_payments_of_a_supplier_are_what_was_paid_to_it(con: duckdb.DuckDBPyConnection) -> None:
    [(party, paid, payments)] = con.execute(
        """select cp_id, sum(amount_kzt), count(*) from pay where direction = 'out' and pay_date <= ?
        group by cp_id order by count(*) desc, cp_id limit 1""",
        [AS_OF],
    ).fetchall()
    rows = asked(con, METRICS["payments_of"], counterparty=party, most=10_000)
    assert sum(row["amount_kzt"] for row in rows if row["direction"] == "out") == paid
    assert sum(row["direction"] == "out" for row in rows) == payments
    assert rows[0]["payments"] == len(rows)
    # what a payment did not settle is its advance
    whole = [row for row in rows if row["type"] == "pay_out" and row["currency"] == "KZT"]
    assert whole
    assert all(row["amount_doc"] == row["settled_doc"] + row["unused_doc"] for row in whole)


@pytest.mark.parametrize("by", [c for p in METRICS["sales_by"].parameters for c in p.choices])
def test_sales_by_anything_are_the_revenue(con: duckdb.DuckDBPyConnection, by: str) -> None:
    rows = asked(con, METRICS["sales_by"], by=by)
    assert {sum(row["net_kzt"] for row in rows)} == {row["total_kzt"] for row in rows} == {value(con, "revenue")}
    names = {"customer": "counterparty", "item": "item", "month": "month"}
    if by in names:
        other = asked(con, METRICS[f"revenue_by_{names[by]}"])
        assert sorted(row["net_kzt"] for row in rows) == sorted(row["net_kzt"] for row in other)


def test_an_act_of_reconciliation_is_the_ledger_of_the_party(con: duckdb.DuckDBPyConnection) -> None:
    act = METRICS["act_of_reconciliation"]
    # both roles in two currencies, differences of rates among them, and the party with the most documents
    parties = con.execute(
        """select cp_id from gl where account[1:4] in ('1210', '3510', '3310', '1710') group by cp_id
        order by count(distinct account[1:2] in ('12', '35')) desc, count(distinct currency) desc, count(*) desc limit 3"""
    ).fetchall()
    seen = set()
    for (party,) in parties:
        rows = asked(con, act, counterparty=party)
        seen |= {row["line"] for row in rows}
        [(booked,)] = con.execute(
            """select sum(case line_side when 'dr' then amount_kzt else -amount_kzt end) from gl
            where cp_id = ? and account[1:4] in ('1210', '3510', '3310', '1710') and dt <= ?""",
            [party, QUARTER[1]],
        ).fetchall()
        sections: defaultdict[tuple[Any, Any, Any], list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            sections[row["org"], row["role"], row["currency"]].append(row)
        assert sum(found[-1]["balance_kzt"] for found in sections.values()) == booked
        assert sum({row["org"]: row["net_kzt"] for row in rows}.values()) == booked
        before = asked(con, act, counterparty=party, period_from=date(2025, 7, 1), period_to=date(2025, 9, 30))
        closed = {(r["org"], r["role"], r["currency"]): r["closing_kzt"] for r in before}
        for name, found in sections.items():
            opening, *between, closing = found
            assert opening["balance_kzt"] == closed.get(name, 0)
            for unit in ("doc", "kzt"):
                moved = [sum(row[f"{side}_{unit}"] for row in between) for side in ("debit", "credit")]
                assert moved == [closing[f"debit_{unit}"], closing[f"credit_{unit}"]]
                ended = opening[f"balance_{unit}"] + moved[0] - moved[1]
                assert ended == closing[f"balance_{unit}"] == (between or [opening])[-1][f"balance_{unit}"]
        assert {row["difference_doc"] for row in rows} == {Decimal(0)}
    assert seen == {"opening", "document", "exchange_difference", "closing"}


@pytest.mark.parametrize("scenario", ["base", "late"])
def test_weeks_lead_from_the_accounts_to_all_that_is_owed_and_due(
    con: duckdb.DuckDBPyConnection, scenario: str
) -> None:
    weeks = asked(con, METRICS["cash_by_week"], scenario=scenario)
    first, last = weeks[0], weeks[-1]
    expected = sum(week["in_kzt"] for week in weeks)
    due = sum(week["out_kzt"] for week in weeks)
    assert expected + first["later_in_kzt"] + first["doubtful_kzt"] == value(con, "ar_total")
    assert due + first["later_out_kzt"] == value(con, "ap_total")
    assert first["opening_kzt"] + expected - due == last["balance_kzt"]
    assert [week["net_kzt"] for week in weeks] == [week["in_kzt"] - week["out_kzt"] for week in weeks]
    days = [(week["week_from"], week["week_to"]) for week in weeks]
    assert days[0][0] == date(2026, 2, 1)
    assert days[-1][1] == date(2026, 3, 2)
    assert all((then[0] - now[1]).days == 1 and then[0].weekday() == 0 for now, then in pairwise(days))
    plan = asked(con, METRICS["cash_in_plan"])
    if scenario == "base":
        assert expected == plan[-1]["running_kzt"]
        money = asked(con, METRICS["cash_position"])
        assert {row["total_kzt"] for row in money} == {first["opening_kzt"]}
    else:
        assert expected < plan[-1]["running_kzt"]


@pytest.mark.parametrize("by", ["category", "counterparty"])
def test_movers_are_the_difference_of_two_cash_flows(con: duckdb.DuckDBPyConnection, by: str) -> None:
    movers = METRICS["cash_movers"]
    flow = METRICS["cash_flow"]
    now = value(con, "cash_flow", "total_net_kzt")
    spans = {"previous": (date(2025, 7, 1), date(2025, 9, 30)), "year": (date(2024, 10, 1), date(2024, 12, 31))}
    for compare, (first, last) in spans.items():
        rows = asked(con, movers, by=by, compare=compare)
        before = asked(con, flow, period_from=first, period_to=last)[0]["total_net_kzt"]
        assert {(row["before_from"], row["before_to"]) for row in rows} == {(first, last)}
        assert sum(row["net_kzt"] for row in rows) == rows[0]["total_net_kzt"] == now
        assert sum(row["before_kzt"] for row in rows) == rows[0]["total_before_kzt"] == before
        assert sum(row["difference_kzt"] for row in rows) == rows[0]["total_difference_kzt"] == now - before
        sizes = [abs(row["difference_kzt"]) for row in rows]
        assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("compare", ["previous", "year"])
def test_the_parts_of_a_change_of_sales_are_the_change(con: duckdb.DuckDBPyConnection, compare: str) -> None:
    rows = asked(con, METRICS["sales_change"], compare=compare)
    assert [row["part"] for row in rows] == ["price", "volume", "new", "lost", "other"]
    before = asked(con, METRICS["revenue"], period_from=rows[0]["before_from"], period_to=rows[0]["before_to"])[0][
        "value"
    ]
    assert rows[0]["net_kzt"] == value(con, "revenue")
    assert rows[0]["before_kzt"] == before
    assert sum(row["change_kzt"] for row in rows) == rows[0]["total_change_kzt"] == rows[0]["net_kzt"] - before
    [(off,)] = con.execute(
        """select count(*) from sales_shift(?, ?, ?)
        where change_kzt <> price_kzt + volume_kzt + new_kzt + lost_kzt + other_kzt""",
        [*QUARTER, compare],
    ).fetchall()
    assert off == 0


@pytest.mark.parametrize("span", [0, 30, 365])
def test_what_was_owed_then_and_what_happened_is_what_is_owed_now(con: duckdb.DuckDBPyConnection, span: int) -> None:
    change = METRICS["receivables_change"]
    rows = asked(con, change, span=span)
    then = rows[0]["before_on"]
    assert then == AS_OF - timedelta(days=span)
    assert sum(row["open_now_kzt"] for row in rows) == rows[0]["total_now_kzt"] == value(con, "ar_total")
    assert (
        sum(row["open_before_kzt"] for row in rows)
        == rows[0]["total_before_kzt"]
        == asked(con, METRICS["ar_total"], as_of=then)[0]["value"]
    )
    [(sold,)] = con.execute(
        """select coalesce(sum(sum_kzt), 0) from doc join cp using (cp_id)
        where type = 'sale' and doc_date > ? and doc_date <= ? and not is_intercompany""",
        [then, AS_OF],
    ).fetchall()
    assert sum(row["sold_kzt"] for row in rows) == sold
    for row in rows:
        parts = row["sold_kzt"] - row["paid_kzt"] - row["credits_kzt"] + row["other_kzt"]
        assert row["open_before_kzt"] + parts == row["open_now_kzt"]


def test_what_is_alone_in_bank_or_1c_sums_to_the_reconciliation(con: duckdb.DuckDBPyConnection) -> None:
    every = {"period_from": date(2022, 1, 1), "period_to": AS_OF}
    rows = asked(con, METRICS["unmatched_bank"], **every)
    assert {row["found_in"] for row in rows} == {"bank", "book"}
    assert all(row["lines"] == len(rows) for row in rows)
    sums = {(r["iban"], r["direction"]): (r["only_bank_doc"], r["only_book_doc"]) for r in rows}
    told = {
        (r["iban"], r["direction"]): (r["only_bank_doc"], r["only_book_doc"])
        for r in asked(con, METRICS["bank_reconciliation"], **every)
        if r["only_bank"] or r["only_book"]
    }
    assert sums == told
    for place, found_in in enumerate(("bank", "book")):
        for account, amounts in sums.items():
            alone = [r for r in rows if r["found_in"] == found_in and (r["iban"], r["direction"]) == account]
            assert sum(row["amount_doc"] for row in alone) == amounts[place]


def test_deals_stop_where_the_chain_says(con: duckdb.DuckDBPyConnection) -> None:
    every = {"period_from": date(2000, 1, 1), "period_to": AS_OF}
    rows = asked(con, METRICS["deals_stopped"], **every)
    chain = asked(con, METRICS["deal_chain"])
    told = {"none" if row["stop"] == "paid" else row["stop"]: row for row in rows}
    assert {stop: (row["deals"], row["stop_kzt"]) for stop, row in told.items()} == {
        row["gap"]: (row["deals"], row["amount_kzt"]) for row in chain
    }
    assert all((row["since"] is None) == (row["stop"] == "paid") for row in rows)
    owners = {row["owner"] for row in rows}
    parts = [asked(con, METRICS["deals_stopped"], owner=name, **every)[0]["total_deals"] for name in owners]
    assert sum(parts) == len(rows) == rows[0]["total_deals"]
    quarter = asked(con, METRICS["deals_stopped"])
    assert {row["deal_id"] for row in quarter} == {
        row["deal_id"] for row in rows if QUARTER[0] <= row["close_date"] <= QUARTER[1]
    }


def test_the_card_of_a_client_is_what_its_own_metrics_say(con: duckdb.DuckDBPyConnection) -> None:
    for debtor in asked(con, METRICS["top_debtors"])[:3]:
        party = debtor["cp_id"]
        (card,) = asked(con, METRICS["client_summary"], counterparty=party)
        assert [card[c] for c in ("open_kzt", "overdue_kzt")] == [debtor[c] for c in ("open_kzt", "overdue_kzt")]
        year = {"period_from": date(2025, 2, 1), "period_to": AS_OF}
        (late,) = asked(con, METRICS["days_late"], counterparty=party, **year)
        assert card["settled_kzt"] == late["paid_kzt"]
        assert card["late_share_ratio"] == late["late_share_ratio"]
        paid = next(
            row for row in asked(con, METRICS["payments_of"], counterparty=party, most=99) if row["type"] == "pay_in"
        )
        assert (card["last_paid_on"], card["last_paid_kzt"]) == (paid["pay_date"], paid["amount_kzt"])
        call = next(row for row in asked(con, METRICS["collection_list"]) if row["cp_id"] == party)
        if call["usual_source"] == "counterparty":
            assert card["usual_days"] == call["usual_days"]
        assert card["manager"] == call["manager"]
        stopped = asked(
            con, METRICS["deals_stopped"], counterparty=party, period_from=date(2000, 1, 1), period_to=AS_OF
        )
        assert card["stopped_deals"] == sum(row["stop"] not in (None, "paid") for row in stopped)


def test_broken_limits_are_the_breaches_of_the_exposure(con: duckdb.DuckDBPyConnection, truth: dict[str, Any]) -> None:
    planted = truth["facts"]["21"]
    broken = planted["broken"]
    first, last = date.fromisoformat(broken["first"]), date.fromisoformat(broken["last"])
    for day in (first - timedelta(days=1), first, last, last + timedelta(days=1), AS_OF):
        rows = [row for row in asked(con, METRICS["limits_broken"], as_of=day) if row["contract"]]
        over = [row for row in asked(con, METRICS["credit_exposure"], as_of=day) if row["limit_state"] == "breach"]
        assert sorted((r["contract"], r["exposure_kzt"], r["limit_kzt"]) for r in rows) == sorted(
            (r["contract"], r["exposure_kzt"], r["limit_kzt"]) for r in over
        )
        told = {row["contract"]: row for row in rows}
        assert (broken["contract"] in told) == (first <= day <= last)
        assert not {planted["without_limit"]["contract"], planted["limit_of_zero"]["contract"]} & set(told)
        if first <= day <= last:
            found = told[broken["contract"]]
            assert found["first_breach_date"] == first
            assert found["days_over"] == (day - first).days + 1
            assert found["over_kzt"] == Decimal(broken["peak_kzt"]) - Decimal(broken["limit_kzt"])
