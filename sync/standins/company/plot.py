"""Where planted facts put their parties, documents and expected values, and what the earlier state saw otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sync.standins.company import documents as make
from sync.standins.company import parties
from sync.standins.company.crm import Noted
from sync.standins.company.einvoice import Plan
from sync.standins.company.ground import Ground
from sync.standins.company.itemised import Named
from sync.standins.company.model import Contract, Doc, Party, StockMove
from sync.standins.company.promise import ItemUnit, Order, Promise
from sync.standins.company.statements import Quirks
from sync.standins.company.stream import Stream

_SERIAL = 50_000  # serials of planted parties; everyday ones are below


@dataclass(slots=True)
class Plot:
    """The planted part of the company while it is being laid out."""

    ground: Ground
    circle: parties.Circle = field(default_factory=parties.Circle)
    docs: list[Doc] = field(default_factory=list)
    late: set[str] = field(default_factory=set)  # documents entered after the earlier state, whatever their date
    gone: list[Doc] = field(default_factory=list)  # documents of the earlier state that were physically deleted since
    was: dict[str, dict[str, Any]] = field(default_factory=dict)  # what a document's fields were in the earlier state
    quirks: Quirks = field(default_factory=Quirks)
    invoicing: Plan = field(default_factory=Plan)
    orders: list[Order] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    units: list[ItemUnit] = field(default_factory=list)
    sent: list[StockMove] = field(default_factory=list)  # goods that left a store without a document of trade
    orders_were: dict[str, dict[str, Any]] = field(default_factory=dict)  # fields of an order in the earlier state
    titles: dict[str, str] = field(default_factory=dict)  # CRM spelling of planted customers
    deals: list[Noted] = field(default_factory=list)
    cash_items: dict[str, Named] = field(default_factory=dict)  # what planted payments say, by reference
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def stream(self, fact: int) -> Stream:
        """The stream of a fact: nothing but the fact draws from it."""
        return Stream(self.ground.seed, "fact", fact)

    def party(self, fact: int, index: int, form: str, name: str, /, **changes: Any) -> Party:
        """A planted card, with its bank account. Raises: ValueError for a second card of the same serial."""
        serial = _SERIAL + fact * 20 + index
        if any(card.code == f"{serial:09d}" for card in self.circle.parties):
            raise ValueError(serial)
        card = parties.party(self.ground.seed, serial, form, name, key="planted party")
        if changes:
            card = replace(card, **changes)
        self.circle.parties.append(card)
        self.circle.accounts.append(parties.account(self.ground, card, serial))
        return card

    def contract(self, stream: Stream, owner: Party, kind: str, number: str, **terms: Any) -> Contract:
        """A planted contract."""
        made = parties.contract(self.ground, stream, owner, kind, number, **terms)
        self.circle.contracts.append(made)
        return made

    def trade(self, stream: Stream, kind: str, contract: Contract, day: date, tenge: str, **changes: Any) -> Doc:
        """A document of one service row of `tenge` («1150000.50») under the VAT rate of the day, or `vat` if given."""
        vat = changes.pop("vat", make.vat_on(day))
        row = make.line_of(self.ground.services[0], tiyn(tenge), vat)
        return self.add(make.trade(self.ground, kind, stream.guid(), make.at(day, 11), contract, [row], **changes))

    def pay(
        self,
        stream: Stream,
        kind: str,
        contract: Contract,
        day: date,
        tenge: str,
        target: Doc | None = None,
        invoice: Doc | None = None,
        **changes: Any,
    ) -> Doc:
        """A payment of one row."""
        rows: Sequence[tuple[int, str | None, str | None]] = [
            (tiyn(tenge), target.ref if target else None, invoice.ref if invoice else None)
        ]
        return self.add(make.payment(self.ground, kind, stream.guid(), make.at(day, 16), contract, rows, **changes))

    def add(self, doc: Doc) -> Doc:
        """Keep a planted document and give it back."""
        self.docs.append(doc)
        return doc


def tiyn(tenge: str) -> int:
    """Tiyn of canonical text."""
    whole, _, part = tenge.partition(".")
    return int(whole) * 100 + int((part + "00")[:2])


def money(total: int) -> str:
    """Tiyn as canonical text: «-12.05»."""
    whole, part = divmod(abs(total), 100)
    return f"{'-' if total < 0 else ''}{whole}.{part:02d}"
