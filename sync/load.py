"""One source into the mirror: pull everything, then merge it with its watermark in one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import duckdb
import structlog

from sync.errors import LoadFailed, SourceChanged, SourceError
from sync.merge import Target, merge, vanished
from sync.mirror import Versions, raw_name, stored
from sync.stage import Pulled, Stage
from sync.table import KEY, Page, Reject, Since, Source

Progress = Callable[[str, str, int], None]  # source, table, rows that have come of it so far
FEW_ROWS = 10

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Loaded:
    """How the pull of one source ended. status: ok or failed; error: what to tell; rows: live rows in the mirror now."""

    source: str
    base: str
    status: str
    error: str | None = None
    read: int = 0
    inserted: int = 0
    updated: int = 0
    deleted: int = 0
    rows: int = 0
    rejects: tuple[Reject, ...] = ()


def load(con: duckdb.DuckDBPyConnection, source: Source, *, full: bool, now: datetime, progress: Progress) -> Loaded:
    """Pull one source and merge it; after a failure of the source the mirror holds what it held before, and why.

    full: read everything, also when a watermark is known. now: aware UTC.
    """
    try:
        with Stage(con, source) as stage:
            seconds = _pull(con, stage, full=full, now=now, progress=progress)
            loaded = _merge_all(con, stage, now, full=full, seconds=seconds)
    except (SourceError, LoadFailed) as failure:
        log.warning("pull.failed", source=source.name, base=source.base, error=str(failure))
        loaded = Loaded(source.name, source.base, "failed", str(failure))
        _record(con, loaded, now, full=full)
    return loaded


def _pull(
    con: duckdb.DuckDBPyConnection, stage: Stage, *, full: bool, now: datetime, progress: Progress
) -> dict[str, float]:
    """Collect the whole pull; returns the seconds that each table took."""
    source = stage.source
    watermark = _watermark(con, source)
    since = Since(full=full or watermark is None, now=now, watermark=watermark, versions=Versions(con.cursor(), source))
    seconds: dict[str, float] = {}
    last = time.monotonic()
    for item in source.pull(since):
        stage.add(item)
        passed, last = time.monotonic() - last, time.monotonic()
        if table := getattr(item, "table", None):
            seconds[table] = seconds.get(table, 0.0) + passed
        if isinstance(item, Page):
            progress(source.name, item.table, stage.pulled[item.table].rows)
    stage.flush()
    if stage.done is None:
        raise LoadFailed(source.name, "the pull ended without saying that it is complete")
    return seconds


def _merge_all(
    con: duckdb.DuckDBPyConnection, stage: Stage, now: datetime, *, full: bool, seconds: dict[str, float]
) -> Loaded:
    source, done = stage.source, stage.done
    read = inserted = updated = deleted = 0
    con.begin()
    try:
        for name, pulled in stage.pulled.items():
            table = stage.tables[name]
            started = time.monotonic()
            target = Target(con, source, table, stage.children(name), pulled, stored(now))
            if pulled.swept and not full:
                _refuse_emptiness(target)
            merged = merge(target)
            read, inserted = read + pulled.rows, inserted + merged.inserted
            updated, deleted = updated + merged.updated, deleted + merged.deleted
            _log_table(source, name, pulled, inserted=merged.inserted, updated=merged.updated, deleted=merged.deleted,
                       seconds=round(seconds.get(name, 0.0) + time.monotonic() - started, 3))  # fmt: skip
        rows = _count_rows(con, source)
        loaded = Loaded(
            source.name, source.base, "ok", None, read, inserted, updated, deleted, rows, tuple(stage.rejects)
        )
        _keep_rejects(con, stage, now)
        _keep_totals(con, stage, full=full)
        _record(
            con,
            loaded,
            now,
            full=full,
            watermark=done.watermark if done else None,
            data_to=done.data_to if done else None,
        )
        con.commit()
    except duckdb.Error as refused:
        con.rollback()
        raise LoadFailed(source.name, str(refused)) from refused
    except SourceError:
        con.rollback()
        raise
    return loaded


def _refuse_emptiness(target: Target) -> None:
    """A source that suddenly has nothing is more often a lost right than a company without documents."""
    held = target.count(f"select count(*) from {target.raw} where src_base = $base and deleted_at is null")
    gone = target.count(f"select count(*) from {target.raw} where {vanished(target)}") if held >= FEW_ROWS else 0
    if gone and gone == held:
        raise SourceChanged(
            target.source.name, target.table.name, None, f"all {held} rows that the mirror holds have vanished",
            "Nothing of this source was loaded. See that the login still has its rights; if the rows are really gone, run with --full",
        )  # fmt: skip


def _log_table(source: Source, table: str, pulled: Pulled, **numbers: float) -> None:
    log.info(
        "pull.finished",
        source=source.name,
        base=source.base,
        table=table,
        rows=pulled.rows,
        pages=pulled.pages,
        **numbers,
    )


def _watermark(con: duckdb.DuckDBPyConnection, source: Source) -> str | None:
    row = con.execute(
        "select watermark from meta.sync_state where source = ? and src_base = ?", [source.name, source.base]
    ).fetchone()
    return str(row[0]) if row and row[0] is not None else None


def _count_rows(con: duckdb.DuckDBPyConnection, source: Source) -> int:
    """Count live rows of each table for the checks; returns those of all tables but nested sections."""
    con.execute("delete from meta.table_rows where source = ? and src_base = ?", [source.name, source.base])
    total = 0
    for table in source.tables:
        live = "count(*), 0" if table.parent else "count(*) filter (deleted_at is null), count(deleted_at)"
        row = con.execute(
            f"select {live} from {raw_name(source.name, table.name)} where src_base = ?", [source.base]
        ).fetchone()
        rows, gone = row or (0, 0)
        con.execute(
            "insert into meta.table_rows values (?, ?, ?, ?, ?)", [source.name, source.base, table.name, rows, gone]
        )
        total += 0 if table.parent else rows
    return total


def _keep_rejects(con: duckdb.DuckDBPyConnection, stage: Stage, now: datetime) -> None:
    """Rows of a table that could be read this time leave the quarantine; those that could not enter it, once."""
    key = [stage.source.name, stage.source.base]
    for name, pulled in stage.pulled.items():
        if pulled.pages:
            con.execute(
                f"""delete from meta.quarantine where source = ? and src_base = ? and table_name = ?
                and ref in (select {KEY} from {raw_name(stage.source.name, name)} where deleted_at is null)""",
                [*key, name],
            )
    for reject in stage.rejects:
        known = con.execute(
            "select 1 from meta.quarantine where source = ? and src_base = ? and table_name = ? and ref = ? and reason = ?",
            [*key, reject.table, reject.ref, reject.reason],
        ).fetchone()
        if not known:
            con.execute(
                "delete from meta.quarantine where source = ? and src_base = ? and table_name = ? and ref = ?",
                [*key, reject.table, reject.ref],
            )
            con.execute(
                "insert into meta.quarantine values (?, ?, ?, ?, ?, ?, ?)",
                [key[0], reject.table, reject.ref, reject.reason, stored(now), key[1], reject.text],
            )


def _keep_totals(con: duckdb.DuckDBPyConnection, stage: Stage, *, full: bool) -> None:
    key = [stage.source.name, stage.source.base]
    if full:  # what a source does not count any more, it does not have any more
        con.execute("delete from meta.table_total where source = ? and src_base = ?", key)
    for total in stage.totals:
        con.execute(
            "delete from meta.table_total where source = ? and src_base = ? and table_name = ? and name = ?",
            [*key, total.table, total.name],
        )
        con.execute(
            "insert into meta.table_total values (?, ?, ?, ?, ?)",
            [key[0], total.table, total.name, total.value, key[1]],
        )


def _record(
    con: duckdb.DuckDBPyConnection,
    loaded: Loaded,
    now: datetime,
    *,
    full: bool,
    watermark: str | None = None,
    data_to: str | None = None,
) -> None:
    """Write how it ended; a failure leaves the watermark and the time of the last good pull as they were."""
    key, at = [loaded.source, loaded.base], stored(now)
    known(con, loaded.source, loaded.base)
    if loaded.status == "ok":
        con.execute(
            """update meta.sync_state set status = 'ok', last_ok_at = ?, data_to = coalesce(?, data_to), rows = ?, error = null,
            watermark = ?, tried_at = ? where source = ? and src_base = ?""",
            [at, data_to, loaded.rows, watermark, at, *key],
        )
    else:
        con.execute(
            "update meta.sync_state set status = 'failed', error = ?, tried_at = ? where source = ? and src_base = ?",
            [loaded.error, at, *key],
        )
    con.execute(
        "insert into meta.sync_run values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            at,
            *key,
            full,
            loaded.status,
            loaded.read,
            loaded.inserted,
            loaded.updated,
            loaded.deleted,
            len(loaded.rejects),
            loaded.error,
        ],
    )


def known(con: duckdb.DuckDBPyConnection, source: str, base: str) -> None:
    """See that a source has its row of state; before its first pull the row says never."""
    if not con.execute("select 1 from meta.sync_state where source = ? and src_base = ?", [source, base]).fetchone():
        con.execute(
            "insert into meta.sync_state (source, src_base, status, rows) values (?, ?, 'never', 0)", [source, base]
        )
