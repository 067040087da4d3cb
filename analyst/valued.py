"""Columns whose header tells every value that they have, and statements that ask for another one: no row is ever found so, without an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from analyst.catalog import Relation
from analyst.selects import Node, deep, last, literal
from analyst.sums import Statement

SHOWN = 8  # values that are told
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
    """A column held against values that it never has."""
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
    """The column of an equation or of an IN, and the texts that it is held against."""
    if node.get("type") == "COMPARE_EQUAL":
        sides = [node["left"], node["right"]]
    elif node.get("type") == "COMPARE_IN":
        sides = list(node.get("children") or ())
    else:
        return None, []
    columns = [side for side in sides if side.get("class") == "COLUMN_REF"]
    texts = [literal(side) for side in sides if side.get("class") == "CONSTANT"]
    whole = len(columns) == 1 and len(texts) == len(sides) - 1 and all(texts)
    return (columns[0], texts) if whole else (None, [])
