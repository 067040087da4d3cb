"""The slow road: a page row by row, so that one broken row is rejected alone and the others are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

from sync.errors import SourceChanged
from sync.sources.onec.metadata import SOURCE
from sync.sources.onec.shape import BrokenPageError, Rows, Shape, digits, framed
from sync.table import KEY, VERSION, Reject, Table

SHOWN_TEXT = 4000


class _UnfitError(ValueError):
    """A value that does not fit its column."""

    def __init__(self, column: str, value: object, duck: str) -> None:
        super().__init__(f"{column} does not fit {duck}: {str(value)[:100]!r}")
        self.column = column


def read(body: bytes, shape: Shape) -> Rows:
    """Read a page with Python's own JSON reader, numbers from their text.

    Raises: BrokenPageError: not a page at all. SourceChanged: not one of several rows fits, always for the same column.
    """
    try:
        rows = json.loads(body, parse_float=Decimal)["value"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BrokenPageError(f"not a page of rows: {type(error).__name__}") from error
    if not isinstance(rows, list):
        raise BrokenPageError("`value` is not a list")
    good: list[dict[str, Any]] = []
    lines: dict[str, list[dict[str, Any]]] = {name: [] for name in shape.sections}
    rejects: list[Reject] = []
    blamed: set[str] = set()
    for row in rows:
        try:
            kept = _row(row, shape)
            sections = {name: list(_lines(row, section, kept[KEY])) for name, section in shape.sections.items()}
        except _UnfitError as unfit:
            text = json.dumps(row, ensure_ascii=False, default=str)[:SHOWN_TEXT]
            named = _name(row, shape) if isinstance(row, dict) else ""
            ref = named or f"nameless {sha256(text.encode()).hexdigest()[:12]}"
            rejects.append(Reject(shape.table, ref, str(unfit), text))
            blamed.add(unfit.column)
            continue
        good.append(kept)
        for name, found in sections.items():
            lines[name] += found
    if not good and len(rejects) > 1 and len(blamed) == 1:
        raise SourceChanged(
            SOURCE, shape.table, blamed.pop(), f"not one of {len(rejects)} rows fits, as in: {rejects[0].reason}"
        )
    return framed(good, lines, shape, rejects=tuple(rejects), count=len(rows), size=len(body))


def _row(row: object, shape: Shape) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise _UnfitError("value", row, "a row")
    kept = {name: _value(row.get(name), name, duck) for name, duck in shape.columns.items()}
    ref = _name(row, shape)
    if not ref:
        raise _UnfitError("+".join(shape.key), None, "a key")
    version = row.get(shape.version) if shape.version else None
    return {KEY: ref, VERSION: None if version is None else str(version), **kept}


def _lines(row: Mapping[str, Any], section: Table, ref: str) -> Iterable[dict[str, Any]]:
    for line in row.get(section.path) or ():
        if not isinstance(line, dict):
            raise _UnfitError(section.path, line, "a row")
        yield {
            KEY: ref,
            **{name: _value(line.get(name), f"{section.path}.{name}", duck) for name, duck in section.columns.items()},
        }


def _value(value: Any, column: str, duck: str) -> Any:
    """One wire value as its column's type; null stays null."""
    if value is None:
        return None
    try:
        if duck == "VARCHAR" and isinstance(value, str | int | Decimal):
            return str(value).rstrip(" ")
        if duck == "BOOLEAN" and isinstance(value, bool):
            return value
        if duck == "TIMESTAMP" and isinstance(value, str):
            return datetime.fromisoformat(value).replace(tzinfo=None, microsecond=0)
        if duck in {"INTEGER", "BIGINT"} and isinstance(value, str | int) and not isinstance(value, bool):
            return _bounded(int(value), 31 if duck == "INTEGER" else 63)
        if duck.startswith("DECIMAL") and isinstance(value, str | int | Decimal) and not isinstance(value, bool):
            precision, scale = digits(duck)
            exact = Decimal(value).quantize(Decimal(1).scaleb(-scale), ROUND_HALF_UP)
            if exact.is_finite() and exact.adjusted() < precision - scale:
                return exact
    except (ValueError, InvalidOperation) as error:
        raise _UnfitError(column, value, duck) from error
    raise _UnfitError(column, value, duck)


def _bounded(number: int, bits: int) -> int:
    if not -(1 << bits) <= number < 1 << bits:
        raise ValueError(number)
    return number


def _name(row: Mapping[str, Any], shape: Shape) -> str:
    """src_ref of a row that is read alone; empty when a part of the key is missing."""
    parts = [row.get(c) for c in shape.key]
    if None in parts or "" in parts:
        return ""
    return "|".join(
        str(p) if shape.columns.get(c) == "TIMESTAMP" else str(p).lower() for c, p in zip(shape.key, parts, strict=True)
    )
