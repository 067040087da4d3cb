"""What a loader keeps of the CRM, and a portal to pull from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import polars as pl

from sync.sources.bitrix import source
from sync.sources.bitrix_tables import TABLES
from sync.standins.bitrix import BitrixServer
from sync.standins.company.model import Company
from sync.table import KEY, VERSION, Done, Page, Reject, Since, Source, Sweep, Total

SECRET = "s3cr3tw0rd"
NOW = datetime(2026, 1, 31, tzinfo=UTC)


@dataclass
class Mirror:
    """What a loader keeps: rows upserted by src_ref, and taken out by a sweep unless a page of the same pull brought them."""

    rows: dict[str, dict[str, dict[str, Any]]] = field(default_factory=lambda: {t.name: {} for t in TABLES})
    totals: dict[str, str] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    done: Done | None = None

    def versions(self) -> dict[str, pl.DataFrame]:
        schema = {KEY: pl.String, VERSION: pl.String}
        return {
            name: pl.DataFrame([(ref, row[VERSION]) for ref, row in rows.items()], schema=schema, orient="row")
            for name, rows in self.rows.items()
        }

    def since(self, *, full: bool = False) -> Since:
        """What a loader tells the source."""
        return Since(full, NOW, self.done.watermark if self.done else None, self.versions())

    def pull(self, crm: Source, *, full: bool = False) -> Mirror:
        """Pull into a copy, so that a failure leaves this one as it was."""
        after = Mirror({name: dict(rows) for name, rows in self.rows.items()})
        brought: dict[str, set[str]] = {t.name: set() for t in TABLES}
        for item in crm.pull(self.since(full=full)):
            match item:
                case Page():
                    brought[item.table] |= set(item.frame[KEY])
                    after.rows[item.table] |= {row[KEY]: row for row in item.frame.to_dicts()}
                case Sweep():
                    live = set(item.refs) | brought[item.table]
                    after.rows[item.table] = {ref: row for ref, row in after.rows[item.table].items() if ref in live}
                case Total():
                    after.totals[item.table] = item.value
                case Reject():
                    after.rejects.append(item)
                case Done():
                    after.done = item
        return after


@contextmanager
def portal(company: Company, **options: Any) -> Iterator[tuple[BitrixServer, Source]]:
    with (
        BitrixServer(company, secret=SECRET, **{"rate": 1000, "burst": 1000, **options}) as server,
        httpx.Client(verify=False) as client,  # plain http on the loopback
    ):
        yield server, source(client, server.url, rate=1000)
