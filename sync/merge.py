"""Staged rows into a raw table: changed keys are deleted and inserted anew, with their nested sections.

A row that came with the content it already had is left as it is, so reading the same again changes nothing.
A row whose version alone moved keeps its synced_at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from sync.mirror import listed, quoted, raw_name
from sync.stage import PAGE, Pulled, keys, staged
from sync.table import KEY, VERSION, Source, Table


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did to one raw table, in rows. deleted: got a tombstone, or fell out of a window."""

    inserted: int
    updated: int
    deleted: int


@dataclass(frozen=True, slots=True)
class Target:
    """One raw table of one base, and what of it has come."""

    con: duckdb.DuckDBPyConnection
    source: Source
    table: Table
    children: Sequence[Table]
    pulled: Pulled
    now: datetime  # naive UTC

    def run(self, sql: str, **values: object) -> duckdb.DuckDBPyConnection:
        """Run one statement; $base is always given when it is named."""
        given = {"base": self.source.base, **values}
        return self.con.execute(sql, {name: value for name, value in given.items() if f"${name}" in sql})

    def count(self, sql: str, **values: object) -> int:
        """The one number that a statement returns (for a change: the rows it touched)."""
        row = self.run(sql, **values).fetchone()
        return int(row[0]) if row else 0

    @property
    def raw(self) -> str:
        """The raw table, for SQL."""
        return raw_name(self.source.name, self.table.name)


def merge(target: Target) -> Merged:
    """Bring one raw table to what came of it, inside the caller's transaction."""
    inserted = updated = deleted = 0
    if target.pulled.pages:
        _latest(target)
        inserted, updated = _upsert(target)
        for window in target.pulled.windows:
            kind = target.table.columns[window.column]
            place = (
                f"{quoted(window.column)} >= cast($start as {kind}) and {quoted(window.column)} < cast($end as {kind})"
            )
            deleted += _remove(target, place, start=window.start, end=window.end)
    if target.pulled.swept:
        deleted += target.count(
            f"""update {target.raw} set deleted_at = $now, synced_at = $now where {vanished(target)}""", now=target.now
        )
    target.run("drop table if exists temp.latest")
    target.run("drop table if exists temp.delta")
    return Merged(inserted, updated, deleted)


def vanished(target: Target) -> str:
    """The condition of live rows that a sweep did not name and no page brought."""
    brought = f"and {KEY} not in (select {KEY} from {staged(target.table.name)})" if target.pulled.pages else ""
    return f"src_base = $base and deleted_at is null and {KEY} not in (select {KEY} from {keys(target.table.name)}) {brought}"


def _latest(target: Target) -> None:
    """Of a key that came on several pages (rows move while a source is paged), the last one stands."""
    target.run(
        f"""create or replace temp table latest as select * from {staged(target.table.name)}
        qualify row_number() over (partition by {KEY} order by {PAGE} desc) = 1"""
    )


def _upsert(target: Target) -> tuple[int, int]:
    columns = target.table.columns
    same = " and ".join(f"t.{quoted(c)} is not distinct from s.{quoted(c)}" for c in columns) or "true"
    joins = ""
    for n, child in enumerate(target.children):
        joins += f" left join ({_digest(child, came=True)}) as n{n} on n{n}.{KEY} = s.{KEY}"
        joins += f" left join ({_digest(child, came=False, source=target.source)}) as o{n} on o{n}.{KEY} = s.{KEY}"
        same += f" and n{n}.digest is not distinct from o{n}.digest"
    target.run(
        f"""create or replace temp table delta as
        select s.{KEY}, s.{PAGE}, t.{KEY} is null as is_new, coalesce(t.first_synced_at, $now) as first_synced_at,
            case when t.deleted_at is null and ({same}) and t.{KEY} is not null then t.synced_at else $now end as synced_at
        from latest as s
        left join {target.raw} as t on t.src_base = $base and t.{KEY} = s.{KEY} {joins}
        where t.{KEY} is null or t.deleted_at is not null or t.{VERSION} is distinct from s.{VERSION} or not ({same})""",
        now=target.now,
    )
    for child in target.children:
        raw = raw_name(target.source.name, child.name)
        target.run(f"delete from {raw} where src_base = $base and {KEY} in (select {KEY} from delta where not is_new)")
        target.run(
            f"""insert into {raw} (src_base, {KEY}, synced_at, {listed(child.columns)})
            select $base, c.{KEY}, d.synced_at, {listed(child.columns, "c.")}
            from {staged(child.name)} as c join delta as d on d.{KEY} = c.{KEY} and d.{PAGE} = c.{PAGE}"""
        )
    updated = target.count(
        f"delete from {target.raw} where src_base = $base and {KEY} in (select {KEY} from delta where not is_new)"
    )
    total = target.count(
        f"""insert into {target.raw} (src_base, {KEY}, {VERSION}, synced_at, first_synced_at, deleted_at, {listed(columns)})
        select $base, s.{KEY}, s.{VERSION}, d.synced_at, d.first_synced_at, null, {listed(columns, "s.")}
        from latest as s join delta as d using ({KEY})"""
    )
    return total - updated, updated


def _digest(child: Table, *, came: bool, source: Source | None = None) -> str:
    """For each parent its rows of one nested section as two numbers: how many, and the sum of their hashes."""
    digest = f"(count(*), sum(hash({listed(child.columns, 'c.')}))) as digest"
    if came:
        return f"select c.{KEY}, {digest} from {staged(child.name)} as c join latest using ({KEY}, {PAGE}) group by c.{KEY}"
    raw = raw_name(source.name, child.name) if source else ""
    return f"select c.{KEY}, {digest} from {raw} as c where src_base = $base and {KEY} in (select {KEY} from latest) group by c.{KEY}"


def _remove(target: Target, place: str, **values: object) -> int:
    """Delete the rows of one window that did not come again, with their nested sections."""
    gone = f"src_base = $base and {place} and {KEY} not in (select {KEY} from latest)"
    for child in target.children:
        raw = raw_name(target.source.name, child.name)
        target.run(
            f"delete from {raw} where src_base = $base and {KEY} in (select {KEY} from {target.raw} where {gone})",
            **values,
        )
    return target.count(f"delete from {target.raw} where {gone}", **values)
