"""The sizes in the name of a good. Two names may be alike in every word, and a bolt of another size is still another bolt."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

# A number, or numbers with a cross between them; the dot or comma of a fraction has digits on both sides.
_NUMBER = r"\d+(?:[.,]\d+)?"
_CROSS = r"\s*[xх×*]\s*"
_SIZE = re.compile(rf"{_NUMBER}(?:{_CROSS}{_NUMBER})*", re.IGNORECASE)


def sizes(name: str) -> Counter[tuple[Decimal, ...]]:
    """The sizes in the name of a good, however they are written: 3х2,5 and 3 x 2.50 are one size, 5х16 and 5х6 are two."""
    return Counter(
        tuple(Decimal(number.replace(",", ".")).normalize() for number in re.findall(_NUMBER, size))
        for size in _SIZE.findall(name)
    )
