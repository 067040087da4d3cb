"""Electronic invoices of the files, held against sales and purchases by hand: one document after another, each takes its invoice away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.oracle_case import Case
from tests.oracle_money import day_of, in_kzt
from tests.oracle_published import Rows
from tests.oracle_records import Paper
from tests.oracle_reports import short
from tests.oracle_wire import TAX_INVOICES

TERM = timedelta(days=15)
ZERO, ONE = Decimal(0), Decimal(1)
STANDS = {"CREATED", "DELIVERED", "IMPORTED"}


@dataclass(slots=True)
class Invoice:
    """As the last of the files' states has it."""

    reg_no: str
    state: str
    changed: str
    kind: str
    number: str
    delivery: str
    issued: date
    turnover: date
    seller: str
    buyer: str
    currency: str
    total: Decimal
    vat: Decimal
    kzt: Decimal
    corrects: str


@dataclass(slots=True)
class Chain:
    """Invoices that correct each other, oldest first."""

    mains: list[Invoice] = field(default_factory=list)
    more: list[Invoice] = field(default_factory=list)

    @property
    def counting(self) -> Invoice | None:
        return next((m for m in reversed(self.mains) if m.state in STANDS), None)

    @property
    def head(self) -> Invoice:
        return self.counting or self.mains[-1]

    def worth(self, what: str) -> Decimal:
        held = [m for m in [self.counting, *self.more] if m and m.state in STANDS]
        return sum((getattr(m, what) for m in held), ZERO)


def read(files: Iterable[Path]) -> list[Invoice]:
    """Each invoice once, in the state that changed last."""
    found: dict[str, Invoice] = {}
    for file in sorted(files):
        for info in ET.parse(file).iter("invoiceInfo"):
            invoice = _invoice(info)
            if invoice.reg_no not in found or found[invoice.reg_no].changed <= invoice.changed:
                found[invoice.reg_no] = invoice
    return list(found.values())


def _invoice(info: ET.Element) -> Invoice:
    body = ET.fromstring(info.findtext("invoiceBody") or "")

    def day(name: str) -> date:
        d, m, y = (body.findtext(name) or "").split(".")
        return date(int(y), int(m), int(d))

    total, vat = (Decimal(body.findtext(f"productSet/{n}") or "0") for n in ("totalPriceWithTax", "totalNdsAmount"))
    rate = Decimal(body.findtext("productSet/currencyRate") or "1")
    return Invoice(
        info.findtext("registrationNumber") or "", info.findtext("invoiceStatus") or "", info.findtext("lastUpdateDate") or "",
        body.findtext("invoiceType") or "", body.findtext("num") or "", body.findtext("deliveryDocNum") or "", day("date"), day("turnoverDate"),
        body.findtext("sellers/seller/tin") or "", body.findtext("customers/customer/tin") or "",
        body.findtext("productSet/currencyCode") or "", total, vat, in_kzt(total, rate, ONE),
        body.findtext("relatedInvoice/registrationNumber") or "",
    )  # fmt: skip


def rows(case: Case, invoices: list[Invoice]) -> Rows:
    """(direction, outcome, entity, party, number, registration number, turnover, 1C and invoices in tenge, days late)."""
    entities = {org["Ref_Key"]: case.party(org["Ref_Key"]) for org in case.wire["Catalog_Организации"]}
    found: Rows = []
    for entity, number in entities.items():
        for direction in ("out", "in"):
            mine = [i for i in invoices if (i.seller if direction == "out" else i.buyer) == number]
            if mine:
                found += [(direction, row[0], number, *row[1:]) for row in _side(case, entity, direction, mine)]
    return found


def _side(case: Case, entity: str, direction: str, invoices: list[Invoice]) -> Iterator[tuple[object, ...]]:
    first = min(i.issued for i in invoices).replace(day=1)
    last = max(max(i.issued, date.fromisoformat(i.changed[:10])) for i in invoices)
    known = set(case.books.names.values())
    free = _chains(invoices)
    kind = "sale" if direction == "out" else "purchase"
    mains, back = _documents(case, entity, kind, first, last)
    taken = _taken(case, direction, mains, free)
    for p, turnover, _ in mains:
        held = taken.get(p.ref)
        required = turnover >= first and (direction == "out" or p.vat)
        if held or required:
            outcome = _outcome(p, back[p.ref], held, turnover, last)
            kzt = _kzt(p) - sum((_kzt(r) for r in back[p.ref]), ZERO)
            issued = min(m.issued for m in held.mains) if held else last
            late = max((issued - turnover - TERM).days, 0)
            yield (
                outcome,
                case.party(p.party),
                p.number,
                held.head.reg_no if held else None,
                turnover,
                kzt,
                held.worth("kzt") if held else ZERO,
                late,
            )
    for chain in free:
        if (alone := chain.counting) is not None:
            party = _other(alone, direction)
            late = max((chain.mains[0].issued - alone.turnover - TERM).days, 0)
            yield (
                "missing_1c",
                party if party in known else None,
                None,
                alone.reg_no,
                alone.turnover,
                ZERO,
                chain.worth("kzt"),
                late,
            )


def _documents(
    case: Case, entity: str, kind: str, first: date, last: date
) -> tuple[list[tuple[Paper, date, str]], dict[str, list[Paper]]]:
    """Documents with the day of their turnover and the number to look for, and what came back of each."""
    incoming = {row["Ref_Key"]: row for row in case.wire["Document_ПоступлениеТоваровУслуг"]}
    papers = [
        p for p in case.books.papers.values() if p.counts and p.org == entity and p.kind in (kind, f"{kind}_return")
    ]
    back: dict[str, list[Paper]] = defaultdict(list)
    for p in papers:
        if p.kind.endswith("_return") and p.day <= last:
            back[p.base].append(p)
    mains = []
    for p in papers:
        row = incoming.get(p.ref)
        turnover = (row and day_of(row["ДатаВходящегоДокумента"])) or p.day
        if p.kind == kind and first - timedelta(days=60) <= turnover <= last:
            mains.append((p, turnover, short(row["НомерВходящегоДокумента"] if row else p.number)))
    return mains, back


def _taken(case: Case, direction: str, mains: list[tuple[Paper, date, str]], free: list[Chain]) -> dict[str, Chain]:
    """The chain of each document, by number and then by amount; what is taken is free no more."""
    taken: dict[str, Chain] = {}
    named = _named(case) if direction == "out" else {}
    for p, _, _ in mains:
        for chain in free if p.ref in named else ():
            head = chain.head
            if head.buyer == case.party(p.party) and (head.turnover, short(head.number)) in named[p.ref]:
                taken[p.ref] = chain
                free.remove(chain)
                break
    for by_delivery in (True, False):
        for p, turnover, number in mains:
            for chain in free:
                head = chain.head
                said = head.delivery if by_delivery else head.number
                if (
                    p.ref not in taken
                    and number
                    and (_other(head, direction), head.turnover, short(said)) == (case.party(p.party), turnover, number)
                ):
                    taken[p.ref] = chain
                    free.remove(chain)
                    break
    fits = {
        p.ref: [c for c in free if (_other(c.head, direction), c.head.currency, c.head.total) == (case.party(p.party), p.currency, p.total)
                and abs(c.head.turnover - turnover).days <= 3]
        for p, turnover, _ in mains if p.ref not in taken
    }  # fmt: skip
    for ref, chains in fits.items():
        if len(chains) == 1 and sum(chains[0] in others for others in fits.values()) == 1:
            taken[ref] = chains[0]
            free.remove(chains[0])
    return taken


def _named(case: Case) -> dict[str, set[tuple[date | None, str]]]:
    """By sale: day and number of the tax invoices that 1C has issued for it."""
    found: dict[str, set[tuple[date | None, str]]] = defaultdict(set)
    for row in case.wire[TAX_INVOICES]:
        if row["Posted"] and not row["DeletionMark"]:
            day = day_of(row["ДатаСовершенияОборотаПоРеализации"])
            found[row["ДокументОснование"]].add((day, short(row["Number"])))
    return found


def _other(invoice: Invoice, direction: str) -> str:
    return invoice.buyer if direction == "out" else invoice.seller


def _kzt(p: Paper) -> Decimal:
    return in_kzt(p.total, p.rate, p.mult)


def _chains(invoices: list[Invoice]) -> list[Chain]:
    by_number = {i.reg_no: i for i in invoices}
    chains: dict[str, Chain] = defaultdict(Chain)
    for invoice in sorted(invoices, key=lambda i: (i.issued, i.kind != "ORDINARY_INVOICE")):
        root = invoice
        while root.corrects in by_number:
            root = by_number[root.corrects]
        chain = chains[root.corrects or root.reg_no]
        (chain.more if invoice.kind == "ADDITIONAL_INVOICE" else chain.mains).append(invoice)
    return [chain for chain in chains.values() if chain.mains]


def _outcome(p: Paper, back: list[Paper], held: Chain | None, turnover: date, last: date) -> str:
    over = turnover + TERM < last
    if held is None or (
        held.counting is None and not held.head.state.startswith(("CANCEL", "REVOKE", "DECLINE", "DELETE"))
    ):
        return "missing_esf" if over else "pending"
    if held.counting is None:
        return "cancelled_but_posted"
    due = [r for r in back if r.day + TERM < last]
    for what, own, wrong in (("total", "total", "sum_diff"), ("vat", "vat", "vat_diff")):
        now, then = (getattr(p, own) - sum((getattr(r, own) for r in some), ZERO) for some in (back, due))
        if held.worth(what) not in (now, then):
            return wrong
        if held.worth(what) != now:
            return "pending"
    return "late" if min(m.issued for m in held.mains) > turnover + TERM else "ok"
