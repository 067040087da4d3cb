"""What the guard's rules judge by: one function a rule, each looking at one place of the parse and saying why it may not be there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from analyst import expansion
from analyst.catalog import Catalog, Relation
from analyst.kinds import (
    DEPTH,
    DIGITS,
    EXPRESSIONS,
    LENGTH,
    LITERALS,
    MODIFIERS,
    NAMING,
    NARROWING,
    PLACES,
    PLAIN_KEYS,
    SHAPING,
    SIZE,
    SIZED,
    TABLE_FUNCTIONS,
    TELLING_NAMES,
    TYPES,
)
from analyst.taint import Marks
from analyst.tree import QUERIES, Site, Tree, fold


@dataclass(slots=True)
class Checked:
    """A statement that may run: its text without a closing semicolon, the relations and parameters that it names.

    marks: the names in it that stand for text from outside. drawn: another run may give other rows. cautions: why it may be
    wrong although it runs.
    """

    core: str
    relations: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)
    marks: Marks = field(default_factory=Marks)
    drawn: bool = False
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class No:
    """A rule's refusal: why, real names that are near, and something that runs (empty: any example)."""

    why: str
    near: tuple[str, ...] = ()
    fix: str = ""


@dataclass(slots=True)
class Case:
    """One statement before the rules. bound: names of parameters that have values; as_of: a date for examples."""

    catalog: Catalog
    functions: frozenset[str]
    as_of: str
    found: Checked
    bound: frozenset[str]
    tree: Tree = field(default_factory=Tree)

    def example(self, near: Iterable[str] = ()) -> str:
        """A statement that runs: over the first of these relations, or over any."""
        return self.catalog.example(near, self.as_of)


UNKNOWN = No("a part of the statement is not known to this guard")


def length(site: Site, _: Case) -> No | None:
    """A text longer than LENGTH never reaches the parser."""
    size = len(site.node["sql"])
    return No(f"the statement has {size} characters, {LENGTH} are allowed") if size > LENGTH else None


def characters(site: Site, _: Case) -> No | None:
    """A NUL or half a surrogate never reaches the parser: what is checked and what is run are the same text."""
    sql: str = site.node["sql"]
    if "\0" in sql:
        return No("the statement holds a NUL character")
    if any("\ud800" <= letter <= "\udfff" for letter in sql):
        return No("the statement is not valid Unicode")
    return None


def depth(site: Site, _: Case) -> No | None:
    """Brackets deeper than DEPTH never reach the parser."""
    deep = site.node["depth"]
    return No(f"brackets nest {deep} deep, {DEPTH} are allowed") if deep > DEPTH else None


def only_select(site: Site, _: Case) -> No | None:
    """Nothing but SELECT runs: the serializer knows no other statement, and a PIVOT that reads its values first is several."""
    if site.node["error"]:
        if site.node["error_type"] != "not implemented":
            return None
        return No("only SELECT runs here; PIVOT needs its IN (…) list")
    if any(statement.keys() - {"node", "named_param_map"} for statement in site.node["statements"]):
        return No("only SELECT runs here")
    return None


def one_statement(site: Site, _: Case) -> No | None:
    """A text is one statement."""
    if site.node["error"] or len(site.node["statements"]) == 1:
        return None
    return No("one statement at a time: send them one by one")


def describe(site: Site, case: Case) -> No | None:
    """DESCRIBE, SUMMARIZE and SHOW read the engine's catalog; the tool describe answers instead."""
    if site.kind != "SHOW_REF":
        return None
    source = ((site.node["query"] or {}).get("from_table") or {}).get("table_name") or ""
    known = fold(source) in case.catalog.relations
    fix = f'describe {{"name":"{fold(source) if known else ""}"}}'
    return No("DESCRIBE, SUMMARIZE and SHOW are answered by the tool describe", fix=fix)


def node_kinds(site: Site, _: Case) -> No | None:
    """A record of the parse is of a kind and has the keys that this guard was written for."""
    node, kind = site.node, site.kind
    if kind in ("PLAIN", "CTE"):
        return UNKNOWN if node.keys() - PLAIN_KEYS else None
    if kind in EXPRESSIONS if "class" in node else kind in QUERIES | PLACES | MODIFIERS:
        return None
    return No(f"{kind.removesuffix('_NODE').replace('_', ' ').lower()[:60]} is not allowed")


def pivot_values(site: Site, _: Case) -> No | None:
    """PIVOT names its values."""
    return No("PIVOT by an ENUM is not allowed; give the values with IN (…)") if site.node.get("pivot_enum") else None


def cte_names(site: Site, case: Case) -> No | None:
    """A CTE never has the name of a relation, but where a certified statement is narrowed to own entities: see analyst.scope."""
    name = fold(site.node["key" if site.kind == "CTE" else "cte_name"])
    taken = name in case.catalog.relations and NARROWING not in case.bound
    return No(f"a CTE may not be called {name}: a relation has that name, rename the CTE") if taken else None


def moment(site: Site, _: Case) -> No | None:
    """A relation is read as of the snapshot."""
    return No("AT is not allowed: a snapshot has one moment") if site.node["at_clause"] is not None else None


def cte_scope(site: Site, case: Case) -> No | None:
    """A CTE is seen by what follows it and by the second arm of its own recursion, nowhere else."""
    path = site.path
    if len(path) != 1 or path[0] in site.scope or path[0] not in case.tree.declared:
        return None
    return No(f"the CTE {path[0][:60]} is not visible here: only what follows it sees it, and a recursion's second arm")


def relations(site: Site, case: Case) -> No | None:
    """What follows FROM is published, or a visible CTE."""
    catalog, path = case.catalog, site.path
    name = path[-1]
    if len(path) == 1 and name in site.scope:
        return None
    if path[:-1] in ([], ["main"]):
        if name in catalog.tables:
            case.found.relations.add(name)
            return None
        if name in catalog.macros:
            return No(f"{name} needs its arguments", (name,), catalog.relations[name].example(case.as_of))
    near = catalog.called(name) or catalog.near(name, [*catalog.tables, *catalog.macros])
    return No(f"there is no relation {'.'.join(path)[:60]}", tuple(near), case.example(near))


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


def telling_names(site: Site, _: Case) -> No | None:
    """No bare word stands for a function that tells about the session."""
    names = site.node["column_names"]
    telling = len(names) == 1 and fold(names[0]) in TELLING_NAMES
    return (
        No(f"{fold(names[0])} is not allowed; a column of that name needs its relation before it") if telling else None
    )


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


def parameters(site: Site, case: Case) -> No | None:
    """Only a certified statement has parameters, and only those that it binds."""
    if site.node["identifier"] not in case.bound:
        return No("parameters are not bound here; write the value")
    case.found.parameters.add(site.node["identifier"])
    return None
