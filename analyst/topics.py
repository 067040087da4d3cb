"""Metrics, relations and prompts by the words that people use for them: titles, synonyms, labels, in three languages and any ending."""

# ruff: noqa: PLR2004, SIM905 (how long a word must be for a rule, in letters; lists of words)

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import log

from analyst.candidate import Candidate
from analyst.catalog import Catalog, first_sentence
from analyst.metrics import Metric
from analyst.spelling import word
from analyst.template import Template

OFFERED = 5  # more of a kind cost the caller and say little
NAMED = 0.3
SHARED = 0.75  # words less alike say different things
WHOLE = 0.98  # the same words, perhaps in another order or form

_WORD = re.compile(r"[^\W_]+")
_FOLD = str.maketrans("ёәғқңөұүһі", "еагкноуухи")
# Words around a question that name nothing in it.
_IDLE = frozenset(
    "покажи показать дай дайте выведи какой какая какие какое каков какова есть ли у за на в с по и или это пожалуйста нужен нужна нужно "
    "хочу посмотреть сейчас сегодня наш наша наши наше год года месяц квартал корсет корсетши беринши бер кандай кайсы керек бугин казир "
    "бойынша show me the a an is are of for to what please give list our in on by today now tell about".split()
)
# What people say for the words of the headers.
_SAYS = {
    "дебиторский": "дебиторка", "кредиторский": "кредиторка", "деньга": "деньги", "бабки": "деньги", "кэш": "деньги", "cash": "деньги",
    "owed": "owe", "owes": "owe", "owing": "owe", "борыш": "карыз", "берешек": "карыз", "задолженность": "долг", "должники": "должник",
    "receivable": "receivables", "debts": "debt",
}  # fmt: skip


@lru_cache(maxsize=5000)
def _said(text: str) -> tuple[str, ...]:
    folded = _WORD.findall(text.lower().translate(_FOLD))
    kept = tuple(_SAYS.get(w, w) for w in folded if w not in _IDLE)
    return kept or tuple(folded)


def _same(one: str, other: str) -> float:
    """How surely two words are one word: equal, of one stem, or mistyped. Short words must be equal but for their ending."""
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    stem = len(short) - (1 if len(short) < 6 else 2)
    if len(short) >= 4 and stem >= 3 and long.startswith(short[:stem]) and len(long) - len(short) <= 4:
        return 0.93
    return word(one, other) if len(short) >= 5 else 0.0


def _closeness(asked: Sequence[str], phrase: Sequence[str], weight: Mapping[str, float]) -> float:
    """From 0 to 1: how much of what was asked a phrase says, and how little else."""
    if not asked or not phrase:
        return 0.0
    pairs = sorted(
        ((alike, i, j) for i, a in enumerate(asked) for j, b in enumerate(phrase) if (alike := _same(a, b)) >= SHARED),
        key=lambda p: (-p[0], p[1], p[2]),
    )
    here: set[int] = set()
    there: set[int] = set()
    shared = 0.0
    for alike, i, j in pairs:
        if i not in here and j not in there:
            here.add(i)
            there.add(j)
            shared += alike * weight.get(phrase[j], 1.0)
    of_asked = shared + sum(weight.get(w, 1.0) for i, w in enumerate(asked) if i not in here)
    of_phrase = sum(weight.get(w, 1.0) for w in phrase)
    if len(here) == len(asked) and len(there) == len(phrase):
        return WHOLE * shared / of_phrase if shared < of_phrase else 1.0
    return 0.92 * (0.65 * shared / of_asked + 0.35 * shared / of_phrase)


def _ranked(text: str, phrases: Mapping[str, Iterable[str]]) -> list[tuple[float, str]]:
    """Names by how well the best of their phrases fits, best first. A word that many names use tells little."""
    said = {name: [_said(p) for p in those] for name, those in phrases.items()}
    used = Counter(w for those in said.values() for w in {w for p in those for w in p})
    weight = {w: 1.0 / (1.0 + 0.4 * log(n)) for w, n in used.items()}
    asked = _said(text)
    scored = [(max((_closeness(asked, p, weight) for p in those), default=0.0), name) for name, those in said.items()]
    return sorted(((s, n) for s, n in scored if s >= NAMED), key=lambda pair: (-pair[0], pair[1]))[:OFFERED]


def metrics(text: str, known: Mapping[str, Metric]) -> list[Candidate]:
    """Metrics by id, titles and synonyms, best first."""
    phrases = {m.id: (m.id, *m.titles.values(), *m.synonyms) for m in known.values()}
    found = []
    for score, name in _ranked(text, phrases):
        metric = known[name]
        title = metric.titles.get("ru") or metric.titles.get("en") or name
        found.append(Candidate("metric", name, title, ", ".join(p.told() for p in metric.parameters), score))
    return found


def relations(text: str, catalog: Catalog) -> list[Candidate]:
    """Relations by name, labels, synonyms and summary, best first."""
    phrases = {
        r.name: (r.name, *r.label.values(), *r.synonyms, r.summary) for r in catalog.relations.values() if r.listed
    }
    found = []
    for score, name in _ranked(text, phrases):
        relation = catalog.relations[name.lower()]
        found.append(
            Candidate("relation", name, relation.label.get("ru") or name, first_sentence(relation.summary), score)
        )
    return found


def prompts(text: str, templates: Mapping[str, Template]) -> list[Candidate]:
    """Prompt templates by name, titles and synonyms, best first."""
    phrases = {t.name: (t.name, *t.titles.values(), *t.synonyms) for t in templates.values()}
    found = []
    for score, name in _ranked(text, phrases):
        template = templates[name]
        found.append(
            Candidate("prompt", name, template.title("ru"), ", ".join(a.told() for a in template.arguments[:-1]), score)
        )
    return found
