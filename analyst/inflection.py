"""Russian cases of words as the mirror folds them (sql/core/name_folded.sql): ы, й are и; ь is gone; doubled letters stand once."""

# ruff: noqa: SIM905 (lists of endings)

from __future__ import annotations

from functools import lru_cache

LONGEST = 3  # letters of an ending
_ADJECTIVE = frozenset("и ои ая ое ие ого его ому ему им ом ем ую ои еи их ими я ее ия ию".split())
_HARD = frozenset(["", *"а у е и ом ем ои еи ов ев ам ами ах".split()])
_SOFT = frozenset(["", *"е и а я у ю ем еи ом ои еи ям ями ях ев".split()])
_CONSONANTS = frozenset("бвгджзклмнпрстфхцчшщ")
_FLEETING = frozenset("ое")


@lru_cache(maxsize=20_000)
def inflected(one: str, other: str) -> bool:
    """Whether both may be forms of one word: новый and новому, ромашка and ромашкой, лев and льву, отец and отца."""
    if min(len(one), len(other)) < LONGEST or one[0] != other[0]:
        return False
    return _declined(one, other) or _fled(one, other) or _fled(other, one)


def _declined(one: str, other: str) -> bool:
    """The same stem with two endings of one declension."""
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    for stem in range(same, max(2, max(len(one), len(other)) - LONGEST - 1), -1):
        ends = {one[stem:], other[stem:]}
        if one[stem - 1] in _CONSONANTS or stem > LONGEST:
            # Of a short word, two endings of one letter tell two words apart: Новый and Нова are two names.
            if (ends <= _HARD or ends <= _SOFT) and (stem > LONGEST or {len(end) for end in ends} != {1}):
                return True
            if ends <= _ADJECTIVE and all(len(end) > 1 or end in "ия" for end in ends) and max(map(len, ends)) > 1:
                return True
    return False


def _fled(full: str, bent: str) -> bool:
    """`full` has о or е before its last consonant, and `bent` has not: лев and льва, день and дня, боец and бойца."""
    if len(full) < LONGEST or full[-1] not in _CONSONANTS or full[-2] not in _FLEETING:
        return False
    return any(
        bent.startswith(left) and bent != left and bent[len(left) :] in _HARD | _SOFT
        for left in (full[:-2] + full[-1], full[:-2] + "и" + full[-1])
    )
