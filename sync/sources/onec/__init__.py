"""1C accounting over OData: catalogs, documents, the ledger and goods of «Бухгалтерия для Казахстана 3.0».

    $metadata ── what is published, is it all that is declared
    catalogs  ── $skip pages, whole
    documents ── date windows; incremental: keys and versions first
    ledger    ── turnovers by month, entries by window, balance of today
    stock     ── rows by month
    supply    ── orders, reservations, units with factors: only where they are published (see supply)

Dates are the base's wall clock as it wrote them. A pull reads only: no exchange plan is touched, nothing is posted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import structlog

from sync.errors import SourceChanged, SourceRefused
from sync.sources.onec import catalog, dated, document, metadata, stock, supply
from sync.sources.onec.endpoint import Endpoint
from sync.sources.onec.ledger import Ledger
from sync.sources.onec.reading import Reading, Walk
from sync.sources.onec.tables import CATALOGS, DOCUMENTS, FX_RATE, STOCK, TABLES
from sync.table import Done, Item, Since, Source

__all__ = ["TABLES", "Reading", "source"]

log = structlog.get_logger()


def source(client: httpx.Client, base: str = "main", reading: Reading | None = None) -> Source:
    """A 1C base as a source.

    client: from `sync.http.client`, its base_url the service (…/odata/standard.odata/) with login and password;
        it should allow as many connections as `reading` asks for.
    base: what to call this base in src_base.
    """
    how = reading or Reading()
    return Source(metadata.SOURCE, base, TABLES, lambda since: pull(client, how, since))


def pull(client: httpx.Client, reading: Reading, since: Since) -> Iterator[Item | Done]:
    """Read a base: everything, or what changed since the last good pull (see the modules for how each part knows).

    Raises:  SourceRefused: another configuration, something unpublished, no rights. SourceChanged: a column is gone.
             SourceUnavailable: no answer, or the base kept changing under the reader.
    """
    endpoint = Endpoint(client)
    pool = ThreadPoolExecutor(reading.connections, thread_name_prefix="onec")
    try:
        published = metadata.read(endpoint.metadata())
        absent = metadata.check(published)
        for path in sorted(absent):
            log.info("onec.not_published", set=path)
        walk = Walk(endpoint, pool, reading, since)
        kept = json.loads(since.watermark) if since.watermark else {}
        counts: dict[str, int] = kept.get("stock", {})
        plan = supply.Plan(walk, metadata.parts(published), kept.get("supply", {}))
        for entity_set in CATALOGS:
            if entity_set.table.path not in absent:
                yield from catalog.pull(walk, entity_set)
        yield from dated.pull_rates(walk, FX_RATE)
        for entity_set in DOCUMENTS:
            if entity_set.table.path not in absent:
                yield from document.pull(walk, entity_set)
        yield from plan.pull_orders()
        ledger = Ledger(walk)
        yield from ledger.pull()
        yield from stock.pull(walk, STOCK, ledger.changed() | walk.dirty, counts)
        yield from plan.pull_promises(ledger.changed())
        endpoint.finish()
        mark = json.dumps({"at": since.now.isoformat(), "stock": counts, "supply": plan.counts})
        yield Done(mark, walk.latest.date().isoformat() if walk.latest else None)
    except (SourceRefused, SourceChanged):
        endpoint.finish()
        raise
    finally:
        # A pull that is given up must not wait for answers that nobody will read.
        endpoint.given_up.set()
        pool.shutdown(wait=False, cancel_futures=True)
