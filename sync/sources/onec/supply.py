"""Promises of goods: orders, reservations, supplies on their way, units with factors. Read where a base publishes them.

«Бухгалтерия» alone has none of it, so a part that is not published is simply not there, and what rests on it says so. A part
that was read until now and has vanished is more often a lost right: that stops the pull unless everything is read anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

import polars as pl

from sync.errors import SourceRefused
from sync.sources.onec import catalog, document, query, stock
from sync.sources.onec.ledger import all_read
from sync.sources.onec.metadata import PUBLISH, SOURCE
from sync.sources.onec.reading import Walk
from sync.sources.onec.shape import Shape, join, shape
from sync.sources.onec.stock import BEGINNING, END, Counts
from sync.sources.onec.tables import ITEM_UNIT, OPTIONAL, ORDERS, PROMISES, RESERVE, RESERVE_BALANCE, SUPPLY, EntitySet
from sync.table import KEY, VERSION, Item, Page, Sweep, Window

BALANCE = Shape(
    "reserve_balance",
    {c: t for c, t in RESERVE_BALANCE.columns.items() if c != "as_of"},
    ("Склад_Key", "Номенклатура_Key"),
)


class Plan:
    """The optional parts within one pull. counts: rows by month of each register that is read, as the watermark keeps them."""

    def __init__(self, walk: Walk, parts: frozenset[str], before: Mapping[str, Counts]) -> None:
        """parts: those that are published whole. Raises SourceRefused when a register was read last time and is gone."""
        self.walk = walk
        self.parts = parts
        gone = [s.table.path for s in PROMISES if s.table.name in before and s.table.part not in parts]
        if gone and not walk.full:
            raise SourceRefused(SOURCE, f"Not published any more, or not all that belongs to it: {', '.join(gone)}",
                                f"{PUBLISH}. If the base gave them up, run with --full")  # fmt: skip
        self.counts = {s.table.name: dict(before.get(s.table.name, {})) for s in PROMISES if s.table.part in parts}

    def pull_orders(self) -> Iterator[Item]:
        """Yield orders, transfers and units. A full pull empties the tables of parts that are not there."""
        if self.walk.full:
            yield from (item for s in OPTIONAL if s.table.part not in self.parts for item in _nothing(s))
            if SUPPLY not in self.parts:
                yield _balance(join((), BALANCE).frame, self.walk.now.date())
        if ITEM_UNIT.table.part in self.parts:
            yield from catalog.pull(self.walk, ITEM_UNIT)
        for entity_set in ORDERS:
            if entity_set.table.part in self.parts:
                yield from document.pull(self.walk, entity_set)

    def pull_promises(self, changed: set[datetime]) -> Iterator[Item]:
        """Yield the registers' rows by month, as those of goods, and 1C's own balance of reservations at the end of today.

        changed: first days of months that the ledger changed.
        """
        for entity_set in PROMISES:
            if entity_set.table.part in self.parts:
                yield from stock.pull(
                    self.walk, entity_set, changed | self.walk.dirty, self.counts[entity_set.table.name]
                )
        if SUPPLY in self.parts:
            today = self.walk.now.date()
            tomorrow = datetime.combine(today, datetime.min.time()) + timedelta(days=1)
            path = query.call(RESERVE, "Balance", {"Period": query.moment(tomorrow)})
            rows = self.walk.endpoint.rows(path, {}, BALANCE)
            all_read(rows)
            yield _balance(rows.frame, today)


def _balance(frame: pl.DataFrame, today: date) -> Page:
    ordinal = pl.int_range(1, pl.len() + 1).cast(pl.String).alias(KEY)
    dated = frame.select(ordinal, VERSION, pl.lit(today, pl.Date).alias("as_of"), *BALANCE.columns)
    return Page(RESERVE_BALANCE.name, dated, window=Window("as_of", BEGINNING[:10], END[:10]))


def _nothing(entity_set: EntitySet) -> Iterator[Item]:
    if entity_set in PROMISES:
        empty = join((), shape(entity_set)).frame
        yield Page(entity_set.table.name, empty, window=Window(entity_set.dated, BEGINNING, END))
    else:
        yield Sweep(entity_set.table.name, pl.Series(KEY, [], pl.String))
