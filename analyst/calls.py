"""The rules of what a statement calls: table functions, our macros and their arguments, functions, types. One function a rule."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from analyst import expansion
from analyst.case import UNKNOWN, Case, No
from analyst.catalog import Relation
from analyst.kinds import (
    DIGITS,
    LITERALS,
    NAMING,
    SHAPING,
    SIZE,
    SIZED,
    TABLE_FUNCTIONS,
    TYPES,
)
from analyst.tree import Site, fold


def table_functions(site: Site, case: Case) -> No | None:
    """A function after FROM is one of TABLE_FUNCTIONS or a published macro."""
    catalog, call = case.catalog, site.node["function"]
    name, path = fold(call["function_name"]), [fold(step) for step in call["qualified_name"]["path"]]
    if call["class"] != "FUNCTION" or path[-1] != name:
        return UNKNOWN
    if (len(path) == 1 and name in TABLE_FUNCTIONS) or (path[:-1] in ([], ["main"]) and name in catalog.macros):
        return None
    if path[:-1] in ([], ["main"]) and name in catalog.tables:
        return No(f"{name} is a relation without arguments", (name,), case.example([name]))
    near = catalog.called(name) or catalog.near(name, [*catalog.macros, *catalog.tables])
    return No(f"there is no table function {name[:60]}", tuple(near), case.example(near))


def _fits(given: Mapping[str, Any], wanted: str) -> bool:
    """Whether a literal can stand for an argument of this type; what is not a literal is the engine's to bind."""
    if given["class"] != "CONSTANT" or not wanted:
        return True
    kinds = LITERALS.get(given.get("literal", {}).get("kind", ""))
    return kinds is None or wanted.lower().startswith(kinds)


def _bare(part: Any) -> bool:
    """Whether a column is named without its relation anywhere but in a subquery."""
    if isinstance(part, list):
        return any(map(_bare, part))
    if not isinstance(part, dict) or part.get("class") == "SUBQUERY":
        return False
    if part.get("class") == "COLUMN_REF":
        return len(part["column_names"]) == 1
    return any(_bare(value) for value in part.values())


def told(relation: Relation) -> str:
    """What a macro takes."""
    return f"{relation.name} takes ({', '.join(f'{a.name} {a.type}'.strip() for a in relation.args)})"


def macro_arguments(site: Site, case: Case) -> No | None:
    """A macro gets the arguments of its header: number, names, types of literals; no bare column, which its body would take for its own."""
    call = site.node["function"]
    name = fold(call["function_name"])
    if (relation := case.catalog.relations.get(name)) is None or relation.kind != "macro":
        return None
    case.found.relations.add(name)
    wanted, given = {a.name.lower(): a.type for a in relation.args}, call["arguments"]
    types = [wanted.get(fold(a["name"])) if a["name"] else t for a, t in zip(given, wanted.values(), strict=False)]
    right = len(given) == len(wanted) and all(
        t is not None and _fits(a["expression"], t) for a, t in zip(given, types, strict=True)
    )
    if any(_bare(argument["expression"]) for argument in given):
        why = f"{name} takes a value, or a column named with its relation: a bare column is read inside {name}"
        return No(why, (name,), relation.example(case.as_of))
    return None if right else No(told(relation), (name,), relation.example(case.as_of))


def macro_scope(site: Site, case: Case) -> No | None:
    """No name in a macro's argument is one that the macro's body would take for its own."""
    call = site.node["function"]
    name = fold(call["function_name"])
    if name not in case.catalog.macros:
        return None
    sight = expansion.Sight(name, case.catalog, case.catalog.inside(name), site.scope, case.tree.gives)
    why = next((why for a in call["arguments"] for why in expansion.mistaken(a["expression"], sight)), "")
    return No(why, (name,), case.catalog.relations[name].example(case.as_of)) if why else None


def macro_chance(site: Site, case: Case) -> No | None:
    """An argument of a macro of ours is one value: the body may hold it in several places, and each would draw again."""
    call = site.node["function"] if site.kind == "TABLE_FUNCTION" else site.node
    name = fold(call["function_name"])
    if name not in case.catalog.macros and name not in case.catalog.scalars:
        return None
    drawn = expansion.chance([a["expression"] for a in call["arguments"]])
    return (
        No(f"{name} takes one value: what is drawn by lot would be drawn again in each place inside it")
        if drawn
        else None
    )


def functions(site: Site, case: Case) -> No | None:
    """A function is in the frozen list of this engine version, or a published scalar macro."""
    name = fold(site.node["function_name"])
    if name in NAMING:  # list_aggregate(l, 'sum') names another function in its second argument
        literal = (site.node["arguments"][1:2] or [{"expression": {}}])[0]["expression"].get("literal") or {}
        name = fold(literal.get("text") or "a name that is computed")
    known = name in case.functions or name in case.catalog.scalars or name in SIZED
    if known and not site.node.get("export_state"):
        return None
    near = case.catalog.near(name, [*case.functions, *case.catalog.scalars])
    return No(f"the function {name[:60]} is not allowed or not known", tuple(near))


def _whole(argument: Mapping[str, Any]) -> int | None:
    """An integer literal, None for anything else."""
    literal = argument.get("literal") or {}
    kind, text = literal.get("kind"), literal.get("text") or ""
    return int(text) if argument["class"] == "CONSTANT" and kind == "INTEGER" and len(text) < DIGITS else None


def _pattern(argument: Mapping[str, Any]) -> bool:
    """Whether a text literal asks for no width beyond three digits and none that is computed."""
    text = (argument.get("literal") or {}).get("text") or ""
    return argument["class"] == "CONSTANT" and not re.search(r"\d{4}|\*|\{[^}]*\{", text)


# The argument that says how much, where it is not the second.
_SIZE_AT = {"to_base": 2, "bar": 3, "equi_width_bins": 2}


def sizes(site: Site, case: Case) -> No | None:
    """A function whose argument says how large its result is gets that argument as a small literal."""
    name = fold(site.node["function_name"])
    if name not in SIZED or name in case.catalog.scalars:
        return None
    given = [argument["expression"] for argument in site.node["arguments"]]
    whole = [_whole(argument) for argument in given]
    if name in ("format", "printf"):
        small = bool(given) and _pattern(given[0])
    elif name in ("range", "generate_series"):
        small = bool(given) and all(n is not None and abs(n) <= SIZE * 10 for n in whole)
    elif name in _SIZE_AT:  # a size that may be left out
        small = all(n is not None and n <= SIZE for n in whole[_SIZE_AT[name] :][:1])
    else:
        small = len(given) > 1 and whole[1] is not None and whole[1] <= SIZE
        small = small and (name != "repeat" or given[0]["class"] == "CONSTANT")
    return None if small else No(f"{name} takes literals here, of at most {SIZE} characters or items")


def function_paths(site: Site, _: Case) -> No | None:
    """A function is named without a schema and without a dot before it."""
    name = fold(site.node["function_name"])[:40]
    plain = len(site.path) == 1 and not site.node["catalog"] and not site.node["schema"]
    return None if plain else No(f"write {name}(x) rather than x.{name}()")


def types(site: Site, case: Case) -> No | None:
    """A type is one of TYPES."""
    name = fold(site.node["type_name"])
    if len(site.path) == 1 and name in TYPES:
        return None
    return No(f"the type {name[:40]} is not allowed", tuple(case.catalog.near(name, TYPES)))


def _types(structure: Any) -> Iterator[str]:
    """Words of the types in a structure."""
    if isinstance(structure, dict | list):
        for part in structure.values() if isinstance(structure, dict) else structure:
            yield from _types(part)
    else:
        yield from re.findall(r"[^\W\d]\w*", fold(str(structure)))


def structures(site: Site, case: Case) -> No | None:
    """A structure given as text is a literal, and its types are of TYPES too."""
    name = fold(site.node["function_name"])
    if name not in SHAPING:
        return None
    given = [a["expression"].get("literal") or {} for a in site.node["arguments"]]
    try:
        words = list(_types(json.loads(given[1]["text"])))
    except (IndexError, KeyError, ValueError):
        return No(f'{name} takes its structure as a JSON literal, such as \'{{"a":"DECIMAL(18,2)"}}\'')
    wrong = next((word for word in words if word not in TYPES), None)
    return No(f"the type {wrong[:40]} is not allowed", tuple(case.catalog.near(wrong, TYPES))) if wrong else None
