"""What a loader keeps of 1C, as plain dicts, and one pull into it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import polars as pl

from sync import http
from sync.sources.onec import TABLES, Reading, source
from sync.standins.company.model import Company
from sync.standins.onec import PASSWORD, USER, OnecServer
from sync.table import KEY, VERSION, Done, Page, Reject, Since, Sweep, Total

BEFORE, NOW = datetime(2026, 1, 10, 15, tzinfo=UTC), datetime(2026, 1, 31, 15, tzinfo=UTC)
GENTLE = Reading(page_rows=100, start=date(2025, 1, 1))

Row = dict[str, Any]


@dataclass
class Mirror:
    """Rows by table and src_ref; lines of sections by child table and the parent's src_ref."""

    rows: dict[str, dict[str, Row]] = field(default_factory=lambda: {t.name: {} for t in TABLES if not t.parent})
    lines: dict[str, dict[str, list[Row]]] = field(default_factory=lambda: {t.name: {} for t in TABLES if t.parent})
    totals: dict[str, str] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    came: Counter[str] = field(default_factory=Counter)
    brought: dict[str, set[str]] = field(default_factory=dict)
    done: Done | None = None

    def pull(self, server: OnecServer, now: datetime, *, full: bool = False, reading: Reading = GENTLE) -> None:
        """Pull from a server through a client of its own and keep what came; the loader's rules in few words."""
        self.came.clear()
        self.brought = defaultdict(set)
        self.rejects.clear()
        del server.requests[:]
        since = Since(full, now, self.done.watermark if self.done else None, {} if full else self.versions())
        with http.client(server.url, (USER, PASSWORD), connections=reading.connections) as client:
            for item in source(client, "main", reading).pull(since):
                self.keep(item)

    def keep(self, item: Page | Sweep | Reject | Total | Done) -> None:
        match item:
            case Page():
                self._page(item)
            case Sweep():
                held = set(item.refs) | self.brought[item.table]
                self.rows[item.table] = {ref: row for ref, row in self.rows[item.table].items() if ref in held}
            case Reject():
                self.rejects.append(item)
            case Total():
                self.totals[f"{item.table}.{item.name}"] = item.value
            case Done():
                self.done = item

    def _page(self, page: Page) -> None:
        rows = self.rows[page.table]
        if page.window:
            column = page.window.column
            kind = date if page.frame.schema[column] == pl.Date else datetime
            start, end = kind.fromisoformat(page.window.start), kind.fromisoformat(page.window.end)
            for ref in [ref for ref, row in rows.items() if start <= row[column] < end]:
                del rows[ref]
        self.brought[page.table] |= set(page.frame[KEY])
        for row in page.frame.to_dicts():
            rows[row[KEY]] = row
        self.came[page.table] += len(page.frame)
        for name, frame in page.children.items():
            self.came[name] += len(frame)
            for ref in page.frame[KEY]:
                self.lines[name].pop(ref, None)
            for row in frame.to_dicts():
                self.lines[name].setdefault(row[KEY], []).append(row)

    def versions(self) -> dict[str, pl.DataFrame]:
        schema = {KEY: pl.String, VERSION: pl.String}
        return {
            name: pl.DataFrame([(ref, row[VERSION]) for ref, row in rows.items()], schema=schema, orient="row")
            for name, rows in self.rows.items()
        }

    def live_lines(self, name: str) -> dict[str, list[Row]]:
        """Lines whose parent is live."""
        parent = next(t.parent for t in TABLES if t.name == name)
        return {ref: rows for ref, rows in self.lines[name].items() if parent and ref in self.rows[parent]}


@contextmanager
def served(company: Company) -> Iterator[OnecServer]:
    with OnecServer(company) as server:
        yield server


def recent(company: Company) -> Company:
    """The company's last year, to keep tests quick: history before it only makes more of the same windows."""
    first = datetime(2025, 1, 1)
    return replace(
        company,
        docs=[d for d in company.docs if d.moment >= first],
        entries=[e for e in company.entries if e.moment >= first],
        stock=[m for m in company.stock if m.moment >= first],
        rates=[r for r in company.rates if r.day >= first.date().replace(month=12)],
    )


def money(tiyn: int) -> Decimal:
    return Decimal(tiyn) / 100


def asked(server: OnecServer, piece: str) -> list[str]:
    """Addresses asked for so far that hold a piece of text."""
    return [address for _, address, _ in server.requests if piece in address]
