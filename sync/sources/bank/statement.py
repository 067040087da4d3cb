"""A bank statement as a file tells it, and the sums that it must keep. Money is Decimal with two places; dates as the bank gave them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from sync.errors import SourceError

ZERO = Decimal("0.00")
EXPORT_AGAIN = "Export the statement from the bank once more and put the new file in the inbox"


class StatementRefused(SourceError):
    """A file that cannot be taken as a statement. file: its name; line: counted from 1, None when the whole file is meant."""

    def __init__(self, file: str, line: int | None, what: str, hint: str = EXPORT_AGAIN) -> None:
        super().__init__("bank", f"{file}, line {line}: {what}" if line else f"{file}: {what}", hint)
        self.file = file
        self.line = line


@dataclass(frozen=True, slots=True)
class Section:
    """Balances of one account over [first_day, last_day]. at: the line it begins on.

    Before `tied` a section may lack its totals or its closing balance; after it, all four are there.
    """

    at: int
    account: str
    first_day: date
    last_day: date
    opening: Decimal
    total_in: Decimal | None
    total_out: Decimal | None
    closing: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class Line:
    """One movement on an own account. value_date is the day of the operation; amount is never negative.

    extra: what the file says under keys that this product does not read, by casefolded key.
    """

    at: int
    account: str
    value_date: date
    direction: str  # in | out
    amount: Decimal
    currency: str
    doc_number: str
    doc_date: date | None
    doc_kind: str
    cp_name: str
    cp_bin: str
    cp_iban: str
    cp_bic: str
    knp: str
    purpose: str
    extra: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Statement:
    """A whole file. dialect: ru | kaspi | halyk | bcc | jusan | other; it only describes, reading does not depend on it."""

    file: str
    dialect: str
    encoding: str
    header: Mapping[str, str]
    sections: tuple[Section, ...]
    lines: tuple[Line, ...]


def tied(statement: Statement) -> Statement:
    """The same statement with every section's sums proven, and filled in where the bank left a total out.

    Held for each section: opening + in - out = closing, and the documents of its days add up to its totals.
    Held for each account: a section that begins the day after another opens with what that one closed with.
    A gap of days between sections is let through: the bank may have left a day out, and that is for a check over all files.
    Raises: StatementRefused: a sum does not hold, sections overlap, or a document belongs to no section.
    """
    by_account: dict[str, list[Section]] = defaultdict(list)
    for section in statement.sections:
        by_account[section.account].append(section)
    for sections in by_account.values():
        sections.sort(key=lambda s: s.first_day)
        for before, after in pairwise(sections):
            if after.first_day <= before.last_day:
                what = f"a second section of account {after.account} covers {after.first_day} (the first is on line {before.at})"
                raise StatementRefused(statement.file, after.at, what)
    sums = _sums(statement, by_account)
    proven = {s.at: _proven(statement.file, s, *sums[s.at]) for s in statement.sections}
    for sections in by_account.values():
        for before, after in pairwise(sections):
            _chained(statement.file, proven[before.at], proven[after.at])
    return replace(statement, sections=tuple(proven[s.at] for s in statement.sections))


def _sums(statement: Statement, by_account: Mapping[str, Sequence[Section]]) -> dict[int, tuple[Decimal, Decimal]]:
    """In and out of the documents, for each section by its line. by_account: sections in order of days, none overlapping."""
    starts = {account: [s.first_day for s in sections] for account, sections in by_account.items()}
    sums = {s.at: [ZERO, ZERO] for s in statement.sections}
    for line in statement.lines:
        place = bisect_right(starts.get(line.account, ()), line.value_date) - 1
        section = by_account[line.account][place] if place >= 0 else None
        if section is None or line.value_date > section.last_day:
            what = f"a document of {line.value_date} on account {line.account}, for which the file has no section with balances"
            raise StatementRefused(statement.file, line.at, what)
        sums[section.at][line.direction == "out"] += line.amount
    return {at: (came, went) for at, (came, went) in sums.items()}


def _proven(file: str, section: Section, came: Decimal, went: Decimal) -> Section:
    total_in = came if section.total_in is None else section.total_in
    total_out = went if section.total_out is None else section.total_out
    closing = section.opening + total_in - total_out if section.closing is None else section.closing
    for name, printed, counted in (("ВсегоПоступило", total_in, came), ("ВсегоСписано", total_out, went)):
        if printed != counted:
            what = f"{name} is {printed}, but the documents add up to {counted} (difference {printed - counted})"
            raise StatementRefused(file, section.at, what)
    if section.opening + total_in - total_out != closing:
        what = (
            f"the balances of {section.first_day}..{section.last_day} do not tie: {section.opening} + {total_in} - {total_out} "
            f"= {section.opening + total_in - total_out}, the file says {closing}"
        )
        raise StatementRefused(file, section.at, what)
    return replace(section, total_in=total_in, total_out=total_out, closing=closing)


def _chained(file: str, before: Section, after: Section) -> None:
    if after.first_day == before.last_day + timedelta(days=1) and after.opening != before.closing:
        what = f"account {after.account} opens {after.first_day} with {after.opening}, but closed {before.last_day} with {before.closing}"
        raise StatementRefused(file, after.at, what)
