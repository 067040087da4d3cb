"""The generator's own ledger: debts, credits and what paid what, by one plain walk in order of time.

It knows nothing of SQL or of the mirror; the answers of `truth` come from here. A pool is one contract and one side
(receivable or payable); the contract fixes org, party and currency. Amounts in tiyn of the contract's currency.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sync.standins.company import documents as make
from sync.standins.company.ground import part_of, to_kzt
from sync.standins.company.model import Contract, Doc

_STAGE = re.compile(r"(\d+)% через (\d+) дн")
_SIDES = {"receivable": "ar", "payable": "ap"}


@dataclass(slots=True)
class Debit:
    """A stage of something owed. `revalued`: (day, open then, tiyn of KZT that this stood at) of each month's end that it was open at."""

    doc: Doc
    day: date
    stage: int
    due: date
    total: int
    open: int
    revalued: list[tuple[date, int, int]] = field(default_factory=list)

    def carried(self, left: int, day: date) -> int:
        """Tiyn of KZT that `left` of it stands at on the evening of a day: as booked, or as it was last revalued."""
        last = max((value for value in self.revalued if value[0] <= day), default=None)
        return part_of(last[2], left, last[1]) if last else to_kzt(left, self.doc.rate, self.doc.mult)


@dataclass(slots=True)
class Credit:
    """A row that pays: `kind` payment, return or adjust; `target` only when it names a document of its own pool."""

    doc: Doc
    day: date
    row: int
    kind: str
    total: int
    left: int
    target: str | None


@dataclass(frozen=True, slots=True)
class Settlement:
    """`amount` of a debit paid by a credit on `day`, when the later of the two, document `trigger`, came.

    `open` and `left` are what was open of the debit and left of the credit just before.
    """

    credit: Credit
    debit: Debit
    amount: int
    day: date
    trigger: str
    open: int
    left: int


@dataclass(slots=True)
class Pool:
    """Everything of one contract and side."""

    contract: Contract
    side: str
    debits: list[Debit] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    settlements: list[Settlement] = field(default_factory=list)


Pools = dict[tuple[str, str], Pool]  # by (contract ref, side)
# day, 0 debit / 1 credit, due day of a debit, ref, row or stage, kind, doc, total, target
Event = tuple[date, int, date, str, int, str, Doc, int, str | None]
_SHIPMENTS = frozenset({"sale", "purchase", "sale_return", "purchase_return"})


def stages(contract: Contract, day: date, total: int) -> list[tuple[date, int]]:
    """(due date, amount) of a shipment: the terms' stages when they make 100 %, else one."""
    found = [(int(percent), int(days)) for percent, days in _STAGE.findall(contract.terms)]
    if sum(percent for percent, _ in found) != 100:
        return [(day + timedelta(days=contract.pay_days or 0), total)]
    amounts = [total * percent // 100 for percent, _ in found[:-1]]
    amounts.append(total - sum(amounts))
    return sorted((day + timedelta(days=days), amount) for (_, days), amount in zip(found, amounts, strict=True))


def walk(docs: Iterable[Doc], contracts: Mapping[str, Contract]) -> Pools:
    """The pools of all documents that count, by (contract ref, side)."""
    events: dict[tuple[str, str], list[Event]] = {}
    for doc in docs:
        if doc.posted and not doc.deleted:
            for key, event in _events(doc, contracts):
                events.setdefault(key, []).append(event)
    return {key: _pool(contracts[key[0]], key[1], events[key]) for key in sorted(events)}


def _events(doc: Doc, contracts: Mapping[str, Contract]) -> Iterable[tuple[tuple[str, str], Event]]:
    day, kind, ref = doc.moment.date(), doc.kind, doc.ref
    if kind in _SHIPMENTS and doc.contract is not None:
        key = (doc.contract, "ar" if kind.startswith("sale") else "ap")
        if kind.endswith("return"):
            yield key, (day, 1, day, ref, 1, "return", doc, doc.total, doc.base)
            return
        for stage, (due, total) in enumerate(stages(contracts[doc.contract], day, doc.total), 1):
            yield key, (day, 0, due, ref, stage, kind, doc, total, None)
    elif kind == "debt_adjust":
        up = doc.operation == make.RESTORE
        for row, part in enumerate(doc.adjustments):
            word = "restore" if up else "adjust"
            yield (
                (part.contract, _SIDES[part.side]),
                (day, int(not up), day, ref, row, word, doc, part.total, part.target),
            )
    elif doc.operation in _SIDE_OF:
        side, is_credit = _SIDE_OF[doc.operation]
        word = "payment" if is_credit else "refund"
        for row, paid in enumerate(doc.allocations):
            yield (paid.contract, side), (day, is_credit, day, ref, row, word, doc, paid.total, paid.target)


_SIDE_OF = {
    make.IN_CUSTOMER: ("ar", 1),
    make.OUT_CUSTOMER: ("ar", 0),
    make.OUT_SUPPLIER: ("ap", 1),
    make.IN_SUPPLIER: ("ap", 0),
}


@dataclass(slots=True)
class _Walk:
    """One pool on the way: what is open, what is free, what waits for a document that has not come."""

    pool: Pool
    fifo: bool
    days: dict[str, date]
    by_doc: dict[str, list[Debit]] = field(default_factory=dict)
    queue: deque[Debit] = field(default_factory=deque)
    reserved: dict[str, list[Credit]] = field(default_factory=dict)
    free: deque[Credit] = field(default_factory=deque)

    def settle(self, credit: Credit, debit: Debit, day: date, trigger: str) -> None:
        """As much as both allow."""
        amount = min(credit.left, debit.open)
        if amount > 0:
            self.pool.settlements.append(Settlement(credit, debit, amount, day, trigger, debit.open, credit.left))
            credit.left -= amount
            debit.open -= amount

    def first_in_first_out(self, day: date, trigger: str) -> None:
        """Free credit, in the order in which it became free, pays open debits in order of date, due date and ref."""
        if not self.fifo:
            return
        while self.free and self.queue:
            credit, debit = self.free[0], self.queue[0]
            self.settle(credit, debit, day, trigger)
            if credit.left == 0:
                self.free.popleft()
            if debit.open == 0:
                self.queue.popleft()

    def debit(self, debit: Debit, ref: str, *, last: bool) -> None:
        """A debt arises: money reserved for its document first, and what the document cannot use becomes free."""
        self.pool.debits.append(debit)
        self.by_doc.setdefault(ref, []).append(debit)
        self.queue.append(debit)
        for credit in self.reserved.get(ref, ()):
            self.settle(credit, debit, debit.day, ref)
        if last:
            self.free.extend(credit for credit in self.reserved.pop(ref, ()) if credit.left)

    def credit(self, credit: Credit, ref: str) -> None:
        """A credit comes: its target first, then what is oldest."""
        self.pool.credits.append(credit)
        if credit.target and self.days[credit.target] > credit.day and credit.kind != "return":
            self.reserved.setdefault(credit.target, []).append(credit)
            return
        for debit in self.by_doc.get(credit.target or "", ()):
            self.settle(credit, debit, credit.day, ref)
        if credit.left:
            self.free.append(credit)


def _pool(contract: Contract, side: str, events: list[Event]) -> Pool:
    events.sort(key=lambda event: event[:5])
    last = {event[3]: at for at, event in enumerate(events) if event[1] == 0}
    walk = _Walk(
        Pool(contract, side), contract.settle_mode != "by_document", {ref: events[at][0] for ref, at in last.items()}
    )
    for at, (day, is_credit, due, ref, row, kind, doc, total, target) in enumerate(events):
        if is_credit:
            walk.credit(Credit(doc, day, row, kind, total, total, target if target in walk.days else None), ref)
        else:
            walk.debit(Debit(doc, day, row, due, total, total), ref, last=at == last[ref])
        while walk.queue and walk.queue[0].open == 0:
            walk.queue.popleft()
        walk.first_in_first_out(day, ref)
    return walk.pool
