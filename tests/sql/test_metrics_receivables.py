"""Receivables: how long, how late, how well collected, how much at stake. Every expected number is worked out in its comment."""

from __future__ import annotations

import pytest

from tests.sql.metric_books import MetricBooks, day


@pytest.fixture
def books() -> MetricBooks:
    return MetricBooks()


def put_quarter(books: MetricBooks) -> None:
    """On 31 March: 100 of December (late) + 250 due on the day + 300 not due = 650 owed."""
    books.owed("s1", "2025-12-31", "100.00", "2026-01-30")
    books.owed("s2", "01-01", "300.00", "03-31")
    books.doc("r1", "sale_return", "03-05", "50.00", base_doc_id="s2", contract_id="ct_s2")
    books.owed("s3", "02-10", "500.00", "04-10")
    books.paid("p3", "02-01", "200.00", "s3")
    books.owed("own", "02-01", "999.00", cp_id="cp_own")


def test_dso_divides_by_credit_sales_of_the_window_alone(books: MetricBooks) -> None:
    put_quarter(books)
    # window 1 January..31 March; credit sales 300 + (500 - 200 prepaid) - 50 returned = 550; 650 / 550 * 90 = 106.3636
    assert books.one("dso_simple", "value", "reason", "receivables_kzt", "credit_sales_kzt", "window_from") == (
        "106.36", None, "650.00", "550.00", "2026-01-01",
    )  # fmt: skip
    # one day more takes the sale of 31 December in: 650 / 650 * 91
    assert books.one("dso_simple", "value", "credit_sales_kzt", days=91) == ("91.00", "650.00")


def test_best_possible_dso_counts_what_is_due_on_the_day_as_not_due(books: MetricBooks) -> None:
    put_quarter(books)
    # not due 250 + 300 = 550; 550 / 550 * 90 = 90; 106.36 - 90 = 16.36
    assert books.one("best_possible_dso", "value", "add_days", "dso_days", "not_due_kzt") == (
        "90.00",
        "16.36",
        "106.36",
        "550.00",
    )


@pytest.mark.parametrize("metric", ["dso_simple", "best_possible_dso"])
def test_without_credit_sales_dso_is_nothing_not_zero(books: MetricBooks, metric: str) -> None:
    put_quarter(books)
    assert books.one(metric, "value", "reason", "credit_sales_kzt", as_of="12-31") == (None, "no_credit_sales", "0.00")
    assert books.one(metric, "value", "reason", as_of="2025-01-01") == (None, "no_credit_sales")


def test_prepaid_sales_are_left_out_and_returns_counted_in_full(books: MetricBooks) -> None:
    books.owed("s1", "03-01", "100.00", "03-31")
    books.owed("s2", "03-02", "80.00", "03-31")
    books.paid("p2", "03-02", "80.00", "s2")  # paid on its day: not a credit sale
    books.doc("r2", "sale_return", "03-20", "30.00", base_doc_id="s2", contract_id="ct_s2")
    # 100 / (100 - 30) * 90 = 128.5714
    assert books.one("dso_simple", "value", "credit_sales_kzt") == ("128.57", "70.00")


def test_count_back_counts_whole_months_and_the_share_of_the_last(books: MetricBooks) -> None:
    put_quarter(books)
    # 650: March sold -50, so nothing, 31 days; February 300, 28 days; January 300, 31 days; December 50 of 100, 31 * 0.5 = 15.5
    assert books.one("dso_countback", "value", "reason", "months") == ("105.50", None, 4)
    # 15 February owes 100 + 300 + 300: February to the 15th, January whole, December whole: 15 + 31 + 31
    assert books.one("dso_countback", "value", "receivables_kzt", as_of="02-15") == ("77.00", "700.00")


def test_count_back_ends_at_the_first_sale(books: MetricBooks) -> None:
    put_quarter(books)
    books.doc("old", "debt_adjust", "03-01", "1000.00")
    books.put("pay_alloc", doc_id="old", line_no=1, contract_id="ct_old", amount_doc=1000, side="ar")
    # 1650 owed, 300 + 300 + 100 ever sold on credit in months that sold more than came back: 950 unexplained
    assert books.one("dso_countback", "value", "reason", "unexplained_kzt") == (None, "older_than_first_sale", "950.00")
    assert MetricBooks().one("dso_countback", "value", "reason") == (None, "no_credit_sales")


def put_february(books: MetricBooks) -> None:
    """1000 owed before February, 600 sold in it, 700 paid, 100 written off: 800 owed after, 600 of it not due."""
    books.owed("s1", "01-10", "1000.00", "02-10")
    books.owed("s2", "02-05", "600.00", "03-07")
    books.paid("p1", "02-15", "700.00", "s1")
    books.paid("w1", "02-20", "100.00", "s1", kind="writeoff")


def test_collection_index_and_write_offs_off_its_numerator(books: MetricBooks) -> None:
    put_february(books)
    # (1000 + 600 - 800) / (1000 + 600 - 600) = 80 %; without the 100 written off 700 / 1000
    assert books.one("cei", "value", "begin_kzt", "end_kzt", "not_due_kzt", period=("02-01", "02-28")) == (
        "80.00", "1000.00", "800.00", "600.00",
    )  # fmt: skip
    assert books.one("cei_adj", "value", "writeoffs_kzt", period=("02-01", "02-28")) == ("70.00", "100.00")


def test_collection_index_of_several_months_takes_an_average_month_of_sales(books: MetricBooks) -> None:
    put_february(books)
    # 1600 in two months is 800: (0 + 800 - 800) / (0 + 800 - 600) = 0
    columns = ("value", "sales_kzt", "months", "all_sales_kzt", "whole_ratio", "note")
    # with whole sales (0 + 1600 - 800) / (0 + 1600 - 600)
    told = ("0.00", "800.00", 2, "1600.00", "0.8000", "average_month")
    assert books.one("cei", *columns, period=("01-01", "02-28")) == told
    assert books.one("cei", *columns[4:], period=("02-01", "02-28")) == ("0.8000", None)
    # less the 100 written off
    assert books.one("cei_adj", *columns[4:], period=("01-01", "02-28")) == ("0.7000", "average_month")


def test_collection_index_of_nothing_is_nothing(books: MetricBooks) -> None:
    put_february(books)
    for metric in ("cei", "cei_adj"):
        assert books.one(metric, "value", "reason", period=("2025-01-01", "2025-01-31")) == (None, "nothing_to_collect")


def test_early_payment_counts_zero_days_late_and_keeps_its_sign_beside(books: MetricBooks) -> None:
    books.owed("s1", "01-01", "100.00", "01-10")
    books.paid("early", "01-08", "60.00", "s1")
    books.paid("late", "01-20", "40.00", "s1")
    books.owed("s2", "01-01", "300.00", "01-15")
    books.paid("on time", "01-15", "300.00", "s2")
    books.owed("s3", "01-01", "50.00", "01-05")
    books.paid("gone", "01-31", "50.00", "s3", kind="writeoff")  # no payment
    columns = ("value", "to_due_days", "by_sale_days", "late_share_ratio", "paid_kzt", "settled_sales", "reason")
    # 40 * 10 / 400; (60 * -2 + 40 * 10) / 400; sales settled 10 and 0 days late: mean 5; 40 of 400 late
    assert books.one("days_late", *columns, period=("01-01", "01-31")) == (
        "1.00",
        "0.70",
        "5.0000",
        "0.1000",
        "400.00",
        2,
        None,
    )
    # the first day and the last are inside
    assert books.one("days_late", "paid_kzt", period=("01-08", "01-15")) == ("360.00",)
    assert books.one("days_late", "value", "reason", period=("02-01", "02-28")) == (None, "nothing_paid")
    assert books.one("days_late", "value", "reason", period=("01-01", "01-31"), counterparty="cp_2") == (
        None,
        "nothing_paid",
    )


def test_a_sale_in_stages_is_as_late_as_its_latest_stage(books: MetricBooks) -> None:
    books.doc("s", "sale", "01-01", "100.00")
    for stage, due, part in ((1, "01-05", 30), (2, "02-10", 70)):
        books.put("doc_schedule", doc_id="s", stage=stage, due_date=day(due), amount_doc=part)
    books.paid("p1", "01-25", "30.00", "s")  # 20 days late
    books.paid("p2", "02-12", "70.00", "s")  # 2 days late, and nothing is left
    columns = ("value", "by_sale_days", "settled_sales")
    assert books.one("days_late", *columns, period=("01-01", "01-31")) == ("20.00", None, 0)
    assert books.one("days_late", *columns, period=("02-01", "02-28")) == ("2.00", "20.0000", 1)


def test_exposure_takes_off_advances_of_the_same_contract_only_and_no_limit_is_none(books: MetricBooks) -> None:
    books.owed("s1", "03-01", "100.00", "03-31", contract_id="ct_a")
    books.paid("adv", "03-02", "130.00", "s1", contract_id="ct_b")  # another contract: never netted
    books.doc("r1", "sale_return", "03-03", "30.00", contract_id="ct_a", base_doc_id="s1")
    books.owed("own", "03-01", "9.00", cp_id="cp_own")
    columns = ("contract", "receivables_kzt", "advances_kzt", "exposure_kzt", "limit_kzt", "limit_state", "total_kzt")
    assert books.many("credit_exposure", *columns) == [
        ("ct_a", "70.00", "0.00", "70.00", None, "not_kept", "-60.00"),
        ("ct_b", "0.00", "130.00", "-130.00", None, "not_kept", "-60.00"),
    ]


def test_a_limit_is_broken_above_it_and_one_of_zero_is_not_broken(books: MetricBooks) -> None:
    for contract, limit in (("ct_a", "100.00"), ("ct_b", "99.99"), ("ct_c", "0.00"), ("ct_d", None)):
        books.owed(f"s_{contract}", "03-01", "100.00", contract_id=contract)
        books.con.execute("update contract set credit_limit_kzt = ? where contract_id = ?", [limit, contract])
    told = books.many("credit_exposure", "contract", "limit_kzt", "limit_state")
    assert told == [
        ("ct_a", "100.00", "within"),
        ("ct_b", "99.99", "breach"),
        ("ct_c", "0.00", "zero"),
        ("ct_d", None, "not_kept"),
    ]


def test_receipts_are_expected_by_habit_tomorrow_at_the_earliest_and_old_debt_is_doubtful(books: MetricBooks) -> None:
    # five payments of cp_1, late 10, 10, 20, 30, 30: median 20. cp_3 has one, 2 late, so all six speak: (10 + 20) / 2 = 15
    for n, paid_on in enumerate(("01-11", "01-11", "01-21", "01-31", "01-31")):
        books.owed(f"h{n}", "2025-12-01", "1.00", "01-01")
        books.paid(f"hp{n}", paid_on, "1.00", f"h{n}")
    books.put("cp", cp_id="cp_3", name="Третий", is_intercompany=False)
    books.owed("h9", "2025-12-01", "1.00", "01-01", cp_id="cp_3")
    books.paid("hp9", "01-03", "1.00", "h9", cp_id="cp_3")
    books.owed("a", "03-01", "10.00", "04-05")  # 25 April: beyond twenty days
    books.owed("b", "02-01", "20.00", "03-01")  # 21 March has gone: tomorrow
    books.owed("c", "03-01", "40.00", "03-31", cp_id="cp_3")  # 15 April
    books.owed("d", "2025-12-01", "80.00", "2025-12-31")  # 90 days late: tomorrow
    books.owed("e", "2025-12-01", "160.00", "2025-12-30")  # 91 days late
    rows = books.many(
        "cash_in_plan", "day", "expected_kzt", "items", "running_kzt", "later_kzt", "doubtful_kzt", horizon=20
    )
    assert len(rows) == 21
    assert rows[0] == ("2026-03-31", "0.00", 0, "0.00", "10.00", "160.00")
    assert [row[:4] for row in rows if row[2]] == [
        ("2026-04-01", "100.00", 2, "100.00"),
        ("2026-04-15", "40.00", 1, "140.00"),
    ]
    assert rows[-1][:4] == ("2026-04-20", "0.00", 0, "140.00")


def test_without_any_payment_the_due_date_itself_is_expected(books: MetricBooks) -> None:
    books.owed("a", "03-01", "10.00", "04-05")
    assert [r[0] for r in books.many("cash_in_plan", "day", "expected_kzt", horizon=10) if r[1] != "0.00"] == [
        "2026-04-05"
    ]


def test_receivables_change_by_what_was_sold_paid_and_credited(books: MetricBooks) -> None:
    """30 days to 31 March are 2 to 31 March."""
    books.put("cp", cp_id="cp_3", name="Второй покупатель", is_intercompany=False)
    books.owed("s1", "03-01", "100.00", "03-20")
    books.owed("s2", "03-02", "300.00", "04-10")
    books.paid("p1", "03-02", "40.00", "s1")
    books.doc("r2", "sale_return", "03-31", "25.00", base_doc_id="s2", contract_id="ct_s2")
    books.owed("s4", "03-05", "10.00", "03-05", contract_id="ct_s1")
    books.paid("p0", "02-01", "15.00", "none", contract_id="ct_s2")  # an advance of February settles in March
    books.doc("back", "refund_out", "03-10", "7.00", contract_id="ct_new")
    books.put("pay_alloc", doc_id="back", line_no=1, contract_id="ct_new", amount_doc=7, side="ar")
    books.owed("s3", "02-01", "55.00", cp_id="cp_3")
    books.paid("p3", "03-01", "5.00", "s3", cp_id="cp_3")
    books.paid("p4", "04-01", "50.00", "s3", cp_id="cp_3")
    books.owed("own", "03-05", "999.00", cp_id="cp_own")
    books.owed("b1", "03-05", "70.00", kind="purchase")
    books.paid("o1", "03-06", "70.00", "b1", kind="pay_out", side="ap")
    columns = (
        "cp_id",
        "open_before_kzt",
        "sold_kzt",
        "paid_kzt",
        "credits_kzt",
        "other_kzt",
        "open_now_kzt",
        "change_kzt",
    )
    assert books.many("receivables_change", *columns) == [
        # 100 + 300 + 10 - (40 + 15) - 25 + 7 given back = 337
        ("cp_1", "100.00", "310.00", "55.00", "25.00", "7.00", "337.00", "237.00"),
        ("cp_3", "50.00", "0.00", "0.00", "0.00", "0.00", "50.00", "0.00"),
    ]
    late = ("cp_id", "overdue_before_kzt", "overdue_now_kzt", "before_on", "total_before_kzt", "total_now_kzt")
    assert books.many("receivables_change", *late) == [
        # 60 of s1, 10 of s4 and 7 given back
        ("cp_1", "0.00", "77.00", "2026-03-01", "150.00", "387.00"),
        ("cp_3", "50.00", "50.00", "2026-03-01", "150.00", "387.00"),
    ]
    assert books.many("receivables_change", *columns[:3], "open_now_kzt", span=0)[0] == (
        "cp_1",
        "337.00",
        "0.00",
        "337.00",
    )
