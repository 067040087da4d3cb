"""From words to names: counterparties, items, documents, metrics, relations, prompts. Every candidate carries a score from 0 to 1.

A candidate is picked without asking only when its score is at least 0.85 and leads the next by 0.10, or its tax number or id is exact.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from analyst import question, topics
from analyst.candidate import LEAD, SHOWN, SURE, Candidate, look, pick
from analyst.errors import Ambiguous, NotKnown
from analyst.metrics import Metric
from analyst.names import DOUBTFUL, Ask, counterparties, items
from analyst.numbers import documents
from analyst.snapshot import Snapshot
from analyst.template import Template
from analyst.topics import metrics, prompts, relations

__all__ = [
    "KINDS",
    "Candidate",
    "counterparty",
    "documents",
    "metrics",
    "pick",
    "prompts",
    "relations",
    "search",
    "sure",
]

BEHIND = 0.30
BESIDE = 2
LIKELY = 0.45
PART = 0.7  # the same of what only some words of a question may name; a good has more words
NEAR = 0.62  # names less alike, among other things, are strangers
WEAK = 0.5
SHORT = 3  # words
NAMED = 4  # words that a name may have
FLOOR = 0.4  # among other things, what shares no more with the words than this is not about them
MOST = 5  # of metrics, relations or prompts
# A tax number, some figures of one, or an id: the whole text is looked into for it.
_CODE = re.compile(r"\d(?:[\s\u00a0.-]?\d){3,}|\b[a-z]{2}_\d")
_TOPICS = ("metric", "relation", "prompt")
_FAMILY = {"document": 1, "metric": 2, "relation": 2, "prompt": 2}
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
    wanted = question.wanted(text, snapshot.as_of) if not kind or kind in _TOPICS else text
    said, whom = question.words(wanted), ("", "")
    if not kind:
        # The words may say what is wanted, and of whom: then each is looked for by its own words.
        whom = question.names(text, said, topics.strangers(said, known, snapshot.catalog, templates))
        whom = whom if set(question.words(" ".join(whom))) < set(said) else ("", "")
    # Each look costs the worker's time: a sentence that names somebody is no name itself, and a name that is found is named once.
    sentence = any(whom) and len(said) > NAMED and not _CODE.search(wanted)
    named = [] if sentence else await _names(text, kind, snapshot, ask)
    whom = whom if sentence or _best(named) < SURE else ("", "")
    for of, words, least in zip(
        ("counterparty", "item"), whom if _best(named) < DOUBTFUL else (), (PART, NEAR), strict=False
    ):
        if words and not (of == "item" and words == whom[0] and _best(named) >= DOUBTFUL):
            named += [c for c in await _names(words, of, snapshot, ask) if c.score >= least]
    if sentence:
        named += await _papers(text, kind, snapshot, ask, _best(named))
    named = _once(named)
    asked = [text, wanted]
    if any(whom) and _best(named) >= DOUBTFUL:
        asked.append(" ".join(word for word in said if word not in question.words(" ".join(whom))))
    about = [
        c for words in dict.fromkeys(filter(None, asked)) for c in _about(words, text, kind, snapshot, known, templates)
    ]
    if not kind:
        named = [c for c in named if c.kind == "document" or c.score >= NEAR]
        # Of a long question, a definition says a small part at best.
        about = [c for c in about if c.score >= FLOOR or len(said) > SHORT]
    # A certified number before a relation that says the same.
    found = sorted([*named, *_once(about)], key=lambda c: (-round(c.score, 2), c.kind == "relation"))
    # What is far behind the best only costs the reader; where somebody is named and something is wanted, each has its best.
    best: dict[int, float] = {}
    near = []
    for one in found:
        family = _FAMILY.get(one.kind, 0) if any(whom) and (one.kind != "document" or one.score >= NEAR) else 0
        if one.score >= best.setdefault(family, one.score) - BEHIND:
            near.append(one)
    return near[: SHOWN if kind else 2 * SHOWN]


def _best(found: Sequence[Candidate]) -> float:
    """The score of the best name."""
    return max((c.score for c in found if c.kind != "document"), default=0.0)


async def _names(text: str, kind: str, snapshot: Snapshot, ask: Ask) -> list[Candidate]:
    """Counterparties, items and documents."""
    found: list[Candidate] = []
    # One after another, in one worker: side by side they would take the workers of other questions, and the first call would have to start some.
    for name, look_up in (("counterparty", counterparties), ("item", items)):
        if kind in ("", name):
            found += await look_up(text, snapshot, ask)
    return found + (await _papers(text, kind, snapshot, ask, _best(found)) if kind in ("", "document") else [])


async def _papers(text: str, kind: str, snapshot: Snapshot, ask: Ask, best: float) -> list[Candidate]:
    """Documents. A figure that is not surely a document's number brings few of them, behind what the words say; best: the score of a name."""
    sure = 1.0 if kind else question.numbered(text, snapshot.as_of)
    # A figure in a name that is found would bring what is too far behind it.
    papers = await documents(text, snapshot, ask) if sure and best - sure <= BEHIND else []
    if sure == 1:
        return papers
    return [replace(c, score=c.score * sure) for c in papers[:BESIDE] if c.score * sure >= LIKELY]


def _about(
    words: str, text: str, kind: str, snapshot: Snapshot, known: Mapping[str, Metric], templates: Mapping[str, Template]
) -> list[Candidate]:
    """Metrics, relations and prompts by these words of the text, in its language."""
    language = question.language(text)
    found = topics.metrics(words, known, language) if kind in ("", "metric") else []
    found += topics.relations(words, snapshot.catalog, language) if kind in ("", "relation") else []
    if kind in ("", "prompt"):
        # Among everything, only those that are surely about it: a metric answers in fewer words.
        offered = [p for p in topics.prompts(words, templates, language) if kind or p.score >= LIKELY]
        found += offered[: SHOWN if kind else BESIDE]
    return found


def _once(found: Sequence[Candidate]) -> list[Candidate]:
    """Each candidate with the best of its scores, best first; of a kind no more than a question offers."""
    best: dict[tuple[str, str], Candidate] = {}
    for one in sorted(found, key=lambda c: c.score):
        best[one.kind, one.id] = one
    kept: list[Candidate] = []
    for one in sorted(best.values(), key=lambda c: -c.score):
        if sum(c.kind == one.kind for c in kept) < (MOST if one.kind in _TOPICS else SHOWN):
            kept.append(one)
    return kept


def sure(found: Sequence[Candidate]) -> Candidate | None:
    """The candidate that was surely meant, of those of the kind of the best. A relation is not while a metric is as near."""
    chosen = pick([c for c in found if c.kind == found[0].kind]) if found else None
    if chosen is not None and chosen.kind == "relation":
        metric = max((c.score for c in found if c.kind == "metric"), default=0.0)
        return chosen if round(chosen.score - metric, 6) >= LEAD else None
    return chosen


def advised(found: Sequence[Candidate]) -> str:
    """What to do with candidates of which none is sure."""
    if not found:
        return "the data has nothing by this name: try other words"
    if found[0].score < WEAK:
        return "nothing is surely called so: ask the user"
    return "choose by id, or ask the user"


async def counterparty(text: str, snapshot: Snapshot, ask: Ask) -> str:
    """The id of the counterparty that was meant. Raises NotKnown, or Ambiguous with the candidates."""
    found = await counterparties(text, snapshot, ask)
    if (sure := pick(found)) is not None:
        return sure.id
    near = [f"{c.id} {c.name[:40]}" for c in found if c.score >= NEAR]
    said, look_up = repr(text[:60]), look(text, "counterparty")
    if not found or found[0].score < DOUBTFUL:
        # Strangers are no choice: the data has nobody by this name, and the ask is for another spelling.
        raise NotKnown(f"no counterparty is called {said}", near=near, fix=look_up)
    if len(near) == 1:
        why = f"no counterparty is surely called {said}: one is like it, take it only if it is meant"
        raise NotKnown(why, near=near, fix=f'"counterparty":"{found[0].id}"')
    raise Ambiguous("say which counterparty by its id", near=near, fix=look_up)
