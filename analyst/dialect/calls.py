"""Calls of functions that other engines have, each as the call that means the same here: one entry a name and number of arguments.

Only what is exact stands here; calls about days are in days. A function whose result may differ (SIMILARITY, numbers with a pattern) is left
as it is, so that the statement fails and the caller is told: see unsure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from analyst.dialect.days import DAYS, day, literals, quoted, text

_TYPE = re.compile(r"(?:N?VARCHAR2?|N?CHAR|TEXT|STRING|DATE|DATETIME2?|TIMESTAMP|DECIMAL|NUMERIC|INT|INTEGER|BIGINT|FLOAT|DOUBLE)(?:\(.*\))?", re.IGNORECASE)  # fmt: skip
_STYLES = {
    "23": "%Y-%m-%d", "102": "%Y.%m.%d", "103": "%d/%m/%Y", "104": "%d.%m.%Y", "105": "%d-%m-%Y", "112": "%Y%m%d",
    "120": "%Y-%m-%d %H:%M:%S", "20": "%Y-%m-%d %H:%M:%S",
}  # fmt: skip
_MOMENTS = ("21", "25", "121", "126", "127")  # of a moment; its day is written the same in each


def _converted(a: str, b: str, style: str = "") -> str | None:
    """CONVERT of SQL Server (type, value, style) and of MySQL (value, type)."""
    if not _TYPE.fullmatch(a):
        return f"CAST({a} AS {b})" if _TYPE.fullmatch(b) and not style else None
    if not style:
        return f"CAST({b} AS {a})"
    width = re.search(r"\((\d+)\)", a)
    day_only = width and int(width[1]) <= len("2026-01-31")
    form = "%Y-%m-%d" if day_only and style in _MOMENTS else _STYLES.get(style)
    if form is None:
        return None
    if a.upper() == "DATE" and text(b) is not None:
        return f"CAST(strptime({b}, {quoted(form)}) AS DATE)"
    written = f"strftime({day(b)}, {quoted(form)})"
    return f"left({written}, {width[1]})" if width else written if "CHAR" in a.upper() else None


def _chosen(*args: str) -> str | None:
    """DECODE: a value, pairs, and what else. A NULL among the pairs would compare otherwise in CASE."""
    of, pairs, rest = args[0], args[1 : len(args) - (len(args) + 1) % 2], args[-1] if len(args) % 2 == 0 else ""
    if any(a.upper() == "NULL" for a in pairs[::2]):
        return None
    whens = " ".join(f"WHEN {a} THEN {b}" for a, b in zip(pairs[::2], pairs[1::2], strict=True))
    return f"CASE {of} {whens}{f' ELSE {rest}' if rest else ''} END"


def _cases(*args: str) -> str:
    whens = " ".join(f"WHEN {a} THEN {b}" for a, b in zip(args[:-1:2], args[1::2], strict=True))
    return f"CASE {whens} ELSE {args[-1]} END"


def _joined(*args: str) -> str | None:
    """GROUP_CONCAT with SEPARATOR."""
    told = re.fullmatch(r"(.*\S)\s+SEPARATOR\s+('(?:[^']|'')*')", args[-1], re.IGNORECASE | re.DOTALL)
    if told is None or len(args) > 1:
        return None
    ordered = re.fullmatch(r"(.*?)\s+(ORDER\s+BY\s+.*)", told[1], re.IGNORECASE | re.DOTALL)
    return f"string_agg({ordered[1]}, {told[2]} {ordered[2]})" if ordered else f"string_agg({told[1]}, {told[2]})"


def _first(*args: str) -> str | None:
    """ARRAY_AGG(x ORDER BY y LIMIT 3): the first three of the list."""
    told = re.fullmatch(r"(.*\S)\s+LIMIT\s+(\d+)", args[-1], re.IGNORECASE | re.DOTALL)
    return f"(array_agg({', '.join((*args[:-1], told[1]))}))[1:{told[2]}]" if told else None


def _stuffed(of: str, start: str, length: str, new: str) -> str | None:
    """STUFF with a literal place."""
    if not (start.isdigit() and length.isdigit()):
        return None
    return f"concat(left({of}, {int(start) - 1}), {new}, substr({of}, {int(start) + int(length)}))"


def _bucket(of: str, low: str, high: str, count: str) -> str | None:
    """WIDTH_BUCKET with literal bounds, the low one first."""
    if not all(re.fullmatch(r"-?\d+(\.\d+)?", part) for part in (low, high, count)) or Decimal(low) >= Decimal(high):
        return None
    inside = f"CAST(floor(({of} - {low}) * {count} / ({high} - {low})) AS INTEGER) + 1"
    return f"CASE WHEN {of} < {low} THEN 0 WHEN {of} >= {high} THEN {count} + 1 ELSE {inside} END"


def _named_parts(*args: str) -> str | None:
    """STRUCT(a, b AS c) of BigQuery."""
    parts = [re.fullmatch(r"(?:(.+)\s+AS\s+)?((?:\w+\.)*(\w+))", a, re.IGNORECASE | re.DOTALL) for a in args]
    if not all(part and not part[3][0].isdigit() for part in parts):
        return None
    return f"struct_pack({', '.join(f'{part[3]} := {part[1] or part[2]}' for part in parts if part)})"


def _found(of: str) -> str | None:
    """SUBSTRING(x FROM 'pattern') of PostgreSQL: the first group, or the whole; NULL where nothing fits."""
    told = re.fullmatch(r"(.+?)\s+FROM\s+('(?:[^']|'')*')", of, re.IGNORECASE | re.DOTALL)
    if told is None or text(told[1]) is not None:
        return None
    group = ", 1" if re.search(r"(?<!\\)\((?!\?)", told[2]) else ""
    return f"nullif(regexp_extract({told[1]}, {told[2]}{group}), '')"


_FORMS: Mapping[tuple[str, int], str] = {
    ("nvl", 2): "coalesce({0}, {1})", ("isnull", 2): "coalesce({0}, {1})", ("zeroifnull", 1): "coalesce({0}, 0)",
    ("nvl2", 3): "CASE WHEN ({0}) IS NOT NULL THEN {1} ELSE {2} END", ("nullifzero", 1): "nullif({0}, 0)",
    ("iif", 3): "CASE WHEN {0} THEN {1} ELSE {2} END", ("iff", 3): "CASE WHEN {0} THEN {1} ELSE {2} END",
    ("safe_divide", 2): "(({0}) / nullif({1}, 0))", ("div0", 2): "CASE WHEN ({1}) = 0 THEN 0 ELSE ({0}) / ({1}) END",
    ("charindex", 2): "instr({1}, {0})", ("locate", 2): "instr({1}, {0})", ("mid", 3): "substr({0}, {1}, {2})",
    ("datefromparts", 3): "make_date({0}, {1}, {2})", ("date", 3): "make_date({0}, {1}, {2})",
    ("eomonth", 1): "last_day(CAST({0} AS DATE))", ("eomonth", 2): "last_day(CAST({0} AS DATE) + INTERVAL ({1}) month)",
    ("curdate", 0): "current_date", ("getdate", 0): "now()", ("sysdatetime", 0): "now()", ("current_timestamp", 0): "now()", ("rand", 0): "random()",
    ("datediff", 2): "date_diff('day', CAST({1} AS DATE), CAST({0} AS DATE))", ("date_diff", 2): "date_diff('day', CAST({1} AS DATE), CAST({0} AS DATE))",
    ("to_date", 1): "CAST({0} AS DATE)", ("todate", 1): "CAST({0} AS DATE)",
    ("countif", 1): "count_if({0})", ("sumif", 2): "coalesce(sum({0}) FILTER (WHERE {1}), 0)", ("avgif", 2): "avg({0}) FILTER (WHERE {1})",
    ("truncate", 2): "trunc({0}, {1})", ("square", 1): "power({0}, 2)",
    ("try_convert", 2): "TRY_CAST({1} AS {0})", ("generate_uuid", 0): "uuid()", ("newid", 0): "uuid()",
    ("grouparray", 1): "list({0}) FILTER (WHERE ({0}) IS NOT NULL)", ("groupuniqarray", 1): "list(DISTINCT {0}) FILTER (WHERE ({0}) IS NOT NULL)",
    ("replicate", 2): "repeat({0}, {1})", ("space", 1): "repeat(' ', {0})", ("convert_tz", 3): "(({0}) AT TIME ZONE {1} AT TIME ZONE {2})",
    ("uniq", 1): "count(DISTINCT {0})", ("tostring", 1): "CAST({0} AS VARCHAR)", ("tofloat64", 1): "CAST({0} AS DOUBLE)",
    ("total", 1): "coalesce(sum({0}), 0)", ("uniqexact", 1): "count(DISTINCT {0})", ("todayofweek", 1): "isodow({0})", ("toyyyymm", 1): "CAST(strftime({0}, '%Y%m') AS INTEGER)",
}  # fmt: skip
_RENAMED: Mapping[str, str] = {
    "safe_cast": "TRY_CAST", "regexp_contains": "regexp_matches", "startswith": "starts_with", "endswith": "ends_with",
    "logical_or": "bool_or", "logical_and": "bool_and", "boolor_agg": "bool_or", "booland_agg": "bool_and", "every": "bool_and",
    "json_agg": "json_group_array", "jsonb_agg": "json_group_array", "json_build_object": "json_object", "jsonb_build_object": "json_object",
    "json_object_agg": "json_group_object", "jsonb_object_agg": "json_group_object",
    "stdev": "stddev_samp", "stdevp": "stddev_pop", "var": "var_samp", "varp": "var_pop",
    "approx_distinct": "approx_count_distinct", "toyear": "year", "tomonth": "month", "toquarter": "quarter",
}  # fmt: skip
_SPECIAL: Mapping[str, tuple[range, Callable[..., str | None]]] = {
    **DAYS,
    "substring_index": (
        range(3, 4),
        lambda of, sign, n: f"split_part({of}, {sign}, {n})" if n in ("1", "-1") else None,
    ),
    "field": (range(2, 40), lambda of, *among: f"coalesce(list_position([{', '.join(among)}], {of}), 0)"),
    "choose": (
        range(2, 40),
        lambda n, *among: f"CASE {n} {' '.join(f'WHEN {at} THEN {one}' for at, one in enumerate(among, 1))} END",
    ),
    "stuff": (range(4, 5), _stuffed),
    "width_bucket": (range(4, 5), _bucket),
    "struct": (range(1, 40), _named_parts),
    "substring": (range(1, 2), _found),
    "convert": (range(2, 4), _converted),
    "array_agg": (range(1, 3), _first),
    "unnest": (range(1, 2), lambda of: of if of.startswith("unnest([") else None),
    "decode": (range(3, 40), _chosen),
    "multiif": (range(3, 40, 2), _cases),
    "group_concat": (range(1, 40), _joined),
}


def here(name: str, args: Sequence[str]) -> str | None:
    """A call in this dialect; None where it is of this dialect already, or has no exact twin."""
    known = name.lower()
    if (form := _FORMS.get((known, len(args)))) is not None:
        return form.format(*args)
    if known in _SPECIAL and len(args) in _SPECIAL[known][0]:
        return _SPECIAL[known][1](*args)
    if known in _RENAMED:
        return f"{_RENAMED[known]}({', '.join(args)})"
    return literals(name, args)
