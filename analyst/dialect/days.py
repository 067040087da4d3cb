"""Calls about days and moments as other engines write them, each as the call that means the same here; None where it has no exact twin.

Not here: ADD_MONTHS at the end of a month, weeks that begin on Sunday, numbers with a pattern. They stay as they are and fail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from analyst.dialect import patterns

_TEXT = re.compile(r"'((?:[^']|'')*)'|\"([^\"]*)\"", re.DOTALL)
_ISO = re.compile(r"'\d{4}-\d\d-\d\d'")
_A_DAY = re.compile(r"(?:current_date|today)(?:\(\))?|DATE '[^']*'|CAST\(.* AS DATE\)|[\w.'-]+::date", re.IGNORECASE)
_EDGE = re.compile(r"(?:DATE\s+)?'(\d{4}-\d\d-\d\d)'(?:::(?:date|timestamp))?", re.IGNORECASE)
_UNITS: Mapping[str, str] = {
    word: unit
    for unit, words in {
        "year": "year years yy yyyy", "quarter": "quarter quarters qq q", "month": "month months mm m mon",
        "week": "isoweek iw", "day": "day days dd d", "hour": "hour hours hh", "minute": "minute minutes mi", "second": "second seconds ss s",
    }.items()
    for word in words.split()
}  # fmt: skip
_WEEKS = {"week": "week", "weeks": "week", "wk": "week", "ww": "week"}  # of seven days, wherever they begin
_QUARTER = re.compile("Q")
_CALENDAR = frozenset({"year", "quarter", "month", "week", "day"})


def text(argument: str) -> str | None:
    """The text of a literal, in either kind of quotes; None for anything else."""
    match = _TEXT.fullmatch(argument)
    return None if match is None else match[1].replace("''", "'") if match[1] is not None else match[2]


def quoted(of: str) -> str:
    """A text as a literal."""
    return "'" + of.replace("'", "''") + "'"


def day(argument: str) -> str:
    """An argument as a date where it is one written as text."""
    return f"DATE {argument}" if _ISO.fullmatch(argument) else argument


def _unit(argument: str, *, weeks: bool = False) -> str | None:
    word = (text(argument) or argument).lower()
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
    if text(a) is None and re.fullmatch(r"[A-Za-z]+(?:\(MONDAY\))?", b, re.IGNORECASE):
        return _start(b, a)
    return _start(a, b) if re.fullmatch(r"[A-Za-z]+", a) and _unit(a) else None


def _trunc(a: str, b: str) -> str | None:
    pattern = text(b)
    return _start({"mon": "month", "y": "year", "yyyy": "year", "iw": "isoweek"}.get(pattern.lower(), pattern), a) if pattern else None  # fmt: skip


def _written(
    of: str, pattern: str, spelled: Callable[[str], str | None], quarter: re.Pattern[str] = _QUARTER
) -> str | None:
    """A day in a pattern; a part that stands for the quarter's number is written by its own call."""
    told = text(pattern)
    if told is None:
        return None
    if form := spelled(told):
        return f"strftime({day(of)}, {quoted(form)})"
    forms = [spelled(part) for part in _apart(told, quarter)]
    if len(forms) == 1 or None in forms:
        return None
    made = [
        part
        for form in forms
        for part in (f"strftime({day(of)}, {quoted(form)})" if form else "", f"quarter({day(of)})")
    ]
    return f"concat({', '.join(part for part in made[:-1] if part)})"


def _apart(pattern: str, quarter: re.Pattern[str]) -> list[str]:
    """What stands between the quarters of a pattern; what is in double quotes is no letter of it."""
    parts = [""]
    for piece in re.split(r'("[^"]*"|%%)', pattern):
        first, *rest = [piece] if piece.startswith(('"', "%%")) else quarter.split(piece)
        parts[-1] += first
        parts += rest
    return parts


def _read(of: str, pattern: str, spelled: Callable[[str], str | None], kind: str) -> str | None:
    told = text(pattern)
    form = spelled(told) if told is not None else None
    if not form:
        return None
    if form == "%Y-%m-%d" and kind == "DATE" and _ISO.fullmatch(of):
        return f"DATE {of}"
    parsed = f"strptime({of}, {quoted(form)})"
    return parsed if kind == "TIMESTAMP" else f"CAST({parsed} AS {kind})"


def _net(of: str, pattern: str) -> str | None:
    told = text(pattern)
    known = text(of) is None and told is not None and re.fullmatch(r"[yMdHhmst:./\- ]{3,}", told)
    return _written(of, pattern, patterns.of_net) if known else None


def _listed(start: str, end: str, step: str = "1 day") -> str | None:
    """Days from one literal to another, written out as a list."""
    edges = [_EDGE.fullmatch(a) for a in (start, end)]
    told = re.fullmatch(r"(?:INTERVAL\s+)?'?(\d+)\s*'?\s*([A-Za-z]+)'?(?:::interval)?", step, re.IGNORECASE)
    unit = _unit(told[2], weeks=True) if told else None
    if told is None or unit not in _CALENDAR:
        return None
    days = patterns.series([edge[1] for edge in edges if edge], int(told[1]), unit)
    return "[" + ", ".join(f"DATE '{day}'" for day in days) + "]" if days else None


def _series(start: str, end: str, step: str) -> str | None:
    return f"unnest({days})" if (days := _listed(start, end, step)) else None


def _modified(of: str, modifier: str) -> str | None:
    """DATE(x, 'start of month') and DATE(x, '-30 days') of SQLite; its months run over the end of a short one, so they have no twin."""
    of = "current_date" if of.lower() == "'now'" else of
    if told := re.fullmatch(r"'start of (month|year)'", modifier):
        return _start(told[1], of)
    if told := re.fullmatch(r"'([+-]?)(\d+) days?'", modifier):
        return f"(CAST({of} AS DATE) {told[1] or '+'} {told[2]})"
    return None


def _in_clickhouse(sign: str, unit: str) -> Callable[..., str | None]:
    """addDays(x, n) and its like: the day of a month that lacks it is its last one, as here."""
    return lambda of, number: _shifted(sign, of, number, unit)


def _boundary(unit: str, number: str, of: str) -> str | None:
    """DATEADD, and DATEADD(month, DATEDIFF(month, 0, x), 0) for the first day of a month."""
    first = re.fullmatch(r"DATEDIFF\(\s*(\w+)\s*,\s*0\s*,(.*)\)|date_diff\('(\w+)', 0, (.*)\)", number, re.IGNORECASE | re.DOTALL)  # fmt: skip
    if of == "0" and first:
        same = _unit(first[1] or first[3]) == _unit(unit) != "week"
        return _start(unit, (first[2] or first[4]).strip()) if same else None
    return _shifted("+", of, number, unit) if of != "0" else None


def _part(unit: str, of: str) -> str | None:
    known = _unit(unit) if re.fullmatch(r"\w+", unit) else None
    return f"date_part('{known}', {day(of)})" if known and known != "week" else None


def _extracted(of: str) -> str | None:
    """EXTRACT(YEAR_MONTH FROM x) of MySQL, EXTRACT(ISOWEEK FROM x) of BigQuery."""
    told = re.fullmatch(r"(YEAR_MONTH|ISOWEEK)\s+FROM\s+(.+)", of, re.IGNORECASE | re.DOTALL)
    if told is None:
        return None
    moment = day(told[2])
    return f"(year({moment}) * 100 + month({moment}))" if told[1].lower() == "year_month" else f"week({moment})"


def _passed(a: str, b: str, unit: str) -> str | None:
    """TIMESTAMP_DIFF: whole units that have passed."""
    known = _unit(unit) if re.fullmatch(r"\w+", unit) else None
    return f"date_sub('{known}', {day(b)}, {day(a)})" if known in ("day", "hour", "minute", "second") else None


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


# By the name of a call: how many arguments it has, and what stands for it.
DAYS: Mapping[str, tuple[range, Callable[..., str | None]]] = {
    "datediff": (range(3, 4), lambda unit, a, b: _span(a, b, unit) if re.fullmatch(r"\w+", unit) else None),
    "date_diff": (range(3, 4), lambda a, b, unit: _span(b, a, unit) if re.fullmatch(r"\w+", unit) else None),
    "datetime_diff": (range(3, 4), lambda a, b, unit: _span(b, a, unit) if re.fullmatch(r"\w+", unit) else None),
    "timestamp_diff": (range(3, 4), _passed),
    "extract": (range(1, 2), _extracted),
    "timestampdiff": (
        range(3, 4),
        lambda unit, a, b: f"date_sub('{_unit(unit)}', {day(a)}, {day(b)})" if _unit(unit, weeks=True) else None,
    ),
    "dateadd": (range(3, 4), _boundary),
    "timestampadd": (range(3, 4), _boundary),
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
    "to_char": (range(2, 3), lambda of, pattern: _written(of, pattern, patterns.of_oracle)),
    "to_varchar": (range(2, 3), lambda of, pattern: _written(of, pattern, patterns.of_oracle)),
    "date_format": (range(2, 3), lambda of, pattern: _written(of, pattern, patterns.of_mysql)),
    "formatdatetime": (range(2, 3), lambda of, pattern: _written(of, pattern, patterns.of_mysql)),
    "format_date": (range(2, 3), lambda pattern, of: _written(of, pattern, patterns.of_c, re.compile("%Q"))),
    "format": (range(2, 3), _net),
    "to_date": (range(2, 3), lambda of, pattern: _read(of, pattern, patterns.of_oracle, "DATE")),
    "to_timestamp": (range(2, 3), lambda of, pattern: _read(of, pattern, patterns.of_oracle, "TIMESTAMP")),
    "str_to_date": (range(2, 3), lambda of, pattern: _read(of, pattern, patterns.of_mysql, "DATE")),
    "parse_date": (range(2, 3), lambda pattern, of: _read(of, pattern, patterns.of_c, "DATE")),
    "generate_series": (range(3, 4), _series),
    "date": (range(2, 3), _modified),
    "make_interval": (range(1, 8), _made),
    "tostartofmonth": (range(1, 2), lambda of: _start("month", of)),
    "tostartofquarter": (range(1, 2), lambda of: _start("quarter", of)),
    "tostartofyear": (range(1, 2), lambda of: _start("year", of)),
    "tomonday": (range(1, 2), lambda of: _start("isoweek", of)),
    "generate_date_array": (range(2, 4), _listed),
    "timestamp_trunc": (range(2, 3), _truncated),
    "datetime_trunc": (range(2, 3), _truncated),
    "adddays": (range(2, 3), _in_clickhouse("+", "day")),
    "subtractdays": (range(2, 3), _in_clickhouse("-", "day")),
    "addweeks": (range(2, 3), _in_clickhouse("+", "week")),
    "subtractweeks": (range(2, 3), _in_clickhouse("-", "week")),
    "addmonths": (range(2, 3), _in_clickhouse("+", "month")),
    "subtractmonths": (range(2, 3), _in_clickhouse("-", "month")),
    "addquarters": (range(2, 3), _in_clickhouse("+", "quarter")),
    "subtractquarters": (range(2, 3), _in_clickhouse("-", "quarter")),
    "addyears": (range(2, 3), _in_clickhouse("+", "year")),
    "subtractyears": (range(2, 3), _in_clickhouse("-", "year")),
}
_OF_DAYS = frozenset("year month quarter day dayname monthname strftime last_day date_diff dayofmonth".split())  # noqa: SIM905


def literals(name: str, args: Sequence[str]) -> str | None:
    """A call of this dialect's own functions of days with days written as text; None where there are none."""
    return _literal_days(name)(*args) if name.lower() in _OF_DAYS else None
