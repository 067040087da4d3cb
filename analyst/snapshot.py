"""The published snapshot: data/CURRENT says which one it is. One stat a question; read again only when it was replaced."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from analyst import catalog
from analyst.catalog import Catalog
from analyst.errors import MirrorMissing

PUBLISHED = "published.json"  # beside the files of a snapshot: what CURRENT said when it was the current one
TRIES = 5
PAUSE = 0.02


@dataclass(frozen=True, slots=True)
class Source:
    """How fresh one source is: status ok, failed or never; last_ok_at and data_to as ISO text; parts: optional parts that were read."""

    name: str
    status: str
    last_ok_at: str
    data_to: str
    rows: int
    error: str
    parts: tuple[str, ...] = ()

    def told(self) -> str:
        """One short phrase."""
        last = f"{self.last_ok_at[:16]}Z" if self.last_ok_at else "never"
        if self.status == "ok":
            return last
        return f"{self.status}; last good {last}" + (f", data to {self.data_to}" if self.data_to else "")


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A check whose two sides do not tie: rows of difference and their sum; labels by language."""

    id: str
    rows: int
    amount: str
    labels: Mapping[str, str]

    def told(self) -> str:
        """One short phrase; the id is a claim in words, and selects the rows of the relation finding."""
        return f"{self.id}: {self.rows} differences, {self.amount} KZT"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One immutable published state. left_out: files of the extension folder that the sync could not build, and why."""

    name: str
    created_at: str
    as_of: date
    timezone: str
    engine: str
    file: Path
    catalog_file: Path
    catalog: Catalog
    sources: tuple[Source, ...]
    reconciliations: tuple[Reconciliation, ...]
    rows: Mapping[str, int] = field(default_factory=dict)
    sha256: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def example(self) -> str:
        """A statement that runs on it."""
        return self.catalog.example((), self.as_of.isoformat())

    @property
    def fresh(self) -> dict[str, str]:
        """Freshness by source, in short phrases."""
        return {source.name: source.told() for source in self.sources}

    @property
    def fresh_in_short(self) -> dict[str, str]:
        """The same, said once where all sources came at the same time."""
        told = self.fresh
        return {"all": next(iter(told.values()))} if len(told) > 1 and len(set(told.values())) == 1 else told

    @property
    def stale(self) -> dict[str, str]:
        """The same for the sources that did not come last time: what a card or a list of names must not hide."""
        return {source.name: source.told() for source in self.sources if source.status != "ok"}


def _snapshot(document: Mapping[str, Any], data: Path, role: str) -> Snapshot:
    if role not in document["roles"]:
        raise MirrorMissing(f"the snapshot has no file for the role {role}", fix="set ANALYST_ROLE to a published role")
    entry = document["roles"][role]
    folder = data / "snapshots" / Path(document["snapshot"]).name
    file = folder / Path(entry["file"]).name
    catalog_file = folder / Path(entry["catalog"]).name
    # Its hash takes as long as reading it; a file of another snapshot under this name nearly always differs in size, too.
    if (size := entry.get("bytes")) is not None and file.stat().st_size != size:
        raise MirrorMissing(
            "the serving file is not the one that was published (its size)", fix="run: analyst-sync run"
        )
    return Snapshot(
        name=document["snapshot"],
        created_at=document["created_at"],
        as_of=date.fromisoformat(document["as_of"]),
        timezone=document.get("timezone") or "",
        engine=document.get("engine") or "",
        file=file,
        catalog_file=catalog_file,
        catalog=catalog.read(catalog_file),
        sources=tuple(
            Source(
                name,
                s["status"],
                s.get("last_ok_at") or "",
                s.get("data_to") or "",
                s.get("rows") or 0,
                s.get("error") or "",
                tuple(s.get("parts") or ()),
            )
            for name, s in document["sources"].items()
        ),
        reconciliations=tuple(
            Reconciliation(r["id"], r["rows"], str(r["amount"]), r.get("label") or {})
            for r in document.get("checks", {}).get("reconciliation", ())
        ),
        rows=document.get("rows") or {},
        sha256=entry.get("sha256") or "",
        left_out=tuple(f"{e['file']}: {e['why']}" for e in document.get("extensions") or ()),
    )


@dataclass(slots=True)
class Mirror:
    """The place where snapshots are published, as one role sees it."""

    data: Path
    role: str
    _seen: tuple[int, int, int] | None = None
    _current: Snapshot | None = None

    def current(self) -> Snapshot:
        """The snapshot to answer from. Raises MirrorMissing, saying what to run."""
        pointer = self.data / "CURRENT"
        for attempt in range(TRIES):
            try:
                stat = os.stat(pointer)  # noqa: PTH116 (the one system call of every question)
                seen = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
                if self._current is not None and seen == self._seen:
                    return self._current
                document = json.loads(pointer.read_text(encoding="utf-8"))
                self._current = _snapshot(document, self.data, self.role)
                self._seen = seen
            except FileNotFoundError:
                # Either nothing was ever published, or this snapshot was pruned while we read about it.
                if not pointer.exists():
                    raise MirrorMissing(
                        "no snapshot is published in the data folder",
                        fix="run: analyst-sync run (or analyst-sync demo)",
                    ) from None
                reason = "its files are missing"
            except PermissionError:
                reason = "it cannot be read"
            except (ValueError, KeyError, TypeError, OSError, RecursionError) as error:
                reason = f"CURRENT is not whole ({type(error).__name__})"
            else:
                return self._current
            if attempt + 1 < TRIES:
                time.sleep(PAUSE)  # a rename under Windows can hide the pointer for a moment
        raise MirrorMissing(f"the published snapshot cannot be used: {reason}", fix="run: analyst-sync run")

    def at(self, name: str) -> Snapshot:
        """A snapshot by its name, also one that newer ones have followed. Raises MirrorMissing when it is not kept any more."""
        if (current := self.current()).name == name:
            return current
        file = self.data / "snapshots" / Path(name).name / PUBLISHED
        try:
            return _snapshot(json.loads(file.read_text(encoding="utf-8")), self.data, self.role)
        except (ValueError, KeyError, TypeError, OSError, RecursionError):
            raise MirrorMissing("the snapshot is not kept any more") from None


@dataclass(slots=True)
class Pinned(Mirror):
    """One snapshot for a whole run, whatever is published meanwhile."""

    snapshot: Snapshot | None = None

    def current(self) -> Snapshot:
        """The snapshot of the run."""
        return self.snapshot or Mirror(self.data, self.role).current()
