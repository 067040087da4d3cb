"""The claims of sql/checks: integrity must hold before anything is published, reconciliation is counted and told."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from importlib.resources.abc import Traversable

import duckdb
import structlog

import sql
from sync.errors import SHOWN_ROWS, CheckFailed, ModelFailed
from sync.models import read

COLUMNS = ("subject", "detail", "amount", "cp_id", "first_day", "last_day")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Finding:
    """What one reconciliation check found. amount: the sum of its rows, each without its sign; label: its name by language; touches: metrics."""

    id: str
    rows: int
    amount: Decimal
    label: dict[str, str]
    touches: tuple[str, ...]


def check(con: duckdb.DuckDBPyConnection, root: Traversable | None = None) -> tuple[Finding, ...]:
    """Run every check; fills meta.finding with what does not reconcile. A check may name `$as_of`, the day of the snapshot.

    Raises CheckFailed for the first integrity check (by name) that returns a row, ModelFailed for a check that does not run.
    """
    definitions = read("checks", root)
    kinds = {d.name: d.facts.get("kind", "") for d in definitions}
    for name, kind in kinds.items():
        if kind not in ("integrity", "reconciliation"):
            raise ModelFailed(f"checks/{name}.sql", f"kind is {kind!r}; it is integrity or reconciliation")
    failures = [f for d in definitions if kinds[d.name] == "integrity" and (f := _integrity(con, d))]
    if failures:
        raise failures[0]
    con.execute("delete from meta.finding")
    return tuple(_reconcile(con, d) for d in definitions if kinds[d.name] == "reconciliation")


def label(definition: sql.Definition) -> dict[str, str]:
    """A definition's name in each language; its summary where it has none."""
    return {language: definition.facts.get(f"label.{language}", definition.summary) for language in ("ru", "kk", "en")}


def _integrity(con: duckdb.DuckDBPyConnection, definition: sql.Definition) -> CheckFailed | None:
    names = _offending(con, definition)
    found = _count(con)
    if not found:
        return None
    rows = con.execute(f"select * from offending limit {SHOWN_ROWS}").fetchall()
    log.error("check.failed", claim=definition.name, rows=found)
    return CheckFailed(definition.name, [dict(zip(names, row, strict=True)) for row in rows], found)


def _reconcile(con: duckdb.DuckDBPyConnection, definition: sql.Definition) -> Finding:
    names = _offending(con, definition)
    if tuple(names) != COLUMNS:
        raise ModelFailed(
            f"checks/{definition.name}.sql",
            f"a reconciliation returns {', '.join(COLUMNS)}; this one {', '.join(names)}",
        )
    con.execute("insert into meta.finding select $id, * from offending", {"id": definition.name})
    row = con.execute("select cast(coalesce(sum(abs(amount)), 0) as decimal(18, 2)) from offending").fetchone()
    touches = tuple(word.strip() for word in definition.facts.get("touches", "").split(",") if word.strip())
    finding = Finding(definition.name, _count(con), row[0] if row else Decimal(0), label(definition), touches)
    log.info("finding.counted", check=finding.id, rows=finding.rows)
    return finding


def _offending(con: duckdb.DuckDBPyConnection, definition: sql.Definition) -> list[str]:
    try:
        day = con.execute("select as_of from meta.run").fetchone() or (None,)
        values = {"as_of": day[0]} if "$as_of" in definition.body else {}
        con.execute(f"create or replace temp table offending as\n{definition.body}", values)
        return [str(row[0]) for row in con.execute("describe offending").fetchall()]
    except duckdb.Error as wrong:
        raise ModelFailed(f"checks/{definition.name}.sql", str(wrong)) from wrong


def _count(con: duckdb.DuckDBPyConnection) -> int:
    row = con.execute("select count(*) from offending").fetchone()
    return int(row[0]) if row else 0
