"""How alike two names are, word by word: typing errors, letters that sound or look alike, joined and cut words, initials, abbreviations.

Works on words as the mirror folds them (sql/core/name_folded.sql): lower-case Cyrillic without legal forms.
"""

# ruff: noqa: PLR2004, SIM905 (how long a word must be for a rule, in letters; lists of words)

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from analyst.abbreviation import stands
from analyst.spelling import ABBREVIATED, LEAST, word

EQUAL = 0.99
JOINED = 0.95  # the same letters, other spaces
SWAPPED = 0.93  # the same words in another order: leads a longer name, but not one that begins with the words as they were said
# Anything but equal words stays this low, so that equal words always lead by the margin of a pick.
ALIKE = 0.89
# A word too many or too few may be what tells a twin apart: below what is picked without asking.
PARTLY = 0.84
BESIDES = 0.83  # the same where the known name does not begin with what was said
INITIAL = 0.87  # a letter for a word: below the word itself
INITIAL_AND_ALIKE = 0.86  # and another word is only alike: the surname of a brother, with its initials
OTHER_INITIALS = 0.70  # А. Б. is not Б. А.
FORM = 0.87  # of an equal name with another legal form
SHORT = 0.82  # a name given by its first letters
SAME_WORD = 0.8  # a word less alike, however common, may tell a twin apart
LONGEST = 40
WRITTEN = 3  # words that may be written together with a typing error

# Words that say what kind of thing is named, not which one.
NOISE = frozenset(
    "клиент клиента клиенту контрагент контрагента контрагенту поставщик поставщика поставщику покупател покупателя покупателу подрядчик "
    "подрядчика подрядчику заказчик заказчика партнер компания компании фирма фирми организация код бин иин бсн жсн гор город городе на от "
    "для по ул м мм шт см кг тн каласи каласиндаги компаниаси компанияси кампани сатип алуши жеткизуши суплиер кустомер вендор клиент "
    "контрактор фирм ко тхе оф анд фром номер".split()
)
_SAME = {
    "бранч": "филиал", "филиали": "филиал", "филиала": "филиал", "окилдик": "представителство", "окилдиги": "представителство",
    "груп": "груп", "група": "груп", "тоби": "груп", "алмати": "алмати", "астана": "астана",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """A name as the mirror folds it: words in their order, and the code of its legal form."""

    words: tuple[str, ...]
    form: str = ""

    @classmethod
    def of(cls, folded: str, form: str | None = None) -> Words:
        """From a folded name, one space between words."""
        return cls(tuple(_SAME.get(w, w)[:LONGEST] for w in folded.split()), form or "")


def score(asked: Words, known: Words, holders: Mapping[str, int]) -> float:
    """From 0 to 1: how likely `known` is what `asked` means. holders: in how many names each word stands; rare words weigh more."""
    one, other = asked.words, known.words
    if not one or not other:
        return 0.0
    best = _whole(one, other)
    if best < JOINED:
        best = max(best, _by_words(one, other, holders))
    ours, theirs = _split(one)[0], _split(other)[0]
    if ours != theirs and sorted(ours) == sorted(theirs):
        best = min(best, OTHER_INITIALS)
    if asked.form and known.form != asked.form:
        # An unknown form is a slight doubt; another form is another party until somebody says so.
        best = min(best * (0.97 if not known.form else 0.92), 1.0 if not known.form else FORM - 0.03)
    return best


def _whole(one: Sequence[str], other: Sequence[str]) -> float:
    kept, told = _without_noise(one), _without_noise(other)
    if sorted(one) == sorted(other):
        return _ordered(one, other)
    if kept and sorted(kept) == sorted(told):
        return min(_ordered(kept, told), EQUAL - 0.01)
    if "".join(kept) == "".join(told) and len("".join(kept)) > 3:
        return JOINED
    return 0.0


def _ordered(one: Sequence[str], other: Sequence[str]) -> float:
    """How certain equal words are in this order. Initials and numbers may stand before or behind."""
    if _split(one) == _split(other):
        return EQUAL
    return SWAPPED


def _split(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Initials, and words; numbers are neither."""
    return [w for w in words if len(w) == 1 and w.isalpha()], [w for w in words if len(w) > 1 and not w.isdigit()]


def _without_noise(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(w for w in words if w not in NOISE) or tuple(words)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Words of one name that may stand for words of the other: their places, and how alike they are."""

    alike: float
    here: tuple[int, ...]
    there: tuple[int, ...]


def _by_words(one: Sequence[str], other: Sequence[str], holders: Mapping[str, int]) -> float:
    weights = [_weight(w, holders) for w in other]
    taken: list[_Pair] = []
    here: set[int] = set()
    there: set[int] = set()
    for pair in sorted(
        _pairs(one, other), key=lambda p: (-p.alike * (len(p.here) + len(p.there)) ** 0.1, p.here, p.there)
    ):
        if here.isdisjoint(pair.here) and there.isdisjoint(pair.there):
            taken.append(pair)
            here.update(pair.here)
            there.update(pair.there)
    if not taken:
        return 0.0
    left = [w for i, w in enumerate(one) if i not in here and w not in NOISE]
    missing = [w for j, w in enumerate(other) if j not in there and w not in NOISE]
    got = sum(p.alike * sum(weights[j] for j in p.there) for p in taken)
    known_all = sum(weights) or 1.0
    asked_all = sum(sum(weights[j] for j in p.there) for p in taken) + sum(_weight(w, holders) for w in left)
    found, told = got / known_all, got / asked_all
    if found + told == 0:
        return 0.0
    value = 2 * found * told / (found + told)
    # What was said and found counts for more than what the known name says besides.
    value = 0.5 * value + 0.5 * told if not left else value
    if not left and told > 0.99:
        value = max(value, 0.80 + 0.04 * found)
    if _conflict(left, missing):
        value *= 0.75
    unlike = min(p.alike for p in taken) < SAME_WORD
    if left or missing or unlike:
        return min(value, PARTLY if tuple(other[: len(one)]) == tuple(one) else BESIDES)
    initials = [p for p in taken if _by_initial(p, one, other)]
    if not initials:
        return min(value, ALIKE)
    return min(value, INITIAL if all(p.alike == 1 for p in taken if p not in initials) else INITIAL_AND_ALIKE)


def _by_initial(pair: _Pair, one: Sequence[str], other: Sequence[str]) -> bool:
    """One letter stands for a longer word."""
    if len(pair.here) != 1 or len(pair.there) != 1:
        return False
    letters = sorted((len(one[pair.here[0]]), len(other[pair.there[0]])))
    return letters[0] == 1 < letters[1]


def _conflict(left: Sequence[str], missing: Sequence[str]) -> bool:
    """Each name has an initial, or a number, that the other has not."""
    for kind in (lambda w: len(w) == 1 and w.isalpha(), lambda w: w[0].isdigit()):
        if any(map(kind, left)) and any(map(kind, missing)):
            return True
    return False


def _weight(word: str, holders: Mapping[str, int]) -> float:
    if word in NOISE:
        return 0.05
    if len(word) == 1 and word.isalpha():
        return 0.25
    return 1.0 / (1.0 + 0.35 * log(max(holders.get(word, 1), 1)))


def _pairs(one: Sequence[str], other: Sequence[str]) -> list[_Pair]:
    found = [
        _Pair(alike, (i,), (j,))
        for i, said in enumerate(one)
        for j, known in enumerate(other)
        if (alike := word(said, known)) >= LEAST
    ]
    found += [_Pair(alike, (i,), span) for alike, i, span in _spans(one, other)]
    found += [_Pair(alike, span, (j,)) for alike, j, span in _spans(other, one)]
    return found


def _spans(singles: Sequence[str], words: Sequence[str]) -> Iterator[tuple[float, int, tuple[int, ...]]]:
    """Where one word stands for several that follow each other."""
    long = [(place, single) for place, single in enumerate(singles) if len(single) > 1]
    for first in range(len(words) - 1):
        for place, single in long:
            # Whatever stands for words begins as the first of them does, but for a typing error in words written together.
            longest = 6 if single[0] == words[first][0] else WRITTEN if len(single) > 5 else 0
            for last in range(first + 2, min(first + longest, len(words)) + 1):
                if alike := _several(single, words[first:last]):
                    yield alike, place, tuple(range(first, last))


def _several(single: str, words: Sequence[str]) -> float:  # noqa: PLR0911 (one rule after another)
    """How well one word stands for several: written together, by their first letters, or by their beginnings. 0 when it does not."""
    together = "".join(words)
    if single == together:
        return 0.97
    if stands(single, words):
        return ABBREVIATED
    if (
        len(words) <= WRITTEN
        and len(single) > 5
        and abs(len(single) - len(together)) <= 2
        and not all(len(w) == 1 for w in words)
    ):
        alike = word(single, together)
        if alike > 0.85:
            return alike * 0.97
    if 1 < len(single) <= 6 and single == _short(w[0] for w in words):
        return SHORT
    if (
        len(words) == 2
        and len(single) > 4
        and len(words[0]) >= 2
        and single.startswith(words[0])
        and single.endswith(words[1])
    ):
        return SHORT  # стр-во
    if len(single) >= 5 and len(words) <= 4 and single[:2] == words[0][:2] and _beginnings(single, tuple(words)):
        return SHORT
    return 0.0


def _short(letters: Iterable[str]) -> str:
    """First letters as an abbreviation, doubled letters once: folded words have none."""
    short = ""
    for letter in letters:
        if not short.endswith(letter):
            short += letter
    return short


def _beginnings(single: str, words: tuple[str, ...]) -> bool:
    """«казмет» is the beginnings of «казахстан металл», two letters or more of each."""
    if not words:
        return not single
    return any(
        single[:n] == words[0][:n] and _beginnings(single[n:], words[1:])
        for n in range(min(len(single), len(words[0])), 1, -1)
    )
