"""What every part of a pull shares: how gently to read, the endpoint, the threads, and where the last pull ended."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl

from sync import http
from sync.sources.onec.endpoint import Endpoint
from sync.sources.onec.shape import Rows, Shape, join
from sync.table import KEY, VERSION, Since, Total

REREADS = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """How a base is read.

    connections: requests at a time; 1–2 spare a small base or a file base, more than 6 help nobody.
    page_rows, page_bytes: the most rows of a page, and the body size that windows are fitted to.
    start: documents and entries before this day are not mirrored.
    open_from: first day that accountants may still change, always read again; None: the first day of the previous month.
    timezone: of the base's wall clock.
    """

    connections: int = 4
    page_rows: int = 1000
    page_bytes: int = 4_000_000
    start: date = date(2000, 1, 1)
    open_from: date | None = None
    timezone: str = "Asia/Almaty"


@dataclass(slots=True)
class Walk:
    """One pull under way.

    dirty: first days of months in which a document was found changed; their register rows are read again.
    off_balance: keys of accounts outside the balance. latest: the last document moment that is not in the future.
    """

    endpoint: Endpoint
    pool: ThreadPoolExecutor
    reading: Reading
    since: Since
    dirty: set[datetime] = field(default_factory=set)
    off_balance: set[str] = field(default_factory=set)
    latest: datetime | None = None

    @property
    def full(self) -> bool:
        """Read everything: asked for, or nothing was ever read."""
        return self.since.full or self.since.watermark is None

    @property
    def now(self) -> datetime:
        """The moment of the run on the base's wall clock, naive."""
        return self.since.now.astimezone(ZoneInfo(self.reading.timezone)).replace(tzinfo=None, microsecond=0)

    @property
    def start(self) -> datetime:
        """The first moment that is mirrored."""
        return datetime.combine(self.reading.start, datetime.min.time())

    @property
    def open_from(self) -> datetime:
        """The first moment that accountants may still change."""
        if self.reading.open_from:
            return datetime.combine(self.reading.open_from, datetime.min.time())
        this_month = self.now.replace(day=1, hour=0, minute=0, second=0)
        return (this_month - timedelta(days=1)).replace(day=1)

    @property
    def ahead(self) -> int:
        """Pages begun and not yet taken: enough to keep the connections busy, few enough for memory."""
        return self.reading.connections + 2

    def known(self, table: str) -> pl.DataFrame:
        """Keys and versions of the mirror's live rows; empty when everything is to be read anyway."""
        found = None if self.full else self.since.versions.get(table)
        return (
            pl.DataFrame(schema={KEY: pl.String, VERSION: pl.String}) if found is None else found.select(KEY, VERSION)
        )

    def counted(self, table: str, total: int, rejected: set[str]) -> Total:
        """What the mirror must hold: the source's number of rows without those that could not be read and never were."""
        if rejected:
            held = self.since.versions.get(table)
            total -= len(rejected - (set() if held is None else set(held[KEY])))
        return Total(table, "rows", str(total))


def paged(endpoint: Endpoint, path: str, shape: Shape, options: dict[str, str], *, skip: int, top: int) -> Rows:
    """Read rows [skip, skip + top) in the order of the key, in halves where a page is too much for 1C."""
    ask = {**options, "$orderby": ",".join(shape.key), "$top": str(top), "$skip": str(skip)}
    try:
        return endpoint.rows(path, ask, shape, divisible=top > 1)
    except http.TooMuch:
        half = top // 2
        first = paged(endpoint, path, shape, options, skip=skip, top=half)
        return join((first, paged(endpoint, path, shape, options, skip=skip + half, top=top - half)), shape)
