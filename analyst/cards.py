"""What a caller reads before asking: the catalog, a topic, a card, how fresh everything is.

The compact cards are those of analyst.compact; here are the whole ones, and the lists of what there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analyst import record, subjects
from analyst.catalog import Relation, first_sentence
from analyst.kinds import NARROWING, WIDENING
from analyst.metrics import Metric
from analyst.snapshot import Snapshot
from analyst.template import Template

LIST_LETTERS = 290  # of a topic's names in the catalog


def catalog(snapshot: Snapshot, metrics: Mapping[str, Metric], templates: Iterable[str] = ()) -> dict[str, Any]:
    """What there is, by topic: ids of metrics, then names of relations; and the prompts."""
    relations = [r.name for r in snapshot.catalog.relations.values() if r.kind != "scalar" and r.listed]
    measured, held = subjects.grouped(metrics), subjects.grouped(name for name in relations if name not in metrics)
    listed = {
        topic: _names(measured.get(topic, ())) + (f" | {_names(held[topic])}" if topic in held else "")
        for topic in subjects.grouped([*metrics, *relations])
    }
    return _told(
        {
            "as_of": snapshot.as_of.isoformat(),
            "stale": snapshot.stale,
            "describe topic: metrics | relations": listed,
            "prompts": " ".join(templates),
        }
    )


def _names(names: Iterable[str]) -> str:
    told = " ".join(names)
    if len(told) <= LIST_LETTERS:
        return told
    kept = told[:LIST_LETTERS].rsplit(" ", 1)[0]
    return f"{kept} +{len(told.split()) - len(kept.split())}"


def whole_catalog(snapshot: Snapshot, metrics: Mapping[str, Metric], templates: Iterable[str] = ()) -> dict[str, Any]:
    """Every metric with its arguments, every relation with its meaning, functions and prompts: for who reads once and has room."""
    relations = [r for r in snapshot.catalog.relations.values() if r.kind != "scalar"]
    return {
        "as_of": snapshot.as_of.isoformat(),
        "fresh": snapshot.fresh,
        "metrics": [_metric_line(metric) for metric in metrics.values()],
        "org": ", ".join(metric.id for metric in metrics.values() if _of_entity(metric)),
        "relations": [_relation_line(r, snapshot) for r in relations],
        "functions": ", ".join(r.name for r in snapshot.catalog.relations.values() if r.kind == "scalar"),
        "prompts": ", ".join(templates),
    }


def topic(snapshot: Snapshot, metrics: Mapping[str, Metric], of: subjects.Topic) -> dict[str, Any]:
    """The metrics and relations of one topic, a line each."""
    measured = [m for m in metrics.values() if subjects.topic_of(m.id) == of.name]
    relations = [r for r in snapshot.catalog.relations.values() if r.listed and subjects.topic_of(r.name) == of.name]
    return _told(
        {
            "as_of": snapshot.as_of.isoformat(),
            "stale": snapshot.stale,
            "topic": f"{of.name}: {of.said}" if of.said else of.name,
            "metrics": [_metric_line(m) for m in measured],
            "org": "one own entity, where a card takes org" if any(map(_of_entity, measured)) else "",
            "relations": [_relation_line(r, snapshot) for r in relations if r.name not in metrics],
        }
    )


def _of_entity(metric: Metric) -> bool:
    return any(p.name == NARROWING for p in metric.parameters)


def _metric_line(metric: Metric) -> str:
    asked = ", ".join(p.told() for p in metric.parameters if p.name not in ("as_of", NARROWING, WIDENING))
    return f"{metric.id}({asked}): {first_sentence(metric.summary, 60)}"


def _relation_line(what: Relation, snapshot: Snapshot) -> str:
    return f"{what.call(snapshot.as_of.isoformat())}: {first_sentence(what.summary, 60)}"


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
    """A relation, whole: how to name it, its grain, units and columns, and a few rows. metric, template: those of the same name, if any."""
    day = snapshot.as_of.isoformat()
    return _told(
        {
            "as_of": day,
            "stale": snapshot.stale,
            "relation": what.call(day),
            "summary": what.summary,
            "grain": what.grain,
            "source": what.source,
            "units": what.units,
            "rows": what.rows,
            "columns": [
                [c.name, c.type, c.description + (" [untrusted]" if c.untrusted else "")] for c in what.columns
            ],
            "sample": {"columns": columns, "rows": rows} if rows else None,
            "metric": record.of(metric) if metric else None,
            "prompt": template.card() if template else None,
        }
    )


def _told(card: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in card.items() if value not in (None, "", [], {})}
