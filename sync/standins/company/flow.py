"""The everyday life of a contract: invoices, shipments, payments early and late, returns.

Each contract is given a number of documents and makes exactly that many, deal by deal, from a stream of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sync.standins.company import documents as make
from sync.standins.company.ground import FIRST, LAST, TODAY, VAT_CHANGE, Ground
from sync.standins.company.model import BankAccount, Contract, Doc, Item, Line
from sync.standins.company.stream import Stream

_RECENT = date(2025, 7, 1)  # an unpaid shipment before this day is rare: most old debts were paid in the end
_QUIET = (2, date(2025, 8, 1), date(2025, 9, 1))  # the third org has no sales in this month


@dataclass(frozen=True, slots=True)
class Flow:
    """One contract's share of the work: how many documents, and the usual size of a deal in tiyn."""

    contract: Contract
    documents: int
    scale: int
    serial: int
    services_only: bool = False


def documents(ground: Ground, flow: Flow) -> list[Doc]:
    """Exactly `flow.documents` documents of one contract, in order of making (not of time)."""
    stream = Stream(ground.seed, "flow", flow.serial)
    made: list[Doc] = []
    deal = _sale_deal if flow.contract.kind == "sale" else _purchase_deal
    while len(made) < flow.documents:
        deal(ground, flow, stream, made)
    del made[flow.documents :]
    return made


def _day(ground: Ground, flow: Flow, stream: Stream) -> date:
    """A day of a deal: business grows, so the later of two days three times in ten."""
    first = max(flow.contract.date, FIRST).toordinal()
    span = TODAY.toordinal() - first + 1
    offset = stream.below(span)
    if stream.chance(30):
        offset = max(offset, stream.below(span))
    day = date.fromordinal(first + offset)
    if not stream.chance(4):
        day = make.workday(day)
    return min(_not_quiet(ground, flow, day), TODAY)


def _not_quiet(ground: Ground, flow: Flow, day: date) -> date:
    """The day, or one a month later where the org is to have a month without sales."""
    org, start, end = _QUIET
    if start <= day < end and flow.contract.org == ground.orgs[org].ref:
        return make.workday(day + timedelta(days=31))
    return day


def _moment(day: date, stream: Stream) -> datetime:
    return make.at(day, stream.between(9, 18), stream.below(60)).replace(second=stream.below(60))


def _lines(ground: Ground, flow: Flow, stream: Stream, day: date, *, buying: bool) -> list[Line]:
    """One to three rows whose totals add up to about the usual deal."""
    rows: list[Line] = []
    count = 1 + stream.below(3)
    wish = flow.scale * stream.between(20, 280) // 100 // count
    whole = flow.contract.terms != ""
    rate, mult = ground.rate(flow.contract.currency, day)
    vat = make.vat_on(day) if flow.contract.currency == "KZT" else "0"
    for _ in range(count):
        services = flow.services_only or flow.contract.currency != "KZT" or stream.chance(35)
        item: Item = stream.pick(ground.services if services else ground.goods)
        price = ground.prices[item.ref][1 if buying and not services else 0] * stream.between(92, 108) // 100
        price = max(price * 10_000 * mult // rate, 100)
        if whole or services:
            price = price // 100 * 100
        if services:
            rows.append(make.line(item, 1000, max(wish // 100 * 100, price // 4 // 100 * 100), vat))
        else:
            qty = max(wish * 1000 // price, 1000)
            rows.append(
                make.line(item, qty // 1000 * 1000 if whole or item.unit == "шт" else qty // 10 * 10, price, vat)
            )
    return rows


def _pay_day(day: date, flow: Flow, stream: Stream) -> date:
    """When a deal is paid: early, on the due day, or late."""
    due = day + timedelta(days=flow.contract.pay_days or 0)
    habit = stream.below(10)
    if habit < 3:
        paid = day + timedelta(days=stream.below((flow.contract.pay_days or 0) + 3))
    elif habit < 6:
        paid = due - timedelta(days=stream.below(3))
    elif habit < 9:
        paid = due + timedelta(days=stream.between(1, 40))
    else:
        paid = due + timedelta(days=stream.between(41, 150))
    return make.workday(max(paid, day))


def _account(ground: Ground, flow: Flow, stream: Stream) -> BankAccount:
    return stream.pick(ground.bank_accounts_of(flow.contract.org, flow.contract.currency))


def _pay(
    ground: Ground, flow: Flow, stream: Stream, day: date, rows: list[tuple[int, str | None, str | None]], *, out: bool
) -> Doc | None:
    """The payment of a deal; None when it lies beyond the horizon or is a future one that nobody has entered yet."""
    if day > LAST or (day > TODAY and not stream.chance(15)):
        return None
    if flow.contract.currency == "KZT" and sum(row[0] for row in rows) < 100_000_000 and stream.chance(12):
        kind = "cash_out" if out else "cash_in"
    else:
        kind = ("bank_out" if out else "bank_in") + ("" if stream.chance(85) else "_order")
    account = None if kind.startswith("cash") else _account(ground, flow, stream)
    return make.payment(ground, kind, stream.guid(), _moment(day, stream), flow.contract, rows, account=account)


def _settle(
    ground: Ground, flow: Flow, stream: Stream, made: list[Doc], doc: Doc, invoice: str | None, *, out: bool
) -> None:
    """Pay a shipment: in full with a link, in full without one, in parts, or not (yet)."""
    style = stream.below(100)
    day = doc.moment.date()
    target = doc.ref if style < 45 else None
    if style >= 92 and (day >= _RECENT or stream.chance(12)):
        return
    parts = [doc.total]
    if style >= 72:
        first = doc.total * stream.between(20, 80) // 100
        parts = [first, doc.total - first] if stream.chance(75) else [first]
    for total in parts:
        day = _pay_day(day, flow, stream)
        paid = _pay(ground, flow, stream, day, [(total, target, invoice)], out=out)
        if paid is not None:
            made.append(paid)


def _sale_deal(ground: Ground, flow: Flow, stream: Stream, made: list[Doc]) -> None:
    day = _day(ground, flow, stream)
    lines = _lines(ground, flow, stream, day, buying=False)
    invoice: Doc | None = None
    if stream.chance(60):
        invoice = make.trade(ground, "invoice_out", stream.guid(), _moment(day, stream), flow.contract, lines)
        made.append(invoice)
        if stream.chance(7):
            return  # asked for and never taken
    advance = 0
    if invoice is not None and stream.chance(14):
        advance = invoice.total * stream.between(30, 100) // 100
        paid = _pay(ground, flow, stream, make.workday(day), [(advance, None, invoice.ref)], out=False)
        if paid is None:
            advance = 0
        else:
            made.append(paid)
    shipped = make.workday(day + timedelta(days=stream.below(9) if invoice else 0))
    shipped = min(_not_quiet(ground, flow, shipped), TODAY)
    if shipped >= VAT_CHANGE > day:
        lines = _again(ground, lines, shipped)
    sale = make.trade(
        ground,
        "sale",
        stream.guid(),
        _moment(shipped, stream),
        flow.contract,
        lines,
        base=invoice.ref if invoice else None,
    )
    made.append(sale)
    if advance < sale.total:
        _settle_rest(ground, flow, stream, made, sale, invoice, advance)
    if flow.contract.currency == "KZT" and not flow.contract.terms and stream.chance(4):
        back = min(make.workday(shipped + timedelta(days=stream.between(2, 40))), TODAY)
        rows = [lines[0]]  # a return keeps the rate of its sale, whatever the year
        made.append(
            make.trade(ground, "sale_return", stream.guid(), _moment(back, stream), flow.contract, rows, base=sale.ref)
        )


def _settle_rest(
    ground: Ground, flow: Flow, stream: Stream, made: list[Doc], sale: Doc, invoice: Doc | None, advance: int
) -> None:
    number = invoice.ref if invoice else None
    if advance == 0:
        _settle(ground, flow, stream, made, sale, number, out=False)
        return
    day = _pay_day(sale.moment.date(), flow, stream)
    paid = _pay(ground, flow, stream, day, [(sale.total - advance, sale.ref, number)], out=False)
    if paid is not None:
        made.append(paid)


def _again(ground: Ground, lines: list[Line], day: date) -> list[Line]:
    """The same rows under the VAT rate of another day."""
    items = {item.ref: item for item in ground.items}
    rows = []
    for row in lines:
        vat = make.vat_on(day) if row.vat in {"12", "16"} else row.vat
        rows.append(make.line(items[row.item], row.qty, row.price, vat))
    return rows


def _purchase_deal(ground: Ground, flow: Flow, stream: Stream, made: list[Doc]) -> None:
    day = _day(ground, flow, stream)
    lines = _lines(ground, flow, stream, day, buying=True)
    if stream.chance(12):
        wish = sum(row.total for row in lines) * stream.between(20, 60) // 100
        paid = _pay(ground, flow, stream, make.workday(day), [(wish, None, None)], out=True)
        if paid is not None:
            made.append(paid)
    bought = min(make.workday(day + timedelta(days=stream.below(6))), TODAY)
    if bought >= VAT_CHANGE > day:
        lines = _again(ground, lines, bought)
    purchase = make.trade(ground, "purchase", stream.guid(), _moment(bought, stream), flow.contract, lines)
    made.append(purchase)
    _settle(ground, flow, stream, made, purchase, None, out=True)
    if flow.contract.currency == "KZT" and not flow.contract.terms and stream.chance(3):
        back = min(make.workday(bought + timedelta(days=stream.between(2, 20))), TODAY)
        made.append(
            make.trade(
                ground,
                "purchase_return",
                stream.guid(),
                _moment(back, stream),
                flow.contract,
                lines[:1],
                base=purchase.ref,
            )
        )
