"""A credit settles debts of its own side, entity, party, contract and currency, whatever document it names."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.sql.metric_books import MetricBooks


@pytest.fixture
def books() -> MetricBooks:
    """A sale of 100, of which 40 are paid as they should be."""
    made = MetricBooks()
    made.owed("sale", "03-01", "100.00")
    made.paid("right", "03-02", "40.00", "sale")
    return made


def settled(books: MetricBooks) -> list[tuple[str, str, Decimal]]:
    books.ask("dso_simple")
    return books.con.execute("select credit_doc_id, debit_doc_id, amount_doc from settlement").fetchall()


RIGHT = [("right", "sale", Decimal("40.00"))]


def test_a_credit_pays_nothing_of_another_contract(books: MetricBooks) -> None:
    books.paid("wrong", "03-03", "60.00", "sale", contract_id="ct_other")
    assert settled(books) == RIGHT


def test_a_credit_pays_nothing_in_another_currency(books: MetricBooks) -> None:
    books.paid("wrong", "03-03", "60.00", "sale", currency="USD", rate=Decimal(500))
    assert settled(books) == RIGHT


def test_a_credit_pays_nothing_of_another_entity(books: MetricBooks) -> None:
    books.paid("wrong", "03-03", "60.00", "sale", org_id="org_2")
    assert settled(books) == RIGHT


def test_a_credit_pays_nothing_of_another_party(books: MetricBooks) -> None:
    books.paid("wrong", "03-03", "60.00", "sale", cp_id="cp_2")
    assert settled(books) == RIGHT


def test_a_credit_pays_nothing_of_the_other_role(books: MetricBooks) -> None:
    books.paid("wrong", "03-03", "60.00", "sale", kind="offset", side="ap")
    assert settled(books) == RIGHT
