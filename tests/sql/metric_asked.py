"""A metric asked of the published file as a worker opens it, whatever it is not given at its usual value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from analyst import metrics

METRICS = metrics.read()
MONEY = re.compile(r"_(kzt|doc)$")
AS_OF = date(2026, 1, 31)
QUARTER = (date(2025, 10, 1), date(2025, 12, 31))
SAMPLES = {"counterparty": "cp_1", "text": "234", "int": 30, "item": "it_4", "good": "it_4", "quantity": Decimal(5)}


@contextmanager
def published(demo: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The file of the role owner, read-only."""
    current = json.loads((demo / "CURRENT").read_text(encoding="utf-8"))
    file = demo / "snapshots" / current["snapshot"] / current["roles"]["owner"]["file"]
    with duckdb.connect(str(file), read_only=True) as db:
        yield db


def asked(con: duckdb.DuckDBPyConnection, metric: metrics.Metric, **given: Any) -> list[dict[str, Any]]:
    values: dict[str, Any] = {"as_of": AS_OF, "period_from": QUARTER[0], "period_to": QUARTER[1]}
    for parameter in metric.parameters:
        if parameter.type == "date":
            values.setdefault(parameter.name, None)
        elif parameter.type != "period":
            usual: Any = None if parameter.optional else parameter.default or SAMPLES[parameter.type]
            values[parameter.name] = int(usual) if usual and parameter.type == "int" else usual
    values |= given
    bound = {k: v for k, v in values.items() if re.search(rf"\${k}\b", metric.body)}
    found = con.execute(metric.body, bound)
    types = {column[0]: str(column[1]) for column in found.description or ()}
    assert list(types) == [column.name for column in metric.columns]
    assert not {name for name, kind in types.items() if kind in ("DOUBLE", "FLOAT", "HUGEINT")}
    assert {types[name] for name in types if MONEY.search(name)} <= {"DECIMAL(18,2)"}
    return [dict(zip(types, row, strict=True)) for row in found.fetchall()]


def value(con: duckdb.DuckDBPyConnection, name: str, column: str = "value") -> Any:
    return asked(con, METRICS[name])[0][column]
