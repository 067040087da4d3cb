"""From words to names: counterparties, items, documents, metrics, relations, prompts. Every candidate carries a score from 0 to 1.

A candidate is picked without asking only when its score is at least 0.85 and leads the next by 0.10, or its tax number or id is exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from analyst.candidate import SHOWN, Candidate, pick
from analyst.errors import Ambiguous, NotKnown
from analyst.metrics import Metric
from analyst.names import Ask, counterparties, items
from analyst.numbers import documents
from analyst.snapshot import Snapshot
from analyst.template import Template
from analyst.topics import metrics, prompts, relations

__all__ = ["KINDS", "Candidate", "counterparty", "documents", "metrics", "pick", "prompts", "relations", "search"]

BEHIND = 0.30
BESIDE = 2
LIKELY = 0.45
KINDS = ("counterparty", "item", "document", "metric", "relation", "prompt")


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
    # One after another, in one worker: side by side they would take the workers of other questions, and the first call would have to start some.
    for name, look in (("counterparty", counterparties), ("item", items), ("document", documents)):
        if kind in ("", name):
            found += await look(text, snapshot, ask)
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
    if len(found) == 1:
        raise NotKnown(
            f"no counterparty is surely called {text[:60]!r}", near=near, fix=f'"counterparty":"{found[0].id}"'
        )
    raise Ambiguous("say which counterparty by its id", near=near, fix=f'"counterparty":"{found[0].id}"')
