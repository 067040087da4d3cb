"""Money by week and what moved it: every expected number is worked out in its comment."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.sql.metric_books import MetricBooks, day

MARCH = ("03-01", "03-31")
WEEK = ("week_from", "week_to", "in_kzt", "out_kzt", "net_kzt", "balance_kzt")
ASIDE = ("opening_kzt", "lowest_kzt", "lowest_on", "overdue_out_kzt", "doubtful_kzt", "later_in_kzt", "later_out_kzt")


@pytest.fixture
def books() -> MetricBooks:
    return MetricBooks()


def put_calendar(books: MetricBooks) -> None:
    """Tuesday 31 March 2026: 100 in the bank; nobody has a habit, so money comes when due, or tomorrow."""
    books.put(
        "bank_stmt", bank_account_id="ba_1", first_day=day("03-01"), last_day=day("03-31"), opening=100, closing=100
    )
    books.owed("s1", "03-01", "10.00", "03-20")  # late: tomorrow
    books.owed("s2", "03-01", "20.00", "04-05")  # Sunday of the first week
    books.owed("s3", "03-01", "30.00", "04-06")  # Monday of the second
    books.owed("s4", "03-01", "40.00", "04-15")  # after the horizon
    books.owed("s5", "2025-01-01", "50.00", "2025-02-01")  # doubtful
    books.owed("b1", "03-01", "70.00", "03-01", kind="purchase", cp_id="cp_2")  # overdue: tomorrow
    books.owed("b2", "03-01", "60.00", "04-03", kind="purchase", cp_id="cp_2")
    books.owed("b3", "03-01", "5.00", "04-14", kind="purchase", cp_id="cp_2")
    books.owed("b4", "03-01", "9.00", "04-15", kind="purchase", cp_id="cp_2")
    books.owed("own", "03-01", "999.00", "04-01", kind="purchase", cp_id="cp_own")


def test_weeks_end_on_sunday_and_on_the_horizon(books: MetricBooks) -> None:
    put_calendar(books)
    assert books.many("cash_by_week", *WEEK, horizon=14) == [
        # in 10 + 20, out 70 + 60
        ("2026-04-01", "2026-04-05", "30.00", "130.00", "-100.00", "0.00"),
        ("2026-04-06", "2026-04-12", "30.00", "0.00", "30.00", "30.00"),
        ("2026-04-13", "2026-04-14", "0.00", "5.00", "-5.00", "25.00"),
    ]
    # 100 + 10 - 70 = 40 on the 1st, 40 - 60 = -20 on the 3rd and 4th, 0 on the 5th
    assert set(books.many("cash_by_week", *ASIDE, horizon=14)) == {
        ("100.00", "-20.00", "2026-04-03", "70.00", "50.00", "40.00", "9.00")
    }


def test_when_money_only_grows_the_lowest_day_is_the_first(books: MetricBooks) -> None:
    put_calendar(books)
    assert books.many("cash_by_week", *WEEK, horizon=0, as_of="02-01") == [
        ("2026-02-02", "2026-02-02", "0.00", "0.00", "0.00", "0.00")
    ]
    books = MetricBooks()
    books.owed("s1", "03-01", "10.00", "04-02")
    assert books.many("cash_by_week", "balance_kzt", "lowest_kzt", "lowest_on", horizon=2) == [
        ("10.00", "0.00", "2026-03-31")
    ]


def test_customers_who_pay_late_come_at_the_ninetieth_percentile(books: MetricBooks) -> None:
    for n in range(10):
        books.owed(f"o{n}", "01-20", "1.00", "02-01")
        books.paid(f"p{n}", f"02-{1 + n:02}", "1.00", f"o{n}")  # 0, 1, ... 9 days late
    books.owed("s1", "03-20", "10.00", "04-01")
    # median 4.5, so 5: Monday 6 April; of ten the ninth is 8 days late: Thursday 9 April
    assert books.many("cash_by_week", "in_kzt", "later_in_kzt", horizon=7) == [("0.00", "0.00"), ("10.00", "0.00")]
    assert books.many("cash_by_week", "in_kzt", "later_in_kzt", horizon=8, scenario="late") == [
        ("0.00", "10.00"),
        ("0.00", "10.00"),
    ]
    found = books.many("cash_by_week", *WEEK, horizon=9, scenario="late")
    assert found[-1] == ("2026-04-06", "2026-04-09", "10.00", "0.00", "10.00", "10.00")


def test_the_opening_is_the_banks_else_that_of_1c_at_the_rate_of_the_day(books: MetricBooks) -> None:
    put_calendar(books)
    for name, currency in (("ba_2", "USD"), ("ba_3", "EUR"), ("ba_4", "KZT")):
        books.put("bank_account", bank_account_id=name, org_id="org_1", iban=name, bank="Банк", currency=currency)
    books.put("fx_rate", currency="USD", rate_date=day("03-30"), rate=Decimal("500.0000"), mult=1)
    books.put("fx_rate", currency="USD", rate_date=day("04-01"), rate=Decimal("900.0000"), mult=1)
    for name, amount in (("ba_2", "2.00"), ("ba_3", "4.00"), ("ba_4", "8.00")):
        books.put(
            "bank_stmt",
            bank_account_id=name,
            first_day=day("03-01"),
            last_day=day("03-20"),
            opening=amount,
            closing=amount,
        )
    books.put("bank_account", bank_account_id="ba_5", org_id="org_1", iban="ba_5", bank="Банк", currency="KZT")
    books.entry("x", "1030", "1210", "03-05", "16.00", bank_account_id="ba_5")
    columns = ("opening_kzt", "accounts_by_book", "stale_accounts", "without_rate")
    # 100 + 2 * 500 + 8 + 16 by 1C
    assert set(books.many("cash_by_week", *columns)) == {("1124.00", 1, 3, 1)}


def put_moves(books: MetricBooks) -> None:
    """March: 100 from and 140 to; February: 60 from and 90 to; March a year ago: 7 from."""
    for name, kind, on, total, party in (
        ("i1", "pay_in", "03-01", "100.00", "cp_1"), ("i2", "pay_in", "02-28", "60.00", "cp_1"), ("i3", "pay_in", "2025-03-31", "7.00", "cp_1"),
        ("o1", "pay_out", "03-31", "140.00", "cp_2"), ("o2", "pay_out", "02-01", "90.00", "cp_2"), ("i4", "pay_in", "01-31", "999.00", "cp_1"),
        ("own", "pay_in", "03-05", "999.00", "cp_own"),
    ):  # fmt: skip
        books.doc(name, kind, on, total, cp_id=party, contract_id=None, knp="710")


MOVED = ("category", "net_kzt", "before_kzt", "difference_kzt")


def test_a_month_is_held_against_the_month_before_not_against_31_days(books: MetricBooks) -> None:
    put_moves(books)
    assert books.many("cash_movers", *MOVED, period=MARCH) == [
        ("suppliers", "-140.00", "-90.00", "-50.00"),
        ("customers", "100.00", "60.00", "40.00"),
    ]
    columns = ("before_from", "before_to", "total_net_kzt", "total_before_kzt", "total_difference_kzt")
    assert set(books.many("cash_movers", *columns, period=MARCH)) == {
        ("2026-02-01", "2026-02-28", "-40.00", "-30.00", "-10.00")
    }


def test_a_year_ago_is_the_same_days_of_it(books: MetricBooks) -> None:
    put_moves(books)
    found = books.many("cash_movers", *MOVED, period=MARCH, compare="year", by="counterparty")
    assert found == [("suppliers", "-140.00", "0.00", "-140.00"), ("customers", "100.00", "7.00", "93.00")]
    parties = books.many("cash_movers", "cp_id", "counterparty", "knp", period=MARCH, by="counterparty")
    assert parties == [("cp_2", "Поставщик", None), ("cp_1", "Покупатель", None)]


PERIODS = (
    (("2025-10-01", "2025-12-31"), "previous", ("2025-07-01", "2025-09-30")),
    (("2026-01-01", "2026-01-31"), "previous", ("2025-12-01", "2025-12-31")),
    (("2026-03-01", "2026-03-30"), "previous", ("2026-01-30", "2026-02-28")),  # not a whole month: 30 days
    (("2026-03-05", "2026-03-05"), "previous", ("2026-03-04", "2026-03-04")),
    (("2024-02-01", "2024-02-29"), "year", ("2023-02-01", "2023-02-28")),
    (("2025-02-01", "2025-02-28"), "year", ("2024-02-01", "2024-02-29")),
    (("2025-02-10", "2025-02-28"), "year", ("2024-02-10", "2024-02-28")),
    (("2024-02-29", "2024-02-29"), "year", ("2023-02-28", "2023-02-28")),
)


def test_the_period_compared_with(books: MetricBooks) -> None:
    for n, (period, _, _) in enumerate(PERIODS):
        books.doc(f"i{n}", "pay_in", period[0], "1.00", contract_id=None)
    for period, compare, before in PERIODS:
        found = books.many("cash_movers", "before_from", "before_to", period=period, compare=compare)
        assert set(found) == {before}, (period, compare)
