"""What stands after FROM under another name: relations as people call them, CTEs that have the name of a relation, macros without an alias.

Like the other readers of slips, each function takes a statement and what was said of it, and gives the statement without that slip, or None
where there is none or where it could mean two things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyst import guess
from analyst.parsed import Edit, Mend, Parsed, own
from analyst.selects import Node
from analyst.tree import Site, fold

# Schemas that people put before a published name; any other one may hold another relation of that name.
SCHEMAS = frozenset("main public dbo mart core settlement analyst mirror memory default".split())  # noqa: SIM905
_PARTY_KEYS = frozenset({"cp_id", "name", "bin_iin", "name_norm", "full_name"})


def relations(now: Parsed, reason: str) -> Mend | None:
    """Relations under another name, in the plural, or with a schema before it; a party word only where parties are looked up by key."""
    del reason
    edits: list[Edit] = []
    notes: list[str] = []
    for site in now.tree.sites:
        if site.kind not in ("BASE_TABLE", "TABLE_FUNCTION") or (meant := _meant(now, site)) is None:
            continue
        if (where := now.path(site.node)) is None:
            return None
        written = now.sql[slice(*where)]
        name = written.rsplit(".", 1)[-1]
        if meant.rows:
            told_as = "" if site.node.get("alias") else f" AS {name}"
            edits.append(Edit(*where, f"(SELECT * FROM {meant.name} WHERE {meant.rows}){told_as}"))
            notes.append(f"{written} → {meant.name} WHERE {meant.rows}")
        else:
            edits += [Edit(*where, meant.name), *alias(now, site.node, name)]
            notes.append(f"{written} → {meant.name}")
    return now.mended(edits, notes)


def _meant(now: Parsed, site: Site) -> guess.Named | None:
    """The published name of what stands here under another one."""
    call = site.node.get("function")
    path = [fold(step) for step in (call or site.node)["qualified_name"]["path"]]
    if (len(path) == 1 and path[0] in site.scope) or not set(path[:-1]) <= SCHEMAS:
        return None
    meant = guess.relation(str(call["function_name"] if call else site.node["table_name"]), now.catalog)
    if meant is None or path == [meant.name] or (meant.part and not _keyed(now, site)):
        return None
    target = now.catalog.relations[meant.name]
    fits = target.kind == "macro" or (target.kind == "table" and not (call and call["arguments"]))
    return meant if fits and not (meant.rows and call) else None


def alias(now: Parsed, node: Node, name: str) -> Iterator[Edit]:
    """A name as the alias of a place that has none, where columns are named with it."""
    span = now.span(node)
    if span and not node.get("alias") and re.search(rf"(?<![\w.'\"]){re.escape(name)}\s*\.\s*[\w\"]", now.sql):
        yield Edit(span[1], span[1], f" AS {name}")


def aliases(now: Parsed, reason: str) -> Mend | None:
    """A macro whose columns are named with its own name: the engine knows it by that only when it is told."""
    told = re.search(r"^there is no relation or alias (\w+)", reason)
    if not told:
        return None
    if (name := fold(told[1])) not in now.catalog.macros:
        return _nameless(now, told[1])
    sites = [site for site in now.tree.sites if _called(site) == name]
    if len(sites) != 1:
        return None
    return now.mended(alias(now, sites[0].node, told[1]), [f"{name}(…) → AS {name}"])


def _nameless(now: Parsed, name: str) -> Mend | None:
    """The one subquery of a SELECT under the name that its columns are called by."""
    if name.lower() in now.catalog.relations or len(now.selects) != 2:  # noqa: PLR2004 (it, and the one outside)
        return None
    source = now.selects[0].node.get("from_table") or {}
    span = now.span(source) if source.get("type") == "SUBQUERY" and not source.get("alias") else None
    if span is None or now.sql[span[1] - 1] != ")":
        return None
    return now.mended([Edit(span[1], span[1], f" AS {name}")], [f"(…) → AS {name}"])


def _called(site: Site) -> str:
    return fold(str(site.node["function"]["function_name"])) if site.kind == "TABLE_FUNCTION" else ""


def _keyed(now: Parsed, site: Site) -> bool:
    """Whether a relation of parties is only looked up: joined by its id, or filtered by a name or number."""
    parties = now.catalog.relations["cp"]
    alias = fold(str(site.node.get("alias") or site.node.get("table_name") or ""))
    for select in now.selects:
        places = [node for node, _ in own(select.node.get("from_table")) if node is site.node]
        if not places:
            continue
        for node, _ in own([select.node.get("from_table"), select.node.get("where_clause")]):
            sides = [node.get(k) for k in ("left", "right", "input")] + [
                a["expression"] for a in node.get("arguments") or ()
            ]
            for side in sides:
                if isinstance(side, dict) and side.get("class") == "COLUMN_REF":
                    names = side["column_names"]
                    mine = (
                        len(names) == 1 if places[0] is select.node.get("from_table") else fold(str(names[0])) == alias
                    )
                    if mine and guess.columns(str(names[-1]), parties) & _PARTY_KEYS:
                        return True
            if node.get("type") == "JOIN" and any(
                guess.columns(str(n), parties) == {"cp_id"} for n in node.get("using_columns") or ()
            ):
                return True
    return False


def ctes(now: Parsed, reason: str) -> Mend | None:
    """A CTE that has the name of a relation, under a name of its own."""
    found = re.search(r"^a CTE may not be called (\w+)", reason)
    if not found:
        return None
    name, fresh = found[1], f"{found[1]}_"
    if re.search(rf"(?<![\w]){fresh}(?!\w)", now.sql):
        return None
    heads = list(
        re.finditer(rf"(?<=[\s,])({name}|\"{name}\")(?=\s*(?:\([\w\s,]*\)\s*)?AS\s+(?:NOT\s+)?(?:MATERIALIZED\s*)?\()", now.sql, re.IGNORECASE)
    )  # fmt: skip
    if len(heads) != 1:
        return None
    edits = [Edit(heads[0].start(), heads[0].end(), fresh)]
    for site in now.tree.sites:
        if site.kind == "BASE_TABLE" and site.path == [name] and name in site.scope:
            if (where := now.path(site.node)) is None:
                return None
            edits.append(Edit(*where, fresh if site.node.get("alias") else f"{fresh} AS {name}"))
    return Mend(now.edited(edits), (f"WITH {name} → {fresh}",))
