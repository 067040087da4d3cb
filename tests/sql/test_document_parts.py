"""Due dates and stages of documents, their rows, and what payments say that they pay."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.sql.document_books import made, one
from tests.sql.raw_books import Books


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    return made(tmp_path_factory.mktemp("sql"))


@pytest.mark.parametrize(
    ("contract", "due", "source"),
    [
        ("plain", date(2026, 1, 5), "none"),
        ("30 days", date(2026, 2, 4), "contract"),
        ("days without a term", date(2026, 1, 5), "none"),
        ("staged", date(2026, 1, 5), "schedule"),
        ("late part first", date(2026, 1, 10), "schedule"),
        ("90 per cent", date(2026, 1, 12), "contract"),
    ],
)
def test_a_sale_is_due_by_its_stages_then_the_term_then_its_own_day(
    books: Books, contract: str, due: date, source: str
) -> None:
    assert one(books, f"sale {contract}", "due_date, due_source") == (due, source)


def test_only_sales_and_purchases_are_due(books: Books) -> None:
    assert books.rows(
        "select distinct type from doc where due_date is not null or due_source is not null order by 1"
    ) == [("purchase",), ("sale",)]


def stages(books: Books, key: str) -> list[tuple[Any, ...]]:
    return books.rows(
        f"select stage, due_date, amount_doc from doc_schedule where doc_id = '{books.doc(key)}' order by stage"
    )


def test_stages_are_cut_to_the_tiyn_and_the_one_written_last_takes_the_rest(books: Books) -> None:
    assert stages(books, "sale staged") == [
        (1, date(2026, 1, 5), Decimal("300.00")),
        (2, date(2026, 2, 4), Decimal("500.00")),
        (3, date(2026, 3, 6), Decimal("200.01")),
    ]
    assert stages(books, "sale late part first") == [
        (1, date(2026, 1, 10), Decimal("335.01")),
        (2, date(2026, 1, 15), Decimal("665.00")),
    ]
    assert [row[2] for row in stages(books, "sale of one tiyn")] == [Decimal("0.00"), Decimal("0.00"), Decimal("0.01")]


def test_shares_that_are_not_100_per_cent_are_one_stage(books: Books) -> None:
    assert stages(books, "sale 90 per cent") == [(1, date(2026, 1, 12), Decimal("1000.01"))]


def test_every_sale_and_purchase_has_stages_that_sum_to_it(books: Books) -> None:
    off = """select d.doc_id from doc d left join doc_schedule s using (doc_id) where d.type in ('sale', 'purchase')
        group by d.doc_id, d.sum_doc having d.sum_doc is distinct from sum(s.amount_doc)"""
    assert books.rows(off) == []


def test_lines_sum_to_the_document_with_vat_inside_and_on_top(books: Books) -> None:
    lines = "select line_no, sum_doc, vat_rate, vat_doc, is_goods from doc_line where doc_id = '{}' order by line_no"
    assert books.rows(lines.format(books.doc("vat inside"))) == [
        (1, Decimal("56.00"), Decimal(12), Decimal("6.00"), True),
        (2, Decimal("6.00"), None, Decimal(0), True),
        (3, Decimal("50.00"), Decimal(0), Decimal(0), False),
    ]
    assert books.rows(lines.format(books.doc("vat on top"))) == [
        (1, Decimal("116.00"), Decimal(16), Decimal("16.00"), True)
    ]
    assert books.rows(lines.format(books.doc("no vat"))) == [(1, Decimal("50.00"), None, Decimal("0.00"), True)]
    assert books.rows(lines.format(books.doc("draft"))) == []


def test_vat_of_a_document_is_that_of_its_lines(books: Books) -> None:
    vat = {
        key: one(books, key, "vat_kzt, vat_included") for key in ("vat inside", "vat on top", "no vat", "from nobody")
    }
    assert vat == {
        "vat inside": (Decimal("6.00"), True),
        "vat on top": (Decimal("16.00"), False),
        "no vat": (Decimal("0.00"), True),
        "from nobody": (None, None),
    }


def alloc(books: Books, key: str) -> list[tuple[Any, ...]]:
    return books.rows(
        "select line_no, c.number, a.target_doc_id, a.invoice_doc_id, a.amount_doc, a.amount_kzt, a.side, a.cp_id from pay_alloc a "
        f"left join contract c using (contract_id) where doc_id = '{books.doc(key)}' order by line_no"
    )


def test_rows_of_a_payment_sum_to_its_tenge(books: Books) -> None:
    buyer = books.cp("buyer")
    assert one(books, "two rows", "sum_kzt") == (Decimal("10.11"),)  # 10.1106; each row by itself 5.06
    assert alloc(books, "two rows") == [
        (1, "dollars", books.doc("usd own rate"), None, Decimal("0.01"), Decimal("5.06"), "ar", buyer),
        (2, "dollars", None, None, Decimal("0.01"), Decimal("5.05"), "ar", buyer),
    ]


def test_a_payment_of_several_contracts_has_none_of_its_own(books: Books) -> None:
    assert one(books, "two contracts", "contract_id") == (None,)
    assert [row[1:4] for row in alloc(books, "two contracts")] == [
        ("plain", None, books.doc("number 000000234")),
        ("30 days", None, None),
    ]
    assert one(books, "two rows", "contract_id is not null") == (True,)


def test_a_row_is_of_its_own_cash_flow_item_else_of_that_of_the_payment(books: Books) -> None:
    """An item that is gone from 1C keeps its name; a key that leads nowhere is as good as none."""

    def items(key: str) -> list[tuple[Any, ...]]:
        return books.rows(
            f"""select line_no, i.name from pay_alloc left join ddc_item i using (ddc_item_id)
            where doc_id = '{books.doc(key)}' order by line_no"""
        )

    assert items("items") == [(1, "Товары"), (2, "Зарплата"), (3, "Товары")]
    assert items("no items") == [(1, None)]
    assert one(books, "items", "ddc_item_id is not null, cash_desk_id is null") == (True, True)
    assert one(books, "no items", "ddc_item_id is null, cash_desk_id is not null") == (True, True)


def test_a_sale_has_its_last_tax_invoice_that_counts(books: Books) -> None:
    found = books.rows(
        "select doc_id, number, number_short, issue_date, turnover_date from tax_invoice order by number"
    )
    assert found == [
        (books.doc("first"), "ДТ000000055", "55", date(2026, 1, 8), date(2026, 1, 7)),
        (
            books.doc("vat on top"),
            "ДТ000000061",
            "61",
            date(2026, 1, 6),
            date(2026, 1, 6),
        ),  # no day: that of the document
    ]


def test_an_offset_has_a_side_and_a_party_a_row(books: Books) -> None:
    assert alloc(books, "netting") == [
        (1, "plain", None, None, Decimal(70), Decimal(70), "ar", books.cp("buyer")),
        (2, "purchase", None, None, Decimal(70), Decimal(70), "ap", books.cp("seller")),
    ]


def test_the_kind_of_debt_decides_the_side_of_an_adjustment_not_the_contract(books: Books) -> None:
    assert alloc(books, "advance written off") == [
        (1, "plain", None, None, Decimal(9), Decimal(9), "ap", books.cp("buyer"))
    ]


def test_money_back_to_a_customer_is_on_the_receivable_side(books: Books) -> None:
    assert alloc(books, "refund") == [(1, "plain", None, None, Decimal(5), Decimal(5), "ar", books.cp("buyer"))]


def test_a_return_knows_the_sale_it_is_based_on(books: Books) -> None:
    assert one(books, "second", "base_doc_id") == (books.doc("first"),)


def test_documents_settle_in_the_order_of_day_and_key(books: Books) -> None:
    keys = [row[0] for row in books.rows("select order_key from doc_key order by doc_date, src_ref")]
    assert keys == sorted(keys)


def test_contracts_say_kind_mode_and_term(books: Books) -> None:
    found = books.rows(
        "select kind, settle_mode, pay_days, currency from contract where number in ('purchase', '30 days', 'dollars') order by number"
    )
    assert found == [
        ("sale", "by_contract", 30, "KZT"),
        ("sale", "by_contract", None, "USD"),
        ("purchase", "by_document", None, "KZT"),
    ]
