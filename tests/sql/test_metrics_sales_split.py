"""Sales by anything and why they changed: every expected number is worked out in its comment."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

from tests.sql.metric_books import MetricBooks

MARCH = ("03-01", "03-31")


@pytest.fixture
def books() -> MetricBooks:
    return MetricBooks()


def put_sales(books: MetricBooks) -> None:
    """Net 100 and 300 to cp_1, 50 of it returned; net 150 to cp_3, whose lines explain 100."""
    books.put("cp", cp_id="cp_3", name="Второй покупатель", is_intercompany=False)
    books.put("item", item_id="it_1", name="Арматура", unit="т")
    books.put("warehouse", warehouse_id="wh_1", name="Астана")
    books.doc("s1", "sale", "03-01", "112.00", warehouse_id="wh_1")
    books.line("s1", 1, "112.00", "12.00")
    books.doc("s2", "sale", "03-31", "336.00")
    books.line("s2", 1, "336.00", "36.00", item_id="it_2")
    books.doc("r1", "sale_return", "03-10", "56.00", warehouse_id="wh_1")
    books.line("r1", 1, "56.00", "6.00")
    books.doc("s3", "sale", "03-05", "150.00", cp_id="cp_3", warehouse_id="wh_1")
    books.line("s3", 1, "100.00", "0.00", None)
    books.doc("own", "sale", "03-05", "999.00", cp_id="cp_own")
    books.doc("later", "sale", "04-01", "999.00")
    books.deal("d1", "process", "1.00", "02-01", cp_id="cp_1", owner="Ерлан Примеров")


BY = (
    # 100 + 300 - 50 = 350 of 500
    ("customer", [("cp_1", "Покупатель", "350.00", "392.00", "50.00", 3, "0.7000"),
                  ("cp_3", "Второй покупатель", "150.00", "150.00", "0.00", 1, "0.3000")]),
    # it_1: 100 - 50 + 100; 50 of s3 is of no item
    ("item", [("it_2", None, "300.00", "336.00", "0.00", 1, "0.6000"), ("it_1", "Арматура", "150.00", "156.00", "50.00", 3, "0.3000"),
              (None, None, "50.00", "50.00", "0.00", 1, "0.1000")]),
    ("manager", [("Ерлан Примеров", "Ерлан Примеров", "350.00", "392.00", "50.00", 3, "0.7000"),
                 (None, None, "150.00", "150.00", "0.00", 1, "0.3000")]),
    ("month", [("2026-03-01", "2026-03", "500.00", "542.00", "50.00", 4, "1.0000")]),
    ("warehouse", [(None, None, "300.00", "336.00", "0.00", 1, "0.6000"), ("wh_1", "Астана", "200.00", "206.00", "50.00", 3, "0.4000")]),
)  # fmt: skip


def test_sales_by_anything_keep_what_belongs_to_nobody(books: MetricBooks) -> None:
    put_sales(books)
    columns = ("by_id", "name", "net_kzt", "gross_kzt", "returns_kzt", "documents", "share_ratio")
    for by, rows in BY:
        assert books.many("sales_by", *columns, period=MARCH, by=by) == rows


def test_months_are_in_order_of_time_and_shares_need_a_total(books: MetricBooks) -> None:
    put_sales(books)
    assert books.many("sales_by", "by_id", "net_kzt", period=("03-01", "04-30"), by="month") == [
        ("2026-03-01", "500.00"),
        ("2026-04-01", "999.00"),
    ]
    # returned and nothing sold: a share of less than nothing means nothing
    assert books.many("sales_by", "net_kzt", "share_ratio", period=("03-10", "03-10")) == [("-50.00", None)]
    assert books.many("sales_by", "net_kzt", period=("05-01", "05-31")) == []


def sell(
    books: MetricBooks, on: str, item: str | None, qty: str, net: str, kind: str = "sale", **columns: object
) -> None:
    name = f"{item}-{on}-{net}"
    books.doc(name, kind, on, net, **columns)
    books.line(name, 1, net, "0.00", None, item_id=item, qty=Decimal(qty))


def put_change(books: MetricBooks) -> None:
    """February 100 + 30 + 50 + 8 = 188, March 100 + 45 + 60 + 5 = 210."""
    books.put("item", item_id="dearer", name="Арматура", unit="т")
    sell(books, "02-01", "dearer", "3", "100.00")
    sell(books, "03-31", "dearer", "4", "120.00")
    sell(books, "03-31", "dearer", "2", "20.00", "sale_return")
    sell(books, "02-28", "gone", "1", "30.00")
    sell(books, "03-01", "fresh", "1", "45.00")
    sell(books, "02-10", "free", "0", "50.00")  # no quantity to set a price
    sell(books, "03-10", "free", "1", "60.00")
    sell(books, "02-10", None, "1", "8.00")
    sell(books, "03-10", None, "1", "5.00")
    sell(books, "03-10", "dearer", "9", "999.00", cp_id="cp_own")
    sell(books, "01-31", "fresh", "9", "999.00")
    sell(books, "2025-03-31", "fresh", "2", "80.00")


def test_a_change_is_price_volume_new_lost_and_other_and_nothing_else(books: MetricBooks) -> None:
    put_change(books)
    assert books.many(
        "sales_change", "part", "change_kzt", "items", "largest_item_id", "largest_kzt", period=MARCH
    ) == [
        # 2 for 3 at 33.333 is -33.33; the rest of 100 - 100 is price
        ("price", "33.33", 1, "dearer", "33.33"),
        ("volume", "-33.33", 1, "dearer", "-33.33"),
        ("new", "45.00", 1, "fresh", "45.00"),
        ("lost", "-30.00", 1, "gone", "-30.00"),
        # 60 - 50 and 5 - 8
        ("other", "7.00", 2, "free", "10.00"),
    ]
    columns = ("net_kzt", "before_kzt", "total_change_kzt", "change_ratio", "before_from", "before_to")
    # 22 / 188
    assert set(books.many("sales_change", *columns, period=MARCH)) == {
        ("210.00", "188.00", "22.00", "0.1170", "2026-02-01", "2026-02-28")
    }


def test_against_a_year_ago_what_was_sold_then_is_not_new(books: MetricBooks) -> None:
    put_change(books)
    found = books.many("sales_change", "part", "change_kzt", "before_kzt", period=MARCH, compare="year")
    # fresh: half of 80 is volume, 45 - 80 + 40 = 5 is price; dearer 100 and free 60 are new
    assert found == [
        ("price", "5.00", "80.00"), ("volume", "-40.00", "80.00"), ("new", "160.00", "80.00"), ("lost", "0.00", "80.00"),
        ("other", "5.00", "80.00"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "now", "volume"),
    [(("3", "0.02"), ("4", "1.00"), "0.01"), (("2", "0.01"), ("3", "1.00"), "0.01"), (("2", "0.03"), ("1", "1.00"), "-0.02"),
     (("0.001", "99999999999.99"), ("999999.999", "1.00"), None)],
)  # fmt: skip
def test_volume_is_rounded_half_away_from_zero(
    books: MetricBooks, before: tuple[str, str], now: tuple[str, str], volume: str | None
) -> None:
    sell(books, "02-10", "it_1", *before)
    sell(books, "03-10", "it_1", *now)
    # 0.02 / 3 = 0.0067; 0.01 / 2 = 0.005; -0.03 / 2 = -0.015
    if volume:
        assert books.many("sales_change", "part", "change_kzt", period=MARCH)[1] == ("volume", volume)
    else:
        with pytest.raises(duckdb.ConversionException):  # beyond 18 digits nothing is told rather than something wrong
            books.many("sales_change", "change_kzt", period=MARCH)
