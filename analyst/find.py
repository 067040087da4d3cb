"""From words to names: counterparties, items, documents, metrics, relations. Every candidate carries a score from 0 to 1.

A candidate is picked without asking only when its score is at least 0.85 and leads the next by 0.10, or its tax number or id is exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from analyst.candidate import SHOWN, Candidate, pick
from analyst.catalog import Catalog, first_sentence
from analyst.errors import Ambiguous, NotKnown
from analyst.metrics import Metric
from analyst.names import Ask, counterparties, items
from analyst.snapshot import Snapshot

__all__ = ["KINDS", "Candidate", "counterparty", "documents", "metrics", "pick", "relations", "search"]

BEHIND = 0.30
NAMED = 0.3
KINDS = ("counterparty", "item", "document", "metric", "relation")

_DOCUMENT = f"""
SELECT d.doc_id, concat_ws(' ', d.type, '№', d.number), concat_ws(', ', d.doc_date, c.name, d.sum_doc, d.currency),
    CASE WHEN d.doc_id = $text OR lower(d.number) = lower($text) THEN 1.0 WHEN d.number_short = $short THEN 0.95 ELSE 0.7 END AS score
FROM doc AS d LEFT JOIN cp AS c USING (cp_id)
WHERE d.doc_id = $text OR lower(d.number) = lower($text) OR d.number_short = $short OR ($digits <> '' AND ends_with(d.number, $digits))
ORDER BY score DESC, d.doc_date DESC, d.doc_id LIMIT {SHOWN}
"""
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"[\w/-]*\d[\w/-]*")


async def documents(text: str, snapshot: Snapshot, ask: Ask) -> list[Candidate]:
    """Documents by id or number, best and newest first."""
    number = _NUMBER.search(text)
    if number is None or not {"doc", "cp"} <= snapshot.catalog.tables:
        return []
    digits = "".join(_DIGITS.findall(number[0]))
    rows = await ask(
        snapshot,
        _DOCUMENT,
        {"text": number[0], "short": digits.lstrip("0"), "digits": digits if len(digits) > 1 else ""},
    )
    return [Candidate("document", r[0], r[1], r[2], float(r[3])) for r in rows]


def _closeness(text: str, phrases: Iterable[str]) -> float:
    """How well words fit the best of some phrases: equal, one inside the other, or shared stems (Russian and Kazakh inflect at the end)."""
    words = _WORD.findall(text.lower())
    stems = {word[:5] for word in words}
    whole = " ".join(words)
    best = 0.0
    for phrase in phrases:
        said = _WORD.findall(phrase.lower())
        other = " ".join(said)
        if not said or not words:
            continue
        if other == whole:
            return 1.0
        if f" {other} " in f" {whole} " or f" {whole} " in f" {other} ":
            best = max(best, 0.8 + 0.1 * min(len(other), len(whole)) / max(len(other), len(whole)))
        shared = len(stems & {word[:5] for word in said})
        best = max(best, 0.8 * 2 * shared / (len(stems) + len({word[:5] for word in said})))
    return best


def metrics(text: str, known: Mapping[str, Metric]) -> list[Candidate]:
    """Metrics by id, titles and synonyms."""
    scored = [
        (_closeness(text, [m.id, m.id.replace("_", " "), *m.titles.values(), *m.synonyms]), m) for m in known.values()
    ]
    return [
        Candidate(
            "metric",
            m.id,
            m.titles.get("ru") or m.titles.get("en") or m.id,
            ", ".join(p.told() for p in m.parameters),
            score,
        )
        for score, m in sorted(scored, key=lambda pair: (-pair[0], pair[1].id))
        if score >= NAMED
    ][:SHOWN]


def relations(text: str, catalog: Catalog) -> list[Candidate]:
    """Relations by name, labels, synonyms and summary."""
    scored = [
        (_closeness(text, [r.name, r.name.replace("_", " "), *r.label.values(), *r.synonyms, r.summary]), r)
        for r in catalog.relations.values()
    ]
    return [
        Candidate("relation", r.name, r.label.get("ru") or r.name, first_sentence(r.summary), score)
        for score, r in sorted(scored, key=lambda pair: (-pair[0], pair[1].name))
        if score >= NAMED
    ][:SHOWN]


async def search(text: str, kind: str, snapshot: Snapshot, known: Mapping[str, Metric], ask: Ask) -> list[Candidate]:
    """Candidates of one kind, or of every kind when it is empty, best first."""
    found: list[Candidate] = []
    if kind in ("", "counterparty"):
        found += await counterparties(text, snapshot, ask)
    if kind in ("", "item"):
        found += await items(text, snapshot, ask)
    if kind in ("", "document"):
        found += await documents(text, snapshot, ask)
    if kind in ("", "metric"):
        found += metrics(text, known)
    if kind in ("", "relation"):
        found += relations(text, snapshot.catalog)
    found.sort(key=lambda c: -c.score)
    # What is far behind the best only costs the reader.
    return [c for c in found if c.score >= found[0].score - BEHIND][: SHOWN if kind else 2 * SHOWN]


async def counterparty(text: str, snapshot: Snapshot, ask: Ask) -> str:
    """The id of the counterparty that was meant. Raises NotKnown, or Ambiguous with the candidates."""
    found = await counterparties(text, snapshot, ask)
    if (sure := pick(found)) is not None:
        return sure.id
    if not found:
        raise NotKnown(
            f"no counterparty is called {text[:60]!r}", fix='find {"text":"part of the name","kind":"counterparty"}'
        )
    near = [f"{c.id} {c.name[:40]}" for c in found]
    raise Ambiguous("say which counterparty by its id", near=near, fix=f'"counterparty":"{found[0].id}"')
