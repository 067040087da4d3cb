"""Revenue, returns, margin, VAT and back-dated documents: every expected number is worked out in its comment."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.sql.metric_books import MetricBooks, day

YEARS = ("2025-12-01", "01-31")
JANUARY = ("01-01", "01-31")


@pytest.fixture
def books() -> MetricBooks:
    return MetricBooks()


def put_sales(books: MetricBooks) -> None:
    """December 2025: 112 with 12 VAT. January: a sale of 116 with 16 VAT and half of December back with its own 6 VAT."""
    books.put("item", item_id="it_1", name="Кабель", unit="м")
    books.put("item", item_id="it_2", name="Труба", unit="м")
    books.owed("s1", "2025-12-31", "112.00")
    books.line("s1", 1, "56.00", "6.00")
    books.line("s1", 2, "56.00", "6.00", item_id="it_2")
    books.owed("s2", "01-31", "116.00")
    books.line("s2", 1, "116.00", "16.00", rate=16, qty=Decimal(3))
    books.doc("r1", "sale_return", "01-01", "56.00", base_doc_id="s1", contract_id="ct_s1")
    books.line("r1", 1, "56.00", "6.00", item_id="it_2")
    books.owed("own", "01-15", "999.00", cp_id="cp_own")
    books.line("own", 1, "999.00", "0.00", rate=None)
    books.doc("asked", "invoice_out", "01-15", "555.00")  # no debt, no revenue
    books.line("asked", 1, "555.00", "0.00", rate=None)


def test_revenue_is_net_of_returns_each_on_its_own_day(books: MetricBooks) -> None:
    put_sales(books)
    columns = ("value", "gross_kzt", "vat_kzt", "sales_kzt", "returns_kzt", "sales", "returns")
    # both days of the period are inside: 100 - 50, 116 - 56, 16 - 6
    assert books.one("revenue", *columns, period=JANUARY) == ("50.00", "60.00", "10.00", "100.00", "50.00", 1, 1)
    assert books.one("revenue", *columns, period=YEARS) == ("150.00", "172.00", "22.00", "200.00", "50.00", 2, 1)
    assert books.one("revenue", *columns, period=("2024-01-01", "2024-12-31")) == ("0.00",) * 5 + (0, 0)


def test_revenue_by_month_customer_and_item_make_the_same_sum(books: MetricBooks) -> None:
    put_sales(books)
    assert books.many("revenue_by_month", "month_from", "net_kzt", "returns_kzt", "total_kzt", period=YEARS) == [
        ("2025-12-01", "100.00", "0.00", "150.00"), ("2026-01-01", "50.00", "50.00", "150.00"),
    ]  # fmt: skip
    assert books.many("revenue_by_counterparty", "cp_id", "net_kzt", "total_kzt", period=YEARS) == [
        ("cp_1", "150.00", "150.00")
    ]
    # cable 50 + 100, pipe 50 - 50
    assert books.many("revenue_by_item", "item", "qty", "net_kzt", "returns_kzt", "total_kzt", period=YEARS) == [
        ("Кабель", "4.000", "150.00", "0.00", "150.00"), ("Труба", "0.000", "0.00", "50.00", "150.00"),
    ]  # fmt: skip


def test_returns_are_told_beside_the_sales_of_the_period(books: MetricBooks) -> None:
    put_sales(books)
    columns = ("value", "gross_kzt", "vat_kzt", "returns", "customers", "return_ratio")
    assert books.one("returns", *columns, period=JANUARY) == ("50.00", "56.00", "6.00", 1, 1, "0.5000")
    # the first of January alone has a return and no sale: no ratio
    assert books.one("returns", "value", "return_ratio", period=("01-01", "01-01")) == ("50.00", None)


def test_lines_sum_to_the_document_to_the_tiyn_and_what_they_lack_stays(books: MetricBooks) -> None:
    books.owed("usd", "01-10", "0.03", currency="USD", rate=Decimal("505.53"))
    for n in (1, 2, 3):
        books.line("usd", n, "0.01", "0.00", rate=None)
    books.owed("short", "01-11", "10.00")
    books.line("short", 1, "9.00", "0.00", rate=None, item_id="it_2")
    books.owed("no rate", "01-12", "7.00", currency="USD", rate=None)
    # 0.03 * 505.53 = 15.1659, not three times 5.06 = 15.18; ten of the short one, one of it without an item
    assert books.one("revenue", "value", "without_rate", period=JANUARY) == ("25.17", 1)
    assert books.many("revenue_by_item", "item_id", "net_kzt", period=JANUARY) == [
        ("it_1", "15.17"),
        ("it_2", "9.00"),
        (None, "1.00"),
    ]


def put_costs(books: MetricBooks) -> None:
    books.owed("s1", "01-10", "112.00")
    books.line("s1", 1, "112.00", "12.00")
    books.entry("s1", "7010", "1330", "01-10", "60.00")
    books.doc("r1", "sale_return", "01-20", "56.00", base_doc_id="s1", contract_id="ct_s1")
    books.line("r1", 1, "56.00", "6.00")
    books.entry("r1", "1330", "7010", "01-20", "30.00")
    books.owed("act", "01-25", "20.00")
    books.line("act", 1, "20.00", "0.00", rate=None, is_goods=False)  # a service has no cost of goods


MARGIN = ("value", "reason", "cost_kzt", "margin_ratio", "booked_cost_kzt", "open_months", "uncosted")


def test_margin_waits_for_the_close_of_the_month(books: MetricBooks) -> None:
    put_costs(books)
    books.entry(None, "5610", "7010", "01-30", "30.00")  # a day too early
    assert books.one("gross_margin", *MARGIN, period=JANUARY) == (None, "month_not_closed", None, None, "30.00", 1, 0)


def test_margin_of_the_closed_months_is_told_beside_the_open_ones(books: MetricBooks) -> None:
    put_costs(books)
    books.owed("s0", "2025-12-10", "50.00", contract_id="ct_s1")
    books.line("s0", 1, "50.00", "0.00", rate=None)
    books.entry("s0", "7010", "1330", "2025-12-10", "20.00")
    books.entry(None, "5610", "7010", "2025-12-31", "20.00")
    columns = ("value", "reason", "open_months", "open_list", "closed_kzt", "closed_to")
    told = (None, "month_not_closed", 1, "2026-01", "30.00", "2025-12-31")  # 50 - 20; January is open
    assert books.one("gross_margin", *columns, period=YEARS) == told
    assert books.one("gross_margin", *columns, period=JANUARY)[2:] == (1, "2026-01", None, None)
    # an entity that sells services alone has no cost: its income is closed
    books.entry(None, "6010", "5610", "01-31", "70.00")
    assert books.one("gross_margin", *columns, period=YEARS) == ("70.00", None, 0, None, "70.00", "2026-01-31")


def test_margin_of_a_closed_month_is_revenue_less_cost_of_the_same_documents(books: MetricBooks) -> None:
    put_costs(books)
    books.entry(None, "5610", "7010", "01-31", "30.00")
    # revenue 100 - 50 + 20 = 70, cost 60 - 30 = 30
    assert books.one("gross_margin", *MARGIN, period=JANUARY) == ("40.00", None, "30.00", "0.5714", "30.00", 0, 0)
    assert books.one("gross_margin", *MARGIN, period=("02-01", "02-28"))[:2] == (None, "no_sales")


def test_margin_has_no_value_while_goods_were_sold_without_a_cost(books: MetricBooks) -> None:
    put_costs(books)
    books.owed("s2", "01-26", "5.00")
    books.line("s2", 1, "5.00", "0.00", rate=None)
    books.entry(None, "5610", "7010", "01-31", "30.00")
    assert books.one("gross_margin", *MARGIN, period=JANUARY) == (None, "cost_missing", None, None, "30.00", 0, 1)


@pytest.mark.parametrize(
    ("gross", "rate", "vat"),
    [("112.00", 12, "12.00"), ("0.14", 12, "0.02"), ("-0.14", 12, "-0.02"), ("0.04", 12, "0.00"), ("116.00", 16, "16.00"),
     ("10.00", 5, "0.48"), ("99999999999999.99", 16, "13793103448275.86")],
)  # fmt: skip
def test_vat_inside_an_amount_is_rounded_half_up_without_a_float(
    books: MetricBooks, gross: str, rate: int, vat: str
) -> None:
    books.owed("x", "01-10", "1.00")
    books.ask("vat_check", period=JANUARY)
    (found,) = books.con.execute("select vat_inside(?, ?)", [Decimal(gross), Decimal(rate)]).fetchall()
    assert str(found[0]) == vat  # 0.14 * 12 / 112 is exactly 0.015


def test_vat_is_held_against_the_rate_and_the_rate_against_the_day_of_turnover(books: MetricBooks) -> None:
    def sold(doc_id: str, on: str, gross: str, vat: str, rate: int | None, kind: str = "sale", **columns: Any) -> None:
        books.doc(doc_id, kind, on, gross, **columns)
        books.line(doc_id, 1, gross, vat, rate=rate)

    sold("old", "2025-12-31", "112.00", "12.00", 12)
    sold("new", "01-01", "116.00", "16.00", 16)
    sold("books", "01-02", "105.00", "5.00", 5)
    sold("export", "01-03", "100.00", "0.00", 0)
    sold("free", "01-03", "100.00", "0.00", None)
    sold("too early", "2025-12-31", "116.00", "16.00", 16)
    sold("too late", "01-01", "112.00", "12.00", 12)
    sold("a tiyn off", "01-04", "116.00", "16.01", 16)
    sold("both", "01-05", "112.00", "1.00", 12)
    sold("back", "01-06", "56.00", "6.00", 12, kind="sale_return", base_doc_id="old")  # the sale's rate stays
    sold("back unknown", "01-06", "56.00", "6.00", 12, kind="sale_return")
    sold("paper of december", "01-07", "112.00", "12.00", 12, kind="purchase", in_date=day("2025-12-30"))
    assert books.many("vat_problems", "number", "problem", "expected_doc", period=YEARS) == [
        ("too early", "rate", "16.00"), ("too late", "rate", "12.00"), ("a tiyn off", "amount", "16.00"), ("both", "both", "12.00"),
    ]  # fmt: skip
    assert books.one("vat_check", "value", "lines", "wrong_amount", "wrong_rate", "documents", period=YEARS) == (
        4,
        12,
        2,
        3,
        4,
    )


def test_a_back_dated_document_is_listed_by_its_own_date(books: MetricBooks) -> None:
    for doc_id, on, late in (("in", "01-31", True), ("on time", "01-31", False), ("after", "02-01", True)):
        books.doc(doc_id, "sale", on, "10.00", is_late_entry=late, first_synced_at=datetime(2026, 2, 19, 20))
    columns = ("number", "first_seen", "late_days", "sum_kzt", "documents", "total_kzt")
    assert books.many("late_entries", *columns, period=JANUARY) == [("in", "2026-02-20", 20, "10.00", 1, "10.00")]


def test_an_answer_of_a_past_day_says_how_many_documents_came_more_than_three_days_later(books: MetricBooks) -> None:
    seen = {"first_synced_at": datetime(2026, 2, 3, 20), "is_late_entry": True}  # 4 February in Almaty
    books.doc("counts", "sale", "01-31", "10.00", **seen)
    books.doc("of no customer", "purchase", "01-31", "10.00", **seen)
    books.doc("in time", "pay_in", "01-30", "10.00", is_late_entry=False, first_synced_at=datetime(2026, 1, 30, 20))
    since = {day: books.one("ar_total", "entered_since", as_of=day) for day in ("01-30", "01-31", "02-01")}
    assert since == {"01-30": (0,), "01-31": (1,), "02-01": (0,)}
