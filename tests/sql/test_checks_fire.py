"""Every check of sql/checks is silent about what it should be and speaks when one row of a whole company is made wrong."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

import sql

AS_OF = date(2026, 1, 31)
KEPT = {d.name: d.body for d in sql.read("mart") if d.name in ("ledger_day", "vat_fault")}
CHECKS = {definition.name: definition for definition in sql.read("checks")}
A_SALE = "(select min(doc_id) from doc where type = 'sale' and currency = 'KZT' and doc_id in (select doc_id from gl))"
ITS_ENTRY = f"rowid = (select min(rowid) from gl where account = '1210' and line_side = 'dr' and doc_id = {A_SALE})"
A_SETTLEMENT = """rowid = (
    select min(rowid) from settlement where amount_doc > 0 and (credit_doc_id, credit_line) in (
        select (credit_doc_id, credit_line) from settlement group by all having count(*) = 1
    )
)"""

# What is made wrong, and how many rows more the check returns.
DAMAGE: dict[str, tuple[str, int]] = {
    "bank_and_1c_know_the_same_payments": (
        "update bank_rec set status = 'unmatched_book' where rowid = (select min(rowid) from bank_rec where status = 'matched' and doc_id is not null)",
        1,
    ),
    "bank_days_follow_each_other": (
        """update bank_stmt set opening = opening + 1
        where rowid = (select max_by(rowid, first_day) from bank_stmt where first_day = last_day)""",
        1,
    ),
    "bank_matches_use_each_side_once": (
        "insert into bank_rec from bank_rec where doc_id = (select min(doc_id) from bank_rec where rule is distinct from 'group' and bank_line_id is not null)",
        2,
    ),
    "cash_desks_are_not_below_zero": (
        "update gl set amount_doc = 1e12 where rowid = (select max_by(rowid, dt) from gl where account = '1010' and line_side = 'cr' and dt <= $as_of)",
        1,
    ),
    "counterparty_ids_are_unique": (
        "insert into cp from cp where cp_id = (select min(cp_id) from cp where not bin_valid)",
        1,
    ),
    "decisions_about_parties_hold": (
        """insert into cp_decision (card, other, is_same) select min(id), max(id), true from cp_key
        where bin is not null and src = 'onec'""",
        1,
    ),
    "document_ids_are_unique": (f"insert into doc from doc where doc_id = {A_SALE}", 1),
    "electronic_invoices_are_used_once": (
        "insert into esf_rec from esf_rec where rowid = (select min(rowid) from esf_rec where outcome = 'ok')",
        2,
    ),
    "electronic_invoices_equal_the_documents": (
        "update esf_rec set outcome = 'sum_diff' where rowid = (select min(rowid) from esf_rec where outcome = 'ok')",
        1,
    ),
    "every_document_has_a_rate": (f"update doc set sum_kzt = null where doc_id = {A_SALE}", 1),
    "every_document_has_its_own_entity": (f"update doc set org_id = 'org_gone' where doc_id = {A_SALE}", 1),
    "intercompany_documents_mirror_each_other": (
        "update doc set sum_kzt = sum_kzt + 0.01 where type = 'purchase' and cp_id in (select cp_id from cp where is_intercompany)",
        1,
    ),
    "ledger_equals_the_balances_of_1c": (
        f"update gl set amount_kzt = amount_kzt + 0.01 where {ITS_ENTRY}",
        1,
    ),
    "lead_times_name_known_stores": (
        "update lead_time set warehouse_id = null where rowid = (select min(rowid) from lead_time)",
        1,
    ),
    "no_more_is_reserved_than_there_is": (
        """update promise_move set qty = qty + 1000
        where rowid = (select min(rowid) from promise_move where kind = 'reserve' and move_date <= $as_of and item_id not in (
            select item_id from stock_available($as_of) where is_over_reserved))""",
        1,
    ),
    "no_settlement_is_over_its_document": (f"update settlement set amount_doc = 1e12 where {A_SETTLEMENT}", 2),
    "open_items_equal_the_ledger": (
        f"update gl set amount_doc = amount_doc + 0.01, amount_kzt = amount_kzt + 0.01 where {ITS_ENTRY}",
        1,
    ),
    "reserves_equal_the_balances_of_1c": (
        "update promise_move set qty = qty + 0.001 where rowid = (select min(rowid) from promise_move where kind = 'reserve')",
        1,
    ),
    "rows_equal_what_the_source_counts": (
        "update meta.table_total set value = value::bigint + 1 where name = 'rows' and table_name = 'sale'",
        1,
    ),
    "settlement_never_precedes_its_documents": (
        f"update settlement set eff_date = date '1999-12-31' where {A_SETTLEMENT}",
        1,
    ),
    "settlement_stays_in_its_pool": (
        f"""update credit_item set contract_id = 'another'
        where (doc_id, line_no) = (select (credit_doc_id, credit_line) from settlement where {A_SETTLEMENT})""",
        1,
    ),
    "stages_sum_to_their_document": (
        "update doc_schedule set amount_doc = amount_doc - 0.01 where rowid = (select min(rowid) from doc_schedule)",
        1,
    ),
    "statement_lines_sum_to_its_totals": (
        "update bank_line set amount = amount + 0.01 where rowid = (select min(rowid) from bank_line)",
        1,
    ),
    "vat_is_what_its_rate_makes": (
        f"update doc_line set vat_doc = vat_doc + 0.01 where line_no = 1 and doc_id = {A_SALE}",
        1,
    ),
}
BY_MEANING = {"ageing_buckets_sum_to_what_is_open"}  # holds of two macros; there is no row that could break it


@pytest.fixture(scope="module")
def company(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the demo's master that a test may damage and must roll back."""
    current = json.loads((demo / "CURRENT").read_text(encoding="utf-8"))
    copy = tmp_path_factory.mktemp("damage") / "mirror.duckdb"
    shutil.copyfile(demo / "snapshots" / current["snapshot"] / current["master"]["file"], copy)
    with duckdb.connect(str(copy)) as con:
        yield con


@pytest.fixture
def con(company: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    company.begin()
    yield company
    company.rollback()


def returned(con: duckdb.DuckDBPyConnection, name: str) -> list[tuple[Any, ...]]:
    body = CHECKS[name].body
    return con.execute(body, {"as_of": AS_OF} if "$as_of" in body else {}).fetchall()


def changed(con: duckdb.DuckDBPyConnection, damage: str, parameters: dict[str, Any] | None = None) -> None:
    """Make something wrong before the tables that keep what checks look at are built."""
    con.execute(damage, parameters or {})
    for name, body in KEPT.items():
        con.execute(f"create or replace table {name} as {body}")


def test_no_check_is_left_out() -> None:
    assert set(DAMAGE) | BY_MEANING == set(CHECKS)


@pytest.mark.parametrize("name", DAMAGE)
def test_one_wrong_row_is_told(con: duckdb.DuckDBPyConnection, name: str) -> None:
    damage, more = DAMAGE[name]
    before = returned(con, name)
    assert CHECKS[name].facts["kind"] == "reconciliation" or before == []
    changed(con, damage, {"as_of": AS_OF} if "$as_of" in damage else {})
    assert len(returned(con, name)) == len(before) + more


def test_a_bucket_that_loses_its_items_is_told(con: duckdb.DuckDBPyConnection) -> None:
    (name,) = BY_MEANING
    assert returned(con, name) == []
    body = next(d for d in sql.read("mart") if d.name == "open_items").body
    assert "'31-60'" in body
    broken = body.replace("'31-60'", "'31-59'")
    con.execute(f"create or replace macro open_items(of_side varchar, as_of date) as table {broken}")
    assert returned(con, name)


def test_a_difference_with_the_ledger_names_the_documents_that_make_it(con: duckdb.DuckDBPyConnection) -> None:
    number, day, party = con.execute(
        f"select d.number, doc_date, cp.name from doc d join cp using (cp_id) where doc_id = {A_SALE}"
    ).fetchall()[0]
    changed(con, DAMAGE["open_items_equal_the_ledger"][0])
    ((subject, detail, amount, _, first, last),) = returned(con, "open_items_equal_the_ledger")
    assert party in subject
    assert detail.endswith(f"; documents: sale {number} {day} -0.01")
    assert str(amount) == "-0.01"
    assert first == last == day


def test_an_entry_without_its_document_and_many_documents_are_named_too(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        """create temp table six as select d.doc_id from doc d
        where d.type = 'sale' and d.contract_id = (
            select contract_id from doc where type = 'sale' and currency = 'KZT' group by all having count(*) = 6 order by 1 limit 1)"""
    )
    changed(
        con,
        "update gl set amount_doc = amount_doc + 1 where account = '1210' and line_side = 'dr' and doc_id in (select doc_id from six)",
    )
    ((_, detail, *_),) = returned(con, "open_items_equal_the_ledger")
    assert detail.count(", sale") == 4
    assert detail.endswith(" and 1 more")
    changed(con, "update gl set doc_id = null where doc_id in (select doc_id from six)")
    assert "an entry of no document that counts" in returned(con, "open_items_equal_the_ledger")[0][1]
