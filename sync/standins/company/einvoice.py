"""Records of electronic invoices (ЭСФ): what the portal holds, and the files that people saved from it.

Amounts are ints in tiyn of the invoice's currency, quantities ints in thousandths, a rate as in `model`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

BASIC, FIXED, ADDITIONAL = "ORDINARY_INVOICE", "FIXED_INVOICE", "ADDITIONAL_INVOICE"


@dataclass(frozen=True, slots=True)
class Side:
    """Seller or buyer as the portal names it; `bin` is empty for a foreigner."""

    bin: str
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line: with VAT and VAT in it; `vat` is the rate: 12, 16, 0 or none."""

    item: str
    unit: str
    qty: int
    gross: int
    vat: str
    vat_total: int


@dataclass(frozen=True, slots=True)
class State:
    """What became of an invoice at a moment of the portal's clock."""

    at: datetime
    status: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Invoice:
    """One electronic invoice with all its states. doc: the 1C document behind it, None when 1C has none."""

    kind: str
    seller: Side
    buyer: Side
    issued: date
    turnover: date
    currency: str
    rate: int
    mult: int
    rows: tuple[Row, ...]
    delivery: str  # number of the waybill; may be empty
    doc: str | None
    serial: int
    states: tuple[State, ...]
    number: str = ""
    related: Invoice | None = None

    @property
    def reg_no(self) -> str:
        """The portal's registration number."""
        return f"ESF-{self.seller.bin}-{self.issued:%Y%m%d}-{self.serial:08X}"

    @property
    def total(self) -> int:
        """With VAT."""
        return sum(row.gross for row in self.rows)

    def on(self, day: date) -> State | None:
        """Its state on the evening of a day; None before it was issued."""
        return next((state for state in reversed(self.states) if state.at.date() <= day), None)


@dataclass(frozen=True, slots=True)
class Paper:
    """A tax invoice that 1C has issued for a sale (счёт-фактура выданный): its number is that of the electronic one."""

    ref: str
    number: str
    moment: datetime
    org: str
    party: str
    base: str  # the sale
    turnover: date
    currency: str
    total: int


@dataclass(frozen=True, slots=True)
class Export:
    """A file that somebody saved from the portal on a day: these invoices, each in its state of then."""

    file: str
    day: date
    invoices: tuple[Invoice, ...]


@dataclass(slots=True)
class Plan:
    """Which documents have an unusual invoice. cases: by ref of a document; alone: what has no document at all."""

    cases: dict[str, str] = field(default_factory=dict)
    alone: list[Invoice] = field(default_factory=list)
