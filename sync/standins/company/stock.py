"""Rows of the goods register, made from the goods of documents that count."""

from __future__ import annotations

from collections.abc import Iterable

from sync.standins.company.model import Doc, StockMove

_RECEIPT = {"sale": False, "sale_return": True, "purchase": True, "purchase_return": False}


def moves(docs: Iterable[Doc]) -> list[StockMove]:
    """One row for each row of goods, in the order of the documents."""
    return [
        StockMove(doc.ref, number, doc.moment, doc.org, row.item, doc.warehouse or "", row.qty, _RECEIPT[doc.kind])
        for doc in docs
        if doc.kind in _RECEIPT and doc.posted and not doc.deleted
        for number, row in enumerate(doc.goods, 1)
    ]


def lowest(docs: Iterable[Doc]) -> dict[tuple[str, str], int]:
    """The lowest balance that each (warehouse, item) ever reaches, day by day, in thousandths; zero at most."""
    days: dict[tuple[str, str], dict[int, int]] = {}
    for move in moves(docs):
        of_day = days.setdefault((move.warehouse, move.item), {})
        day = move.moment.toordinal()
        of_day[day] = of_day.get(day, 0) + (move.qty if move.receipt else -move.qty)
    low: dict[tuple[str, str], int] = {}
    for key, of_day in days.items():
        balance = least = 0
        for day in sorted(of_day):
            balance += of_day[day]
            least = min(least, balance)
        low[key] = least
    return low
