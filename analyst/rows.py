"""The rows of a statement as the engine makes them: the first ones to be shown, the rest only to be counted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import duckdb

LARGE = 1 << 16  # bytes of a row that is fetched alone
STEP = 100
CHUNK = 2048  # rows that the engine makes at a time
COUNTED = 1 << 20  # bytes of rows that are fetched together only to be counted


def weight(row: tuple[Any, ...]) -> int:
    """Roughly how much memory the cells of a row take, counting only what can be large."""
    return sum(len(cell) for cell in row if isinstance(cell, str | bytes | list | dict))


class Rows:
    """The open result of a connection. taken: rows fetched so far."""

    __slots__ = ("_con", "_last", "taken")

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._last = 0
        self.taken = 0

    def first(self, most: int) -> Iterator[tuple[Any, ...]]:
        """At most so many rows as they come; one at a time where they are large."""
        step = 1
        while most > 0 and (batch := self._con.fetchmany(min(most, step))):
            most -= len(batch)
            self.taken += len(batch)
            self._last = weight(batch[-1])
            step = 1 if self._last > LARGE else min(STEP, step * 10)
            yield from batch

    def ended(self, until: float) -> bool:
        """Fetch and forget the rows that are left, so that `taken` is all there are. False when they are large or not done by `until`."""
        while self._last <= LARGE and time.monotonic() < until:
            most = min(CHUNK, COUNTED // (self._last + 1))
            batch = self._con.fetchmany(most)
            self.taken += len(batch)
            if len(batch) < most:
                return True
            self._last = weight(batch[-1])
        return False
