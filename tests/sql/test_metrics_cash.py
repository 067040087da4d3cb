"""Money in cash desks beside the accounts: every expected number is worked out in its comment."""

from __future__ import annotations

from decimal import Decimal

import pytest

import sql
from tests.sql.metric_books import MetricBooks, day, told

PLACE = (
    "org",
    "iban",
    "cash_desk",
    "currency",
    "bank_balance",
    "book_balance",
    "difference",
    "is_stale",
    "balance_kzt",
)


@pytest.fixture
def books() -> MetricBooks:
    """31 March 2026: 100 at the bank beside 130 in 1C; three desks, one of them in dollars and one without an entry."""
    made = MetricBooks()
    made.put(
        "bank_stmt", bank_account_id="ba_1", first_day=day("03-01"), last_day=day("03-31"), opening=100, closing=100
    )
    made.entry("in", "1030", "1210", "03-05", "130.00", bank_account_id="ba_1")
    for desk, org, name, currency in (
        ("cd_1", "org_1", "Главная", "KZT"), ("cd_2", "org_1", "Валютная", "USD"), ("cd_3", "org_2", "Главная", "KZT"),
    ):  # fmt: skip
        made.put("cash_desk", cash_desk_id=desk, org_id=org, name=name, currency=currency)
    made.put("fx_rate", currency="USD", rate_date=day("03-30"), rate=Decimal("500.0000"), mult=1)
    made.put("fx_rate", currency="USD", rate_date=day("04-01"), rate=Decimal("900.0000"), mult=1)
    return made


def cash(books: MetricBooks, on: str, amount: str, desk: str | None, account: str = "1010", side: str = "dr") -> None:
    """Money into a desk, or out of it. In dollars at 480 tenge."""
    dollars = desk == "cd_2"
    books.put(
        "gl", doc_id=f"{desk} {on}", line_side=side, account=account, corr_account="1210", org_id="org_1", cash_desk_id=desk, dt=day(on),
        amount_kzt=Decimal(amount) * (480 if dollars else 1), amount_doc=Decimal(amount), currency="USD" if dollars else "KZT",
    )  # fmt: skip


def test_the_total_is_by_the_bank_else_by_1c_and_of_every_desk(books: MetricBooks) -> None:
    cash(books, "03-01", "50.00", "cd_1")
    cash(books, "03-20", "20.00", "cd_1", side="cr")
    cash(books, "04-01", "999.00", "cd_1")  # tomorrow's
    cash(books, "03-10", "3.00", "cd_2")
    cash(books, "03-11", "7.00", None, account="1011")  # kept under no desk
    assert books.many("cash_position", *PLACE) == [
        ("Альфа", "KZ1", None, "KZT", "100.00", "130.00", "-30.00", False, "100.00"),
        ("Альфа", None, "Валютная", "USD", None, "3.00", None, None, "1500.00"),
        ("Альфа", None, "Главная", "KZT", None, "30.00", None, None, "30.00"),
        ("Альфа", None, None, "KZT", None, "7.00", None, None, "7.00"),
        ("Бета", None, "Главная", "KZT", None, "0.00", None, None, "0.00"),
    ]
    # 100 + 3 * 500 + 30 + 7, of which all but the first is cash
    assert set(books.many("cash_position", "total_kzt", "cash_kzt", "without_rate")) == {("1637.00", "1537.00", 0)}
    assert set(books.many("cash_by_week", "opening_kzt", "accounts_by_book", "stale_accounts")) == {("1637.00", 0, 0)}


def test_a_desk_in_a_currency_without_a_rate_is_told_apart(books: MetricBooks) -> None:
    cash(books, "03-10", "3.00", "cd_2")
    books.con.execute("update fx_rate set rate_date = date '2026-04-02'")
    assert set(books.many("cash_position", "total_kzt", "cash_kzt", "without_rate")) == {("100.00", "0.00", 1)}


def test_a_desk_below_zero_on_an_evening_of_the_last_ninety_days_is_told(books: MetricBooks) -> None:
    cash(books, "01-01", "10.00", "cd_1")
    cash(books, "01-10", "15.00", "cd_1", side="cr")  # -5 on the evenings of 10 to 11 January
    cash(books, "01-12", "5.00", "cd_1")
    cash(books, "03-10", "2.00", "cd_2", side="cr")
    cash(books, "03-10", "2.00", "cd_2")  # nothing by the evening
    check = next(d.body for d in sql.read("checks") if d.name == "cash_desks_are_not_below_zero")

    def found(on: str) -> list[tuple[object, ...]]:
        rows = books.con.execute(check, {"as_of": day(on)}).fetchall()
        return [told(dict(enumerate(row)), (0, 1, 2)) for row in rows]  # type: ignore[arg-type]

    below = ("Главная, Альфа KZT", "below zero since 2026-01-10, lowest on 2026-01-10", "-5.00")
    assert found("01-09") == []
    assert found("04-10") == [below]  # the evening of 11 January is the first of ninety
    assert found("04-11") == []
