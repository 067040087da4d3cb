"""The act of reconciliation: every expected number is worked out in its comment."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.sql.metric_books import MetricBooks

FEBRUARY = ("02-01", "02-28")
LINE = ("role", "currency", "line", "number", "debit_doc", "credit_doc", "balance_doc", "balance_kzt")


@pytest.fixture
def books() -> MetricBooks:
    return MetricBooks()


def put_year(books: MetricBooks) -> None:
    """They bought 100 in January and 50 in February and paid 30 and then 200, of which 80 is an advance; we bought 40 from them."""
    party = {"cp_id": "cp_1", "contract_id": "ct_s1"}
    books.owed("s1", "01-31", "100.00")
    books.entry("s1", "1210", "6010", "01-31", "100.00", **party)
    books.owed("s2", "02-01", "50.00", contract_id="ct_s1")
    books.entry("s2", "1210", "6010", "02-01", "50.00", **party)
    books.paid("p1", "02-28", "200.00", "s1")
    books.entry("p1", "1030", "1210", "02-28", "150.00", **party)
    books.entry("p1", "1030", "3510", "02-28", "50.00", **party)
    books.owed("s3", "03-01", "20.00", contract_id="ct_s1")  # after the period
    books.entry("s3", "1210", "6010", "03-01", "20.00", **party)
    books.entry("s3", "3510", "1210", "03-01", "20.00", **party)
    books.owed("b1", "02-10", "40.00", kind="purchase")
    books.entry("b1", "1330", "3310", "02-10", "40.00", cp_id="cp_1", contract_id="ct_b1")
    books.owed("x1", "02-10", "7.00", cp_id="cp_2")
    books.entry("x1", "1210", "6010", "02-10", "7.00", cp_id="cp_2", contract_id="ct_x1")


def test_opening_documents_and_closing_are_apart_for_each_role(books: MetricBooks) -> None:
    put_year(books)
    assert books.many("act_of_reconciliation", *LINE, counterparty="cp_1", period=FEBRUARY) == [
        ("customer", "KZT", "opening", None, None, None, "100.00", "100.00"),
        ("customer", "KZT", "document", "s2", "50.00", "0.00", "150.00", "150.00"),
        # 150 against the debt and 50 ahead are one payment of 200
        ("customer", "KZT", "document", "p1", "0.00", "200.00", "-50.00", "-50.00"),
        ("customer", "KZT", "closing", None, "50.00", "200.00", "-50.00", "-50.00"),
        ("supplier", "KZT", "opening", None, None, None, "0.00", "0.00"),
        ("supplier", "KZT", "document", "b1", "0.00", "40.00", "-40.00", "-40.00"),
        ("supplier", "KZT", "closing", None, "0.00", "40.00", "-40.00", "-40.00"),
    ]
    totals = ("role", "closing_doc", "closing_kzt", "net_kzt", "difference_doc")
    assert set(books.many("act_of_reconciliation", *totals, counterparty="cp_1", period=FEBRUARY)) == {
        ("customer", "-50.00", "-50.00", "-90.00", "0.00"),
        ("supplier", "-40.00", "-40.00", "-90.00", "0.00"),
    }


def test_an_advance_set_off_is_no_movement(books: MetricBooks) -> None:
    put_year(books)
    books.entry("r1", "3510", "1210", "03-02", "5.00", cp_id="cp_1", contract_id="ct_s1")  # set off and nothing else
    found = books.many("act_of_reconciliation", *LINE, counterparty="cp_1", period=("03-01", "03-31"))
    assert [row for row in found if row[0] == "customer"] == [
        ("customer", "KZT", "opening", None, None, None, "-50.00", "-50.00"),
        ("customer", "KZT", "document", "s3", "20.00", "0.00", "-30.00", "-30.00"),
        ("customer", "KZT", "closing", None, "20.00", "0.00", "-30.00", "-30.00"),
    ]


def test_one_contract_is_a_part_of_the_act_by_its_number(books: MetricBooks) -> None:
    put_year(books)
    for name in ("ct_b1", " CT_B1 "):
        found = books.many("act_of_reconciliation", *LINE, counterparty="cp_1", period=FEBRUARY, contract=name)
        assert [row[:4] for row in found] == [
            ("supplier", "KZT", "opening", None),
            ("supplier", "KZT", "document", "b1"),
            ("supplier", "KZT", "closing", None),
        ]
    asked = {"counterparty": "cp_1", "period": FEBRUARY}
    assert books.many("act_of_reconciliation", "line", "reason", contract="ct_x1", **asked) == [
        (None, "no_such_contract")
    ]
    early = {"counterparty": "cp_1", "period": ("2025-01-01", "2025-01-31")}
    assert books.many("act_of_reconciliation", "line", "reason", contract="ct_s1", **early) == [(None, "no_movement")]


def test_dollars_stand_apart_with_their_difference_of_rates(books: MetricBooks) -> None:
    party = {"cp_id": "cp_1", "contract_id": "ct_s1", "currency": "USD"}
    books.owed("s1", "02-01", "10.00", currency="USD", rate=Decimal(500))
    books.entry("s1", "1210", "6010", "02-01", "5000.00", amount_doc=Decimal(10), **party)
    books.paid("p1", "02-10", "10.00", "s1", currency="USD", rate=Decimal(480))
    books.entry("p1", "1030", "1210", "02-10", "4800.00", amount_doc=Decimal(10), **party)
    books.entry("p1", "7430", "1210", "02-10", "200.00", amount_doc=Decimal(0), **party)
    columns = ("currency", "line", "number", "credit_doc", "credit_kzt", "balance_doc", "balance_kzt")
    assert books.many("act_of_reconciliation", *columns, counterparty="cp_1", period=FEBRUARY) == [
        ("USD", "opening", None, None, None, "0.00", "0.00"),
        ("USD", "document", "s1", "0.00", "0.00", "10.00", "5000.00"),
        ("USD", "document", "p1", "10.00", "4800.00", "0.00", "200.00"),
        ("USD", "exchange_difference", "p1", "0.00", "200.00", "0.00", "0.00"),
        ("USD", "closing", None, "10.00", "5000.00", "0.00", "0.00"),
    ]


def test_what_the_ledger_and_the_documents_disagree_on_is_told(books: MetricBooks) -> None:
    books.owed("s1", "02-01", "100.00")
    books.entry("s1", "1210", "6010", "02-01", "90.00", cp_id="cp_1", contract_id="ct_s1")
    books.entry(None, "1210", "6010", "02-02", "3.00", cp_id="cp_1", contract_id="ct_s1")
    books.owed("b1", "02-01", "40.00", kind="purchase")  # not in the ledger at all
    columns = ("role", "line", "doc_type", "debit_doc", "closing_doc", "difference_doc")
    assert books.many("act_of_reconciliation", *columns, counterparty="cp_1", period=FEBRUARY) == [
        ("customer", "opening", None, None, "93.00", "-7.00"),
        ("customer", "document", "sale", "90.00", "93.00", "-7.00"),
        ("customer", "document", None, "3.00", "93.00", "-7.00"),
        ("customer", "closing", None, "93.00", "93.00", "-7.00"),
        ("supplier", "opening", None, None, "0.00", "40.00"),
        ("supplier", "closing", None, "0.00", "0.00", "40.00"),
    ]
