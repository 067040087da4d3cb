"""Names in the words of the mirror: what name_folded(), legal_form(), item_words() and name_bits() of sql/core make of a text, made here.

The mirror's names are folded where it is built. A question's words are folded in the server: in the engine the same macros cost more to
plan than the whole search does to run. tests/analyst/test_fold.py holds that both give the same.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

BITS = 60  # of one number
PARTS = 4

_LOWER = str.maketrans("İΣ", "iσ")  # whose lower case is one letter in the engine
_ALIKE = str.maketrans(
    "әəғґқңөɵұүһіїıєё№äáàâãåāéèêëěēėęğģíìîïīñńňņóòôõöōőúùûüūůűýÿťţțřŕłľĺďđşșçźżś",
    "ааггкнооуухиииее aaaaaaaeeeeeeeeggiiiiinnnnooooooouuuuuuuyytttrrlllddšščžzs",
    "'`’‘ʼʹʺ´",
)  # fmt: skip
# Codes of all letters and digits: the blocks that name_plain() has.
_SIGNS = (
    "[^0-9a-zA-Z\xaa\xb2\xb3\xb5\xb9\xba\xbc-\xbe\xc0-\xd6\xd8-\xf6\xf8-\u02c1\u0370-\u0373\u0376-\u037d"
    "\u037f-\u0383\u0386\u0388-\u0481\u048a-\u0559\u0560-\u0588\u05d0-\u05f2\u0620-\u064a\u0660-\u0669\u0671-\u06d3"
    "\u0904-\u1fbc\u2070-\u2079\u207f-\u2089\u2150-\u218b\u2460-\u249b\u2c00-\u2ddf\u3041-\ud7a3"
    "\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+"
)
_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[а-я]")
_DIGIT = re.compile("[0-9]")
_ONLY_LATIN = re.compile("[dfgjlnqrsuvwz]")
_TO_CYRILLIC = str.maketrans("abcehikmoptxy", "авсеникмортху")
_TO_LATIN = str.maketrans("авсеикмнорстху", "abceikmhopctxy")

_LONG_FORMS = (
    " (товарищество с ограниченн?ой ответственн?остью|общество с ограниченн?ой ответственн?остью|"
    "жауапкершилиги шектеули сериктести(к|ги)|"
    "индивидуальный предприниматель|частный предприниматель|жеке касипкер|"
    "(некоммерческое |открытое |закрытое |публичное )?акционерное общество|"
    "(коммерциялык емес )?акционерлик когам[ыи]?|"
    "(крестьянское|фермерское|крестьянское фермерское) хозяйство|шаруа кожалыг?ы|шаруа кожалык|"
    "(государственное|коммунальное|республиканское) государственное (казенное )?предприятие|"
    "государственное (коммунальное |казенное )?(предприятие|учреждение)|"
    "(коммунальное|республиканское) государственное учреждение|(коммуналдик )?мемлекеттик мекемеси?|частное лицо|"
    "limited liability (partnership|company)|joint stock company|individual entrepreneur|sole proprietor|"
    "tovarish?ch?estvo s ogranichenn?o[iyj] otvetstvenn?ost(i?u|yu|ju|iyu)|т о о|о о о|t o o|l l p|ж ш с) "
)
_FORMS_IN_FRONT = "^ *(а о|и п|ж к|i p|a o) "
_FORMS = (
    " (тоо|too|жшс|zhshs|llp|llc|ltd|inc|ооо|ooo|ип|ip|жк|zhk|ао|ao|"
    "ак|ak|jsc|оао|зао|пао|нао|nao|кеак|кх|kh|шк|гкп|ргп|чл|нк|"
    "nk|ук|чп|фх|gkp|rgp|мкк|гу|кгу|ргу|кмм|gu|kgu) "
)
_SOUNDS = (
    ("shch", "щ"), ("sch", "щ"), ("zh", "ж"), ("kh", "х"), ("tch", "ч"), ("ts", "ц"), ("tz", "ц"), ("ch", "ч"), ("sh", "ш"), ("ph", "ф"),
    ("th", "т"), ("ck", "к"), ("yu", "ю"), ("ya", "я"), ("yo", "е"), ("ye", "е"), ("ia", "ия"), ("iy", "ий"), ("ce", "це"), ("ci", "ци"),
    ("cy", "ци"), ("x", "кс"),
)  # fmt: skip
_LETTERS = str.maketrans("abcdefghijklmnopqrstuvwyz", "абкдефгхижклмнопкрстуввиз")
_MIXED_UP = str.maketrans("ыйэщё", "ииеше", "ьъ")
_DOUBLED = re.compile(r"([^0-9])\1+")
_CODES = {
    "too": " (тоо|too|жшс|zhshs|llp|т о о|t o o|l l p|ж ш с|limited liability partnership|товарищество с ограниченн?ой|"
    "жауапкершилиги шектеули|tovarish?ch?estvo s ogranichenn?o[iyj]) ",
    "ooo": " (ооо|ooo|llc|о о о|limited liability company|общество с ограниченн?ой) ",
    "ao": " (ао|ao|ак|ak|jsc|оао|зао|пао|нао|nao|кеак|акционерное общество|акционерлик когам[ыи]?|joint stock company) |^ (а о|a o) ",
    "farm": " (кх|kh|шк|фх|крестьянское хозяйство|фермерское хозяйство|шаруа кожалыг?[ыи]|шаруа кожалык) ",
    "ip": " (ип|ip|жк|zhk|чп|индивидуальный предприниматель|частный предприниматель|жеке касипкер|individual entrepreneur|"
    "sole proprietor) |^ (и п|i p|ж к) ",
    "state": " (гкп|ргп|гу|кгу|ргу|кмм|gkp|rgp|gu|kgu|государственное (коммунальное |казенное )?(предприятие|учреждение)|"
    "мемлекеттик мекемеси?) ",
}
_CROSSED = r"([0-9])[хкx]с?([0-9])"
_DIAMETER = r" (ø|о|ф|д|ду|диам|диаметр) *([0-9]+)(м|мм)? "
_UNIT = r"([0-9])(мм|м|см|кг|г|л|т|тн|шт|квт|вт|в) "
_SIGNS_OF_GOODS = str.maketrans("×*⌀∅²", "xxøø2")


# Compiled when the first name is looked for: the server starts without them.
@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def plain(name: str) -> str:
    """name_plain(): lower case, one alphabet in each word, no quotes and signs."""
    text = _lower(unicodedata.normalize("NFC", name)).translate(_ALIKE)
    text = text.replace("š", "sh").replace("č", "ch").replace("ž", "zh")
    return " ".join(map(_one_alphabet, _compiled(_SIGNS).sub(" ", text).strip(" ").split(" ")))


def _lower(text: str) -> str:
    return text.translate(_LOWER).lower()


def _one_alphabet(word: str) -> str:
    if not _LATIN.search(word):
        return word
    if _DIGIT.search(word) and not _ONLY_LATIN.search(word):
        return word.translate(_TO_CYRILLIC)
    if not _CYRILLIC.search(word):
        return word
    return word.translate(_TO_LATIN if _ONLY_LATIN.search(word) else _TO_CYRILLIC)


def folded(name: str) -> str:
    """name_folded(): the words that tell a name apart, as they sound."""
    said = f" {plain(name)} "
    said = _compiled(_FORMS_IN_FRONT).sub(" ", _compiled(_LONG_FORMS).sub("  ", said), count=1)
    words = _compiled(_FORMS).sub(" ", said.replace(" ", "  ")).strip(" ") or said
    words = " ".join(word for word in words.split(" ") if word)
    for latin, sound in _SOUNDS:
        words = words.replace(latin, sound)
    return _DOUBLED.sub(r"\1", words.translate(_LETTERS).translate(_MIXED_UP))


def form(name: str) -> str:
    """legal_form(): the code of the legal form, empty where it is null."""
    said = f" {plain(name)} "
    return next((code for code, pattern in _CODES.items() if _compiled(pattern).search(said)), "")


def goods(name: str) -> str:
    """item_words(): the words and sizes of goods."""
    words = folded(_lower(name).translate(_SIGNS_OF_GOODS)).replace(" ", "  ")
    text = f" {words} "
    for _ in range(2):
        text = _compiled(_CROSSED).sub(r"\1 \2", text)
    text = _compiled(_DIAMETER).sub(lambda hit: f" {hit[2]} {hit[3] or ''} ", text)
    text = _compiled(_UNIT).sub(r"\1 \2 ", text)
    return " ".join(word for word in text.split(" ") if word)


def bits(words: str) -> tuple[int, ...]:
    """name_bits(): the pairs of letters as numbers of 60 bits."""
    found = [0] * PARTS
    padded = f" {words} "
    for one, other in pairwise(padded):
        part, bit = divmod((ord(one) * 61 + ord(other)) % (PARTS * BITS), BITS)
        found[part] |= 1 << bit
    return tuple(found)
