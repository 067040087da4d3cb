"""The SELECTs of a checked statement, each as what it reads, joins, filters, groups and sums: a reading of the guard's tree, not another parser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from analyst.catalog import Catalog, Relation
from analyst.tree import PARTS, Site, fold

Node = Mapping[str, Any]
CALLS = frozenset({"FUNCTION", "WINDOW"})
SUMS = ("sum", "avg", "mean", "count", "count_star", "median", "min", "max", "sum_no_overflow", "fsum")
_ONE_ROW_EACH = frozenset({"SEMI", "ANTI", "MARK", "SINGLE"})


@dataclass(frozen=True)
class Read:
    """A published relation after FROM. alias: its name here; once: it cannot repeat the rows of the others (SEMI, ANTI, ASOF)."""

    relation: Relation
    alias: str
    node: Node
    once: bool

    @cached_property
    def keys(self) -> frozenset[str]:
        """The columns of its grain; empty where it is one row, or where the header says it in words."""
        names = {part.strip() for part in self.relation.grain.split(",")}
        return frozenset(names & self.names)

    @cached_property
    def names(self) -> frozenset[str]:
        """Its columns."""
        return frozenset(c.name for c in self.relation.columns)

    @property
    def given(self) -> list[Node]:
        """The arguments of a macro."""
        return [a["expression"] for a in self.node["function"]["arguments"]] if "function" in self.node else []


@dataclass(frozen=True, slots=True)
class Sum:
    """A call of an aggregate: its name, its record, and the columns inside it, its FILTER included."""

    name: str
    node: Node
    columns: tuple[Node, ...]


@dataclass(frozen=True)
class Select:
    """One SELECT without its subqueries. blurred: it reads subqueries or CTEs too, whose columns are not known here."""

    node: Node
    reads: tuple[Read, ...]
    blurred: bool

    @cached_property
    def clauses(self) -> Mapping[str, Any]:
        """Its clauses, FROM only as the conditions of its joins."""
        return _clauses(self.node)

    @cached_property
    def columns(self) -> tuple[Node, ...]:
        """Every column named, in any clause."""
        return tuple(columns_of(list(self.clauses.values())))

    @cached_property
    def told(self) -> frozenset[str]:
        """The names that a filter, a group or a condition says, sums aside: what a reader can tell the rows apart by."""
        clauses = self.clauses
        conditions = [part for key, part in clauses.items() if key != "select_list"]
        inside = [c for s in self.sums for c in _conditions(s.node)]
        plain = [part for part in clauses["select_list"] if not any(True for _ in _sums(part))]
        grouped = plain if self.grouped else []
        using = {fold(n) for part in _walk(self.node.get("from_table")) for n in part.get("using_columns") or ()}
        return frozenset(last(c) for c in columns_of([conditions, inside, grouped])) | (
            using if self.blurred else set()
        )

    @property
    def grouped(self) -> bool:
        """Whether it has a GROUP BY."""
        return bool(self.node.get("group_expressions")) or self.node.get("aggregate_handling") == "FORCE_AGGREGATES"

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """Its aggregates."""
        return tuple(_sums(list(self.clauses.values())))

    def owner(self, column: Node) -> Read | None:
        """The relation that a column is of; None when that is not certain."""
        name = last(column)
        if len(column["column_names"]) > 1:
            alias = fold(column["column_names"][-2])
            return next((r for r in self.reads if r.alias == alias and name in r.names), None)
        held = [r for r in self.reads if name in r.names]
        return held[0] if len(held) == 1 and not self.blurred else held[0] if held and not self.blurred else None

    def grouped_by(self, read: Read) -> frozenset[str]:
        """The columns of a relation that its groups are of, by name or by their place in the select list."""
        items = self.node["select_list"]
        groups = [
            items[int(at) - 1] if (at := literal(part)).isdigit() and 0 < int(at) <= len(items) else part
            for part in self.node.get("group_expressions") or ()
        ]
        if self.node.get("aggregate_handling") == "FORCE_AGGREGATES":
            groups += items
        whole = len(self.node.get("group_sets") or ()) <= 1
        columns = [part for part in groups if whole and part.get("class") == "COLUMN_REF"]
        return frozenset(last(part) for part in columns if self.owner(part) is read)

    def fixed(self, read: Read) -> frozenset[str]:
        """The columns of a relation that a join or a filter holds to one value a row of the others."""
        found: set[str] = set()
        for part in _walk([self.clauses.get("where_clause"), self.node.get("from_table")]):
            if part.get("type") == "JOIN":
                found |= {fold(name) for name in part.get("using_columns") or ()}
            if part.get("type") == "COMPARE_EQUAL":
                for here, there in ((part["left"], part["right"]), (part["right"], part["left"])):
                    if here.get("class") == "COLUMN_REF" and self.owner(here) is read:
                        other = there.get("class") == "COLUMN_REF" and self.owner(there) is read
                        found |= set() if other else {last(here)}
        return frozenset(found)


def type_of(read: Read, column: Node) -> str:
    """The SQL type of a relation's column, in capitals; empty where it has no such column."""
    return next((c.type.upper() for c in read.relation.columns if c.name == last(column)), "")


def last(column: Node) -> str:
    """A column's name without its relation."""
    return fold(str(column["column_names"][-1]))


def literal(node: Node) -> str:
    """The text of a literal, of one that is cast, too; empty for anything else."""
    if node.get("class") == "CAST":
        return literal(node["child"])
    return str((node.get("literal") or {}).get("text") or "") if node.get("class") == "CONSTANT" else ""


def is_call(node: Node, *names: str) -> bool:
    """Whether it is a call of one of these functions."""
    return node.get("class") in CALLS and fold(str(node.get("function_name"))) in names


def given(node: Node) -> list[Node]:
    """What a function is called with."""
    return [argument["expression"] for argument in node.get("arguments") or ()]


def selects(sites: Iterable[Site], catalog: Catalog) -> tuple[Select, ...]:
    """Every SELECT of a statement, outer first."""
    return tuple(_select(s.node, catalog) for s in sites if s.kind == "SELECT_NODE" and "select_list" in s.node)


def _select(node: Node, catalog: Catalog) -> Select:
    reads: list[Read] = []
    blurred = False
    for place, once in _places(node.get("from_table") or {}, once=False):
        call = place.get("function") or {}
        name = fold(str(place.get("table_name") or call.get("function_name") or ""))
        if (relation := catalog.relations.get(name)) is None:
            blurred = True
        else:
            reads.append(Read(relation, fold(str(place.get("alias") or name)), place, once))
    return Select(node, tuple(reads), blurred)


def _places(part: Node, *, once: bool) -> Iterator[tuple[Node, bool]]:
    if part.get("type") == "JOIN":
        alone = part.get("join_type") in _ONE_ROW_EACH or part.get("ref_type") == "ASOF"
        yield from _places(part["left"], once=once)
        yield from _places(part["right"], once=once or alone)
    elif part.get("type") in ("BASE_TABLE", "TABLE_FUNCTION", "SUBQUERY", "PIVOT", "EXPRESSION_LIST"):
        yield part, once


def _clauses(node: Node) -> dict[str, Any]:
    """The clauses of a SELECT, its FROM only as the conditions of its joins."""
    kept = {
        key: node[key]
        for key in ("select_list", "where_clause", "group_expressions", "having", "qualify")
        if key in node
    }
    return kept | {
        "joins": [part.get("condition") for part in _walk(node.get("from_table")) if part.get("type") == "JOIN"]
    }


def _walk(part: Any) -> Iterator[Node]:
    """Every record, outer first, without what is inside a subquery."""
    todo = [part]
    while todo:
        node = todo.pop()
        if isinstance(node, list):
            todo += reversed(node)
        elif isinstance(node, dict):
            yield node
            if node.get("class") != "SUBQUERY" and node.get("type") != "SUBQUERY":
                todo += [value for value in reversed(node.values()) if type(value) in PARTS]


def deep(part: Any) -> Iterator[Node]:
    """Every record, subqueries too."""
    todo = [part]
    while todo:
        node = todo.pop()
        if isinstance(node, list):
            todo += reversed(node)
        elif isinstance(node, dict):
            yield node
            todo += [value for value in reversed(node.values()) if type(value) in PARTS]


def columns_of(part: Any) -> Iterator[Node]:
    """The columns named in a part, without those of subqueries."""
    return (node for node in _walk(part) if node.get("class") == "COLUMN_REF")


def _sums(part: Any) -> Iterator[Sum]:
    for node in _walk(part):
        if is_call(node, *SUMS):
            yield Sum(fold(node["function_name"]), node, tuple(columns_of([given(node), node.get("filter")])))


def _conditions(node: Node) -> Iterator[Any]:
    """What inside an aggregate tells rows apart: its FILTER, its window's parts, and the conditions of CASE and if."""
    yield node.get("filter")
    yield node.get("partitions")
    for part in _walk(given(node)):
        if part.get("class") == "CASE":
            yield from (check["when_expr"] for check in part["case_checks"])
        elif part.get("class") == "COMPARISON" or is_call(part, "if"):
            yield part
