"""Values that a statement asks for and that are never there, or are others here: no row is found so, or a wrong one, without an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from analyst.catalog import Relation
from analyst.selects import Node, deep, given, is_call, last, literal
from analyst.sums import Statement

SHOWN = 8  # values that are told
_HOLDING = ("COMPARISON", "BETWEEN", "OPERATOR", "CASE")
_VALUE = r"[a-z0-9][a-z0-9_+-]*"
_LIST = re.compile(rf"(?:[a-z ]+: )?({_VALUE}(?:(?:, or |, | or ){_VALUE})+)")
_FOR = re.compile(rf"({_VALUE}) for [^,]+(?:, ({_VALUE}) for [^,]+)+(?:, null .*)?")

_EACH = re.compile(rf"{_VALUE}: [^;]+(?:; {_VALUE}: [^;]+)+")


@lru_cache(maxsize=1024)
def values(description: str) -> tuple[str, ...]:
    """The values that a column's header lists: `a, b or c`, remarks in brackets aside; empty where it lists none, or not all."""
    plain = re.sub(r"\s*\([^()]*\)", "", description)
    if found := _LIST.fullmatch(plain):
        return tuple(re.split(r", or |, | or ", found[1]))
    if _EACH.fullmatch(plain):
        return tuple(re.findall(rf"(?:^|; )({_VALUE}): ", plain))
    return tuple(re.findall(rf"(?:^|, )({_VALUE}) for ", plain)) if _FOR.fullmatch(plain) else ()


def of(relation: Relation, name: str) -> tuple[str, ...]:
    """The values that a column of text has, by its header; empty where it does not tell them all. The header of an id tells of what it is."""
    told = next((c.description for c in relation.columns if c.name == name and c.type == "VARCHAR"), "")
    return () if name.endswith("id") else values(told)


def never(now: Statement) -> Iterator[str]:
    """A column held against values that it never has: no row is found, or none left out."""
    for select in now.selects:
        for node in deep([select.node.get("where_clause"), [s.node.get("filter") for s in select.sums]]):
            column, asked = _asked(node)
            read = select.owner(column) if column is not None else None
            if column is None or read is None:
                continue
            known = of(read.relation, last(column))
            if known and not set(asked) & set(known):
                line = ", ".join(known[:SHOWN]) + (", …" if len(known) > SHOWN else "")
                yield f"{last(column)} is never '{asked[0]}': it is {line}"


def _asked(node: Node) -> tuple[Node | None, list[str]]:
    """The column of an equation or of an IN, or of their opposites, and the texts that it is held against."""
    if node.get("type") in ("COMPARE_EQUAL", "COMPARE_NOTEQUAL"):
        sides = [node["left"], node["right"]]
    elif node.get("type") in ("COMPARE_IN", "COMPARE_NOT_IN"):
        sides = list(node.get("children") or ())
    else:
        return None, []
    columns = [side for side in sides if side.get("class") == "COLUMN_REF"]
    texts = [literal(side) for side in sides if side.get("class") == "CONSTANT"]
    whole = len(columns) == 1 and len(texts) == len(sides) - 1 and all(texts)
    return (columns[0], texts) if whole else (None, [])


def weekdays(now: Statement) -> Iterator[str]:
    """A day of the week as a number that other engines count from another day, shown or held against a number."""
    for select in now.selects:
        shown = [item for item in select.node["select_list"] if _weekday(item)]
        held = [n for n in deep([select.node]) if n.get("class") in _HOLDING and any(map(_weekday, _parts(n)))]
        if call := next(iter([*shown, *held]), None):
            name = "weekday" if any(is_call(n, "weekday") for n in deep(call)) else "dayofweek"
            yield f"{name} counts from 0, Sunday, to 6, Saturday: isodow from 1, Monday, to 7"
            return


def _weekday(node: Node) -> bool:
    """Whether it is a day of the week under a name that counts otherwise elsewhere; `dow` is 0 on Sunday everywhere."""
    part = next((literal(a) for a in given(node)[:1]), "") if is_call(node, "date_part") else ""
    return is_call(node, "dayofweek", "weekday") or part.lower() in ("dayofweek", "weekday")


def _parts(node: Node) -> Iterator[Node]:
    """What a condition or a CASE holds against each other."""
    parts = [node.get(key) for key in ("left", "right", "input", "lower", "upper", "case_expr")]
    yield from (part for part in (*parts, *(node.get("children") or ())) if isinstance(part, dict))
