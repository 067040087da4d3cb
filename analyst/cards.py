"""What a caller reads before asking: the catalog, a relation's card, how fresh everything is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analyst.catalog import Relation, first_sentence
from analyst.metrics import Metric
from analyst.snapshot import Snapshot
from analyst.template import Template


def catalog(snapshot: Snapshot, metrics: Mapping[str, Metric], templates: Iterable[str] = ()) -> dict[str, Any]:
    """What there is: metrics with their arguments, marts in a line each, everything else by name."""
    day = snapshot.as_of.isoformat()
    relations = snapshot.catalog.relations.values()
    return {
        "as_of": day,
        "fresh": snapshot.fresh,
        "metrics": [
            f"{m.id}({', '.join(p.told() for p in m.parameters if p.name != 'as_of')})" for m in metrics.values()
        ],
        "marts": [
            f"{r.call(day)}: {first_sentence(r.summary)}"
            for r in relations
            if r.kind != "scalar" and r.folder == "mart"
        ],
        "also": ", ".join(r.name for r in relations if r.kind != "scalar" and r.folder != "mart"),
        "functions": ", ".join(r.name for r in relations if r.kind == "scalar"),
        "prompts": ", ".join(templates),
        "next": 'describe {"name":"…"}: columns, units, sample rows',
    }


def freshness(snapshot: Snapshot, faults: Sequence[str] = ()) -> dict[str, Any]:
    """How old the answers are, what does not tie, and which files of the extension folder were left out."""
    card = {
        "as_of": snapshot.as_of.isoformat(),
        "snapshot": snapshot.name,
        "published": snapshot.created_at,
        "timezone": snapshot.timezone,
        "sources": {
            s.name: {"status": s.status, "last_ok_at": s.last_ok_at, "data_to": s.data_to, "rows": s.rows}
            | ({"parts": list(s.parts)} if s.parts else {})
            for s in snapshot.sources
        },
        "reconciliation": [r.told() for r in snapshot.reconciliations if r.rows],
    }
    return card | left_out(snapshot, faults)


def left_out(snapshot: Snapshot, faults: Sequence[str]) -> dict[str, Any]:
    """The files of the extension folder that serve nothing, and why; nothing when there are none."""
    told = [*snapshot.left_out, *faults]
    return {"extensions_left_out": told} if told else {}


def relation(
    snapshot: Snapshot,
    what: Relation,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    metric: Metric | None,
    template: Template | None = None,
) -> dict[str, Any]:
    """A relation: how to name it, its grain, units and columns, and a few rows. metric, template: those of the same name, if any."""
    day = snapshot.as_of.isoformat()
    card = {
        "as_of": day,
        "stale": snapshot.stale,
        "relation": what.call(day),
        "summary": what.summary,
        "grain": what.grain,
        "source": what.source,
        "units": what.units,
        "rows": what.rows,
        "columns": [[c.name, c.type, c.description + (" [untrusted]" if c.untrusted else "")] for c in what.columns],
        "sample": {"columns": columns, "rows": rows} if rows else None,
        "metric": metric.card() if metric else None,
        "prompt": template.card() if template else None,
    }
    return {key: value for key, value in card.items() if value not in (None, "", [], {})}
