"""The oracle knows what the company was made with: three ways to one number, without a mirror between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests import oracle_esf, oracle_flow
from tests.oracle_case import PLANTED, TODAY, Case, company, same
from tests.oracle_money import total
from tests.oracle_reports import (
    BUCKETS,
    ageing,
    bank_balance,
    desk_balance,
    open_items,
    paid,
    payments,
    statuses,
    unused_credits,
)

pytestmark = pytest.mark.slow

ZERO = Decimal(0)


@pytest.fixture(scope="module", params=PLANTED)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with company(str(request.param), tmp_path_factory.mktemp("planted"), pulled=False) as made:
        yield made


def asked(case: Case, name: str) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """(arguments, expected rows) of the questions about one metric."""
    return [
        (q["arguments"]["arguments"], q["expect"]["rows"])
        for q in case.truth.get("questions", ())
        if q["arguments"].get("name") == name
    ]


def test_totals_are_those_planted(case: Case) -> None:
    ledger = case.settled(TODAY)
    outside = [i for i in open_items(ledger, "ar", TODAY) if not case.ours(i.debit.pool.party)]
    owed = [i for i in open_items(ledger, "ap", TODAY) if not case.ours(i.debit.pool.party)]
    unused = [u for u in unused_credits(ledger) if not case.ours(u.credit.pool.party)]
    advances = {
        side: total(u.kzt for u in unused if (u.credit.pool.side, u.kind) == (side, "advance")) for side in ("ar", "ap")
    }
    credits_kzt = total(u.kzt for u in unused if (u.credit.pool.side, u.kind) == ("ar", "credit"))
    receivable = {
        "value": total(i.kzt for i in outside),
        "overdue_kzt": total(i.kzt for i in outside if i.days_late > 0),
        "advances_kzt": advances["ar"],
        "credits_kzt": credits_kzt,
    }
    buckets = {
        name: total(i.kzt for i in outside if i.bucket == bucket)
        for name, bucket in zip(
            ("not_due_kzt", "d1_30_kzt", "d31_60_kzt", "d61_90_kzt", "d91_plus_kzt"), BUCKETS, strict=True
        )
    }
    reckoned: dict[str, dict[str, Decimal]] = {
        "ar_total": receivable,
        "ar_overdue": {"value": receivable["overdue_kzt"]},
        "ageing": {"value": receivable["value"], **buckets},
        "ap_total": {
            "value": total(i.kzt for i in owed),
            "overdue_kzt": total(i.kzt for i in owed if i.days_late > 0),
        },
        "advances_total": {"value": advances["ar"], "paid_kzt": advances["ap"], "credits_kzt": credits_kzt},
    }
    for metric, values in reckoned.items():
        for _, rows in asked(case, metric):
            assert {k: Decimal(v) for k, v in rows[0].items() if k in values} == values, metric


def test_money_by_item_is_that_planted(case: Case) -> None:
    quarter = date(2025, 10, 1), date(2025, 12, 31)
    ((_, rows),) = asked(case, "cash_flow")
    planted: dict[tuple[str, str], Decimal] = {
        (r["category"], r["knp"] or ""): Decimal(r["net_kzt"]) for r in rows if r["is_flow"]
    }
    reckoned: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for _, _, category, _, knp, came, went, _ in oracle_flow.by_item(case, *quarter):
        reckoned[str(category), str(knp)] += came - went
    assert reckoned == planted
    fact = case.truth["facts"]["1"]
    supplier = case.books.titles[fact["party"]]
    of_supplier: dict[str, Decimal] = defaultdict(Decimal)
    for flow in oracle_flow.flows(case, *quarter):
        if flow.party == supplier:
            of_supplier[flow.item] += flow.kzt
    assert of_supplier == {item: Decimal(value) for item, value in fact["items"].items()}


def test_the_debts_of_a_customer_are_those_planted(case: Case) -> None:
    ledger = case.settled(TODAY)
    for arguments, rows in asked(case, "client_receivables"):
        party = case.books.titles[arguments["counterparty"]]
        mine = [i for i in open_items(ledger, "ar", TODAY) if i.debit.pool.party == party]
        reckoned = [(i.debit.number, str(i.debit.day), str(i.debit.due), i.days_late, i.kzt) for i in mine]
        same(
            reckoned,
            [(r["number"], r["doc_date"], r["due_date"], r["days_late"], Decimal(r["open_kzt"])) for r in rows],
        )


def test_planted_parties_owe_what_was_planted(case: Case) -> None:
    ledger = case.settled(TODAY)
    cells = ageing(case.books, ledger, TODAY)
    checked = 0
    for name, fact in case.truth["facts"].items():
        party = case.books.titles.get(str(fact.get("party", ""))) if isinstance(fact, dict) else None
        if party is None:
            continue
        of = cells.get(party, {})
        reckoned = {
            "open_kzt": total(of.get(b, ZERO) for b in BUCKETS),
            "overdue_kzt": total(of.get(b, ZERO) for b in BUCKETS[1:]),
            "not_due_kzt": of.get("not_due", ZERO),
            "advances_kzt": of.get("advance", ZERO),
            "credits_kzt": of.get("credit", ZERO),
        }
        for key, value in reckoned.items():
            if isinstance(fact.get(key), str):
                assert Decimal(fact[key]) == value, (name, key)
                checked += 1
        for stage in fact.get("stages", ()):
            debit = next(d for d in ledger.open if (d.ref, d.stage) == (fact["sale"], stage["stage"]))
            assert (str(debit.due), debit.amount, ledger.open[debit]) == (
                stage["due"],
                Decimal(stage["amount"]),
                Decimal(stage["open"]),
            )
    assert checked > 5


def test_money_to_suppliers_and_from_customers_is_that_planted(case: Case) -> None:
    quarter = date(2025, 10, 1), date(2025, 12, 31)
    for arguments, rows in asked(case, "paid_to_supplier"):
        assert arguments["period"] == "2025-Q4"
        party = case.books.titles[arguments["counterparty"]]
        closed = [c for c in case.books.credits if (c.pool.party, c.pool.side, c.kind) == (party, "ap", "offset")]
        found = {
            "value": paid(case.books, party, "pay_out", *quarter),
            "refunds_kzt": paid(case.books, party, "refund_in", *quarter),
            "payments": Decimal(
                len([p for p in payments(case.books, *quarter) if (p.party, p.kind) == (party, "pay_out")])
            ),
            "offsets_kzt": total(c.amount for c in closed if quarter[0] <= c.day <= quarter[1]),
        }
        assert found == {k: Decimal(rows[0][k]) for k in found}
    for arguments, rows in asked(case, "received_from"):
        party = case.books.titles[arguments["counterparty"]]
        assert paid(case.books, party, "pay_in", *quarter) == Decimal(rows[0]["value"])


def test_the_invoices_of_one_number_are_those_planted(case: Case) -> None:
    for arguments, rows in asked(case, "invoice_status"):
        found = statuses(case.books, case.settled(TODAY), arguments["number"], TODAY)
        reckoned = [
            (s.paper.kind, s.paper.number, str(s.paper.day), s.paper.party, s.paper.total, s.paid, s.open, s.status)
            for s in found
        ]
        wanted = [
            (
                r["doc_type"],
                r["doc_number"],
                r["doc_date"],
                case.books.titles[r["counterparty"]],
                *(Decimal(r[k]) for k in ("sum_doc", "paid_doc", "open_doc")),
                r["status"],
            )
            for r in rows
        ]
        same(reckoned, wanted)


def test_cash_at_the_banks_and_in_the_desks_is_that_planted(case: Case) -> None:
    for _, rows in asked(case, "cash_position"):
        found = bank_balance(case.statements, TODAY)
        wanted = [
            (r["iban"], Decimal(r["bank_balance"]), r["stmt_date"]) for r in rows if r.get("bank_balance") is not None
        ]
        desks = {c["Ref_Key"]: c["Description"] for c in case.wire["Catalog_Кассы"]}
        kept = {desks[ref]: balance for (ref, _), balance in desk_balance(case.books, TODAY).items()}
        same(
            [(name, kept.get(name, ZERO)) for name in desks.values()],
            [(r["cash_desk"], Decimal(r["book_balance"])) for r in rows if r["iban"] is None],
        )
        same([(iban, balance, str(day)) for iban, (balance, day) in found.items()], wanted)


def test_electronic_invoices_are_as_they_were_planted(case: Case) -> None:
    found = oracle_esf.rows(case, oracle_esf.read(case.exports))
    numbers = {(p.number, p.day): p.ref for p in case.books.papers.values() if p.kind == "sale"}
    outcomes = {numbers[row[4], row[6]]: row[1] for row in found if row[0] == "out" and row[4]}
    cases = case.truth["facts"]["17"]["cases"]
    planted = {cases[name]["ref"]: outcome for name, outcome in (
        ("missing", "missing_esf"), ("fixed", "ok"), ("late", "late"), ("sum", "sum_diff"), ("vat", "vat_diff"),
        ("declined", "cancelled_but_posted"), ("by_amount", "ok"), ("by_paper", "ok"),
    )}  # fmt: skip
    assert {ref: outcomes[ref] for ref in planted} == planted
    assert [row[5] for row in found if row[:2] == ("in", "missing_1c") and row[8] == Decimal(448000)] == [
        cases["missing_1c"]["reg_no"]
    ]
    for arguments, rows in asked(case, "esf_reconciliation"):
        assert arguments == {"period": "2025-Q4", "direction": "out"}
        quarter = [row for row in found if row[0] == "out" and date(2025, 10, 1) <= row[6] <= date(2025, 12, 31)]
        for row in rows:
            mine = [r for r in quarter if r[2] == entity(case, row["org"])]
            told = [r[1] for r in mine]
            reckoned = (
                len(told),
                *(
                    told.count(o)
                    for o in ("ok", "missing_esf", "missing_1c", "sum_diff", "vat_diff", "cancelled_but_posted", "late")
                ),
            )
            names = (
                "turnovers",
                "ok",
                "missing_esf",
                "missing_1c",
                "sum_diff",
                "vat_diff",
                "cancelled_but_posted",
                "late",
            )
            assert reckoned == tuple(row[name] for name in names)
            assert (sum(r[7] for r in mine), sum(r[8] for r in mine)) == (
                Decimal(row["book_kzt"]),
                Decimal(row["esf_kzt"]),
            )


def entity(case: Case, name: str) -> str:
    """BIN of an own entity by its name."""
    return case.party(next(o["Ref_Key"] for o in case.wire["Catalog_Организации"] if o["Description"] == name))
