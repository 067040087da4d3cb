"""Days that goods travel from a store to a place: what the company knows and no system says. Read from settings/lead_time.csv.

    from_warehouse,to,days
    Основной склад,Алматы,3

The first column is the store's name as 1C has it, the second any place, another store's name among them. Comma or semicolon,
UTF-8. The file is read whole each time; a row that cannot be read stays in quarantine with its reason and the others count.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from sync.errors import SourceChanged
from sync.table import KEY, VERSION, Done, Item, Page, Reject, Since, Source, Sweep, Table, Total

FILE = Path("settings") / "lead_time.csv"
HEAD = ("from_warehouse", "to", "days")
LONGEST = 365
NAME = "settings"
LEAD_TIME = Table("lead_time", FILE.as_posix(), {"from_warehouse": "VARCHAR", "to_place": "VARCHAR", "days": "INTEGER"})
TABLES = (LEAD_TIME,)


def source(data: Path) -> Source:
    """The file of a data folder as a source."""
    return Source(NAME, "main", TABLES, lambda since: pull(data / FILE, since))


def pull(file: Path, since: Since) -> Iterator[Item | Done]:
    """Yield every row that can be read, a reject for each other one, and the keys of all.

    Raises: SourceChanged: the file is not UTF-8 text under the three headings, so that none of its rows can be trusted.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as broken:
        raise SourceChanged(
            NAME,
            LEAD_TIME.name,
            None,
            f"{FILE.as_posix()} cannot be read: {type(broken).__name__}",
            "Save it as UTF-8 text",
        ) from broken
    first = text.partition("\n")[0]
    lines = csv.reader(text.splitlines(), delimiter=";" if ";" in first else ",")
    head = tuple(name.strip().lower() for name in next(lines, ()))
    if head != HEAD:
        raise SourceChanged(
            NAME, LEAD_TIME.name, None, f"{FILE.as_posix()} begins with {','.join(head)[:60]!r}",
            f"Its first line must be {','.join(HEAD)}",
        )  # fmt: skip
    found: dict[str, tuple[str, str, int]] = {}
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        row = _row(cells, found)
        if isinstance(row, str):
            where = f"{FILE.as_posix()} line {lines.line_num}: {row}"
            yield Reject(LEAD_TIME.name, _key((*cells, "", "")), where, ",".join(cells))
        else:
            found[_key(row)] = row
    frame = pl.DataFrame(
        [(key, None, *row) for key, row in found.items()],
        {KEY: pl.String, VERSION: pl.String, "from_warehouse": pl.String, "to_place": pl.String, "days": pl.Int32},
        orient="row",
    )
    yield Page(LEAD_TIME.name, frame)
    yield Sweep(LEAD_TIME.name, frame[KEY])
    yield Total(LEAD_TIME.name, "rows", str(len(frame)))
    yield Done(since.now.isoformat())


def _row(cells: list[str], found: dict[str, tuple[str, str, int]]) -> tuple[str, str, int] | str:
    """The row, or what is wrong with it."""
    if len(cells) != len(HEAD):
        return f"{len(cells)} values stand where {', '.join(HEAD)} belong"
    start, end, days = (" ".join(cell.split()) for cell in cells)
    if not start or not end:
        return "a store or a place is missing"
    if not (days.isascii() and days.isdecimal()) or int(days) > LONGEST:
        return f"days is {days[:20]!r}; it is a whole number from 0 to {LONGEST}"
    row = start, end, int(days)
    if (known := found.get(_key(row))) and known != row:
        return f"{start} → {end} stands there already with {known[2]} days"
    return row


def _key(row: Sequence[object]) -> str:
    return "|".join(" ".join(str(cell).split()).lower() for cell in row[:2])
