"""The only place where rows become text: one compact payload, exact, bounded, and honest about what was cut.

Decimals, integers beyond 2^53 and the numbers that JSON lacks (NaN, Infinity) are text; dates and times are ISO; bytes are hex.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

EXACT = 2**53
# Characters that a reader cannot see or that turn text around: control, zero-width, direction, fillers, variation selectors, and the tags
# that spell ASCII invisibly.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_LONGEST_LIST = 1000
NAMED = 40  # bytes of a column name in a sentence


@dataclass(frozen=True, slots=True)
class Size:
    """How large an answer may be: rows, bytes of all text, bytes of a cell, columns."""

    rows: int
    bytes: int
    cell_bytes: int
    columns: int


@dataclass(frozen=True, slots=True)
class Body:
    """Shaped rows: text is `"columns":[…],"rows":[…]`; shown of what was offered; cuts are sentences about what is missing."""

    text: str
    shown: int
    more: bool
    cuts: tuple[str, ...]


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def dumps(value: Any) -> str:
    """Compact JSON with letters as they are."""
    return _encode(value)


def clean(text: str) -> str:
    """Text without characters that a reader cannot see."""
    return _HIDDEN.sub("", text)


def _number(value: float) -> float | str:
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _duration(value: timedelta) -> str:
    seconds = f"{value.seconds // 3600:02}:{value.seconds // 60 % 60:02}:{value.seconds % 60:02}"
    if value.microseconds:
        seconds += f".{value.microseconds:06}"
    return f"{value.days} days {seconds}" if value.seconds or value.microseconds else f"{value.days} days"


_PLAIN: dict[type, Callable[[Any], Any]] = {
    bool: lambda v: v,
    int: lambda v: v if -EXACT <= v <= EXACT else str(v),
    float: _number,
    str: lambda v: clean(v) if _HIDDEN.search(v) else v,
    Decimal: lambda v: format(v, "f"),
    date: date.isoformat,
    datetime: datetime.isoformat,
    time: time.isoformat,
    timedelta: _duration,
    bytes: bytes.hex,
    type(None): lambda v: v,
}


_SMALL = frozenset(_PLAIN) - {str, bytes}  # never longer than any limit of a cell


def plain(value: Any) -> Any:
    """A cell as JSON has it; nested values keep their shape."""
    if (known := _PLAIN.get(type(value))) is not None:
        return known(value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value[:_LONGEST_LIST]] + (["…"] if len(value) > _LONGEST_LIST else [])
    if isinstance(value, dict):
        first = {clean(str(plain(key))): plain(item) for key, item in islice(value.items(), _LONGEST_LIST)}
        if len(first) < min(len(value), _LONGEST_LIST) or "…" in first:  # keys that look alike: no entry may be lost
            return plain([[key, item] for key, item in value.items()])
        return first | ({"…": f"{len(value)} items"} if len(value) > _LONGEST_LIST else {})
    return clean(str(value))


def cut(text: str, limit: int) -> str:
    """The start of a text that fits `limit` bytes, marked with how much is missing."""
    size = len(text.encode("utf-8", "replace"))
    if size <= limit:
        return text
    kept = text.encode("utf-8", "replace")[:limit].decode("utf-8", "ignore")
    return f"{kept}…[+{size - len(kept.encode())} bytes]"


def _long(value: Any) -> bool:
    """Whether a list or a map inside it has more items than are shown."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return len(inner) > _LONGEST_LIST or any(map(_long, inner))


def _cell(value: Any, limit: int) -> tuple[str, bool]:
    if isinstance(value, str | bytes) and len(value) > 4 * limit:
        size = len(value)
        head = value[:limit] if isinstance(value, str) else value[: limit // 2].hex()
        unit = "characters" if isinstance(value, str) else "bytes"
        return dumps(f"{cut(clean(head), limit)}…[{size} {unit}]"), True
    if isinstance(value, list | dict) and len(value) > _LONGEST_LIST:
        return dumps(f"{cut(dumps(plain(value)), limit).rpartition('…')[0]}…[{len(value)} items]"), True
    text = dumps(plain(value))
    if len(text) * 4 <= limit or len(text.encode("utf-8", "replace")) <= limit:
        return text, "…" in text and _long(value)
    whole = plain(value)
    return dumps(cut(whole if isinstance(whole, str) else dumps(whole), limit)), True


def too_wide(shown: int, there: int) -> str:
    """What is said of columns that are not shown."""
    return f"{shown} of {there} columns are shown: name the columns you need"


def column(name: str) -> str:
    """A column's name as an answer has it."""
    return cut(clean(name), 200)


def shape(columns: Sequence[str], rows: Iterable[Sequence[Any]], size: Size) -> Body:
    """Rows into text, stopping at the first limit reached; at least one row is always shown, its cells cut further if they must be."""
    wide = len(columns) > size.columns
    names = [column(name) for name in columns[: size.columns]]
    head = f'"columns":{dumps(names)}'
    room = size.bytes - len(head.encode()) - len(',\n"rows":[]')
    lines: list[str] = []
    cut_columns: set[str] = set()
    more = full = False
    for row in rows:
        if len(lines) == size.rows:
            more = True
            break
        line = _line(row[: size.columns], names, size.cell_bytes, cut_columns)
        cost = len(line.encode("utf-8", "replace")) + 2
        if cost > room and not lines:
            line = _line(row[: size.columns], names, max(8, room // (2 * len(names)) - 24), cut_columns)
            cost = len(line.encode("utf-8", "replace")) + 2
        elif cost > room:
            more = full = True
            break
        lines.append(line)
        room -= cost
    cuts = []
    if wide:
        cuts.append(too_wide(size.columns, len(columns)))
    if full:
        cuts.append(f"rows stop at {size.bytes} bytes: name fewer columns, or ask for more rows")
    elif more:
        cuts.append(f"rows stop at {size.rows}: narrow, aggregate or ask for more rows")
    if cut_columns:
        cuts.append(f"long cells are cut: {', '.join(cut(name, NAMED) for name in sorted(cut_columns)[:5])}")
    text = ",\n".join(lines)
    return Body(f'{head},\n"rows":[{text}]', len(lines), more, tuple(cuts))


def _line(row: Sequence[Any], names: Sequence[str], limit: int, cut_columns: set[str]) -> str:
    if all(type(value) in _SMALL or (type(value) is str and len(value) * 8 <= limit) for value in row):
        return dumps([_PLAIN[type(value)](value) for value in row])
    cells = []
    for name, value in zip(names, row, strict=True):
        text, was_cut = _cell(value, limit)
        if was_cut:
            cut_columns.add(name)
        cells.append(text)
    return f"[{','.join(cells)}]"


def payload(header: dict[str, Any], body: str = "") -> str:
    """One JSON document: the header on the first line, then columns and rows. Empty header parts are left out."""
    kept = {key: value for key, value in header.items() if value not in (None, "", [], ())}
    head = dumps(kept)
    return f"{head[:-1]},\n{body}}}" if body else head
