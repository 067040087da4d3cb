"""The accounting register: monthly turnovers, entries with their dimensions, and the balance of today.

Entries come only from RecordsWithExtDimensions, which knows neither $skip nor $count; what was read is proven by the
turnovers, which 1C adds up itself. Turnovers also tell which closed months changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import polars as pl

from sync import http
from sync.errors import SourceChanged, SourceUnavailable
from sync.sources.onec import query
from sync.sources.onec.metadata import SOURCE
from sync.sources.onec.reading import REREADS, Walk
from sync.sources.onec.shape import Rows, Shape, join
from sync.sources.onec.tables import GL, GL_BALANCE, GL_TURNOVER, LEDGER
from sync.sources.onec.window import SECOND, Piece, months, ordered
from sync.table import KEY, VERSION, Item, Page, Reject, Sweep, Total, Window

Month = tuple[datetime, datetime]

FIRST_STEP = timedelta(days=7)
NO_REF = ("", "00000000-0000-0000-0000-000000000000")
ENTRIES = Shape("gl", GL.columns, ("Recorder", "LineNumber"))
BALANCE = Shape("gl_balance", {c: t for c, t in GL_BALANCE.columns.items() if c != "as_of"}, ("Account_Key",))
TURNOVER = Shape(
    "gl_turnover", {c: t for c, t in GL_TURNOVER.columns.items() if c != "month"}, ("Account_Key", "Организация_Key")
)
SUMS = tuple(c for c in TURNOVER.columns if c.startswith("Сумма"))
DEBIT, CREDIT = "СуммаTurnoverDr", "СуммаTurnoverCr"
BEGINNING, END = "0001-01-01T00:00:00", "9999-12-31T23:59:59"


class Ledger:
    """The register within one pull. turnovers: month to its frame, as 1C says now; unread: months with broken entries."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.turnovers: dict[Month, pl.DataFrame] = {}
        self.step = FIRST_STEP
        self.unread: set[Month] = set()

    def pull(self) -> Iterator[Item]:
        """Yield entries month by month as windows, then turnovers, the balance of today and the sum of all entries.

        Raises: SourceUnavailable: a month's entries did not come to its turnovers, REREADS times over.
        """
        last = max(self.walk.now, self.walk.latest or self.walk.now)
        years = [datetime(y, 1, 1) for y in range(self.walk.start.year, last.year + 2)]  # noqa: DTZ001 - 1C's wall clock
        busy = [
            y
            for y, found in zip(years, ordered(self.walk.pool, self.walk.ahead, self._year, years), strict=True)
            if found
        ]
        spans = [m for y in busy for m in months(max(y, self.walk.start), y.replace(year=y.year + 1))]
        for month, frame in zip(spans, ordered(self.walk.pool, self.walk.ahead, self._month, spans), strict=True):
            ahead = (
                month[0] > self.walk.now
                and not frame.select(pl.any_horizontal(pl.col(DEBIT, CREDIT) != 0).any()).item()
            )
            if len(frame) and not ahead:
                self.turnovers[month] = frame
        yield from self._entries()
        yield from self._sums()
        yield from self._balance()

    def changed(self) -> set[datetime]:
        """First days of the months whose turnovers differ from the mirror's, months that became empty included."""
        known = self.walk.known("gl_turnover")
        now = pl.concat([known.clear(), *(f.select(KEY, VERSION) for f in self.turnovers.values())])
        moved = pl.concat(
            [now.join(known, on=[KEY, VERSION], how="anti"), known.join(now, on=[KEY, VERSION], how="anti")]
        )
        return {datetime.strptime(text, "%Y-%m") for text in moved[KEY].str.head(7).unique()}  # noqa: DTZ007 - wall clock

    def _year(self, year: datetime) -> bool:
        return len(self._month((year, year.replace(year=year.year + 1)))) > 0

    def _month(self, month: Month) -> pl.DataFrame:
        """One row an account and organization. 1C groups by what $select names; grouped here again in case it did not."""
        start, end = month
        path = query.call(LEDGER, "BalanceAndTurnovers", _period(start, end))
        rows = self.walk.endpoint.rows(path, {"$select": ",".join(TURNOVER.columns)}, TURNOVER)
        all_read(rows)
        money = [pl.col(c).fill_null(Decimal(0)).sum().cast(pl.Decimal(18, 2)) for c in SUMS]
        sums = rows.frame.group_by("Account_Key", "Организация_Key", maintain_order=True).agg(money)
        key = pl.concat_str(pl.lit(f"{start:%Y-%m}"), "Account_Key", "Организация_Key", separator="|").alias(KEY)
        version = pl.concat_str(pl.col(DEBIT, CREDIT).cast(pl.String), separator="|").alias(VERSION)
        return sums.select(key, version, pl.lit(start.date(), pl.Date).alias("month"), *TURNOVER.columns).sort(KEY)

    def _entries(self) -> Iterator[Item]:
        """Entries of the months to be read, as windows that leave no gap."""
        walk = self.walk
        if walk.full:
            todo = set(self.turnovers)
        else:
            wanted = self.changed() | walk.dirty
            todo = {m for m in self.turnovers if m[1] > walk.open_from}
            todo |= {m for first in wanted for m in months(first, first + SECOND)}
        spans = sorted(todo)
        edge = BEGINNING
        for month, (frame, rejects) in zip(spans, ordered(walk.pool, walk.ahead, self._proven, spans), strict=True):
            if rejects:
                self.unread.add(month)
                yield from rejects
            start = edge if walk.full else month[0].isoformat()
            yield Page("gl", frame, window=Window("Period", start, month[1].isoformat()))
            edge = month[1].isoformat()
        if walk.full:
            yield Page("gl", _empty(), window=Window("Period", edge, END))

    def _proven(self, month: Month) -> tuple[pl.DataFrame, tuple[Reject, ...]]:
        """A month's active entries, whose debits come to the turnovers of the month unless one could not be read."""
        for _ in range(REREADS):
            frame, rejects = self._slices(month)
            said = self.turnovers[month][DEBIT].sum() if month in self.turnovers else Decimal(0)
            read = frame.filter(~pl.col("AccountDr_Key").is_in(NO_REF))["Сумма"].sum()
            if rejects or Decimal(read or 0) == Decimal(said or 0):
                return frame, rejects
            self.turnovers[month] = self._month(month)
        raise SourceUnavailable(
            SOURCE, f"entries of {month[0]:%Y-%m} come to {read}, their turnovers to {said}, {REREADS} times over",
            "Somebody is posting in that month: try later, at night. If it stays so, some entries are hidden from this user",
        )  # fmt: skip

    def _slices(self, month: Month) -> tuple[pl.DataFrame, tuple[Reject, ...]]:
        """Read a month in steps that grow and shrink to fit the page size. Inactive entries count for nothing in 1C's sums."""
        at, end = month
        frames, rejects = [_empty()], list[Reject]()
        while at < end:
            until = min(at + self.step, end)
            rows = self._records(Piece(at, until, 0))
            rejects += rows.rejects
            fit = self.walk.reading.page_bytes / max(rows.size, 1)
            self.step = max((until - at) * min(max(fit, 0.25), 4.0), timedelta(minutes=1))
            self.step -= timedelta(microseconds=self.step.microseconds)
            frames.append(rows.frame.filter((pl.col("Period") >= at) & (pl.col("Period") < until) & pl.col("Active")))
            at = until
        return pl.concat(frames), tuple(rejects)

    def _records(self, piece: Piece) -> Rows:
        path = query.call(LEDGER, "RecordsWithExtDimensions", _period(piece.start, piece.end))
        halves = piece.halves()
        try:
            return self.walk.endpoint.rows(path, {}, ENTRIES, divisible=bool(halves))
        except http.TooMuch:
            return join([self._records(Piece(a, b, 0)) for a, b in halves], ENTRIES)

    def _sums(self) -> Iterator[Item]:
        frames = list(self.turnovers.values())
        for month, frame in self.turnovers.items():
            # A month with an unreadable entry is not done: its version must differ at the next pull.
            mark = "|unread" if month in self.unread else ""
            yield Page("gl_turnover", frame.with_columns(pl.col(VERSION) + mark))
        refs = pl.concat([f[KEY] for f in frames]) if frames else pl.Series(KEY, [], pl.String)
        yield Sweep("gl_turnover", refs)
        accounts = {a for f in frames for a in f["Account_Key"]}
        # An entry of an off-balance account may have one side only, and then the debits are not the sum of all entries.
        if not accounts & self.walk.off_balance and not self.unread:
            yield Total("gl", "sum:Сумма", str(sum((Decimal(f[DEBIT].sum() or 0) for f in frames), Decimal("0.00"))))

    def _balance(self) -> Iterator[Item]:
        """The balance at the end of today, which 1C calls the balance before tomorrow."""
        today: date = self.walk.now.date()
        tomorrow = datetime.combine(today, datetime.min.time()) + timedelta(days=1)
        rows = self.walk.endpoint.rows(query.call(LEDGER, "Balance", {"Period": query.moment(tomorrow)}), {}, BALANCE)
        all_read(rows)
        ordinal = pl.int_range(1, pl.len() + 1).cast(pl.String).alias(KEY)
        frame = rows.frame.select(ordinal, VERSION, pl.lit(today, pl.Date).alias("as_of"), *BALANCE.columns)
        yield Page("gl_balance", frame, window=Window("as_of", BEGINNING[:10], END[:10]))


def _period(start: datetime, end: datetime) -> dict[str, str]:
    """[start, end) as 1C counts periods: both ends inside."""
    return {"StartPeriod": query.moment(start), "EndPeriod": query.moment(end - SECOND)}


def all_read(rows: Rows) -> None:
    """A sum over rows of which one is unreadable is no sum."""
    if rows.rejects:
        bad = rows.rejects[0]
        raise SourceChanged(
            SOURCE, bad.table, None, f"{len(rows.rejects)} rows of {rows.count} cannot be read: {bad.reason}"
        )


def _empty() -> pl.DataFrame:
    return join((), ENTRIES).frame
