"""Calls of functions that other engines have, each as the call that means the same here: one entry a name and number of arguments.

Only what is exact stands here. A function whose result may differ (ADD_MONTHS at the end of a month, weeks that begin on Sunday, numbers
with a pattern, SIMILARITY) is left as it is, so that the statement fails and the caller is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from analyst import dateform

Args = Sequence[str]
_TEXT = re.compile(r"'((?:[^']|'')*)'|\"([^\"]*)\"", re.DOTALL)
_ISO = re.compile(r"'\d{4}-\d\d-\d\d'")
_A_DAY = re.compile(r"(?:current_date|today)(?:\(\))?|DATE '[^']*'|CAST\(.* AS DATE\)|[\w.'-]+::date", re.IGNORECASE)
_EDGE = re.compile(r"(?:DATE\s+)?'(\d{4}-\d\d-\d\d)'(?:::(?:date|timestamp))?", re.IGNORECASE)
_TYPE = re.compile(r"(?:N?VARCHAR2?|N?CHAR|TEXT|STRING|DATE|DATETIME2?|TIMESTAMP|DECIMAL|NUMERIC|INT|INTEGER|BIGINT|FLOAT|DOUBLE)(?:\(.*\))?", re.IGNORECASE)  # fmt: skip
_UNITS: Mapping[str, str] = {
    word: unit
    for unit, words in {
        "year": "year years yy yyyy", "quarter": "quarter quarters qq q", "month": "month months mm m mon",
        "week": "isoweek iw", "day": "day days dd d", "hour": "hour hours hh", "minute": "minute minutes mi", "second": "second seconds ss s",
    }.items()
    for word in words.split()
}  # fmt: skip
_WEEKS = {"week": "week", "weeks": "week", "wk": "week", "ww": "week"}  # of seven days, wherever they begin
_CALENDAR = frozenset({"year", "quarter", "month", "week", "day"})
_STYLES = {
    "23": "%Y-%m-%d", "102": "%Y.%m.%d", "103": "%d/%m/%Y", "104": "%d.%m.%Y", "105": "%d-%m-%Y", "112": "%Y%m%d",
    "120": "%Y-%m-%d %H:%M:%S", "20": "%Y-%m-%d %H:%M:%S",
}  # fmt: skip


def _text(argument: str) -> str | None:
    """The text of a literal, in either kind of quotes; None for anything else."""
    match = _TEXT.fullmatch(argument)
    return None if match is None else match[1].replace("''", "'") if match[1] is not None else match[2]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def day(argument: str) -> str:
    """An argument as a date where it is one written as text."""
    return f"DATE {argument}" if _ISO.fullmatch(argument) else argument


def _unit(argument: str, *, weeks: bool = False) -> str | None:
    word = (_text(argument) or argument).lower()
    return _UNITS.get("isoweek" if word == "week(monday)" else word) or (_WEEKS.get(word) if weeks else None)


def _span(a: str, b: str, unit: str) -> str | None:
    """Boundaries of a unit between two moments."""
    known = _unit(unit)
    return f"date_diff('{known}', {day(a)}, {day(b)})" if known and known != "week" else None


def _shifted(sign: str, of: str, number: str, unit: str) -> str | None:
    known = _unit(unit, weeks=True)
    if known is None:
        return None
    moved = f"{day(of)} {sign} INTERVAL ({number}) {known}"
    # A day moved by whole days is a day; of anything else the type is not known here.
    plain = _ISO.fullmatch(of) or _A_DAY.fullmatch(of)
    return f"CAST({moved} AS DATE)" if plain and known in _CALENDAR else f"({moved})"


def _interval(sign: str, of: str, by: str) -> str | None:
    if given := re.fullmatch(r"INTERVAL\s+'?(-?\d+)\s*'?\s*(\w+?)'?", by, re.IGNORECASE):
        return _shifted(sign, of, given[1], given[2])
    return f"({day(of)} {sign} {by})" if by.upper().startswith("INTERVAL") else None


def _days(sign: str, of: str, by: str) -> str | None:
    return f"(CAST({of} AS DATE) {sign} {by})" if re.fullmatch(r"\d+", by) else None


def _start(unit: str, of: str) -> str | None:
    known = _unit(unit)
    return f"CAST(date_trunc('{known}', {day(of)}) AS DATE)" if known in _CALENDAR else None


def _truncated(a: str, b: str) -> str | None:
    """DATE_TRUNC with the unit on either side and without quotes; TRUNC with a pattern."""
    if _text(a) is None and re.fullmatch(r"[A-Za-z]+(?:\(MONDAY\))?", b, re.IGNORECASE):
        return _start(b, a)
    return _start(a, b) if re.fullmatch(r"[A-Za-z]+", a) and _unit(a) else None


def _trunc(a: str, b: str) -> str | None:
    pattern = _text(b)
    return _start({"mon": "month", "y": "year", "yyyy": "year", "iw": "isoweek"}.get(pattern.lower(), pattern), a) if pattern else None  # fmt: skip


def _written(of: str, pattern: str, spelled: Callable[[str], str | None]) -> str | None:
    text = _text(pattern)
    form = spelled(text) if text is not None else None
    if form:
        return f"strftime({day(of)}, {_quoted(form)})"
    if text is not None and (parts := re.fullmatch(r'(YYYY)?(?:([-./ ])|"([^"]*)"|([-./ ])"([^"]*)")?(Q)', text)):
        between = f"{parts[2] or parts[3] or (parts[4] or '') + (parts[5] or '')}"
        year = f"year({day(of)}), " if parts[1] else ""
        return f"concat({year}{_quoted(between)}, quarter({day(of)}))"
    return None


def _read(of: str, pattern: str, spelled: Callable[[str], str | None], kind: str) -> str | None:
    text = _text(pattern)
    form = spelled(text) if text is not None else None
    if not form:
        return None
    if form == "%Y-%m-%d" and kind == "DATE" and _ISO.fullmatch(of):
        return f"DATE {of}"
    parsed = f"strptime({of}, {_quoted(form)})"
    return parsed if kind == "TIMESTAMP" else f"CAST({parsed} AS {kind})"


def _net(of: str, pattern: str) -> str | None:
    text = _text(pattern)
    known = _text(of) is None and text is not None and re.fullmatch(r"[yMdHhmst:./\- ]{3,}", text)
    return _written(of, pattern, dateform.of_net) if known else None


def _converted(a: str, b: str, style: str = "") -> str | None:
    """CONVERT of SQL Server (type, value, style) and of MySQL (value, type)."""
    if not _TYPE.fullmatch(a):
        return f"CAST({a} AS {b})" if _TYPE.fullmatch(b) and not style else None
    if not style:
        return f"CAST({b} AS {a})"
    if (form := _STYLES.get(style)) is None:
        return None
    if a.upper() == "DATE" and _text(b) is not None:
        return f"CAST(strptime({b}, {_quoted(form)}) AS DATE)"
    width = re.search(r"\((\d+)\)", a)
    written = f"strftime({day(b)}, {_quoted(form)})"
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


def _series(start: str, end: str, step: str) -> str | None:
    """Days from one literal to another, written out."""
    edges = [_EDGE.fullmatch(a) for a in (start, end)]
    told = re.fullmatch(r"(?:INTERVAL\s+)?'?(\d+)\s*'?\s*([A-Za-z]+)'?(?:::interval)?", step, re.IGNORECASE)
    unit = _unit(told[2], weeks=True) if told else None
    if told is None or unit not in _CALENDAR:
        return None
    days = dateform.series([edge[1] for edge in edges if edge], int(told[1]), unit)
    return "unnest([" + ", ".join(f"DATE '{day}'" for day in days) + "])" if days else None


def _of_start(of: str, modifier: str) -> str | None:
    """DATE(x, 'start of month') of SQLite."""
    told = re.fullmatch(r"'start of (month|year)'", modifier)
    return _start(told[1], of) if told else None


def _part(unit: str, of: str) -> str | None:
    known = _unit(unit) if re.fullmatch(r"\w+", unit) else None
    return f"date_part('{known}', {day(of)})" if known and known != "week" else None


def _named(unit: str, of: str) -> str | None:
    word = unit.lower()
    return {"month": f"monthname({day(of)})", "weekday": f"dayname({day(of)})", "dw": f"dayname({day(of)})"}.get(word)


def _made(*args: str) -> str | None:
    """make_interval with one named part."""
    given = re.fullmatch(r"(year|month|week|day|hour)s\s*(?:=>|:=)\s*(.+)", args[0], re.IGNORECASE)
    return f"to_{given[1].lower()}s({given[2]})" if given and len(args) == 1 else None


def _literal_days(name: str) -> Callable[..., str | None]:
    def call(*args: str) -> str | None:
        days = [day(a) for a in args]
        return f"{name}({', '.join(days)})" if days != list(args) else None

    return call


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
    ("total", 1): "coalesce(sum({0}), 0)", ("uniqexact", 1): "count(DISTINCT {0})", ("toyyyymm", 1): "CAST(strftime({0}, '%Y%m') AS INTEGER)",
}  # fmt: skip
_RENAMED: Mapping[str, str] = {
    "safe_cast": "TRY_CAST", "regexp_contains": "regexp_matches", "startswith": "starts_with", "endswith": "ends_with",
    "logical_or": "bool_or", "logical_and": "bool_and", "boolor_agg": "bool_or", "booland_agg": "bool_and", "every": "bool_and",
    "approx_distinct": "approx_count_distinct", "toyear": "year", "tomonth": "month", "toquarter": "quarter",
}  # fmt: skip
_SPECIAL: Mapping[str, tuple[range, Callable[..., str | None]]] = {
    "datediff": (range(3, 4), lambda unit, a, b: _span(a, b, unit) if re.fullmatch(r"\w+", unit) else None),
    "date_diff": (range(3, 4), lambda a, b, unit: _span(b, a, unit) if re.fullmatch(r"\w+", unit) else None),
    "timestampdiff": (
        range(3, 4),
        lambda unit, a, b: f"date_sub('{_unit(unit)}', {day(a)}, {day(b)})" if _unit(unit, weeks=True) else None,
    ),
    "dateadd": (range(3, 4), lambda unit, number, of: _shifted("+", of, number, unit)),
    "timestampadd": (range(3, 4), lambda unit, number, of: _shifted("+", of, number, unit)),
    "date_add": (range(2, 3), lambda of, by: _interval("+", of, by) or _days("+", of, by)),
    "adddate": (range(2, 3), lambda of, by: _interval("+", of, by) or _days("+", of, by)),
    "date_sub": (range(2, 3), lambda of, by: _interval("-", of, by) or _days("-", of, by)),
    "subdate": (range(2, 3), lambda of, by: _interval("-", of, by) or _days("-", of, by)),
    "date_trunc": (range(2, 3), lambda a, b: _truncated(a, b) or _literal_days("date_trunc")(a, b)),
    "datetrunc": (range(2, 3), _truncated),
    "trunc": (range(2, 3), _trunc),
    "datepart": (range(2, 3), _part),
    "date_part": (range(2, 3), lambda unit, of: _part(unit, of) or _literal_days("date_part")(unit, of)),
    "datename": (range(2, 3), _named),
    "to_char": (range(2, 3), lambda of, pattern: _written(of, pattern, dateform.of_oracle)),
    "to_varchar": (range(2, 3), lambda of, pattern: _written(of, pattern, dateform.of_oracle)),
    "date_format": (range(2, 3), lambda of, pattern: _written(of, pattern, dateform.of_mysql)),
    "formatdatetime": (range(2, 3), lambda of, pattern: _written(of, pattern, dateform.of_mysql)),
    "format_date": (range(2, 3), lambda pattern, of: _written(of, pattern, dateform.of_c)),
    "format": (range(2, 3), _net),
    "to_date": (range(2, 3), lambda of, pattern: _read(of, pattern, dateform.of_oracle, "DATE")),
    "to_timestamp": (range(2, 3), lambda of, pattern: _read(of, pattern, dateform.of_oracle, "TIMESTAMP")),
    "str_to_date": (range(2, 3), lambda of, pattern: _read(of, pattern, dateform.of_mysql, "DATE")),
    "parse_date": (range(2, 3), lambda pattern, of: _read(of, pattern, dateform.of_c, "DATE")),
    "convert": (range(2, 4), _converted),
    "array_agg": (range(1, 3), _first),
    "generate_series": (range(3, 4), _series),
    "date": (range(2, 3), _of_start),
    "unnest": (range(1, 2), lambda of: of if of.startswith("unnest([") else None),
    "decode": (range(3, 40), _chosen),
    "multiif": (range(3, 40, 2), _cases),
    "group_concat": (range(1, 40), _joined),
    "make_interval": (range(1, 8), _made),
    "tostartofmonth": (range(1, 2), lambda of: _start("month", of)),
    "tostartofquarter": (range(1, 2), lambda of: _start("quarter", of)),
    "tostartofyear": (range(1, 2), lambda of: _start("year", of)),
    "tomonday": (range(1, 2), lambda of: _start("isoweek", of)),
}
_OF_DAYS = frozenset("year month quarter day dayname monthname strftime last_day date_diff dayofmonth".split())  # noqa: SIM905


def here(name: str, args: Args) -> str | None:
    """A call in this dialect; None where it is of this dialect already, or has no exact twin."""
    known = name.lower()
    if (form := _FORMS.get((known, len(args)))) is not None:
        return form.format(*args)
    if known in _SPECIAL and len(args) in _SPECIAL[known][0]:
        return _SPECIAL[known][1](*args)
    if known in _RENAMED:
        return f"{_RENAMED[known]}({', '.join(args)})"
    return _literal_days(name)(*args) if known in _OF_DAYS else None
