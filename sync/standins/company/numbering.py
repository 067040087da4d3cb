"""Numbers of documents, in order of time within org, kind and year, and the texts that quote them."""

from __future__ import annotations

from collections.abc import Iterable

from sync.standins.company.ground import Ground
from sync.standins.company.model import Contract, Doc

KEPT = 234  # this number belongs to planted documents alone
_PREFIXED = frozenset({"bank_in", "bank_in_order", "bank_out", "bank_out_order", "cash_in", "cash_out"})


def assign(ground: Ground, docs: Iterable[Doc], contracts: dict[str, Contract]) -> None:
    """Give each document that has none its number, and each payment its purpose; documents come in order of time.

    The documents are fresh and seen by nobody yet, and a million of copies would double the time of making them:
    that is why their frozen fields are set here, once.
    """
    prefixes = {org.ref: "" if i == 0 else org.prefix for i, org in enumerate(ground.orgs)}
    counters: dict[tuple[str, str, int], int] = {}
    quoted: dict[str, str] = {}
    put = object.__setattr__
    for doc in docs:
        number = doc.number
        if not number:
            key = (doc.org, doc.kind, doc.moment.year)
            count = counters.get(key, 0) + 1
            if count == KEPT:
                count += 1
            counters[key] = count
            prefix = prefixes[doc.org]
            number = f"{prefix}{count:0{11 - len(prefix)}d}"
            put(doc, "number", number)
        if doc.kind == "invoice_out":
            quoted[doc.ref] = f"{shown(number)} от {doc.moment:%d.%m.%Y}"
        elif doc.kind in _PREFIXED:
            if doc.in_date is not None and not doc.in_number:
                put(doc, "in_number", str(int(doc.ref[:6], 16) % 99_000 + 1000))
            if not doc.purpose:
                put(doc, "purpose", _purpose(doc, quoted, contracts))
        elif doc.kind == "purchase" and not doc.in_number:
            put(doc, "in_number", str(int(doc.ref[:6], 16) % 9_000 + 1))
            put(doc, "in_date", doc.moment.date())


def shown(number: str) -> str:
    """A number as people say it: «234» for «00000000234»."""
    head = number.rstrip("0123456789")
    return head + number[len(head) :].lstrip("0")


def _purpose(doc: Doc, quoted: dict[str, str], contracts: dict[str, Contract]) -> str:
    row = doc.allocations[0]
    if row.invoice in quoted:
        return f"Оплата по счету № {quoted[row.invoice]}"
    word = "Возврат" if doc.operation.startswith("Возврат") else "Оплата"
    return f"{word} по договору {contracts[row.contract].number}"
