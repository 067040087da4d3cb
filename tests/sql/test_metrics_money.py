"""Payables, cash flow and the bank: every expected number is worked out in its comment."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.sql.metric_books import MetricBooks, day

FEBRUARY = ("02-01", "02-28")


@pytest.fixture
def books() -> MetricBooks:
    return MetricBooks()


def put_payables(books: MetricBooks) -> None:
    """Purchases due 30 and 31 March, 14 and 15 April; an advance beside; one from an own entity."""
    seller = {"kind": "purchase", "cp_id": "cp_2"}
    books.owed("late", "03-01", "10.00", "03-30", **seller)
    books.owed("today", "03-01", "20.00", "03-31", **seller)
    books.owed("in 14", "03-01", "40.00", "04-14", **seller)
    books.owed("in 15", "03-01", "80.00", "04-15", **seller)
    books.doc("adv", "pay_out", "03-05", "7.00", cp_id="cp_2")
    books.put("pay_alloc", doc_id="adv", line_no=1, contract_id="ct_adv", amount_doc=7, side="ap")
    books.owed("own", "03-01", "999.00", "03-01", kind="purchase", cp_id="cp_own")


def test_payables_due_on_the_day_are_not_overdue(books: MetricBooks) -> None:
    put_payables(books)
    columns = ("counterparty", "open_kzt", "overdue_kzt", "not_due_kzt", "d1_30_kzt", "advances_kzt", "total_kzt")
    assert books.many("ap_ageing", *columns) == [("Поставщик", "150.00", "10.00", "140.00", "10.00", "7.00", "150.00")]


def test_payables_due_soon_hold_the_last_day_and_what_is_overdue(books: MetricBooks) -> None:
    put_payables(books)
    assert books.many("payables_due", "number", "is_overdue", "open_kzt", "due_kzt", "overdue_kzt") == [
        ("late", True, "10.00", "60.00", "10.00"),
        ("today", False, "20.00", "60.00", "10.00"),
        ("in 14", False, "40.00", "60.00", "10.00"),
    ]
    assert [r[0] for r in books.many("payables_due", "number", horizon=0)] == ["late", "today"]


def put_cash(books: MetricBooks) -> None:
    def moved(doc_id: str, kind: str, total: str, debit: str, credit: str, **columns: object) -> None:
        books.doc(
            doc_id, kind, "02-10", total, **({"bank_account_id": "ba_1", "cp_id": None, "contract_id": None} | columns)
        )
        books.entry(doc_id, debit, credit, "02-10", total, bank_account_id="ba_1")

    moved("sold", "pay_in", "1000.00", "1030", "1210", cp_id="cp_1", knp="710")
    moved("sent back", "refund_out", "100.00", "1210", "1030", cp_id="cp_1", knp="780")
    moved("bought", "pay_out", "400.00", "3310", "1030", cp_id="cp_2", knp="710")
    moved("bank", "fee", "10.00", "7210", "1030", knp="840")
    moved("from own", "pay_in", "250.00", "1030", "1210", cp_id="cp_own", knp="710")
    moved("leg out", "transfer_out", "500.00", "1021", "1030", knp="321")
    moved("leg in", "transfer_in", "500.00", "1030", "1021", knp="321")
    moved("lost leg", "transfer_out", "70.00", "1021", "1030", knp="321")
    moved("tenge for dollars", "other_out", "480.00", "1021", "1030", knp="223")
    books.doc(
        "dollars",
        "transfer_in",
        "02-11",
        "1.00",
        currency="USD",
        rate=Decimal(480),
        cp_id=None,
        contract_id=None,
        knp="321",
    )
    books.entry("dollars", "1030", "1021", "02-11", "480.00")
    books.doc("to the bank", "other_out", "02-12", "30.00", cp_id=None, contract_id=None)  # one document for both legs
    books.entry("to the bank", "1030", "1010", "02-12", "30.00")


def test_own_transfers_and_exchange_net_to_zero_and_the_rest_is_in_transit(books: MetricBooks) -> None:
    put_cash(books)
    found = {r[0]: r[1:] for r in books.many("cash_flow", "category", "in_kzt", "out_kzt", "net_kzt", "is_flow", period=FEBRUARY)
             if r[0] != "customers"}  # fmt: skip
    assert found == {
        "suppliers": ("0.00", "400.00", "-400.00", True),
        "bank_fees": ("0.00", "10.00", "-10.00", True),
        "intercompany": ("250.00", "0.00", "250.00", False),
        # in 500 + 480 + 30, out 500 + 70 + 480 + 30: the lost leg of 70 is on its way
        "own_transfer": ("1010.00", "1080.00", "-70.00", False),
    }


def test_a_refund_lowers_its_category_and_totals_hold_flows_alone(books: MetricBooks) -> None:
    put_cash(books)
    rows = books.many(
        "cash_flow", "category", "knp", "net_kzt", "total_in_kzt", "total_out_kzt", "total_net_kzt", period=FEBRUARY
    )
    # in 1000; out 100 + 400 + 10
    assert [r[:3] for r in rows if r[0] == "customers"] == [
        ("customers", "710", "1000.00"),
        ("customers", "780", "-100.00"),
    ]
    assert {r[3:] for r in rows} == {("1000.00", "510.00", "490.00")}
    by_party = books.many(
        "cash_flow_by_counterparty", "cp_id", "in_kzt", "out_kzt", "net_kzt", "total_net_kzt", period=FEBRUARY
    )
    assert by_party == [
        ("cp_1", "1000.00", "100.00", "900.00", "490.00"),
        ("cp_2", "0.00", "400.00", "-400.00", "490.00"),
        (None, "0.00", "10.00", "-10.00", "490.00"),
    ]


def test_opening_and_movements_make_the_closing_of_an_account(books: MetricBooks) -> None:
    put_cash(books)
    books.doc("before", "pay_in", "01-31", "5.00", bank_account_id="ba_1")
    books.entry("before", "1030", "1210", "01-31", "5.00", bank_account_id="ba_1")
    columns = ("opening_doc", "in_doc", "out_doc", "own_in_doc", "own_out_doc", "closing_doc", "difference_doc")
    # own in 500 + 250; own out 500 + 70 + 480; 5 + 1000 - 510 + 750 - 1050 = 195
    assert books.many("cash_flow_by_account", *columns, period=FEBRUARY) == [
        ("5.00", "1000.00", "510.00", "750.00", "1050.00", "195.00", "0.00"),
        # cash that the ledger keeps under no desk: no document can be told to be of it
        ("0.00", "0.00", "0.00", "0.00", "0.00", "-30.00", "-30.00"),
    ]


def test_money_without_a_rate_is_counted_apart_not_as_zero(books: MetricBooks) -> None:
    books.doc("p", "pay_in", "02-10", "3.00", currency="USD", rate=None)
    assert books.many("cash_flow", "in_kzt", "documents", "without_rate", period=FEBRUARY) == [("0.00", 1, 1)]


def test_matched_and_alone_make_what_the_bank_and_1c_have(books: MetricBooks) -> None:
    books.put("bank_stmt", bank_account_id="ba_1", first_day=day("02-01"), last_day=day("03-31"), opening=0, closing=0)
    books.doc("1", "pay_in", "02-10", "100.00", bank_account_id="ba_1")
    books.doc("2", "pay_in", "02-11", "30.00", bank_account_id="ba_1")  # the bank knows nothing of it
    books.doc("3", "pay_in", "03-01", "8.00", bank_account_id="ba_1")  # after the period
    for line_id, on, amount, number in (("l1", "02-10", 100, "1"), ("l4", "02-28", 7, "4")):
        books.put("bank_line", bank_line_id=line_id, bank_account_id="ba_1", value_date=day(on), direction="in", amount=amount,
                  cp_id="cp_1", doc_number=number)  # fmt: skip
    columns = (
        "direction",
        "matched_doc",
        "only_bank_doc",
        "only_book_doc",
        "bank_doc",
        "book_doc",
        "difference_doc",
        "matched",
    )
    assert books.many("bank_reconciliation", *columns, period=FEBRUARY) == [
        ("in", "100.00", "7.00", "30.00", "107.00", "130.00", "-23.00", 1)
    ]


def test_differences_of_opposite_sign_do_not_hide_each_other(books: MetricBooks) -> None:
    books.owed("s1", "02-01", "100.00")
    books.entry("s1", "1210", "6010", "02-01", "90.00", cp_id="cp_1", contract_id="ct_s1")
    books.owed("s2", "02-01", "50.00")
    books.entry("s2", "1210", "6010", "02-01", "60.00", cp_id="cp_1", contract_id="ct_s2")
    columns = ("side", "contracts", "differing", "items_doc", "ledger_doc", "difference_doc", "absolute_doc")
    assert books.many("control_gl", *columns) == [("ar", 2, 2, "150.00", "150.00", "0.00", "20.00")]
    assert books.many("control_gl", *columns, as_of="01-31") == []


def test_own_entities_owe_each_other_what_both_books_say(books: MetricBooks) -> None:
    books.owed("s1", "02-01", "100.00", cp_id="cp_own")
    books.owed("s2", "02-02", "25.00", cp_id="cp_own", contract_id="ct_s1")  # the other side has no purchase for it
    books.owed("b1", "02-01", "100.00", kind="purchase", org_id="org_2", cp_id="cp_self")
    books.paid("p1", "02-15", "40.00", "s1", cp_id="cp_own")
    books.paid("p2", "02-15", "40.00", "b1", kind="pay_out", side="ap", org_id="org_2", cp_id="cp_self")
    columns = ("org", "other_org", "receivable_doc", "received_doc", "payable_doc", "paid_doc", "difference_doc")
    assert books.many("intercompany_balance", *columns) == [
        ("Альфа", "Бета", "85.00", "0.00", "60.00", "0.00", "25.00")
    ]


def test_money_paid_back_to_a_customer_stands_beside_what_it_paid(books: MetricBooks) -> None:
    books.doc("p1", "pay_in", "01-10", "100.00", doc_set="bank_in")
    books.doc("p2", "pay_in", "01-31", "5.50", doc_set="cash_in")
    books.doc("r1", "refund_out", "01-20", "30.00", doc_set="bank_out")
    books.doc("late", "pay_in", "02-01", "7.00", doc_set="bank_in")
    told = books.one(
        "received_from", "value", "refunds_kzt", "net_kzt", "payments", period=("01-01", "01-31"), counterparty="cp_1"
    )
    assert told == ("105.50", "30.00", "75.50", 2)
