"""Columns under another name, and columns that a grouping lacks: what each can only have meant in the relations that its SELECT reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from analyst import guess
from analyst.parsed import Edit, Mend, Parsed, own
from analyst.selects import SUMS, Node, Read, Select, is_call, last, literal
from analyst.tree import fold

LIKES = ("~~", "~~*", "!~~", "!~~*")
ID = re.compile(r"[a-z]{1,4}_\d+")  # a short id of ours
COMPARED = ("COMPARISON", "BETWEEN", "OPERATOR")


@dataclass(frozen=True, slots=True)
class Meant:
    """What stands for a name, and a note. looked_up: in another relation, by key."""

    text: str
    note: str
    looked_up: bool = False


def columns(now: Parsed, reason: str) -> Mend | None:
    """A column under another name; one that 1C has and that is always so here; a name beside the id that is there; text in double quotes."""

    def certain(select: Select, node: Node, parent: Node) -> Meant | None:
        meant = meaning(now, select, node, parent)
        return None if meant is None or crossed(select, node, parent, meant) else meant

    return renamed(now, reason, certain)


def renamed(now: Parsed, reason: str, choose: Callable[[Select, Node, Node], Meant | None]) -> Mend | None:
    """The statement with the column that is not there as `choose` reads it, wherever it stands; None where one place cannot be read."""
    name = _asked(now, reason)
    edits: list[Edit] = []
    notes: list[str] = []
    for select in now.selects if name else ():
        for node, parent in _named(select, name):
            if _is_given(now, select, node):
                continue
            where = now.path(node)
            meant = choose(select, node, parent) if where else None
            if where is None or meant is None:
                return None
            written = now.sql[slice(*where)]
            if meant.looked_up and any(node is part for part in _shown_elsewhere(select, name)):
                continue  # the engine takes it for the item of that name
            listed = any(item is node for item in select.node["select_list"]) and not node.get("alias")
            told_as = f" AS {written.split('.')[-1].strip()}" if listed else ""
            if meant.text != written:
                edits.append(Edit(*where, meant.text + told_as))
                notes.append(meant.note)
    return now.mended(edits, notes)


def _is_given(now: Parsed, select: Select, node: Node) -> bool:
    """Whether a subquery or a CTE that the SELECT reads gives a column of this very name."""
    names = [fold(str(n)) for n in node["column_names"]]
    starred = {read.alias for read in now.starred(select)}
    given = {alias: known for alias, known in now.given(select) if alias not in starred}
    return any(names[-1] in known for alias, known in given.items() if len(names) == 1 or alias == names[-2])


def _asked(now: Parsed, reason: str) -> str:
    """The column that is not there; empty where something else was said."""
    if told := re.search(r"^there is no column (.+)$", reason):
        return told[1].rsplit(".", 1)[-1].casefold()
    if (told := re.search(r"^there is no relation or alias (\w+)", reason)) and (read := now.read(told[1])) is not None:
        # Of a subquery that names a column of its own wrongly the engine says that its relation is not there.
        for site in now.tree.sites:
            names = [fold(str(n)) for n in site.node["column_names"]] if site.kind == "COLUMN_REF" else []
            if names[:-1] == [read.alias] and names[-1] not in read.names and not _bare(read):
                return names[-1].casefold()
    return ""


def _bare(read: Read) -> bool:
    """Whether it is a macro without an alias, which the engine calls by a name of its own."""
    return "function" in read.node and not read.node.get("alias")


def crossed(select: Select, node: Node, parent: Node, meant: Meant) -> bool:
    """Whether a name would be held against an id, or an id against a name: then something else was meant."""
    if meant.text in ("TRUE", "FALSE") and "NULL" in str(parent.get("type")):
        return True  # what is never empty here may be where the name is from
    is_id = meant.text.rsplit(".", 1)[-1].endswith("_id") and not meant.looked_up
    for side in sides(parent):
        if side is not node and side.get("class") == "COLUMN_REF":
            ids = {last(side)} | {c for read in select.reads for c in guess.columns(last(side), read.relation)}
            if is_id != any(c.endswith("_id") for c in ids):
                return True
        elif not is_id and ID.fullmatch(literal(side)):
            return True
    return False


def _shown_elsewhere(select: Select, name: str) -> Iterator[Node]:
    """Columns of this name that GROUP BY and ORDER BY repeat from the select list."""
    items = select.node["select_list"]
    if any(
        item.get("class") == "COLUMN_REF" and last(item).casefold() == name and not item.get("alias") for item in items
    ):
        again = [select.node.get("group_expressions"), select.node.get("modifiers")]
        yield from (
            node for node, _ in own(again) if node.get("class") == "COLUMN_REF" and last(node).casefold() == name
        )


def _named(select: Select, name: str) -> Iterator[tuple[Node, Node]]:
    """The columns of this name that are not there, with what holds them; an alias of the SELECT's own is there for its other clauses."""
    items = select.node["select_list"]
    holder = next((item for item in items if str(item.get("alias") or "").casefold() == name), None)
    mine = {id(node) for node, _ in own(holder)} if holder else set()
    # A sum of what is itself a sum is no alias of it: the column of that name is meant.
    mine |= summed if (summed := _summed(select.node)) and mine & _summed(holder) else set()
    for node, parent in own(select.node):
        if node.get("class") != "COLUMN_REF" or last(node).casefold() != name:
            continue
        names = [fold(str(n)) for n in node["column_names"]]
        fitting = [r for r in select.reads if len(names) == 1 or r.alias == names[-2]]
        known = any(names[-1] in read.names for read in fitting)
        if not known and not (holder and len(names) == 1 and id(node) not in mine):
            yield node, parent


def _summed(part: object) -> set[int]:
    """The columns inside of aggregates."""
    calls = (node for node, _ in own(part) if is_call(node, *SUMS))
    return {id(node) for call in calls for node, _ in own(call.get("arguments")) if node.get("class") == "COLUMN_REF"}


def _string(now: Parsed, select: Select, name: str, held: list[Node]) -> Meant | None:
    """A name in double quotes held against a column: a string of MySQL and BigQuery, unless it could be a column, too."""
    known = any(select.owner(side) is not None for side in held)
    fits = any(guess.columns(name, read.relation) for read in (*select.reads, *now.starred(select)))
    text = "'" + name.replace("'", "''") + "'"
    return Meant(text, f'"{name}" → {text}') if known and not fits else None


def meaning(now: Parsed, select: Select, node: Node, parent: Node) -> Meant | None:
    """What stands for a column that is not there; None where that is not certain."""
    names = [str(n) for n in node["column_names"]]
    if (where := now.path(node)) and now.sql[where[0]] == '"' and (held := _held(node, parent)):
        return _string(now, select, names[-1], held) if len(names) == 1 else None
    starred = list(now.starred(select))
    reads = [*select.reads, *starred]
    given = {name: known for name, known in now.given(select) if name not in {r.alias for r in starred}}
    if len(names) > 1:
        read = next((r for r in reads if r.alias == fold(names[-2])), None) or now.read(names[-2])
        qualifier = ".".join(names[:-1]) + "."
        return _of(now, read, names[-1], qualifier) if read is not None else _inner(names, qualifier, given)
    if select.blurred and not starred and (not given or not all(given.values())):
        return None
    word = guess.plain(names[-1])
    if any(word in known for known in given.values()):
        return Meant(word, f"{names[-1]} → {word}") if not reads else None
    found = [one for read in reads if (one := _of(now, read, names[-1], "")) is not None]
    own_columns = [one for one in found if not one.looked_up]
    if len(own_columns or found) != 1:
        return None
    meant = (own_columns or found)[0]
    holders = [r for r in select.reads if meant.text in r.names]
    crowded = len(select.reads) > 1 and len(holders) == 1 and not _bare(holders[0])
    return Meant(f"{holders[0].alias}.{meant.text}", meant.note) if crowded else meant


def _inner(names: list[str], qualifier: str, given: Mapping[str, frozenset[str]]) -> Meant | None:
    """A column of a subquery in another spelling."""
    word = guess.plain(names[-1])
    inner = word in given.get(fold(names[-2]), frozenset())
    return Meant(qualifier + word, f"{names[-1]} → {word}") if inner else None


def _of(now: Parsed, read: Read, name: str, qualifier: str) -> Meant | None:
    """The column of one relation that a name means."""
    found = guess.columns(name, read.relation)
    if len(found) == 1:
        (column,) = found
        if guess.in_tenge(name, column, read.relation) and _speaks_of_currency(now):
            return None
        return Meant(qualifier + column, f"{name} → {column}")
    if found:
        return None
    if value := guess.constant(name, read.relation):
        return Meant(value, f"{name} → {value}: {read.relation.name} holds only documents that count")
    if key := guess.key(name, read.relation):
        mine, relation, column = guess.KEYS[key]
        if relation in now.catalog.relations and column in {c.name for c in now.catalog.relations[relation].columns}:
            text = f"(SELECT n_.{column} FROM {relation} n_ WHERE n_.{mine} = {read.alias}.{mine})"
            return Meant(text, f"{name} → {relation}.{column} by {mine}", looked_up=True)
    return None


def _speaks_of_currency(now: Parsed) -> bool:
    return any(s.kind == "COLUMN_REF" and "currency" in last(s.node) for s in now.tree.sites)


def sides(node: Node) -> list[Node]:
    """What a condition holds against each other."""
    found = [node.get(k) for k in ("left", "right", "input", "lower", "upper")] + list(node.get("children") or ())
    found += [a.get("expression") for a in node.get("arguments") or ()]
    asked = node.get("class") in COMPARED or node.get("function_name") in LIKES
    return [side for side in found if isinstance(side, dict)] if asked else []


def _held(node: Node, parent: Node) -> list[Node]:
    """The columns that a record is held against."""
    return [side for side in sides(parent) if side is not node and side.get("class") == "COLUMN_REF"]


def using(now: Parsed, reason: str) -> Mend | None:
    """USING (customer_id) where both sides have that column under the same other name."""
    told = re.search(r"^there is no column (\w+)$", reason)
    edits: list[Edit] = []
    for select in now.selects if told else ():
        joins = [n for n, _ in own(select.node.get("from_table")) if n.get("type") == "JOIN" and n.get("using_columns")]
        for name in {fold(str(n)) for join in joins for n in join["using_columns"]} & {fold(told[1]) if told else ""}:
            meant = [guess.columns(name, read.relation) for read in (*select.reads, *now.starred(select))]
            if len(meant) < 2 or len(set(meant)) != 1 or len(meant[0]) != 1:  # noqa: PLR2004 (both sides)
                return None
            form = re.compile(rf"(?<=USING)\s*\([^()]*?\b({re.escape(name)})\b[^()]*\)", re.IGNORECASE)
            edits += [Edit(*place.span(1), min(meant[0])) for place in form.finditer(now.sql)]
    return now.mended(edits, [f"USING ({told[1]}) → {edits[0].text}"] if told and edits else [])


def grouping(now: Parsed, reason: str) -> Mend | None:
    """A column that the grouped ones already determine: the name beside a grouped id, any column beside a grouped key."""
    told = re.search(r"^column (\w+) must be in GROUP BY", reason)
    if not told:
        return None
    for select in now.selects:
        groups = select.node.get("group_expressions") or []
        spans = [now.path(g) for g in groups if g.get("class") == "COLUMN_REF"]
        if not groups or len(spans) != len(groups) or len(select.node.get("group_sets") or ()) > 1:
            continue
        asked = next((c for c in select.columns if last(c) == fold(told[1]) and not any(c is g for g in groups)), None)
        read = select.owner(asked) if asked is not None else None
        if asked is None or read is None or None in spans or not _determined(select, read, last(asked), groups):
            continue
        end = max(span[1] for span in spans if span)
        name = ".".join(str(n) for n in asked["column_names"])
        return now.mended([Edit(end, end, f", {name}")], [f"GROUP BY …, {name}"])
    return None


def _determined(select: Select, read: Read, name: str, groups: list[Node]) -> bool:
    """Whether the grouped columns hold a column to one value: they are its relation's key, or the id that its name belongs to."""
    mine = {last(g) for g in groups if select.owner(g) is read}
    for node, _ in own([select.node.get("from_table"), select.node.get("where_clause")]):
        if node.get("type") == "COMPARE_EQUAL":
            for here, there in ((node["left"], node["right"]), (node["right"], node["left"])):
                both = here.get("class") == there.get("class") == "COLUMN_REF"
                if both and select.owner(here) is read and any(_same(select, there, g) for g in groups):
                    mine.add(last(here))
        elif node.get("type") == "JOIN":
            mine |= {fold(n) for n in node.get("using_columns") or ()} & {last(g) for g in groups}
    key = guess.KEYS.get(name)
    whole = len(read.keys) == len(read.relation.grain.split(",")) and read.keys <= mine
    return bool(read.keys and whole) or bool(key and key[0] in mine)


def _same(select: Select, one: Node, other: Node) -> bool:
    return last(one) == last(other) and select.owner(one) is select.owner(other) is not None
