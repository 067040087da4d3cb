"""Sets with a date: read by windows of it, each window's rows held against 1C's own count."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl

from sync import http
from sync.errors import SourceUnavailable
from sync.sources.onec import query
from sync.sources.onec.metadata import SOURCE
from sync.sources.onec.reading import REREADS, Walk, paged
from sync.sources.onec.shape import Rows, Shape, join, shape
from sync.sources.onec.tables import EntitySet
from sync.sources.onec.window import SECOND, Piece, ordered, plan
from sync.table import KEY, Item, Page, Sweep

FEWEST_ROWS, PROBED_ROWS = 20, 20
FAR = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class Span:
    """Where a set's rows lie: [start, end), and how many of them make a page of the wanted size."""

    start: datetime
    end: datetime
    most: int


def span(walk: Walk, entity_set: EntitySet) -> Span | None:
    """Ask for the first row and the last ones by date; None when there is nothing since the start of the mirror."""
    path, form, column = entity_set.table.path, shape(entity_set), entity_set.dated
    inside = {"$filter": f"{column} ge {query.moment(walk.start)}"}
    first = walk.endpoint.rows(path, {**inside, "$orderby": column, "$top": "1"}, form)
    if not first.count:
        return None
    last = walk.endpoint.rows(path, {**inside, "$orderby": f"{column} desc", "$top": str(PROBED_ROWS)}, form)
    start, end = first.frame[column].min(), last.frame[column].max()
    most = walk.reading.page_bytes * last.count // max(last.size, 1) if last.count else walk.reading.page_rows
    return Span(
        start if isinstance(start, datetime) else walk.start,
        end + SECOND if isinstance(end, datetime) else walk.now + FAR,
        min(max(most, FEWEST_ROWS), walk.reading.page_rows),
    )


def counter(walk: Walk, entity_set: EntitySet) -> Callable[[datetime, datetime], int]:
    """1C's count of a window of this set."""
    return lambda start, end: walk.endpoint.count(entity_set.table.path, query.within(entity_set.dated, start, end))


def windows(
    walk: Walk, entity_set: EntitySet, start: datetime, end: datetime, most: int
) -> Iterator[tuple[Piece, Rows]]:
    """Every window of [start, end) with its whole rows, in order of time; windows without rows are left out."""
    if start >= end:
        return
    form = shape(entity_set)

    def read(piece: Piece) -> tuple[Piece, Rows]:
        return piece, whole(walk, entity_set, form, piece)

    yield from ordered(walk.pool, walk.ahead, read, plan(walk.pool, counter(walk, entity_set), start, end, most))


def whole(walk: Walk, entity_set: EntitySet, form: Shape, piece: Piece, select: str = "") -> Rows:
    """The rows of a window, as many as 1C counts in it.

    Raises: SourceUnavailable: the number kept changing while it was read.
    """
    count, expected = counter(walk, entity_set), piece.rows
    for _ in range(REREADS):
        rows = _fetch(walk, entity_set, form, Piece(piece.start, piece.end, expected), select)
        if rows.count == expected or rows.count == (expected := count(piece.start, piece.end)):
            return rows
    raise SourceUnavailable(
        SOURCE, f"{entity_set.table.path} {piece.start} – {piece.end}: {rows.count} rows were read of {expected}, {REREADS} times over"
    )  # fmt: skip


def _fetch(walk: Walk, entity_set: EntitySet, form: Shape, piece: Piece, select: str) -> Rows:
    options = {"$filter": query.within(entity_set.dated, piece.start, piece.end), "$select": select}
    try:
        return walk.endpoint.rows(entity_set.table.path, options, form, divisible=True)
    except http.TooMuch:
        if halves := piece.halves():
            return join([_fetch(walk, entity_set, form, Piece(a, b, piece.rows), select) for a, b in halves], form)
        # Many documents of one second: a window cannot part them, $skip can.
        top = max(piece.rows // 2, 1)
        parts = [
            paged(walk.endpoint, entity_set.table.path, form, options, skip=skip, top=top)
            for skip in range(0, piece.rows, top)
        ]
        return join(parts, form)


def pull_rates(walk: Walk, entity_set: EntitySet) -> Iterator[Item]:
    """Yield a small register without recorder whole: its rows carry no version, so there is nothing to skip by.

    Raises: SourceUnavailable: the set kept changing while it was read.
    """
    name = entity_set.table.name
    for _ in range(REREADS):
        refs: set[str] = set()
        rejected: set[str] = set()
        if found := span(walk, entity_set):
            for _piece, rows in windows(walk, entity_set, found.start, found.end, found.most):
                yield Page(name, rows.frame)
                yield from rows.rejects
                refs |= set(rows.frame[KEY])
                rejected |= {r.ref for r in rows.rejects}
        total = walk.endpoint.count(entity_set.table.path, f"{entity_set.dated} ge {query.moment(walk.start)}")
        refs |= rejected
        if len(refs) == total:
            yield Sweep(name, pl.Series(KEY, sorted(refs), pl.String))
            yield walk.counted(name, total, rejected)
            return
    raise SourceUnavailable(
        SOURCE, f"{entity_set.table.path}: {len(refs)} rows were read of {total}, {REREADS} times over"
    )
