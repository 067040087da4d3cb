"""Sales by anything and why they changed: every expected number is worked out in its comment."""

from __future__ import annotations

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


@pytest.mark.parametrize(
    ("by", "rows"),
    [
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
    ],
)  # fmt: skip
def test_sales_by_anything_keep_what_belongs_to_nobody(books: MetricBooks, by: str, rows: list[object]) -> None:
    put_sales(books)
    columns = ("by_id", "name", "net_kzt", "gross_kzt", "returns_kzt", "documents", "share_ratio")
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
