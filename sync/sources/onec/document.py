"""Documents with their sections. A full pull reads all windows; an incremental one compares keys and versions first.

1C keeps no changed-at: `Date` is the accountant's date, and DataVersion moves with every rewrite. So the closed past is
swept for (Ref_Key, DataVersion), what differs is fetched, and the open period is always read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import polars as pl

from sync.errors import SourceUnavailable
from sync.sources.onec import dated, query
from sync.sources.onec.metadata import SOURCE
from sync.sources.onec.reading import REREADS, Walk
from sync.sources.onec.shape import Rows, Shape, shape
from sync.sources.onec.tables import EntitySet
from sync.sources.onec.window import SECOND, Piece, ordered, plan
from sync.table import KEY, VERSION, Item, Page, Sweep

SWEPT_ROWS = 5000  # keys of one sweep page: 130 bytes each
FEW = 4  # fetch by keys while fewer than one row in FEW changed; above it a window is cheaper


def pull(walk: Walk, entity_set: EntitySet) -> Iterator[Item]:
    """Yield new and changed documents with their sections, then every key that 1C holds and their number.

    Raises: SourceUnavailable: the set kept changing while it was read.
    """
    name, path = entity_set.table.name, entity_set.table.path
    held = walk.known(name)
    brought = [pl.Series(KEY, [], pl.String)]
    for attempt in range(REREADS):
        found = dated.span(walk, entity_set)
        refs: list[pl.DataFrame] = []
        rejected: set[str] = set()
        if found:
            _note(walk, found.end - SECOND)
            # Whatever moved between windows while they were read is found by one more sweep against what was just read.
            edge = (
                found.end if attempt else found.start if walk.full else min(max(walk.open_from, found.start), found.end)
            )
            for keys, parts in _swept(walk, entity_set, dated.Span(found.start, edge, found.most), held):
                refs.append(keys)
                brought += [rows.frame[KEY] for rows in parts]
                yield from _items(walk, entity_set, parts, rejected)
            for _piece, rows in dated.windows(walk, entity_set, edge, found.end, found.most):
                refs.append(rows.frame.select(KEY, VERSION))
                brought.append(rows.frame[KEY])
                yield from _items(walk, entity_set, [rows], rejected)
        held = pl.concat([*refs, held.clear()]).unique(KEY, keep="last")
        every = pl.Series(KEY, sorted({*held[KEY], *rejected}), pl.String)
        total = walk.endpoint.count(path, f"Date ge {query.moment(walk.start)}")
        if len(every) == total:
            yield Sweep(name, every)
            # What was brought and then removed from 1C stays until the next pull, and is counted.
            late = pl.concat(brought).unique()
            yield walk.counted(name, total + int((~late.is_in(every.implode())).sum()), rejected)
            return
    raise SourceUnavailable(SOURCE, f"{path}: {len(every)} documents were read of {total}, {REREADS} times over")


def _items(walk: Walk, entity_set: EntitySet, parts: list[Rows], rejected: set[str]) -> Iterator[Item]:
    for rows in parts:
        if len(rows.frame):
            yield Page(entity_set.table.name, rows.frame, rows.children)
        yield from (r for r in rows.rejects if r.ref not in rejected)
        rejected |= {r.ref for r in rows.rejects}
        _note(walk, rows.frame.filter(pl.col("Date") <= walk.now)["Date"].max())


def _note(walk: Walk, seen: object) -> None:
    """Keep the last moment that is not in the future: documents may be dated ahead."""
    if isinstance(seen, datetime) and seen <= walk.now and (walk.latest is None or seen > walk.latest):
        walk.latest = seen


def _swept(
    walk: Walk, entity_set: EntitySet, span: dated.Span, held: pl.DataFrame
) -> Iterator[tuple[pl.DataFrame, list[Rows]]]:
    """Windows of keys with the rows of those documents that the mirror does not hold in this version."""
    if span.start >= span.end:
        return
    form = Shape(entity_set.table.name, {"Date": "TIMESTAMP"}, ("Ref_Key",), "DataVersion")

    def sweep(piece: Piece) -> tuple[Piece, Rows]:
        return piece, dated.whole(walk, entity_set, form, piece, "Ref_Key,DataVersion,Date")

    pieces = plan(walk.pool, dated.counter(walk, entity_set), span.start, span.end, SWEPT_ROWS)
    for piece, keys in ordered(walk.pool, walk.ahead, sweep, pieces):
        changed = keys.frame.join(held, on=[KEY, VERSION], how="anti", maintain_order="left")
        walk.dirty |= set(changed["Date"].dt.truncate("1mo"))
        if len(changed) * FEW > keys.count and len(changed) > query.MOST_KEYS:
            parts = [rows for _, rows in dated.windows(walk, entity_set, piece.start, piece.end, span.most)]
        else:
            parts = list(_by_keys(walk, entity_set, list(changed[KEY])))
        yield keys.frame.select(KEY, VERSION), parts


def _by_keys(walk: Walk, entity_set: EntitySet, refs: list[str]) -> Iterator[Rows]:
    """Documents by their keys; one that vanished since the sweep is simply not there, and the count will tell."""
    form = shape(entity_set)

    def read(batch: list[str]) -> Rows:
        return walk.endpoint.rows(entity_set.table.path, {"$filter": query.any_of(batch)}, form)

    batches = [refs[n : n + query.MOST_KEYS] for n in range(0, len(refs), query.MOST_KEYS)]
    yield from ordered(walk.pool, walk.ahead, read, batches)
