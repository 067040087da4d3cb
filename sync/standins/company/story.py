"""From a seed to two states of the company and the answers that are true of the later one."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sync.standins.company import (
    crm,
    earlier,
    flow,
    ground,
    invoicing,
    itemised,
    ledger,
    numbering,
    parties,
    plants,
    posting,
    revaluing,
    statements,
    stock,
    treasury,
    truth,
)
from sync.standins.company.ground import TODAY, Ground
from sync.standins.company.model import Company, Doc
from sync.standins.company.plot import Plot


@dataclass(frozen=True, slots=True)
class Size:
    """Documents and counterparties of a size, both exact."""

    documents: int
    parties: int


SIZES = {"tiny": Size(60, 0), "demo": Size(5_000, 120), "large": Size(1_000_000, 20_000)}
_MISSING = date(2025, 9, 30)  # the last day with lines up to here is missing in the statements of the third account
_TINY_PARTIES = 2  # everyday parties of the tiny size, beside the planted ones


@dataclass(frozen=True, slots=True)
class Story:
    """The company on the evening of 2026-01-10, on 2026-01-31, and the truth of the latter as JSON-able values."""

    before: Company
    now: Company
    truth: dict[str, Any]


def generate(size: str, seed: int) -> Story:
    """The story of a size (tiny, demo, large) and a seed. Raises: KeyError for a size that is not one of SIZES."""
    with _no_collector():
        return _generate(size, seed)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Millions of records that all stay: looking for garbage among them would double the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _generate(size: str, seed: int) -> Story:
    wanted = SIZES[size]
    base = ground.make(seed)
    plot = plants.lay(base, size)
    docs = list(plot.docs)
    if size != "tiny":
        docs += [*treasury.routine(base), *revaluing.documents(base)]
    orgs = 1 if size == "tiny" else len(base.orgs)
    fixed = len(docs) + len(treasury.places(base, orgs)) + 2 * len(plants.suppliers_of_stock(plot))
    everyday = parties.make(
        base,
        max(wanted.parties - len(plot.circle.parties), _TINY_PARTIES),
        wanted.documents - fixed,
        orgs=orgs,
        services_only=size == "tiny",
    )
    for share in everyday.flows:
        docs += flow.documents(base, share)
    docs += treasury.first_stock(base, docs, plants.suppliers_of_stock(plot))
    docs += treasury.contributions(base, docs, orgs)
    contracts = {contract.ref: contract for contract in (*plot.circle.contracts, *everyday.contracts)}
    every = sorted([*docs, *plot.gone], key=_when)
    numbering.assign(base, every, contracts)
    itemised.assign(base.seed, every, plot.cash_items)
    gone = {doc.ref for doc in plot.gone}
    docs = [doc for doc in every if doc.ref not in gone]
    now = _company(size, base, plot, everyday)
    now.docs = docs
    pools = ledger.walk(docs, contracts)
    added = revaluing.revalue(base, docs, pools.values())
    now.entries = posting.post(base, contracts, docs, pools.values(), added)
    now.stock = sorted([*stock.moves(docs), *plot.sent], key=lambda move: move.moment)
    now.orders, now.promises, now.units = list(plot.orders), list(plot.promises), list(plot.units)
    _write_down(now, base, plot)
    before = earlier.state(now, base, plot, every)
    return Story(before, now, truth.tell(now, base, pools, plot.facts))


def _when(doc: Doc) -> tuple[object, str]:
    return doc.moment, doc.ref


def _company(size: str, base: Ground, plot: Plot, everyday: parties.Circle) -> Company:
    return Company(
        size,
        base.seed,
        TODAY,
        [*base.orgs, base.idle] if size != "tiny" else list(base.orgs),
        [*plot.circle.parties, *everyday.parties],
        [*plot.circle.contracts, *everyday.contracts],
        list(base.banks),
        [*base.accounts, *plot.circle.accounts, *everyday.accounts],
        list(base.desks),
        itemised.items(base.seed),
        list(base.items),
        list(base.warehouses),
        list(base.rates),
    )


def _write_down(now: Company, base: Ground, plot: Plot) -> None:
    """What the banks and the CRM wrote of the same company."""
    accounts = {account.owner: account for account in now.bank_accounts if not account.owner_is_org}
    cards = statements.Cards(
        {party.ref: party for party in now.parties}, accounts, {bank.ref: bank.bic for bank in now.banks}
    )
    made = statements.lines(base, now.docs, cards, plot.quirks)
    if now.size != "tiny":
        plot.quirks.late = statements.last_day(made[base.accounts[2].ref], _MISSING)
    now.statements = statements.cut(base, made, now.size, plot.quirks)
    invoices = invoicing.make(base, now.size, now.docs, cards.parties, plot.invoicing)
    now.einvoices = invoicing.exports(now.orgs, invoices)
    now.papers = invoicing.papers(base.seed, now.docs, invoices, plot.invoicing)
    buyers = {contract.party for contract in now.contracts if contract.kind == "sale"}
    customers = [party for party in now.parties if party.ref in buyers and party.own_org is None]
    _put(now, crm.make(base, now.size, customers, accounts, now.docs, plot.titles, plot.deals))


def _put(company: Company, kept: crm.Crm) -> None:
    company.users, company.companies, company.contacts = kept.users, kept.companies, kept.contacts
    company.pipelines, company.stages = kept.pipelines, kept.stages
    company.deals, company.crm_invoices = kept.deals, kept.invoices
