"""How alike two words are, letter by letter: typing errors, letters that sound or look alike, cases, abbreviations.

Works on words as the mirror folds them (sql/core/name_folded.sql).
"""

# ruff: noqa: PLR2004 (how long a word must be for a rule, in letters)

from __future__ import annotations

from functools import lru_cache

from analyst.abbreviation import stands
from analyst.inflection import inflected

ABBREVIATED = 0.92  # the abbreviation that everybody knows
CASE = 0.92  # a word in another case
LEAST = 0.6  # words less alike have nothing to do with each other

_SOUNDS = (
    "ао",
    "еи",
    "ую",
    "уо",
    "уи",
    "ая",
    "ие",
    "бп",
    "вф",
    "гк",
    "гх",
    "кх",
    "дт",
    "жш",
    "жз",
    "жи",
    "зс",
    "цс",
    "цк",
    "чш",
    "чц",
    "ув",
    "чк",
)
_LOOKS = ("0о", "3з", "1л", "1и", "4ч", "6б", "8в", "5с")
_CHEAP = {pair: 0.4 for one in _SOUNDS for pair in (one, one[::-1])} | {
    pair: 0.2 for one in _LOOKS for pair in (one, one[::-1])
}
ONSETS = frozenset(
    {"ие", "же", "ио", "жо", "ех"}
)  # how Latin spellings begin with Е, Ё and Э: Iesil, Jesil, Iolka, Ehkho
_SLIGHT = {"и": 0.4, "е": 0.6, "х": 0.6, "д": 0.7}  # letters that spellings drop or add


@lru_cache(maxsize=20_000)
def word(one: str, other: str) -> float:  # noqa: PLR0911 (one rule after another)
    """How alike two words are: 0, or from LEAST to 1. Numbers are alike only when they are equal."""
    if one == other:
        return 1.0
    if one.isdigit() or other.isdigit():
        return 0.0
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return 0.9 if long[0] == short and not long[1:2].isdigit() else 0.0
    if alike := _known(one, other):
        return alike
    begins = long.startswith(short)
    if begins and len(short) >= 3:
        return 0.82 if len(long) - len(short) > 2 else 0.86
    if len(long) - len(short) > 1 + len(long) // 3 or len(set(one) & set(other)) * 2 < len(set(long)):
        return 0.0
    if any(c.isdigit() for c in one) and any(c.isdigit() for c in other) and _digits(one) != _digits(other):
        return 0.0
    alike = 1 - 0.8 * _edits(one, other, (1 - LEAST) / 0.8 * len(long)) / len(long)
    if len(short) >= 5 and short[:-2] == long[: len(short) - 2]:
        alike = max(alike, 0.84)  # Russian and Kazakh words change at the end
    return alike if alike >= LEAST else 0.0


def _known(one: str, other: str) -> float:
    """How alike two words are that are two forms of one: another case, an abbreviation, another Latin beginning. 0 when they are not."""
    if inflected(one, other):
        return CASE
    if stands(one, (other,)) or stands(other, (one,)):
        return ABBREVIATED
    if one[:2] in ONSETS and other[0] == "е":
        return 0.97 * word("е" + one[2:], other)
    if other[:2] in ONSETS and one[0] == "е":
        return 0.97 * word(one, "е" + other[2:])
    return 0.0


def _digits(word: str) -> str:
    return "".join(c for c in word if c.isdigit())


def _edits(one: str, other: str, most: float) -> float:
    """Least cost of turning one word into the other, or any number above `most` when it costs more.

    A letter put in, left out, changed or swapped with its neighbour costs 1, less for letters that sound or look alike.
    """
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    slight = [_SLIGHT.get(b, 1.0) for b in other]
    before: list[float] = []
    row = [0.0]
    for cost in slight:
        row.append(row[-1] + cost)
    for i, a in enumerate(one):
        last, dropped = row, _SLIGHT.get(a, 1.0)
        cost = last[0] + dropped
        row = [cost]
        for j, b in enumerate(other):
            changed = last[j] if a == b else last[j] + _CHEAP.get(a + b, 1.0)
            # Comparisons in place of min(): this is where a search spends its time.
            cost += slight[j]
            if changed < cost:  # noqa: PLR1730
                cost = changed
            if last[j + 1] + dropped < cost:  # noqa: PLR1730
                cost = last[j + 1] + dropped
            if i and j and a == other[j - 1] and one[i - 1] == b and before[j - 1] + 0.9 < cost:
                cost = before[j - 1] + 0.9
            row.append(cost)
        if min(row) > most and min(last) > most:  # a swap reaches back over one row
            return most + 1
        before = last
    return row[-1]
