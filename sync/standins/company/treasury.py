"""Housekeeping of money and goods: owners' contributions, fees, own transfers, purchases of currency, first stock.

Contributions and the first stock are sized by what the rest of the company needs, so nothing falls below zero
that is not planted to do so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sync.standins.company import documents as make
from sync.standins.company import stock
from sync.standins.company.ground import FIRST, TODAY, Ground, to_kzt
from sync.standins.company.model import BankAccount, CashDesk, Contract, Doc
from sync.standins.company.stream import Stream

_OPENED = make.at(FIRST, 8)
_WITHDRAWN, _DEPOSITED = 4, 10  # May and November: the money moves to the cash desk, and back from it
INCOMING = frozenset({"bank_in", "bank_in_order", "cash_in"})


def routine(ground: Ground) -> list[Doc]:
    """A fee a month and account; each quarter money moved between own places and a purchase of dollars."""
    docs: list[Doc] = []
    kaspi, halyk, *_, dollars = ground.accounts
    for month in range(49):
        year, number = 2022 + month // 12, month % 12 + 1
        for i, account in enumerate(ground.accounts[:4]):
            stream = Stream(ground.seed, "fee", i, month)
            day = min(make.workday(date(year, number, 25)), TODAY)
            total = stream.between(20, 400) * 5_000
            docs.append(
                make.money(
                    ground, "bank_out_order", stream.guid(), make.at(day, 19), account.owner, total, make.FEE,
                    account=account, purpose="Комиссия банка за обслуживание счета",
                )
            )  # fmt: skip
        if month % 3 == 1:
            stream = Stream(ground.seed, "transfer", month)
            day = make.workday(date(year, number, 12))
            total = stream.between(20, 90) * 10_000_000
            if month % 12 == _WITHDRAWN:
                docs.extend(withdrawn(ground, stream, day, kaspi, total))
            elif month % 12 == _DEPOSITED:
                docs.extend(deposited(ground, stream, date(year, number, 30), kaspi, total))
            else:
                docs.extend(transfer(ground, stream, make.at(day, 15), kaspi, halyk, total))
            docs.extend(conversion(ground, stream, make.at(make.workday(day + timedelta(days=3)), 11), kaspi, dollars))
    return docs


def transfer(
    ground: Ground, stream: Stream, moment: datetime, source: BankAccount, target: BankAccount, total: int
) -> list[Doc]:
    """Money between two own accounts: out, and in at the same moment."""
    purpose = "Перевод собственных средств между счетами"
    return [
        make.money(
            ground, kind, stream.guid(), moment, account.owner, total, make.TRANSFER, account=account, purpose=purpose
        )
        for kind, account in (("bank_out", source), ("bank_in", target))
    ]


def withdrawn(ground: Ground, stream: Stream, day: date, source: BankAccount, total: int) -> list[Doc]:
    """Money taken from an account into the cash desk of its owner, both papers of one day."""
    purpose = "Получение наличных по чеку"
    return [
        make.money(
            ground, "bank_out", stream.guid(), make.at(day, 15), source.owner, total, make.TRANSFER, account=source, purpose=purpose
        ),
        make.money(ground, "cash_in", stream.guid(), make.at(day, 16), source.owner, total, make.FROM_BANK, purpose=purpose),
    ]  # fmt: skip


def deposited(ground: Ground, stream: Stream, day: date, target: BankAccount, total: int) -> list[Doc]:
    """Takings carried to the bank, which has them on the account two days later; in between they are on their way."""
    purpose = "Взнос наличных на счет"
    there = make.at(make.workday(day + timedelta(days=2)), 10)
    return [
        make.money(ground, "cash_out", stream.guid(), make.at(day, 17), target.owner, total, make.TO_BANK, purpose=purpose),
        make.money(
            ground, "bank_in", stream.guid(), there, target.owner, total, make.TRANSFER, account=target, purpose=purpose
        ),
    ]  # fmt: skip


def conversion(ground: Ground, stream: Stream, moment: datetime, source: BankAccount, target: BankAccount) -> list[Doc]:
    """Dollars bought for tenge at the rate of the day: two documents through money in transit."""
    dollars = stream.between(10, 60) * 100_000
    rate, mult = ground.rate(target.currency, moment.date())
    tenge = to_kzt(dollars, rate, mult)
    purpose = f"Покупка валюты {dollars // 100} USD"
    return [
        make.money(
            ground, "bank_out", stream.guid(), moment, source.owner, tenge, make.BUY_CURRENCY, account=source, purpose=purpose
        ),
        make.money(
            ground, "bank_in", stream.guid(), moment + timedelta(minutes=20), target.owner, dollars, make.TRANSFER,
            account=target, purpose=purpose,
        ),
    ]  # fmt: skip


def places(ground: Ground, orgs: int) -> list[BankAccount | CashDesk]:
    """Where the first `orgs` own entities keep money."""
    refs = {org.ref for org in ground.orgs[:orgs]}
    accounts = [account for account in ground.accounts if account.owner in refs]
    return [*accounts, *(desk for desk in ground.desks if desk.org in refs)]


def contributions(ground: Ground, docs: Iterable[Doc], orgs: int) -> list[Doc]:
    """What the owners paid in on the first day, so that no account and no cash desk ever falls below zero."""
    kept = places(ground, orgs)
    days: dict[str, dict[int, int]] = {place.ref: {} for place in kept}
    for doc in docs:
        ref = doc.bank_account or doc.cash_desk
        if ref and doc.posted and not doc.deleted:
            day = doc.moment.toordinal()
            of_day = days[ref]
            of_day[day] = of_day.get(day, 0) + (doc.total if doc.kind in INCOMING else -doc.total)
    made: list[Doc] = []
    for i, place in enumerate(kept):
        balance = least = 0
        for day in sorted(days[place.ref]):
            balance += days[place.ref][day]
            least = min(least, balance)
        unit = 100_000_000 if place.currency == "KZT" else 1_000_000
        total = (5 - least // unit) * unit
        stream = Stream(ground.seed, "contribution", i)
        account = place if isinstance(place, BankAccount) else None
        org = place.owner if isinstance(place, BankAccount) else place.org
        made.append(
            make.money(
                ground, "bank_in" if account else "cash_in", stream.guid(), _OPENED, org, total, make.OTHER_IN,
                account=account, purpose="Взнос учредителя",
            )
        )  # fmt: skip
    return made


def first_stock(ground: Ground, docs: Iterable[Doc], contracts: Iterable[Contract]) -> list[Doc]:
    """A purchase and its payment for each contract's org: enough of every item for all that is ever shipped."""
    low = stock.lowest(docs)
    made: list[Doc] = []
    for i, contract in enumerate(contracts):
        store = ground.warehouse_of(contract.org).ref
        stream = Stream(ground.seed, "first stock", i)
        rows = []
        for item in ground.goods:
            need = -low.get((store, item.ref), 0)
            qty = -(-need // 1000) * 1000 + stream.between(1, 9) * 1000
            rows.append(make.line(item, qty, ground.prices[item.ref][1], make.vat_on(FIRST)))
        bought = make.trade(ground, "purchase", stream.guid(), _OPENED + timedelta(hours=1), contract, rows)
        paid = make.payment(
            ground, "bank_out", stream.guid(), _OPENED + timedelta(days=7), contract, [(bought.total, bought.ref, None)]
        )
        made += [bought, paid]
    return made
