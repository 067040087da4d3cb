"""Days that an answer speaks of and the mirror does not know: a certified zero for next year is no answer, and half a quarter is not a quarter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

LONG_AGO = timedelta(days=366)  # nobody needs to be told where the mirror begins when asking about this year

_TOLD = re.compile(r"the mirror (ends|begins) on (\d{4}-\d\d-\d\d)")


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day that a question names; both the same for a question as of a day."""

    first: date
    last: date

    def beyond(self, as_of: date) -> bool:
        """Whether it goes on after the mirror's day."""
        return self.last > as_of

    def old(self, as_of: date) -> bool:
        """Whether it may begin before the mirror does."""
        return self.first < as_of - LONG_AGO

    def told(self, as_of: date, begins: date | None) -> list[str]:
        """What the asker must know. begins: the first day of the mirror's documents, None where it was not looked up."""
        lines = []
        if self.beyond(as_of):
            lines.append(
                f"the mirror ends on {as_of}: of the days after it, up to {self.last}, it knows next to nothing"
            )
        if begins is not None and self.first < begins:
            lines.append(f"the mirror begins on {begins}: it knows nothing of the days before")
        return lines


def asked(bound: Mapping[str, Any]) -> Span | None:
    """The span of bound arguments, name → [type, text] or None: their period, else the day that they speak of."""
    days = [date.fromisoformat(pair[1]) for name in ("period_from", "period_to") if (pair := bound.get(name))]
    if not days and (pair := bound.get("as_of")):
        days = [date.fromisoformat(pair[1])]
    return Span(days[0], days[-1]) if days else None


def read(line: str) -> tuple[str, str]:
    """Which end of the mirror such a line tells of (ends or begins), and its day; empty for any other line."""
    found = _TOLD.match(line)
    return (found[1], found[2]) if found else ("", "")
