"""Answers from a run: open items, advances, ageing, control against the ledger, payments, statuses, cash, revenue, habits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from tests.oracle import Ledger, Paid
from tests.oracle_books import LEDGER
from tests.oracle_money import in_kzt, tiyn, total
from tests.oracle_records import Books, Credit, Debit, Paper, Pool
from tests.oracle_wire import Statement

ZERO = Decimal(0)
BUCKETS = ("not_due", "1-30", "31-60", "61-90", "91+")
Both = tuple[Decimal, Decimal]
Account = tuple[str, str, str, str, str]  # side, entity, party, contract, currency


@dataclass(frozen=True, slots=True)
class Open:
    debit: Debit
    open: Decimal
    kzt: Decimal
    days_late: int
    bucket: str


@dataclass(frozen=True, slots=True)
class Unused:
    credit: Credit
    unused: Decimal
    kzt: Decimal
    kind: str


@dataclass(frozen=True, slots=True)
class Status:
    paper: Paper
    paid: Decimal
    other: Decimal
    likely: Decimal
    open: Decimal
    status: str
    last: date | None
    by: tuple[str, ...]


def bucket(days_late: int) -> str:
    return BUCKETS[0 if days_late <= 0 else min(4, (days_late - 1) // 30 + 1)]


def open_items(ledger: Ledger, side: str, today: date) -> list[Open]:
    found = []
    for debit, left in ledger.open.items():
        if left and debit.pool.side == side:
            late = (today - debit.due).days
            found.append(Open(debit, left, ledger.kzt(debit, left), late, bucket(late)))
    return found


def unused_credits(ledger: Ledger) -> list[Unused]:
    return [
        Unused(
            c,
            left,
            in_kzt(left, c.rate, c.mult),
            "advance" if c.kind in {"pay_in", "pay_out", "journal_advance"} else "credit",
        )
        for c, left in ledger.unused.items()
        if left
    ]


def ageing(books: Books, ledger: Ledger, today: date) -> dict[str, dict[str, Decimal]]:
    """Per outside customer: tenge by bucket, and advances and credits beside."""
    found: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for item in open_items(ledger, "ar", today):
        found[item.debit.pool.party][item.bucket] += item.kzt
    for rest in unused_credits(ledger):
        if rest.credit.pool.side == "ar":
            found[rest.credit.pool.party][rest.kind] += rest.kzt
    return {party: cells for party, cells in found.items() if party not in books.own}


def items_by_account(ledger: Ledger) -> dict[Account, Both]:
    """Open items less unused credits of each account, in its currency and in tenge."""
    found: dict[Account, Both] = defaultdict(lambda: (ZERO, ZERO))
    for debit, left in ledger.open.items():
        _add(found, debit.pool, left, ledger.kzt(debit, left))
    for credit, left in ledger.unused.items():
        _add(found, credit.pool, -left, -in_kzt(left, credit.rate, credit.mult))
    return dict(found)


def _add(found: dict[Account, Both], p: Pool, amount: Decimal, kzt: Decimal) -> None:
    key = p.side, p.org, p.party, p.contract, p.currency
    found[key] = found[key][0] + amount, found[key][1] + kzt


def ledger_by_account(books: Books, today: date) -> dict[Account, Both]:
    """Balances of 1210 with 3510 and of 3310 with 1710, above zero when it is a debt, in their currency and in tenge."""
    found: dict[Account, Both] = defaultdict(lambda: (ZERO, ZERO))
    for e in books.entries:
        if e.account in LEDGER and e.day <= today:
            pool = Pool(LEDGER[e.account], e.org, e.party, e.contract, e.currency)
            sign = 1 if pool.side == "ar" else -1
            _add(found, pool, sign * e.amount, sign * e.kzt)
    return dict(found)


def payments(books: Books, first: date = date.min, last: date = date.max) -> list[Paper]:
    """Money from and to other parties in a period, through bank and cash desk."""
    return [
        p
        for p in books.papers.values()
        if p.counts and p.kind in {"pay_in", "pay_out", "refund_in", "refund_out"} and first <= p.day <= last
    ]


def paid(books: Books, party: str, kind: str, first: date, last: date) -> Decimal:
    """Tenge moved in one kind of payment, each payment at its own rate."""
    return total(
        in_kzt(p.total, p.rate, p.mult) for p in payments(books, first, last) if (p.party, p.kind) == (party, kind)
    )


def statuses(books: Books, ledger: Ledger, number: str, today: date) -> list[Status]:
    """Every customer invoice, sale and purchase whose number ends in these digits, zeros before them aside."""
    wanted = number.lstrip("0")
    return [
        _invoice(books, paper, today) if paper.kind == "invoice_out" else _shipment(ledger, paper)
        for paper in books.papers.values()
        if paper.kind in {"invoice_out", "sale", "purchase"} and paper.day <= today and short(paper.number) == wanted
    ]


def short(number: str) -> str:
    """Trailing digits of a number without the zeros before them."""
    return number[len(number.rstrip("0123456789")) :].lstrip("0")


def _shipment(ledger: Ledger, paper: Paper) -> Status:
    if not paper.counts:
        return Status(paper, ZERO, ZERO, ZERO, paper.total, paper.state, None, ())
    steps = [s for s in ledger.paid if s.debit.ref == paper.ref]
    money = [s for s in steps if s.credit.kind in {"pay_in", "pay_out"}]
    done, other = total(s.amount for s in money), total(s.amount for s in steps if s not in money)
    left = paper.total - done - other
    status = "paid" if done == paper.total else "closed" if not left else "part" if done else "open"
    last = max((s.day for s in money), default=None)
    return Status(paper, done, other, ZERO, left, status, last, tuple(sorted({s.credit.number for s in money})))


def _invoice(books: Books, paper: Paper, today: date) -> Status:
    """What payments name it; where none does, unlinked ones of just its amount are likely."""
    came = [p for p in payments(books, last=today) if p.kind == "pay_in"]
    named = [(p, amount) for p in came for _, _, invoice, amount in p.rows if invoice == paper.ref]
    done = total(amount for _, amount in named)
    alike = (
        not named
        and paper.counts
        and any(
            (p.party, p.currency, contract, amount) == (paper.party, paper.currency, paper.contract, paper.total)
            and not target
            and not invoice
            and p.day >= paper.day
            for p in came
            for contract, target, invoice, amount in p.rows
        )
    )
    likely = paper.total if alike else ZERO  # two payments of that amount are not twice the invoice
    status = "overpaid" if done > paper.total else "paid" if done == paper.total else "part" if done else "open"
    if not paper.counts:
        status = paper.state
    elif not named and likely:
        status = "likely_paid"
    last = max((p.day for p, _ in named), default=None)
    left = max(paper.total - done, ZERO)
    return Status(paper, done, ZERO, likely, left, status, last, tuple(sorted({p.number for p, _ in named})))


def bank_balance(statements: Iterable[Statement], today: date) -> dict[str, tuple[Decimal, date]]:
    """Per account number: balance by the bank, and the last day that a statement covers, at most today."""
    found: dict[str, Statement] = {}
    for s in statements:
        known = found.get(s.account)
        if s.first <= today and (
            known is None or (min(s.last, today), s.first) > (min(known.last, today), known.first)
        ):
            found[s.account] = s
    return {
        account: (s.opening + total(amount for day, amount in s.lines if day <= today), min(s.last, today))
        for account, s in found.items()
    }


def book_balance(books: Books, today: date) -> dict[str, Decimal]:
    """Per account number: balance of account 1030 in the currency of the account."""
    found: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for e in books.entries:
        if e.account == "1030" and e.day <= today:
            found[books.ibans[e.bank_account][0]] += e.amount
    return dict(found)


def desk_balance(books: Books, today: date) -> dict[tuple[str, str], Decimal]:
    """Per cash desk and currency: balance of account 1010."""
    found: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for e in books.entries:
        if e.account == "1010" and e.day <= today:
            found[e.desk, e.currency] += e.amount
    return dict(found)


def revenue(books: Books) -> dict[tuple[int, int], tuple[Decimal, Decimal]]:
    """Per month: sales less returns in tenge, without VAT and with it, own entities left out."""
    found: dict[tuple[int, int], tuple[Decimal, Decimal]] = defaultdict(lambda: (ZERO, ZERO))
    for p in books.papers.values():
        if p.counts and p.kind in {"sale", "sale_return"} and p.party not in books.own:
            sign = 1 if p.kind == "sale" else -1
            gross, vat = in_kzt(p.total, p.rate, p.mult), in_kzt(p.vat, p.rate, p.mult)
            net, with_vat = found[p.day.year, p.day.month]
            found[p.day.year, p.day.month] = net + sign * (gross - vat), with_vat + sign * gross
    return dict(found)


def margin(books: Books) -> dict[tuple[int, int], tuple[Decimal, Decimal, bool]]:
    """Per month: revenue, what account 7010 holds of the same documents, and whether every entity that sold has closed it to the result."""
    sold = {
        p.ref: p
        for p in books.papers.values()
        if p.counts and p.kind in {"sale", "sale_return"} and p.party not in books.own
    }
    cost: dict[tuple[int, int], Decimal] = defaultdict(lambda: ZERO)
    closed: dict[str, date] = {}
    for e in books.entries:
        if e.account.startswith("7010") and e.document in sold:
            day = sold[e.document].day
            cost[day.year, day.month] += e.kzt
        elif e.account.startswith("56"):
            closed[e.org] = max(e.day, closed.get(e.org, e.day))
    sellers: dict[tuple[int, int], set[str]] = defaultdict(set)
    for p in sold.values():
        sellers[p.day.year, p.day.month].add(p.org)
    return {
        month: (net, cost[month], all(closed.get(org, date.min) >= _end(*month) for org in sellers[month]))
        for month, (net, _) in revenue(books).items()
    }


def _end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def dso_simple(books: Books, ledger: Ledger, today: date, days: int = 90) -> Decimal | None:
    """Receivables over sales on credit of the last days, times the days; None without such sales.

    Sales are gross, less returns; what had been paid by the end of the day on which the goods left is no sale on credit.
    """
    owed = total(i.kzt for i in open_items(ledger, "ar", today) if i.debit.pool.party not in books.own)
    sold = credit_sales(books, ledger, today - timedelta(days=days), today)
    return tiyn(Fraction(owed) / Fraction(sold) * days) if sold > 0 else None


def credit_sales(books: Books, ledger: Ledger, start: date, today: date) -> Decimal:
    """Tenge sold on credit after `start` up to today, less returns, with VAT, own entities left out.

    Of a sale counts what was not paid by the end of its day, rounded once.
    """
    early: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for step in ledger.paid:
        if step.debit.kind == "sale" and step.credit.kind == "pay_in" and step.day == step.debit.day:
            early[step.debit.ref] += step.amount
    sold = ZERO
    for p in books.papers.values():
        if p.counts and p.party not in books.own and start < p.day <= today and p.kind in {"sale", "sale_return"}:
            sold += in_kzt(p.total - early[p.ref], p.rate, p.mult) * (1 if p.kind == "sale" else -1)
    return sold


def payments_of_sales(books: Books, ledger: Ledger, first: date, last: date) -> list[tuple[Paid, int]]:
    """Money that outside customers' sales were settled with in a period, and how many days late it was; early counts zero."""
    return [
        (step, max(0, (step.day - step.debit.due).days))
        for step in ledger.paid
        if step.debit.kind == "sale"
        and step.credit.kind == "pay_in"
        and step.debit.pool.party not in books.own
        and first <= step.day <= last
    ]


def days_late(books: Books, ledger: Ledger, first: date, last: date) -> Decimal | None:
    """Days late of what was paid in a period, weighed by the tenge paid; None when nothing was."""
    weighed, amounts = Fraction(0), Fraction(0)
    for step, days in payments_of_sales(books, ledger, first, last):
        kzt = Fraction(in_kzt(step.amount, step.debit.rate, step.debit.mult))
        weighed, amounts = weighed + kzt * days, amounts + kzt
    return tiyn(weighed / amounts) if amounts else None


def days_late_of_sales(books: Books, ledger: Ledger, first: date, last: date) -> dict[str, int]:
    """Sales settled in full in a period, with money on the last day: days late by the latest stage."""
    unpaid = {d.ref for d, left in ledger.open.items() if left}
    done: dict[str, tuple[date, bool]] = {}
    late: dict[str, int] = defaultdict(int)
    for step in ledger.paid:
        if step.debit.kind == "sale" and step.debit.ref not in unpaid and step.debit.pool.party not in books.own:
            money = step.credit.kind == "pay_in"
            day, before = done.get(step.debit.ref, (step.day, False))
            done[step.debit.ref] = step.day, money or (before and day == step.day)
            if money:
                late[step.debit.ref] = max(late[step.debit.ref], (step.day - step.debit.due).days)
    return {ref: late[ref] for ref, (day, money) in done.items() if money and first <= day <= last}
