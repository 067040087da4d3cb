"""Rows of Bitrix24 as typed frames: numbers that may be text, dates dressed as moments, maps that are empty lists."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

import polars as pl

from sync.table import KEY, VERSION, Reject, Table

Row = Mapping[str, Any]

_CENT = Decimal("0.01")
_NOISE = Decimal("0.000001")  # a PHP double may print as 19999.989999999998
_SHOWN_ROW = 500


def frame(
    table: Table, rows: Iterable[Row], key: Callable[[Row], str], version: str | None
) -> tuple[pl.DataFrame, list[Reject]]:
    """Type the rows of a page.

    key: src_ref of a row. version: the column whose moment is src_version, None where rows carry none.
    Shape: one row a readable row, src_ref, src_version and every declared column; the others come back as rejects.
    """
    taken: list[dict[str, object]] = []
    rejects: list[Reject] = []
    for row in rows:
        try:
            typed = {name: _READERS[kind](row.get(name)) for name, kind in table.columns.items()}
            changed = typed.get(version) if version else None
            stamp = changed.isoformat() if isinstance(changed, datetime) else None
            taken.append({KEY: key(row), VERSION: stamp, **typed})
        except (ValueError, TypeError, KeyError) as wrong:
            text = json.dumps(row, ensure_ascii=False, default=str)[:_SHOWN_ROW]
            rejects.append(Reject(table.name, str(row.get("id", row.get("ID", "?"))), str(wrong), text))
    schema = {KEY: pl.String(), VERSION: pl.String(), **{name: _POLARS[kind] for name, kind in table.columns.items()}}
    return pl.DataFrame(taken, schema=schema, orient="row"), rejects


def integer(value: object) -> int | None:
    """A whole number, or its digits; the empty text and null are null."""
    if value is None or value in ("", []):
        return None
    if isinstance(value, bool) or not isinstance(value, (int, str, Decimal)):
        raise TypeError(f"{value!r} is not a whole number")
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"{value!r} is not a whole number") from None
    if number != number.to_integral_value():
        raise ValueError(f"{value!r} is not a whole number")
    return int(number)


def text(value: object) -> str | None:
    """Text as it came; an empty map (`[]` in PHP) is null."""
    if value is None or value in ([], {}):
        return None
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, (str, int, Decimal)):
        return str(value)
    raise TypeError(f"{value!r} is not text")


def flag(value: object) -> bool | None:
    """true, "Y", "1" and their opposites."""
    if value is None or value in ("", []):
        return None
    word = str(value).upper()
    if word in {"TRUE", "Y", "1"}:
        return True
    if word in {"FALSE", "N", "0"}:
        return False
    raise ValueError(f"{value!r} is neither yes nor no")


def money(value: object) -> Decimal | None:
    """An exact amount with two decimals. The noise of a PHP double is rounded off; a real third decimal is an error."""
    if value is None or value in ("", []):
        return None
    if isinstance(value, bool) or not isinstance(value, (int, str, Decimal)):
        raise TypeError(f"{value!r} is not an amount")
    try:
        exact = Decimal(str(value))
        rounded = exact.quantize(_CENT, ROUND_HALF_UP)
    except InvalidOperation:
        raise ValueError(f"{value!r} is not an amount") from None
    if abs(exact - rounded) > _NOISE:
        raise ValueError(f"{value!r} has more than two decimals")
    return rounded


def moment(value: object) -> datetime | None:
    """A moment as naive UTC. Raises ValueError without an offset: the portal's day would be a guess."""
    if value is None or value in ("", []):
        return None
    given = datetime.fromisoformat(str(value))
    if given.tzinfo is None:
        raise ValueError(f"{value!r} has no offset")
    return given.astimezone(UTC).replace(tzinfo=None)


def day(value: object) -> date | None:
    """A date, which comes as a moment: midnight UTC written in the portal's offset, or midnight by the portal."""
    if value is None or value in ("", []):
        return None
    given = datetime.fromisoformat(str(value))
    if given.tzinfo is not None:
        universal = given.astimezone(UTC)
        if universal.time() == time():
            return universal.date()
    return given.date()


_READERS: Mapping[str, Callable[[object], object]] = {
    "BIGINT": integer,
    "VARCHAR": text,
    "BOOLEAN": flag,
    "DECIMAL(18,2)": money,
    "TIMESTAMP": moment,
    "DATE": day,
}
_POLARS: Mapping[str, pl.DataType] = {
    "BIGINT": pl.Int64(),
    "VARCHAR": pl.String(),
    "BOOLEAN": pl.Boolean(),
    "DECIMAL(18,2)": pl.Decimal(18, 2),
    "TIMESTAMP": pl.Datetime("us"),
    "DATE": pl.Date(),
}
