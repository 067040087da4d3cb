"""Records of promises of goods: orders, what is reserved and on its way, units with factors.

Quantity is an int in thousandths of the item's base unit, a factor an int in millionths of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Order:
    """A customer's order, an order to a supplier, or a transfer between stores. `total` in tiyn.

    day: when a customer's order is to be shipped or a supplier's is to arrive; a transfer has none.
    """

    ref: str
    kind: str  # order_out | order_in | transfer
    number: str
    moment: datetime
    org: str
    party: str | None
    contract: str | None
    day: date | None
    warehouse: str | None  # where it ships from, or arrives
    warehouse_to: str | None = None  # of a transfer
    total: int = 0
    comment: str = ""
    posted: bool = True
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """A row of one of the registers of promises; `qty` positive in both directions, `receipt` adds to what is promised."""

    register: str  # reserve | ordered_out | ordered_in | in_transit
    doc: str  # what wrote it: the order, or the shipment that fulfils it
    line: int
    moment: datetime
    item: str
    warehouse: str
    order: str
    qty: int
    receipt: bool


@dataclass(frozen=True, slots=True)
class ItemUnit:
    """Another unit of an item: how many base units one of it is, in millionths."""

    ref: str
    code: str
    item: str
    name: str
    unit: str  # of the classifier
    factor: int
