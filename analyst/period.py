"""A span of days as people write it: 2025-Q4, 2025-11, 2025, 2025-10-01..2025-12-31, 2025-10-15, or a word counted from a day.

A bare word is the unit up to the day («квартал», month); with "last" before it («прошлый квартал», last-month) the whole one before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from analyst.errors import BadArgument

_FORM = re.compile(r"(?P<year>\d{4})(?:-?[QqКк](?P<quarter>[1-4])|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
_UNITS = {
    "week": ("week", "неделя", "неделю", "апта"),
    "month": ("month", "месяц", "ай"),
    "quarter": ("quarter", "квартал", "тоқсан"),
    "year": ("year", "год", "жыл"),
}
_UNIT = {word: unit for unit, words in _UNITS.items() for word in words}
_THIS = ("this", "этот", "эта", "эту", "текущий", "текущая", "бұл", "осы")
_LAST = ("last", "previous", "prev", "прошлый", "прошлая", "прошлую", "предыдущий", "предыдущая", "өткен")
FORMS = "2025-Q4, 2025-11, 2025, 2025-10-01..2025-12-31, quarter or last-month"


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _back(day: date, months: int) -> date:
    """The first day of the month that many months earlier."""
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


def _begin(unit: str, day: date) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return date(day.year, {"month": day.month, "quarter": (day.month - 1) // 3 * 3 + 1, "year": 1}[unit], 1)


def _word(text: str) -> tuple[bool, str] | None:
    """Whether the last one is meant, and the unit; None when these are not such words."""
    words = re.split(r"[\s_-]+", text.strip().casefold())
    if not 0 < len(words) <= 2 or (unit := _UNIT.get(words[-1])) is None:  # noqa: PLR2004 (a unit and one word before it)
        return None
    if len(words) == 1 or words[0] in _THIS:
        return False, unit
    return (True, unit) if words[0] in _LAST else None


@dataclass(frozen=True, slots=True)
class Period:
    """first and last day, both inside."""

    first: date
    last: date

    @classmethod
    def read(cls, text: str, day: date | None = None) -> Self:
        """A period from its text. day: what words are counted from. Raises BadArgument."""
        if day is not None and (word := _word(text)):
            last, unit = word
            begin = _begin(unit, day)
            return cls(_begin(unit, begin - timedelta(days=1)), begin - timedelta(days=1)) if last else cls(begin, day)
        first, dots, last_text = (part.strip() for part in text.strip().partition(".."))
        try:
            start, end = cls._span(first)
            if dots:
                end = cls._span(last_text)[1]
        except ValueError:
            raise BadArgument(f"{text[:40]!r} is not a period", fix=FORMS) from None
        if end < start:
            raise BadArgument(f"the period {text[:40]!r} ends before it begins", fix="2025-10-01..2025-12-31")
        return cls(start, end)

    @classmethod
    def beside(cls, text: str, day: date) -> Self | None:
        """The whole unit before one that has only begun: what stands beside «квартал» said without a number."""
        word = _word(text)
        return cls.read(f"last {word[1]}", day) if word and not word[0] else None

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"

    @property
    def previous(self) -> Period:
        """The span before: as many months when these are whole months, else as many days."""
        if self.first.day == 1 and (self.last + timedelta(days=1)).day == 1:
            months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
            return Period(_back(self.first, months), self.first - timedelta(days=1))
        return Period(self.first - (self.last - self.first) - timedelta(days=1), self.first - timedelta(days=1))

    @property
    def year_ago(self) -> Period:
        """The same days a year earlier; 29 February becomes the 28th, and the end of a February stays its end."""
        last = self.last + timedelta(days=1)
        whole = last.day == 1
        return Period(year_ago(self.first), year_ago(last) - timedelta(days=1) if whole else year_ago(self.last))

    @staticmethod
    def _span(text: str) -> tuple[date, date]:
        if (form := _FORM.fullmatch(text)) is None:
            raise ValueError(text)
        year = int(form["year"])
        if form["day"]:
            day = date(year, int(form["month"]), int(form["day"]))
            return day, day
        if form["month"]:
            start = date(year, int(form["month"]), 1)
            return start, _next_month(start) - timedelta(days=1)
        if form["quarter"]:
            start = date(year, int(form["quarter"]) * 3 - 2, 1)
            return start, _next_month(date(year, int(form["quarter"]) * 3, 1)) - timedelta(days=1)
        return date(year, 1, 1), date(year, 12, 31)


def year_ago(day: date) -> date:
    """The same day a year earlier; 29 February becomes the 28th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def recent(as_of: date, quarters: int = 5, months: int = 6) -> list[str]:
    """Names of the latest quarters and months up to a day, newest first: what a prompt offers."""
    quarter, year = (as_of.month + 2) // 3, as_of.year
    names = []
    for back in range(quarters):
        index = year * 4 + quarter - 1 - back
        names.append(f"{index // 4}-Q{index % 4 + 1}")
    for back in range(months):
        index = year * 12 + as_of.month - 1 - back
        names.append(f"{index // 12}-{index % 12 + 1:02}")
    return [*names, str(year), str(year - 1), "quarter", "last-quarter", "month", "last-month", "year"]
