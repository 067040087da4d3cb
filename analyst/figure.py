"""One value as a person reads it in a letter: thousands apart, days and codes in the language, text from outside made harmless."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from analyst import words
from analyst.result import clean

LONGEST = 100
_DECIMAL = re.compile(r"-?\d{1,30}\.\d{1,9}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")
# A part of a list as sql/ writes it: «№ 7: 10.000, 2026-02-06; …».
_LISTED = re.compile(r": (-?\d{1,15}\.\d{3})(?:, (\d{4}-\d{2}-\d{2}))?(?=;|, \?|$)")
_LISTS = frozenset({"supplies", "late_supplies", "reserved_for"})
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})\S*")
# What a mail reader or a converter would take for a link, a tag or the end of a cell.
_MARKS = str.maketrans("|<>[]`*\n\r\t", "/‹›()'×   ")
_LARGE = 10_000
QUANTITY = 3  # places of a quantity; money has two, and keeps them
_TENTH = Decimal("0.1")
_HUNDREDTH = Decimal("0.01")  # a ratio has four places: a tenth of its per cent would be rounded twice


def shown(column: str, value: Any, language: str) -> str:
    """A value of a column for a reader; empty for null."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return words.say("yes" if value else "no", language)
    if is_number(value):
        return _number(column, Decimal(str(value)), language)
    text = ", ".join(map(str, value)) if isinstance(value, list | dict) else str(value)
    # A word of ours stands as it is; anything else may come from outside.
    told = _time(text, language) or words.of("value", f"{column}.{text}", language)
    return told or inert(_listed(text, language) if column in _LISTS else text)


def _number(column: str, value: Decimal, language: str) -> str:
    if column.endswith("_ratio"):
        return _apart(str((value * 100).quantize(_HUNDREDTH, ROUND_HALF_UP)), language) + "\u00a0%"
    if column.endswith("_days"):
        value = value.quantize(_TENTH, ROUND_HALF_UP) if value % 1 else value
    if value.as_tuple().exponent == -QUANTITY:
        value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    whole = value == value.to_integral_value() and abs(value) < _LARGE and "." not in str(value)
    return str(value) if whole else _apart(format(value, "f"), language)


def _listed(text: str, language: str) -> str:
    def part(found: re.Match[str]) -> str:
        quantity = _number("", Decimal(found[1]), language)
        return f": {quantity}" + (f", {_day(found[2], language)}" if found[2] else "")

    return _LISTED.sub(part, text)


def _time(text: str, language: str) -> str:
    """A day, a span of days or a moment; empty when it is none of these."""
    if _DAY.fullmatch(text):
        return _day(text, language)
    if span := _SPAN.fullmatch(text):
        return f"{_day(span[1], language)} – {_day(span[2], language)}"
    if moment := _MOMENT.fullmatch(text):
        return f"{_day(moment[1], language)} {moment[2]}"
    return ""


def is_number(value: Any) -> bool:
    """Whether it stands on the right of its cell."""
    return (isinstance(value, int | float) and not isinstance(value, bool)) or bool(
        isinstance(value, str) and _DECIMAL.fullmatch(value)
    )


def inert(text: str) -> str:
    """Text from outside in a letter: no link, tag or table in it, and not longer than a cell may be."""
    flat = " ".join(clean(text).translate(_MARKS).split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…"


def _apart(text: str, language: str) -> str:
    whole, _, rest = text.partition(".")
    sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    if language == "en":
        return f"{sign}{int(digits):,}" + (f".{rest}" if rest else "")
    # A space that does not break, so that a number stays on its line.
    return f"{sign}{int(digits):,}".replace(",", "\u00a0") + (f",{rest}" if rest else "")


def _day(text: str, language: str) -> str:
    try:
        return text if language == "en" else f"{date.fromisoformat(text):%d.%m.%Y}"
    except ValueError:  # a document's number that looks like a day
        return text
