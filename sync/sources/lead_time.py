"""Days that goods travel from a store to a place: what the company knows and no system says. Read from settings/lead_time.csv.

    from_warehouse,to,days
    Основной склад,Алматы,3

The first column is the store's name as 1C has it, the second any place, another store's name among them. Comma or semicolon,
UTF-8. The file is read whole each time; a row that cannot be read stays in quarantine with its reason and the others count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from sync.sources.written import FOLDER, opened
from sync.table import KEY, VERSION, Item, Page, Reject, Sweep, Table, Total

FILE = FOLDER / "lead_time.csv"
HEAD = ("from_warehouse", "to", "days")
LONGEST = 365
LEAD_TIME = Table("lead_time", FILE.as_posix(), {"from_warehouse": "VARCHAR", "to_place": "VARCHAR", "days": "INTEGER"})


def pull(file: Path) -> Iterator[Item]:
    """Yield every row that can be read, a reject for each other one, and the keys of all. A file that is not there says nothing.

    Raises: SourceChanged: the file is not UTF-8 text under the three headings, so that none of its rows can be trusted.
    """
    lines = opened(file, LEAD_TIME, HEAD) if file.is_file() else ()
    found: dict[str, tuple[str, str, int]] = {}
    for number, cells in lines:
        row = _row(cells, found)
        if isinstance(row, str):
            where = f"{FILE.as_posix()} line {number}: {row}"
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
