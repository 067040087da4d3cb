"""A macro's argument in the place where the engine puts it: inside the macro's body, where other names are in sight.

The engine writes the argument's text into the body wherever the parameter stands. A column of the caller's `d` is then read from the body's
own `d`, and random() is drawn once for each place: a wrong number without an error. What could be read so is refused before it runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from analyst.catalog import Catalog
from analyst.tree import PARTS, columns, fold

ANY = "*"
# Functions that answer otherwise each time they stand in a text.
CHANCE = frozenset({"random", "uuid", "gen_random_uuid", "uuidv4", "uuidv7"})


@dataclass(frozen=True, slots=True)
class Sight:
    """What an argument of one macro can see. inside: names of the body, None when not known; scope: CTEs of the caller.

    own, known: aliases and columns of the argument's own subqueries around a place; deep: whether there are any.
    """

    macro: str
    catalog: Catalog
    inside: frozenset[str] | None
    scope: frozenset[str]
    gives: Mapping[str, frozenset[str]]
    own: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    deep: bool = False


def mistaken(part: Any, sight: Sight) -> Iterator[str]:
    """Why names of an argument would be read inside the body, one sentence each."""
    if isinstance(part, list):
        for item in part:
            yield from mistaken(item, sight)
    elif isinstance(part, dict):
        if "cte_map" in part:
            own, known = _sources(part.get("from_table"), sight)
            sight = replace(sight, own=sight.own | own, known=sight.known | known, deep=True)
        elif part.get("class") == "COLUMN_REF":
            yield from _column([fold(name) for name in part["column_names"]], sight)
        elif part.get("type") == "BASE_TABLE":
            name = fold(part["table_name"])
            if name in sight.scope and (sight.inside is None or name in sight.inside):
                yield f"{sight.macro} has a CTE or an alias {name} of its own: rename the CTE"
        for value in part.values():
            yield from mistaken(value, sight)


def _column(names: list[str], sight: Sight) -> Iterator[str]:
    if len(names) == 1:
        if sight.deep and not sight.known & {names[0], ANY}:
            yield f"name the column {names[0]} with its relation: inside {sight.macro} it may be another one"
    elif names[0] not in sight.own:
        taken = [name for name in names[:-1] if sight.inside is None or name in sight.inside]
        if taken:
            yield f"{sight.macro} has a relation or an alias {taken[0]} of its own: give yours another alias"


def _sources(part: Any, sight: Sight) -> tuple[frozenset[str], frozenset[str]]:
    """Aliases of a FROM, and the columns in it that are known by name."""
    if not isinstance(part, dict):
        return frozenset(), frozenset()
    if part["type"] == "JOIN":
        left, right = _sources(part["left"], sight), _sources(part["right"], sight)
        if part["join_type"] in ("SEMI", "ANTI"):  # one side is not seen behind it
            return left[0] | right[0], frozenset()
        return left[0] | right[0], left[1] | right[1]
    name = fold(part.get("table_name") or (part.get("function") or {}).get("function_name") or "")
    alias = frozenset({fold(part["alias"]) or name}) - {""}
    if listed := part.get("column_name_alias"):
        return alias, frozenset(map(fold, listed))
    known = frozenset({ANY} if part["type"] == "BASE_TABLE" else ())  # not published: another rule says so
    if name in sight.scope:
        known = sight.gives.get(name, frozenset())
    elif name in sight.catalog.relations:
        known = frozenset(fold(column.name) for column in sight.catalog.relations[name].columns)
    elif part["type"] == "SUBQUERY":
        query = part["subquery"]["node"]
        known = columns(query)
        if any(map(_everything, query.get("select_list") or ())) and not query["cte_map"]["map"]:
            known |= _sources(query.get("from_table"), sight)[1]
    return alias, known


def _everything(item: Mapping[str, Any]) -> bool:
    """Whether an item of a select list is a bare star."""
    changed = (
        "relation_name",
        "exclude_list",
        "replace_list",
        "rename_list",
        "qualified_exclude_list",
        "columns",
        "expr",
    )
    return item.get("class") == "STAR" and not any(item.get(key) for key in changed)


def chance(part: Any) -> bool:
    """Whether an expression draws by lot anywhere."""
    todo = [part]
    while todo:
        node = todo.pop()
        if isinstance(node, list):
            todo += node
        elif isinstance(node, dict):
            if node.get("class") == "FUNCTION" and fold(node["function_name"]) in CHANCE:
                return True
            if node.get("sample"):
                return True
            todo += [value for value in node.values() if type(value) in PARTS]
    return False
