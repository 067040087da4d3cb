"""What the oracle reckons with: debts, credits, documents and ledger entries, freed of the wire's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Pool:
    side: str
    org: str
    party: str
    contract: str
    currency: str


@dataclass(frozen=True, slots=True)
class Debit:
    """One payment stage of what raises a debt."""

    pool: Pool
    ref: str
    kind: str
    number: str
    day: date
    stage: int
    due: date
    due_source: str
    amount: Decimal
    rate: Decimal
    mult: Decimal

    @property
    def turn(self) -> tuple[date, date, str, int]:
        return self.day, self.due, self.ref, self.stage


@dataclass(frozen=True, slots=True)
class Credit:
    """One row of what lowers a debt."""

    pool: Pool
    ref: str
    kind: str
    number: str
    day: date
    line: int
    target: str
    amount: Decimal
    rate: Decimal
    mult: Decimal

    @property
    def turn(self) -> tuple[date, str, int]:
        return self.day, self.ref, self.line


@dataclass(frozen=True, slots=True)
class Paper:
    """Any document as a whole, counting or not."""

    ref: str
    kind: str
    number: str
    day: date
    org: str
    party: str
    contract: str
    currency: str
    total: Decimal
    vat: Decimal
    rate: Decimal
    mult: Decimal
    state: str
    channel: str = ""
    base: str = ""
    rows: tuple[tuple[str, str, str, Decimal], ...] = ()  # contract, settled document, customer invoice, amount

    @property
    def counts(self) -> bool:
        return self.state == "active"


@dataclass(frozen=True, slots=True)
class Entry:
    """One side of a ledger entry; amounts are positive in debit, negative in credit."""

    account: str
    org: str
    party: str
    contract: str
    bank_account: str
    desk: str
    currency: str
    day: date
    amount: Decimal
    kzt: Decimal
    document: str


@dataclass(slots=True)
class Books:
    names: dict[str, str] = field(default_factory=dict)  # party or entity → BIN, or name where none is valid
    titles: dict[str, str] = field(default_factory=dict)  # name of a card → party
    own: set[str] = field(default_factory=set)  # parties that are entities of the company
    by_document: set[str] = field(default_factory=set)  # contracts settled document by document
    ibans: dict[str, tuple[str, str]] = field(default_factory=dict)  # bank account → number, currency
    papers: dict[str, Paper] = field(default_factory=dict)
    debits: list[Debit] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
