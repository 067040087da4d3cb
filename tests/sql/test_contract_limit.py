"""A credit limit is an additional attribute of a contract, known by its name; nothing else is one. A revaluation is a document."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.sql.raw_books import Books, ref

LIMIT, LIMIT_TOO, OTHER = "Кредитный лимит (Договоры)", "Лимит задолженности", "Лимит выбросов"


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    books = Books()
    books.card("buyer", "ТОО «Выдуманный покупатель»")
    for name in (LIMIT, LIMIT_TOO, OTHER, "Предельный кредит"):
        books.put("onec_extra_property", name, Description=name, DeletionMark=False)
    books.put("onec_extra_property", "old", Description=f"{LIMIT} (старый)", DeletionMark=True)
    for contract, attributes in (
        ("bare", ()),
        ("plain", ((LIMIT, "1000000.00"),)),
        ("spaced", ((LIMIT, "2 500 000,5"),)),
        ("nought", ((LIMIT, "0"),)),
        ("two", ((LIMIT, "900"), (LIMIT_TOO, "800"))),
        ("words", ((LIMIT, "по решению директора"),)),
        ("below", ((LIMIT, "-1"),)),
        ("others", ((OTHER, "5"), ("Предельный кредит", "6"), ("old", "7"))),
    ):
        books.contract(contract, "buyer")
        for line, (name, value) in enumerate(attributes, 1):
            books.put(
                "onec_contract_extra", f"{ref(contract)}|{line}", Ref_Key=ref(contract).upper(), LineNumber=line,
                Свойство_Key=ref(name), Значение=value, Значение_Type="Edm.Double",
            )  # fmt: skip
    head: dict[str, Any] = {"Number": "000000001", "Posted": True, "DeletionMark": False, "Организация_Key": ref("org")}
    books.put("onec_reval", "month's end", Date=datetime(2025, 12, 31, 23, 59), **head)
    books.put("onec_reval", "draft", Date=datetime(2025, 11, 30, 23, 59), **head | {"Posted": False})
    books.build(tmp_path_factory.mktemp("sql"))
    return books


def test_a_limit_is_the_number_of_an_attribute_named_so_and_nothing_else_is_one(books: Books) -> None:
    found = dict(books.rows("select name, credit_limit_kzt from contract"))
    assert found == {
        "bare": None,
        "plain": Decimal("1000000.00"),
        "spaced": Decimal("2500000.50"),
        "nought": Decimal("0.00"),
        "two": Decimal("800.00"),
        "words": None,
        "below": None,
        "others": None,
    }


def test_a_revaluation_is_a_document_without_party_and_without_a_sum(books: Books) -> None:
    found = books.rows("select type, doc_set, cp_id, currency, sum_doc, sum_kzt, cast(doc_date as varchar) from doc")
    assert found == [("reval", "reval", None, "KZT", Decimal("0.00"), Decimal("0.00"), "2025-12-31")]
    assert books.rows("select type, status from doc_inactive") == [("reval", "draft")]
