"""What was planted in the demo company is found by the relations that an analyst would ask."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.planted import AS_OF, NONE, cp, doc, master, metric, one, standing


@pytest.fixture(scope="module")
def con(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with master(demo, tmp_path_factory.mktemp("facts")) as db:
        yield db


@pytest.fixture
def facts(truth: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = truth["facts"]
    return found


def test_offsets_are_not_payments_and_the_dollar_payment_counts_at_its_rate(
    con: duckdb.DuckDBPyConnection, facts: dict[str, Any]
) -> None:
    fact = facts["1"]
    paid = con.execute(
        "select type, currency, amount_kzt from pay where cp_id = ? and pay_date between date '2025-10-01' and date '2025-12-31'",
        [cp(con, fact["party"])],
    ).fetchall()
    assert sum(row[2] for row in paid if row[0] == "pay_out") == Decimal(fact["paid"])
    assert sum(row[2] for row in paid if row[0] == "refund_in") == Decimal(fact["refunds"])
    assert [row[1] for row in paid if row[0] == "pay_out"].count("USD") == 1
    assert one(con, "select type from doc where doc_id = ?", doc(con, fact["offset"])) == "offset"


def test_due_on_the_day_is_not_overdue_and_due_yesterday_is(
    con: duckdb.DuckDBPyConnection, facts: dict[str, Any]
) -> None:
    fact = facts["2"]
    late = dict(
        con.execute(
            f"select doc_id, days_late from ar_open({AS_OF}) where cp_id = ?", [cp(con, fact["party"])]
        ).fetchall()
    )
    assert late[doc(con, fact["due_today"])] == 0
    assert late[doc(con, fact["due_yesterday"])] == 1
    open_kzt, overdue, advances, _ = standing(con, cp(con, fact["party"]))
    assert (open_kzt, overdue, advances) == tuple(Decimal(fact[k]) for k in ("open_kzt", "overdue_kzt", "advances_kzt"))


def test_a_payment_without_a_link_spills_into_the_next_stage(
    con: duckdb.DuckDBPyConnection, facts: dict[str, Any]
) -> None:
    fact = facts["5"]
    sale = doc(con, fact["sale"])
    planned = con.execute(
        "select stage, due_date, amount_doc from doc_schedule where doc_id = ? order by stage", [sale]
    ).fetchall()
    assert [(n, str(due), amount) for n, due, amount in planned] == [
        (s["stage"], s["due"], Decimal(s["amount"])) for s in fact["stages"]
    ]
    left = dict(con.execute(f"select stage, open_doc from ar_open({AS_OF}) where doc_id = ?", [sale]).fetchall())
    assert left == {s["stage"]: Decimal(s["open"]) for s in fact["stages"] if Decimal(s["open"])}


@pytest.mark.parametrize("fact", ["6", "7", "8", "12"])
def test_a_tiyn_too_much_or_too_little_other_contracts_and_returns_stay_apart(
    con: duckdb.DuckDBPyConnection, facts: dict[str, Any], fact: str
) -> None:
    told = facts[fact]
    names = ("open_kzt", "overdue_kzt", "advances_kzt", "credits_kzt")
    found = dict(zip(names, standing(con, cp(con, told["party"])), strict=True))
    assert {k: found[k] for k in names if k in told} == {k: Decimal(told[k]) for k in names if k in told}


def test_a_return_of_next_year_keeps_the_old_vat_rate(con: duckdb.DuckDBPyConnection, facts: dict[str, Any]) -> None:
    fact = facts["8"]
    back = doc(con, fact["return_next_year"])
    assert one(con, "select distinct vat_rate from doc_line where doc_id = ?", back) == Decimal(fact["return_vat_rate"])
    assert abs(one(con, "select vat_kzt from doc where doc_id = ?", back)) == Decimal(fact["return_vat"])


def test_a_written_off_debt_is_closed_and_its_recovery_is_money(
    con: duckdb.DuckDBPyConnection, facts: dict[str, Any]
) -> None:
    fact = facts["10"]
    methods = con.execute(
        "select distinct method from settlement where credit_doc_id = ?", [doc(con, fact["written_off"])]
    ).fetchall()
    assert methods == [("writeoff",)]
    assert standing(con, cp(con, fact["party"]))[0] == Decimal(fact["open_kzt"])


def test_a_payment_of_tomorrow_does_not_lower_the_debt_of_today(
    con: duckdb.DuckDBPyConnection, facts: dict[str, Any]
) -> None:
    fact = facts["12"]
    later = one(
        con,
        "select coalesce(sum(amount_kzt), 0) from pay where cp_id = ? and type = 'pay_in' and pay_date > date '2026-01-31'",
        cp(con, fact["party"]),
    )
    assert later == Decimal(fact["paid_after"])
    assert one(con, "select is_late_entry from doc where doc_id = ?", doc(con, fact["entered_late"])) is True


def test_drafts_and_deleted_documents_are_kept_apart(con: duckdb.DuckDBPyConnection, facts: dict[str, Any]) -> None:
    fact = facts["13"]
    for kind, status in (
        ("draft", "draft"),
        ("deleted", "deleted"),
        ("unposted", "draft"),
        ("marked", "deleted"),
        ("vanished", "vanished"),
    ):
        assert one(con, "select status from doc_inactive where doc_id = ?", doc(con, fact[kind])) == status, kind
        assert con.execute("select 1 from doc where doc_id = ?", [doc(con, fact[kind])]).fetchall() == []
    assert one(con, "select cp_id from doc where doc_id = ?", doc(con, fact["moved"])) == cp(con, fact["moved_to"])
    assert standing(con, cp(con, fact["party"]))[0] == Decimal(fact["open_kzt"])


def test_bank_lines_and_payments_are_matched_once_or_told(
    con: duckdb.DuckDBPyConnection, facts: dict[str, Any]
) -> None:
    fact = facts["14"]
    alone = con.execute("select amount from bank_rec where status = 'unmatched_bank'").fetchall()
    assert (Decimal(fact["line_without_document"]["amount"]),) in alone
    missing = doc(con, fact["document_without_line"]["ref"])
    assert one(con, "select status from bank_rec where doc_id = ?", missing) == "unmatched_book"
    pair = [doc(con, ref) for ref in fact["one_line_two_documents"]["refs"]]
    lines = con.execute("select bank_line_id, rule from bank_rec where doc_id in (?, ?)", pair).fetchall()
    assert len({line for line, _ in lines}) == 1
    assert {rule for _, rule in lines} == {"group"}
    assert (
        con.execute(
            "select doc_id from pay where doc_id in (?, ?)", [doc(con, fact["transfer"][k]) for k in ("out", "in")]
        ).fetchall()
        == []
    )


def test_a_broken_statement_is_in_quarantine_with_its_reason_and_a_missing_day_is_told(
    demo: Path, con: duckdb.DuckDBPyConnection, facts: dict[str, Any]
) -> None:
    fact = facts["15"]
    broken = fact["totals"]["file"]
    assert (demo / "quarantine" / broken).is_file()
    assert "add up to" in (demo / "quarantine" / f"{broken}.reason.txt").read_text(encoding="utf-8")
    assert not (demo / "inbox" / broken).exists()
    gaps = con.execute("select detail from finding where check_id = 'bank_days_follow_each_other'").fetchall()
    assert gaps


def test_one_party_under_many_names_and_many_parties_under_one(
    con: duckdb.DuckDBPyConnection, facts: dict[str, Any]
) -> None:
    fact = facts["16"]
    romashka = one(con, "select cp_id from cp where bin_iin = ?", fact["bin"])
    assert romashka == cp(con, fact["party"])
    named = con.execute("select distinct src from cp_source where cp_id = ?", [romashka]).fetchall()
    assert {src.split(":")[0] for (src,) in named} >= {"onec", "bitrix", "bank"}
    assert one(con, "select cp_id from cp where bin_iin = ?", fact["twin_bin"]) != romashka
    assert len({one(con, "select cp_id from cp where bin_iin = ?", n["bin"]) for n in fact["namesakes"]}) == 2
    branch = one(con, "select cp_id, parent_cp_id from cp where bin_iin = ?", fact["branch"]["bin"])
    assert branch[0] != romashka
    assert branch[1] == romashka
    assert one(con, "select bin_valid from cp where name = ?", fact["wrong_bin"]["name"]) is False
    assert (
        one(con, "select name_norm(?) = name_norm(?)", fact["mixed_script"]["name"], fact["mixed_script"]["reads"])
        is True
    )
    for name, amount in fact["open_kzt"].items():
        by = "bin_iin" if name.isdigit() else "name"
        assert standing(con, str(one(con, f"select cp_id from cp where {by} = ?", name)))[0] == Decimal(amount), name


def test_what_the_branches_of_a_head_owe_is_told_beside_and_not_added(
    con: duckdb.DuckDBPyConnection, facts: dict[str, Any]
) -> None:
    fact = facts["16"]
    head, branch = (cp(con, name) for name in (fact["party"], fact["branch"]["name"]))
    owed = fact["open_kzt"]
    for party, own, beside in (
        (head, owed[fact["party"]], (Decimal(owed[fact["branch"]["name"]]), 1)),
        (branch, owed[fact["branch"]["name"]], (NONE, 0)),
    ):
        day = {"as_of": date(2026, 1, 31), "counterparty": party}
        documents, (card,) = metric(con, "client_receivables", **day), metric(con, "client_summary", **day)
        assert {row["client_open_kzt"] for row in documents} == {card["open_kzt"]} == {Decimal(own)}
        assert (card["branches_kzt"], card["branches"]) == beside
        assert {row["branches_kzt"] for row in documents} == {beside[0]}


def test_vat_is_what_the_document_says(con: duckdb.DuckDBPyConnection, facts: dict[str, Any]) -> None:
    for said in facts["18"]["documents"]:
        sums = one(con, "select sum_doc, vat_kzt from doc where doc_id = ?", doc(con, said["ref"]))
        assert sums == (Decimal(said["sum_doc"]), Decimal(said["vat"]))


def test_sales_between_own_entities_are_left_out_and_the_one_sided_one_is_told(
    con: duckdb.DuckDBPyConnection, facts: dict[str, Any]
) -> None:
    fact = facts["19"]
    own = one(con, f"select sum(open_kzt) from ar_open({AS_OF}) where is_intercompany")
    assert own == Decimal(fact["intercompany_open_kzt"])
    told = con.execute(
        "select amount from finding where check_id = 'intercompany_documents_mirror_each_other'"
    ).fetchall()
    assert told == [(Decimal(fact["not_mirrored"]["amount"]),)]


def test_negative_stock_is_kept_and_flagged(con: duckdb.DuckDBPyConnection, facts: dict[str, Any]) -> None:
    fact = facts["22"]
    found = one(
        con,
        "select on_hand, is_negative from stock_now where item = ? and warehouse = ?",
        fact["item"],
        fact["warehouse"],
    )
    assert found == (Decimal(fact["on_hand"]), True)


def goods(con: duckdb.DuckDBPyConnection, item: str, warehouse: str, *columns: str) -> Any:
    query = f"select {', '.join(columns)} from stock_available({AS_OF}) where item = ? and warehouse = ?"
    return one(con, query, item, warehouse)


def test_what_is_free_of_the_rebar_is_what_is_there_less_what_is_reserved_once(
    demo: Path, con: duckdb.DuckDBPyConnection, facts: dict[str, Any]
) -> None:
    fact = facts["4"]
    names = ("on_hand", "reserved", "available", "not_reserved")
    found = goods(con, fact["item"], fact["warehouse"], *names)
    assert found == tuple(Decimal(fact[name]) for name in names)
    kept = con.execute(
        f"select number, qty from stock_reserve({AS_OF}) join item using (item_id) where name = ?", [fact["item"]]
    ).fetchall()
    assert dict(kept) == {number: Decimal(qty) for number, qty in fact["reserved_for"].items()}
    coming = one(
        con,
        f"select number, qty, eta, is_counted, problem from supply_plan({AS_OF}) join item using (item_id) where name = ?",
        fact["item"],
    )
    said = fact["incoming"]
    assert coming == (said["order"], Decimal(said["qty"]), date.fromisoformat(said["eta"]), True, None)
    parts = json.loads((demo / "CURRENT").read_text(encoding="utf-8"))["sources"]["onec"]["parts"]
    assert set(parts) == {"supply", "transit", "units"}


def test_units_are_worth_what_the_item_says_and_a_lot_in_metres_has_no_tonnes(
    con: duckdb.DuckDBPyConnection, facts: dict[str, Any]
) -> None:
    fact = facts["4"]
    units = "select unit_conv.unit, factor from unit_conv join item using (item_id) where name = ? and not is_base"
    found = dict(con.execute(units, [fact["item"]]).fetchall())
    assert found == {unit: Decimal(factor) for unit, factor in fact["units"].items()}
    alone = fact["no_factor"]
    assert con.execute(units, [alone["item"]]).fetchall() == []
    assert goods(con, alone["item"], fact["warehouse"], "unit", "available") == (
        alone["unit"],
        Decimal(alone["on_hand"]),
    )


def test_more_reserved_than_there_is_a_late_supply_and_a_transfer_on_its_way_are_kept_and_told(
    con: duckdb.DuckDBPyConnection, facts: dict[str, Any]
) -> None:
    fact = facts["22"]["promised"]
    found = goods(con, fact["item"], fact["warehouse"], "on_hand", "reserved", "available", "late", "is_over_reserved")
    late, transit = fact["late"], fact["transit"]
    assert found == (*(Decimal(fact[k]) for k in ("on_hand", "reserved", "available")), Decimal(late["qty"]), True)
    assert goods(con, fact["item"], transit["to"], "available", "incoming") == (NONE, Decimal(transit["qty"]))
    plan = {
        row[0]: row[1:]
        for row in con.execute(
            f"select type, number, qty, eta, is_counted, problem from supply_plan({AS_OF}) join item using (item_id) where name = ?",
            [fact["item"]],
        ).fetchall()
    }
    assert plan == {
        "order_in": (late["order"], Decimal(late["qty"]), date.fromisoformat(late["eta"]), False, "eta_passed"),
        "transfer_out": (transit["order"], Decimal(transit["qty"]), date.fromisoformat(transit["eta"]), True, None),
    }
    told = con.execute("select subject from finding where check_id = 'no_more_is_reserved_than_there_is'").fetchall()
    assert told == [(f"{fact['item']} {fact['warehouse']}",)]
    differ = "select 1 from finding where check_id = 'reserves_equal_the_balances_of_1c'"
    assert con.execute(differ).fetchall() == []
    assert con.execute("select count(*) from reserve_balance").fetchall() == [(3,)]


def test_customers_with_only_advances_or_only_credits_owe_nothing(
    con: duckdb.DuckDBPyConnection, facts: dict[str, Any]
) -> None:
    advances, credit = facts["23"]["only_advances"], facts["23"]["only_credits"]
    assert standing(con, cp(con, advances["party"])) == (NONE, NONE, Decimal(advances["advances_kzt"]), NONE)
    assert standing(con, cp(con, credit["party"])) == (NONE, NONE, NONE, Decimal(credit["credits_kzt"]))


def test_no_money_column_is_a_float(con: duckdb.DuckDBPyConnection) -> None:
    floats = con.execute(
        "select table_schema, table_name, column_name from information_schema.columns where data_type in ('DOUBLE', 'FLOAT') and table_schema in ('main', 'raw', 'staging')"
    ).fetchall()
    assert {row[2] for row in floats} <= {"score"}
