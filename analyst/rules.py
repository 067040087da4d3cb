"""The rules of what a statement is and reads: its text, its shape, its names. One function a rule, each looking at one place of the parse."""

from __future__ import annotations

from analyst.case import UNKNOWN, Case, No
from analyst.kinds import (
    DEPTH,
    EXPRESSIONS,
    LENGTH,
    MODIFIERS,
    NARROWING,
    PLACES,
    PLAIN_KEYS,
    TELLING_NAMES,
    WIDENING,
)
from analyst.tree import QUERIES, Site, fold


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
    if not site.node["statements"]:
        return No("the statement is empty")
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
    taken = name in case.catalog.relations and not {NARROWING, WIDENING} & set(case.bound)
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


def telling_names(site: Site, _: Case) -> No | None:
    """No bare word stands for a function that tells about the session."""
    names = site.node["column_names"]
    telling = len(names) == 1 and fold(names[0]) in TELLING_NAMES
    return (
        No(f"{fold(names[0])} is not allowed; a column of that name needs its relation before it") if telling else None
    )


def parameters(site: Site, case: Case) -> No | None:
    """Only a certified statement has parameters, and only those that it binds."""
    if site.node["identifier"] not in case.bound:
        return No("parameters are not bound here; write the value")
    case.found.parameters.add(site.node["identifier"])
    return None
