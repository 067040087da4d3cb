"""Whom to call and what they paid: every expected number is worked out in its comment."""

from __future__ import annotations

import pytest

from tests.sql.metric_books import MetricBooks, day


@pytest.fixture
def books() -> MetricBooks:
    return MetricBooks()


CALLS = ("cp_id", "overdue_kzt", "max_days_late", "weight_kzt_days", "documents", "oldest_number", "oldest_due")


def put_debtors(books: MetricBooks) -> None:
    """On 31 March cp_1 owes 100 for 10 days and 50 for 100 days, cp_3 owes 300 for 30 days; what is due on the day is not late."""
    books.put("cp", cp_id="cp_3", name="Второй покупатель", is_intercompany=False)
    books.owed("s1", "03-01", "100.00", "03-21")
    books.owed("s2", "2025-12-01", "50.00", "2025-12-21")
    books.owed("s3", "02-01", "300.00", "03-01", cp_id="cp_3")
    books.owed("s4", "03-01", "900.00", "03-31", cp_id="cp_3")
    books.owed("own", "01-01", "999.00", cp_id="cp_own")
    books.owed("bill", "01-01", "999.00", kind="purchase", cp_id="cp_2")
    books.deal("d1", "process", "1.00", "02-01", cp_id="cp_1", owner="Ерлан Примеров")
    books.deal("d2", "process", "1.00", "02-01", cp_id="cp_1", owner="Әлия Үлгіев")
    books.deal("d3", "process", "1.00", "02-01", cp_id="cp_3", owner="Ерлан Примеров", created_at=day("04-01"))


def test_calls_are_in_order_of_amount_by_days(books: MetricBooks) -> None:
    put_debtors(books)
    assert books.many("collection_list", *CALLS, "customers", "total_kzt") == [
        # 300 * 30 = 9000 before 100 * 10 + 50 * 100 = 6000
        ("cp_3", "300.00", 30, "9000.00", 1, "s3", "2026-03-01", 2, "450.00"),
        ("cp_1", "150.00", 100, "6000.00", 2, "s2", "2025-12-21", 2, "450.00"),
    ]


def test_a_bucket_takes_its_own_documents_alone(books: MetricBooks) -> None:
    put_debtors(books)
    assert books.many("collection_list", *CALLS, bucket="1-30") == [
        ("cp_3", "300.00", 30, "9000.00", 1, "s3", "2026-03-01"),
        ("cp_1", "100.00", 10, "1000.00", 1, "s1", "2026-03-21"),
    ]
    assert books.many("collection_list", "cp_id", "overdue_kzt", "expected_on", bucket="91+") == [
        ("cp_1", "50.00", None)
    ]
    assert books.many("collection_list", "cp_id", "total_kzt", "reason", bucket="31-60") == [
        (None, "0.00", "nothing_overdue")
    ]


def test_the_manager_is_that_of_the_latest_deal_by_the_day(books: MetricBooks) -> None:
    put_debtors(books)
    # of two deals of one moment the later number; the deal of 1 April is not there yet
    assert books.many("collection_list", "cp_id", "manager") == [("cp_3", None), ("cp_1", "Әлия Үлгіев")]
    assert books.many("collection_list", "cp_id", "customers", manager="үлгіев") == [("cp_1", 1)]
    assert books.many("collection_list", "cp_id", "reason", manager="Ерлан") == [(None, "no_such_manager")]
    assert books.many("collection_list", "cp_id", "reason", manager="Ерлан", as_of="04-01") == [("cp_3", None)]


def test_the_last_payment_and_the_habit_are_those_of_the_plan(books: MetricBooks) -> None:
    put_debtors(books)
    for n, paid_on in enumerate(("02-03", "02-05", "02-07", "02-09", "02-20")):
        books.owed(f"o{n}", "01-20", "10.00", "02-01")
        books.paid(f"p{n}", paid_on, f"{10 + n}.00", f"o{n}")
    books.paid("later", "04-01", "77.00", "s1")
    # 2, 4, 6, 8, 19 days late: 6; due 21 March + 6 is past, so tomorrow. cp_3 has paid nothing: the habit of all
    columns = ("cp_id", "last_paid_on", "last_paid_kzt", "usual_days", "usual_source", "expected_on")
    assert books.many("collection_list", *columns) == [
        ("cp_3", None, None, 6, "all", "2026-04-01"),
        ("cp_1", "2026-02-20", "14.00", 6, "counterparty", "2026-04-01"),
    ]


PAID = ("pay_date", "direction", "number", "contract", "settled", "settled_doc", "unused_doc", "in_bank", "bank_date")


def test_payments_say_what_they_settled_and_whether_the_bank_has_them(books: MetricBooks) -> None:
    books.owed("s1", "02-01", "100.00")
    books.owed("s2", "02-02", "50.00", contract_id="ct_s1")
    books.paid("p1", "02-10", "130.00", "s1", bank_account_id="ba_1", doc_set="bank_in")
    books.paid("p2", "03-10", "40.00", "s2", contract_id="ct_s1", bank_account_id="ba_1", doc_set="bank_in")
    books.paid("p3", "03-20", "5.00", "s2", contract_id="ct_s1", doc_set="cash_in")
    books.paid("p4", "04-01", "1.00", "s2", contract_id="ct_s1", doc_set="cash_in")  # after the day
    books.doc("r1", "refund_out", "03-25", "7.00", contract_id="ct_s1", bank_account_id="ba_1", doc_set="bank_out")
    books.put("pay_alloc", doc_id="r1", line_no=1, contract_id="ct_s1", amount_doc=7, side="ar")
    books.doc("other", "pay_in", "03-01", "9.00", cp_id="cp_2", doc_set="cash_in")
    books.put("bank_stmt", bank_account_id="ba_1", first_day=day("02-01"), last_day=day("03-15"), opening=0, closing=0)
    books.put("bank_line", bank_line_id="l1", bank_account_id="ba_1", value_date=day("02-11"), direction="in", amount=130,
              cp_id="cp_1", doc_number="77")  # fmt: skip
    # p1: 100 to s1 and 30 to s2; p2: the 20 left of s2 and the 7 given back, 13 stay; p3 finds nothing open
    assert books.many("payments_of", *PAID, counterparty="cp_1", most=10) == [
        ("2026-03-25", "out", "r1", "ct_s1", "p2", "7.00", None, "no_statement", None),
        ("2026-03-20", "in", "p3", "ct_s1", None, "0.00", "5.00", "cash", None),
        ("2026-03-10", "in", "p2", "ct_s1", "r1, s2", "27.00", "13.00", "missing", None),
        ("2026-02-10", "in", "p1", "ct_s1", "s1, s2", "130.00", "0.00", "confirmed", "2026-02-11"),
    ]
    assert books.many("payments_of", "number", "payments", counterparty="cp_1", most=2) == [("r1", 4), ("p3", 4)]
    # on 20 March nothing has been given back yet
    assert books.many("payments_of", *PAID, counterparty="cp_1", most=2, as_of="03-20")[1] == (
        "2026-03-10", "in", "p2", "ct_s1", "s2", "20.00", "20.00", "missing", None,
    )  # fmt: skip


def put_limits(books: MetricBooks, **limits: str | None) -> None:
    """A contract of cp_1 for each name, with its limit in tenge."""
    for name, limit in limits.items():
        books.put("contract", contract_id=name, cp_id="cp_1", org_id="org_1", number=name, currency="KZT", settle_mode="by_contract",
                  credit_limit_kzt=limit)  # fmt: skip


BROKEN = ("contract", "exposure_kzt", "limit_kzt", "over_kzt", "first_breach_date", "days_over")


def test_a_limit_is_broken_since_the_last_day_within_it(books: MetricBooks) -> None:
    put_limits(books, over="100.00", healed="100.00", zero="0.00", none=None, at="100.00")
    books.owed("s1", "01-10", "150.00", contract_id="over")
    books.paid("p1", "02-10", "60.00", "s1", contract_id="over")  # 90: within again
    books.owed("s2", "03-05", "20.00", "03-10", contract_id="over")  # 110
    books.owed("s3", "03-07", "15.00", "04-10", contract_id="over")  # 125
    books.owed("s4", "01-10", "150.00", contract_id="healed")
    books.paid("p4", "03-31", "50.00", "s4", contract_id="healed")
    books.owed("s5", "01-10", "999.00", contract_id="zero")
    books.owed("s6", "01-10", "999.00", contract_id="none")
    books.owed("s7", "01-10", "100.00", contract_id="at")
    # 5 to 31 March are 27 days
    assert books.many("limits_broken", *BROKEN) == [("over", "125.00", "100.00", "25.00", "2026-03-05", 27)]
    columns = ("overdue_kzt", "max_days_late", "client_kzt", "broken", "total_over_kzt", "limits_kept")
    # 90 of s1 and 20 of s2 are late, s1 by 80 days; 125 + 100 + 999 + 999 + 100
    assert books.many("limits_broken", *columns) == [("110.00", 80, "2323.00", 1, "25.00", 3)]
    # on 30 March the one that was paid on the 31st was still broken, since its first day
    assert books.many("limits_broken", *BROKEN[3:], "contract", as_of="03-30") == [
        ("50.00", "2026-01-10", 80, "healed"),
        ("25.00", "2026-03-05", 26, "over"),
    ]


def test_without_a_limit_nothing_is_said_and_with_one_that_none_is_broken(books: MetricBooks) -> None:
    put_limits(books, zero="0.00", none=None)
    books.owed("s1", "03-01", "999.00", contract_id="zero")
    books.owed("s2", "03-01", "999.00", contract_id="none")
    columns = ("contract", "broken", "total_over_kzt", "limits_kept", "reason")
    assert books.many("limits_broken", *columns) == [(None, None, None, None, "no_limits_kept")]
    books = MetricBooks()
    put_limits(books, zero="0.00", kept="1000.00")
    books.owed("s1", "03-01", "999.00", contract_id="zero")
    books.paid("p3", "03-01", "5.00", "none", contract_id="kept")
    assert books.many("limits_broken", *columns) == [(None, 0, "0.00", 1, "none_broken")]


def test_limits_of_one_manager_leave_out_own_entities(books: MetricBooks) -> None:
    put_limits(books, one="10.00")
    books.put("contract", contract_id="own", cp_id="cp_own", org_id="org_1", number="own", currency="KZT", settle_mode="by_contract",
              credit_limit_kzt=10)  # fmt: skip
    books.owed("s1", "03-01", "11.00", contract_id="one")
    books.owed("s2", "03-01", "99.00", contract_id="own", cp_id="cp_own")
    books.deal("d1", "process", "1.00", "02-01", cp_id="cp_1", owner="Ерлан Примеров")
    columns = ("contract", "manager", "broken", "reason")
    assert books.many("limits_broken", *columns) == [("one", "Ерлан Примеров", 1, None)]
    assert books.many("limits_broken", *columns, manager="ерлан") == [("one", "Ерлан Примеров", 1, None)]
    assert books.many("limits_broken", *columns, manager="Әлия") == [(None, None, 0, "no_such_manager")]
