"""The guard: what is not known to be harmless is refused.

It reads the engine's own parse (`json_serialize_sql`), so there is no second parser to disagree with it, and puts every place of it before
RULES. One rule is one promise, kept by one function of analyst.rules or analyst.calls; its id goes into the audit log. It runs in the
worker: parsing itself can be an attack.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from analyst import calls, caution, expansion, lexer, moment, rules, taint
from analyst.case import UNKNOWN, Case, Checked, No
from analyst.catalog import Catalog
from analyst.errors import QueryFailed, Refused
from analyst.kinds import LENGTH
from analyst.tree import Site

_NEAR_TOKEN = re.compile(r'at or near "(.{1,40}?)"', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rule:
    """One promise. at: the kinds of places it judges; empty for every place of the parse."""

    id: str
    at: frozenset[str]
    judge: Callable[[Site, Case], No | None]


def _rule(name: str, at: str, judge: Callable[[Site, Case], No | None]) -> Rule:
    return Rule(f"guard.{name}", frozenset(at.split()), judge)


RULES: tuple[Rule, ...] = (
    _rule("length", "TEXT", rules.length),
    _rule("characters", "TEXT", rules.characters),
    _rule("depth", "TEXT", rules.depth),
    _rule("only_select", "STATEMENT", rules.only_select),
    _rule("one_statement", "STATEMENT", rules.one_statement),
    _rule("describe", "SHOW_REF", rules.describe),
    _rule("node_kinds", "", rules.node_kinds),
    _rule("pivot_values", "PLAIN", rules.pivot_values),
    _rule("cte_names", "CTE RECURSIVE_CTE_NODE", rules.cte_names),
    _rule("moment", "BASE_TABLE", rules.moment),
    _rule("cte_scope", "BASE_TABLE", rules.cte_scope),
    _rule("relations", "BASE_TABLE", rules.relations),
    _rule("table_functions", "TABLE_FUNCTION", calls.table_functions),
    _rule("macro_arguments", "TABLE_FUNCTION", calls.macro_arguments),
    _rule("macro_scope", "TABLE_FUNCTION", calls.macro_scope),
    _rule("macro_chance", "TABLE_FUNCTION FUNCTION", calls.macro_chance),
    _rule("function_paths", "FUNCTION WINDOW", calls.function_paths),
    _rule("functions", "FUNCTION WINDOW", calls.functions),
    _rule("sizes", "FUNCTION WINDOW", calls.sizes),
    _rule("telling_names", "COLUMN_REF", rules.telling_names),
    _rule("types", "TYPE", calls.types),
    _rule("structures", "FUNCTION", calls.structures),
    _rule("parameters", "PARAMETER", rules.parameters),
)
_ANY_KIND = tuple(rule for rule in RULES if not rule.at)
_BY_KIND = {
    kind: tuple(r for r in RULES if kind in r.at or (not r.at and kind not in ("TEXT", "STATEMENT")))
    for kind in frozenset().union(*(rule.at for rule in RULES))
}


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
        shape = lexer.measure(sql) if len(sql) <= LENGTH else lexer.Shape(0, 0, "")
        case = Case(self.catalog, self.functions, self.as_of, Checked(shape.core), parameters)
        judge(Site("TEXT", {"sql": sql, "depth": shape.depth}), case)
        if not shape.core.strip():
            raise QueryFailed("the statement is empty", fix=self.example())
        # The very text that will run: what is judged and what runs can then not be two things.
        answer = json.loads(serialize(shape.core))
        judge(Site("STATEMENT", answer), case)
        if answer["error"]:
            self._not_parsed(answer["error_message"])
        try:
            case.tree.visit(answer["statements"][0]["node"])
            for site in case.tree.sites:
                judge(site, case)
        except (KeyError, TypeError, AttributeError, IndexError):
            # A record without the parts that its kind always has: not a parse this guard was written for.
            raise Refused(UNKNOWN.why, fix=self.example(), rule="guard.node_kinds") from None
        case.found.drawn = expansion.chance(answer)
        case.found.lasting = not case.found.drawn and not moment.asked(case.tree.sites)
        case.found.cautions = caution.of(case.tree.sites, self.catalog, self.as_of)
        case.found.marks = taint.follow(
            case.tree.sites, answer["statements"][0]["node"], case.found.relations, self.catalog
        )
        return case.found

    def _not_parsed(self, message: str) -> NoReturn:
        if "expression depth" in message:
            raise Refused(
                "it has more than 1000 terms in a row: IN (…) takes a list", fix=self.example(), rule="guard.depth"
            )
        token = _NEAR_TOKEN.search(message)
        raise QueryFailed(f"not valid SQL near {token[1]!r}" if token else "not valid SQL", fix=self.example())

    def example(self) -> str:
        """A statement that runs."""
        return self.catalog.example((), self.as_of)


def judge(site: Site, case: Case) -> None:
    """Put one place before the rules of its kind. Raises Refused."""
    for rule in _BY_KIND.get(site.kind, _ANY_KIND):
        if (no := rule.judge(site, case)) is not None:
            raise Refused(no.why, near=no.near, fix=no.fix or case.example(), rule=rule.id)
