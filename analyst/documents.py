"""The documents behind a certified number: sql/documents/<metric id>.sql, one row a document and part.

A part is a column of the metric; the amounts of its rows add up to that column over all rows of the metric, exactly. A file that says
`same: <metric id>` lists the parts of that one's file that it names, and has no SQL of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

import sql

FOLDER = "documents"
COLUMNS = ("part", "doc_id", "type", "number", "doc_date", "counterparty", "amount")


@dataclass(frozen=True, slots=True)
class Documents:
    """The statement that lists them, with the parameters of its metric. parts: columns of the metric in the order of importance.

    units: of the amounts.
    """

    metric: str
    summary: str
    units: str
    parts: tuple[str, ...]
    untrusted: tuple[str, ...]
    body: str

    def totals(self) -> str:
        """A statement: for each part that has any, how many rows and what they add up to."""
        return f"SELECT part, count(*) AS n, coalesce(sum(amount), 0) AS total FROM (\n{self.body}\n) GROUP BY part"

    def page(self, part: str, rows: int, start: int) -> str:
        """A statement: rows of one of the parts, largest amount first, always in the same order."""
        return (
            f"SELECT {', '.join(COLUMNS[1:])} FROM (\n{self.body}\n) WHERE part = '{part}'\n"
            f"ORDER BY abs(amount) DESC, doc_date, type, number, doc_id, amount LIMIT {rows:d} OFFSET {start:d}"
        )


def read(root: Traversable | None = None) -> dict[str, Documents]:
    """Every list of documents by metric id. root: another place with the layout of sql/. Raises sql.HeaderError."""
    place = (root or files("sql")).joinpath(FOLDER)
    found = {d.name: d for d in (sql.read(FOLDER, root) if place.is_dir() else ())}
    return {name: defined(d, found.get(d.facts.get("same", ""))) for name, d in found.items()}


def defined(definition: sql.Definition, same: sql.Definition | None = None) -> Documents:
    """A list of documents from its file. same: the file that it takes its SQL from. Raises sql.HeaderError."""
    parts = _parts(definition)
    if not parts or not all(part.isidentifier() for part in parts):
        raise sql.HeaderError(f"{FOLDER}/{definition.name}.sql: parts: names no column of the metric")
    if "same" in definition.facts:
        if same is None or "same" in same.facts or definition.body or not set(parts) <= set(_parts(same)):
            raise sql.HeaderError(f"{FOLDER}/{definition.name}.sql: same: names no file that lists its parts")
        named = ", ".join(f"'{part}'" for part in parts)
        columns, body = same.columns, f"select * from (\n{same.body}\n)\nwhere part in ({named})"
    else:
        columns, body = definition.columns, definition.body
    if tuple(column.name for column in columns) != COLUMNS:
        raise sql.HeaderError(f"{FOLDER}/{definition.name}.sql: its columns are not {', '.join(COLUMNS)}")
    return Documents(
        metric=definition.name,
        summary=definition.summary,
        units=definition.facts.get("units", ""),
        parts=parts,
        untrusted=tuple(column.name for column in columns if column.untrusted),
        body=body,
    )


def _parts(definition: sql.Definition) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in definition.facts.get("parts", "").split(","))))
