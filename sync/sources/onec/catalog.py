"""Catalogs: read whole by $skip in the order of Ref_Key, since 1C has no changed-at field and they are small."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import polars as pl

from sync.errors import SourceUnavailable
from sync.sources.onec.metadata import SOURCE
from sync.sources.onec.reading import REREADS, Walk, paged
from sync.sources.onec.shape import Rows, shape
from sync.sources.onec.tables import EntitySet
from sync.sources.onec.window import ordered
from sync.table import KEY, VERSION, Item, Page, Sweep


def pull(walk: Walk, entity_set: EntitySet) -> Iterator[Item]:
    """Yield every row whose version the mirror does not have, then the keys and the number of rows.

    A row inserted between two pages shifts the later ones, so the keys read are held against the count and read again.
    Raises: SourceUnavailable: the set kept changing while it was read.
    """
    name, path, known = entity_set.table.name, entity_set.table.path, walk.known(entity_set.table.name)
    brought: set[str] = set()
    for _ in range(REREADS):
        before = walk.endpoint.count(path)  # one row gone and one shifted past unread would make the right number
        refs: set[str] = set()
        rejected: set[str] = set()
        for rows in _pages(walk, entity_set):
            fresh = (
                rows.frame.join(known, on=[KEY, VERSION], how="anti", maintain_order="left")
                if len(known)
                else rows.frame
            )
            if len(fresh):
                brought |= set(fresh[KEY])
                yield Page(name, fresh)
            yield from (r for r in rows.rejects if r.ref not in rejected)
            refs |= set(rows.frame[KEY])
            rejected |= {r.ref for r in rows.rejects}
            if name == "account":
                walk.off_balance |= set(rows.frame.filter(pl.col("OffBalance"))[KEY])
        total = walk.endpoint.count(path)
        if len(refs | rejected) == total == before:
            yield Sweep(name, pl.Series(KEY, sorted(refs | rejected), pl.String))
            # What was brought and then removed from 1C stays until the next pull, and is counted.
            yield walk.counted(name, total + len(brought - refs - rejected), rejected)
            return
    raise SourceUnavailable(SOURCE, f"{path}: {len(refs | rejected)} rows were read of {total}, {REREADS} times over")


def _pages(walk: Walk, entity_set: EntitySet) -> Iterator[Rows]:
    """All pages in order: those that the count foresees ahead of time, then one by one up to the first short page."""
    top, form = walk.reading.page_rows, shape(entity_set)

    def read(skip: int) -> Rows:
        return paged(walk.endpoint, entity_set.table.path, form, {}, skip=skip, top=top)

    rows = read(0)
    yield rows
    if rows.count < top:
        return
    foreseen = range(top, walk.endpoint.count(entity_set.table.path), top)
    for rows in ordered(walk.pool, walk.ahead, read, foreseen):
        yield rows
    for skip in count(top + len(foreseen) * top, top):
        if rows.count < top:
            return
        rows = read(skip)
        yield rows
