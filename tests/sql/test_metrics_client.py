"""One client in one row: every expected number is worked out in its comment."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.sql.metric_books import MetricBooks, day


@pytest.fixture
def books() -> MetricBooks:
    return MetricBooks()


def put_client(books: MetricBooks) -> None:
    """Twelve months to 31 March 2026 begin on 1 April 2025."""
    books.owed("s1", "03-01", "112.00", "03-21")
    books.line("s1", 1, "112.00", "12.00")
    books.owed("s2", "03-02", "50.00", "03-31")
    books.line("s2", 1, "50.00", "0.00", None)
    books.doc("r2", "sale_return", "03-31", "5.00", base_doc_id="s2", contract_id="ct_s2")
    books.line("r2", 1, "5.00", "0.00", None)
    books.owed("b1", "03-01", "40.00", kind="purchase")
    books.doc("adv", "pay_in", "03-30", "9.00", contract_id="ct_free")
    books.put("pay_alloc", doc_id="adv", line_no=1, contract_id="ct_free", amount_doc=9, side="ar")
    books.owed("other", "03-01", "999.00", cp_id="cp_2")


def pay_late(books: MetricBooks, *late: int, since: str = "2025-04-0") -> None:
    for n, days in enumerate(late, start=1):
        books.owed(f"o{n}", "2025-03-01", "10.00", "2025-03-31" if since == "2025-04-0" else "2025-03-30")
        books.paid(f"p{n}", f"{since}{days}", "10.00", f"o{n}")


def test_debt_advances_and_what_we_owe_stand_apart(books: MetricBooks) -> None:
    put_client(books)
    columns = (
        "cp_id",
        "counterparty",
        "open_kzt",
        "overdue_kzt",
        "max_days_late",
        "documents",
        "advances_kzt",
        "payable_kzt",
        "sold_kzt",
    )
    # 112 + 50 - 5 owed; 112 is ten days late; 112 + 50 - 5 sold
    assert books.one("client_summary", *columns, counterparty="cp_1") == (
        "cp_1", "Покупатель", "157.00", "112.00", 10, 2, "9.00", "40.00", "157.00",
    )  # fmt: skip
    assert books.one("client_summary", *columns[2:], counterparty="cp_own") == (
        "0.00", "0.00", None, 0, "0.00", "0.00", "0.00",
    )  # fmt: skip
    assert books.many("client_summary", "cp_id", counterparty="cp_9") == []


PAYS = ("usual_days", "late_share_ratio", "settled_kzt", "last_paid_on", "last_paid_kzt")


def test_a_habit_needs_five_payments_of_twelve_months(books: MetricBooks) -> None:
    pay_late(books, 1, 2, 3, 4)  # due 31 March: 1 to 4 days late
    assert books.one("client_summary", *PAYS, counterparty="cp_1") == (None, "1.0000", "40.00", "2025-04-04", "10.00")
    books = MetricBooks()
    pay_late(books, 1, 2, 3, 4, 9)
    books.owed("o6", "2025-03-01", "50.00", "2025-04-30")
    books.paid("p6", "2025-04-20", "50.00", "o6")  # in time
    books.owed("o7", "2025-03-01", "70.00", "2025-03-01")
    books.paid("p7", "2025-03-31", "70.00", "o7")  # before the twelve months
    books.paid("p8", "04-01", "1.00", "o7")  # after the day
    # 0, 1, 2, 3, 4, 9 days late: 2.5, so 3; 50 of 100 late
    assert books.one("client_summary", *PAYS, counterparty="cp_1") == (3, "0.5000", "100.00", "2025-04-20", "50.00")


DEALS = ("manager", "open_deals", "open_deals_kzt", "stopped_deals", "stopped_deals_kzt")


def test_deals_are_nothing_without_a_crm_and_zero_with_one(books: MetricBooks) -> None:
    assert books.one("client_summary", *DEALS, counterparty="cp_1") == (None, None, None, None, None)
    books = MetricBooks()
    books.deal("a", "process", "10.00", "03-01", cp_id="cp_1", owner="Ерлан Примеров")
    books.deal("b", "won", "20.00", "03-10", cp_id="cp_1", owner="Ерлан Примеров")
    books.deal("c", "won", "30.00", "04-01", cp_id="cp_1")  # open on the day
    books.deal("d", "lost", "40.00", "03-10", cp_id="cp_1")
    assert books.one("client_summary", *DEALS, counterparty="cp_1") == ("Ерлан Примеров", 2, "40.00", 1, "20.00")
    assert books.one("client_summary", *DEALS, counterparty="cp_2") == (None, 0, "0.00", 0, "0.00")


TIES = ("unmatched_in", "unmatched_in_doc", "differing")


def test_what_does_not_tie_is_told_and_what_cannot_be_known_is_nothing(books: MetricBooks) -> None:
    books.owed("s1", "03-01", "100.00")
    books.entry("s1", "1210", "6010", "03-01", "90.00", cp_id="cp_1", contract_id="ct_s1")
    assert books.one("client_summary", *TIES, counterparty="cp_1") == (None, None, 1)
    books = MetricBooks()
    books.put("bank_stmt", bank_account_id="ba_1", first_day=day("03-01"), last_day=day("04-30"), opening=0, closing=0)
    for name, on, amount, party, direction in (
        ("1", "03-31", "5.00", "cp_1", "in"), ("2", "04-01", "6.00", "cp_1", "in"), ("3", "03-31", "7.00", "cp_1", "out"),
        ("4", "03-31", "8.00", "cp_2", "in"),
    ):  # fmt: skip
        books.put("bank_line", bank_line_id=name, bank_account_id="ba_1", value_date=day(on), direction=direction,
                  amount=Decimal(amount), cp_id=party, doc_number=name)  # fmt: skip
    assert books.one("client_summary", *TIES, counterparty="cp_1") == (1, "5.00", 0)


def test_limits_count_contract_by_contract(books: MetricBooks) -> None:
    columns = ("limit_kzt", "over_limit_kzt")
    assert books.one("client_summary", *columns, counterparty="cp_1") == (None, None)
    books = MetricBooks()
    for name, limit in (("a", 100), ("b", 30), ("c", 0), ("d", None)):
        books.put("contract", contract_id=name, cp_id="cp_1", org_id="org_1", number=name, currency="KZT", settle_mode="by_contract",
                  credit_limit_kzt=limit)  # fmt: skip
        books.owed(f"s{name}", "03-01", "50.00", contract_id=name)
    # 20 over 30; what is free under the first does not help the second, a limit of zero is none
    assert books.one("client_summary", *columns, counterparty="cp_1") == ("130.00", "20.00")
