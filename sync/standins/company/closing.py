"""The close of a month: income and expense go to the result (5610), and in December the result of the year to what is kept (5510).

Bases differ: many close month by month, some once a year. This company closes each month, and the last one before TODAY's is the last
that is closed. Whoever enters something in a closed month closes it anew, so the entries are always those of the month as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sync.standins.company.ground import FIRST
from sync.standins.company.model import Closing, Company, Entry, Org
from sync.standins.company.stream import Stream

RESULT, KEPT = "5610", "5510"
_LAST_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class _Month:
    """A month of an entity that is closed, and the tiyn that its debits exceed its credits by, account by account."""

    closing: Closing
    balances: dict[str, int]


def close(company: Company, before: date) -> None:
    """Close every month that ended before the month of a day, in each entity that has income or expense in it."""
    until = datetime(before.year, before.month, 1)
    months = list(_months(company.orgs, company.entries, until, company.seed))
    company.closings = [month.closing for month in months]
    year: dict[str, int] = defaultdict(int)
    made: list[Entry] = []
    for month in months:
        rows = [
            (account, RESULT, balance, "Закрытие счетов доходов и расходов")
            for account, balance in sorted(month.balances.items())
            if balance
        ]
        org = month.closing.org
        year[org] += sum(balance for _, _, balance, _ in rows)
        if month.closing.moment.month == 12:
            rows += [(RESULT, KEPT, year[org], "Реформация баланса")] if year[org] else []
            year[org] = 0
        made += [_entry(month.closing, number, *row) for number, row in enumerate(rows, 1)]
    company.entries = [*company.entries, *made]


def _months(orgs: Iterable[Org], entries: Iterable[Entry], until: datetime, seed: int) -> Iterator[_Month]:
    sums: dict[tuple[str, int, int], dict[str, int]] = {}
    for entry in entries:
        day = entry.moment
        if day >= until:
            continue
        for account, sign in ((entry.debit, 1), (entry.credit, -1)):
            if account[0] in "67":
                of_month = sums.setdefault((entry.org, day.year, day.month), {})
                of_month[account] = of_month.get(account, 0) + sign * entry.total
    for i, org in enumerate(orgs):
        for year, month in sorted((year, month) for ref, year, month in sums if ref == org.ref):
            ref = Stream(seed, "closing", i, 12 * (year - FIRST.year) + month).guid()
            end = datetime(year + month // 12, month % 12 + 1, 1) - _LAST_SECOND
            yield _Month(Closing(ref, org.ref, end), sums[org.ref, year, month])


def _entry(closing: Closing, number: int, account: str, against: str, balance: int, content: str) -> Entry:
    """Take a balance off an account: what stands in its debit is credited."""
    debit, credit = (against, account) if balance > 0 else (account, against)
    return Entry(closing.ref, number, closing.moment, closing.org, debit, credit, (), (), abs(balance), content=content)
