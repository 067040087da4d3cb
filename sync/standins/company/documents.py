"""Makers of documents. Amounts in tiyn of the contract's currency; numbers are given later, in order of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sync.standins.company.ground import VAT_CHANGE, Ground
from sync.standins.company.model import Adjustment, Allocation, BankAccount, Contract, Doc, Item, Line

PERCENT = {"12": 12, "16": 16, "0": 0, "none": 0}


def vat_on(day: date) -> str:
    """The general VAT rate of a turnover on a day."""
    return "16" if day >= VAT_CHANGE else "12"


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    """A moment of a day, naive: 1C keeps the wall clock."""
    return datetime(day.year, day.month, day.day, hour, minute)


def workday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    weekday = day.weekday()
    return day if weekday < 5 else day + timedelta(days=7 - weekday)


def line(item: Item, qty: int, price: int, vat: str, *, inside: bool = True) -> Line:
    """A row: `qty` in thousandths, `price` in tiyn; VAT taken out of the total or put on top of it, half up."""
    total = (2 * qty * price + 1000) // 2000
    percent = PERCENT[vat]
    base = 100 + percent if inside else 100
    return Line(item.ref, qty, price, total, vat, (2 * total * percent + base) // (2 * base))


def line_of(item: Item, total: int, vat: str, *, qty: int = 1000) -> Line:
    """A row of one known total with VAT inside; the price is the total of one unit."""
    row = line(item, qty, total * 1000 // qty, vat)
    if row.total != total:
        raise ValueError((total, qty))
    return row


def trade(
    ground: Ground,
    kind: str,
    ref: str,
    moment: datetime,
    contract: Contract,
    lines: Sequence[Line],
    *,
    party: str | None = None,
    inside: bool = True,
    base: str | None = None,
    number: str = "",
    comment: str = "",
    posted: bool = True,
    deleted: bool = False,
    operation: str = "",
) -> Doc:
    """An invoice, a sale, a purchase or a return of either."""
    services = {item.ref for item in ground.services}
    rate, mult = ground.rate(contract.currency, moment.date())
    goods = tuple(row for row in lines if row.item not in services)
    return Doc(
        ref,
        kind,
        number,
        moment,
        contract.org,
        party or contract.party,
        contract.ref,
        contract.currency,
        rate,
        mult,
        sum(row.total for row in lines) + (0 if inside else sum(row.vat_total for row in lines)),
        operation,
        any(row.vat != "none" for row in lines),
        inside,
        goods,
        tuple(row for row in lines if row.item in services),
        base=base,
        warehouse=ground.warehouse_of(contract.org).ref if goods else None,
        comment=comment,
        posted=posted,
        deleted=deleted,
    )


IN_CUSTOMER = "ОплатаПокупателя"
IN_SUPPLIER = "ВозвратОтПоставщика"
OUT_SUPPLIER = "ОплатаПоставщику"
OUT_CUSTOMER = "ВозвратПокупателю"
TRANSFER = "ПереводСобственныхСредств"
FROM_BANK = "ПолучениеНаличныхВБанке"
TO_BANK = "ВзносНаличнымиВБанк"
BUY_CURRENCY = "ПокупкаВалюты"
FEE = "КомиссияБанка"
OTHER_IN = "ПрочееПоступление"
OFFSET = "ПроведениеВзаимозачета"
WRITE_OFF = "СписаниеЗадолженности"
RESTORE = "ВосстановлениеЗадолженности"

_KNP = {
    IN_CUSTOMER: "710",
    IN_SUPPLIER: "780",
    OUT_SUPPLIER: "710",
    OUT_CUSTOMER: "780",
    TRANSFER: "321",
    BUY_CURRENCY: "223",
    FEE: "840",
    OTHER_IN: "349",
}


def payment(
    ground: Ground,
    kind: str,
    ref: str,
    moment: datetime,
    contract: Contract,
    rows: Sequence[tuple[int, str | None, str | None]],
    *,
    operation: str = "",
    account: BankAccount | None = None,
    purpose: str = "",
    number: str = "",
    posted: bool = True,
    deleted: bool = False,
) -> Doc:
    """Money for one contract; rows of (total, target document, invoice). Direction follows the kind."""
    allocations = tuple(Allocation(contract.ref, total, target, invoice) for total, target, invoice in rows)
    usual = OUT_SUPPLIER if kind in {"bank_out", "bank_out_order", "cash_out"} else IN_CUSTOMER
    account = account or (
        None if kind.startswith("cash") else ground.bank_accounts_of(contract.org, contract.currency)[0]
    )
    return money(
        ground,
        kind,
        ref,
        moment,
        contract.org,
        sum(row.total for row in allocations),
        operation or usual,
        account=account,
        party=contract.party,
        contract=contract.ref,
        allocations=allocations,
        purpose=purpose,
        number=number,
        posted=posted,
        deleted=deleted,
    )


def money(
    ground: Ground,
    kind: str,
    ref: str,
    moment: datetime,
    org: str,
    total: int,
    operation: str,
    *,
    account: BankAccount | None = None,
    party: str | None = None,
    contract: str | None = None,
    allocations: tuple[Allocation, ...] = (),
    purpose: str = "",
    number: str = "",
    posted: bool = True,
    deleted: bool = False,
) -> Doc:
    """Any movement of money; without a party it is a transfer, a fee or another one."""
    currency = account.currency if account else "KZT"
    rate, mult = ground.rate(currency, moment.date())
    return Doc(
        ref,
        kind,
        number,
        moment,
        org,
        party,
        contract,
        currency,
        rate,
        mult,
        total,
        operation,
        allocations=allocations,
        bank_account=account.ref if account else None,
        cash_desk=None if account else ground.desk_of(org).ref,
        knp=_KNP[operation] if account else "",
        purpose=purpose,
        in_date=moment.date() if account and kind.startswith("bank_in") else None,
        posted=posted,
        deleted=deleted,
    )


def adjust(
    ref: str, moment: datetime, operation: str, org: str, rows: Sequence[Adjustment], *, comment: str = ""
) -> Doc:
    """A debt adjustment in KZT; `total` is the receivable side, or the payable one where it stands alone."""
    sides = {side: sum(row.total for row in rows if row.side == side) for side in ("receivable", "payable")}
    party = next(row.party for row in rows)
    return Doc(
        ref,
        "debt_adjust",
        "",
        moment,
        org,
        party,
        None,
        "KZT",
        10_000,
        1,
        sides["receivable"] or sides["payable"],
        operation,
        adjustments=tuple(rows),
        comment=comment,
    )
