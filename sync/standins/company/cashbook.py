"""What is true of money: where it lies on the last day, what it was for in a quarter, and what was on its way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sync.standins.company import documents as make
from sync.standins.company.ground import TODAY, Ground, to_kzt
from sync.standins.company.model import Company, Doc
from sync.standins.company.plot import money
from sync.standins.company.treasury import INCOMING

FIRST, LAST = date(2025, 10, 1), date(2025, 12, 31)
_OWN = frozenset({make.TRANSFER, make.BUY_CURRENCY, make.FROM_BANK, make.TO_BANK})
_CATEGORIES = {
    make.IN_CUSTOMER: "customers",
    make.OUT_CUSTOMER: "customers",
    make.OUT_SUPPLIER: "suppliers",
    make.IN_SUPPLIER: "suppliers",
    make.FEE: "bank_fees",
}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Flow:
    """What the rows of an answer are told apart by."""

    own: bool  # between own accounts and desks: no flow of the company
    by_operation: bool
    category: str
    knp: str


def counted(now: Company, first: date, last: date) -> Iterator[Doc]:
    """The documents that moved money in a period."""
    for doc in now.docs:
        moves = doc.bank_account or doc.cash_desk
        if moves and doc.posted and not doc.deleted and first <= doc.moment.date() <= last:
            yield doc


def places(now: Company, base: Ground) -> list[Row]:
    """By account: the closing balance of the latest statement that is not broken, null where none has come. By cash desk: what was put in and not taken."""
    rows: list[Row] = []
    for account in sorted(base.accounts, key=lambda own: own.iban):
        files = [file for file in now.statements if file.account == account.ref and file.flaw in {"", "missing_day"}]
        latest = max(files, key=lambda file: file.last, default=None)
        rows.append(
            {
                "iban": account.iban,
                "currency": account.currency,
                "bank_balance": money(latest.days[-1].closing) if latest else None,
                "stmt_date": latest.last.isoformat() if latest else None,
            }
        )
    for desk in sorted(base.desks, key=lambda own: own.name):
        moved = (doc for doc in counted(now, date.min, TODAY) if doc.cash_desk == desk.ref)
        balance = sum(doc.total if doc.kind in INCOMING else -doc.total for doc in moved)
        rows.append({"iban": None, "cash_desk": desk.name, "currency": desk.currency, "book_balance": money(balance)})
    return rows


def by_item(now: Company) -> list[Row]:
    """Flow of a quarter, the largest first: by cash flow item, and what names none by kind of operation and payment purpose code."""
    names = {item.ref: item.name for item in now.cash_items}
    own = {party.ref for party in now.parties if party.own_org}
    came: Counter[Flow] = Counter()
    went: Counter[Flow] = Counter()
    papers: dict[Flow, set[str]] = {}
    for doc in counted(now, FIRST, LAST):
        for item, total in _parts(doc):
            if doc.operation in _OWN:
                flow = Flow(own=True, by_operation=True, category="own_transfer", knp="")
            elif doc.party in own:
                flow = Flow(own=True, by_operation=True, category="intercompany", knp=doc.knp)
            elif item:
                flow = Flow(own=False, by_operation=False, category=names[item], knp="")
            else:
                flow = Flow(own=False, by_operation=True, category=_CATEGORIES.get(doc.operation, "other"), knp=doc.knp)
            (came if doc.kind in INCOMING else went)[flow] += total
            papers.setdefault(flow, set()).add(doc.ref)
    order = sorted(
        papers, key=lambda flow: (flow.own, -came[flow] - went[flow], flow.category, flow.knp == "", flow.knp)
    )
    return [
        {
            "category": flow.category,
            "named_by": "operation" if flow.by_operation else "item",
            "knp": flow.knp or None,
            "is_flow": not flow.own,
            "in_kzt": money(came[flow]),
            "out_kzt": money(went[flow]),
            "net_kzt": money(came[flow] - went[flow]),
            "documents": len(papers[flow]),
        }
        for flow in order
    ]


def _parts(doc: Doc) -> Iterator[tuple[str | None, int]]:
    """The item of each row with its tiyn of KZT, which add up to the document's; a document without rows is a row."""
    upto = 0
    for row in doc.allocations:
        before, upto = to_kzt(upto, doc.rate, doc.mult), upto + row.total
        yield row.cash_item or doc.cash_item, to_kzt(upto, doc.rate, doc.mult) - before
    if not doc.allocations:
        yield doc.cash_item, to_kzt(doc.total, doc.rate, doc.mult)


def on_its_way(now: Company) -> Row | None:
    """The takings that left a desk on the last day of November 2025 and were on the account in December; None where there are none."""
    out = [doc for doc in counted(now, date(2025, 11, 30), date(2025, 11, 30)) if doc.operation == make.TO_BANK]
    if not out:
        return None
    (leg,) = out
    there = counted(now, date(2025, 12, 1), date(2025, 12, 5))
    (other,) = (doc for doc in there if doc.operation == make.TRANSFER and doc.total == leg.total)
    return {"out": leg.ref, "in": other.ref, "amount": money(leg.total), "arrived": other.moment.date().isoformat()}
