"""What a caller reads before asking: the catalog, a topic, a card, how fresh everything is.

A card comes compact, within a budget that tests hold with a tokenizer, or whole when it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analyst import topics
from analyst.catalog import Relation, first_sentence
from analyst.metrics import Metric
from analyst.result import dumps
from analyst.snapshot import Snapshot

CARD = 222  # pieces of a compact card; its tokens are at most a seventh more
LIST_LETTERS = 290  # of a topic's names in the catalog
NAMED = 24  # columns of a relation that has many more
MEANING = 60  # letters of a column's meaning in a compact card
SUMMARY = 215
# What a tokenizer makes about one token of. The server has none; the tests have two and hold the budgets.
_PIECES = re.compile(r"[a-z]+(?=kzt)|[A-Za-z]{1,7}|\d{1,3}|[^\w\s]+")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_CLAUSE = re.compile(r"[;:(.]\s|[;:(.]$|\s\(")
_VALUE = r"(?!or\b)[a-z0-9_+-]+(?: \([^)]*\))?"
_VALUES = re.compile(
    rf"{_VALUE}(?:, {_VALUE}){{2,}}(?:,? or {_VALUE})?|{_VALUE}(?:, {_VALUE})*,? or {_VALUE}(?=$|[;:,.])"
)
_TYPE = re.compile(r"[;,] DECIMAL\([0-9, ]+\)")
_SAYS_NOTHING = frozenset(
    {
        "a",
        "an",
        "and",
        "as",
        "by",
        "document",
        "documents",
        "every",
        "for",
        "id",
        "in",
        "is",
        "it",
        "its",
        "iso",
        "letter",
        "code",
        "name",
        "number",
        "of",
        "on",
        "own",
        "entity",
        "short",
        "the",
        "to",
        "what",
        "with",
        "tenge",
        "same",
    }
)


def catalog(snapshot: Snapshot, metrics: Mapping[str, Metric]) -> dict[str, Any]:
    """What there is, by topic: ids of metrics, then names of relations."""
    relations = [r.name for r in snapshot.catalog.relations.values() if r.kind != "scalar"]
    measured, held = topics.grouped(metrics), topics.grouped(name for name in relations if name not in metrics)
    listed = {
        topic: _names(measured.get(topic, ())) + (f" | {_names(held[topic])}" if topic in held else "")
        for topic in topics.grouped([*metrics, *relations])
    }
    return _told(
        {
            "as_of": snapshot.as_of.isoformat(),
            "stale": snapshot.stale,
            "topics: metrics | relations": listed,
            "next": 'describe {"name":"receivables"}: a topic, a line each; describe {"name":"ar_open"}: a card',
        }
    )


def _names(names: Iterable[str]) -> str:
    told = " ".join(names)
    if len(told) <= LIST_LETTERS:
        return told
    kept = told[:LIST_LETTERS].rsplit(" ", 1)[0]
    return f"{kept} +{len(told.split()) - len(kept.split())}"


def whole_catalog(snapshot: Snapshot, metrics: Mapping[str, Metric]) -> dict[str, Any]:
    """Every metric with its arguments, every relation with its meaning, and the functions: for who reads once and has room."""
    relations = [r for r in snapshot.catalog.relations.values() if r.kind != "scalar"]
    return {
        "as_of": snapshot.as_of.isoformat(),
        "fresh": snapshot.fresh,
        "metrics": [_metric_line(metric) for metric in metrics.values()],
        "relations": [_relation_line(r, snapshot) for r in relations],
        "functions": ", ".join(r.name for r in snapshot.catalog.relations.values() if r.kind == "scalar"),
    }


def topic(snapshot: Snapshot, metrics: Mapping[str, Metric], of: topics.Topic) -> dict[str, Any]:
    """The metrics and relations of one topic, a line each."""
    relations = [r for r in snapshot.catalog.relations.values() if topics.topic_of(r.name) == of.name]
    return _told(
        {
            "as_of": snapshot.as_of.isoformat(),
            "stale": snapshot.stale,
            "topic": f"{of.name}: {of.said}" if of.said else of.name,
            "metrics": [_metric_line(m) for m in metrics.values() if topics.topic_of(m.id) == of.name],
            "relations": [_relation_line(r, snapshot) for r in relations if r.name not in metrics],
        }
    )


def _metric_line(metric: Metric) -> str:
    asked = ", ".join(p.told() for p in metric.parameters if p.name != "as_of")
    return f"{metric.id}({asked}): {first_sentence(metric.summary, 60)}"


def _relation_line(what: Relation, snapshot: Snapshot) -> str:
    return f"{what.call(snapshot.as_of.isoformat())}: {first_sentence(what.summary, 60)}"


def freshness(snapshot: Snapshot) -> dict[str, Any]:
    """How old the answers are, and what does not tie."""
    return {
        "as_of": snapshot.as_of.isoformat(),
        "snapshot": snapshot.name,
        "published": snapshot.created_at,
        "timezone": snapshot.timezone,
        "sources": {
            s.name: {"status": s.status, "last_ok_at": s.last_ok_at, "data_to": s.data_to, "rows": s.rows}
            for s in snapshot.sources
        },
        "reconciliation": [r.told() for r in snapshot.reconciliations if r.rows],
    }


def relation(
    snapshot: Snapshot, what: Relation, columns: Sequence[str], rows: Sequence[Sequence[Any]], metric: Metric | None
) -> dict[str, Any]:
    """A relation, whole: how to name it, its grain, units and columns, and a few rows. metric: the one of the same name, if any."""
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
            "metric": metric.card() if metric else None,
        }
    )


def relation_in_short(
    snapshot: Snapshot, what: Relation, rows: Sequence[Sequence[Any]], metric: Metric | None
) -> dict[str, Any]:
    """A relation within CARD: every column by name, its meaning where the name does not say it, a row of the trusted columns if it fits."""
    day = snapshot.as_of.isoformat()
    card = _told(
        {
            "as_of": day,
            "stale": snapshot.stale,
            "relation": what.call(day),
            "is": _clipped(what.summary, SUMMARY),
            "grain": what.grain,
            "units": "" if what.units == "none" else _clipped(_TYPE.sub("", what.units), 80),
            "rows": what.rows,
            "arguments": ", ".join(f"{a.name} {a.type.lower()}".strip() for a in what.args)
            if _needs_telling(what)
            else "",
            "metric": metric.example() if metric else "",
        }
    )
    columns = [(c.name, c.description, c.untrusted) for c in what.columns]
    if len(columns) > NAMED + 2:
        card["more"] = f'{len(columns) - NAMED} columns more: "full":true'
        columns = columns[:NAMED]
    else:
        card["more"] = '"full":true'
    card["columns"], room = _columns(columns, CARD - _size(card))
    if rows and _size(rows[0]) + 3 <= room:
        card["sample"] = rows[0]
    return card


def _needs_telling(what: Relation) -> bool:
    """Whether its call alone does not say what its arguments are: anything but one day, or the two ends of a period."""
    return any(a.type.lower() != "date" for a in what.args)


def metric_in_short(snapshot: Snapshot, what: Metric) -> dict[str, Any]:
    """A metric within CARD: what it is, how to call it, what comes back."""
    card = _told(
        {
            "as_of": snapshot.as_of.isoformat(),
            "metric": what.label,
            "is": _clipped(what.summary, SUMMARY),
            "unit": _clipped(what.unit, 60),
            "basis": _clipped(what.basis, 60),
            "formula": _clipped(what.formula, 170),
            "arguments": ", ".join(p.told() for p in what.parameters),
            "call": what.example(),
        }
    )
    card["more"] = '"full":true'
    card["columns"], _ = _columns([(c.name, c.description, c.untrusted) for c in what.columns], CARD - _size(card))
    return card


def _told(card: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in card.items() if value not in (None, "", [], {})}


def _size(part: Any) -> int:
    """Pieces of a part of a card: about its tokens."""
    text = part if isinstance(part, str) else dumps(part)
    return len(_PIECES.findall(text)) + len(_FOREIGN.findall(text)) * 3 // 5


def _clipped(text: str, limit: int) -> str:
    """As many whole sentences as fit, at least one, which may be cut."""
    kept = ""
    for sentence in re.split(r"(?<=[.])\s", text):
        if kept and len(kept) + len(sentence) + 1 > limit:
            break
        kept = f"{kept} {sentence}".strip()
    return kept if len(kept) <= limit else kept[:limit].rsplit(" ", 1)[0] + "…"


def _columns(columns: Sequence[tuple[str, str, bool]], room: int) -> tuple[str, int]:
    """Every name, with meanings as far as the room goes: first where values are listed, then in order. Also what room is left."""
    meanings = [_meaning(name, text) for name, text, _ in columns]
    marks = [" [untrusted]" if untrusted else "" for *_, untrusted in columns]
    room -= sum(_size(name) + _size(mark) + 1 for (name, *_), mark in zip(columns, marks, strict=True)) + 4
    shown: dict[int, str] = {}
    for i in sorted(range(len(columns)), key=lambda i: not _VALUES.match(columns[i][1])):
        told = meanings[i]
        while _size(told) + 1 > room and "," in told and _VALUES.match(columns[i][1]):
            told = f"{told.removesuffix(', …').rpartition(',')[0]}, …"
        if told.strip(", …") and (cost := _size(told) + 1) <= room:
            room -= cost
            shown[i] = told
    return "; ".join(
        f"{name}{mark}{': ' + shown[i] if i in shown else ''}"
        for i, ((name, *_), mark) in enumerate(zip(columns, marks, strict=True))
    ), room


def _meaning(name: str, text: str) -> str:
    """The first clause of a column's description; empty when the name says as much."""
    if listed := _VALUES.match(text):
        return re.sub(r" \([^)]*\)", "", listed[0])
    clause = _CLAUSE.split(text, maxsplit=1)[0].strip()
    known = {*name.split("_"), *_SAYS_NOTHING}
    words = re.findall(r"\w+", clause.lower())
    if all(word in known or word.rstrip("s") in known for word in words):
        return ""
    return clause if len(clause) <= MEANING else clause[:MEANING].rsplit(" ", 1)[0] + "…"
