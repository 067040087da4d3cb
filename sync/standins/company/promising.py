"""Planted facts of promised goods: what is reserved, ordered, on its way, and in which units it may be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sync.standins.company import documents as make
from sync.standins.company.model import Contract, Doc, Item, StockMove
from sync.standins.company.plot import Plot
from sync.standins.company.promise import ItemUnit, Order, Promise
from sync.standins.company.stream import Stream

# from a store, to a store or a city, days: what the company knows and 1C does not
LEAD_TIMES = (
    ("Основной склад", "Алматы", 3),
    ("Площадка Өзен", "Алматы", 5),
    ("Основной склад", "Площадка Өзен", 4),
    ("Площадка Өзен", "Основной склад", 4),
)


def rebar(plot: Plot) -> None:
    """Fact 4: 5 t of rebar are asked for; 6.12 t are there, 2.7 t of them reserved, 10 t are on order. A lot in metres has no factor."""
    stream = plot.stream(4)
    bar, cut, _ = plot.ground.promised
    store = plot.ground.warehouses[0].ref
    mill = plot.contract(stream, plot.party(4, 0, "ТОО", "Образец-Прокат"), "purchase", "ПР-1", pay_days=30)
    first = plot.contract(stream, plot.party(4, 1, "ТОО", "Образец-Каркас"), "sale", "КР-1", pay_days=14)
    second = plot.contract(stream, plot.party(4, 2, "ТОО", "Образец-Перекрытие"), "sale", "ПК-1", pay_days=14)
    _moved(plot, stream, "purchase", mill, date(2025, 12, 3), bar, 14_000, store)
    _moved(plot, stream, "sale", second, date(2025, 12, 18), bar, 5_880, store)
    _moved(plot, stream, "purchase", mill, date(2025, 12, 4), cut, 2_400_000, store)
    # Ordered and reserved before the new year, shipped since: the reservation is gone with the shipment.
    done = _order(plot, stream, "order_out", second, date(2025, 12, 22), bar, 2_000, date(2026, 1, 14), store)
    _reserve(plot, done, bar, 2_000, date(2025, 12, 22))
    shipped = _moved(plot, stream, "sale", second, date(2026, 1, 14), bar, 2_000, store)
    _close(plot, shipped, done, bar, 2_000, "reserve", "ordered_out")
    # 2.5 t are ordered and 1.7 t of them reserved: the other 0.8 t must come out of what is free on the day of shipment.
    large = _order(plot, stream, "order_out", first, date(2026, 1, 20), bar, 2_500, date(2026, 2, 4), store)
    _reserve(plot, large, bar, 1_700, date(2026, 1, 20))
    small = _order(plot, stream, "order_out", second, date(2026, 1, 8), bar, 1_000, date(2026, 2, 12), store)
    _reserve(plot, small, bar, 1_000, date(2026, 1, 8))
    coming = _order(plot, stream, "order_in", mill, date(2026, 1, 9), bar, 10_000, date(2026, 2, 6), store)
    plot.orders_were[coming.ref] = {"day": date(2026, 1, 25)}  # put off since
    for name, unit, factor in (("кг", "кг", 1_000), ("м", "м", 888), ("связка", "шт", 2_000_000)):
        code = f"{len(plot.units) + 1:09d}"
        plot.units.append(ItemUnit(stream.guid(), code, bar.ref, name, unit, factor))
    plot.facts["4"] = {
        "item": bar.name, "unit": "т", "warehouse": plot.ground.warehouses[0].name, "asked": "5.000",
        "on_hand": "6.120", "reserved": "2.700", "available": "3.420", "not_reserved": "0.800",
        "reserved_for": {large.number: "1.700", small.number: "1.000"},
        "incoming": {"order": coming.number, "qty": "10.000", "eta": "2026-02-06"}, "eta_before": "2026-01-25",
        "shipped": done.number,
        "units": {"кг": "0.001000", "м": "0.000888", "связка": "2.000000"},
        "no_factor": {"item": cut.name, "unit": "м", "on_hand": "2400.000"},
    }  # fmt: skip


def over_promised(plot: Plot) -> None:
    """Fact 22, more of it: more is reserved than there is, a supply is late, a transfer is on its way."""
    stream = plot.stream(122)
    sheet = plot.ground.promised[2]
    main, far = plot.ground.warehouses[0], plot.ground.warehouses[3]
    mill = plot.contract(stream, plot.party(22, 1, "ТОО", "Образец-Лист"), "purchase", "ЛС-1", pay_days=30)
    buyer = plot.contract(stream, plot.party(22, 2, "ТОО", "Образец-Навес"), "sale", "КВ-1", pay_days=14)
    _moved(plot, stream, "purchase", mill, date(2025, 12, 10), sheet, 8_000, main.ref)
    order = _order(plot, stream, "order_out", buyer, date(2026, 1, 19), sheet, 3_500, date(2026, 2, 20), main.ref)
    _reserve(plot, order, sheet, 3_500, date(2026, 1, 19))
    late = _order(plot, stream, "order_in", mill, date(2025, 12, 29), sheet, 5_000, date(2026, 1, 20), main.ref)
    moment = make.at(date(2026, 1, 29), 15)
    sent = Order(
        stream.guid(),
        "transfer",
        _number(plot, "transfer"),
        moment,
        plot.ground.orgs[0].ref,
        None,
        None,
        None,
        main.ref,
        far.ref,
    )
    plot.orders.append(sent)
    plot.sent.append(StockMove(sent.ref, 1, moment, sent.org, sheet.ref, main.ref, 6_000, False))
    _promise(plot, "in_transit", sent.ref, sent, sheet, far.ref, 6_000, receipt=True)
    plot.facts["22"]["promised"] = {
        "item": sheet.name, "warehouse": main.name, "on_hand": "2.000", "reserved": "3.500", "available": "-1.500",
        "late": {"order": late.number, "qty": "5.000", "eta": "2026-01-20"},
        "transit": {"order": sent.number, "to": far.name, "qty": "6.000", "eta": "2026-02-02"},
    }  # fmt: skip


def _moved(
    plot: Plot, stream: Stream, kind: str, contract: Contract, day: date, item: Item, qty: int, store: str
) -> Doc:
    """A posted purchase or sale of one row of goods."""
    price, cost = plot.ground.prices[item.ref]
    row = make.line(item, qty, cost if kind == "purchase" else price, make.vat_on(day))
    doc = make.trade(plot.ground, kind, stream.guid(), make.at(day, 13), contract, [row])
    return plot.add(replace(doc, warehouse=store))


def _number(plot: Plot, kind: str) -> str:
    return f"{sum(order.kind == kind for order in plot.orders) + 1:011d}"


def _order(
    plot: Plot, stream: Stream, kind: str, contract: Contract, day: date, item: Item, qty: int, due: date, store: str
) -> Order:
    price, cost = plot.ground.prices[item.ref]
    total = (cost if kind == "order_in" else price) * qty // 1000
    order = Order(
        stream.guid(), kind, _number(plot, kind), make.at(day, 10), contract.org, contract.party, contract.ref, due, store,
        total=total,
    )  # fmt: skip
    plot.orders.append(order)
    _promise(
        plot, "ordered_in" if kind == "order_in" else "ordered_out", order.ref, order, item, store, qty, receipt=True
    )
    return order


def _reserve(plot: Plot, order: Order, item: Item, qty: int, day: date) -> None:
    _promise(plot, "reserve", order.ref, order, item, order.warehouse or "", qty, receipt=True, day=day)


def _close(plot: Plot, shipped: Doc, order: Order, item: Item, qty: int, *registers: str) -> None:
    """What a shipment takes out of the registers of promises."""
    for register in registers:
        _promise(
            plot,
            register,
            shipped.ref,
            order,
            item,
            order.warehouse or "",
            qty,
            receipt=False,
            day=shipped.moment.date(),
        )


def _promise(
    plot: Plot,
    register: str,
    doc: str,
    order: Order,
    item: Item,
    store: str,
    qty: int,
    *,
    receipt: bool,
    day: date | None = None,
) -> None:
    moment = make.at(day, 13) if day else order.moment
    line = sum(p.register == register and p.doc == doc for p in plot.promises) + 1
    plot.promises.append(Promise(register, doc, line, moment, item.ref, store, order.ref, qty, receipt))


def balance(promises: Iterable[Promise], register: str) -> dict[tuple[str, str, str], int]:
    """What is still promised: thousandths by (item, store, order)."""
    left: dict[tuple[str, str, str], int] = {}
    for row in promises:
        if row.register == register:
            key = row.item, row.warehouse, row.order
            left[key] = left.get(key, 0) + (row.qty if row.receipt else -row.qty)
    return {key: qty for key, qty in left.items() if qty}
