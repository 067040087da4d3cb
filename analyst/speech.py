"""A day or a span of days as people say it, in Russian, Kazakh and English: «4 кв. 2025», «қаңтар», "past 90 days", 01.01.2026-31.01.2026.

Words become a few signs (Y2025, N4, M01, quarter, last…), and a phrase is read only when every word of it is a sign or says nothing: what is
not read whole is not read at all. What is counted is counted from a day. A month or quarter without a year is the latest that has begun.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from analyst.signs import read as _signs

Span = tuple[date, date]

_YEAR = re.compile(r"(?:(?<=\s)|^)(?:Y(?P<year>\d{4})(?: year)?|(?P<which>this|last|next|prior) year)(?=\s|$)")
_COUNTED = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def next_month(day: date) -> date:
    """The first day of the month after."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def begin(unit: str, day: date) -> date:
    """The first day of the week, month, quarter, half or year that a day is in."""
    if unit == "week":
        return day - timedelta(days=day.weekday())
    months = _MONTHS[unit]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def span(text: str, day: date) -> Span | None:
    """First and last day of what a text says, both inside; None when it is not read. day: what words are counted from."""
    signs = _signs(text)
    try:
        return _span(signs, day) if signs else None
    except (ValueError, OverflowError):
        return None


def on(text: str, day: date) -> date | None:
    """The one day that a text says: a day, yesterday, the end of a month, a year ago; None when it is not read, or says no year."""
    signs = _signs(text)
    try:
        return _day(signs, day) if signs else None
    except (ValueError, OverflowError):
        return None


def years(text: str, day: date) -> tuple[date, ...]:
    """A day that is said without its year: the last one before and the next one after."""
    if (signs := _signs(text)) is None or not (said := re.fullmatch(r"[NO](\d+) M(\d\d)", signs)):
        return ()
    found = []
    for year in (day.year - 1, day.year, day.year + 1):
        try:
            found.append(date(year, int(said[2]), int(said[1])))
        except ValueError:
            continue
    before, after = [d for d in found if d <= day], [d for d in found if d > day]
    return (*before[-1:], *after[:1])


def may(text: str) -> bool:
    """Whether every word of a text is one of time."""
    return bool(_signs(text))


def begun(text: str) -> str:
    """The unit that is meant up to the day: «квартал», this month. Empty for anything else."""
    said = re.fullmatch(r"(?:this )?(week|month|quarter|year)", _signs(text) or "")
    return said[1] if said else ""


def _span(signs: str, day: date) -> Span | None:
    if (whole := _single(signs, day)) is not None:
        return whole
    plain = re.sub(r"^from ", "", signs)
    # «с октября», "since 1 January", қазаннан бері: up to the day
    if (since := re.fullmatch(r"from (.+?)(?: to(?: today)?)?|(.+?) to from", signs)) and (
        first := _single(since[1] or since[2], day)
    ):
        return (first[0], day) if first[0] <= day else None
    halves = [(plain[: hit.start()], plain[hit.end() :]) for hit in re.finditer(r" to ", plain)]
    found = [both for left, right in halves if (both := _between(left, right, day)) is not None]
    return found[0] if len(found) == 1 else None


def _between(left: str, right: str, day: date) -> Span | None:
    """From one span to another; what the first leaves out, the month or the year, it has from the second."""
    if (end := _single(right, day)) is None:
        # 2025 жылғы қазаннан желтоқсанға дейін: the year stands before both
        return None
    if re.fullmatch(_YEAR.pattern, left) and not (_YEAR.search(right) or "D" in right):
        return _single(f"{left} {right}", day)  # «2025 - 4 квартал»: a part of that year
    if bare := re.fullmatch(r"[NO](\d+)", left):
        if unit := re.search(r"quarter|half", right):
            left = f"{left} {unit[0]}"
        elif end[0] != end[1]:
            return None
        else:
            return (start, end[1]) if (start := end[1].replace(day=int(bare[1]))) <= end[1] else None
    undated = not _YEAR.search(left) and not re.search(r"D\d|today|yesterday|eve", left)
    stated = _YEAR.search(right)
    if undated and _YEAR.search(left) is None and stated:
        first = _single(left, end[1])
    elif not stated and (said := _YEAR.search(left)) and (later := _single(f"{right} {said[0]}", day)):
        first, end = _single(left, day), later
    else:
        first = _single(left, end[1] if undated else day)
    return (first[0], end[1]) if first else None


def _single(signs: str, day: date) -> Span | None:  # noqa: PLR0911 (one form after another)
    """A span that is said in one piece."""
    if said := re.fullmatch(r"D(\S+)(?: year)?", signs):
        one = date.fromisoformat(said[1])
        return one, one
    if signs in ("today", "yesterday", "eve"):
        one = day - timedelta(days=("today", "yesterday", "eve").index(signs))
        return one, one
    if said := re.fullmatch(r"([ymq])td", signs):
        return begin({"y": "year", "m": "month", "q": "quarter"}[said[1]], day), day
    if said := re.fullmatch(r"from start (week|month|quarter|year)|(week|month|quarter|year) from start", signs):
        return begin(said[1] or said[2], day), day
    if said := re.fullmatch(r"(?:(?:past|last) N(\d+) (day|week|month|year)|N(\d+) (day|week)(?: past)?)", signs):
        return _window(int(said[1] or said[3]), said[2] or said[4], day)
    if said := re.fullmatch(r"(?:(this|last|next|prior) )?(week|month|quarter|half|year)", signs):
        return _unit(said[1] or "", said[2], day)
    year, rest = None, signs
    if stated := _YEAR.search(signs):
        year = int(stated["year"]) if stated["year"] else day.year + _STEPS[stated["which"]]
        rest = " ".join((signs[: stated.start()] + " " + signs[stated.end() :]).split())
    return _of_year(rest, year, day)


_STEPS = {"this": 0, "last": -1, "next": 1, "prior": -2}


def _unit(which: str, unit: str, day: date) -> Span | None:
    """A unit by its place: a bare one, or this one, up to the day."""
    first = begin(unit, day)
    if which in ("", "this"):
        return (first, day) if unit != "half" else None
    for _ in range(-_STEPS[which] if which != "next" else 0):
        first = begin(unit, first - timedelta(days=1))
    if which == "next":
        first = _after(unit, first)
    return first, _after(unit, first) - timedelta(days=1)


def _after(unit: str, first: date) -> date:
    """The first day of the next unit."""
    if unit == "week":
        return first + timedelta(days=7)
    for _ in range(_MONTHS[unit]):
        first = next_month(first)
    return first


def _window(count: int, unit: str, day: date) -> Span | None:
    """So many days, weeks, months or years that end on the day."""
    if count == 0:
        return None
    if unit in _COUNTED:
        return day - timedelta(days=count * _COUNTED[unit] - 1), day
    return _back(day, count * _MONTHS[unit]) + timedelta(days=1), day


def _back(day: date, months: int) -> date:
    """So many months earlier; the end of a month stays an end."""
    index = day.year * 12 + day.month - 1 - months
    first = date(index // 12, index % 12 + 1, 1)
    last = next_month(first) - timedelta(days=1)
    ends = (day + timedelta(days=1)).day == 1
    return last if ends or day.day > last.day else first.replace(day=day.day)


def _of_year(rest: str, year: int | None, day: date) -> Span | None:  # noqa: PLR0911 (one form after another)
    """A part of a year, or all of it; without a year, of the latest that has begun."""

    def latest(made: Callable[[int], date]) -> date:
        return made(year) if year is not None else made(day.year) if made(day.year) <= day else made(day.year - 1)

    if not rest:
        return (date(year, 1, 1), date(year, 12, 31)) if year is not None else None
    if rest == "from start" and year is not None:
        return (date(year, 1, 1), day) if year <= day.year else None
    if said := re.fullmatch(r"(from start )?M(\d\d)(?: month)?", rest):
        since, month = said.groups()
        first = latest(lambda y: date(y, int(month), 1))
        return first, day if since else next_month(first) - timedelta(days=1)
    # «январь 25» may be of the year 2025: a day behind its month needs the year.
    if (said := re.fullmatch(r"[NO](\d+) M(\d\d)|M(\d\d) [NO](\d+)", rest)) and (said[1] or year is not None):
        month, number = said[2] or said[3], said[1] or said[4]
        one = latest(lambda y: date(y, int(month), int(number)))
        return one, one
    if said := re.fullmatch(r"[NO]([1-4]) (quarter)|[NO]([12]) (half)|(quarter) [NO]([1-4])|(half) [NO]([12])", rest):
        unit = "quarter" if "quarter" in rest else "half"
        number = next(filter(str.isdigit, rest))
        first = latest(lambda y: date(y, (int(number) - 1) * _MONTHS[unit] + 1, 1))
        return first, _after(unit, first) - timedelta(days=1)
    # «за 9 месяцев 2025 года»: of the year from its beginning
    if (said := re.fullmatch(r"N(\d+) month", rest)) and year is not None and 1 <= int(said[1]) <= 12:  # noqa: PLR2004
        return date(year, 1, 1), next_month(date(year, int(said[1]), 1)) - timedelta(days=1)
    return None


def _day(signs: str, day: date) -> date | None:
    if said := re.fullmatch(r"(?:N(\d+) )?(day|week|month|year) ago", signs):
        count = int(said[1] or 1)
        return (
            day - timedelta(days=count * _COUNTED[said[2]])
            if said[2] in _COUNTED
            else _back(day, count * _MONTHS[said[2]])
        )
    if said := re.fullmatch(r"(?:(start|end) (.+)|(.+) (start|end))", signs):
        of = said[2] or said[3]
        # The end of this month is its last day, though it be ahead.
        if unit := re.fullmatch(r"(?:this )?(month|quarter|half|year)", of):
            first = begin(unit[1], day)
            whole: Span | None = (first, _after(unit[1], first) - timedelta(days=1))
        else:
            whole = _single(of, day) if not re.match(r"past|start|from", of) else None
        return (whole[0] if (said[1] or said[4]) == "start" else whole[1]) if whole else None
    if re.fullmatch(r"[NO]\d+ M\d\d", signs):  # which year is meant is not for us to say
        return None
    found = _single(signs, day)
    said_day = re.search(r"D\d|today|yesterday|eve|[NO]\d+ M|M\d\d [NO]", signs)
    return found[0] if found and said_day and found[0] == found[1] else None
