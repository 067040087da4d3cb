"""How tests ask for what was planted: the master file of the demo, with the keys of 1C, and a certified metric's rows."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

import sql

AS_OF = "date '2026-01-31'"
NONE = Decimal("0.00")
Master = duckdb.DuckDBPyConnection


@contextmanager
def master(demo: Path, folder: Path) -> Iterator[Master]:
    """A copy of the master file: it also has the keys of 1C, which the published file lacks."""
    current = json.loads((demo / "CURRENT").read_text(encoding="utf-8"))
    copy = folder / "mirror.duckdb"
    shutil.copyfile(demo / "snapshots" / current["snapshot"] / current["master"]["file"], copy)
    with duckdb.connect(str(copy), read_only=True) as db:
        yield db


def one(con: Master, query: str, *values: object) -> Any:
    rows = con.execute(query, list(values)).fetchall()
    assert len(rows) == 1, rows
    return rows[0][0] if len(rows[0]) == 1 else rows[0]


def cp(con: Master, name: str) -> str:
    return str(one(con, "select cp_id from cp where name = ?", name))


def doc(con: Master, ref: str) -> str:
    return str(one(con, "select doc_id from doc_key where src_ref = ?", ref))


def standing(con: Master, cp_id: str) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """open, overdue, advances, credits of a customer."""
    found = con.execute(
        f"select open_kzt, overdue_kzt, advances_kzt, credits_kzt from ageing({AS_OF}) where cp_id = ?", [cp_id]
    ).fetchone()
    return found or (NONE,) * 4


def metric(con: Master, name: str, **values: object) -> list[dict[str, Any]]:
    """The rows of a certified metric."""
    body = next(definition.body for definition in sql.read("metrics") if definition.name == name)
    found = con.execute(body, {k: v for k, v in values.items() if re.search(rf"\${k}\b", body)})
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
