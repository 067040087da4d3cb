"""A macro asked once for each row of its neighbour in FROM: the engine loses its columns there, but not in a subquery of SELECT."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyst import lexer
from analyst.parsed import Edit, Mend, Parsed, own
from analyst.selects import Node, Read, Select, last
from analyst.tree import fold

_BEFORE = re.compile(r"(?:,|\b(?:CROSS|INNER)\s+JOIN\b|\bJOIN\b)\s*(?:\bLATERAL\s+)?$", re.IGNORECASE)
_AFTER = re.compile(r"(?:\s+AS)?(?:\s+(?!(?:WHERE|GROUP|ORDER|HAVING|LIMIT|ON|CROSS|JOIN|LEFT|INNER|QUALIFY|UNION|WINDOW)\b)([A-Za-z_]\w*))?(?:\s+ON\s+(?:TRUE|1\s*=\s*1)\b)?", re.IGNORECASE)  # fmt: skip
_ALIAS = re.compile(r"(?:^|\s|\))([A-Za-z_]\w*)(?:\s*\([\w\s,]*\))?\s*$")
_WRAPPED = re.compile(r"\bLATERAL\s*\(\s*SELECT\s+\*\s+FROM\s+(\w+)(?=\s*\()", re.IGNORECASE)
_OTHERS = frozenset({"join", "where", "union"})


def neighbours(now: Parsed, reason: str) -> Iterator[Mend]:
    """FROM g, LATERAL m(g.day) AS x: the rows of the macro as one structure x beside each row of g.

    Offered, not run: inside of a structure the cautions do not see what is added up.
    """
    if "cannot take a column of its neighbour" not in reason:
        return
    for select in now.selects:
        asked = [r for r in select.reads if r.relation.kind == "macro" and any(own_columns(r))]
        if len(asked) == 1 and (edits := list(_beside(now, select, asked[0]))):
            mend = now.mended(edits, [f"{asked[0].relation.name}(…) beside its neighbour → in SELECT, a row each"])
            yield from (mend,) if mend is not None else ()


def unwrapped(now: Parsed, reason: str) -> Mend | None:
    """LATERAL (SELECT * FROM m(g.day)) as the macro itself, which the mend of neighbours reads."""
    if "cannot take a column of its neighbour" not in reason:
        return None
    edits: list[Edit] = []
    for place in _WRAPPED.finditer(now.sql):
        end = place.end(1) + _length(now.sql[place.end(1) :])
        close = re.compile(r"\s*\)").match(now.sql, end)
        if fold(place[1]) in now.catalog.macros and close:
            edits.append(Edit(place.start(), close.end(), f"LATERAL {now.sql[place.start(1) : end]}"))
    return now.mended(edits, ["LATERAL (SELECT * FROM …) → LATERAL …"])


def own_columns(read: Read) -> Iterator[Node]:
    """The columns that a macro's arguments name."""
    return (node for node, _ in own(read.given) if node.get("class") == "COLUMN_REF")


def _beside(now: Parsed, select: Select, read: Read) -> Iterator[Edit]:
    """The edits of one macro; none where its neighbour is not one relation with an alias, or a star would show the structure."""
    where = now.path(read.node)
    if where is None or any(
        item.get("class") == "STAR" and not item.get("relation_name") for item in select.node["select_list"]
    ):
        return
    end = where[1] + _length(now.sql[where[1] :])
    before, after = _BEFORE.search(now.sql[: where[0]]), _AFTER.match(now.sql, end)
    start = _from(now.sql, before.start()) if before else None
    if before is None or after is None or start is None:
        return
    left = now.sql[start : before.start()]
    named, alias = _ALIAS.search(left), after[1] or read.relation.name
    holders = {fold(str(node["column_names"][0])) for node in own_columns(read)}
    if named is None or holders != {fold(named[1])} or fold(alias) == fold(named[1]):
        return
    call = now.sql[where[0] : end]
    rows = f"(SELECT list(row_) FROM {call} AS row_)"
    yield Edit(
        start, after.end(), f" (SELECT {named[1]}.*, unnest({rows}) AS {alias} FROM {left.strip()}) AS {named[1]}"
    )
    for node, _ in own([select.clauses, select.node.get("modifiers")]):
        names: list[str] = node.get("column_names") or []
        if (
            node.get("class") == "COLUMN_REF"
            and len(names) == 1
            and last(node) in read.names
            and (at := now.path(node))
        ):
            yield Edit(*at, f"{alias}.{names[0]}")


def _length(text: str) -> int:
    """The length of a call's brackets at the start of a text."""
    depth = end = 0
    for token in lexer.tokens(text):
        end += len(token.text)
        if token.kind == "mark" and token.text in "([{)]}":
            depth += 1 if token.text in "([{" else -1
            if depth == 0:
                return end
    return end


def _from(sql: str, end: int) -> int | None:
    """Where what stands between FROM and a place begins, if it is one relation: no comma, no join beside it."""
    at, open_ = 0, [(-1, False)]
    for token in lexer.tokens(sql[:end]):
        at += len(token.text)
        word = token.text.lower() if token.kind == "word" else token.text
        if token.kind == "mark" and word in ("(", "["):
            open_.append((-1, False))
        elif token.kind == "mark" and word in (")", "]") and len(open_) > 1:
            open_.pop()
        elif word == "from":
            open_[-1] = (at, False)
        elif open_[-1][0] >= 0 and (word == "," or word in _OTHERS):
            open_[-1] = (open_[-1][0], True)
    start, several = open_[-1]
    return start if start >= 0 and not several else None
