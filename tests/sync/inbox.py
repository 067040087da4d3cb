"""A folder pulled by one of its sources, as the loader does it: the statements of banks, or the exports of the portal of ЭСФ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl

from sync.table import Done, Page, Reject, Since, Source

NOW = datetime(2026, 1, 31, 20, tzinfo=UTC)


@dataclass
class Pulled:
    """rows: by table, each src_ref once; order: of the tables as their pages came; done: what the source said last."""

    rows: dict[str, pl.DataFrame]
    rejects: list[Reject]
    order: list[str]
    done: Done


def pulled(source: Source, before: Pulled | None = None, *, full: bool = False) -> Pulled:
    """One pull with upsert by src_ref. before: what the pulls until now have left."""
    rows = dict(before.rows) if before else {}
    versions = {"file": rows["file"].select("src_ref", "src_version")} if "file" in rows else {}
    rejects, order, done = [], [], None
    for item in source.pull(Since(full, NOW, before.done.watermark if before else None, versions)):
        assert done is None
        if isinstance(item, Page):
            order.append(item.table)
            old = rows.get(item.table, item.frame.clear())
            rows[item.table] = pl.concat([old.join(item.frame, on="src_ref", how="anti"), item.frame])
        elif isinstance(item, Reject):
            rejects.append(item)
        else:
            assert isinstance(item, Done)
            done = item
    assert done is not None
    return Pulled(rows, rejects, order, done)
