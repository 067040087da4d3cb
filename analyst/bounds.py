"""The days that a statement asks of a macro where it tells them otherwise than by its arguments: by a name of the period, or by its WHERE."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from analyst import guess
from analyst.catalog import Relation
from analyst.errors import BadArgument
from analyst.period import Period
from analyst.selects import Node, given, is_call, last, literal

DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NAMED = re.compile(r"'?((?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])|-?[Qq][1-4])?)'?")
_PARTS = {"%Y": "year", "%Y-%m": "month"}
PERIOD = ["DATE", "DATE"]


def named(value: str) -> Period | None:
    """The period that a value names: 2025, '2025-03', '2025-Q1'; None for anything else."""
    told = _NAMED.fullmatch(value.strip())
    return _read(told[1]) if told else None


def _read(text: str) -> Period | None:
    try:
        return Period.read(text.upper())
    except BadArgument:
        return None


def ends(values: Sequence[str], types: Sequence[str]) -> list[str] | None:
    """The arguments of a macro that takes a period, of values one of which names one; None where none does."""
    told = [named(value) for value in values[: len(PERIOD)]]
    if list(types[: len(PERIOD)]) != PERIOD or not any(told):
        return None
    if told[0] and len(values) < len(types):
        told, rest = [told[0], told[0]], values[1:]
    else:
        rest = values[len(PERIOD) :]
    days = [f"DATE '{period.last if n else period.first}'" if period else values[n] for n, period in enumerate(told)]
    return [*days, *rest]


def conjunction(part: Node | None) -> Iterator[Node]:
    """The conditions that must all hold."""
    if part and part.get("type") == "CONJUNCTION_AND":
        yield from chain.from_iterable(conjunction(child) for child in part.get("children") or ())
    elif part:
        yield part


def asked(conditions: Sequence[Node], relation: Relation) -> tuple[str, str]:
    """The first and last day that WHERE asks of the relation's own date, empty where it does not; a day too many does no harm, WHERE stays."""
    days = guess.columns("date", relation)
    low = high = ""
    for node in conditions:
        side = node.get("input") or node.get("left") or {}
        kind = str(node.get("type"))
        if side.get("class") == "COLUMN_REF" and guess.columns(last(side), relation) & days:
            if kind == "COMPARE_BETWEEN":
                low, high = literal(node["lower"]), literal(node["upper"])
            elif kind.startswith("COMPARE_GREATERTHAN"):
                low = literal(node["right"])
            elif kind.startswith("COMPARE_LESSTHAN"):
                high = literal(node["right"])
        elif kind == "COMPARE_EQUAL" and side.get("class") == "COLUMN_REF":
            absent = last(side) in ("year", "month", "period", "quarter") and not guess.columns(last(side), relation)
            if absent and (span := named(literal(node["right"]))) is not None:
                low, high = str(span.first), str(span.last)
        elif kind == "COMPARE_EQUAL" and (span := _unit(side, literal(node["right"]), relation, days)) is not None:
            low, high = str(span.first), str(span.last)
    return low if DAY.fullmatch(low) else "", high if DAY.fullmatch(high) else ""


def _unit(call: Node, value: str, relation: Relation, days: frozenset[str]) -> Period | None:
    """The year, quarter or month that a call of the relation's date is held against."""
    parts = given(call) if is_call(call, "year", "date_part", "strftime", "date_trunc") else []
    columns = [part for part in parts if part.get("class") == "COLUMN_REF"]
    if len(columns) != 1 or not guess.columns(last(columns[0]), relation) & days:
        return None
    unit = next((literal(part) for part in parts if part.get("class") == "CONSTANT"), "year")
    if is_call(call, "date_trunc"):
        start = value if DAY.fullmatch(value) else ""
        month = int(start[5:7] or 0) if start else 0
        text = {"year": start[:4], "quarter": f"{start[:4]}-Q{(month + 2) // 3}", "month": start[:7]}.get(unit.lower())
        return _read(text) if start and text else None
    right = _PARTS.get(unit, unit.lower()) in ("year", "month") and named(value)
    return right or None
