"""Metrics, relations and prompts by the words that people use for them: titles, synonyms, labels, in three languages and any ending."""

# ruff: noqa: PLR2004, SIM905 (how long a word must be for a rule, in letters; lists of words)

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log

from analyst import spelling
from analyst.candidate import Candidate
from analyst.catalog import Catalog, first_sentence
from analyst.kinds import NARROWING, WIDENING
from analyst.metrics import Metric
from analyst.template import Template

OFFERED = 5  # more of a kind cost the caller and say little
NAMED = 0.3
MISTYPED = 5  # letters; shorter words must be equal but for their ending
SHARED = 0.8  # words less alike say different things
ONSET = 0.85  # the same of words that begin with different letters: a зарплата is no предоплата
SURE = 0.9  # a word of the headers
WHOLE = 0.98  # the same words, perhaps in another order or form

_WORD = re.compile(r"[^\W_]+")
_FOLD = str.maketrans("ёәғқңөұүһі", "еагкноуухи")
_ENDS = frozenset("аеиоуыэюяйьey")  # letters that short words change at their end
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
    stem = len(short) - (2 if len(short) >= 6 else 1 if short[-1] in _ENDS else 0)  # март is no маржа
    if len(short) >= 4 and stem >= 3 and long.startswith(short[:stem]) and len(long) - len(short) <= 4:
        return 0.93
    return spelling.word(one, other) if len(short) >= MISTYPED else 0.0


@dataclass(frozen=True, slots=True)
class _Index:
    """The phrases that names go by, each with the words in it.

    weight: a word that many names use tells little. holding: phrases by word. by_letter: words by their first letter. pairs: of
    letters, in each word that may be mistyped.
    """

    phrases: Sequence[tuple[str, tuple[str, ...]]]
    weight: Mapping[str, float]
    holding: Mapping[str, Sequence[int]]
    by_letter: Mapping[str, Sequence[str]]
    pairs: Mapping[str, frozenset[str]]

    def near(self, said: str) -> Mapping[str, float]:
        """The words that may be the one said, and how surely."""
        words = [*self.by_letter.get(said[0], ()), *self._mistyped(said)]
        return {
            word: alike for word in words if (alike := _same(said, word)) >= (SHARED if word[0] == said[0] else ONSET)
        }

    def _mistyped(self, said: str) -> Iterator[str]:
        """Words with another first letter that are worth a look: of a mistyped word, a third of the pairs of letters are still there."""
        if len(said) < MISTYPED:
            return
        asked, onset = _pairs(said), said[:2] in spelling.ONSETS
        for word, pairs in self.pairs.items():
            if word[0] != said[0] and (
                len(asked & pairs) * 3 >= max(len(asked), len(pairs)) or onset or word[:2] in spelling.ONSETS
            ):
                yield word


def _pairs(word: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(word)))


Named = tuple[tuple[str, tuple[str, ...]], ...]


@lru_cache(maxsize=8)
def _index(named: Named) -> _Index:
    """The index of names and the phrases of each. Kept: the names of a mirror are the same for as long as it is served."""
    said = {name: [_said(phrase) for phrase in those] for name, those in named}
    used = Counter(w for those in said.values() for w in {w for phrase in those for w in phrase})
    phrases = [(name, phrase) for name, those in said.items() for phrase in dict.fromkeys(those)]
    holding: dict[str, list[int]] = defaultdict(list)
    for place, (_, phrase) in enumerate(phrases):
        for word in dict.fromkeys(phrase):
            holding[word].append(place)
    by_letter: dict[str, list[str]] = defaultdict(list)
    for word in holding:
        by_letter[word[0]].append(word)
    weight = {w: 1.0 / (1.0 + 0.4 * log(n)) for w, n in used.items()}
    return _Index(phrases, weight, holding, by_letter, {w: _pairs(w) for w in holding if len(w) >= MISTYPED})


def _closeness(
    asked: Sequence[str], phrase: Sequence[str], near: Sequence[Mapping[str, float]], weight: Mapping[str, float]
) -> float:
    """From 0 to 1: how much of what was asked a phrase says, and how little else. near: for each word asked, the words that it may be."""
    pairs = sorted(
        ((words[b], i, j) for i, words in enumerate(near) for j, b in enumerate(phrase) if b in words),
        key=lambda p: (-p[0], p[1], p[2]),
    )
    here: set[int] = set()
    there: set[int] = set()
    shared = 0.0
    for alike, i, j in pairs:
        if i not in here and j not in there:
            here.add(i)
            there.add(j)
            shared += alike * weight[phrase[j]]
    of_asked = shared + sum(weight.get(w, 1.0) for i, w in enumerate(asked) if i not in here)
    of_phrase = sum(weight[w] for w in phrase)
    if len(here) == len(asked) and len(there) == len(phrase):
        return WHOLE * shared / of_phrase if shared < of_phrase else 1.0
    return 0.92 * (0.65 * shared / of_asked + 0.35 * shared / of_phrase)


def _ranked(text: str, named: Named) -> list[tuple[float, str]]:
    """Names by how well the best of their phrases fits, best first. A phrase without a word that was asked for does not fit at all."""
    index, asked = _index(named), _said(text)
    near = [index.near(word) for word in asked]
    best: dict[str, float] = {}
    for place in {place for words in near for word in words for place in index.holding[word]}:
        name, phrase = index.phrases[place]
        best[name] = max(best.get(name, 0.0), _closeness(asked, phrase, near, index.weight))
    return sorted(((s, n) for n, s in best.items() if s >= NAMED), key=lambda pair: (-pair[0], pair[1]))[:OFFERED]


def _of_metrics(known: Mapping[str, Metric]) -> Named:
    return tuple((m.id, (m.id, *m.titles.values(), *m.synonyms)) for m in known.values())


def _of_relations(catalog: Catalog) -> Named:
    listed = (r for r in catalog.relations.values() if r.listed)
    return tuple((r.name, (r.name, *r.label.values(), *r.synonyms, r.summary)) for r in listed)


def _of_prompts(templates: Mapping[str, Template]) -> Named:
    return tuple((t.name, (t.name, *t.titles.values(), *t.synonyms)) for t in templates.values())


def strangers(
    words: Sequence[str], known: Mapping[str, Metric], catalog: Catalog, templates: Mapping[str, Template]
) -> list[str]:
    """Of some words, those that no metric, relation or prompt uses for itself: they may name somebody or something."""
    indexes = [_index(named) for named in (_of_metrics(known), _of_relations(catalog), _of_prompts(templates))]

    def used(word: str) -> bool:
        folded = _WORD.findall(word.lower().translate(_FOLD))
        return all(
            w in _IDLE or any(a >= SURE for index in indexes for a in index.near(_SAYS.get(w, w)).values())
            for w in folded
        )

    return [word for word in words if not used(word)]


def metrics(text: str, known: Mapping[str, Metric], language: str = "ru") -> list[Candidate]:
    """Metrics by id, titles and synonyms, best first; titles in a language."""
    found = []
    for score, name in _ranked(text, _of_metrics(known)):
        metric = known[name]
        title = metric.titles.get(language) or metric.titles.get("ru") or metric.titles.get("en") or name
        # Own entities are chosen seldom: the card has that, and here each word is paid for five times.
        told = ", ".join(p.told() for p in metric.parameters if p.name not in (NARROWING, WIDENING))
        found.append(Candidate("metric", name, title, told, score))
    return found


def relations(text: str, catalog: Catalog, language: str = "ru") -> list[Candidate]:
    """Relations by name, labels, synonyms and summary, best first; labels in a language."""
    found = []
    for score, name in _ranked(text, _of_relations(catalog)):
        relation = catalog.relations[name.lower()]
        label = relation.label.get(language) or relation.label.get("ru") or name
        found.append(Candidate("relation", name, label, first_sentence(relation.summary), score))
    return found


def prompts(text: str, templates: Mapping[str, Template], language: str = "ru") -> list[Candidate]:
    """Prompt templates by name, titles and synonyms, best first; titles in a language."""
    found = []
    for score, name in _ranked(text, _of_prompts(templates)):
        template = templates[name]
        told = ", ".join(a.told() for a in template.arguments[:-1])
        found.append(Candidate("prompt", name, template.title(language), told, score))
    return found
