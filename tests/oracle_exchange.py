"""Debts in foreign currency in tenge: at the rate of their document, until a revaluation brings them to another.

A revaluation is entered for an account, party and contract as a whole: tenge, and nothing in the currency. What all open debts of the
contract stood at that evening, and what was added, is then shared out by what is open of each in the currency: they are at one rate.
The last one takes what is left. A part paid later takes its part of that value along.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tests.oracle_money import in_kzt, tiyn, total
from tests.oracle_records import Books, Debit, Pool

CARRIED = {"1210": "ar", "3310": "ap"}
Value = tuple[Decimal, Decimal]  # open when it was last revalued; tenge that this stood at then


def revaluations(books: Books) -> dict[date, dict[Pool, Decimal]]:
    """By day: what was added to the debts of a pool, by entries that no document of goods, money or debt has made."""
    found: dict[date, dict[Pool, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for e in books.entries:
        if e.account in CARRIED and e.currency != "KZT" and not e.amount and e.document not in books.papers:
            side = CARRIED[e.account]
            pool = Pool(side, e.org, e.party, e.contract, e.currency)
            found[e.day][pool] += e.kzt if side == "ar" else -e.kzt
    return found


def revalued(
    added: Decimal, open_now: list[tuple[Debit, Decimal]], before: dict[Debit, Value]
) -> Iterable[tuple[Debit, Value]]:
    """What each open debt, in order, stands at after a revaluation."""
    whole = Fraction(total(left for _, left in open_now))
    worth = added + total(carried(debit, left, before.get(debit)) for debit, left in open_now)
    given = Decimal(0)
    for at, (debit, left) in enumerate(open_now, 1):
        last = at == len(open_now)
        part = worth - given if last else tiyn(Fraction(worth) * Fraction(left) / whole)
        given += part
        yield debit, (left, part)


def carried(debit: Debit, left: Decimal, value: Value | None) -> Decimal:
    """Tenge that `left` of a debt stands at in the books."""
    if value is None:
        return in_kzt(left, debit.rate, debit.mult)
    then, worth = value
    return tiyn(Fraction(worth) * Fraction(left) / Fraction(then))
