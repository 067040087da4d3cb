"""When the made-up company could ship, worked out day by day from its own records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sync.standins.company.ground import TODAY
from sync.standins.company.model import Company, Item
from sync.standins.company.promise import Order
from sync.standins.company.promising import LEAD_TIMES, balance

_AHEAD = 400  # days: farther than any promise


@dataclass(frozen=True, slots=True)
class Standing:
    """One item in one store on the day of the company; thousandths. free: what is free on each day from then on."""

    on_hand: int
    reserved: dict[str, int]  # order number → quantity
    taken: int  # ordered, not reserved
    coming: dict[str, tuple[int, date]]  # counted on: order number → quantity, day
    free: tuple[int, ...]

    def ready(self, need: int) -> date | None:
        """The first day on and after which `need` is free."""
        day = None
        for n in range(len(self.free) - 1, -1, -1):
            if self.free[n] < need:
                break
            day = TODAY + timedelta(days=n)
        return day


def standing(now: Company, item: Item, store: str) -> Standing:
    """What a store has, owes and awaits of an item."""
    orders = {order.ref: order for order in now.orders}
    names = {store.ref: store.name for store in now.warehouses}
    today = [p for p in now.promises if p.moment.date() <= TODAY and p.item == item.ref]
    on_hand = sum(
        move.qty if move.receipt else -move.qty
        for move in now.stock
        if (move.item, move.warehouse) == (item.ref, store) and move.moment.date() <= TODAY
    )
    reserves = balance(today, "reserve")
    reserved = {orders[order].number: qty for (_, place, order), qty in reserves.items() if place == store}
    changes: list[tuple[date, int]] = []
    taken = 0
    for (_, place, order), qty in balance(today, "ordered_out").items():
        held = sum(kept for (_, _, whose), kept in reserves.items() if whose == order)
        if place == store and qty > held:
            taken += qty - held
            changes.append((max(orders[order].day or TODAY, TODAY), held - qty))
    coming: dict[str, tuple[int, date]] = {}
    for register in ("ordered_in", "in_transit"):
        for (_, place, order), qty in balance(today, register).items():
            day = _arrival(orders[order], names)
            if place == store and day and day >= TODAY:
                coming[orders[order].number] = qty, day
                changes.append((day, qty))
    free = on_hand - sum(reserved.values())
    days = tuple(free + sum(qty for day, qty in changes if day <= TODAY + timedelta(days=n)) for n in range(_AHEAD))
    return Standing(on_hand, reserved, taken, coming, days)


def lead_days(start: str, end: str) -> int | None:
    """Days from a store to a place by their names; None when the company has not said."""
    return next((days for place, there, days in LEAD_TIMES if (place, there) == (start, end)), None)


def rebar(now: Company, fact: Mapping[str, Any], need: int, place: str) -> dict[str, Any]:
    """The row that answers whether `need` of the planted item can be shipped. Raises AssertionError when the plant is not what it says."""
    item = next(item for item in now.items if item.name == fact["item"])
    store = next(store for store in now.warehouses if store.name == fact["warehouse"])
    found = standing(now, item, store.ref)
    reserved = sum(found.reserved.values())
    free = found.on_hand - reserved
    ready, days = found.ready(need), lead_days(store.name, place)
    told = [quantity(q) for q in (found.on_hand, reserved, free, found.taken)]
    if told != [fact[k] for k in ("on_hand", "reserved", "available", "not_reserved")] or ready is None or days is None:
        raise AssertionError(found)
    return {
        "item": item.name,
        "unit": item.unit,
        "need": quantity(need),
        "warehouse": store.name,
        "on_hand": quantity(found.on_hand),
        "reserved": quantity(reserved),
        "available": quantity(free),
        "shortage": quantity(max(need - free, 0)),
        "not_reserved": quantity(found.taken),
        "incoming": quantity(sum(qty for qty, _ in found.coming.values())),
        "supplies": "; ".join(f"№ {number}: {quantity(qty)}, {day}" for number, (qty, day) in found.coming.items()),
        "ready_on": ready.isoformat(),
        "lead_days": days,
        "arrives_on": (ready + timedelta(days=days)).isoformat(),
        "reason": "after_supply" if free < need else "after_orders" if ready > TODAY else "now",
    }


def _arrival(order: Order, names: dict[str, str]) -> date | None:
    if order.kind != "transfer":
        return order.day
    days = lead_days(names[order.warehouse or ""], names[order.warehouse_to or ""])
    return None if days is None else order.moment.date() + timedelta(days=days)


def quantity(thousandths: int) -> str:
    """«-1.500»."""
    whole, part = divmod(abs(thousandths), 1000)
    return f"{'-' if thousandths < 0 else ''}{whole}.{part:03d}"
