"""Calls of other engines whose nearest relative here may give another result: offered to the caller as a fix, never run for it.

What may differ stands beside each. The walk is that of the exact twins, so that arguments may hold anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from analyst.dialect import patterns
from analyst.dialect.days import quoted, text

_FORMS: Mapping[tuple[str, int], str] = {
    ("add_months", 2): "CAST(CAST({0} AS DATE) + INTERVAL ({1}) MONTH AS DATE)",  # the end of a month stays the end of one elsewhere
    ("months_between", 2): "date_sub('month', CAST({1} AS DATE), CAST({0} AS DATE))",  # with fractions elsewhere
    ("julianday", 1): "julian(CAST({0} AS TIMESTAMP))",  # begins at noon elsewhere
    ("similarity", 2): "jaro_winkler_similarity({0}, {1})",  # of trigrams elsewhere
    ("regexp_like", 2): "regexp_matches({0}, {1})", ("regexp_like", 3): "regexp_matches({0}, {1}, {2})",  # the case, the ends
    ("to_number", 1): "CAST({0} AS DECIMAL(18,2))", ("to_number", 2): "CAST({0} AS DECIMAL(18,2))",  # digits
    ("try_to_number", 1): "TRY_CAST({0} AS DECIMAL(18,2))", ("try_to_decimal", 1): "TRY_CAST({0} AS DECIMAL(18,2))",
    ("regexp_substr", 2): "nullif(regexp_extract({0}, {1}), '')",  # what a pattern may hold
    ("current_date", 1): "current_date",  # the zone
    ("initcap", 1): "array_to_string(list_transform(string_split(lower({0}), ' '), lambda w: upper(left(w, 1)) || substr(w, 2)), ' ')",
    ("uniqcombined", 1): "count(DISTINCT {0})", ("approx_quantile", 2): "quantile_cont({0}, {1})",
    ("format", 2): "CAST(round({0}, 2) AS VARCHAR)",  # groups of digits
    ("formatnumber", 2): "CAST(round({0}, 2) AS VARCHAR)",
    ("date", 1): "CAST({0} AS DATE)",
    ("safe_divide", 2): "(({0}) / nullif({1}, 0))",
    ("levenshtein_distance", 2): "levenshtein({0}, {1})", ("edit_distance", 2): "levenshtein({0}, {1})", ("word_similarity", 2): "jaro_winkler_similarity({0}, {1})",
}  # fmt: skip


def _told(of: str, pattern: str) -> str | None:
    """TO_CHAR of a number, as its digits; of a day, in the nearest pattern."""
    told = text(pattern)
    if told is None:
        return None
    if re.fullmatch(r"[09D,. FMGSL$]+", told):
        return f"CAST({of} AS VARCHAR)"
    form = patterns.of_oracle(re.sub(r"^(?:TM|FM)+|(?<![A-Za-z])TM", "", told))
    return f"strftime({of}, {quoted(form or '%Y-%m-%d')})"


def _weekday(unit: str, of: str) -> str | None:
    """DATEPART(weekday, x): Sunday is 1 where nobody has set it otherwise."""
    return f"(dayofweek({of}) + 1)" if unit.lower() in ("weekday", "dw") else f"week({of})" if unit.lower() in ("week", "wk", "ww") else None  # fmt: skip


def _weeks(unit: str, a: str, b: str) -> str | None:
    """Boundaries of weeks, which begin on Sunday elsewhere."""
    return f"date_diff('week', CAST({a} AS DATE), CAST({b} AS DATE))" if unit.lower().strip("'") in ("week", "wk", "ww") else None  # fmt: skip


def _parsed(of: str) -> str | None:
    """TRY_PARSE(x AS DATE USING 'ru-RU')."""
    told = re.fullmatch(r"(.+)\s+AS\s+(\w+(?:\([\d, ]+\))?)(?:\s+USING\s+.+)?", of, re.IGNORECASE | re.DOTALL)
    return f"TRY_CAST({told[1]} AS {told[2]})" if told else None


def _month_ends(start: str, end: str, step: str) -> str | None:
    """A series from the last day of a month: elsewhere the day of the shortest month on the way stays."""
    days = [re.search(r"'(\d{4}-\d\d-\d\d)'", edge) for edge in (start, end)]
    told = re.search(r"(\d+)\s*'?\s*(month|quarter|year)", step, re.IGNORECASE)
    if told is None or not all(days):
        return None
    months = int(told[1]) * {"month": 1, "quarter": 3, "year": 12}[told[2].lower()]
    listed = ", ".join(f"DATE '{day}'" for day in patterns.month_ends([day[1] for day in days if day], months))
    return f"unnest([{listed}])" if listed else None


_SPECIAL: Mapping[tuple[str, int], Callable[..., str | None]] = {
    ("generate_series", 3): _month_ends,
    ("to_char", 2): _told,
    ("to_varchar", 2): _told,
    ("datepart", 2): _weekday,
    ("date_part", 2): _weekday,
    ("datediff", 3): _weeks,
    ("date_diff", 3): lambda a, b, unit: _weeks(unit, b, a),
    ("try_parse", 1): _parsed,
    ("to_date", 2): lambda of, _: f"CAST({of} AS DATE)",
    ("str_to_date", 2): lambda of, _: f"CAST({of} AS DATE)",
    ("parse_date", 2): lambda _, of: f"CAST({of} AS DATE)",
    ("date_format", 2): lambda of, _: f"strftime({of}, '%Y-%m-%d')",
    ("lpad", 3): lambda of, size, sign: f"right(concat(repeat({sign}, 20), {of}), {size})" if text(sign) else None,
}


def here(name: str, args: Sequence[str]) -> str | None:
    """A call in this dialect that may give another result; None where there is none."""
    known = name.lower(), len(args)
    if known in _SPECIAL:
        return _SPECIAL[known](*args)
    return _FORMS[known].format(*args) if known in _FORMS else None
