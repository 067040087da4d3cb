"""Deals and goods: every expected number is worked out in its comment."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from tests.sql.metric_books import MetricBooks, day


@pytest.fixture
def books() -> MetricBooks:
    return MetricBooks()


def test_the_pipeline_is_that_of_the_day_at_its_rate(books: MetricBooks) -> None:
    books.put("fx_rate", currency="USD", rate_date=day("01-01"), rate=Decimal("500.0000"), mult=1)
    books.put("fx_rate", currency="USD", rate_date=day("04-01"), rate=Decimal("900.0000"), mult=1)
    books.deal("a", "process", "100.00", "03-31", stage="Новая")
    books.deal("b", "process", "2.00", "02-01", stage="Новая", currency="USD", amount_kzt=None, probability=25)
    books.deal("c", "process", "8.00", "04-01", stage="Счёт")  # moved later: its stage on the day is not known
    books.deal("d", "won", "16.00", "04-02")  # won later: open on the day
    books.deal("e", "won", "32.00", "03-31")  # won on the day
    books.deal("f", "process", "64.00", "04-05", created_at=datetime(2026, 4, 5, 9))  # not yet there
    books.deal("g", "process", "7.00", "02-01", stage="Новая", currency="EUR", amount_kzt=None)  # no rate
    columns = (
        "stage",
        "deals",
        "amount_kzt",
        "weighted_kzt",
        "unweighted",
        "without_rate",
        "total_kzt",
        "total_weighted_kzt",
    )
    # 100 + 2 * 500 = 1100; 100 * 50 % + 1000 * 25 % = 300; 8 + 16 = 24
    assert books.many("pipeline", *columns) == [
        ("Новая", 3, "1100.00", "300.00", 1, 1, "1124.00", "300.00"),
        (None, 2, "24.00", None, 2, 0, "1124.00", "300.00"),
    ]


def test_deals_won_and_lost_count_in_the_month_of_their_close(books: MetricBooks) -> None:
    books.deal("a", "won", "300.00", "02-01")
    books.deal("b", "won", "100.00", "02-28")
    books.deal("c", "lost", "100.00", "02-10")
    books.deal("d", "lost", "1.00", "03-01")
    books.deal("e", "process", "1.00", "02-10")
    columns = ("value", "reason", "won", "lost", "won_kzt", "lost_kzt", "amount_ratio")
    assert books.one("win_rate", *columns, period=("02-01", "02-28")) == (
        "66.67",
        None,
        2,
        1,
        "400.00",
        "100.00",
        "0.8000",
    )
    assert books.one("win_rate", *columns, period=("04-01", "04-30")) == (
        None,
        "no_closed_deals",
        0,
        0,
        "0.00",
        "0.00",
        None,
    )
    assert books.many("win_rate_by_month", "month_from", "won", "lost", "win_ratio", period=("02-01", "03-31")) == [
        ("2026-02-01", 2, 1, "0.6667"), ("2026-03-01", 0, 1, "0.0000"),
    ]  # fmt: skip


def test_the_cycle_of_won_deals_is_their_median(books: MetricBooks) -> None:
    for name, begin in (("a", "02-26"), ("b", "02-18"), ("c", "01-09"), ("d", "02-19")):  # 2, 10, 50, 9 days
        books.deal(name, "won", "1.00", "02-28", begin_date=day(begin))
    books.deal("lost", "lost", "1.00", "02-28")
    columns = ("value", "reason", "won", "min_days", "max_days")
    assert books.one("deal_cycle", *columns, period=("02-01", "02-28")) == ("9.5", None, 4, 2, 50)
    assert books.one("deal_cycle", *columns, period=("04-01", "04-30")) == (None, "no_won_deals", 0, None, None)


def test_stock_is_that_of_the_end_of_the_day_and_keeps_what_is_below_zero(books: MetricBooks) -> None:
    books.put("item", item_id="it_1", name="Арматура А500С 12 мм", unit="т")
    books.put("item", item_id="it_2", name="Арматура А500С 14 мм", unit="т")
    for name in ("Астана", "Алматы"):
        books.put("warehouse", warehouse_id=name, name=name)
    for item, store, on, qty in (
        ("it_1", "Астана", "03-01", "5.000"), ("it_1", "Астана", "03-31", "-1.580"), ("it_1", "Астана", "04-01", "-3.000"),
        ("it_1", "Алматы", "03-05", "-0.500"), ("it_2", "Астана", "03-01", "2.000"), ("it_2", "Алматы", "03-01", "0.000"),
    ):  # fmt: skip
        books.put("stock_move", org_id="org_1", item_id=item, warehouse_id=store, move_date=day(on), qty=Decimal(qty))
    columns = ("item_id", "warehouse", "on_hand", "is_negative", "item_on_hand")
    rebar = [("it_1", "Алматы", "-0.500", True, "2.920"), ("it_1", "Астана", "3.420", False, "2.920")]
    assert books.many("stock", *columns, item="12 арматура") == rebar
    assert books.many("stock", *columns, item="it_1") == rebar
    assert books.many("stock", *columns) == [*rebar, ("it_2", "Астана", "2.000", False, "2.000")]
    assert books.many("stock", "item_id", "reason", item="16") == [(None, "no_such_item")]
