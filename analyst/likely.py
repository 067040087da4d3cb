"""What a name that is not there may have meant, likeliest first, where more than one thing fits: shown to the caller as a fix, never run for it.

It ranks what the words say (analyst.guess), then the words that people use for a column of that kind, then likeness of letters; and what
the statement does with the name tells its kind: what is added up is a number, what is truncated to a month is a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from analyst import concepts, guess, mend
from analyst.catalog import Column
from analyst.fields import ID, LIKES, Meant, crossed, meaning, renamed, sides
from analyst.parsed import Edit, Mend, Parsed, own
from analyst.places import alias
from analyst.selects import Node, Read, Select, is_call, last, literal
from analyst.tree import Site, fold

CHOICES = 3
_NOTHING = "'no such column'"  # what stands in its place: a NULL would read as a fact
_NUMBER, _DAY, _TEXT = ("DECIMAL", "INTEGER", "BIGINT", "DOUBLE", "HUGEINT"), ("DATE", "TIMESTAMP"), ("VARCHAR",)
_DAYS = ("date_trunc", "strftime", "year", "month", "quarter", "date_diff", "date_part", "last_day", "week", "monthname", "dayname")  # fmt: skip
_SUMMED = ("sum", "avg", "mean", "median", "round", "abs", "*", "/", "quantile_cont")
_PASSING = ("coalesce", "nullif", "greatest", "least", "if")


def columns(now: Parsed, reason: str) -> Iterator[Mend]:
    """The statement with the column that is not there as each of its likeliest readings."""
    several = [renamed(now, reason, partial(_chosen, now, place)) for place in range(CHOICES)]
    yield from (found for found in several if found is not None)
    if not any(several) and (edits := list(_empty(now, reason))):
        yield from filter(None, [now.mended(edits, ["nothing there"])])


def _empty(now: Parsed, reason: str) -> Iterator[Edit]:
    """A column that nothing here can be, where it is shown and nothing hangs on it: its place stays, and says so in each row."""
    told = re.search(r"^there is no column (?:\w+\.)*(\w+)$", reason)
    name = told[1].casefold() if told else ""
    once = sum(site.kind == "COLUMN_REF" and last(site.node).casefold() == name for site in now.tree.sites) == 1
    for select in now.selects if name and once else ():
        items = select.node["select_list"]
        shown = [i for i in items if i.get("class") == "COLUMN_REF" and last(i).casefold() == name]
        if shown and len(shown) < len(items) and (where := now.path(shown[0])):
            yield Edit(*where, _NOTHING if shown[0].get("alias") else f"{_NOTHING} AS {last(shown[0])}")


def values(now: Parsed, reason: str) -> Iterator[Mend]:
    """Texts and numbers that do not fit what they are held against: a number as the text that its column holds, a month as its first day."""
    if not reason.startswith("a value does not convert"):
        return
    edits: list[Edit] = []
    for select in now.selects:
        for node, _ in own(select.node):
            chosen = node.get("type") == "OPERATOR_COALESCE"
            parts = sides(node)
            kinds = {t for part in parts if (t := _type(select, part))}
            for part in parts:
                where = now.path(part) if part.get("class") == "COLUMN_REF" else now.span(part)
                text = now.sql[slice(*where)] if where else ""
                if not where or len(kinds) != 1:
                    continue
                if kinds == {"VARCHAR"} and re.fullmatch(r"\d+", text):
                    edits.append(Edit(*where, f"'{text}'"))
                elif kinds == {"DATE"} and re.fullmatch(r"'\d{4}-\d\d'", text):
                    edits.append(Edit(*where, f"DATE {text[:-1]}-01'"))
                elif chosen and part.get("class") == "COLUMN_REF" and kinds != {"VARCHAR"}:
                    edits.append(Edit(*where, f"CAST({text} AS VARCHAR)"))
    if (found := now.mended(edits, ["values"])) is not None:
        yield found


def _type(select: Select, part: Node) -> str:
    """The type of a column, DECIMAL without its digits; empty for anything else."""
    read = select.owner(part) if part.get("class") == "COLUMN_REF" else None
    types = {c.name: c.type.upper().split("(")[0] for c in read.relation.columns} if read else {}
    return types.get(last(part), "") if read else ""


def relations(now: Parsed, reason: str) -> Iterator[Mend]:
    """The statement with the relation that is not there as each that its name may mean, the one that has most of its columns first."""
    told = re.search(r"^there is no (?:relation|table function) (?:\w+\.)*(\w+)", reason)
    if told is None:
        return
    word = told[1]
    sites = [s for s in now.tree.sites if s.kind in ("BASE_TABLE", "TABLE_FUNCTION") and _name(s) == fold(word)]
    asked = {last(c).casefold() for c in (s.node for s in now.tree.sites if s.kind == "COLUMN_REF")}
    among = guess.candidates(word, now.catalog)

    def lacks(name: str) -> int:
        of = now.catalog.relations[name]
        known = {c.name for c in of.columns}
        return sum(a not in known and not guess.columns(a, of) and not guess.made(a, of, now.as_of) for a in asked)

    for name in sorted(among, key=lacks)[:CHOICES]:
        edits: list[Edit] = []
        for site in sites:
            where = now.path(site.node)
            if where is None:
                return
            of = now.catalog.relations[name]
            asked_of = of.args and of.args[0].name == "period_from"  # the whole of it, or what WHERE says: see macro
            call = of.call(now.as_of) if site.kind == "BASE_TABLE" and not asked_of else name
            edits += [Edit(*where, call), *alias(now, site.node, word)]
        if (found := now.mended(edits, [f"{word} → {name}"])) is not None:
            yield found


def _name(site: Site) -> str:
    """The name of a relation or of a call after FROM."""
    return fold(str((site.node.get("function") or {}).get("function_name") or site.node.get("table_name") or ""))


def _chosen(now: Parsed, place: int, select: Select, node: Node, parent: Node) -> Meant | None:
    """The reading of that place; of a column that has fewer, its last."""
    if (sure := meaning(now, select, node, parent)) is not None and not crossed(select, node, parent, sure):
        return sure
    names = [str(n) for n in node["column_names"]]
    if (where := now.path(node)) and now.sql[where[0]] == '"' and sides(parent):
        return Meant("'" + names[-1].replace("'", "''") + "'", "a text")
    others = [side for side in sides(parent) if side is not node]
    ids = [
        last(side).endswith("id") if side.get("class") == "COLUMN_REF" else ID.fullmatch(literal(side))
        for side in others
    ]
    if any(ids):
        names[-1] = names[-1] if names[-1].lower().endswith("id") else f"{names[-1]}_id"  # held against an id
    reads = [*select.reads, *now.starred(select)]
    if len(names) > 1:
        reads = [r for r in reads if r.alias == fold(names[-2])]
    kind = _kind(select, names)
    ranked = [(text, read) for read in reads for text in _ranked(now, read, names[-1], kind)]
    found = list(dict.fromkeys(_written(text, read, select, names) for text, read in ranked))
    if not found:
        return None
    text = found[min(place, len(found) - 1)]
    return Meant(text, f"{names[-1]} → {text}", looked_up=text.startswith("(SELECT"))


def readings(now: Parsed, read: Read, name: str) -> list[str]:
    """What a name may mean in one relation, likeliest first."""
    sure = [*guess.columns(name, read.relation), guess.key(name, read.relation), guess.constant(name, read.relation)]
    return [*filter(None, sure), *_ranked(now, read, name, ())]


def _written(text: str, read: Read, select: Select, names: list[str]) -> str:
    """A column as it is named in this statement."""
    if not re.fullmatch(r"\w+", text):
        return text.replace("{of}", read.alias)
    several = len(names) > 1 or len([r for r in select.reads if text in r.names]) > 1
    return f"{read.alias}.{text}" if several else text


def _ranked(now: Parsed, read: Read, name: str, kind: tuple[str, ...]) -> Iterator[str]:
    """Columns of one relation, and what can be made of them, likeliest first."""
    of, word = read.relation, guess.plain(name)
    fitting = [c for c in of.columns if not kind or c.type.upper().startswith(kind)]
    known = [c.name for c in fitting]
    yield from guess.made(name, of, now.as_of)
    sure = [c for c in sorted(guess.columns(name, of)) if c in known]
    yield from sure
    if not sure:
        yield from guess.looked_up(name, of, now.catalog)
    near = [c for c in mend.columns(word, [c.name for c in of.columns], now.catalog) if c in known]
    near = [
        c
        for c in near
        if c in mend.WORDS.get(word, ()) or concepts.alike(word, next(x for x in fitting if x.name == c))
    ]
    yield from near
    if not sure and not near:
        yield from _only(word, fitting, kind)


def _only(word: str, fitting: list[Column], kind: tuple[str, ...]) -> Iterator[str]:
    """The one column of a kind where the name says no more than the kind: an opening_kzt is no amount_kzt."""
    fitting = [c for c in fitting if concepts.same_kind(word, c)]
    amounts = [c.name for c in fitting if c.name.endswith("_kzt")] if kind == _NUMBER else []
    if not kind or not concepts.of(word) <= concepts.BARE:
        return
    if kind == _DAY or len(fitting) == 1:
        yield from (c.name for c in fitting[:1])
    elif len(amounts) == 1:
        yield amounts[0]


def _kind(select: Select, names: list[str]) -> tuple[str, ...]:
    """What a name is used as anywhere in a SELECT: the first letters of the types that fit; empty where nothing tells."""
    name = names[-1].casefold()
    for node, parent in own(select.node):
        if node.get("class") == "COLUMN_REF" and last(node).casefold() == name and (kind := _used(node, parent)):
            return kind
    for call, _ in own(select.node):
        if is_call(call, *_SUMMED) and any(last(c).casefold() == name for c in _values(call)):
            return _NUMBER
    sorted_by = (o["expression"] for m in select.node.get("modifiers") or () for o in m.get("orders") or ())
    return _NUMBER if any(o.get("class") == "COLUMN_REF" and last(o).casefold() == name for o in sorted_by) else ()


def _values(node: Node) -> Iterator[Node]:
    """The columns whose value a call or a CASE passes on; those of its conditions are none."""
    if node.get("class") == "COLUMN_REF":
        yield node
    elif node.get("class") == "CASE":
        for part in (*(check["then_expr"] for check in node["case_checks"]), node.get("else_expr") or {}):
            yield from _values(part)
    elif node.get("class") == "CAST":
        yield from _values(node["child"])
    elif is_call(node, *_SUMMED, *_PASSING, "+", "-") or node.get("class") == "OPERATOR":
        parts = [a["expression"] for a in node.get("arguments") or ()] + list(node.get("children") or ())
        for part in parts[1:] if is_call(node, "if") else parts:
            yield from _values(part)


def _used(node: Node, parent: Node) -> tuple[str, ...]:
    if is_call(parent, *_DAYS):
        return _DAY
    if is_call(parent, *LIKES):
        return _TEXT
    for other in sides(parent):
        if other is node:
            continue
        text = literal(other)
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text) or (
            other.get("class") == "CAST" and "DATE" in str(other.get("cast_type"))
        ):
            return _DAY
        if re.fullmatch(r"-?[\d.]+", text) and "VARCHAR" not in str(other.get("value")):
            return _NUMBER
        if text:
            return _TEXT
    return ()
