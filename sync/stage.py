"""What a pull yields, collected in temporary tables until the whole of it has come: nothing is merged from half a pull."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

import duckdb
import polars as pl

from sync.errors import LoadFailed, SourceChanged
from sync.mirror import listed, quoted
from sync.table import KEY, VERSION, Done, Item, Page, Reject, Source, Sweep, Table, Total, Window

PAGE = "_page"
BATCH_ROWS = 50_000
BATCH_PAGES = 32
_DECIMAL = re.compile(r"(?:DECIMAL|NUMERIC)\((\d+), *(\d+)\)")


@dataclass(slots=True)
class Pulled:
    """What has come of one table: rows and pages, windows read, whether its keys were swept."""

    rows: int = 0
    pages: int = 0
    windows: dict[Window, None] = field(default_factory=dict)
    swept: bool = False


def staged(table: str) -> str:
    """The temporary table of a table's rows."""
    return f"temp.{quoted(f'stage_{table}')}"


def keys(table: str) -> str:
    """The temporary table of the keys that a source says it holds."""
    return f"temp.{quoted(f'keys_{table}')}"


class Stage:
    """The temporary tables of one source; a context that drops them at its end."""

    def __init__(self, con: duckdb.DuckDBPyConnection, source: Source) -> None:
        self.source = source
        self.tables: Mapping[str, Table] = {table.name: table for table in source.tables}
        self.pulled: dict[str, Pulled] = {}
        self.rejects: list[Reject] = []
        self.totals: list[Total] = []
        self.done: Done | None = None
        self._con = con
        self._made: list[str] = []
        self._waiting: dict[str, list[pl.DataFrame]] = defaultdict(list)
        self._waiting_rows = 0
        self._page = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for name in self._made:
            self._con.execute(f"drop table if exists {name}")

    def children(self, table: str) -> list[Table]:
        """The nested sections of a table."""
        return [child for child in self.tables.values() if child.parent == table]

    def add(self, item: Item | Done) -> None:
        """Take one item. Raises SourceChanged when a frame is not what its table declares."""
        match item:
            case Page():
                self._add_page(item)
            case Sweep():
                self._add_sweep(item)
            case Reject():
                self.rejects.append(item)
            case Total():
                self.totals.append(item)
            case Done():
                self.done = item

    def _add_page(self, page: Page) -> None:
        table = self._declared(page.table)
        pulled = self.pulled.setdefault(page.table, Pulled())
        pulled.rows += page.frame.height
        pulled.pages += 1
        if page.window:
            if page.window.column not in table.columns:
                raise SourceChanged(
                    self.source.name, table.name, page.window.column, "a window over an undeclared column"
                )
            pulled.windows[page.window] = None
        self._page += 1
        for child in self.children(page.table):
            self._ensure(child, (KEY,))
        self._put(table, page.frame, (KEY, VERSION))
        for name, frame in page.children.items():
            self._put(self._declared(name), frame, (KEY,))
        if self._waiting_rows >= BATCH_ROWS or sum(map(len, self._waiting.values())) >= BATCH_PAGES:
            self.flush()

    def _add_sweep(self, sweep: Sweep) -> None:
        pulled = self.pulled.setdefault(self._declared(sweep.table).name, Pulled())
        if not pulled.swept:
            self._make(keys(sweep.table), f"{KEY} VARCHAR")
            pulled.swept = True
        self._insert(keys(sweep.table), pl.DataFrame({KEY: sweep.refs.cast(pl.String)}))

    def _put(self, table: Table, frame: pl.DataFrame, head: tuple[str, ...]) -> None:
        self._verify(table, frame, head)
        self._ensure(table, head)
        if frame.height:
            order = [*head, *table.columns]
            self._waiting[table.name].append(frame.select(order).with_columns(pl.lit(self._page).alias(PAGE)))
            self._waiting_rows += frame.height

    def _ensure(self, table: Table, head: tuple[str, ...]) -> None:
        if staged(table.name) not in self._made:
            columns = {**dict.fromkeys(head, "VARCHAR"), **table.columns, PAGE: "BIGINT"}
            self._make(staged(table.name), ", ".join(f"{quoted(name)} {kind}" for name, kind in columns.items()))

    def flush(self) -> None:
        """Write the pages that wait, all pages of a table at once."""
        for name, frames in self._waiting.items():
            self._insert(staged(name), pl.concat(frames, how="vertical_relaxed", rechunk=False))
        self._waiting.clear()
        self._waiting_rows = 0

    def _make(self, name: str, columns: str) -> None:
        self._con.execute(f"create or replace temp table {name.removeprefix('temp.')} ({columns})")
        self._made.append(name)

    def _insert(self, name: str, frame: pl.DataFrame) -> None:
        self._con.register("page", frame)
        try:
            self._con.execute(f"insert into {name} ({listed(frame.columns)}) select {listed(frame.columns)} from page")
        except duckdb.Error as refused:
            raise LoadFailed(f"{self.source.name}.{name.removeprefix('temp.')}", str(refused)) from refused
        finally:
            self._con.unregister("page")

    def _declared(self, name: str) -> Table:
        if name not in self.tables:
            raise SourceChanged(self.source.name, name, None, "a page of a table that is not declared")
        return self.tables[name]

    def _verify(self, table: Table, frame: pl.DataFrame, head: tuple[str, ...]) -> None:
        changed = self.source.name, table.name
        for column in (*head, *table.columns):
            if column not in frame.columns:
                raise SourceChanged(*changed, column, "the column is missing")
        for column, dtype in frame.schema.items():
            if column in head:
                continue
            if column not in table.columns:
                raise SourceChanged(*changed, column, "the column is not declared")
            if not accepts(table.columns[column], dtype):
                raise SourceChanged(*changed, column, f"came as {dtype}, declared {table.columns[column]}")
        refs = frame.get_column(KEY)
        if refs.null_count():
            raise SourceChanged(*changed, KEY, "a row without a key")
        if table.parent is None and refs.n_unique() != frame.height:
            raise SourceChanged(*changed, KEY, "one page holds the same key twice")


def accepts(declared: str, dtype: pl.DataType) -> bool:  # noqa: PLR0911 - one line a type reads best
    """Whether a column of `dtype` goes into a column declared so without losing a digit; money never comes as a float."""
    kind = declared.upper()
    if dtype == pl.Null:
        return True
    if kind == "VARCHAR":
        return isinstance(dtype, pl.String | pl.Categorical | pl.Enum)
    if decimal := _DECIMAL.match(kind):
        return dtype.is_integer() or (isinstance(dtype, pl.Decimal) and dtype.scale <= int(decimal[2]))
    if kind == "TIMESTAMP":
        return isinstance(dtype, pl.Datetime) and dtype.time_zone is None
    if kind == "DATE":
        return dtype == pl.Date
    if kind in ("BOOLEAN", "BOOL"):
        return dtype == pl.Boolean
    if kind in ("BIGINT", "INTEGER", "INT", "SMALLINT", "HUGEINT"):
        return dtype.is_integer()
    return kind == "DOUBLE" and dtype.is_float()
