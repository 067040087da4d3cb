"""A table that the company writes down itself: a small CSV file of its data folder, read whole each time.

Comma or semicolon, UTF-8, headings in the first line.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from sync.errors import SourceChanged
from sync.table import Table

NAME = "settings"
FOLDER = Path("settings")


def opened(file: Path, table: Table, head: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, cells) of every line that is not empty. table: its path is told in errors.

    Raises: SourceChanged: the file is not UTF-8 text under these headings, so that none of its rows can be trusted.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as broken:
        why = f"{table.path} cannot be read: {type(broken).__name__}"
        raise SourceChanged(NAME, table.name, None, why, "Save it as UTF-8 text") from broken
    first = text.partition("\n")[0]
    lines = csv.reader(text.splitlines(), delimiter=";" if ";" in first else ",")
    found = [name.strip().lower() for name in next(lines, ())]
    if found != list(head):
        why = f"{table.path} begins with {','.join(found)[:60]!r}"
        raise SourceChanged(NAME, table.name, None, why, f"Its first line must be {','.join(head)}")
    for cells in lines:
        if any(cell.strip() for cell in cells):
            yield lines.line_num, cells
