"""A bank statement: its file, its days and the movements of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class BankLine:
    """A line of a bank statement as the bank knows it; names are the bank's own spelling."""

    account: str
    moment: datetime
    incoming: bool
    total: int
    number: str
    party_name: str
    party_bin: str
    party_iban: str
    party_bic: str
    purpose: str
    knp: str
    doc: str | None = None  # the 1C document it matches, None when 1C has none
    kind: str = "payment"  # payment | fee | transfer | conversion


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement file to be written in a bank's dialect. Balances and totals in tiyn, as printed (a flaw may make them false)."""

    file: str
    dialect: str  # ru | kaspi | halyk | bcc | jusan
    encoding: str  # cp1251 | utf-8 | utf-8-sig | cp866
    account: str
    first: date
    last: date
    days: tuple[StatementDay, ...]
    flaw: str = ""  # "" | totals | missing_day | duplicate_file | overlap


@dataclass(frozen=True, slots=True)
class StatementDay:
    """One day of a statement, or the whole period where the dialect keeps one section."""

    day: date
    opening: int
    closing: int
    total_in: int
    total_out: int
    lines: tuple[BankLine, ...]
