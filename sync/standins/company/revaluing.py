"""The month's end: debts in foreign currency are carried at the rate of its last day, contract by contract.

1C books the difference for an account, party and contract as a whole. After it every open document stands at the rate of the day, and
the last one takes what rounding leaves. Advances are not revalued.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from sync.standins.company import documents as make
from sync.standins.company.ground import EARLIER, FIRST, Ground, part_of, to_kzt
from sync.standins.company.ledger import Pool
from sync.standins.company.model import Doc
from sync.standins.company.stream import Stream

Added = dict[str, list[tuple[Pool, int]]]  # by ref of the revaluation: tiyn of KZT that each contract's debt grew by


def documents(ground: Ground) -> list[Doc]:
    """One a month, to the last one that ended before EARLIER, for each own entity that has money in foreign currency."""
    orgs = dict.fromkeys(account.owner for account in ground.accounts if account.currency != "KZT")
    made: list[Doc] = []
    for i, org in enumerate(orgs):
        for month in range(12 * (EARLIER.year - FIRST.year) + EARLIER.month - 1):
            day = date(FIRST.year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)
            ref = Stream(ground.seed, "revaluation", i, month).guid()
            made.append(Doc(ref, "reval", "", make.at(day, 23, 59), org, None, None, "KZT", 10_000, 1, 0, vat_on=False))
    return made


def revalue(ground: Ground, docs: Iterable[Doc], pools: Iterable[Pool]) -> Added:
    """Tell each open debit in foreign currency what each month's end added to it; `docs` come in order of time."""
    ends = [doc for doc in docs if doc.kind == "reval" and doc.posted and not doc.deleted]
    added: Added = {doc.ref: [] for doc in ends}
    for pool in pools:
        currency = pool.contract.currency
        if currency == "KZT":
            continue
        paid: Counter[int] = Counter()
        steps = sorted(pool.settlements, key=lambda step: step.day)
        at = 0
        for doc in ends:
            if doc.org != pool.contract.org:
                continue
            day = doc.moment.date()
            while at < len(steps) and steps[at].day <= day:
                paid[id(steps[at].debit)] += steps[at].amount
                at += 1
            left = [(d, d.total - paid[id(d)]) for d in pool.debits if d.day <= day and d.total > paid[id(d)]]
            rate, mult = ground.rate(currency, day)
            whole = sum(open_ for _, open_ in left)
            worth = to_kzt(whole, rate, mult)
            total = worth - sum(debit.carried(open_, day) for debit, open_ in left)
            if not total:
                continue
            added[doc.ref].append((pool, total))
            values = [part_of(worth, open_, whole) for _, open_ in left[:-1]]
            for (debit, open_), value in zip(left, [*values, worth - sum(values)], strict=True):
                debit.revalued.append((day, open_, value))
    return added
