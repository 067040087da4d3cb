"""Whether the documents behind a metric add up to it: each part against the sum of its column, by the engine, to the last digit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import duckdb

from analyst import documents, metrics

DOCUMENTS = documents.read()


def given(body: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a statement names."""
    return {name: value for name, value in values.items() if re.search(rf"\${name}\b", body)}


def with_defaults(metric: metrics.Metric, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, and for every other parameter of the metric what it is when nobody gives it."""
    usual = {p.name: int(p.default) if p.default and p.type == "int" else p.default for p in metric.parameters}
    return usual | dict(values)


def totals(con: duckdb.DuckDBPyConnection, metric: str, values: Mapping[str, Any]) -> dict[str, tuple[int, Decimal]]:
    """Rows and sum of the documents by part."""
    listed = DOCUMENTS[metric]
    found = con.execute(listed.totals(), given(listed.body, values)).fetchall()
    assert {part for part, _, _ in found} <= set(listed.parts)
    return {part: (rows, Decimal(total)) for part, rows, total in found}


def differences(
    con: duckdb.DuckDBPyConnection, metric: metrics.Metric, values: Mapping[str, Any], seen: set[str] | None = None
) -> dict[str, tuple[Decimal, Decimal]]:
    """Parts whose documents do not add up: the column and what the documents come to. seen: takes the parts that come to something."""
    parts = DOCUMENTS[metric.id].parts
    sums = ", ".join(f"sum({part})" for part in parts)
    (told,) = con.execute(f"select {sums} from (\n{metric.body}\n)", given(metric.body, values)).fetchall()
    behind = totals(con, metric.id, values)
    if seen is not None:
        seen |= {part for part, (rows, total) in behind.items() if rows and total}
    both = {
        part: (Decimal(value or 0), behind.get(part, (0, Decimal(0)))[1])
        for part, value in zip(parts, told, strict=True)
    }
    return {part: pair for part, pair in both.items() if pair[0] != pair[1]}
