"""What the oracle answers, in rows as `oracle_published` reads them off the product."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from tests.oracle import Paid, settle
from tests.oracle_case import Case
from tests.oracle_money import in_kzt
from tests.oracle_published import Rows
from tests.oracle_reports import (
    BUCKETS,
    ageing,
    bank_balance,
    book_balance,
    desk_balance,
    items_by_account,
    ledger_by_account,
    open_items,
    payments,
    statuses,
    unused_credits,
)

ZERO = Decimal(0)
NOTHING = (ZERO, ZERO)


def open_rows(case: Case, side: str, day: date) -> Rows:
    return [
        (
            case.party(i.debit.pool.org),
            case.party(i.debit.pool.party),
            i.debit.kind,
            i.debit.number,
            i.debit.day,
            i.debit.stage,
            i.debit.due,
            i.debit.due_source,
            i.debit.pool.currency,
            i.debit.amount,
            i.open,
            i.kzt,
            i.days_late,
            i.bucket,
            case.ours(i.debit.pool.party),
        )
        for i in open_items(case.settled(day), side, day)
    ]


def paid_after_rows(case: Case, side: str, day: date) -> Rows:
    """What is open on a day, each with what payments of later days have paid of it."""
    later: dict[Any, Decimal] = defaultdict(Decimal)
    for s in case.settled(date.max).paid:
        if s.day > day and s.credit.kind in {"pay_in", "pay_out"}:
            later[s.debit] += s.amount
    return [
        (i.debit.kind, i.debit.number, i.debit.day, i.debit.stage, later[i.debit])
        for i in open_items(case.settled(day), side, day)
    ]


def advance_rows(case: Case, day: date) -> Rows:
    return [
        (
            u.credit.pool.side,
            u.kind,
            case.party(u.credit.pool.org),
            case.party(u.credit.pool.party),
            u.credit.kind,
            u.credit.number,
            u.credit.day,
            u.credit.line,
            u.credit.pool.currency,
            u.unused,
            u.kzt,
            case.ours(u.credit.pool.party),
        )
        for u in unused_credits(case.settled(day))
    ]


def settled_rows(case: Case) -> Rows:
    steps = settle(case.books).paid
    rows = [_step(case, s, s.amount, s.given, closes=False) for s in steps]
    return rows + [_step(case, s, ZERO, s.freed - s.given, closes=True) for s in steps if s.freed != s.given]


def _step(case: Case, s: Paid, amount: Decimal, kzt: Decimal, *, closes: bool) -> tuple[Any, ...]:
    """A step, or the exchange difference that it closes with."""
    who = case.party(s.debit.pool.org), case.party(s.debit.pool.party)
    credit, debit = s.credit, s.debit
    return (
        closes,
        s.day,
        credit.number,
        credit.kind.removesuffix("_advance"),
        credit.line,
        debit.number,
        debit.kind,
        debit.stage,
        amount,
        kzt,
        s.linked,
        *who,
    )


def ageing_rows(case: Case, day: date) -> Rows:
    cells = (*BUCKETS, "advance", "credit")
    found = ageing(case.books, case.settled(day), day)
    return [(case.party(p), *(of.get(c, ZERO) for c in cells)) for p, of in found.items()]


def control_rows(case: Case, day: date) -> Rows:
    numbers = {c["Ref_Key"]: c["НомерДоговора"] or c["Description"] for c in case.wire["Catalog_ДоговорыКонтрагентов"]}
    items, ledger = items_by_account(case.settled(day)), ledger_by_account(case.books, day)
    return [
        (
            side,
            case.party(org),
            case.party(party),
            numbers[contract],
            currency,
            *items.get(key, NOTHING),
            *ledger.get(key, NOTHING),
        )
        for key in {*items, *ledger}
        for side, org, party, contract, currency in [key]
        if (items.get(key, NOTHING), ledger.get(key, NOTHING)) != (NOTHING, NOTHING)
    ]


def payment_rows(case: Case) -> Rows:
    return [
        (
            p.kind,
            p.channel,
            case.party(p.org),
            case.party(p.party),
            p.number,
            p.day,
            p.currency,
            p.total,
            in_kzt(p.total, p.rate, p.mult),
        )
        for p in payments(case.books)
    ]


def status_rows(case: Case, number: str, day: date) -> Rows:
    return [
        (
            s.paper.kind,
            s.paper.number,
            s.paper.day,
            case.party(s.paper.party),
            s.paper.currency,
            s.paper.total,
            s.paid,
            s.other,
            s.likely,
            s.open,
            s.status,
            s.last,
            ", ".join(s.by),
        )
        for s in statuses(case.books, case.settled(day), number, day)
    ]


def cash_rows(case: Case, day: date) -> Rows:
    own = {c["НомерСчета"] for c in case.wire["Catalog_БанковскиеСчета"] if c["Owner_Type"].endswith("Организации")}
    bank, book = bank_balance(case.statements, day), book_balance(case.books, day)
    desks = {c["Ref_Key"]: c["Description"] for c in case.wire["Catalog_Кассы"]}
    kept = desk_balance(case.books, day)
    kept |= {(ref, ""): ZERO for ref in desks.keys() - {ref for ref, _ in kept}}
    return [
        *((iban, None, *bank.get(iban, (None, None)), book.get(iban, ZERO)) for iban in own),
        *((None, desks[ref], None, None, balance) for (ref, _), balance in kept.items()),
    ]
