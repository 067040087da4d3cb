"""What is true of the electronic invoices: each sale of a quarter beside what the portal holds of it, from the company's own records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sync.standins.company import tax
from sync.standins.company.einvoice import ADDITIONAL, Invoice
from sync.standins.company.ground import TODAY, to_kzt
from sync.standins.company.invoicing import TERM
from sync.standins.company.model import Company, Doc
from sync.standins.company.plot import money

FIRST, LAST = date(2025, 10, 1), date(2025, 12, 31)
WRONG = ("missing_esf", "missing_1c", "sum_diff", "vat_diff", "cancelled_but_posted", "late")


def issued(now: Company) -> list[dict[str, Any]]:
    """Rows of the reconciliation of 2025-Q4, issued invoices only, by own entity in order of names."""
    invoices: dict[str, list[Invoice]] = defaultdict(list)
    for invoice in {one.reg_no: one for export in now.einvoices for one in export.invoices}.values():
        invoices[invoice.doc or ""].append(invoice)
    returns: dict[str, list[Doc]] = defaultdict(list)
    for doc in now.docs:
        if doc.kind == "sale_return" and doc.posted and not doc.deleted and doc.moment.date() <= TODAY:
            returns[doc.base or ""].append(doc)
    cards = {party.ref: party for party in now.parties}
    rows = []
    for org in sorted(now.orgs, key=lambda one: one.name):
        outcomes: Counter[str] = Counter()
        book = told = 0
        for doc in now.docs:
            if (
                (doc.kind, doc.org) != ("sale", org.ref)
                or not doc.posted
                or doc.deleted
                or not FIRST <= doc.moment.date() <= LAST
            ):
                continue
            back = returns[doc.ref]
            owed = _kzt(doc, doc.total) - sum(_kzt(one, one.total) for one in back)
            vat = _vat(doc) - sum(map(_vat, back))
            held = [*invoices[doc.ref], *(invoice for one in back for invoice in invoices[one.ref])]
            book += owed
            told += _standing(held)
            if tax.is_valid(cards[doc.party or ""].bin):
                outcomes[_outcome(doc, owed, vat, held)] += 1
            else:  # the portal knows the right number, and nobody of it stands in 1C
                outcomes.update(("missing_esf", "missing_1c"))
        if outcomes:
            rows.append({
                "org": org.name, "direction": "out", "turnovers": outcomes.total(), "ok": outcomes["ok"],
                "problems": sum(outcomes[name] for name in WRONG), **{name: outcomes[name] for name in WRONG},
                "book_kzt": money(book), "esf_kzt": money(told), "difference_kzt": money(told - book),
            })  # fmt: skip
    return rows


def _kzt(doc: Doc, total: int) -> int:
    return to_kzt(total, doc.rate, doc.mult)


def _vat(doc: Doc) -> int:
    return sum(row.vat_total for row in (*doc.goods, *doc.services))


def _counts(invoice: Invoice) -> bool:
    return invoice.states[-1].status in ("CREATED", "DELIVERED")


def _standing(held: Iterable[Invoice]) -> int:
    return sum(to_kzt(one.total, one.rate, one.mult) for one in held if _counts(one))


def _outcome(doc: Doc, owed: int, vat: int, held: list[Invoice]) -> str:
    basic = [one for one in held if one.kind != ADDITIONAL]
    if not basic:
        return "missing_esf"
    if not any(map(_counts, basic)):
        return "cancelled_but_posted"
    if _standing(held) != owed:
        return "sum_diff"
    if sum(row.vat_total for one in held if _counts(one) for row in one.rows) != vat:
        return "vat_diff"
    late = min(one.issued for one in basic) > doc.moment.date() + timedelta(days=TERM)
    return "late" if late else "ok"
