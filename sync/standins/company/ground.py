"""What the company stands on: own entities, banks, accounts, cash desks, goods, stores, exchange rates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sync.standins.company import tax
from sync.standins.company.model import Bank, BankAccount, CashDesk, Item, Org, Rate, Warehouse
from sync.standins.company.stream import Stream

FIRST = date(2022, 1, 1)
TODAY = date(2026, 1, 31)
LAST = date(2026, 3, 31)
EARLIER = date(2026, 1, 10)  # the evening of the state `before`
VAT_CHANGE = date(2026, 1, 1)

_ORGS = (("Демо-Торг", "ДТ"), ("Демо-Монтаж", "ДМ"), ("Демо-Логистика", "ДЛ"))
_IDLE = ("Демо-Резерв", "ДР")
# name, BIC, the three characters of the bank in an IBAN
_BANKS = (
    ("АО «Пример Каспи Банк»", "CASPKZKA", "722"),
    ("АО «Пример Халык Банк»", "HSBKKZKX", "601"),
    ("АО «Пример ЦентрКредит Банк»", "KCJBKZKX", "856"),
    ("АО «Пример Жусан Банк»", "TSESKZKA", "998"),
    ("АО «Пример Рубеж Банк»", "PRMRKZKA", "900"),
)
# bank, org, currency, dialect; the last is the dollar account
_ACCOUNTS = (
    (0, 0, "KZT", "kaspi"),
    (1, 0, "KZT", "halyk"),
    (2, 1, "KZT", "bcc"),
    (3, 2, "KZT", "jusan"),
    (4, 0, "USD", "ru"),
)
# name, unit, service, price and cost in tiyn a unit
_ITEMS = (
    ("Арматура А500С 10 мм (пример)", "т", False, 31_500_000, 27_000_000),
    ("Арматура А500С 16 мм (пример)", "т", False, 30_900_000, 26_400_000),
    ("Кабель ВВГ 3х2,5 (пример)", "м", False, 52_000, 41_000),
    ("Кабель ВВГ 5х6 (пример)", "м", False, 148_000, 119_000),
    ("Насос дренажный (пример)", "шт", False, 8_650_000, 6_700_000),
    ("Щит распределительный (пример)", "шт", False, 4_180_000, 3_150_000),
    ("Краска фасадная (пример)", "шт", False, 1_120_000, 840_000),
    ("Болт М12 (пример)", "шт", False, 18_500, 12_300),
    ("Профнастил С21 (пример)", "м", False, 415_000, 322_000),
    ("Утеплитель базальтовый (пример)", "шт", False, 790_000, 611_000),
    ("Монтаж металлоконструкций (пример)", "усл", True, 45_000_000, 0),
    ("Доставка по городу (пример)", "усл", True, 3_500_000, 0),
    ("Межгородняя перевозка (пример)", "усл", True, 28_000_000, 0),
    ("Пусконаладка (пример)", "усл", True, 12_500_000, 0),
    ("Проектирование (пример)", "усл", True, 60_000_000, 0),
    ("Аренда техники (пример)", "усл", True, 9_800_000, 0),
)
# Goods that only planted documents move: nothing everyday may disturb what is asked of them.
_PROMISED = (
    ("Арматура А500С 12 мм (пример)", "т", False, 31_200_000, 26_800_000),
    ("Арматура А500С 12 мм, отрезки (пример)", "м", False, 29_000, 24_000),
    ("Лист горячекатаный 4 мм (пример)", "т", False, 34_500_000, 29_500_000),
)


@dataclass(frozen=True, slots=True)
class Ground:
    """The fixed part of the company. `dialects` by own account, `prices` (price, cost) in tiyn by item."""

    seed: int
    orgs: tuple[Org, ...]
    banks: tuple[Bank, ...]
    accounts: tuple[BankAccount, ...]
    dialects: dict[str, str]
    desks: tuple[CashDesk, ...]
    items: tuple[Item, ...]
    prices: dict[str, tuple[int, int]]
    warehouses: tuple[Warehouse, ...]  # one for each org, in the same order, and a second one of the first org
    rates: tuple[Rate, ...]
    by_day: dict[str, list[int]]  # currency -> rate by day since FIRST
    goods: tuple[Item, ...]  # of everyday trade
    promised: tuple[Item, ...]  # of planted documents alone
    services: tuple[Item, ...]
    idle: Org  # an own entity that has not begun: no document, no account, no cash desk

    def rate(self, currency: str, day: date) -> tuple[int, int]:
        """(rate in ten-thousandths of a tenge, multiplicity) on a day; a day past the last known one takes the last."""
        if currency == "KZT":
            return 10_000, 1
        rates = self.by_day[currency]
        return rates[min(day.toordinal() - FIRST.toordinal(), len(rates) - 1)], MULTS[currency]

    def bank_accounts_of(self, org: str, currency: str) -> list[BankAccount]:
        """Own accounts of an org in a currency."""
        return [account for account in self.accounts if account.owner == org and account.currency == currency]

    def desk_of(self, org: str) -> CashDesk:
        """The cash desk of an org."""
        return next(desk for desk in self.desks if desk.org == org)

    def warehouse_of(self, org: str) -> Warehouse:
        """The main store of an org."""
        return next(store for own, store in zip(self.orgs, self.warehouses, strict=False) if own.ref == org)


MULTS = {"USD": 1, "EUR": 1, "RUB": 1, "UZS": 100}
_START = {"USD": 4_316_700, "EUR": 4_896_500, "RUB": 57_600, "UZS": 39_900}


# dollars on the days of the planted contracts in dollars: sold, revalued at the month's end, paid, asked about
PLANTED_RATES = (
    (date(2025, 12, 10), 4_800_000),
    (date(2025, 12, 31), 4_850_000),
    (date(2026, 1, 14), 4_750_000),
    (TODAY, 4_900_000),
)
_LEAD_IN = 40  # days over which the rates come to the first of them


def to_kzt(total: int, rate: int, mult: int) -> int:
    """Tiyn of KZT for minor units of a currency, rounded half up; exact for KZT itself."""
    if rate == 10_000 and mult == 1:
        return total
    unit = 10_000 * mult
    return (2 * total * rate + unit) // (2 * unit) if total >= 0 else -to_kzt(-total, rate, mult)


def part_of(total: int, part: int, whole: int) -> int:
    """The share of `total` that `part` has in `whole`, rounded half away from zero; both are above zero."""
    share = (2 * abs(total) * part + whole) // (2 * whole)
    return share if total >= 0 else -share


def make(seed: int) -> Ground:
    """The ground of the company for a seed."""
    orgs = tuple(
        Org(
            Stream(seed, "org", i).guid(),
            f"{i + 1:09d}",
            f"ТОО «{name}»",
            f"Товарищество с ограниченной ответственностью «{name}»",
            tax.bin_of(90_000 + i),
            prefix,
            FIRST,
        )
        for i, (name, prefix) in enumerate((*_ORGS, _IDLE))
    )
    banks = tuple(
        Bank(Stream(seed, "bank", i).guid(), f"{i + 1:09d}", name, bic, tax.bin_of(91_000 + i))
        for i, (name, bic, _) in enumerate(_BANKS)
    )
    accounts = tuple(
        BankAccount(
            Stream(seed, "own account", i).guid(),
            f"{i + 1:09d}",
            orgs[org].ref,
            True,
            tax.iban_of(_BANKS[bank][2], 1_000_000 + i),
            banks[bank].ref,
            currency,
        )
        for i, (bank, org, currency, _) in enumerate(_ACCOUNTS)
    )
    desks = tuple(
        CashDesk(Stream(seed, "desk", i).guid(), f"{i + 1:09d}", org.ref, f"Касса {org.name}", "KZT")
        for i, org in enumerate(orgs[:-1])
    )
    items = tuple(
        Item(Stream(seed, "item", i).guid(), f"{i + 1:011d}", f"ПР-{i + 1:03d}", name, unit, service, "12")
        for i, (name, unit, service, _, _) in enumerate((*_ITEMS, *_PROMISED))
    )
    stores = ("Основной склад", "Склад монтажа", "Склад логистики", "Площадка Өзен")
    by_day = {currency: _walk(seed, currency) for currency in MULTS}
    return Ground(
        seed,
        orgs[:-1],
        banks,
        accounts,
        {account.ref: spec[3] for account, spec in zip(accounts, _ACCOUNTS, strict=True)},
        desks,
        items,
        {item.ref: (price, cost) for item, (_, _, _, price, cost) in zip(items, (*_ITEMS, *_PROMISED), strict=True)},
        tuple(Warehouse(Stream(seed, "store", i).guid(), f"{i + 1:09d}", name) for i, name in enumerate(stores)),
        tuple(
            Rate(date.fromordinal(FIRST.toordinal() + i), currency, rate, MULTS[currency])
            for currency, rates in by_day.items()
            for i, rate in enumerate(rates)
        ),
        by_day,
        tuple(item for item in items[: len(_ITEMS)] if not item.is_service),
        items[len(_ITEMS) :],
        tuple(item for item in items if item.is_service),
        orgs[-1],
    )


def _walk(seed: int, currency: str) -> list[int]:
    """Daily rates from FIRST to TODAY: a small random step a day, pulled back to the start."""
    stream = Stream(seed, "rate", *currency.encode())
    start = rate = _START[currency]
    rates = []
    for _ in range(TODAY.toordinal() - FIRST.toordinal() + 1):
        step = start // 250
        rate += stream.between(-step, step) + (start * 11 // 10 - rate) // 200
        rates.append(rate)
    return _bent(rates) if currency == "USD" else rates


def _bent(rates: list[int]) -> list[int]:
    """The same rates, led to those that the planted contracts in dollars are made with, and in a straight line between them."""
    at = {(day - FIRST).days: rate for day, rate in PLANTED_RATES}
    days = sorted(at)
    gap, start = at[days[0]] - rates[days[0]], days[0] - _LEAD_IN
    bent = rates[:start] + [rates[i] + gap * (i - start) // _LEAD_IN for i in range(start, days[0])]
    for first, last in pairwise(days):
        bent += [at[first] + (at[last] - at[first]) * (i - first) // (last - first) for i in range(first, last)]
    return [*bent, at[days[-1]]]
