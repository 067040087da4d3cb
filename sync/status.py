"""What stands in a data folder: the snapshot, its sources and their age, rows, findings and quarantine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sync import snapshot
from sync.errors import SHOWN_ROWS
from sync.quarantine import QUARANTINE, REASON
from sync.sources.same_party import FILE, HEAD


def show(data: Path, now: datetime, console: Console) -> None:
    """Print the state of a data folder. now: aware. Raises NoSnapshot."""
    said, folder = snapshot.published(data)
    made = datetime.fromisoformat(said["created_at"])
    console.print(
        f"Snapshot [bold]{said['snapshot']}[/], as of {said['as_of']} ({said['timezone']}), made {age(made, now)} ago"
    )
    console.print(_sources(said["sources"], now))
    console.print("Rows: " + ", ".join(f"{name} {count:,}" for name, count in said["rows"].items()))
    for finding in said["checks"]["reconciliation"]:
        if finding["rows"]:
            amount = f", {finding['amount']} KZT" if Decimal(finding["amount"]) else ""  # goods have no amount
            console.print(f"Does not reconcile: {escape(finding['label']['en'])}: {finding['rows']} rows{amount}")
    changed = said.get("changes")  # a snapshot of an older program does not say
    if changed:
        console.print(
            f"Changed since the snapshot before: {changed['documents']} documents, {changed['in_closed_periods']} of them in "
            f"closed periods ({changed['closed_kzt']} KZT)"
        )
    for fault in said.get("extensions", ()):
        console.print(f"Extension left out: {escape(fault['file'])}: {escape(fault['why'])}")
    waiting = _waiting(folder / snapshot.MASTER)
    if waiting:
        console.print(
            f"Cards of counterparties that a person should look at: {waiting} (cp_source, status review). Decide in "
            f"{data / FILE}: {','.join(HEAD)}"
        )
    rejected = _rejected(folder / snapshot.MASTER)
    files = [f.name for f in _files(data / QUARANTINE) if not f.name.endswith(REASON)]
    console.print(
        f"Quarantine: {len(rejected)} rows, {len(files)} files"
        + (f" ({escape(', '.join(sorted(files)))})" if files else "")
    )
    for place, reason in rejected[:SHOWN_ROWS]:
        console.print(f"  {place}: {escape(reason)}")


def age(then: datetime, now: datetime) -> str:
    """How long ago, in words: minutes, hours or days."""
    minutes = max(0, round((now - then).total_seconds() / 60))
    if minutes < 2 * 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 2 * 24 * 60 else f"{minutes // 60 // 24} days"


def _sources(sources: Mapping[str, Any], now: datetime) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in ("source", "status", "last good pull", "data to", "rows", "error"):
        table.add_column(column, justify="right" if column == "rows" else "left", overflow="fold")
    for name, state in sources.items():
        last = state["last_ok_at"]
        when = f"{last[:16].replace('T', ' ')} UTC, {age(datetime.fromisoformat(last), now)} ago" if last else "never"
        table.add_row(
            name, state["status"], when, state["data_to"] or "", f"{state['rows'] or 0:,}", escape(state["error"] or "")
        )
    return table


def _waiting(master: Path) -> int:
    """Cards that the rules leave to a person; 0 where an older program built the file without them."""
    with duckdb.connect(str(master), read_only=True) as con:
        try:
            row = con.execute("select count(*) from cp_key where status = 'review'").fetchone()
        except duckdb.CatalogException:
            return 0
    return int(row[0]) if row else 0


def _rejected(master: Path) -> list[tuple[str, str]]:
    """Where each row in quarantine belongs, and why it is there; the newest first."""
    with duckdb.connect(str(master), read_only=True) as con:
        return con.execute(
            """select source || '.' || table_name, reason from meta.quarantine order by "at" desc, source, table_name, ref"""
        ).fetchall()


def _files(folder: Path) -> list[Path]:
    return [f for f in folder.iterdir() if f.is_file()] if folder.is_dir() else []
