"""How rows of a table arrive and what a page of them becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from sync.sources.onec.tables import EntitySet
from sync.table import KEY, VERSION, Reject, Table

SIMPLE: Mapping[str, pl.DataType] = {
    "VARCHAR": pl.String(), "BOOLEAN": pl.Boolean(), "TIMESTAMP": pl.Datetime("us"), "DATE": pl.Date(),
    "INTEGER": pl.Int32(), "BIGINT": pl.Int64(),
}  # fmt: skip


class BrokenPageError(ValueError):
    """The bytes are not one JSON object with `value`: the answer was cut off or is something else."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How rows of a table arrive. key: columns that make src_ref. version: a column or None. sections: by child table."""

    table: str
    columns: Mapping[str, str]
    key: tuple[str, ...]
    version: str | None = None
    sections: Mapping[str, Table] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rows:
    """A page that was read. count: rows on the wire, rejected ones too; size: bytes of the body."""

    frame: pl.DataFrame
    children: Mapping[str, pl.DataFrame]
    rejects: tuple[Reject, ...]
    count: int
    size: int


def shape(entity_set: EntitySet) -> Shape:
    """The shape of an entity set's rows."""
    version = "DataVersion" if entity_set.versioned else None
    return Shape(
        entity_set.table.name,
        entity_set.table.columns,
        entity_set.key,
        version,
        {t.name: t for t in entity_set.sections},
    )


def polars_type(duck: str) -> pl.DataType:
    """The Polars type of a declared DuckDB type."""
    return SIMPLE[duck] if duck in SIMPLE else pl.Decimal(*digits(duck))


def digits(duck: str) -> tuple[int, int]:
    """Precision and scale of DECIMAL(p,s)."""
    precision, scale = duck.removeprefix("DECIMAL(").removesuffix(")").split(",")
    return int(precision), int(scale)


def join(parts: Sequence[Rows], shape: Shape) -> Rows:
    """Put pages together in order; no pages give empty frames."""
    pages = parts or (framed([], {name: [] for name in shape.sections}, shape),)
    return Rows(
        pl.concat([p.frame for p in pages]) if len(pages) > 1 else pages[0].frame,
        {name: pl.concat([p.children[name] for p in pages]) for name in shape.sections},
        tuple(reject for p in pages for reject in p.rejects),
        sum(p.count for p in pages),
        sum(p.size for p in pages),
    )


def framed(
    good: list[dict[str, Any]], lines: Mapping[str, list[dict[str, Any]]], shape: Shape, *,
    rejects: tuple[Reject, ...] = (), count: int = 0, size: int = 0,
) -> Rows:  # fmt: skip
    """Rows given as dicts, and lines of sections by child table, as typed frames."""
    schema = {KEY: pl.String(), VERSION: pl.String(), **{c: polars_type(t) for c, t in shape.columns.items()}}
    children = {
        name: pl.DataFrame(
            lines[name], {KEY: pl.String(), **{c: polars_type(t) for c, t in section.columns.items()}}, orient="row"
        )
        for name, section in shape.sections.items()
    }
    return Rows(pl.DataFrame(good, schema, orient="row"), children, rejects, count, size)
