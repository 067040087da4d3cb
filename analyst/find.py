"""From words to names: counterparties, documents, metrics, relations, prompts. Every candidate carries a score from 0 to 1.

A candidate is picked without asking only when its score is at least 0.85 and leads the next by 0.10, or its tax number or id is exact.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from analyst.catalog import Catalog, first_sentence
from analyst.errors import Ambiguous, NotKnown
from analyst.metrics import Metric
from analyst.snapshot import Snapshot
from analyst.template import Template

SURE = 0.85
LEAD = 0.10
SHOWN = 10
LIKELY = 0.45
BEHIND = 0.30
NAMED = 0.3
BESIDE = 2
KINDS = ("counterparty", "document", "metric", "relation", "prompt")
EXACT = frozenset({"id", "bin"})

# Runs a certified statement with text parameters on a snapshot and gives its rows.
Ask = Callable[[Snapshot, str, Mapping[str, Any]], Awaitable[Sequence[Sequence[Any]]]]

_GRAMS = "list_distinct(list_concat(list_concat(regexp_extract_all({x}, '...'), regexp_extract_all({x}[2:], '...')), regexp_extract_all({x}[3:], '...')))"
_BY_NAME = f"""
WITH asked AS (SELECT {{norm}} AS words),
likely AS (
    SELECT cp_id, name, bin_iin, known, words, jaro_winkler_similarity(known, words) AS alike,
        contains(' ' || known || ' ', ' ' || words || ' ') AS inside, starts_with(known, words) AS starts
    FROM (SELECT cp_id, name, bin_iin, name_norm AS known FROM cp) AS names, asked
    WHERE words <> '' AND known <> ''
    ORDER BY known = words DESC, inside DESC, starts DESC, alike DESC, cp_id
    LIMIT 60
),
grams AS (
    SELECT *, {_GRAMS.format(x="('  ' || known || ' ')")} AS have, {_GRAMS.format(x="('  ' || words || ' ')")} AS want FROM likely
)
SELECT cp_id, name, bin_iin,
    CASE WHEN known = words THEN 0.99
         WHEN inside THEN 0.80 + 0.15 * length(words) / length(known)
         WHEN starts THEN 0.75 + 0.10 * length(words) / length(known)
         ELSE 0.5 * alike + 0.5 * 2 * len(list_intersect(have, want)) / (len(have) + len(want)) END AS score
FROM grams
ORDER BY score DESC, cp_id
LIMIT {SHOWN}
"""
_BY_NUMBER = f"""
SELECT cp_id, name, bin_iin, CASE WHEN cp_id = $text OR bin_iin = $digits THEN 1.0 ELSE 0.8 END AS score
FROM cp WHERE cp_id = $text OR ($digits <> '' AND starts_with(bin_iin, $digits))
ORDER BY score DESC, cp_id LIMIT {SHOWN}
"""
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


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that the words may have meant."""

    kind: str
    id: str
    name: str
    detail: str
    score: float
    exact: bool = False

    def row(self) -> list[Any]:
        """As a row of the answer."""
        return [self.kind, self.id, self.name, self.detail, round(self.score, 2)]


def pick(candidates: Sequence[Candidate]) -> Candidate | None:
    """The one that was surely meant, if there is one. Candidates come best first."""
    exact = [c for c in candidates if c.exact]
    if len(exact) == 1:
        return exact[0]
    if not candidates or exact:
        return None
    second = candidates[1].score if len(candidates) > 1 else 0.0
    # Rounded: 0.95 − 0.85 is a lead of 0.10, whatever binary fractions make of it.
    return candidates[0] if candidates[0].score >= SURE and round(candidates[0].score - second, 6) >= LEAD else None


async def counterparties(text: str, snapshot: Snapshot, ask: Ask) -> list[Candidate]:
    """Counterparties by id, tax number or name, best first."""
    if "cp" not in snapshot.catalog.tables:
        return []
    digits = "".join(_DIGITS.findall(text)) if _DIGITS.fullmatch(text.replace(" ", "")) else ""
    rows = await ask(snapshot, _BY_NUMBER, {"text": text.strip(), "digits": digits})
    found = [
        Candidate("counterparty", r[0], r[1], f"BIN {r[2]}" if r[2] else "", float(r[3]), exact=float(r[3]) == 1.0)
        for r in rows
    ]
    if not found:
        norm = "name_norm($text)" if "name_norm" in snapshot.catalog.scalars else "lower(trim($text))"
        rows = await ask(snapshot, _BY_NAME.format(norm=norm), {"text": text})
        found = [
            Candidate("counterparty", r[0], r[1], f"BIN {r[2]}" if r[2] else "", float(r[3]))
            for r in rows
            if float(r[3]) >= LIKELY
        ]
    return found


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


def prompts(text: str, templates: Mapping[str, Template]) -> list[Candidate]:
    """Prompt templates by name, titles and synonyms."""
    scored = [
        (_closeness(text, [t.name, t.name.replace("_", " "), *t.titles.values(), *t.synonyms]), t)
        for t in templates.values()
    ]
    return [
        Candidate("prompt", t.name, t.title("ru"), ", ".join(a.told() for a in t.arguments[:-1]), score)
        for score, t in sorted(scored, key=lambda pair: (-pair[0], pair[1].name))
        if score >= NAMED
    ][:SHOWN]


async def search(
    text: str,
    kind: str,
    snapshot: Snapshot,
    known: Mapping[str, Metric],
    ask: Ask,
    templates: Mapping[str, Template] = MappingProxyType({}),
) -> list[Candidate]:
    """Candidates of one kind, or of every kind when it is empty, best first."""
    found: list[Candidate] = []
    if kind in ("", "counterparty"):
        found += await counterparties(text, snapshot, ask)
    if kind in ("", "document"):
        found += await documents(text, snapshot, ask)
    if kind in ("", "metric"):
        found += metrics(text, known)
    if kind in ("", "relation"):
        found += relations(text, snapshot.catalog)
    if kind in ("", "prompt"):
        # Among everything, only those that are surely about it: a metric answers in fewer words.
        found += [p for p in prompts(text, templates) if kind or p.score >= LIKELY][: SHOWN if kind else BESIDE]
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
