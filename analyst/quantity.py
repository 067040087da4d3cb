"""Numbers as people write them: spaces or commas between thousands, a comma for the point, thousands and millions in words, a unit behind.

Nothing is guessed: 1,200 is one and a fifth to one reader and twelve hundred to another, and is not read.
"""

from __future__ import annotations

import re
from decimal import Decimal

# Ways to say a unit; what one is worth in another is never known here.
_SAID = tuple(
    frozenset(words.split())
    for words in (
        "т тн тонна тонны тонн тоннаны t ton tons tonne tonnes",
        "кг килограмм килограмма килограммов келі kg kilogram kilograms",
        "м метр метра метров m meter meters metre metres",
        "шт штука штуки штук дана pcs pc piece pieces",
        "л литр литра литров l liter liters litre litres",
        "уп упак упаковка упаковки упаковок қаптама pack packs",
        "меш мешок мешка мешков мешки қап bag bags",
        "рул рулон рулона рулонов орам roll rolls",
        "лист листа листов парақ sheet sheets",
    )
)
UNITS = frozenset().union(*_SAID)
_PLAIN = re.compile(
    r"[+-]?(?:[0-9]+(?:[.,][0-9]+)?|\.[0-9]+|[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,})"
)
_TWO_WAYS = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
_TIMES = {
    1_000: "тыс тысяч тысяча тысячи мың мыңы k thousand",
    1_000_000: "млн миллион миллиона миллионов mln million",
    1_000_000_000: "млрд миллиард миллиарда миллиардов bn billion",
}
_TIME = {word: times for times, words in _TIMES.items() for word in words.split()}
_TENGE = frozenset({"тг", "тенге", "теңге", "₸", "kzt", "tenge"})
_PARTED = re.compile(r"(?P<number>[+-]?[0-9][0-9 ,.]*)(?P<unit>[^\W0-9_][^0-9]{0,19})")


def _spaced(text: str) -> str:
    return " ".join(text.split())


def number(text: str) -> Decimal:
    """The number. Raises ValueError where it is none, or may be two."""
    plain = _spaced(text)
    if not _PLAIN.fullmatch(plain) or _TWO_WAYS.fullmatch(plain):
        raise ValueError(text)
    grouped = plain.count(",") > 1 or ("," in plain and "." in plain)
    return Decimal(plain.replace(" ", "").replace(",", "" if grouped else "."))


def money(text: str) -> Decimal:
    """An amount in tenge: a number, perhaps in thousands or millions. Raises ValueError."""
    words = re.findall(r"[\d.,+-]+|[^\s\d.,+-]+", re.sub(r"(?<=[^\W\d])\.", "", _spaced(text).lower()))  # «тыс.»
    while words and words[-1] in _TENGE:
        words.pop()
    times = _TIME.get(words[-1]) if words else None
    return number(" ".join(words[:-1] if times else words)) * (times or 1)


def parted(text: str) -> tuple[str, str]:
    """A number and the unit that stands behind it: «25 т» is 25 and т. The unit is empty when none does."""
    said = _PARTED.fullmatch(_spaced(text))
    return (said["number"].strip(), said["unit"].strip(" .").lower()) if said else (text, "")


def two_ways(text: str) -> tuple[str, ...]:
    """The two numbers that 1,200 may be; nothing for any other text."""
    plain = _spaced(text)
    return (plain.replace(",", "."), plain.replace(",", "")) if _TWO_WAYS.fullmatch(plain) else ()


def same_unit(one: str, other: str) -> bool:
    """Whether two words say one unit."""
    one, other = (word.strip(" .").lower() for word in (one, other))
    return one == other or any(one in words and other in words for words in _SAID)
