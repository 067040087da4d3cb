"""The guard: what is not known to be harmless is refused.

It reads the engine's own parse (`json_serialize_sql`), so there is no second parser to disagree with it, and walks every node of it.
Rules, each raising Refused with its name: text, one-statement, only-select, node, relation, cte, function, macro, type, parameter.
It runs in the worker: parsing itself can be an attack.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from analyst import lexer
from analyst.catalog import Catalog
from analyst.errors import QueryFailed, Refused

LENGTH = 20_000
DEPTH = 64

QUERIES = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE"})
PLACES = frozenset({"BASE_TABLE", "SUBQUERY", "JOIN", "TABLE_FUNCTION", "EXPRESSION_LIST", "EMPTY", "PIVOT"})
MODIFIERS = frozenset(
    "ORDER_MODIFIER LIMIT_MODIFIER LIMIT_PERCENT_MODIFIER DISTINCT_MODIFIER ORDER_DEFAULT ASCENDING DESCENDING".split()  # noqa: SIM905
)
EXPRESSIONS = frozenset(
    "COLUMN_REF FUNCTION CONSTANT STAR CAST CASE COMPARISON CONJUNCTION OPERATOR SUBQUERY WINDOW LAMBDA BETWEEN COLLATE PARAMETER "  # noqa: SIM905
    "POSITIONAL_REFERENCE TYPE".split()
)
# Keys of the records that carry no kind of their own: CTE entries, arguments, names, literals, samples, pivots.
PLAIN_KEYS = frozenset(
    "node named_param_map map key value name expression path kind text aliases materialized key_targets payload_aggregates query_node "  # noqa: SIM905
    "is_percentage method repeatable sample_rate sample_size seed id type_info pivot_expressions unpivot_names entries pivot_enum values "
    "star_expr alias catalog schema table column when_expr then_expr type is_null".split()
)
TABLE_FUNCTIONS = frozenset({"unnest", "range", "generate_series"})
# Names that the engine turns from a column into a function that tells about itself.
TELLING_NAMES = frozenset(
    ["current_catalog", "current_role", "current_schema", "current_user", "session_user", "user", "current_database"]
)
TYPES = frozenset(
    "boolean bool logical tinyint smallint integer int bigint hugeint utinyint usmallint uinteger ubigint uhugeint int1 int2 int4 int8 "  # noqa: SIM905
    "int16 int32 int64 int128 uint8 uint16 uint32 uint64 uint128 short long signed integral decimal dec numeric float float4 float8 real "
    "double varchar char bpchar text string nvarchar blob bytea binary varbinary date time timetz timestamp datetime timestamptz "
    "timestamp_s timestamp_ms timestamp_us timestamp_ns interval uuid guid json bit bitstring struct row list map array union enum".split()
) | {"time with time zone", "timestamp with time zone", "time without time zone", "timestamp without time zone"}
_ASCII_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_NEAR_TOKEN = re.compile(r'at or near "(.{1,40}?)"', re.DOTALL)


def fold(name: str) -> str:
    """A name as the engine compares it: ASCII letters only, so that no other letter can stand for one of them."""
    return name.translate(_ASCII_LOWER)


@dataclass(slots=True)
class Checked:
    """A statement that may run: its text without a closing semicolon, the relations and parameters that it names."""

    core: str
    relations: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Guard:
    """The check of one snapshot's catalog under one engine's function list. as_of: a date for examples."""

    catalog: Catalog
    functions: frozenset[str]
    as_of: str

    def check(self, sql: str, serialize: Callable[[str], str], parameters: frozenset[str] = frozenset()) -> Checked:
        """Let one SELECT over published relations pass.

        serialize:  runs the engine's json_serialize_sql.
        parameters: the names a certified statement binds; a caller's statement has none.
        Raises:     Refused naming its rule, QueryFailed when it is not SQL.
        """
        shape = self._text(sql)
        tree = json.loads(serialize(sql))
        if tree["error"]:
            self._not_parsed(tree)
        if len(tree["statements"]) != 1:
            raise Refused("one statement at a time", fix="send the statements one by one", rule="one-statement")
        statement = tree["statements"][0]
        if statement.keys() - {"node", "named_param_map"}:
            raise Refused("only SELECT runs here", fix=self.example(), rule="only-select")
        walk = _Walk(self, Checked(shape.core), parameters)
        try:
            walk.node(statement["node"], frozenset())
        except (KeyError, TypeError, AttributeError):
            # A node without the parts that its kind always has: not a parse this guard was written for.
            raise Refused("a part of the statement is not known to this guard", rule="node") from None
        return walk.found

    def _text(self, sql: str) -> lexer.Shape:
        """Length, NUL and brackets, before the parser sees them."""
        if len(sql) > LENGTH:
            raise Refused(f"the statement has {len(sql)} characters, {LENGTH} are allowed", rule="text")
        if "\0" in sql:
            raise Refused("the statement holds a NUL character", rule="text")
        shape = lexer.measure(sql)
        if shape.depth > DEPTH:
            raise Refused(f"brackets nest {shape.depth} deep, {DEPTH} are allowed", rule="text")
        if not shape.core.strip():
            raise QueryFailed("the statement is empty", fix=self.example())
        return shape

    def _not_parsed(self, tree: Mapping[str, Any]) -> NoReturn:
        if tree["error_type"] == "not implemented":
            raise Refused("only SELECT runs here; PIVOT needs its IN (…) list", fix=self.example(), rule="only-select")
        token = _NEAR_TOKEN.search(tree["error_message"])
        raise QueryFailed(f"not valid SQL near {token[1]!r}" if token else "not valid SQL", fix=self.example())

    def example(self) -> str:
        """A statement that runs."""
        for relation in self.catalog.relations.values():
            if relation.kind != "scalar" and all(a.type.lower() == "date" for a in relation.args):
                return relation.example(self.as_of)
        return "SELECT 1"


@dataclass(slots=True)
class _Walk:
    """One pass over a parse. Scope is the set of CTE names visible at a place."""

    guard: Guard
    found: Checked
    bound: frozenset[str]

    def node(self, part: Any, scope: frozenset[str]) -> None:
        """Check any part of the tree by its kind; what has no known kind is refused."""
        if isinstance(part, list):
            for item in part:
                self.node(item, scope)
        elif isinstance(part, dict):
            kind = part.get("class") or part.get("type")
            if "class" in part:
                self._expression(part, scope)
            elif not isinstance(kind, str):
                self._plain(part, scope)
            elif kind in QUERIES:
                self._query(part, scope)
            elif kind in PLACES:
                self._place(part, scope)
            elif kind in MODIFIERS:
                self._inside(part, scope)
            elif kind == "SHOW_REF":
                raise Refused(
                    "DESCRIBE, SUMMARIZE and SHOW are answered by the tool describe",
                    fix='describe {"name":""}',
                    rule="node",
                )
            else:
                raise Refused(f"{kind.removesuffix('_NODE').replace('_', ' ').lower()} is not allowed", rule="node")

    def _inside(self, part: Mapping[str, Any], scope: frozenset[str], but: tuple[str, ...] = ()) -> None:
        for key, value in part.items():
            if key not in but and isinstance(value, dict | list):
                self.node(value, scope)

    def _plain(self, part: Mapping[str, Any], scope: frozenset[str]) -> None:
        if part.keys() - PLAIN_KEYS:
            raise Refused("a part of the statement is not known to this guard", rule="node")
        if part.get("pivot_enum"):
            raise Refused("PIVOT by an ENUM is not allowed; give the values with IN (…)", rule="node")
        self._inside(part, scope)

    def _query(self, part: Mapping[str, Any], scope: frozenset[str]) -> None:
        for entry in part["cte_map"]["map"]:
            name = fold(entry["key"])
            if name in self.guard.catalog.relations:
                raise Refused(
                    f"a CTE may not be called {name}: a relation has that name", fix="rename the CTE", rule="cte"
                )
            if entry.keys() - PLAIN_KEYS:
                raise Refused("a part of the statement is not known to this guard", rule="node")
            # Visible only to what follows it; its own name only in the recursive arm (see RECURSIVE_CTE_NODE below).
            self._plain(entry["value"], scope)
            scope |= {name}
        if part["type"] == "RECURSIVE_CTE_NODE":
            own = fold(part["cte_name"])
            if own in self.guard.catalog.relations:
                raise Refused(
                    f"a CTE may not be called {own}: a relation has that name", fix="rename the CTE", rule="cte"
                )
            self.node(part["right"], scope | {own})
            self._inside(part, scope, but=("cte_map", "right"))
        else:
            self._inside(part, scope, but=("cte_map",))

    def _place(self, part: Mapping[str, Any], scope: frozenset[str]) -> None:
        if part["type"] == "BASE_TABLE":
            self._relation(part, scope)
        if part["type"] == "TABLE_FUNCTION":
            self._table_function(part["function"], scope)
        self._inside(part, scope, but=("function",))

    def _relation(self, part: Mapping[str, Any], scope: frozenset[str]) -> None:
        catalog = self.guard.catalog
        path = [fold(step) for step in part["qualified_name"]["path"]]
        if part["at_clause"] is not None:
            raise Refused("AT is not allowed: a snapshot has one moment", rule="relation")
        if len(path) == 1 and path[0] in scope:
            return
        name = path[-1]
        if path[:-1] in ([], ["main"]) and name in catalog.tables:
            self.found.relations.add(name)
            return
        if path[:-1] in ([], ["main"]) and name in catalog.macros:
            raise Refused(
                f"{name} needs its arguments",
                near=[name],
                fix=catalog.relations[name].example(self.guard.as_of),
                rule="relation",
            )
        near = catalog.near(name, [*catalog.tables, *catalog.macros])
        fix = catalog.relations[near[0]].example(self.guard.as_of) if near else self.guard.example()
        raise Refused(f"there is no relation {'.'.join(path)[:60]}", near=near, fix=fix, rule="relation")

    def _table_function(self, call: Mapping[str, Any], scope: frozenset[str]) -> None:
        catalog = self.guard.catalog
        name = fold(call["function_name"])
        if len(call["qualified_name"]["path"]) == 1 and name in TABLE_FUNCTIONS:
            self._inside(call, scope)
            return
        if [fold(p) for p in call["qualified_name"]["path"][:-1]] not in ([], ["main"]) or name not in catalog.macros:
            near = catalog.near(name, catalog.macros)
            fix = catalog.relations[near[0]].example(self.guard.as_of) if near else self.guard.example()
            raise Refused(f"there is no table function {name[:60]}", near=near, fix=fix, rule="macro")
        if len(call["arguments"]) != catalog.macros[name]:
            wanted = ", ".join(f"{a.name} {a.type}".strip() for a in catalog.relations[name].args)
            raise Refused(
                f"{name} takes ({wanted})",
                near=[name],
                fix=catalog.relations[name].example(self.guard.as_of),
                rule="macro",
            )
        self.found.relations.add(name)
        self._inside(call, scope)

    def _expression(self, part: Mapping[str, Any], scope: frozenset[str]) -> None:
        kind = part["class"]
        if kind not in EXPRESSIONS:
            raise Refused(f"{kind.replace('_', ' ').lower()} is not allowed", rule="node")
        if kind in ("FUNCTION", "WINDOW"):
            self._function(part)
        elif kind == "TYPE":
            name = fold(part["type_name"])
            if len(part["qualified_name"]["path"]) != 1 or name not in TYPES:
                raise Refused(
                    f"the type {name[:40]} is not allowed", near=self.guard.catalog.near(name, TYPES), rule="type"
                )
        elif kind == "COLUMN_REF" and len(part["column_names"]) == 1 and fold(part["column_names"][0]) in TELLING_NAMES:
            raise Refused(f"{fold(part['column_names'][0])} is not allowed", rule="function")
        elif kind == "PARAMETER":
            if part["identifier"] not in self.bound:
                raise Refused("parameters are not bound here; write the value", rule="parameter")
            self.found.parameters.add(part["identifier"])
        self._inside(part, scope)

    def _function(self, part: Mapping[str, Any]) -> None:
        name = fold(part["function_name"])
        if len(part["qualified_name"]["path"]) != 1 or part["catalog"] or part["schema"]:
            raise Refused(f"write {name[:40]}(x) rather than x.{name[:40]}()", rule="function")
        if part.get("export_state") or (name not in self.guard.functions and name not in self.guard.catalog.scalars):
            near = self.guard.catalog.near(name, [*self.guard.functions, *self.guard.catalog.scalars])
            raise Refused(f"the function {name[:60]} is not allowed or not known", near=near, rule="function")
