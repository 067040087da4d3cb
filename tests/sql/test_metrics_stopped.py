"""What is alone in bank or 1C, and deals that do not reach their money: every expected number is worked out in its comment."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.sql.metric_books import MetricBooks, day

MARCH = ("03-01", "03-31")


@pytest.fixture
def books() -> MetricBooks:
    return MetricBooks()


def put_line(books: MetricBooks, name: str, on: str, amount: str, **columns: Any) -> None:
    usual = {"bank_account_id": "ba_1", "direction": "in", "cp_id": "cp_1", "doc_number": name, "knp": "710"}
    books.put("bank_line", bank_line_id=f"l{name}", value_date=day(on), amount=Decimal(amount), **(usual | columns))


def put_payment(books: MetricBooks, name: str, on: str, amount: str, **columns: Any) -> None:
    books.doc(name, "pay_in", on, amount, contract_id=None, **({"bank_account_id": "ba_1"} | columns))


def put_statements(books: MetricBooks) -> None:
    books.put("cp", cp_id="cp_3", name="Второй покупатель", is_intercompany=False)
    books.put("bank_account", bank_account_id="ba_2", org_id="org_1", iban="KZ22", bank="Банк", currency="KZT")
    for account in ("ba_1", "ba_2"):
        books.put(
            "bank_stmt", bank_account_id=account, first_day=day("02-01"), last_day=day("03-31"), opening=0, closing=0
        )


ALONE = ("found_in", "number", "reason", "see")


def test_each_reason_names_what_it_rests_on(books: MetricBooks) -> None:
    put_statements(books)
    put_line(books, "11", "03-01", "10.00")
    books.put("doc_inactive", doc_id="x", type="pay_in", cp_id="cp_1", number="draft", doc_date=day("03-04"), sum_doc=10,
              bank_account_id="ba_1", status="draft")  # fmt: skip
    put_line(books, "12", "03-02", "20.00")
    put_payment(books, "112", "03-06", "20.00", bank_account_id="ba_2")
    put_line(books, "13", "03-02", "30.00")
    put_payment(books, "113", "03-12", "30.00")
    put_line(books, "14", "03-20", "40.00", cp_id="cp_2")
    put_payment(books, "114", "03-20", "40.40", cp_id="cp_2")
    put_line(books, "15", "03-05", "50.00", cp_id="cp_3")
    put_payment(books, "15", "03-09", "50.50", cp_id="cp_2")  # the number is the same, the party is not
    put_line(books, "16", "03-07", "60.00", cp_id=None, knp="840", direction="out")
    put_line(books, "17", "03-07", "70.00", cp_id="cp_own")
    put_line(books, "18", "03-07", "80.00", cp_id=None, cp_iban="KZ22")
    put_line(books, "19", "03-07", "90.00", cp_id=None, cp_name="Никто не знает")
    put_line(books, "20", "03-27", "91.00", cp_id="cp_3")
    put_line(books, "21", "03-08", "92.00", cp_id="cp_3")
    put_payment(books, "21", "03-08", "92.00", cp_id="cp_3")
    put_payment(books, "121", "03-08", "92.00", cp_id="cp_3")
    put_payment(books, "122", "03-28", "93.00", cp_id="cp_own")
    rows = books.many("unmatched_bank", *ALONE, period=MARCH)
    assert {row[1:] for row in rows if row[0] == "bank"} == {
        ("11", "not_posted", "draft"),
        ("12", "other_account", "112"),
        ("13", "other_day", "113"),
        ("14", "other_amount", "114"),
        ("15", "other_amount", "15"),
        ("16", "bank_fee", None),
        ("17", "own_transfer", None),
        ("18", "own_transfer", None),
        ("19", "unknown_party", None),
        ("20", "not_entered", None),
    }
    assert {row[1:] for row in rows if row[0] == "book"} == {
        ("112", "other_account", "12"),
        ("113", "other_day", "13"),
        ("114", "other_amount", "14"),
        ("15", "other_amount", "15"),
        ("121", "entered_twice", "21"),
        ("122", "not_in_statement", None),
    }


SUMS = ("iban", "direction", "day", "found_in", "amount_doc", "counterparty", "lines", "only_bank_doc", "only_book_doc")


def test_sums_are_those_of_the_account_and_direction(books: MetricBooks) -> None:
    put_statements(books)
    put_line(books, "1", "03-01", "1.00", cp_id=None, cp_name="Кто-то")
    put_line(books, "2", "03-31", "2.00", cp_id="cp_3")
    put_line(books, "3", "02-28", "4.00", cp_id="cp_3")  # before the period
    put_line(books, "4", "03-02", "8.00", cp_id="cp_3", direction="out")
    put_payment(books, "5", "03-15", "16.00")
    put_payment(books, "6", "03-15", "32.00", bank_account_id="ba_2")
    first = [
        ("KZ1", "in", "2026-03-01", "bank", "1.00", "Кто-то", 4, "3.00", "16.00"),
        ("KZ1", "in", "2026-03-15", "book", "16.00", "Покупатель", 4, "3.00", "16.00"),
        ("KZ1", "in", "2026-03-31", "bank", "2.00", "Второй покупатель", 4, "3.00", "16.00"),
        ("KZ1", "out", "2026-03-02", "bank", "8.00", "Второй покупатель", 4, "8.00", "0.00"),
    ]
    assert books.many("unmatched_bank", *SUMS, period=MARCH, account="kz 1") == first
    second = ("KZ22", "in", "2026-03-15", "book", "32.00", "Покупатель", 5, "0.00", "32.00")
    assert books.many("unmatched_bank", *SUMS, period=MARCH) == [*((*row[:6], 5, *row[7:]) for row in first), second]
    assert books.many("unmatched_bank", "amount_doc", "only_bank_doc", period=MARCH, counterparty="cp_3") == [
        ("2.00", "2.00"),
        ("8.00", "8.00"),
    ]
    none = ("lines", "reason")
    assert books.many("unmatched_bank", *none, period=MARCH, account="ba_9") == [(0, "no_such_account")]
    assert books.many("unmatched_bank", *none, period=("04-01", "04-30"), account="ba_2") == [(0, "all_matched")]


STOP = ("deal_id", "stop", "since", "days_waiting", "shipped_kzt", "paid_kzt")


def put_deals(books: MetricBooks) -> None:
    """Five deals won in March, one in April, one lost; each invoice has its number."""
    for name, amount, owner in (
        ("d1", "10.00", "Ерлан Примеров"), ("d2", "20.00", "Әлия Үлгіев"), ("d3", "30.00", "Ерлан Примеров"),
        ("d4", "40.00", "Әлия Үлгіев"), ("d5", "15.00", "Ерлан Примеров"),
    ):  # fmt: skip
        books.deal(name, "won", amount, "03-10", owner=owner, cp_id="cp_1", invoice_number=name[1:])
    books.deal("d6", "won", "99.00", "04-01", cp_id="cp_1", invoice_number="6")
    books.deal("d7", "lost", "99.00", "03-10", cp_id="cp_1", invoice_number="7")
    for number, on in (("2", "03-01"), ("3", "03-02"), ("4", "03-03")):
        books.doc(
            f"i{number}",
            "invoice_out",
            on,
            f"{number}0.00",
            number=number,
            number_short=number,
            contract_id=f"ct_{number}",
        )
    books.owed("s3a", "03-05", "10.00", base_doc_id="i3", contract_id="ct_3")
    books.owed("s3b", "03-15", "20.00", base_doc_id="i3", contract_id="ct_3")
    books.paid("p3", "03-16", "12.00", "s3a", contract_id="ct_3")
    books.owed("s4", "03-05", "40.00", base_doc_id="i4", contract_id="ct_4")
    books.paid("p4", "03-31", "40.00", "s4", contract_id="ct_4")


def test_a_won_deal_waits_since_its_last_step(books: MetricBooks) -> None:
    put_deals(books)
    assert books.many("deals_stopped", *STOP, period=MARCH) == [
        ("d5", "won_no_invoice", "2026-03-10", 21, "0.00", "0.00"),
        ("d1", "won_no_invoice", "2026-03-10", 21, "0.00", "0.00"),
        ("d2", "invoiced_not_shipped", "2026-03-01", 30, "0.00", "0.00"),
        # 10 of the 12 paid the first shipment, 2 the second: it is the one that waits
        ("d3", "shipped_not_paid", "2026-03-15", 16, "30.00", "12.00"),
        ("d4", "paid", None, None, "40.00", "40.00"),
    ]
    counts = ("deal_id", "deals", "stop_kzt", "total_deals", "total_kzt")
    assert books.many("deals_stopped", *counts, period=MARCH)[1] == ("d1", 2, "25.00", 5, "115.00")


def test_on_an_earlier_day_a_deal_stands_earlier(books: MetricBooks) -> None:
    put_deals(books)
    found = books.many("deals_stopped", *STOP, period=("03-01", "04-30"), as_of="03-30")
    assert ("d4", "shipped_not_paid", "2026-03-05", 25, "40.00", "0.00") in found
    assert len(found) == 5
    assert books.many("deals_stopped", "reason", period=MARCH, as_of="03-09") == [("no_won_deals",)]


def test_deals_of_one_employee_or_one_party(books: MetricBooks) -> None:
    put_deals(books)
    assert books.many("deals_stopped", "deal_id", "total_kzt", period=MARCH, owner="үлгіев әлия") == [
        ("d2", "60.00"),
        ("d4", "60.00"),
    ]
    columns = ("deal_id", "total_deals", "reason")
    assert books.many("deals_stopped", *columns, period=MARCH, owner="никто") == [(None, 0, "no_such_owner")]
    assert books.many("deals_stopped", *columns, period=MARCH, counterparty="cp_2") == [(None, 0, "no_won_deals")]
