"""A parsed statement as what it adds up: the columns inside its sums with their relations, and the relations on the two sides of a sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from analyst.catalog import Catalog
from analyst.selects import Node, Read, Select, columns_of, deep, given, is_call
from analyst.tree import fold


@dataclass(frozen=True)
class Statement:
    """A parsed statement: its outermost record, its SELECTs, the catalog and day of the snapshot."""

    root: Node
    selects: tuple[Select, ...]
    catalog: Catalog
    as_of: str

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every record."""
        return tuple(deep(self.root))


def added(select: Select, *names: str) -> Iterator[tuple[Node, Read]]:
    """The columns inside sums (or these aggregates), each with the relation it is of."""
    for call in select.sums:
        if call.name in (names or ("sum", "fsum", "sum_no_overflow")) and not call.node.get("distinct"):
            for column in columns_of(given(call.node)):
                if (read := select.owner(column)) is not None:
                    yield column, read


def names(part: object) -> set[str]:
    """The relations that a part of a statement reads."""
    return {
        fold(str(node.get("table_name") or (node.get("function") or {}).get("function_name") or ""))
        for node in deep(part)
        if "type" in node and node["type"] in ("BASE_TABLE", "TABLE_FUNCTION")
    }


def united(now: Statement, one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether a union, or a sum of two sides, has one of these on one side and one of those on the other."""
    first, second = frozenset(one), frozenset(other)
    for node in now.nodes:
        sides: list[object] = []
        if is_call(node, "+"):
            sides = [*given(node)]
        elif (
            node.get("type") == "SET_OPERATION_NODE"
            and node.get("setop_type") == "UNION"
            and any(c.name == "sum" for s in now.selects for c in s.sums)
        ):
            sides = [*(node.get("children") or (node.get("left"), node.get("right")))]
        for left, right in pairwise(sides):
            a, b = names(left), names(right)
            if (a & first and b & second) or (a & second and b & first):
                return True
    return False
