"""Planted facts of debts: dollars, offsets, limits, a debt that came back, very many items and very few."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.planted import AS_OF, NONE, Master, cp, doc, master, metric, one, standing
from tests.test_walk import Question, question  # noqa: F401 - the fixture

DAY = date(2026, 1, 31)


@pytest.fixture(scope="module")
def con(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Master]:
    with master(demo, tmp_path_factory.mktemp("debts")) as db:
        yield db


@pytest.fixture
def facts(truth: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = truth["facts"]
    return found


def test_a_debt_in_dollars_that_is_paid_leaves_exchange_difference_and_no_debt(
    con: Master, facts: dict[str, Any]
) -> None:
    fact = facts["11"]
    for said in fact["documents"]:
        ref = doc(con, said["ref"])
        value = one(con, "select sum_kzt from doc where doc_id = ?", ref)
        added = one(con, "select amount_kzt from revaluation where debit_doc_id = ?", ref)
        assert (value, added) == (Decimal(said["booked_kzt"]), Decimal(said["revalued_kzt"]))
        rows = con.execute(
            "select method = 'fx_close', amount_kzt, amount_doc, credit_doc_id from settlement where debit_doc_id = ? order by 1",
            [ref],
        ).fetchall()
        payment = doc(con, said["payment"])
        dollars = one(con, "select sum_doc from doc where doc_id = ?", payment)
        assert rows == [
            (False, Decimal(said["paid_kzt"]), dollars, payment),
            (True, Decimal(said["fx_close_kzt"]), NONE, payment),
        ]
    items = con.execute(
        f"select doc_id, open_doc, open_kzt, open_kzt_now from ar_open({AS_OF}) where cp_id = ?",
        [cp(con, fact["party"])],
    ).fetchall()
    left = doc(con, fact["documents"][1]["ref"])
    assert items == [(left, *(Decimal(fact[k]) for k in ("open_doc", "open_kzt", "open_kzt_now")))]
    owed = one(con, f"select count(*) from ap_open({AS_OF}) where cp_id = ?", cp(con, fact["supplier"]))
    assert owed == 0


def test_the_gap_of_a_payment_in_dollars_is_what_the_ledger_took_to_gain_or_loss(
    con: Master, facts: dict[str, Any]
) -> None:
    for said, account in zip(facts["11"]["documents"], ("7430", "7430", "6250"), strict=True):
        booked = one(
            con,
            "select sum(amount_kzt) from gl where doc_id = ? and account = ?",
            doc(con, said["payment"]),
            account,
        )
        assert booked == Decimal(said["fx_close_kzt"])


def test_a_revaluation_is_posted_between_two_days_and_the_open_items_follow(con: Master, facts: dict[str, Any]) -> None:
    fact = facts["11"]
    end = date.fromisoformat(fact["revalued_on"])
    sale = doc(con, fact["documents"][0]["ref"])
    for day, value in ((end - timedelta(days=1), "4800000.00"), (end, "4850000.00")):
        assert one(con, "select open_kzt from ar_open(?) where doc_id = ?", day, sale) == Decimal(value)
    reval = one(con, "select distinct d.type, d.sum_doc from revaluation r join doc d using (doc_id)")
    assert reval == ("reval", NONE)


def test_open_items_in_foreign_currency_tie_to_the_ledger_in_tenge_on_any_day(con: Master) -> None:
    foreign = 0
    for months in range(4, 49, 8):
        day = date(2022 + months // 12, months % 12 + 1, 28)
        off = con.execute("select * from control_gl(?) where difference <> 0 or difference_kzt <> 0", [day]).fetchall()
        assert off == [], day
        foreign += one(con, "select count(*) from control_gl(?) where currency <> 'KZT' and items_kzt <> 0", day)
    assert foreign > 20
    told = metric(con, "control_gl", as_of=DAY)
    assert {(row["differing"], row["absolute_kzt"]) for row in told} == {(0, NONE)}


def test_what_dollars_are_worth_now_is_told_beside_what_they_are_carried_at(con: Master) -> None:
    row = metric(con, "ar_total", as_of=DAY)[0]
    items = con.execute(
        f"select sum(open_kzt_now), sum(open_kzt_now) filter (where currency <> 'KZT'), sum(open_kzt) filter (where currency <> 'KZT')"
        f" from ar_open({AS_OF}) where not is_intercompany"
    ).fetchone()
    assert items is not None
    assert row["now_kzt"] == items[0]
    dollars = f"select count(*), count(*) filter (open_kzt_now <> open_doc * 490) from ar_open({AS_OF}) where currency = 'USD'"
    total, wrong = one(con, dollars)  # 490 tenge on the day that is asked about
    assert (total > 1, wrong) == (True, 0)
    assert row["now_kzt"] - row["value"] == items[1] - items[2] != NONE


def test_an_offset_closes_both_roles_of_a_party_and_one_of_three_parties_one_debt_each(
    con: Master, facts: dict[str, Any]
) -> None:
    fact, three = facts["9"], facts["9"]["three"]
    for customer, supplier, said in (
        (fact["party"], fact["party"], fact),
        (three["debtor"], three["creditor"], three),
    ):
        rows = con.execute(
            "select side, cp_id, method, amount_kzt from settlement where credit_doc_id = ? order by side",
            [doc(con, said["offset"])],
        ).fetchall()
        amount = Decimal(said["offset_kzt"])
        assert rows == [("ap", cp(con, supplier), "offset", amount), ("ar", cp(con, customer), "offset", amount)]
        assert standing(con, cp(con, customer))[0] == Decimal(said["open_kzt"])
        owed = one(con, f"select coalesce(sum(open_kzt), 0) from ap_open({AS_OF}) where cp_id = ?", cp(con, supplier))
        assert owed == Decimal(said["payable_kzt"])
        paid = metric(
            con,
            "paid_to_supplier",
            counterparty=cp(con, supplier),
            period_from=date(2025, 10, 1),
            period_to=date(2025, 12, 31),
        )
        assert (paid[0]["value"], paid[0]["offsets_kzt"]) == (NONE, amount)


def test_a_debt_that_was_written_off_comes_back_as_a_debt_and_is_paid_with_money(
    con: Master, facts: dict[str, Any]
) -> None:
    fact = facts["10"]
    rows = con.execute(
        "select c.type, s.method, s.amount_kzt from settlement s join doc c on c.doc_id = s.credit_doc_id where s.debit_doc_id = ?",
        [doc(con, fact["restored"])],
    ).fetchall()
    assert rows == [("pay_in", "contract_fifo", Decimal(fact["recovered_kzt"]))]
    sale = one(con, "select method, amount_kzt from settlement where debit_doc_id = ?", doc(con, fact["sale"]))
    assert sale == ("writeoff", Decimal(fact["written_off_kzt"]))


def test_a_sale_entered_twenty_days_late_is_told_as_back_dated(con: Master, facts: dict[str, Any]) -> None:
    late = doc(con, facts["12"]["entered_late"])
    days = one(con, "select date_diff('day', doc_date, cast(first_synced_at as date)) from doc where doc_id = ?", late)
    assert days >= 20
    number = one(con, "select number from doc where doc_id = ?", late)
    assert number in {row["number"] for row in metric(con, "late_entries", period_from=date(2026, 1, 1), period_to=DAY)}


def test_a_limit_broken_on_past_days_only_is_broken_on_those_days(con: Master, facts: dict[str, Any]) -> None:
    fact = facts["21"]
    party, broken = cp(con, fact["party"]), fact["broken"]
    first, last = date.fromisoformat(broken["first"]), date.fromisoformat(broken["last"])

    def state(day: date, contract: str) -> Any:
        rows = metric(con, "credit_exposure", as_of=day, counterparty=party)
        return next((r["limit_state"], r["limit_kzt"], r["exposure_kzt"]) for r in rows if r["contract"] == contract)

    limit = Decimal(broken["limit_kzt"])
    for day in (first, last):
        assert state(day, broken["contract"]) == ("breach", limit, Decimal(broken["peak_kzt"]))
    for day in (first - timedelta(days=1), last + timedelta(days=1), DAY):
        assert state(day, broken["contract"])[:2] == ("within", limit)
    assert state(DAY, broken["contract"])[2] == Decimal(broken["exposure_kzt"])
    told = con.execute(
        f"select min(day), max(until) from exposure_days({AS_OF}) where is_breach and cp_id = ?", [party]
    ).fetchone()
    assert told == (first, last)
    for day, since in ((first, [first]), (last, [first]), (last + timedelta(days=1), []), (DAY, [])):
        listed = metric(con, "limits_broken", as_of=day, manager=None)
        assert [row["first_breach_date"] for row in listed if row["cp_id"] == party] == since
    unset, zero = fact["without_limit"], fact["limit_of_zero"]
    assert state(DAY, unset["contract"]) == ("not_kept", None, Decimal(unset["exposure_kzt"]))
    assert state(DAY, zero["contract"]) == ("zero", NONE, Decimal(zero["exposure_kzt"]))


def test_exposure_by_day_ends_where_exposure_of_the_day_stands(con: Master) -> None:
    off = con.execute(
        f"""select d.contract_id from exposure_days({AS_OF}) d full join exposure({AS_OF}) e using (org_id, cp_id, contract_id)
        where coalesce(d.until = {AS_OF}, true) and e.limit_kzt is not null and coalesce(d.exposure_kzt, 0) <> coalesce(e.exposure_kzt, 0)"""
    ).fetchall()
    assert off == []
    both = one(con, f"select count(*) from exposure({AS_OF}) where limit_kzt is not null and exposure_kzt <> 0")
    assert both > 10


def test_totals_of_twelve_thousand_items_count_every_one(
    con: Master,
    facts: dict[str, Any],
    question: Question,  # noqa: F811
) -> None:
    fact = facts["25"]
    party = cp(con, fact["party"])
    assert one(con, f"select items from ageing({AS_OF}) where cp_id = ?", party) == fact["items"]
    assert standing(con, party)[:2] == (Decimal(fact["open_kzt"]), Decimal(fact["overdue_kzt"]))
    told = question("metric", name="client_receivables", arguments={"counterparty": party})
    assert told.header["shown"].endswith(f"of {fact['items']}")
    assert len(told.rows) < fact["items"]
    open_kzt, overdue = (told.columns.index(f"client_{name}_kzt") for name in ("open", "overdue"))
    assert {(row[open_kzt], row[overdue]) for row in told.rows} == {(fact["open_kzt"], fact["overdue_kzt"])}


def test_an_entity_without_documents_and_a_party_with_one_are_there(con: Master, facts: dict[str, Any]) -> None:
    fact = facts["25"]
    org = one(con, "select org_id from org where name = ?", fact["empty_org"])
    for relation in ("doc", f"ar_open({AS_OF})", f"control_gl({AS_OF})", "gl"):
        assert one(con, f"select count(*) from {relation} where org_id = ?", org) == 0, relation
    single = fact["single"]
    assert one(con, "select doc_id from doc where cp_id = ?", cp(con, single["party"])) == doc(con, single["document"])
    assert standing(con, cp(con, single["party"])) == (Decimal(single["open_kzt"]), NONE, NONE, NONE)
