"""The register of goods: rows by months, each month put in place of the mirror's.

The register says nothing of changes. A month is read again when it is open, when a document or the ledger changed in it, or
when its number of rows differs from the one at the last pull, which the watermark keeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from sync.errors import SourceUnavailable
from sync.sources.onec import dated, query
from sync.sources.onec.metadata import SOURCE
from sync.sources.onec.reading import REREADS, Walk
from sync.sources.onec.shape import Rows, join, shape
from sync.sources.onec.tables import EntitySet
from sync.sources.onec.window import Piece, months, ordered, plan
from sync.table import Item, Page, Total, Window

BEGINNING, END = "0001-01-01T00:00:00", "9999-12-31T23:59:59"

Counts = dict[str, int]


def pull(walk: Walk, entity_set: EntitySet, changed: set[datetime], before: Counts) -> Iterator[Item]:
    """Yield the months to be read and the number of all rows; fill `before` with the counts of now, month to rows.

    changed: first days of months that the ledger or documents changed.
    Raises:  SourceUnavailable: rows kept being written while they were read.
    """
    name, path = entity_set.table.name, entity_set.table.path
    read = {} if walk.full else dict(before)
    again = (
        set() if walk.full else {f"{m:%Y-%m}" for m in changed} | {m for m in read if m >= f"{walk.open_from:%Y-%m}"}
    )
    read = {month: rows for month, rows in read.items() if month not in again}
    unread: Counts = {}
    for attempt in range(REREADS):
        counts = _counts(walk, entity_set)
        todo = sorted(month for month in {*counts, *read, *again} if counts.get(month, 0) != read.get(month, -1))
        if walk.full and not attempt:
            yield from _outside(name, entity_set, todo)
        for month, rows in _months(walk, entity_set, {month: counts.get(month, 0) for month in todo}):
            first, after = _edges(month)
            yield Page(name, rows.frame, window=Window(entity_set.dated, first.isoformat(), after.isoformat()))
            yield from rows.rejects
            read[month], unread[month] = rows.count, len(rows.rejects)
        again = set()
        total = walk.endpoint.count(path, f"{entity_set.dated} ge {query.moment(walk.start)}")
        if total == sum(read.values()):
            before.clear()  # a month with an unreadable row is left out, so that it is tried again
            before.update({month: rows for month, rows in read.items() if rows and not unread.get(month)})
            yield Total(name, "rows", str(total - sum(unread.values())))
            return
    raise SourceUnavailable(SOURCE, f"{path}: {sum(read.values())} rows were read of {total}, {REREADS} times over")


def _counts(walk: Walk, entity_set: EntitySet) -> Counts:
    found = dated.span(walk, entity_set)
    if not found:
        return {}
    spans = months(max(found.start, walk.start), found.end)
    count = dated.counter(walk, entity_set)
    rows = ordered(walk.pool, walk.ahead, lambda span: count(*span), spans)
    return {f"{start:%Y-%m}": n for (start, _), n in zip(spans, rows, strict=True) if n}


def _months(walk: Walk, entity_set: EntitySet, counts: Counts) -> Iterator[tuple[str, Rows]]:
    """Rows of the months in order, several months at a time; a month of many rows in windows."""
    form, most = shape(entity_set), walk.reading.page_rows

    def pieces() -> Iterator[Piece]:
        for month, rows in counts.items():
            first, after = _edges(month)
            few = rows <= most
            yield from (
                [Piece(first, after, rows)]
                if few
                else plan(walk.pool, dated.counter(walk, entity_set), first, after, most)
            )

    def read(piece: Piece) -> tuple[str, Rows]:
        return f"{piece.start:%Y-%m}", dated.whole(walk, entity_set, form, piece)

    parts = ordered(walk.pool, walk.ahead, read, pieces())
    for month, group in groupby(parts, key=lambda part: part[0]):
        yield month, join([rows for _, rows in group], form)


def _edges(month: str) -> tuple[datetime, datetime]:
    first = datetime.strptime(month, "%Y-%m")  # noqa: DTZ007 - 1C's wall clock
    return months(first, first.replace(day=2))[0]


def _outside(name: str, entity_set: EntitySet, todo: list[str]) -> Iterator[Page]:
    """A full pull leaves nothing of before: the stretches around and between its months are emptied too."""
    empty, edge = join((), shape(entity_set)).frame, BEGINNING
    for month in todo:
        first, after = (moment.isoformat() for moment in _edges(month))
        if edge < first:
            yield Page(name, empty, window=Window(entity_set.dated, edge, first))
        edge = after
    yield Page(name, empty, window=Window(entity_set.dated, edge, END))
