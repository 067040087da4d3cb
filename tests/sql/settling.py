"""The settlement rules once more, one document at a time in order of date: the oracle of the property tests.

Written from the rules alone and sharing nothing with the SQL: ints, dicts and two queues.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Debit:
    ref: str
    day: date
    stages: tuple[tuple[date, int], ...]  # due date, amount


@dataclass(frozen=True)
class Credit:
    ref: str
    day: date
    amount: int
    target: str | None = None


def settle(
    debits: list[Debit], payments: list[Credit], as_of: date, *, in_order: bool
) -> tuple[dict[tuple[str, int], int], dict[str, int]]:
    """Open amount of every (debit, stage) and unused amount of every credit dated up to as_of, inside one pool."""
    open_: dict[tuple[str, int], int] = {}
    queue: list[tuple[date, date, str, int]] = []
    unused = {c.ref: c.amount for c in payments if c.day <= as_of}
    free: list[str] = []
    waiting: dict[str, list[str]] = defaultdict(list)
    known = {d.ref: d for d in debits}

    def pay(credit: str, key: tuple[str, int], limit: int | None = None) -> None:
        amount = min(unused[credit], open_[key], limit if limit is not None else open_[key])
        unused[credit] -= amount
        open_[key] -= amount

    def link(credit: str, debit: Debit) -> None:
        for n in range(1, len(debit.stages) + 1):
            pay(credit, (debit.ref, n))

    def flow() -> None:
        if not in_order:
            return
        for credit in free:
            for _, _, ref, n in sorted(queue):
                pay(credit, (ref, n))

    days = sorted({d.day for d in debits} | {c.day for c in payments})
    for day in (d for d in days if d <= as_of):
        arriving = sorted((d for d in debits if d.day == day), key=lambda d: d.ref)
        for debit in arriving:
            for n, (due, amount) in enumerate(debit.stages, start=1):
                open_[debit.ref, n] = amount
                queue.append((debit.day, due, debit.ref, n))
        reserved = [(ref, debit) for debit in arriving for ref in waiting[debit.ref]]
        for ref, debit in sorted(reserved, key=lambda p: (next(c.day for c in payments if c.ref == p[0]), p[0])):
            link(ref, debit)
            free.append(ref)
        flow()
        for credit in sorted((c for c in payments if c.day == day), key=lambda c: c.ref):
            target = known.get(credit.target or "")
            if target and target.day > day:
                waiting[target.ref].append(credit.ref)
                continue
            if target:
                link(credit.ref, target)
            free.append(credit.ref)
            flow()
    return open_, unused
