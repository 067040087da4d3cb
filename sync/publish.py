"""The serving file: what one role may see and nothing else, written fresh; then the snapshot that becomes current.

A relation that a role may not see is absent from its file: a view would not hide it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import structlog

from sync import extension, inside, snapshot
from sync.changes import Changed
from sync.checks import Finding, label
from sync.errors import ModelFailed, PublishFailed
from sync.extension import LeftOut
from sync.mirror import quoted
from sync.models import Relation, comments, create, describe

ROLE = "owner"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Served:
    """A serving file as written: its path, rows by relation, the sum of every tenge column, and what of the extensions was left out."""

    file: Path
    rows: Mapping[str, int]
    control: Mapping[str, str]
    left_out: tuple[LeftOut, ...] = ()


def serve(
    con: duckdb.DuckDBPyConnection,
    relations: Sequence[Relation],
    folder: Path,
    role: str = ROLE,
    *,
    extensions: Path | None = None,
    memory_limit: str = "1GB",
) -> Served:
    """Write serve-<role>.duckdb and its catalog serve-<role>.json into `folder`, and read them back.

    extensions: the folder of a company's own relations; what of it does not build is left out and named.
    Raises ModelFailed when a published macro needs what is not published, PublishFailed when the file cannot be written or
    does not hold what the master holds.
    """
    file = folder / f"serve-{role}.duckdb"
    seen = [relation for relation in relations if relation.model.published]
    tables = [relation for relation in seen if relation.model.kind in ("table", "view")]
    try:
        con.execute(f"attach '{str(file).replace(chr(39), chr(39) * 2)}' as serving")
        for relation in tables:
            name = quoted(relation.model.definition.name)
            con.execute(f"create table serving.main.{name} as from main.{name}")
        con.execute("detach serving")
        rows, control, latest = _totals(con, tables)
        with duckdb.connect(str(file)) as serving:
            serving.begin()
            _add_macros(serving, seen)
            for relation in seen:
                kind = relation.model.kind
                for comment in comments(relation.model, "main", "table" if kind == "view" else kind):
                    serving.execute(comment)
            serving.commit()
            serving.execute("checkpoint")
        _verify(file, tables, (rows, control, latest))
        own = extension.build(file, seen, extensions, memory_limit) if extensions else extension.Built()
        rows |= own.rows or {}
        published = (*seen, *own.relations)
        entries = [_entry(relation, rows, latest, inside.names(con, relation.model)) for relation in published]
        catalog = {"relations": entries}
        file.with_suffix(".json").write_text(json.dumps(catalog, ensure_ascii=False, indent=1), encoding="utf-8")
    except (duckdb.Error, OSError) as refused:
        raise PublishFailed(f"writing {file.name}", str(refused)) from refused
    return Served(file, rows, control, own.left_out)


def publish(
    data: Path,
    folder: Path,
    served: Served,
    *,
    sources: Mapping[str, Any],
    findings: Sequence[Finding],
    changed: Changed,
    now: datetime,
    zone: ZoneInfo,
) -> dict[str, Any]:
    """Make a built folder the current snapshot; returns what CURRENT says now. The master must be closed. Raises PublishFailed."""
    master = folder / snapshot.MASTER
    said: dict[str, Any] = {
        "snapshot": folder.name.removesuffix(snapshot.BUILDING),
        "created_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "as_of": now.astimezone(zone).date().isoformat(),
        "timezone": zone.key,
        "engine": duckdb.__version__,
        "sources": dict(sources),
        "roles": {
            ROLE: {
                "file": served.file.name,
                "catalog": served.file.with_suffix(".json").name,
                "sha256": sha256(served.file),
                "bytes": served.file.stat().st_size,
            }
        },
        "master": {"file": master.name, "sha256": sha256(master)},
        "rows": dict(served.rows),
        "control": dict(served.control),
        "extensions": [{"file": fault.file, "why": fault.why} for fault in served.left_out],
        "changes": {
            "documents": changed.documents,
            "in_closed_periods": changed.closed,
            "closed_kzt": str(changed.closed_kzt),
        },
        "checks": {
            "integrity": "passed",
            "reconciliation": [
                {"id": f.id, "rows": f.rows, "amount": str(f.amount), "label": f.label, "touches": list(f.touches)}
                for f in findings
            ],
        },
    }
    snapshot.complete(folder, said)
    snapshot.point(data, said)
    log.info(
        "snapshot.published",
        snapshot=said["snapshot"],
        as_of=said["as_of"],
        tables=len(served.rows),
        bytes=said["roles"][ROLE]["bytes"],
    )
    return said


def sha256(file: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _add_macros(serving: duckdb.DuckDBPyConnection, seen: Sequence[Relation]) -> None:
    """Relations stand in the order they were built, so a macro finds the macros that it calls."""
    for relation in seen:
        model = relation.model
        if model.kind in ("macro", "scalar"):
            try:
                serving.execute(create(model, "main"))
                columns = describe(serving, model, "main")
            except duckdb.Error as wrong:
                raise ModelFailed(model.file, f"it does not run on published relations alone: {wrong}") from wrong
            if columns != relation.columns:
                raise ModelFailed(model.file, "it has other columns on published relations than in the master")


def _totals(
    con: duckdb.DuckDBPyConnection, tables: Sequence[Relation], schema: str = "main"
) -> tuple[dict[str, int], dict[str, str], dict[str, str]]:
    """Rows of each table; the sum of each column of tenge (named …_kzt) and the latest day of each column of days, as text."""
    rows: dict[str, int] = {}
    control: dict[str, str] = {}
    latest: dict[str, str] = {}
    for relation in tables:
        name = relation.model.definition.name
        money = [c for c, kind in relation.columns if c.endswith("_kzt") and kind.startswith("DECIMAL")]
        days = [c for c, kind in relation.columns if kind == "DATE"]
        facts = ["count(*)", *(f"coalesce(sum({quoted(c)}), 0)::decimal(38, 2)" for c in money)]
        facts += [f"max({quoted(c)})::varchar" for c in days]
        found = con.execute(f"select {', '.join(facts)} from {schema}.{quoted(name)}").fetchone() or (0,)
        sums, ends = found[1 : len(money) + 1], found[len(money) + 1 :]
        rows[name] = int(found[0])
        control |= {f"{name}.{c}": str(total) for c, total in zip(money, sums, strict=True)}
        latest |= {f"{name}.{c}": end for c, end in zip(days, ends, strict=True) if end is not None}
    return rows, control, latest


def _verify(
    file: Path, tables: Sequence[Relation], told: tuple[dict[str, int], dict[str, str], dict[str, str]]
) -> None:
    with duckdb.connect(str(file), read_only=True) as reader:
        if _totals(reader, tables) != told:
            raise PublishFailed(f"verifying {file.name}", "its rows, sums or days differ from the master's")


def _entry(
    relation: Relation, rows: Mapping[str, int], latest: Mapping[str, str], inside_names: Sequence[str]
) -> dict[str, Any]:
    """A relation as the catalog tells it."""
    model, said = relation.model, relation.model.definition
    described = {column.name: column for column in said.columns}
    return {
        "name": said.name,
        "kind": "table" if model.kind == "view" else model.kind,
        "args": [{"name": a.name, "type": a.type} for a in model.arguments],
        "folder": said.folder,
        "summary": said.summary,
        "grain": said.facts.get("grain", ""),
        "source": said.facts.get("source", ""),
        "units": said.facts.get("units", ""),
        "label": label(said),
        "synonyms": [word.strip() for word in said.facts.get("synonyms", "").split(",") if word.strip()],
        "rows": rows.get(said.name),
        **({"listed": False} if said.facts.get("listed") == "no" else {}),
        "inside": list(inside_names),
        "columns": [
            {
                "name": name,
                "type": kind,
                "description": described[name].description,
                "untrusted": described[name].untrusted,
                **({"latest": latest[day]} if (day := f"{said.name}.{name}") in latest else {}),
            }
            for name, kind in relation.columns
        ],
    }
