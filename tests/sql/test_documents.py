"""Documents of 1C become typed documents, in tenge, and only those that count."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.sql.document_books import ADJUSTMENTS, INCOMING, OUTGOING, made, one
from tests.sql.raw_books import DAY, Books


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    return made(tmp_path_factory.mktemp("sql"))


@pytest.mark.parametrize("table", ["invoice_out", "sale", "sale_return", "purchase", "purchase_return"])
def test_a_trade_document_is_of_the_type_of_its_set(books: Books, table: str) -> None:
    assert one(books, f"a {table}", "type, doc_set") == (table, table)


@pytest.mark.parametrize("operation", INCOMING)
@pytest.mark.parametrize("table", ["bank_in", "bank_in_order", "cash_in"])
def test_the_operation_says_what_incoming_money_is(books: Books, table: str, operation: str) -> None:
    assert one(books, f"{table} {operation}", "type, doc_set, cp_id") == (INCOMING[operation], table, books.cp("buyer"))


@pytest.mark.parametrize("operation", OUTGOING)
@pytest.mark.parametrize("table", ["bank_out", "bank_out_order", "cash_out"])
def test_the_operation_says_what_outgoing_money_is(books: Books, table: str, operation: str) -> None:
    assert one(books, f"{table} {operation}", "type, doc_set") == (OUTGOING[operation], table)


@pytest.mark.parametrize("operation", ADJUSTMENTS)
def test_the_operation_says_what_a_debt_adjustment_is(books: Books, operation: str) -> None:
    assert one(books, f"debt_adjust {operation}", "type, cp_id") == (ADJUSTMENTS[operation], books.cp("buyer"))


def test_only_posted_unmarked_and_carried_out_documents_count(books: Books) -> None:
    keys = ("draft", "marked", "vanished", "not carried out")
    found = books.rows("select doc_id, status from doc_inactive")
    assert sorted(found) == sorted(
        (books.doc(key), status) for key, status in zip(keys, ("draft", "deleted", "vanished", "draft"), strict=True)
    )
    assert books.rows("select count(*) from doc where doc_id in (select doc_id from doc_inactive)") == [(0,)]


def test_a_bank_document_counts_on_the_day_of_the_statement(books: Books) -> None:
    assert one(books, "carried out later", "doc_date, cast(doc_time as date)") == (date(2026, 1, 8), DAY)
    assert one(books, "from nobody", "doc_date") == (DAY,)


def test_a_missing_party_is_unknown_where_one_is_needed_and_null_where_not(books: Books) -> None:
    assert one(books, "from nobody", "cp_id") == ("cp_unknown",)
    assert one(books, "from a lost card", "cp_id") == ("cp_unknown",)
    assert one(books, "cash_out ПереводСобственныхСредств", "cp_id") == (None,)
    assert one(books, "cash_out ОплатаПоставщику", "cp_id") == ("cp_unknown",)


def test_the_short_number_is_the_trailing_digits_without_zeros(books: Books) -> None:
    short = {
        n: one(books, f"number {n}", "number_short")[0] for n in ("АЛ000000234", "000000234", "00234/1", "б/н", "0000")
    }
    assert short == {"АЛ000000234": "234", "000000234": "234", "00234/1": "1", "б/н": "б/н", "0000": "0000"}


@pytest.mark.parametrize(
    ("key", "rate", "mult", "kzt"),
    [
        ("usd own rate", "505.5300", 1, "252.77"),  # 252.765, half up
        ("usd without rate", "510.0700", 1, "51007.00"),  # the National Bank's of the day
        ("tenge under a dollar contract", "1.0000", 1, "100.00"),
        ("roubles", "632.5000", 100, "63.88"),  # 63.8825
        ("a trillion", "505.5300", 1, "505529999999994.94"),
    ],
)
def test_tenge_are_rounded_half_up_at_the_rate_and_its_multiple(
    books: Books, key: str, rate: str, mult: int, kzt: str
) -> None:
    assert one(books, key, "rate, rate_mult, sum_kzt") == (Decimal(rate), mult, Decimal(kzt))


def test_a_document_is_late_when_an_earlier_load_had_passed_its_day(books: Books) -> None:
    late = {
        key: one(books, key, "is_late_entry")[0]
        for key in ("entered late", "dated the day of the first load", "dated between the loads", "on time", "first")
    }
    assert [key for key, is_late in late.items() if is_late] == ["entered late"]
