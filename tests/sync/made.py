"""A hand-made source for tests of the mirror's core: documents with lines, and a register read by windows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from sync.load import Loaded, load
from sync.mirror import open_master, prepare
from sync.settings import Settings
from sync.table import Done, Item, Page, Since, Source, Sweep, Table, Window

NOW = datetime(2026, 1, 31, 2, 0, tzinfo=UTC)
DOC = Table("doc", "Document", {"number": "VARCHAR", "Сумма": "DECIMAL(18,2)", "day": "DATE"})
LINE = Table("doc_line", "Lines", {"n": "INT", "Сумма": "DECIMAL(18,2)"}, parent="doc")
MOVE = Table("move", "Register", {"period": "TIMESTAMP", "amount": "DECIMAL(18,2)"})
TABLES = (DOC, LINE, MOVE)
JANUARY = Window("period", "2026-01-01", "2026-02-01")


def docs(
    rows: Mapping[str, str], versions: Mapping[str, str] | None = None, lines: Sequence[tuple[str, int, str]] = ()
) -> Page:
    """A page of documents: amount by key, each with its lines (key, number, amount)."""
    frame = pl.DataFrame(
        [
            {
                "src_ref": ref,
                "src_version": (versions or {}).get(ref, "1"),
                "number": f"№ {ref}",
                "Сумма": Decimal(amount),
                "day": date(2026, 1, 5),
            }
            for ref, amount in rows.items()
        ],
        schema={
            "src_ref": pl.String,
            "src_version": pl.String,
            "number": pl.String,
            "Сумма": pl.Decimal(18, 2),
            "day": pl.Date,
        },
    )
    children = pl.DataFrame(
        [{"src_ref": ref, "n": n, "Сумма": Decimal(amount)} for ref, n, amount in lines],
        schema={"src_ref": pl.String, "n": pl.Int64, "Сумма": pl.Decimal(18, 2)},
    )
    return Page("doc", frame, {"doc_line": children})


def moves(rows: Mapping[str, tuple[int, str]], window: Window | None = JANUARY) -> Page:
    """A page of register rows: day of January and amount by key."""
    frame = pl.DataFrame(
        [
            {"src_ref": ref, "src_version": None, "period": datetime(2026, 1, day, 12), "amount": Decimal(amount)}
            for ref, (day, amount) in rows.items()
        ],
        schema={
            "src_ref": pl.String,
            "src_version": pl.String,
            "period": pl.Datetime("us"),
            "amount": pl.Decimal(18, 2),
        },
    )
    return Page("move", frame, window=window)


def sweep(*refs: str) -> Sweep:
    """Every document that the source holds."""
    return Sweep("doc", pl.Series("src_ref", list(refs), dtype=pl.String))


def source(
    *items: Item | Exception,
    name: str = "made",
    base: str = "main",
    watermark: str | None = "w",
    asked: list[Since] | None = None,
) -> Source:
    """A source that yields `items` (an exception is raised in its turn) and, with a watermark, ends well."""

    def pull(since: Since) -> Iterator[Item | Done]:
        if asked is not None:
            asked.append(since)
        for item in items:
            if isinstance(item, Exception):
                raise item
            yield item
        if watermark is not None:
            yield Done(watermark, "2026-01-30")

    return Source(name, base, TABLES, pull)


def master(folder: Path) -> duckdb.DuckDBPyConnection:
    """An empty master that knows the made source's tables."""
    con = open_master(folder / "mirror.duckdb", "256MB", 1)
    prepare(con, {"made": TABLES})
    return con


def pulled(
    con: duckdb.DuckDBPyConnection, *items: Item | Exception, now: datetime = NOW, full: bool = False, **told: Any
) -> Loaded:
    """Load a source that yields `items`."""
    return load(con, source(*items, **told), full=full, now=now, progress=lambda _source, _table, _rows: None)


def rows(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query, all of them."""
    return con.execute(query).fetchall()


def write_models(root: Path, files: Mapping[str, str]) -> Path:
    """Write .sql files by path (core/doc) into a folder laid out like sql/."""
    for name, text in files.items():
        file = root / f"{name}.sql"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def settings(folder: Path) -> Settings:
    """Settings of a data folder, with nothing from the environment."""
    return Settings.model_construct(
        data=folder, timezone="Asia/Almaty", memory_limit="256MB", threads=1, keep=3, schedule={"all": "0 2 * * *"}
    )
