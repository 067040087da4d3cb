"""What stands in a data folder: the snapshot, its sources and their age, rows, findings and quarantine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sync import snapshot
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
            console.print(
                f"Does not reconcile: {escape(finding['label']['en'])}: {finding['rows']} rows, {finding['amount']} KZT"
            )
    changed = said.get("changes")  # a snapshot of an older program does not say
    if changed:
        console.print(
            f"Changed since the snapshot before: {changed['documents']} documents, {changed['in_closed_periods']} of them in "
            f"closed periods ({changed['closed_kzt']} KZT)"
        )
    for fault in said.get("extensions", ()):
        console.print(f"Extension left out: {escape(fault['file'])}: {escape(fault['why'])}")
    waiting = _counted(folder / snapshot.MASTER, "cp_key where status = 'review'")
    if waiting:
        console.print(
            f"Cards of counterparties that a person should look at: {waiting} (cp_source, status review). Decide in "
            f"{data / FILE}: {','.join(HEAD)}"
        )
    rows = _counted(folder / snapshot.MASTER, "meta.quarantine")
    files = [f.name for f in _files(data / QUARANTINE) if not f.name.endswith(REASON)]
    console.print(
        f"Quarantine: {rows} rows, {len(files)} files" + (f" ({escape(', '.join(sorted(files)))})" if files else "")
    )


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


def _counted(master: Path, what: str) -> int:
    """Rows of a relation of the master; 0 where an older program made it without one."""
    with duckdb.connect(str(master), read_only=True) as con:
        try:
            row = con.execute(f"select count(*) from {what}").fetchone()
        except duckdb.CatalogException:
            return 0
    return int(row[0]) if row else 0


def _files(folder: Path) -> list[Path]:
    return [f for f in folder.iterdir() if f.is_file()] if folder.is_dir() else []
