"""A span of days as people write it: 2025-Q4, 2025-11, 2025, 2025-10-01..2025-12-31, 2025-10-15."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from analyst.errors import BadArgument

_FORM = re.compile(r"(?P<year>\d{4})(?:-?[QqКк](?P<quarter>[1-4])|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """first and last day, both inside."""

    first: date
    last: date

    @classmethod
    def read(cls, text: str) -> Self:
        """A period from its text. Raises BadArgument."""
        first, dots, last = (part.strip() for part in text.strip().partition(".."))
        try:
            start, end = cls._span(first)
            if dots:
                end = cls._span(last)[1]
        except ValueError:
            raise BadArgument(
                f"{text[:40]!r} is not a period", fix="2025-Q4, 2025-11, 2025 or 2025-10-01..2025-12-31"
            ) from None
        if end < start:
            raise BadArgument(f"the period {text[:40]!r} ends before it begins", fix="2025-10-01..2025-12-31")
        return cls(start, end)

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
    return [*names, str(year), str(year - 1)]
