"""Which columns of an answer hold text from outside, whatever they were renamed to on the way.

It follows names, not values, and errs on the side of the mark. Names of columns stand for themselves, `*name` for a whole row of a relation
or alias, ALL for every column in sight, OTHER for a column whose name no part of the text gives, OUT for every column of the answer. Each
place that makes a name says what it is made of; whatever is made of something untrusted is untrusted. A column of a name that is not known
is untrusted as soon as the statement reads anything untrusted. Only what cannot hold text (numbers, dates, truth) is never marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analyst.catalog import Catalog
from analyst.tree import PARTS, Site, fold

ALL, OTHER, OUT = "**", "?", "!"
_TEXTLESS = re.compile(
    r"(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|DECIMAL\([\d, ]*\)|FLOAT|DOUBLE|BOOLEAN|DATE|TIME[A-Z_ ]*|INTERVAL|UUID)",
    re.IGNORECASE,
)

Item = tuple[str, frozenset[str]]
Pair = tuple[frozenset[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Marks:
    """The untrusted names of one statement. items: its columns where the text tells them one by one; known: names that a text gives."""

    tainted: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    items: tuple[Item, ...] | None = None

    def marked(self, described: Sequence[tuple[str, str]], of: int) -> tuple[str, ...]:
        """The output columns to mark: names and types of those shown, of so many in all."""
        if not self.tainted:
            return ()
        found = dict[str, None]()
        for place, (name, kind) in enumerate(described):
            if not _TEXTLESS.fullmatch(kind) and self._holds(fold(name), place, of):
                found[name] = None
        return tuple(sorted(found))

    def _holds(self, name: str, place: int, of: int) -> bool:
        if OUT in self.tainted:
            return True
        if self.items is not None and len(self.items) == of:
            return bool(self.items[place][1] & self.tainted)
        return name in self.tainted or (name not in self.known and OTHER in self.tainted)


def _texts(names: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(name) for name in names if name)


def read(part: Any) -> frozenset[str]:
    """Every name that an expression or a query reads."""
    found = set[str]()
    todo = [part]
    while todo:
        node = todo.pop()
        if isinstance(node, list):
            todo += node
        elif isinstance(node, dict):
            kind = node.get("class")
            if kind == "COLUMN_REF":
                names = _texts(node["column_names"])
                found |= names | {"*" + fold(node["column_names"][-1])}
            elif kind in ("STAR", "POSITIONAL_REFERENCE"):
                found.add(ALL)
            todo += [value for value in node.values() if type(value) in PARTS]
    return frozenset(found)


def _name(item: Mapping[str, Any]) -> str:
    """What a column is called; empty where the engine makes the name."""
    return fold(item["alias"] or (item.get("column_names") or [""])[-1])


def _star(query: Mapping[str, Any], item: Mapping[str, Any], catalog: Catalog) -> list[Item] | None:
    """The columns of a bare star over one published relation."""
    place = query["from_table"]
    name = fold(place.get("table_name") or (place.get("function") or {}).get("function_name") or "")
    changed = any(
        item[key] for key in ("alias", "expr", "exclude_list", "replace_list", "rename_list", "qualified_exclude_list")
    )
    if changed or name not in catalog.relations or place.get("column_name_alias"):
        return None
    return [(fold(c.name), frozenset({fold(c.name)})) for c in catalog.relations[name].columns]


def items(query: Mapping[str, Any], catalog: Catalog) -> tuple[Item, ...] | None:
    """The columns of a query, each with what it reads; None where the text does not tell them one by one."""
    if query.get("type") == "SET_OPERATION_NODE" and query["setop_type"] == "UNION":
        return _together([items(arm, catalog) for arm in query["children"]])
    if query.get("type") != "SELECT_NODE":
        return None
    found: list[Item] = []
    for item in query["select_list"]:
        if item["class"] == "STAR":
            if (listed := _star(query, item, catalog)) is None:
                return None
            found += listed
        elif fold(item.get("function_name", "")) == "unnest":
            return None
        else:
            found.append((_name(item), read(item)))
    return tuple(found)


def _together(arms: Sequence[tuple[Item, ...] | None]) -> tuple[Item, ...] | None:
    """The columns of several queries one under the other: the first's names, and what any of them reads."""
    told = [arm for arm in arms if arm is not None]
    if len(told) < len(arms) or len({len(arm) for arm in told}) != 1:
        return None
    return tuple(
        (column[0][0], frozenset().union(*(made_of for _, made_of in column))) for column in zip(*told, strict=True)
    )


def _listed(names: Sequence[str], query: Mapping[str, Any], catalog: Catalog) -> Iterator[Pair]:
    """Columns that a list renames by their order."""
    told = items(query, catalog)
    for place, name in enumerate(names):
        yield _texts([name]), told[place][1] if told and len(told) >= len(names) else read(query)


def _arms(node: Mapping[str, Any], catalog: Catalog) -> Iterator[Pair]:
    """A set of queries has the names of its first arm and, column by column, the text of every arm."""
    if "BY_NAME" in node.get("setop_type", ""):
        return
    arms = node.get("children") or [node["left"], node["right"]]
    together = _together([items(arm, catalog) for arm in arms])
    if together is None:
        yield frozenset({OUT}), read(arms)
    else:
        for name, made_of in together:
            yield frozenset({name or OTHER}), made_of


def _changed(node: Mapping[str, Any]) -> Iterator[Pair]:
    """What a star calls anew."""
    for change in node["replace_list"]:
        yield _texts([change["key"]]), read(change["value"])
    for change in node["rename_list"]:
        yield _texts([change["value"]]), _texts([change["key"]["column"]])
    if node["relation_name"]:  # of a struct it gives the fields, under names that a type gave
        yield frozenset({OUT}), _texts([node["relation_name"]])
    if "\\" in node["alias"]:  # a part of each column's name
        yield frozenset({OUT}), frozenset({ALL})


def _expression(node: Mapping[str, Any]) -> Iterator[Pair]:
    kind, name = node["class"], fold(node.get("function_name", ""))
    if node.get("alias"):
        yield _texts([node["alias"]]), read(node)
    if kind == "COLUMN_REF" and len(node["column_names"]) > 1:
        yield _texts(node["column_names"][-1:]), _texts(node["column_names"][:-1])
    elif kind == "STAR":
        yield from _changed(node)
    elif kind == "LAMBDA":  # its parameters hold what the call around it reads
        yield frozenset(name for name in read(node["lhs"]) if name[0] != "*"), frozenset()
    elif name == "unnest":  # a struct becomes columns
        yield frozenset({OUT}), read(node)
    elif node.get("type") == "STRUCT_EXTRACT" or name in ("struct_extract", "array_extract", "element_at"):
        given = [a.get("expression", a) for a in node.get("children") or node.get("arguments") or ()]
        yield _texts((a.get("literal") or {}).get("text") or "" for a in given[1:]), read(node)


def _place(site: Site, catalog: Catalog) -> Iterator[Pair]:
    node, kind = site.node, site.kind
    alias, listed = fold(node.get("alias") or ""), node.get("column_name_alias") or []
    if kind == "BASE_TABLE":
        name = site.path[-1]
        yield _texts(listed) | {"*" + (alias or name)}, frozenset({"*" + name})
    elif kind == "TABLE_FUNCTION":
        name = fold(node["function"]["function_name"])
        made_of = read(node["function"]["arguments"]) | {"*" + name}
        own = _texts(listed) if name in catalog.relations else _texts([*listed, name, alias])
        yield own | {"*" + (alias or name)}, made_of
    elif kind == "SUBQUERY":
        yield frozenset({"*" + alias}), read(node["subquery"])
        yield from _listed(listed, node["subquery"]["node"], catalog)
    elif kind == "EXPRESSION_LIST":
        wide = max(map(len, node["values"]), default=0)
        yield _texts(listed) | {"*" + alias} | {f"col{n}" for n in range(wide)}, read(node["values"])
    elif kind == "PIVOT":
        yield _texts(node.get("unpivot_names") or ()), read(node)
        yield _texts(listed) | ({"*" + alias} if alias else set()), frozenset({ALL})
        if node.get("aggregates"):  # its columns are called as the values are
            yield frozenset({OUT}), read(node["aggregates"])
    elif kind == "JOIN":
        yield _texts(listed) | ({"*" + alias} if alias else set()), frozenset({ALL})
    elif kind == "CTE":
        query = node["value"]["query_node"]
        yield frozenset({"*" + fold(node["key"])}), read(query)
        yield from _listed(node["value"]["aliases"], query, catalog)
    elif kind in ("SET_OPERATION_NODE", "RECURSIVE_CTE_NODE"):
        yield from _arms(node, catalog)


def follow(sites: Sequence[Site], root: Mapping[str, Any], relations: Iterable[str], catalog: Catalog) -> Marks:
    """The marks of one statement. root: its query; relations: what it names."""
    named = sorted(relations)
    tainted = {fold(name) for name in catalog.untrusted(named)}
    if not tainted:
        return Marks()
    tainted |= {ALL} | {"*" + fold(name) for name in named if catalog.untrusted([name])}
    pairs = [
        pair for site in sites for pair in (_expression(site.node) if "class" in site.node else _place(site, catalog))
    ]
    known = {fold(c.name) for name in named for c in catalog.relations[name].columns}.union(*(new for new, _ in pairs))
    reading = [s.node for s in sites if s.node.get("class") in ("COLUMN_REF", "STAR", "POSITIONAL_REFERENCE")]
    pairs += [(frozenset({OTHER}), read(node)) for node in reading]
    pairs = [(new, made_of | {OTHER} if _strange(made_of, known) else made_of) for new, made_of in pairs]
    while more := {name for new, made_of in pairs if made_of & tainted for name in new} - tainted:
        tainted |= more
    told = items(root, catalog)
    listed = told and tuple(
        (name, made_of | {OTHER} if _strange(made_of, known) else made_of) for name, made_of in told
    )
    return Marks(frozenset(tainted), frozenset(known), listed)


def _strange(made_of: Iterable[str], known: set[str]) -> bool:
    """Whether it reads a column whose name the engine made, or a part of a struct."""
    return any(name not in known and "*" + name not in known for name in made_of if name[0] not in "*?!")
