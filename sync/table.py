"""Records that pass between a source and the loader: what a table is, and what a pull yields.

A source declares `Table`s and gives a `pull(...)` generator of `Page`, `Sweep`, `Reject` and `Total`. It keeps no state,
opens no database and reads no clock; the loader owns watermarks, transactions and quarantine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import polars as pl

KEY = "src_ref"
VERSION = "src_version"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a source as it is mirrored into `raw.<source>_<name>`.

    columns: the source's own column names in order, each with its DuckDB type. The loader puts before them
        src_base, src_ref, src_version, synced_at (UTC), first_synced_at (UTC) and deleted_at (null while the source has the row).
    parent: for a nested section, the table whose rows own these; its src_ref is the parent's and it has no life of its own.
    part: for a table that not every base of the source has, the name of the part that it comes with, whole or not at all.
    lacking: columns that a base may do without; there they are null.
    """

    name: str
    path: str
    columns: Mapping[str, str]
    parent: str | None = None
    part: str = ""
    lacking: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open range [start, end) of `column`, compared as text of the column's type."""

    column: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one table; upserted by src_ref, or, with a window, put in place of all rows in it.

    frame: src_ref, src_version (may be null) and every declared column, typed.
    children: rows of nested sections by table name, each frame with the parent's src_ref; they replace the parents' old rows.
    """

    table: str
    frame: pl.DataFrame
    children: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Sweep:
    """Every key that the source holds now: mirrored rows of `table` outside it get a tombstone."""

    table: str
    refs: pl.Series


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that could not be read. It goes to quarantine and the rest goes on."""

    table: str
    ref: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Total:
    """What the source itself says of a table, held against the mirror by the checks (`rows`, or a sum as decimal text)."""

    table: str
    name: str
    value: str


Item = Page | Sweep | Reject | Total


@dataclass(frozen=True, slots=True)
class Since:
    """Where the last good pull of a source ended.

    full: read everything, trust nothing that the mirror holds.
    now: the moment of this run, aware UTC; the only clock a source may look at.
    watermark: what the source's last `Done` said; None before the first good pull.
    versions: for each table name, the frame (src_ref, src_version) of live rows in the mirror.
    """

    full: bool
    now: datetime
    watermark: str | None
    versions: Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Done:
    """The last thing a pull yields: the watermark to keep when everything before it is committed, and the last day that the data covers (ISO) where the source knows it."""

    watermark: str
    data_to: str | None = None


Pull = Iterable[Item | Done]


@dataclass(frozen=True, slots=True)
class Source:
    """A source ready to be pulled: its name (the prefix of its raw tables), its tables, and the generator that reads it.

    base: which base of that kind this is (kept in src_base); one company may mirror two 1C bases.
    """

    name: str
    base: str
    tables: tuple[Table, ...]
    pull: Callable[[Since], Pull]
