"""Cash flow items of payments: in the head, in the rows, in both or nowhere, as accountants fill them in.

What an everyday payment says follows from its own reference, so that no other draw moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sync.standins.company import documents as make
from sync.standins.company.model import CashItem, Doc
from sync.standins.company.stream import Stream

CUSTOMERS, GOODS, SERVICES = "Оплата от покупателей", "Оплата поставщикам за товары", "Оплата подрядчикам за услуги"
OWNERS, OWN = "Взносы учредителей", "Переводы между своими счетами"
_NAMES = (CUSTOMERS, GOODS, SERVICES, OWNERS, OWN)
_USUAL = {
    make.IN_CUSTOMER: CUSTOMERS,
    make.OUT_CUSTOMER: CUSTOMERS,
    make.OUT_SUPPLIER: GOODS,
    make.IN_SUPPLIER: GOODS,
    make.OTHER_IN: OWNERS,
    make.TRANSFER: OWN,
    make.BUY_CURRENCY: OWN,
    make.FROM_BANK: OWN,
    make.TO_BANK: OWN,
}  # a bank's fee has none
Named = tuple[str | None, ...]  # the item of the head, then of each row, by name


def items(seed: int) -> list[CashItem]:
    """The catalog of items."""
    return [CashItem(Stream(seed, "cash item", i).guid(), f"{i + 1:09d}", name) for i, name in enumerate(_NAMES)]


def assign(seed: int, docs: Iterable[Doc], planted: Mapping[str, Named]) -> None:
    """Give payments their items: planted ones what was planted, by reference; fields are set as `numbering.assign` does."""
    put = object.__setattr__
    refs: dict[str | None, str] = {item.name: item.ref for item in items(seed)}
    for doc in docs:
        if doc.ref not in planted and doc.operation not in _USUAL:
            continue
        head, *rows = planted.get(doc.ref) or _usual(doc)
        put(doc, "cash_item", refs.get(head))
        for row, name in zip(doc.allocations, rows, strict=True):
            put(row, "cash_item", refs.get(name))


def _usual(doc: Doc) -> Named:
    word = int(doc.ref[24:30], 16)
    name = _USUAL[doc.operation]
    if name == GOODS and word % 3 == 0:
        name = SERVICES
    place = word // 16 % 16  # 0: nobody has filled it in; 1 and 2: the head alone; 3 and 4: the rows alone
    rows = [None if place in {0, 1, 2} else name] * len(doc.allocations)
    return None if place in {0, 3, 4} else name, *rows
