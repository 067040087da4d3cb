"""Sums of register rows by their dimensions, quick for any window: whole months are summed once and kept."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sync.standins.onec.condition import condition, resolver
from sync.standins.onec.field import EntitySet, Field
from sync.standins.onec.grammar import parse

Key = tuple[Any, ...]
Sums = dict[Key, list[int]]
Parts = Callable[[Any], Iterator[tuple[Key, tuple[int, ...]]]]


@dataclass(slots=True)
class Totals:
    """The rows of a register, ordered by time, and how they add up.

    dimensions: fields that read a key. parts: the (key, figures) a row adds, fine; `coarse` names the leading
    dimensions that a shorter key keeps, which is all that a sum by account and organisation needs.
    """

    rows: Callable[[], Sequence[Any]]
    times: Callable[[], Sequence[str]]
    dimensions: tuple[Field, ...]
    parts: Parts
    coarse: tuple[str, ...] = ()
    months: dict[bool, list[tuple[int, int, Sums]]] = field(default_factory=dict)

    def window(self, params: dict[str, str]) -> tuple[int, int]:
        """Return the positions of StartPeriod ≤ Period ≤ EndPeriod."""
        times = self.times()
        low = bisect_left(times, params["StartPeriod"]) if "StartPeriod" in params else 0
        high = bisect_right(times, params["EndPeriod"]) if "EndPeriod" in params else len(times)
        return low, max(low, high)

    def before(self, params: dict[str, str], name: str) -> tuple[int, int]:
        """Return the positions of what was before the moment; everything when no moment is given."""
        times = self.times()
        return 0, bisect_left(times, params[name]) if name in params else len(times)

    def sums(self, low: int, high: int, coarse: bool) -> Sums:
        """Return the sums of rows[low:high]."""
        found: Sums = {}
        for start, end, month in self.by_month(coarse):
            if low <= start and end <= high:
                _add(found, month.items())
            elif start < high and low < end:
                _add(found, self._scan(max(low, start), min(high, end), coarse))
        return found

    def by_month(self, coarse: bool) -> list[tuple[int, int, Sums]]:
        """Return (first row, end, sums) of each calendar month."""
        if coarse not in self.months:
            made: list[tuple[int, int, Sums]] = []
            times, at = self.times(), 0
            while at < len(times):
                end = bisect_right(times, times[at][:7] + "-31T23:59:59")
                month: Sums = {}
                _add(month, self._scan(at, end, coarse))
                made.append((at, end, month))
                at = end
            self.months[coarse] = made
        return self.months[coarse]

    def _scan(self, low: int, high: int, coarse: bool) -> Iterator[tuple[Key, Sequence[int]]]:
        keep = len(self.coarse)
        for row in self.rows()[low:high]:
            for key, figures in self.parts(row):
                yield (key[:keep] if coarse else key), figures


def _add(total: Sums, parts: Any) -> None:
    for key, figures in parts:
        have = total.get(key)
        if have is None:
            total[key] = list(figures)
        else:
            for i, figure in enumerate(figures):
                have[i] += figure


@dataclass(frozen=True, slots=True)
class Asked:
    """What a virtual table was asked for; `sets` resolves references in conditions."""

    params: dict[str, str]
    select: tuple[str, ...]
    sets: dict[str, EntitySet]


def group(
    totals: Totals, spans: Sequence[tuple[int, int]], asked: Asked
) -> tuple[tuple[Field, ...], list[tuple[dict[str, Any], list[list[int]]]]]:
    """Sum spans of rows by the dimensions asked for.

    Returns: the dimensions kept, and per group its dimension values and its figures per span.
    """
    params, select = asked.params, asked.select
    named = [d.strip() for d in params.get("Dimensions", "").split(",") if d.strip()]
    wanted = tuple(f for f in totals.dimensions if f.name in select or f.link in named or f.name in named)
    if not named and (not select or "*" in select):
        wanted = totals.dimensions
    resolve = resolver(totals.dimensions, asked.sets)
    conditions = {name: params[name] for name in ("AccountCondition", "Condition") if params.get(name)}
    tests = [condition(parse(text, name), resolve, name) for name, text in conditions.items()]
    coarse = "Condition" not in conditions and all(f.name in totals.coarse for f in wanted)
    found: dict[Key, list[list[int]]] = {}
    for n, (low, high) in enumerate(spans):
        for key, figures in totals.sums(low, high, coarse).items():
            if not all(test(key) for test in tests):
                continue
            short = tuple(f.get(key) for f in wanted)
            sums = found.setdefault(short, [[0] * len(figures) for _ in spans])[n]
            for i, figure in enumerate(figures):
                sums[i] += figure
    names = [f.name for f in wanted]
    return wanted, [(dict(zip(names, key, strict=True)), figures) for key, figures in found.items()]
