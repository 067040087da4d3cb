"""A page of OData JSON into typed frames, money exact from its text.

The fast road reads the page with pyarrow's own JSON reader against an explicit schema, nested sections without a loop over
rows. A page it cannot read goes row by row.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

from sync.sources.onec import row
from sync.sources.onec.shape import BrokenPageError, Rows, Shape, digits
from sync.table import KEY, VERSION

WIDE = pa.decimal128(38, 18)  # a fraction longer than the column's, to be rounded half up
WHOLE = pa.decimal128(19, 0)  # Int64 comes as a string, Int16 and Int32 as numbers: a decimal reads both


def read(body: bytes, shape: Shape) -> Rows:
    """Read a page.

    Returns: src_ref, src_version and every declared column, typed; a child frame (parent's src_ref + columns) per section.
    Raises:  BrokenPageError: not a page at all. SourceChanged: not one of several rows fits, and always for the same column.
    """
    for wide in (False, True):
        try:
            return _fast(body, shape, wide=wide)
        except (pa.ArrowInvalid, BrokenPageError):
            continue
    return row.read(body, shape)


def _arrow(duck: str, *, wide: bool) -> pa.DataType:
    simple = {
        "VARCHAR": pa.string(),
        "BOOLEAN": pa.bool_(),
        "TIMESTAMP": pa.timestamp("s"),
        "INTEGER": WHOLE,
        "BIGINT": WHOLE,
    }
    return simple[duck] if duck in simple else WIDE if wide else pa.decimal128(*digits(duck))


def _struct(columns: Mapping[str, str], *, wide: bool) -> list[tuple[str, pa.DataType]]:
    return [(name, _arrow(duck, wide=wide)) for name, duck in columns.items()]


def _fast(body: bytes, shape: Shape, *, wide: bool) -> Rows:
    outer = {**dict.fromkeys((*shape.key, *([shape.version] if shape.version else [])), "VARCHAR"), **shape.columns}
    fields = _struct(outer, wide=wide)
    fields += [(t.path, pa.list_(pa.struct(_struct(t.columns, wide=wide)))) for t in shape.sections.values()]
    table = pj.read_json(
        pa.BufferReader(body),
        read_options=pj.ReadOptions(block_size=len(body) + 1, use_threads=False),
        parse_options=pj.ParseOptions(
            explicit_schema=pa.schema([("value", pa.list_(pa.struct(fields)))]),
            newlines_in_values=True,
            unexpected_field_behavior="ignore",
        ),
    )
    column = table.column("value").combine_chunks()
    if len(column) != 1 or column.null_count:
        raise BrokenPageError
    rows = column.flatten()
    if rows.null_count:
        raise BrokenPageError
    keyed = _trimmed({name: _polars(rows.field(name), outer[name]) for name in outer})
    frame = keyed.select(_reference(shape, outer), _version(shape), *shape.columns)
    if any(keyed[name].null_count() or (keyed[name].cast(pl.String) == "").any() for name in shape.key):
        raise BrokenPageError
    refs = frame[KEY].to_arrow()
    children = {}
    for name, section in shape.sections.items():
        nested = rows.field(section.path)
        lines, owners = nested.flatten(), pc.list_parent_indices(nested)
        if lines.null_count:
            raise BrokenPageError
        columns = {c: _polars(lines.field(c), duck) for c, duck in section.columns.items()}
        children[name] = _trimmed({KEY: pl.Series(KEY, refs.take(owners)).cast(pl.String), **columns})
    return Rows(frame, children, (), len(frame), len(body))


def _polars(values: pa.Array, duck: str) -> pl.Series:
    if duck in {"INTEGER", "BIGINT"}:
        values = values.cast(pa.int32() if duck == "INTEGER" else pa.int64())
    elif duck == "TIMESTAMP":
        values = values.cast(pa.timestamp("us"))
    elif values.type == WIDE:
        precision, scale = digits(duck)
        values = pc.round(values, scale, "half_towards_infinity").cast(pa.decimal128(precision, scale))
    elif duck.startswith("DECIMAL"):
        values.validate(full=True)  # the reader lets 18 digits before the point into DECIMAL(18,2)
    return pl.Series(values)


def _trimmed(columns: Mapping[str, pl.Series]) -> pl.DataFrame:
    """Put columns together; fixed-length strings of 1C come padded with blanks."""
    return pl.DataFrame(columns).with_columns(pl.col(pl.String).str.strip_chars_end(" "))


def _reference(shape: Shape, types: Mapping[str, str]) -> pl.Expr:
    """src_ref: the key's parts joined, references in lower case, moments as 1C writes them."""
    parts = [
        pl.col(c).dt.strftime("%Y-%m-%dT%H:%M:%S")
        if types[c] == "TIMESTAMP"
        else pl.col(c).cast(pl.String).str.to_lowercase()
        for c in shape.key
    ]
    return (pl.concat_str(parts, separator="|") if len(parts) > 1 else parts[0]).alias(KEY)


def _version(shape: Shape) -> pl.Expr:
    return pl.col(shape.version).alias(VERSION) if shape.version else pl.lit(None, pl.String).alias(VERSION)
