"""Electronic invoices from .xml files that people drop into the inbox, beside the bank's statements.

An invoice is one row for each state in which a file has shown it: a re-export after a withdrawal adds a state and takes none away, and the
same file again, or the same state in another file, adds nothing. Which state is the last is told by the portal's own moments, never by the
order in which files came; see sql/core/esf.sql.

Files only add. A file that leaves the folder takes no invoice with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from sync.sources import folder
from sync.sources.esf.container import invoices
from sync.sources.esf.invoice import NAME, EsfRefused, Invoice
from sync.table import KEY, VERSION, Done, Item, Page, Reject, Since, Source, Table

MONEY, RATE = "DECIMAL(18,2)", "DECIMAL(18,6)"
FILE = Table(
    "file",
    path="inbox",
    columns={"name": "VARCHAR", "invoices": "INTEGER", "rejected": "INTEGER", "first_day": "DATE", "last_day": "DATE"},
)
INVOICE = Table(
    "invoice",
    path="invoiceInfo",
    columns={
        "reg_no": "VARCHAR", "invoice_id": "VARCHAR", "status": "VARCHAR", "updated_at": "TIMESTAMP", "input_at": "TIMESTAMP",
        "cancel_reason": "VARCHAR", "kind": "VARCHAR", "number": "VARCHAR", "issue_date": "DATE", "turnover_date": "DATE",
        "related_reg_no": "VARCHAR", "related_number": "VARCHAR", "related_date": "DATE",
        "seller_bin": "VARCHAR", "seller_name": "VARCHAR", "buyer_bin": "VARCHAR", "buyer_name": "VARCHAR",
        "currency": "VARCHAR", "rate": RATE, "total": MONEY, "vat": MONEY,
        "delivery_number": "VARCHAR", "delivery_date": "DATE", "products": "INTEGER",
    },
)  # fmt: skip
TABLES = (FILE, INVOICE)
SUFFIX = ".xml"
LARGEST = 128 * 2**20
_TYPES: dict[str, pl.DataType] = {
    "VARCHAR": pl.String(),
    "DATE": pl.Date(),
    "TIMESTAMP": pl.Datetime("us"),
    "INTEGER": pl.Int32(),
    MONEY: pl.Decimal(18, 2),
    RATE: pl.Decimal(18, 6),
}


def source(inbox: Path, base: str = "inbox") -> Source:
    """The source over a folder. Only .xml files are looked at; dot names and half-copied files are passed by.

    A pull yields, for each new file by name: its invoices, and last its row in `file`, so that a file is known only when all of it is in.
    A file that cannot be taken yields one Reject(ref=sha256, text=name); an invoice that cannot, one Reject of the table invoice; what is
    beside them goes on. Done.data_to is the last day that any invoice was issued or changed, as ISO date.
    """

    def pull(since: Since) -> Iterator[Item | Done]:
        done = set() if since.full or FILE.name not in since.versions else set(since.versions[FILE.name][KEY].to_list())
        covered = since.watermark or ""
        for path in folder.files(inbox, NAME):
            if path.suffix.lower() != SUFFIX or (sha := folder.sha(path, NAME)) in done:
                continue
            done.add(sha)
            try:
                found = invoices(_content(path), path.name)
            except EsfRefused as refusal:
                yield Reject(FILE.name, sha, str(refusal), path.name)
                continue
            taken = {one.key: one for one in found if isinstance(one, Invoice)}
            for n, one in enumerate(found, start=1):
                if isinstance(one, EsfRefused):
                    yield Reject(INVOICE.name, f"{sha}#{n}", str(one), one.invoice)
            days = [day for one in taken.values() for day in _days(one)]
            if days:
                covered = max(covered, max(days).isoformat())
                yield Page(INVOICE.name, _frame(INVOICE, [_row(key, one) for key, one in taken.items()]))
            rejected = sum(isinstance(one, EsfRefused) for one in found)
            row = (sha, sha, path.name, len(taken), rejected, min(days, default=None), max(days, default=None))
            yield Page(FILE.name, _frame(FILE, [row]))
        yield Done(watermark=covered, data_to=covered or None)

    return Source(NAME, base, TABLES, pull)


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            what = f"the file has {size:,} bytes, more than is read at once ({LARGEST:,})"
            raise EsfRefused(path.name, "", what, "Export a shorter period")
        return path.read_bytes()
    except OSError as why:
        raise folder.locked(path, NAME, why) from why


def _days(one: Invoice) -> Iterator[date]:
    yield one.issue_date
    if one.updated_at is not None:
        yield one.updated_at.date()


def _frame(table: Table, rows: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    schema = {KEY: pl.String(), VERSION: pl.String()} | {name: _TYPES[kind] for name, kind in table.columns.items()}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _row(key: str, one: Invoice) -> tuple[object, ...]:
    return (key, None, *(getattr(one, name) for name in INVOICE.columns))
