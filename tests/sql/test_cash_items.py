"""Cash flow items: what a payment is for by 1C, split to the tiyn, beside what names none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.sql.metric_books import MetricBooks

FEBRUARY = ("02-01", "02-28")
FLOW = ("category", "named_by", "knp", "in_kzt", "out_kzt", "net_kzt", "documents")


@pytest.fixture
def books() -> MetricBooks:
    made = MetricBooks()
    for item, name in (("ddc_1", "Товары"), ("ddc_2", "Услуги"), ("ddc_3", "Товары")):
        made.put("ddc_item", ddc_item_id=item, name=name)
    return made


def put_payment(
    books: MetricBooks, doc_id: str, kind: str, total: str, *rows: tuple[str, str | None], **columns: object
) -> None:
    """A payment to cp_2 of 10 February; rows of (amount in tenge, item), the rest of it in no row."""
    usual = {"cp_id": "cp_2", "contract_id": None, "knp": "710", "bank_account_id": "ba_1"}
    books.doc(doc_id, kind, "02-10", total, **(usual | columns))
    for n, (amount, item) in enumerate(rows, 1):
        books.put(
            "pay_alloc",
            doc_id=doc_id,
            line_no=n,
            amount_doc=Decimal(amount),
            amount_kzt=Decimal(amount),
            ddc_item_id=item,
        )


def test_a_payment_of_two_items_is_split_to_the_tiyn(books: MetricBooks) -> None:
    put_payment(books, "p1", "pay_out", "100.00", ("33.33", "ddc_1"), ("33.34", "ddc_2"), ("33.33", "ddc_1"))
    assert books.many("cash_flow", *FLOW, period=FEBRUARY) == [
        ("Товары", "item", None, "0.00", "66.66", "-66.66", 1),
        ("Услуги", "item", None, "0.00", "33.34", "-33.34", 1),
    ]


def test_what_names_no_item_keeps_its_kind_of_operation_and_says_so(books: MetricBooks) -> None:
    put_payment(books, "p1", "pay_out", "50.00", ("20.00", "ddc_1"), ("30.00", None))
    put_payment(books, "p2", "pay_out", "7.00")
    put_payment(books, "fee", "fee", "1.00", cp_id=None, knp="840")
    assert books.many("cash_flow", *FLOW, period=FEBRUARY) == [
        ("suppliers", "operation", "710", "0.00", "37.00", "-37.00", 2),
        ("Товары", "item", None, "0.00", "20.00", "-20.00", 1),
        ("bank_fees", "operation", "840", "0.00", "1.00", "-1.00", 1),
    ]


def test_what_no_row_holds_is_of_the_item_of_the_payment(books: MetricBooks) -> None:
    put_payment(books, "p1", "pay_out", "50.00", ("20.00", "ddc_1"), ddc_item_id="ddc_2")
    put_payment(books, "p2", "pay_out", "5.00", ddc_item_id="ddc_2")
    put_payment(books, "p3", "pay_out", "1.00", ("3.00", "ddc_1"), ddc_item_id="ddc_2")  # 2 more than was paid
    assert [row[:1] + row[4:] for row in books.many("cash_flow", *FLOW, period=FEBRUARY)] == [
        ("Услуги", "33.00", "-33.00", 3),  # 30 + 5 - 2
        ("Товары", "23.00", "-23.00", 2),
    ]


def test_a_refund_lowers_its_item_and_items_of_one_name_are_one(books: MetricBooks) -> None:
    """Two bases of one company each have their own card of the item."""
    put_payment(books, "p1", "pay_out", "50.00", ("50.00", "ddc_1"))
    put_payment(books, "r1", "refund_in", "12.50", ("12.50", "ddc_1"), knp="780")
    put_payment(books, "p2", "pay_out", "8.00", ("5.00", "ddc_3"), ("3.00", "ddc_1"))
    assert books.many("cash_flow", *FLOW, period=FEBRUARY) == [("Товары", "item", None, "12.50", "58.00", "-45.50", 3)]


def test_own_transfers_and_own_entities_are_of_no_item(books: MetricBooks) -> None:
    put_payment(books, "out", "transfer_out", "9.00", cp_id=None, ddc_item_id="ddc_1")
    put_payment(books, "in", "transfer_in", "9.00", cp_id=None, ddc_item_id="ddc_2")
    put_payment(books, "own", "pay_out", "4.00", ("1.00", "ddc_1"), ("3.00", "ddc_2"), cp_id="cp_own")
    assert [row[:3] + row[5:] for row in books.many("cash_flow", *FLOW, period=FEBRUARY)] == [
        ("own_transfer", "operation", None, "0.00", 2),
        ("intercompany", "operation", "710", "-4.00", 1),
    ]


def test_dollars_are_split_in_tenge_to_the_tiyn_of_the_payment(books: MetricBooks) -> None:
    # 0.03 dollars at 480.55 are 14.42 (14.4165); the row of 0.01 is 4.81 (4.8055), the rest 9.61
    books.doc("p1", "pay_out", "02-10", "0.03", currency="USD", rate=Decimal("480.55"), cp_id="cp_2", contract_id=None, ddc_item_id="ddc_2")  # fmt: skip
    books.put(
        "pay_alloc", doc_id="p1", line_no=1, amount_doc=Decimal("0.01"), amount_kzt=Decimal("4.81"), ddc_item_id="ddc_1"
    )
    assert [row[:1] + row[4:5] for row in books.many("cash_flow", *FLOW, period=FEBRUARY)] == [
        ("Услуги", "9.61"),
        ("Товары", "4.81"),
    ]


def test_movers_follow_the_items(books: MetricBooks) -> None:
    put_payment(books, "p1", "pay_out", "50.00", ("20.00", "ddc_1"), ("30.00", None))
    books.doc("p0", "pay_out", "01-10", "5.00", cp_id="cp_2", contract_id=None, knp="710", ddc_item_id="ddc_1")
    columns = ("category", "named_by", "knp", "net_kzt", "before_kzt", "difference_kzt")
    assert books.many("cash_movers", *columns, period=FEBRUARY) == [
        ("suppliers", "operation", "710", "-30.00", "0.00", "-30.00"),
        ("Товары", "item", None, "-20.00", "-5.00", "-15.00"),
    ]
    by_party = books.many("cash_movers", "category", "cp_id", "net_kzt", period=FEBRUARY, by="counterparty")
    assert by_party == [("suppliers", "cp_2", "-30.00"), ("Товары", "cp_2", "-20.00")]


def test_each_desk_closes_where_its_movements_lead_and_one_paper_may_be_both_legs(books: MetricBooks) -> None:
    books.put("cash_desk", cash_desk_id="cd_1", org_id="org_1", name="Касса", currency="KZT")
    desk = {"cash_desk_id": "cd_1", "cp_id": None, "contract_id": None}
    at = {"cash_desk_id": "cd_1"}

    def entry(doc_id: str, debit: str, credit: str, on: str, amount: str) -> None:
        """With the desk or the account on the side that has one."""
        for side, account, other in (("dr", debit, credit), ("cr", credit, debit)):
            place = {"1010": at, "1030": {"bank_account_id": "ba_1"}}.get(account, {})
            books.put("gl", doc_id=doc_id, line_side=side, account=account, corr_account=other, dt=f"2026-{on}", org_id="org_1",
                      currency="KZT", amount_kzt=Decimal(amount), amount_doc=Decimal(amount), **place)  # fmt: skip

    books.doc("before", "pay_in", "01-31", "40.00", cash_desk_id="cd_1")
    entry("before", "1010", "1210", "01-31", "40.00")
    books.doc("sold", "pay_in", "02-03", "100.00", cash_desk_id="cd_1")
    entry("sold", "1010", "1210", "02-03", "100.00")
    books.doc("takings", "transfer_out", "02-27", "60.00", **desk)  # with the bank in March
    entry("takings", "1021", "1010", "02-27", "60.00")
    books.doc("cheque", "other_in", "02-05", "25.00", **desk)
    entry("cheque", "1010", "1030", "02-05", "25.00")
    columns = ("iban", "cash_desk", "opening_doc", "in_doc", "out_doc", "own_in_doc", "own_out_doc", "closing_doc", "difference_doc")  # fmt: skip
    assert books.many("cash_flow_by_account", *columns, period=FEBRUARY) == [
        ("KZ1", None, "0.00", "0.00", "0.00", "0.00", "25.00", "-25.00", "0.00"),
        (None, "Касса", "40.00", "100.00", "0.00", "25.00", "60.00", "105.00", "0.00"),
    ]
    own = [row for row in books.many("cash_flow", "category", "net_kzt", period=FEBRUARY) if row[0] == "own_transfer"]
    assert own == [("own_transfer", "-60.00")]  # on its way
