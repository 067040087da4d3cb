"""The catalog record of a metric: all that a reader of its number may ask about how it is made, called and held."""

from __future__ import annotations

import re
from typing import Any

from analyst.metrics import Metric

# What a parameter of each type takes; completion in prompts and `find` offer the names that there are.
TAKES = {
    "date": "a day, 2026-01-31; the snapshot's day for as_of",
    "period": "2025-Q4, 2025-10, 2025, last-month, «прошлый квартал», 2025-01-15..2025-03-31",
    "quarter": "2025-Q4 or last-quarter",
    "counterparty": "id, BIN or IIN, or name; several that fit are asked about: find with kind counterparty",
    "item": "id, or words of its name that fit one: find with kind item",
    "unit": "a unit that the item's card has a factor for",
    "place": "a store, or a place that a lead time is known to",
    "org": "own entity by id, BIN or name, several with commas; none: the whole company. Of chosen ones the others are outsiders: what they owe counts",
    "choice": "one of its words",
    "text": "words or a number",
    "int": "a whole number",
    "money": "an amount, 1000000.00",
    "quantity": "an amount above zero, at most three decimals",
}
_READ = re.compile(r"(?<!distinct )\b(?:from|join)\s+([a-z_]\w*)(?![\w.])")
_CTE = re.compile(r"\b([a-z_]\w*) as (?:not materialized )?\(")


def reads(metric: Metric) -> tuple[str, ...]:
    """The relations that its statement names."""
    return tuple(sorted({*_READ.findall(metric.body)} - {*_CTE.findall(metric.body)}))


def of(metric: Metric) -> dict[str, Any]:
    """The record; what a company's own definition does not say is left out."""
    told = {
        "metric": metric.label,
        "id": metric.id,
        "version": metric.version,
        "changed_on": metric.changed_on,
        "owner": metric.owner,
        "resource": f"analyst://metric/{metric.id}",
        "title": dict(metric.titles),
        "synonyms": ", ".join(metric.synonyms),
        "summary": metric.summary,
        "unit": metric.unit,
        "basis": metric.basis,
        "grain": metric.grain,
        "formula": metric.formula,
        "needs": ", ".join(metric.needs),
        "reads": ", ".join(reads(metric)),
        "arguments": {p.told(): TAKES[p.type] for p in metric.parameters},
        "call": metric.example(),
        "columns": [[c.name, c.description + (" [untrusted]" if c.untrusted else "")] for c in metric.columns],
        "documents": metric.documents or "explain lists them, by receipt",
        "sql": metric.body,
        "tests": list(metric.tests),
    }
    return {field: value for field, value in told.items() if value not in ("", [], {})}
