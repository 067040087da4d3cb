"""Bank statements from files that people drop into a folder: 1CClientBankExchange of Russian and Kazakh banks.

Files are told apart by content (sha256), never by name: a copy under another name is loaded once, a file whose content changed is new.
Lines are told apart by what they say: the same movement in two overlapping statements is one row, two equal movements
inside one file are two. Dates stay as the bank wrote them; no time zone is applied.

Statements only add. A file that leaves the folder takes no rows with it: the bank's movement happened all the same.
To drop a file in while a sync may run, copy it under a name that begins with a dot or ends with .part, then rename it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from sync.sources import folder
from sync.sources.bank.exchange import read
from sync.sources.bank.statement import Line, Section, Statement, StatementRefused, tied
from sync.table import KEY, VERSION, Done, Item, Page, Reject, Since, Source, Table

NAME = "bank"
MONEY = "DECIMAL(18,2)"
FILE = Table(
    "file",
    path="inbox",
    columns={
        "name": "VARCHAR", "dialect": "VARCHAR", "encoding": "VARCHAR", "account": "VARCHAR",
        "first_day": "DATE", "last_day": "DATE", "lines": "INTEGER",
    },
)  # fmt: skip
STMT = Table(
    "stmt",
    path="СекцияРасчСчет",
    columns={
        "file_sha": "VARCHAR", "account": "VARCHAR", "currency": "VARCHAR", "first_day": "DATE", "last_day": "DATE",
        "opening": MONEY, "closing": MONEY, "total_in": MONEY, "total_out": MONEY,
    },
)  # fmt: skip
LINE = Table(
    "line",
    path="СекцияДокумент",
    columns={
        "file_sha": "VARCHAR", "account": "VARCHAR", "value_date": "DATE", "direction": "VARCHAR", "amount": MONEY, "currency": "VARCHAR",
        "doc_number": "VARCHAR", "doc_date": "DATE", "doc_kind": "VARCHAR",
        "cp_name": "VARCHAR", "cp_bin": "VARCHAR", "cp_iban": "VARCHAR", "cp_bic": "VARCHAR", "knp": "VARCHAR", "purpose": "VARCHAR",
    },
)  # fmt: skip
TABLES = (FILE, STMT, LINE)

LARGEST = 128 * 2**20
ESF = ".xml"  # electronic invoices lie in the same folder, and are another source's
_TYPES: dict[str, pl.DataType] = {
    "VARCHAR": pl.String(),
    "DATE": pl.Date(),
    "INTEGER": pl.Int32(),
    MONEY: pl.Decimal(18, 2),
}


def source(inbox: Path, base: str = "inbox") -> Source:
    """The bank source over a folder. Subfolders, names that begin with a dot, half-copied files (.part, .tmp, .crdownload) and .xml are passed by.

    A pull yields, for each new file by name: its sections, its lines, and last its row in `file`, so that a file is known
    only when all of it is in. A file that cannot be taken yields one Reject(ref=sha256, text=name) and the others go on.
    Done.watermark is the last day that any statement ever covered, as ISO date; "" before the first.
    """

    def pull(since: Since) -> Iterator[Item | Done]:
        done = set() if since.full or FILE.name not in since.versions else set(since.versions[FILE.name][KEY].to_list())
        covered = since.watermark or ""
        for path in folder.files(inbox, NAME):
            if path.suffix.lower() == ESF:
                continue
            sha = folder.sha(path, NAME)
            if sha in done:
                continue
            done.add(sha)
            try:
                statement = _statement(path)
            except StatementRefused as refusal:
                yield Reject(FILE.name, sha, str(refusal), path.name)
                continue
            covered = max(covered, max(s.last_day for s in statement.sections).isoformat())
            yield from _pages(statement, sha)
        yield Done(watermark=covered, data_to=covered or None)

    return Source(NAME, base, TABLES, pull)


def _statement(path: Path) -> Statement:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            what = f"the file has {size:,} bytes, more than a statement can have ({LARGEST:,})"
            raise StatementRefused(path.name, None, what, "Export a shorter period")
        data = path.read_bytes()
    except OSError as why:
        raise folder.locked(path, NAME, why) from why
    return tied(read(data, path.name))


def _pages(statement: Statement, sha: str) -> Iterator[Page]:
    yield Page(STMT.name, _frame(STMT, [_stmt_row(s, sha) for s in statement.sections]))
    if statement.lines:
        refs = _refs(statement.lines)
        yield Page(
            LINE.name,
            _frame(LINE, [_line_row(line, ref, sha) for line, ref in zip(statement.lines, refs, strict=True)]),
        )
    accounts = ", ".join(dict.fromkeys(s.account for s in statement.sections))
    first, last = min(s.first_day for s in statement.sections), max(s.last_day for s in statement.sections)
    row = (sha, sha, statement.file, statement.dialect, statement.encoding, accounts, first, last, len(statement.lines))
    yield Page(FILE.name, _frame(FILE, [row]))


def _frame(table: Table, rows: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    schema = {KEY: pl.String(), VERSION: pl.String()} | {name: _TYPES[kind] for name, kind in table.columns.items()}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _stmt_row(s: Section, sha: str) -> tuple[object, ...]:
    ref = f"{s.account}|{s.first_day}|{s.last_day}"
    return ref, None, sha, s.account, s.currency, s.first_day, s.last_day, s.opening, s.closing, s.total_in, s.total_out


def _line_row(line: Line, ref: str, sha: str) -> tuple[object, ...]:
    return (
        ref, None, sha, line.account, line.value_date, line.direction, line.amount, line.currency, line.doc_number, line.doc_date, line.doc_kind,
        line.cp_name, line.cp_bin, line.cp_iban, line.cp_bic, line.knp, line.purpose,
    )  # fmt: skip


def _refs(lines: Sequence[Line]) -> Iterator[str]:
    """A key for each line: a digest of what makes it this movement, and which of its equals in this file it is (from 1)."""
    seen: Counter[str] = Counter()
    for line in lines:
        purpose = hashlib.sha256(" ".join(line.purpose.casefold().split()).encode()).hexdigest()
        parts = (
            line.account, line.doc_number, str(line.doc_date or ""), str(line.value_date), str(line.amount), line.direction,
            line.cp_bin, line.cp_iban, purpose,
        )  # fmt: skip
        key = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
        seen[key] += 1
        yield f"{key}#{seen[key]}"
