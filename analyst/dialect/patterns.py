"""Dates as other engines write them: patterns in their letters as strftime has them, series of days; what has no exact twin is left alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

SERIES = 400  # days of a series that is written out
EVERY_MONTH = 28  # the last day that every month has

# Longest first: a letter alone would otherwise take the start of a longer word.
_ORACLE = {
    "YYYY": "%Y", "YY": "%y", "MONTH": "%B", "MON": "%b", "MM": "%m", "DDD": "%j", "DD": "%d", "DAY": "%A", "DY": "%a",
    "HH24": "%H", "HH12": "%I", "HH": "%I", "MI": "%M", "SS": "%S", "AM": "%p", "PM": "%p", "IYYY": "%G", "IW": "%V", "ID": "%u", "FM": "",
}  # fmt: skip
_NET = {
    "yyyy": "%Y", "yy": "%y", "MMMM": "%B", "MMM": "%b", "MM": "%m", "dddd": "%A", "ddd": "%a", "dd": "%d",
    "HH": "%H", "hh": "%I", "mm": "%M", "ss": "%S", "tt": "%p",
}  # fmt: skip
_MYSQL = {
    "Y": "%Y", "y": "%y", "m": "%m", "d": "%d", "e": "%-d", "c": "%-m", "M": "%B", "b": "%b", "W": "%A", "a": "%a", "j": "%j",
    "H": "%H", "h": "%I", "I": "%I", "i": "%M", "s": "%S", "S": "%S", "p": "%p", "T": "%H:%M:%S", "v": "%V", "x": "%G", "%": "%%",
}  # fmt: skip
_C = frozenset("YymdBbAaHIMSpjGVu%")


def _spelled(pattern: str, letters: Mapping[str, str], *, cased: bool) -> str | None:
    words = "|".join(sorted(letters, key=len, reverse=True))
    form = re.compile(rf'"(?P<told>[^"%]*)"|(?P<word>{words})|(?P<sign>[^A-Za-z"%])', 0 if cased else re.IGNORECASE)
    made, at = "", 0
    while at < len(pattern):
        if (part := form.match(pattern, at)) is None:
            return None
        word = part["word"]
        made += part["told"] or part["sign"] or (letters[word if cased else word.upper()] if word else "")
        at = part.end()
    return made


def of_oracle(pattern: str) -> str | None:
    """A pattern of TO_CHAR and TO_DATE (Oracle, PostgreSQL, Snowflake); None when a part of it has no twin."""
    return _spelled(pattern, _ORACLE, cased=False)


def of_net(pattern: str) -> str | None:
    """A pattern of FORMAT (SQL Server, Spark)."""
    return _spelled(pattern, _NET, cased=True)


def of_mysql(pattern: str) -> str | None:
    """A pattern of DATE_FORMAT: the letters after % differ from C's, %i are the minutes."""
    if "%" not in pattern:
        return of_net(pattern)  # Spark's function of the same name
    made, at = "", 0
    while at < len(pattern):
        if pattern[at] != "%":
            made, at = made + pattern[at], at + 1
            continue
        if (letter := pattern[at + 1 : at + 2]) not in _MYSQL:
            return None
        made, at = made + _MYSQL[letter], at + 2
    return made


def of_c(pattern: str) -> str | None:
    """A pattern of strftime itself (BigQuery, SQLite, ClickHouse), where every letter of it means the same here."""
    return pattern if all(letter in _C for letter in re.findall(r"%(-?.?)", pattern)) else None


def series(edges: Sequence[str], step: int, unit: str) -> list[date]:
    """Days from the first edge to the second, so many units apart; none where a month may lack the day, or where there are too many."""
    try:
        day, last = (date.fromisoformat(edge) for edge in edges)
    except ValueError:
        return []
    months = {"month": 1, "quarter": 3, "year": 12}.get(unit, 0) * step
    found: list[date] = []
    while step and day <= last and len(found) <= SERIES and (not months or day.day <= EVERY_MONTH):
        found.append(day)
        over = day.month - 1 + months
        apart = timedelta(days=step * (7 if unit == "week" else 1))
        day = day.replace(year=day.year + over // 12, month=over % 12 + 1) if months else day + apart
    return found if len(found) <= SERIES and day > last else []


def month_ends(edges: Sequence[str], months: int) -> list[date]:
    """Last days of months from the first edge, which is one, to the second, so many months apart; none where it is not one."""
    try:
        day, last = (date.fromisoformat(edge) for edge in edges)
    except ValueError:
        return []
    found: list[date] = []
    while months and (day + timedelta(days=1)).day == 1 and day <= last and len(found) <= SERIES:
        found.append(day)
        over = day.month + months
        day = date(day.year + over // 12, over % 12 + 1, 1) - timedelta(days=1)
    return found if len(found) <= SERIES else []
