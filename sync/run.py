"""The walk of data: sources into a copy of the last master, models, checks, serving file, snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import duckdb
import structlog

from sync import changes, snapshot
from sync.checks import Finding, check
from sync.errors import BadSettings, Outgrown, PublishFailed, UnknownSource
from sync.extension import LeftOut
from sync.kept import forget
from sync.load import Loaded, Progress, known, load
from sync.lock import held
from sync.mirror import name_accounts, open_master, prepare
from sync.models import build
from sync.publish import publish, serve
from sync.quarantine import move_files
from sync.settings import Settings
from sync.table import Source, Table

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Report:
    """How a sync ended.

    snapshot: what was published, None when every source failed. files: moved to quarantine.
    forgotten: sources that the mirror holds and the settings no longer name, so that their rows only age.
    left_out: files of the extension folder that could not be built.
    """

    sources: tuple[Loaded, ...]
    snapshot: str | None = None
    as_of: str | None = None
    findings: tuple[Finding, ...] = ()
    files: int = 0
    forgotten: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def failed(self) -> tuple[Loaded, ...]:
        """The sources that could not be read."""
        return tuple(source for source in self.sources if source.status != "ok")


def run(
    settings: Settings,
    sources: Sequence[Source],
    names: Sequence[str] = (),
    *,
    full: bool = False,
    now: datetime,
    declared: Mapping[str, Sequence[Table]] | None = None,
    progress: Progress = lambda _source, _table, _rows: None,
    sql_root: Traversable | None = None,
    afresh: bool = False,
) -> Report:
    """Sync the named sources (all when none is named) and publish what could be read.

    When every source fails, or nothing was ever read, nothing is published: an empty mirror would answer zero.

    sources: those that are set up. declared: tables of every source that models may read, set up or not.
    now: aware UTC, the moment of the snapshot. afresh: start from an empty mirror, not from the last one.
    Raises UnknownSource, Busy, Unwritable, ModelFailed, CheckFailed, PublishFailed; the last snapshot stays current then.
    """
    order = _Order(settings, sources, _chosen(sources, names), declared or {}, full, now, progress, sql_root)
    with held(settings.data, now):
        folder = snapshot.begin(settings.data, now, afresh=afresh)
        try:
            return _publish(order, folder)
        except (duckdb.Error, OSError) as refused:
            raise PublishFailed("building the snapshot", str(refused)) from refused
        finally:
            snapshot.abandon(folder)  # not there any more when it was published


@dataclass(frozen=True, slots=True)
class _Order:
    """What a run was told."""

    settings: Settings
    sources: Sequence[Source]
    chosen: Sequence[Source]
    declared: Mapping[str, Sequence[Table]]
    full: bool
    now: datetime
    progress: Progress
    sql_root: Traversable | None


def _publish(order: _Order, folder: Path) -> Report:
    settings, now = order.settings, order.now
    name = folder.name.removesuffix(snapshot.BUILDING)
    log.info("run.started", sources=[source.name for source in order.chosen], full=order.full, snapshot=name)
    master = folder / snapshot.MASTER
    with open_master(master, settings.memory_limit, settings.threads) as con:
        loaded = _load(con, order)
        forgotten = _forgotten(con, order)
        if not _worth_publishing(con, loaded):
            return Report(loaded, forgotten=forgotten)
    # Opened anew: in one session the engine may lose sight of rows that a large insert has just written.
    with open_master(master, settings.memory_limit, settings.threads) as con:
        changes.remember(con)
        if settings.onec:
            name_accounts(con, settings.onec.accounts.named())
        if order.full:
            forget(con)
        relations = build(con, now, settings.zone, order.sql_root)
        changed = changes.note(con, now, settings.zone)
        findings = check(con, order.sql_root)
        served = serve(
            con, relations, folder, extensions=settings.extensions_folder, memory_limit=settings.memory_limit
        )
        states = _states(con, order)
        con.execute("checkpoint")
    said = publish(
        settings.data, folder, served, sources=states, findings=findings, changed=changed, now=now, zone=settings.zone
    )
    files = sum(move_files(settings.data, one.rejects) for one in loaded)
    snapshot.prune(settings.data, settings.keep)
    return Report(loaded, said["snapshot"], said["as_of"], findings, files, forgotten, served.left_out)


def _load(con: duckdb.DuckDBPyConnection, order: _Order) -> tuple[Loaded, ...]:
    rebuilt = prepare(con, {**order.declared, **{source.name: source.tables for source in order.sources}})
    _hold_bases(con, order)
    for source in order.sources:
        known(con, source.name, source.base)
    loaded = tuple(
        load(con, source, full=order.full, now=order.now, progress=order.progress) for source in order.chosen
    )
    unread = rebuilt & _held(con) - {one.source for one in loaded if one.status == "ok"}
    if unread:
        raise Outgrown(sorted(unread))
    return loaded


def _held(con: duckdb.DuckDBPyConnection) -> set[str]:
    return {str(row[0]) for row in con.execute("select distinct source from meta.table_rows where rows > 0").fetchall()}


def _hold_bases(con: duckdb.DuckDBPyConnection, order: _Order) -> None:
    """A base under a new name would be mirrored beside itself, and every sum of it would double."""
    named = {(source.name, source.base) for source in order.sources}
    names = {source.name for source in order.sources}
    rows = con.execute("select distinct source, src_base from meta.table_rows where rows > 0").fetchall()
    for source, base in rows:
        if source in names and (source, base) not in named:
            raise BadSettings(
                f"the mirror holds {source} base {base!r}, which no setting names any more; "
                "give the base its old name, or begin a new data folder"
            )


def _forgotten(con: duckdb.DuckDBPyConnection, order: _Order) -> tuple[str, ...]:
    return tuple(sorted(_held(con) - {source.name for source in order.sources}))


def _worth_publishing(con: duckdb.DuckDBPyConnection, loaded: Sequence[Loaded]) -> bool:
    good = [one for one in loaded if one.status == "ok"]
    mirrored = con.execute("select coalesce(sum(rows), 0) > 0 from meta.table_rows").fetchone()
    return bool(good and mirrored and mirrored[0])


def _states(con: duckdb.DuckDBPyConnection, order: _Order) -> dict[str, Any]:
    """Each source as CURRENT tells it, with the optional parts that were read. A second base of a kind is <source>:<base>."""
    parts = {source.name: _part_tables(source.tables) for source in order.sources}
    counted = con.execute("select source, src_base, table_name from meta.table_total where name = 'rows'").fetchall()
    read = {(source, base): {t for s, b, t in counted if (s, b) == (source, base)} for source, base, _ in counted}
    rows = con.execute(
        """select source, src_base, status, strftime(last_ok_at, '%Y-%m-%dT%H:%M:%S+00:00'), cast(data_to as varchar), rows, error
        from meta.sync_state order by source, tried_at is null, src_base"""
    ).fetchall()
    states: dict[str, Any] = {}
    for source, base, status, last_ok_at, data_to, count, error in rows:
        name = f"{source}:{base}" if source in states else source
        states[name] = {"status": status, "last_ok_at": last_ok_at, "data_to": data_to, "rows": count, "error": error}
        there = read.get((source, base), set())
        if source in parts and (names := [part for part, tables in parts[source].items() if tables <= there]):
            states[name]["parts"] = names
    return states


def _part_tables(tables: Sequence[Table]) -> dict[str, set[str]]:
    """The tables of each optional part of a source."""
    found: dict[str, set[str]] = {}
    for table in tables:
        if table.part:
            found.setdefault(table.part, set()).add(table.name)
    return found


def _chosen(sources: Sequence[Source], names: Sequence[str]) -> list[Source]:
    known_names = list(dict.fromkeys(source.name for source in sources))
    unknown = [name for name in names if name not in known_names]
    if unknown or not sources:
        raise UnknownSource(unknown or ["all"], known_names)
    return [source for source in sources if not names or source.name in names]
