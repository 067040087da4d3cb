"""Questions to 1C's OData, written the way its parser wants them: %20 for a space, Cyrillic as UTF-8, quotes left alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import quote

LONGEST_SEGMENT = 260  # characters of one path segment that IIS takes
PLAIN = "()',=/:$*"  # characters that 1C wants as they are
MOST_KEYS = 20  # keys of one OR filter: 20 stay below the 2,048 bytes of query that IIS takes


def url(root: str, path: str, options: Mapping[str, str] | None = None) -> str:
    """Join the service address, a path and query options into one URL; JSON is asked for unless options name a format.

    Raises: ValueError: if a path segment is longer than a web server takes; an error of ours, not of the data.
    """
    if long := [s for s in path.split("/") if len(s) > LONGEST_SEGMENT]:
        raise ValueError(f"A path segment of {len(long[0])} characters: {long[0][:80]}…")
    pairs = {"$format": "json", **(options or {})}
    query = "&".join(f"{name}={quote(value, safe=PLAIN)}" for name, value in pairs.items() if value)
    return root + quote(path, safe=PLAIN) + (f"?{query}" if query else "")


def moment(value: datetime) -> str:
    """A point of 1C's wall clock as an OData literal; fractions of a second do not exist there."""
    return f"datetime'{value.isoformat(timespec='seconds')}'"


def guid(ref: str) -> str:
    """A reference as an OData literal."""
    return f"guid'{ref}'"


def within(column: str, start: datetime, end: datetime) -> str:
    """A filter for the half-open range [start, end)."""
    return f"{column} ge {moment(start)} and {column} lt {moment(end)}"


def any_of(refs: Iterable[str]) -> str:
    """A filter for objects by their keys (1C has no `in`). Give at most MOST_KEYS."""
    return " or ".join(f"Ref_Key eq {guid(ref)}" for ref in refs)


def call(register: str, function: str, arguments: Mapping[str, str]) -> str:
    """The path of a virtual table of a register, its arguments already OData literals."""
    return f"{register}/{function}({','.join(f'{k}={v}' for k, v in arguments.items())})"
