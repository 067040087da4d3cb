"""A span of days as people write it: 2025-Q4, 2025-11, 2025, 2025-10-01..2025-12-31, 2025-10-15, or as they say it (analyst/speech.py).

A bare word is the unit up to the day («квартал», month); with "last" before it («прошлый квартал», last-month) the whole one before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from analyst import speech
from analyst.errors import BadArgument
from analyst.speech import next_month

_FORM = re.compile(r"(?P<year>\d{4})(?:-?[QqКк](?P<quarter>[1-4])|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
FORMS = "2025-Q4, январь 2026, 2025, 01.10.2025-31.12.2025, с начала года, past 90 days"


def _back(day: date, months: int) -> date:
    """The first day of the month that many months earlier."""
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """first and last day, both inside."""

    first: date
    last: date

    @classmethod
    def read(cls, text: str, day: date | None = None) -> Self:
        """A period from its text. day: what words are counted from. Raises BadArgument."""
        first, dots, last_text = (part.strip() for part in text.strip().partition(".."))
        try:
            start, end = cls._span(first)
            if dots:
                end = cls._span(last_text)[1]
        except ValueError:
            if day is None or (said := speech.span(text, day)) is None:
                raise BadArgument(f"{text[:40]!r} is not a period that is read", fix=FORMS) from None
            start, end = said
        if end < start:
            raise BadArgument(f"the period {text[:40]!r} ends before it begins", fix=f"{end}..{start}")
        return cls(start, end)

    @classmethod
    def beside(cls, text: str, day: date) -> Self | None:
        """The whole unit before one that has only begun: what stands beside «квартал» said without a number."""
        unit = speech.begun(text)
        return cls.read(f"last {unit}", day) if unit else None

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
            return start, next_month(start) - timedelta(days=1)
        if form["quarter"]:
            start = date(year, int(form["quarter"]) * 3 - 2, 1)
            return start, next_month(date(year, int(form["quarter"]) * 3, 1)) - timedelta(days=1)
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
