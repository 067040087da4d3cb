"""Splitting a long read: time windows of a bounded number of rows, and an ordered, bounded prefetch over a few threads."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TypeVar

SECOND = timedelta(seconds=1)
MOST_CUTS = 32

T = TypeVar("T")
R = TypeVar("R")

Count = Callable[[datetime, datetime], int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A half-open window [start, end) and the rows that the source counted in it."""

    start: datetime
    end: datetime
    rows: int

    def halves(self) -> tuple[tuple[datetime, datetime], ...]:
        """Two windows of half the length, or nothing when a second cannot be cut."""
        seconds = int((self.end - self.start) / SECOND)
        if seconds < 2:  # noqa: PLR2004 - two seconds are the least that has halves
            return ()
        middle = self.start + timedelta(seconds=seconds // 2)
        return (self.start, middle), (middle, self.end)


def ordered(pool: ThreadPoolExecutor, ahead: int, work: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
    """Do `work` on the pool and give results in the order of items, at most `ahead` of them begun and not yet taken."""
    waiting: deque[Future[R]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) >= ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def plan(pool: ThreadPoolExecutor, count: Count, start: datetime, end: datetime, most: int) -> Iterator[Piece]:
    """Cut [start, end) into windows of at most `most` rows where a second can still be cut; empty stretches are left out.

    Thin neighbours are put together, so the number of windows is near rows / most.
    """
    held: Piece | None = None
    for piece in _cut(pool, count, Piece(start, end, count(start, end)), most):
        if held and held.rows + piece.rows <= most:
            held = Piece(held.start, piece.end, held.rows + piece.rows)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _cut(pool: ThreadPoolExecutor, count: Count, piece: Piece, most: int) -> Iterator[Piece]:
    seconds = int((piece.end - piece.start) / SECOND)
    if piece.rows == 0:
        return
    if piece.rows <= most or seconds <= 1:
        yield piece
        return
    cuts = min(MOST_CUTS, seconds, 2 * -(-piece.rows // most))
    edges = [piece.start + timedelta(seconds=seconds * n // cuts) for n in range(cuts)] + [piece.end]
    spans = list(pairwise(edges))
    for (start, end), rows in zip(spans, pool.map(lambda span: count(*span), spans), strict=True):
        yield from _cut(pool, count, Piece(start, end, rows), most)


def months(start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """Every calendar month that [start, end) touches, each as its own half-open range."""
    found = []
    first = start.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while first < end:
        after = (first + timedelta(days=32)).replace(day=1)
        found.append((first, after))
        first = after
    return found
