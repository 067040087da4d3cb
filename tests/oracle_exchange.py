"""Debts in foreign currency in tenge: at the rate of their document, with a share of every revaluation that was posted since.

A revaluation is entered for an account, party and contract as a whole: tenge, and nothing in the currency. Each open debt gets its
share by what is open of it in the currency, the last one what is left. A part paid later takes its part of each share along.
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
Share = tuple[Decimal, Decimal]  # open when it was revalued; tenge that this added


def revaluations(books: Books) -> dict[date, dict[Pool, Decimal]]:
    """By day: what was added to the debts of a pool, by entries that no document of goods, money or debt has made."""
    found: dict[date, dict[Pool, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for e in books.entries:
        if e.account in CARRIED and e.currency != "KZT" and not e.amount and e.document not in books.papers:
            side = CARRIED[e.account]
            pool = Pool(side, e.org, e.party, e.contract, e.currency)
            found[e.day][pool] += e.kzt if side == "ar" else -e.kzt
    return found


def shares(added: Decimal, open_now: list[tuple[Debit, Decimal]]) -> Iterable[tuple[Debit, Share]]:
    """What each open debt, in order, gets of a revaluation."""
    whole = Fraction(total(left for _, left in open_now))
    given = Decimal(0)
    for at, (debit, left) in enumerate(open_now, 1):
        last = at == len(open_now)
        part = added - given if last else tiyn(Fraction(added) * Fraction(left) / whole)
        given += part
        yield debit, (left, part)


def carried(debit: Debit, left: Decimal, taken: Iterable[Share]) -> Decimal:
    """Tenge that `left` of a debt stands at in the books."""
    grown = total(tiyn(Fraction(part) * Fraction(left) / Fraction(then)) for then, part in taken)
    return in_kzt(left, debit.rate, debit.mult) + grown
