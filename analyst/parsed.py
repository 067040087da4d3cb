"""A statement that parses, by its SELECTs: where each name stands in its text, and what it can see there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from analyst.catalog import Catalog
from analyst.selects import Node, Read, Select, selects
from analyst.tree import Tree, columns, fold

_LOST = 1 << 40  # the engine writes a huge number where it knows no place
_NAME = r'(?:\w+|"(?:[^"]|"")*"|`(?:[^`]|``)*`)'
PATH = re.compile(rf"{_NAME}(?:\s*\.\s*{_NAME})*")

_LATERAL = re.compile(r"LATERAL\s+(?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters of a text, and what stands there instead."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mend:
    """A text put right, and what was changed, a few words each."""

    sql: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text with its parse. gives: the columns of each CTE, as far as the text tells them."""

    sql: str
    catalog: Catalog
    as_of: str
    tree: Tree
    selects: tuple[Select, ...]

    def start(self, node: Node) -> int | None:
        """Where a record stands, in characters; the engine counts bytes."""
        at = node.get("query_location", _LOST)
        return len(self.sql.encode()[:at].decode("utf-8", "replace")) if at < _LOST else None

    def span(self, node: Node) -> tuple[int, int] | None:
        """The characters of a record."""
        start = self.start(node)
        if start is None:
            return None
        at, size = node["query_location"], node["query_location_length"]
        return start, start + len(self.sql.encode()[at : at + size].decode("utf-8", "replace"))

    def path(self, node: Node) -> tuple[int, int] | None:
        """The characters of a name, qualified or not, that begins where a record stands."""
        start = self.start(node)
        if start is not None and (lateral := _LATERAL.match(self.sql, start)):
            start = lateral.end()  # the engine counts the word to the call behind it
        found = PATH.match(self.sql, start) if start is not None else None
        return (found.start(), found.end()) if found else None

    def edited(self, edits: Iterable[Edit]) -> str:
        """The text with edits made; of two that overlap the first is made."""
        made, at = "", 0
        for edit in sorted(set(edits), key=lambda e: (e.start, e.end)):
            if edit.start >= at:
                made += self.sql[at : edit.start] + edit.text
                at = edit.end
        return made + self.sql[at:]

    def mended(self, edits: Iterable[Edit], notes: Iterable[str]) -> Mend | None:
        """The text with edits made; None where there are none."""
        made = list(edits)
        return Mend(self.edited(made), tuple(dict.fromkeys(notes))) if made else None

    def given(self, select: Select) -> Iterator[tuple[str, frozenset[str]]]:
        """Aliases of the CTEs and subqueries that a SELECT reads, with their columns where the text tells them."""
        for node, _ in own(select.node.get("from_table")):
            if node.get("type") == "SUBQUERY" and "subquery" in node:
                listed = node.get("column_name_alias")
                query = node["subquery"]["node"]
                yield fold(str(node.get("alias"))), frozenset(map(fold, listed)) if listed else columns(query)
            elif node.get("type") == "BASE_TABLE":
                name = fold(str(node.get("table_name")))
                if name in self.tree.declared:
                    yield fold(str(node.get("alias") or name)), self.tree.gives.get(name, frozenset())
            elif node.get("type") in ("EXPRESSION_LIST", "TABLE_FUNCTION") and node.get("column_name_alias"):
                yield fold(str(node.get("alias"))), frozenset(map(fold, node["column_name_alias"]))

    def starred(self, select: Select) -> Iterator[Read]:
        """Subqueries and CTEs that a SELECT reads which give all columns of one relation, as that relation."""
        for node, _ in own(select.node.get("from_table")):
            query = self._query(node)
            items: list[Node] = query.get("select_list") or []
            source = query.get("from_table") or {}
            call = source.get("function") or {}
            relation = self.catalog.relations.get(
                fold(str(source.get("table_name") or call.get("function_name") or ""))
            )
            whole = len(items) == 1 and items[0].get("class") == "STAR" and not items[0].get("rename_list")
            alias = fold(str(node.get("alias") or node.get("table_name") or ""))
            if whole and relation is not None and relation.name not in self.tree.declared and alias:
                yield Read(relation, alias, node, once=False)

    def _query(self, node: Node) -> Node:
        """The query of a subquery, or of the one CTE of a name; empty for anything else."""
        if node.get("type") == "SUBQUERY" and "subquery" in node:
            found: Node = node["subquery"]["node"]
            return found
        name = fold(str(node.get("table_name") or "")) if node.get("type") == "BASE_TABLE" else ""
        entries = [s.node["value"] for s in self.tree.sites if name and s.kind == "CTE" and fold(s.node["key"]) == name]
        return entries[0]["query_node"] if len(entries) == 1 and not entries[0]["aliases"] else {}

    def read(self, alias: str) -> Read | None:
        """The relation of an alias, if every place that has it names one relation."""
        found = [r for s in self.selects for r in s.reads if r.alias == fold(alias)]
        return found[0] if found and len({r.relation.name for r in found}) == 1 else None


def parse(sql: str, catalog: Catalog, as_of: str, serialize: Callable[[str], str]) -> Parsed | None:
    """The parse of a text; None when it is no single SELECT, or one that these readers were not written for."""
    answer = json.loads(serialize(sql))
    if answer.get("error") or len(answer["statements"]) != 1:
        return None
    tree = Tree()
    tree.visit(answer["statements"][0]["node"])
    return Parsed(sql, catalog, as_of, tree, selects(tree.sites, catalog))


def own(part: Any, parent: Node | None = None) -> Iterator[tuple[Node, Node]]:
    """Every record of a part with the record that holds it, but what is inside a subquery or a WITH."""
    if isinstance(part, list):
        for item in part:
            yield from own(item, parent)
    elif isinstance(part, Mapping):
        yield part, parent or {}
        for name, value in part.items():
            if isinstance(value, list | dict) and name not in ("cte_map", "subquery"):
                yield from own(value, part)
