"""The company as it stood on the evening of 2026-01-10: what was entered by then, with the fields of then.

Entries of a document rest on nothing that is dated later, but for money kept for a document that comes later. So the
two states share all records but those of contracts where something changed in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sync.standins.company import crm, invoicing, ledger, posting, statements, stock
from sync.standins.company.ground import EARLIER, Ground
from sync.standins.company.model import Company, Doc, Entry
from sync.standins.company.plot import Plot


def state(now: Company, ground: Ground, plot: Plot, every: Sequence[Doc]) -> Company:
    """The earlier state. `every` holds the documents of the later one and those that are gone from it, in order."""
    before = replace(now)
    before.docs = docs = entered(every, plot)
    before.entries = _entries(now, ground, plot, docs)
    before.stock = sorted(
        [*stock.moves(docs), *(move for move in plot.sent if move.moment.date() <= EARLIER)],
        key=lambda move: move.moment,
    )
    before.orders = [
        replace(order, **plot.orders_were.get(order.ref, {})) for order in now.orders if order.moment.date() <= EARLIER
    ]
    before.promises = [promise for promise in now.promises if promise.moment.date() <= EARLIER]
    before.rates = [rate for rate in now.rates if rate.day <= EARLIER]
    before.statements = statements.known(now.statements, EARLIER)
    before.einvoices = invoicing.known(now.einvoices, EARLIER)
    there = {doc.ref for doc in docs}
    before.papers = [paper for paper in now.papers if paper.moment.date() <= EARLIER and paper.base in there]
    kept = crm.earlier(
        crm.Crm(now.users, now.companies, now.contacts, now.pipelines, now.stages, now.deals, now.crm_invoices)
    )
    before.deals, before.crm_invoices = kept.deals, kept.invoices
    return before


def entered(every: Iterable[Doc], plot: Plot) -> list[Doc]:
    """Documents up to EARLIER that nobody entered later, with the fields that have changed since put back."""
    return [
        replace(doc, **plot.was[doc.ref]) if doc.ref in plot.was else doc
        for doc in every
        if doc.moment.date() <= EARLIER and doc.ref not in plot.late
    ]


def _contracts(doc: Doc) -> Iterator[str]:
    if doc.contract:
        yield doc.contract
    yield from (row.contract for row in doc.allocations)
    yield from (row.contract for row in doc.adjustments)


def _entries(now: Company, ground: Ground, plot: Plot, docs: Sequence[Doc]) -> list[Entry]:
    touched = _touched(now, plot, docs)
    fresh = [doc for doc in docs if any(contract in touched for contract in _contracts(doc))]
    contracts = {contract.ref: contract for contract in now.contracts}
    if any(contracts[ref].currency != "KZT" for ref in touched):
        raise AssertionError("a month's end would have to be revalued anew")
    posted = posting.post(ground, contracts, fresh, ledger.walk(fresh, contracts).values(), {})
    again = {doc.ref for doc in fresh}
    there = {doc.ref for doc in docs}
    entries = [entry for entry in now.entries if entry.doc in there and entry.doc not in again] + posted
    entries.sort(key=lambda entry: (entry.moment, entry.doc, entry.line))
    return entries


def _touched(now: Company, plot: Plot, docs: Sequence[Doc]) -> set[str]:
    """Contracts whose entries up to EARLIER may differ, with all that share a document with them."""
    there = {doc.ref for doc in docs}
    touched = {
        contract
        for doc in (*now.docs, *docs)
        if doc.ref in plot.was
        or (doc.moment.date() <= EARLIER and doc.ref in plot.late)
        or any(row.target is not None and row.target not in there for row in doc.allocations if doc.ref in there)
        for contract in _contracts(doc)
    } | {contract for doc in plot.gone for contract in _contracts(doc)}
    shared = [contracts for doc in docs if len(contracts := set(_contracts(doc))) > 1]
    grown = -1
    while grown != len(touched):
        grown = len(touched)
        for contracts in shared:
            if contracts & touched:
                touched |= contracts
    return touched
