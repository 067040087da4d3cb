"""The engine's parse as a flat list of places, each with the CTE names that are visible there.

The walk judges nothing. Every record of the tree becomes one place, so that a rule which knows all allowed kinds meets every unknown one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

QUERIES = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE"})
PARTS = frozenset({dict, list})  # what of a parse has parts; its values are of no other class than JSON's
_ASCII_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def fold(name: str) -> str:
    """A name as the engine compares it: ASCII letters only, so that no other letter can stand for one of them."""
    return name.translate(_ASCII_LOWER)


@dataclass(frozen=True, slots=True)
class Site:
    """One place: the kind of the record there, the record, and the visible CTE names.

    Kinds are the engine's, and three of ours: STATEMENT for the whole answer of the parser, CTE for an entry of WITH, PLAIN for a
    record that carries no kind.
    """

    kind: str
    node: Mapping[str, Any]
    scope: frozenset[str] = frozenset()

    @property
    def path(self) -> list[str]:
        """The qualified name of a relation or function, folded."""
        return [fold(step) for step in self.node["qualified_name"]["path"]]


def columns(query: Mapping[str, Any]) -> frozenset[str]:
    """The columns that a query gives, as far as its own text names them; none for a set of queries."""
    items = query.get("select_list") or ()
    names = (item["alias"] or (item.get("column_names") or [""])[-1] for item in items)
    return frozenset(fold(name) for name in names if name)


@dataclass(slots=True)
class Tree:
    """The places of one statement in the order of the text, and every name that a WITH declares anywhere.

    gives: the columns of each such name, as far as the text tells them.
    """

    sites: list[Site] = field(default_factory=list)
    declared: set[str] = field(default_factory=set)
    gives: dict[str, frozenset[str]] = field(default_factory=dict)

    def visit(self, part: Any, scope: frozenset[str] = frozenset()) -> None:
        """Add a part of the tree and all below it."""
        if isinstance(part, list):
            for item in part:
                self.visit(item, scope)
        elif isinstance(part, dict):
            kind = part.get("class") or part.get("type")
            if not isinstance(kind, str):
                kind = "PLAIN"
            self.sites.append(Site(kind, part, scope))
            if kind in QUERIES and "class" not in part:
                self._query(part, scope)
            elif kind == "TABLE_FUNCTION":
                # The called function is part of the place: its name is judged there, not as a function that computes.
                self._inside(part, scope, but=("function",))
                self._inside(part["function"], scope)
            else:
                self._inside(part, scope)

    def _inside(self, part: Mapping[str, Any], scope: frozenset[str], but: tuple[str, ...] = ()) -> None:
        for key, value in part.items():
            if type(value) in PARTS and key not in but:
                self.visit(value, scope)

    def _query(self, part: Mapping[str, Any], scope: frozenset[str]) -> None:
        """A CTE is visible to what follows it, never to itself; the own name of a recursion only in its second arm."""
        for entry in part["cte_map"]["map"]:
            self.sites.append(Site("CTE", entry, scope))
            self.declared.add(fold(entry["key"]))
            given = frozenset(map(fold, entry["value"]["aliases"])) or columns(entry["value"]["query_node"])
            self.gives[fold(entry["key"])] = self.gives.get(fold(entry["key"]), given) & given
            self.visit(entry["value"], scope)
            scope |= {fold(entry["key"])}
        if part["type"] == "RECURSIVE_CTE_NODE":
            own = fold(part["cte_name"])
            self.declared.add(own)
            self._inside(part, scope, but=("cte_map", "right"))
            self.visit(part["right"], scope | {own})
        else:
            self._inside(part, scope, but=("cte_map",))
