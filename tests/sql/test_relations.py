"""What core promises of every relation: types of money, headers, ids, and an answer on an empty mirror."""

from __future__ import annotations

import re

import pytest

import sql
from tests.sql.raw_books import Books

PUBLISHED = [d for d in sql.read("core") if d.facts.get("published") != "no"]
MONEY = re.compile(r"(^|_)(sum|amount|vat|opening|closing|total|debit|credit)(_|$)")
NOT_MONEY = {"has_vat", "vat_rate_ref", "vat_included", "vat_from", "vat_rate"}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    books = Books()
    books.build(tmp_path_factory.mktemp("sql"))
    return books


def test_no_column_is_a_float_and_all_money_is_decimal_18_2(books: Books) -> None:
    found = books.rows(
        "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'main' and not internal"
    )
    assert found
    assert [row for row in found if row[2] in ("DOUBLE", "FLOAT", "HUGEINT")] == []
    money = [row for row in found if MONEY.search(str(row[1])) and row[1] not in NOT_MONEY]
    assert len(money) > 20
    assert [row for row in money if row[2] != "DECIMAL(18,2)"] == []


@pytest.mark.parametrize("definition", PUBLISHED, ids=lambda d: d.name)
def test_a_published_header_names_itself_in_three_languages(definition: sql.Definition) -> None:
    facts = definition.facts
    assert {"kind", "grain", "source", "units", "label.ru", "label.kk", "label.en", "synonyms"} <= facts.keys()
    assert all(facts[key].strip() for key in facts)
    assert definition.summary


def test_a_mirror_without_rows_has_every_relation_and_one_party(books: Books) -> None:
    counts = {
        d.name: books.rows(f"select count(*) from {d.name}")[0][0]
        for d in PUBLISHED
        if not d.facts["kind"].startswith("scalar")
    }
    assert {name: n for name, n in counts.items() if n} == {"cp": 1, "debt_account": 8, "org": 1}


def test_every_staging_header_names_the_columns_of_its_view(books: Books) -> None:
    real = {
        name: books.rows(f"select column_name from (describe staging.{name})")
        for name in (d.name for d in sql.read("staging"))
    }
    said = {d.name: [(column.name,) for column in d.columns] for d in sql.read("staging")}
    assert real == said
