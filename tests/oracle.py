"""An independent reckoning of who owes what: one document at a time, by date, with plain balances.

It is written from the rules, reads only what a 1C emits, and shares no code with the product. As of a day is a fresh run over the
documents up to that day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tests.oracle_exchange import Value, carried, revaluations, revalued
from tests.oracle_money import in_kzt
from tests.oracle_records import Books, Credit, Debit, Pool

NEVER = date.max


@dataclass(frozen=True, slots=True)
class Paid:
    """So much of a credit went to a debt on a day. given: its tenge at the rate of the credit; freed: what the debt stood at for it."""

    credit: Credit
    debit: Debit
    amount: Decimal
    day: date
    linked: bool
    given: Decimal
    freed: Decimal


@dataclass(slots=True)
class Ledger:
    """What stands after a run. open: of each debt; unused: of each credit; paid: every step, in order; values: of the last revaluation."""

    open: dict[Debit, Decimal] = field(default_factory=dict)
    unused: dict[Credit, Decimal] = field(default_factory=dict)
    paid: list[Paid] = field(default_factory=list)
    values: dict[Debit, Value] = field(default_factory=dict)

    def kzt(self, debit: Debit, left: Decimal) -> Decimal:
        """Tenge that `left` of a debt stands at."""
        return carried(debit, left, self.values.get(debit))


def settle(books: Books, until: date = NEVER) -> Ledger:
    """Run the documents dated up to `until`."""
    return _Run(books).run(until)


class _Run:
    def __init__(self, books: Books) -> None:
        self.ledger = Ledger()
        self.by_document = books.by_document
        self.debits: dict[date, list[Debit]] = defaultdict(list)
        self.credits: dict[date, list[Credit]] = defaultdict(list)
        self.stages: dict[tuple[Pool, str], list[Debit]] = defaultdict(list)  # of a document that raises a debt
        for debit in sorted(books.debits, key=lambda d: d.turn):
            self.debits[debit.day].append(debit)
            self.stages[debit.pool, debit.ref].append(debit)
        for credit in sorted(books.credits, key=lambda c: c.turn):
            self.credits[credit.day].append(credit)
        self.owed: dict[Pool, list[Debit]] = defaultdict(list)  # open, oldest first
        self.free: dict[Pool, list[Credit]] = defaultdict(list)  # unused and not reserved, oldest first
        self.reserved: dict[date, list[Credit]] = defaultdict(list)  # by the day on which the document they name comes
        self.revalued = revaluations(books)
        self.comes = {ref: paper.day for ref, paper in books.papers.items() if paper.counts}

    def run(self, until: date) -> Ledger:
        for today in sorted({*self.debits, *self.credits, *self.comes.values(), *self.revalued}):
            if today > until:
                break
            self._debts(today)
            for credit in self.credits[today]:
                self._credit(credit, today)
            for pool, added in self.revalued.get(today, {}).items():
                self._revalue(pool, added)
        return self.ledger

    def _revalue(self, pool: Pool, added: Decimal) -> None:
        """The evening's revaluation of a pool, over what is open in it."""
        open_now = [(d, left) for d in self.owed[pool] if (left := self.ledger.open[d])]
        in_turn = sorted(open_now, key=lambda o: o[0].turn)
        self.ledger.values |= dict(revalued(added, in_turn, self.ledger.values))

    def _debts(self, today: date) -> None:
        """Take up the day's debts, serve what was kept for them, then let free credit at them."""
        came = self.debits[today]
        for debit in came:
            self.ledger.open[debit] = debit.amount
            self.owed[debit.pool].append(debit)
        kept = sorted(self.reserved.pop(today, ()), key=lambda c: c.turn)
        for credit in kept:
            self._pay_all(credit, self.stages.get((credit.pool, credit.target), ()), today)
            self._release(credit)
        for pool in dict.fromkeys([*(d.pool for d in came), *(c.pool for c in kept)]):
            self._match(pool, today)

    def _credit(self, credit: Credit, today: date) -> None:
        self.ledger.unused[credit] = credit.amount
        comes = self.comes.get(credit.target, today)
        if comes > today:
            self.reserved[comes].append(credit)
            return
        self._pay_all(credit, self.stages.get((credit.pool, credit.target), ()), today)
        self._release(credit)
        self._match(credit.pool, today)

    def _release(self, credit: Credit) -> None:
        """What is left of a credit may pay any debt of its pool, unless the contract is settled document by document."""
        if self.ledger.unused[credit] and credit.pool.contract not in self.by_document:
            self.free[credit.pool].append(credit)

    def _match(self, pool: Pool, today: date) -> None:
        """Oldest credit against oldest debt until one side runs out."""
        owed, free = self.owed[pool], self.free[pool]
        while owed and free:
            self._pay(free[0], owed[0], today, linked=False)
            if not self.ledger.open[owed[0]]:
                owed.pop(0)
            if free and not self.ledger.unused[free[0]]:
                free.pop(0)

    def _pay_all(self, credit: Credit, debits: Iterable[Debit], today: date) -> None:
        """Along a link: the stages of one document, the first due first."""
        for debit in debits:
            self._pay(credit, debit, today, linked=True)

    def _pay(self, credit: Credit, debit: Debit, today: date, *, linked: bool) -> None:
        amount = min(self.ledger.unused[credit], self.ledger.open[debit])
        if amount > 0:
            left, owed = self.ledger.unused[credit], self.ledger.open[debit]
            self.ledger.unused[credit] -= amount
            self.ledger.open[debit] -= amount
            given = freed = amount
            if debit.pool.currency != "KZT":
                given = in_kzt(left, credit.rate, credit.mult) - in_kzt(left - amount, credit.rate, credit.mult)
                freed = self.ledger.kzt(debit, owed) - self.ledger.kzt(debit, owed - amount)
            self.ledger.paid.append(Paid(credit, debit, amount, today, linked, given, freed))
